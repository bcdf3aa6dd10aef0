"""What a game came to, in figures that everybody could read, and games played on by bots to see how far such figures spread.

The same figures are taken of the game that was played, of bots' games of the same start, and of what might have been.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from client.arena import abreast, play_many
from client.bots.protocol import Bot
from client.bots.seats import bots, cast
from client.dealing import dealt, lots
from rules.chance import derive
from rules.exact import add, total
from rules.orders import CONTROL, Order, Resume
from rules.sequence import take
from rules.state import Game
from server.debrief.words import say
from server.narrate.alignment import alignment
from server.narrate.names import worded
from server.narrate.outcome import adoptions, failures, wars
from server.narrate.words import name

SHARES = frozenset({"legitimacy", "alignment"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One game.  ``figures``: by name, see ``measured``; ``payoffs``: the change of each state's payoff since the opening."""

    figures: Mapping[str, float]
    payoffs: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """A game to be played on by bots: ``seed`` is what chance and bots are drawn from, from here on."""

    number: int
    game: Game
    seed: str


def measured(game: Game) -> Outcome:
    """The figures of a game as it stands: none of them needs to know a secret, but the payoffs do."""
    atlas, world = game.atlas, game.world
    launched = [operation for operation in game.operations if operation.status == "launched"]
    figures = {
        "adopted": float(adoptions(game)),
        "failed": float(failures(game)),
        "wars": float(wars(game)),
        "breaches": float(add(float(value) for value in world.breaches)),
    }
    if launched:
        figures["legitimacy"] = launched[0].legitimacy
    stood = [figure for figure in alignment(game, atlas.turns) if figure is not None]
    if stood:
        figures["alignment"] = float(add(stood)) / len(stood)
    for column, issue in enumerate(atlas.issues):
        figures[f"issue:{issue.id}"] = float(world.positions[column])
    change = total(world.payoff) - total(atlas.opening)
    return Outcome(figures, tuple(float(value) for value in change))


def of_a_hundred(figure: str, value: float) -> float:
    """A figure as it is shown: shares of 100, as everywhere on the page, all others as they are."""
    return 100.0 * value if figure in SHARES else value


def title_of(game: Game, figure: str) -> str:
    """What a figure is called."""
    kind, _, issue = figure.partition(":")
    if kind == "issue":
        return next(worded(item.title) for item in game.atlas.issues if item.id == issue)
    return say(f"outcome.{figure}", unipole=name(game, game.atlas.unipole))


def starts(game: Game, games: int, seed: str, purpose: str) -> list[Start]:
    """One game as the start of many: with other luck from here on, and the same luck for the same ``purpose``."""
    bare = replace(game, past=None)
    return [Start(number, bare, derive(seed, purpose, number)) for number in range(games)]


def played_on(wanted: Sequence[Start], jobs: int) -> Iterator[tuple[int, Outcome]]:
    """Play each start to its end, in this process for one job; results come with their numbers as they are ready."""
    seats = max((len(start.game.atlas.countries) for start in wanted), default=1)
    for batch in dealt(lots(wanted, jobs, abreast(seats)), played_together, jobs):
        yield from batch


def played_together(batch: Sequence[Start]) -> list[tuple[int, Outcome]]:
    """Play some starts in lockstep."""
    games = (_going(replace(start.game, seed=start.seed)) for start in batch)
    casts = (_players(start) for start in batch)
    finished = play_many(games, casts, together=len(batch), keep=False)
    return [(start.number, measured(match.game)) for start, match in zip(batch, finished, strict=True)]


def _players(start: Start) -> dict[str, Bot]:
    return bots(cast("", start.game.atlas.countries), lambda country: derive(start.seed, "bot", country))


def _going(game: Game) -> Game:
    """A clock that stood still goes on: nobody is there to wait for."""
    if game.moment.status != "paused":
        return game
    return take(game, Order(id="control:go-on", author=CONTROL, act=Resume()))[0]
