"""Who is asked for troops by its protector weighs what its goodwill adds to safety (W116, W117)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from client.bots.joining import join_values
from client.bots.outlook import Outlook
from client.bots.safety import loyalty
from rules.exact import Array, frozen
from rules.orders import CONTROL, Order, Start
from rules.pacts.clauses import Defend
from rules.pacts.treaties import Commitment, Terms
from rules.sequence import take
from rules.state import Game
from rules.view import view
from rules.vocabulary import Operation
from scenarios.loader import load
from scenarios.opening import opening

WAR = Operation(id="imagined", leader="ARD", target="DOR", issue="dorn-force", turn=1)
GUARD = Commitment(
    id="guard",
    terms=Terms(parties=("ARD", "COR"), clauses=(Defend(debtor="ARD", since=1, until=5, ally="COR"),), formal=("ARD",)),
    since=1,
)


def _opened(*commitments: Commitment, **overrides: float) -> Game:
    """The small scenario under way, its third state in fear of its second, and the target nobody's worry."""
    game = take(opening(load("tiny"), "seed", overrides), Order(id="start", author=CONTROL, act=Start()))[0]
    hostile = game.world.hostile.copy()
    hostile[2] = (0.05, 0.9, 0.0, 0.0)
    return replace(game, world=replace(game.world, hostile=frozen(hostile)), commitments=commitments)


def _worth(game: Game, side: str = "attack") -> Array:
    outlook = Outlook(view(game, "COR"), 60.0)
    return join_values(outlook, WAR, outlook.me, side)  # type: ignore[arg-type]  # one of the two sides


def test_a_protector_is_followed_for_its_goodwill() -> None:
    """Each level is worth more to a guarded state, by what the thanks for it add to safety, and helping the target is worth less."""
    guarded, alone = _opened(GUARD), _opened()
    outlook = Outlook(view(guarded, "COR"), 60.0)
    worth = guarded.parameters.join_goodwill * loyalty(outlook, outlook.me, 0)
    assert worth > 0.0
    more = _worth(guarded) - _worth(alone)
    assert more[0] == 0.0
    assert more[3] == pytest.approx(worth)
    assert 0.0 < more[2] < more[3]
    assert (_worth(guarded, "defence") - _worth(alone, "defence"))[3] == pytest.approx(-worth)


@pytest.mark.parametrize("off", ["estrangement", "guarantee_effect", "security_value", "join_goodwill"])
def test_nothing_hangs_on_it_with_any_link_switched_off(off: str) -> None:
    """A guarantor that takes no offence, a promise without effect, safety without worth, wars without thanks."""
    assert _worth(_opened(GUARD, **{off: 0.0})) == pytest.approx(_worth(_opened(**{off: 0.0})))
