"""The arena: a whole session in this process, without sockets, on the same rules and in the same order as on the server."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from client.bots.protocol import Bot
from rules.orders import CONTROL, Order, Start
from rules.sequence import Declined, Recorded, awaited, play_step, take
from rules.state import Game
from rules.view import view

START_ID = "control:start"


@dataclass(frozen=True, slots=True)
class Match:
    """A finished session: where it began and ended, its entries, and what was refused on the way."""

    opening: Game
    game: Game
    entries: tuple[Recorded, ...]
    declined: tuple[Declined, ...]


def play(opening: Game, bots: Mapping[str, Bot], watch: Callable[[Game, tuple[Recorded, ...]], None] | None = None) -> Match:
    """Play to the end.  Seats without a bot hold.  ``watch`` is called after each step with the game and the step's entries."""
    game, first = take(opening, Order(id=START_ID, author=CONTROL, act=Start()))
    entries: list[Recorded] = [first]
    declined: list[Declined] = []
    if watch is not None:
        watch(game, (first,))
    while game.moment.status == "running":
        envelopes = {seat: bots[seat].choose(view(game, seat)) for seat in awaited(game) if seat in bots}
        step = play_step(game, envelopes)
        game = step.game
        entries.extend(step.recorded)
        declined.extend(step.declined)
        if watch is not None:
            watch(game, step.recorded)
    return Match(opening, game, tuple(entries), tuple(declined))
