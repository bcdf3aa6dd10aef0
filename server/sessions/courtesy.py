"""What a session does about those who are late: orders that are missing when a step closes, and moves in the last second.

A seat that a bot plays is never late (``server.sessions.substitutes``).  Whose order is missing otherwise is told to everybody and stands
in the log, whether nothing or a bot's orders take its place.  An order that comes shortly before the time is over gives the others time to
answer: the step is longer by a fixed time, once.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rules.errors import Refused
from rules.events import StepOpened
from rules.orders import CLOCK, CONTROL, Act, Done, Extend, Miss, Order
from rules.sequence import Recorded
from rules.state import Game, Moment
from rules.turn import clock_id, open_acts, phase
from server.failures import place_of
from server.sessions.history import Ahead
from server.sessions.timer import Timer
from server.settings import SECOND_MS

_journal = logging.getLogger(__name__)
Missing = Literal["ignore", "hold", "bot"]
"""What takes the place of orders that are missing: nothing, untold; nothing, and everybody is told; a bot's, and everybody is told."""
StandIn = Callable[[str, Game, Sequence[str]], Awaitable[Mapping[str, Sequence[Act]]]]
"""(session, game, seats) -> what a bot would do in each of these seats."""


@dataclass(frozen=True, slots=True)
class Courtesy:
    """What was settled when the session was made: an order ``quiet_seconds`` before the end adds ``quiet_more_seconds``, once a step."""

    missing: Missing = "ignore"
    quiet_seconds: int = 0
    quiet_more_seconds: int = 60


def missing(game: Game, entries: Sequence[Recorded], spoken: Collection[str]) -> tuple[str, ...]:
    """The seats whose order is missing in a step of sealed orders: who neither acted in it, nor is done, nor handed an envelope in."""
    if not is_sealed(game):
        return ()
    acted = {entry.order.author for entry in of_step(entries)}
    return tuple(c for c in game.atlas.countries if c not in spoken and c not in game.moment.done and c not in acted)


def is_sealed(game: Game) -> bool:
    """Whether the open step is one of sealed orders."""
    return bool(phase(game.moment.phase).sealed & open_acts(game))


async def in_their_place(bots: StandIn | None, session_id: str, game: Game, seats: Sequence[str]) -> Mapping[str, Sequence[Act]]:
    """What bots do in some seats as a step closes; nothing where none can be asked or they fail, for the step has to close."""
    if bots is None or not seats:
        return {}
    try:
        return await bots(session_id, game, seats)
    except Exception as error:  # noqa: BLE001 - what a bot raises is not known beforehand
        _journal.error("the bots of %s failed as a step closed: %s", session_id, place_of(error))
        return {}


def of_step(entries: Sequence[Recorded]) -> list[Recorded]:
    """The entries since the open step was opened."""
    found: list[Recorded] = []
    for entry in reversed(entries):
        found.append(entry)
        if any(isinstance(event, StepOpened) for event in entry.events):
            break
    return found


def made_up(ahead: Ahead, country: str, note: Missing, instead: Iterable[Act], now_ms: int) -> Ahead:
    """The game with a missing order noted, and with what a bot does instead."""
    ahead = ahead.given(missed(ahead.game.moment, country, note), now_ms)
    for number, act in enumerate(instead):
        with contextlib.suppress(Refused):  # what a bot may not do after all, it leaves
            ahead = ahead.given(stood_in(ahead.game.moment, country, number, act), now_ms)
    return ahead


def missed(moment: Moment, country: str, policy: Missing) -> Order:
    """The order that notes a missing one; the same from whichever process."""
    step = clock_id(moment).removeprefix("clock:").rpartition(":")[0]
    instead: Literal["nothing", "bot"] = "bot" if policy == "bot" else "nothing"
    return Order(id=f"missed:{step}:{country}", author=CLOCK, act=Miss(country=country, instead=instead))


def stood_in(moment: Moment, country: str, number: int, act: Act) -> Order:
    """An order of a bot in the place of a missing one."""
    step = clock_id(moment).removeprefix("clock:").rpartition(":")[0]
    return Order(id=f"{country}:missed:{step}:{number}", author=country, act=act)


def breathing_space(order: Order, game: Game, timer: Timer, courtesy: Courtesy, now_ms: int) -> Order | None:
    """What an order in the last seconds of a step adds to it; under a fixed id, so that it does so once."""
    late = timer.due_ms is not None and timer.due_ms - now_ms < courtesy.quiet_seconds * SECOND_MS
    if not late or order.author not in game.atlas.countries or isinstance(order.act, Done) or game.moment.status != "running":
        return None
    step = clock_id(game.moment).removeprefix("clock:").rpartition(":")[0]
    return Order(id=f"quiet:{step}", author=CONTROL, act=Extend(seconds=courtesy.quiet_more_seconds))
