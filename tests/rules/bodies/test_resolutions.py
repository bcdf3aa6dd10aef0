"""What adopted sanctions bind, and whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.bodies.resolutions import bound, bound_members
from rules.parameters import Parameters, with_overrides
from rules.state import Game
from rules.vocabulary import Ballot, Commitment, Draft, KeepSanctions
from tests.client.bots.test_sparing import threatened


def voted(status: str = "adopted", action: str = "sanction", parameters: Parameters | None = None) -> Game:
    """The council of four has voted on a text against Dorn; Corvia was against it."""
    game = threatened()
    council = game.atlas.councils[0]
    ballots = tuple(Ballot(country=c, choice="no" if c in ("COR", "DOR") else "yes") for c in council.members)
    text = {"id": "d", "council": council.id, "author": "ARD", "action": action, "issue": "dorn-force", "target": "DOR"}
    draft = Draft.model_validate({**text, "pressed": True, "turn": 1, "status": status, "ballots": ballots})
    return replace(game, drafts=(draft,), parameters=parameters or game.parameters)


def duty(game: Game) -> Commitment | None:
    """The commitment that followed, if any."""
    found = bound(game, "d")
    return found[0].commitment if found else None


def test_all_members_but_the_target_owe_it() -> None:
    """Those who voted for it in form; nobody can leave at once."""
    made = duty(voted())
    assert made is not None
    assert "DOR" not in made.terms.parties
    assert "COR" in made.terms.parties
    assert made.terms.formal == ("ARD", "BRV")
    assert made.terms.notice > 0
    assert {c.level for c in made.terms.clauses if isinstance(c, KeepSanctions)} == {voted().parameters.sanction_duty}


@pytest.mark.parametrize(("status", "action"), [("failed", "sanction"), ("adopted", "demand")])
def test_nothing_else_binds(status: str, action: str) -> None:
    """Neither a refusal nor another text."""
    assert duty(voted(status, action)) is None


def test_a_recommendation_and_a_switched_off_duty_bind_nobody() -> None:
    """The mandate of the body and the parameter decide."""
    game = voted()
    council = game.atlas.councils[0]
    assert bound_members(game, council, "DOR")
    assert bound_members(game, council.model_copy(update={"mandate": 0.5}), "DOR") == ()
    assert duty(voted(parameters=with_overrides({"sanction_duty": 0.0}))) is None


def test_who_owes_it_already_is_not_bound_again() -> None:
    """A second text adds no second duty."""
    game = voted()
    made = duty(game)
    assert made is not None
    assert duty(replace(game, commitments=(*game.commitments, made))) is None
