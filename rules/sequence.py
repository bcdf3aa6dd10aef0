"""Playing one step: the envelopes of all seats, in the order of the seats, then the clock.

Sessions that run in rounds collect one envelope a seat and apply them by this function, in the arena and on the server alike, so both write
the same log whatever the order of arrival.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules import events as ev
from rules.decide import decide_and_apply
from rules.errors import Refused
from rules.orders import CLOCK, Act, Advance, Order
from rules.state import Game, Moment
from rules.turn import clock_id, open_acts


@dataclass(frozen=True, slots=True)
class Recorded:
    """An accepted order and what came of it: one entry of the log."""

    order: Order
    events: tuple[ev.EventKinds, ...]


@dataclass(frozen=True, slots=True)
class Declined:
    """A refused order and why."""

    order: Order
    refusal: Refused


@dataclass(frozen=True, slots=True)
class Played:
    """The outcome of a step: the game after it, what was recorded, what was refused."""

    game: Game
    recorded: tuple[Recorded, ...]
    declined: tuple[Declined, ...]


def order_id(moment: Moment, country: str, number: int) -> str:
    """The id of the ``number``-th act of a seat's envelope; the same wherever the session is played."""
    return f"{country}:{moment.branch}:{moment.turn}:{moment.phase}:{moment.round}:{number}"


def take(game: Game, order: Order) -> tuple[Game, Recorded]:
    """One order decided and applied.

    Raises:
        Refused: the order is not accepted.
    """
    after, events = decide_and_apply(game, order)
    return after, Recorded(order, events)


def closing(moment: Moment) -> Order:
    """The clock's order that closes the current step."""
    act = Advance.believed(turn=moment.turn, phase=moment.phase, round=moment.round, revision=moment.revision)
    return Order.believed(id=clock_id(moment), author=CLOCK, act=act)


def awaited(game: Game) -> tuple[str, ...]:
    """Seats that can act in the current step; none in phases that are only read."""
    return game.atlas.countries if open_acts(game) else ()


def play_step(game: Game, envelopes: Mapping[str, Sequence[Act]]) -> Played:
    """Apply all envelopes in the order of the seats and close the step.  Refused acts are left out, the rest stands."""
    recorded: list[Recorded] = []
    declined: list[Declined] = []
    moment = game.moment
    for country in game.atlas.countries:
        for number, act in enumerate(envelopes.get(country, ())):
            order = Order.believed(id=order_id(moment, country, number), author=country, act=act)
            try:
                game, entry = take(game, order)
            except Refused as refusal:
                # the frame in which it was raised holds this list and the game: a cycle that would keep every game of the session
                declined.append(Declined(order, refusal.with_traceback(None)))
            else:
                recorded.append(entry)
    game, entry = take(game, closing(game.moment))
    return Played(game, (*recorded, entry), tuple(declined))
