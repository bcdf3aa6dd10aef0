"""Who fears a state would be safer without it, which speaks for a war that is otherwise none of its business."""

from __future__ import annotations

from dataclasses import replace

from client.bots.assembly import imagined
from client.bots.futures import outcome_gap
from client.bots.menace import menace
from client.bots.outlook import Outlook
from client.bots.personas import PERSONAS
from rules.exact import frozen
from rules.parameters import Parameters, with_overrides
from rules.state import Game
from rules.view import view
from tests.client.bots.test_sparing import threatened

DORN, BRAVA = 3, 1


def fearing(belief: float, parameters: Parameters | None = None) -> Game:
    """Dorn is near, strong and believed aggressive by Brava as far as ``belief`` says."""
    game = threatened()
    beliefs, forces = game.world.hostile.copy(), game.world.forces.copy()
    beliefs[BRAVA, DORN], forces[DORN] = belief, forces[BRAVA] * 2.0
    world = replace(game.world, hostile=frozen(beliefs), forces=frozen(forces))
    return replace(game, world=world, parameters=parameters or game.parameters)


def eyes(game: Game, persona: str = "payoff") -> Outlook:
    """What Brava makes of it."""
    return Outlook(view(game, "BRV"), 60.0, persona=PERSONAS[persona])


def test_the_more_a_state_is_feared_the_more_its_defeat_is_worth() -> None:
    """Nothing where nothing is feared, nothing to the defeated, nothing if wars break no forces or safety does not count."""
    calm, wary = (menace(eyes(fearing(belief)), DORN) for belief in (0.0, 0.9))
    assert not calm.any()
    assert wary[BRAVA] > 0.0
    assert wary[DORN] == 0.0
    assert not menace(eyes(fearing(0.9, with_overrides({"war_damage": 0.0}))), DORN).any()
    assert not menace(eyes(fearing(0.9, with_overrides({"security_value": 0.0}))), DORN).any()


def test_the_own_weight_of_safety_counts() -> None:
    """A free-rider minds its safety half as much; of others nothing is known."""
    plain, careless = (menace(eyes(fearing(0.9), persona), DORN) for persona in ("payoff", "free-rider"))
    assert careless[BRAVA] < plain[BRAVA]
    assert (careless[[0, 2]] == plain[[0, 2]]).all()


def test_fear_of_the_target_speaks_for_a_mandate() -> None:
    """The same text is worth more to who is afraid of the target."""
    gaps = []
    for belief in (0.0, 0.9):
        outlook = eyes(fearing(belief))
        atlas = outlook.view.atlas
        issue = next(issue for issue in atlas.issues if issue.target == "DOR")
        draft = imagined(outlook, atlas.councils[0], issue, "authorise force", atlas.unipole)
        gaps.append(float(outcome_gap(outlook, draft)[BRAVA]))
    assert gaps[0] < gaps[1]
