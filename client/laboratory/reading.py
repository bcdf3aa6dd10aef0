"""From a file or an id to an experiment that fits together, or a sentence on what is wrong with it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from client.bots.seats import BadSeats, cast
from client.laboratory import worlds
from client.laboratory.design import cells, changes, contrast
from client.laboratory.faults import BadExperiment
from client.laboratory.fields import fields, of_acts
from client.laboratory.metrics import words_of
from client.laboratory.openings import opened
from client.laboratory.schema import Change, ExperimentFile, Metric, Variant
from client.laboratory.scripts import bound
from rules.state import Game
from scenarios.faults import BadScenario, nearest, parsed
from scenarios.loader import Scenario
from scenarios.opening import opening
from scenarios.pin import fingerprint

FILE_BYTES_MAX = 1_000_000
CELLS_MAX = 64


@dataclass(frozen=True, slots=True)
class Experiment:
    """An experiment that was read and fits together."""

    data: ExperimentFile
    scenario: Scenario
    text: str
    folder: Path

    @property
    def hash(self) -> str:
        """What the file and its world say, as a fingerprint."""
        state = hashlib.sha256(self.text.encode())
        state.update(fingerprint(self.scenario.contents).encode())
        return state.hexdigest()


def shelf() -> Path:
    """The folder of the experiments that come with the program."""
    return Path(str(files("scenarios").joinpath("experiments")))


def built_in() -> dict[str, Path]:
    """The experiments that come with the program, by id, in their natural order."""
    found = {path.stem: path for path in shelf().glob("*.toml")}
    return {name: found[name] for name in sorted(found, key=_natural)}


def _natural(name: str) -> tuple[str, int, str]:
    letters = name.rstrip("0123456789")
    return letters, int(name[len(letters) :] or 0), name


def load(name: str) -> Experiment:
    """An experiment by id or by the path of its file.

    Raises:
        BadExperiment: it does not exist or cannot be used.
    """
    known = built_in()
    path = known.get(name) or known.get(name.upper()) or Path(name)
    if not path.is_file():
        raise BadExperiment(name, "there is no such experiment.", f"{nearest(name, known)} Or give the path of a file.")
    if path.stat().st_size > FILE_BYTES_MAX:
        raise BadExperiment(name, "the file is too large.", f"Keep it below {FILE_BYTES_MAX:,} bytes.")
    return read(path.read_text(encoding="utf-8"), path.parent, path.name)


def read(text: str, folder: Path, name: str = "experiment.toml") -> Experiment:
    """An experiment from its text; worlds are looked for in ``folder``.

    Raises:
        BadExperiment: it cannot be used.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadExperiment(name, f"is not TOML: {error}.", "Correct the line; strings stand in quotes, tables in brackets.") from error
    data, wrong = parsed(ExperimentFile, table, name)
    if data is None:
        raise BadExperiment(f"{wrong[0].file}: {wrong[0].key}", wrong[0].wrong, wrong[0].remedy)
    try:
        scenario = worlds.base(data.world, folder)
    except BadScenario as error:
        raise BadExperiment("world", f"cannot be used. {error.faults[0]}", "Mend the world.") from error
    for key, fault, remedy in _faults(data, scenario):
        raise BadExperiment(key, fault, remedy)
    return Experiment(data, scenario, text, folder)


