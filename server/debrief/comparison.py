"""Beside what else could have been: bots' games of the same start, played beforehand and kept, and what happened in history."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from client.laboratory.backtests import format as backtests
from rules.chance import derive
from rules.state import Game
from rules.wire.logbook import Head
from server.debrief.outcomes import measured, of_a_hundred, played_on, starts, title_of
from server.debrief.shipped import PURPOSE, SEED
from server.debrief.words import say
from server.narrate.words import draft_about, first, headings

STANCES = {0.0: "no", 1.0: "undecided", 2.0: "yes"}
STANCE_PREDICTOR, STANCE = "council-stances", "stance"
EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure of this game among those of many: ``below`` and ``equal`` count games with a smaller and with the same figure."""

    title: str
    value: float
    others: tuple[float, ...]

    @property
    def below(self) -> int:
        """Games with a smaller figure."""
        return len([other for other in self.others if other < self.value - EPSILON])

    @property
    def equal(self) -> int:
        """Games with the same."""
        return len([other for other in self.others if abs(other - self.value) <= EPSILON])

    @property
    def above(self) -> int:
        """Games with a larger one."""
        return len(self.others) - self.below - self.equal


@dataclass(frozen=True, slots=True)
class Then:
    """A state in history and in the game, in words; ``alike`` if it stood the same."""

    name: str
    then: str
    now: str
    alike: bool


@dataclass(frozen=True, slots=True)
class History:
    """What is known of the case, and where the states of this game stood instead."""

    title: str
    case: str
    draft: str
    rows: tuple[Then, ...]
    sources: tuple[str, ...]


def place_of(head: Head, folder: Path | None = None) -> Path:
    """Where the bots' games of a start are kept: other rules, data or parameters are another start."""
    key = json.dumps([head.rules_hash, head.scenario_hash, sorted(head.parameters.items())])
    name = f"{head.scenario}-{hashlib.sha256(key.encode()).hexdigest()[:16]}.json"
    return (folder or platformdirs.user_cache_path("unipole") / "games") / name


def kept(head: Head, folder: Path | None = None) -> list[dict[str, float]]:
    """The figures of the games that were played of a start; none if none were, or if they cannot be read."""
    try:
        rows = json.loads(place_of(head, folder).read_text(encoding="utf-8"))
        return [{str(figure): float(value) for figure, value in row.items()} for row in rows]
    except (OSError, ValueError, TypeError, AttributeError):
        return []


def prepared(
    head: Head, opening: Game, games: int, jobs: int, track: Callable[[int], None] = lambda _: None, folder: Path | None = None
) -> list[dict[str, float]]:
    """The figures of so many games, playing those that are not kept yet.

    Raises:
        OSError: they cannot be kept.
    """
    found: list[Mapping[str, float]] = [*kept(head, folder)]
    missing = starts(opening, games, derive(SEED, head.scenario), PURPOSE)[len(found) :]
    played: dict[int, Mapping[str, float]] = {}
    for number, outcome in played_on(missing, jobs):
        played[number] = outcome.figures
        track(len(played))
    found += [played[number] for number in sorted(played)]
    path = place_of(head, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found), encoding="utf-8")
    return [dict(row) for row in found[:games]]


def spreads(game: Game, others: Sequence[Mapping[str, float]]) -> list[Spread]:
    """Each figure of this game among those of others that have it."""
    found = []
    for figure, value in measured(game).figures.items():
        among = tuple(of_a_hundred(figure, other[figure]) for other in others if figure in other)
        if among:
            found.append(Spread(title_of(game, figure), of_a_hundred(figure, value), among))
    return found


def histories(game: Game) -> list[History]:
    """What happened in history, for cases whose record stands beside the scenario, and the same of this game."""
    found = []
    for name in backtests.built_in():
        test = backtests.load(name)
        stances = test.facts.get(STANCE, {})
        if test.scenario == game.atlas.scenario and test.predictor == STANCE_PREDICTOR and stances:
            found.append(_history(game, test, {country: float(value) for country, value in stances.items()}))
    return found


def _history(game: Game, test: backtests.BacktestFile, stances: Mapping[str, float]) -> History:
    voted = [draft for draft in game.drafts if draft.action == "authorise force" and draft.ballots and not draft.amends]
    last = voted[-1] if voted else None
    cast = {ballot.country: ballot.choice for ballot in last.ballots} if last else {}
    rows = []
    for country, title in zip(game.atlas.countries, headings(game), strict=True):
        if country in stances:
            then, now = STANCES[stances[country]], cast.get(country, "")
            alike = then == now or (then == "undecided" and now == "abstain")
            rows.append(Then(title, say(f"comparison.{then}"), say(f"votes.{now}") if now else "", alike))
    return History(test.title, test.case, first(draft_about(game, last)) if last else "", tuple(rows), test.sources)
