"""When a step closes, and what comes of it."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence

from rules.evolve import evolve_all
from rules.orders import Act, Order
from rules.sequence import Played, awaited, play_step, take
from rules.state import Game
from rules.wire.frames import Pace
from server.failures import place_of

_journal = logging.getLogger(__name__)

Envelopes = Mapping[str, Sequence[Act]]


def is_complete(game: Game, pace: Pace, envelopes: Envelopes, *, skip_reading: bool, away: Collection[str] = ()) -> bool:
    """Whether the open step need not wait for its deadline: everybody who can act has spoken.

    In rounds that is an envelope of each seat; in live play each seat that is not ``away`` says that it is
    done, and one at least is there.  A step in which nobody can act is complete from the start, if reading
    it may be skipped.
    """
    if game.moment.status != "running":
        return False
    waited_for = awaited(game)
    if not waited_for:
        return pace == "rounds" and skip_reading
    if pace == "rounds":
        return all(country in envelopes for country in waited_for)
    there = [country for country in waited_for if country not in away]
    return bool(there) and all(country in game.moment.done for country in there)


def played(game: Game, envelopes: Envelopes, by: Order | None = None) -> Played:
    """The step played; envelopes over which the rules fail are left out, so that one cannot stop the game.

    ``by``: the order that closes the step, if it is not the clock's.
    """
    try:
        step = play_step(game, envelopes)
    except Exception as error:  # noqa: BLE001 - what a fault of ours raises is not known beforehand
        _journal.error("the rules failed over an envelope: %s", place_of(error))
        step = play_step(game, {seat: acts for seat, acts in envelopes.items() if _is_sound(game, seat, acts)})
    return step if by is None else _closed(game, step, by)


def _closed(game: Game, step: Played, by: Order) -> Played:
    """The same step with another order at its end, which the log then holds in place of the clock's."""
    *entries, _ = step.recorded
    for entry in entries:
        game = evolve_all(game, entry.events)
    after, last = take(game, by)
    return Played(after, (*entries, last), step.declined)


def _is_sound(game: Game, seat: str, acts: Sequence[Act]) -> bool:
    try:
        play_step(game, {seat: acts})
    except Exception:  # noqa: BLE001 - noted by the caller already
        return False
    return True