def _faults(data: ExperimentFile, scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    yield from _metrics(data, opening(scenario, "check"))
    yield from _claims(data)
    yield from _variants(data)
    yield from _kept_from(data)
    if len(cells(data)) > CELLS_MAX:
        yield "factor", f"there are {len(cells(data))} cells.", f"Keep to {CELLS_MAX}."
        return
    for cell in cells(data):
        for variant in (None, *data.ablation, *data.placebo, *data.null):
            made = changes(data, cell) if variant is None else (*changes(data, cell), variant)
            yield from _playable(data, scenario, made)


def _playable(data: ExperimentFile, scenario: Scenario, made: tuple[Change, ...]) -> Iterator[tuple[str, str, str]]:
    """Whether a cell opens: every figure, coefficient, country and script in it."""
    try:
        game = opened(scenario, made, "check", groups=data.groups, spread=data.draw, coefficients={})
        cast(casting(made), game.atlas.countries)
        bound({}, made, game.atlas, data.groups)
    except BadSeats as error:
        yield "cast", str(error), "Write it as for --seats."
    except BadExperiment as error:
        yield error.key, error.wrong, error.remedy


def casting(made: Iterable[Change]) -> str:
    """Who plays, with the latest word on each seat."""
    said: dict[str, str] = {}
    for change in made:
        for part in (piece.strip() for piece in change.cast.split(",")):
            if part:
                country, sign, kind = part.partition("=")
                said[country.strip()] = f"{country}{sign}{kind}"
    return ",".join(said.values())


def _metrics(data: ExperimentFile, game: Game) -> Iterator[tuple[str, str, str]]:
    earlier: list[str] = []
    for name, metric in data.metric.items():
        yield from _metric(name, metric, earlier)
        yield from _fields(f"metric.{name}", metric, game)
        earlier.append(name)


def _fields(key: str, metric: Metric, game: Game) -> Iterator[tuple[str, str, str]]:
    """Whether the rows have the fields that are asked for: a condition on another would leave no row."""
    if metric.rows is None:
        return
    known = fields(metric.rows, game)
    asked = (*((f"{key}.where", name) for name in metric.where), *((f"{key}.value", name) for name in words_of(metric.value)[1]))
    for place, name in asked:
        if name not in known:
            yield place, f"no row of {metric.rows} has a field {name!r}.", nearest(name, known)


def _kept_from(data: ExperimentFile) -> Iterator[tuple[str, str, str]]:
    """Whether acts have the fields by which they are withheld."""
    levels = (change for factor in data.factors for change in factor.levels.values())
    for change in (data.setup, *levels, *data.ablation, *data.placebo, *data.null):
        for name in (name for rule in change.withhold for name in rule.act if name not in of_acts()):
            yield "withhold.act", f"no act has a field {name!r}.", nearest(name, of_acts())


def _metric(name: str, metric: Metric, earlier: list[str]) -> Iterator[tuple[str, str, str]]:
    key = f"metric.{name}"
    if (metric.rows is None) == (metric.combine is None):
        yield key, "needs either rows or combine.", "Name a table, or how other metrics are combined."
    if metric.rows is not None and not words_of(metric.value)[0]:
        yield f"{key}.value", f"{metric.value!r} cannot be read.", "Write count, any, or such as 'mean cost' or 'tau economy guns'."
    for other in metric.of:
        if other not in earlier:
            yield f"{key}.of", f"there is no metric {other!r} above.", nearest(other, earlier)


def _claims(data: ExperimentFile) -> Iterator[tuple[str, str, str]]:
    levels = {factor.name: factor.levels for factor in data.factors}
    for claim in data.claim:
        key = f"claim[{claim.id}]"
        if claim.metric not in data.metric:
            yield f"{key}.metric", f"there is no metric {claim.metric!r}.", nearest(claim.metric, data.metric)
        for factor in (*claim.effect, *claim.at, *claim.between):
            if factor not in levels:
                yield key, f"there is no factor {factor!r}.", nearest(factor, levels)
                return
        for factor, level in (*claim.at.items(), *((f, lv) for f, pair in claim.between.items() for lv in pair)):
            if level not in levels[factor]:
                yield key, f"factor {factor} has no level {level!r}.", nearest(level, levels[factor])
                return
        if not contrast(data, claim):
            yield key, "compares nothing.", "Name two different levels."


def _variants(data: ExperimentFile) -> Iterator[tuple[str, str, str]]:
    known = [claim.id for claim in data.claim]
    variants: tuple[Variant, ...] = (*data.ablation, *data.placebo, *data.null)
    for variant in variants:
        for name in variant.claims:
            if name not in known:
                yield f"{variant.name}.claims", f"there is no claim {name!r}.", nearest(name, known)
