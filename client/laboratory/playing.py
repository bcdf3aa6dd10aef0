"""Playing the games of a cell: openings and players from one number each, so that all cells play pair ``n`` with the same chance."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib.resources import files
from typing import Literal

from client.arena import play_many
from client.bots.protocol import Bot
from client.bots.seats import bots, cast
from client.laboratory.course import Chronicler, Course
from client.laboratory.design import Cell, changes
from client.laboratory.estimates import Seen
from client.laboratory.metrics import Measure
from client.laboratory.openings import opened
from client.laboratory.reading import Experiment, casting
from client.laboratory.schema import Change
from client.laboratory.scripts import bound
from rules.chance import derive, draw
from rules.exact import exp_one, log_one
from rules.lately import lately
from rules.parameters import Setting, registry
from rules.sequence import Recorded
from rules.state import Game
from scenarios import folder
from scenarios.opening import parameters
from scenarios.pin import fingerprint, rules_hash

Purpose = Literal["tuning", "holdout"]
"""What seeds are for: figures are quoted from seeds that nothing was tuned on."""
MAIN = "main"
_FINGERPRINT_DIGITS = 12
RUNS_KEPT = 64  # whose coefficients are at hand while their games are prepared


@dataclass(frozen=True, slots=True)
class Run:
    """One playing of all cells: as the file says, or with a change, another skill of the bots, or drawn coefficients."""

    name: str
    pairs: int
    change: Change | None = None
    skill: float = 1.0
    draw: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Which seeds are used."""

    seed: int
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Record:
    """A game as it is kept."""

    run: str
    cell: Cell
    number: int
    seen: Seen
    skill: float = field(default=1.0, compare=False)


def secret(plan: Plan, number: int) -> str:
    """The seed of pair ``number``: the same in every cell and run."""
    return derive(str(plan.seed), "laboratory", plan.purpose, number)


def coefficients(experiment: Experiment, plan: Plan, number: int) -> dict[str, Setting]:
    """Draw ``number`` of all coefficients: each between half and double what the base has, within its bounds; switches stay."""
    found: dict[str, Setting] = {}
    specs = registry()
    for name, value in asdict(parameters(experiment.scenario)).items():
        spec = specs[name]
        if isinstance(value, bool) or not isinstance(value, int | float) or not value:
            continue
        factor = exp_one((2.0 * draw(str(plan.seed), "coefficients", number, name) - 1.0) * log_one(2.0))
        drawn = min(max(value * factor, spec.low), spec.high)
        found[name] = float(round(drawn)) if isinstance(value, int) else drawn
    return found


def records(experiment: Experiment, plan: Plan, run: Run, cell: Cell, numbers: Sequence[int]) -> Iterator[Record]:
    """Play some games of a cell and measure them."""
    for number, course in courses(experiment, plan, run, cell, numbers):
        print_of_seed = hashlib.sha256(course.opening.seed.encode()).hexdigest()[:_FINGERPRINT_DIGITS]
        values = Measure(course, experiment.data.metric, experiment.data.groups).all()
        yield Record(run.name, cell, number, Seen(print_of_seed, values), run.skill)


def courses(experiment: Experiment, plan: Plan, run: Run, cell: Cell, numbers: Sequence[int]) -> Iterator[tuple[int, Course]]:
    """Play some games of a cell, in lockstep."""
    games = [prepared(experiment, plan, run, cell, number) for number in numbers]
    chroniclers = [Chronicler(opening) for opening, _ in games]

    def watch(place: int, game: Game, recorded: tuple[Recorded, ...]) -> None:
        chroniclers[place](game, recorded)

    finished = play_many((opening for opening, _ in games), (players for _, players in games), keep=False, watch=watch)
    for number, chronicler, _ in zip(numbers, chroniclers, finished, strict=True):
        yield number, chronicler.course()


def prepared(experiment: Experiment, plan: Plan, run: Run, cell: Cell, number: int) -> tuple[Game, dict[str, Bot]]:
    """The opening of a game and its players."""
    data = experiment.data
    made = changes(data, cell) if run.change is None else (*changes(data, cell), run.change)
    seed = secret(plan, number)
    game = opened(experiment.scenario, made, seed, groups=data.groups, spread=data.draw, coefficients=_drawn(experiment, plan, run))
    casts = cast(casting(made), game.atlas.countries)
    skilled = {country: replace(player, skill=player.skill * run.skill) for country, player in casts.items()}
    players = bots(skilled, lambda country: derive(seed, "bot", country))
    return game, bound(players, made, game.atlas, data.groups)


@lately(RUNS_KEPT)
def _drawn(experiment: Experiment, plan: Plan, run: Run) -> Mapping[str, Setting]:
    """The coefficients that all games of a run have instead of the scenario's."""
    return {} if run.draw is None else coefficients(experiment, plan, run.draw)


def engine_hash() -> str:
    """The fingerprint of all that decides how a game goes and how it is measured: rules, bots, arena and laboratory."""
    sources = folder.walk(files("client"))
    kept = ((path, item.read_bytes()) for path, item in sources if _decides(path))
    return hashlib.sha256(f"{rules_hash()}{fingerprint(kept)}".encode()).hexdigest()


def _decides(path: str) -> bool:
    inside = path.startswith(("bots/", "laboratory/")) or path == "arena.py"
    return inside and path.endswith(".py") and not path.startswith("laboratory/report/")
