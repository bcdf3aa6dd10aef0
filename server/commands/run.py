"""``unipole run``: bots against bots in this program, one game or many."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from client.bots.seats import BadSeats, Casting, cast
from rules.exact import add
from rules.parameters import registry
from rules.spec import Setting, fault
from scenarios.faults import BadScenario, nearest
from scenarios.loader import Scenario, load
from server.commands.matches import Fixture, Score, scores
from server.commands.misuse import Misuse
from server.commands.progress import bar
from server.narrate.amounts import decimal, payoff
from server.narrate.language import say
from server.narrate.names import called, worded


def scenario_for(name: str) -> Scenario:
    """The scenario that was asked for.

    Raises:
        Misuse: it cannot be used; says why.
    """
    try:
        return load(name)
    except BadScenario as error:
        raise Misuse(str(error.faults[0] if len(error.faults) == 1 else error)) from error


def casting_for(spec: str, scenario: Scenario) -> dict[str, Casting]:
    """Who plays which seat.

    Raises:
        Misuse: the line cannot be read; says which part and why.
    """
    try:
        return cast(spec, [land.id for land in scenario.data.country])
    except BadSeats as error:
        raise Misuse(f"--seats: {error}") from error


def settings_for(words: Sequence[str]) -> dict[str, Setting]:
    """Parameters that are set by words such as ``security_value=2``.

    Raises:
        Misuse: a word is none of these, its parameter is unknown, or the value does not fit it; says which and why.
    """
    found = dict[str, Setting]()
    for word in words:
        name, between, text = (part.strip() for part in word.partition("="))
        if not between:
            raise Misuse(f"--set: {word} says no value. Write NAME=VALUE, such as security_value=2.")
        spec = registry().get(name)
        if spec is None:
            raise Misuse(f"--set: there is no parameter {name}. {nearest(name, registry())}")
        value = text if spec.options else _number(text)
        wrong = fault(name, spec, value)
        if wrong is not None:
            raise Misuse(f"--set: {wrong}.")
        found[name] = value
    return found


def _number(text: str) -> Setting:
    """A number, or the text that is none."""
    try:
        return float(text)
    except ValueError:
        return text


def run(
    name: str, *, seats: str, seed: int, games: int, jobs: int | None, log: Path | None, out: Console, changes: Sequence[str] = ()
) -> None:
    """Play and show what came of it.

    Raises:
        Misuse: the scenario, the seats, the parameters or the place of the log cannot be used.
    """
    scenario = scenario_for(name)
    casting, overrides = casting_for(seats, scenario), settings_for(changes)
    if log is not None and not log.absolute().parent.is_dir():
        raise Misuse(f"--log: there is no folder {log.absolute().parent}.")
    batch = Fixture(name, casting, seed, 0, None, hashed=games == 1, overrides=overrides)
    fixtures = [replace(batch, number=number, log=_log_of(log, number, games)) for number in range(games)]
    start = perf_counter()
    try:
        found = _played(fixtures, scenario, jobs or os.cpu_count() or 1, out)
    except OSError as error:
        raise Misuse(f"--log: {error}.") from error
    seconds = perf_counter() - start
    found.sort(key=lambda result: result.number)
    _show(scenario, casting, found, seconds, out)
    if overrides:
        changed = [f"{key} = {value:g}" if isinstance(value, float) else f"{key} = {value}" for key, value in overrides.items()]
        out.print(say("run.set", changes=", ".join(changed)))
    for fixture in fixtures[:1] if log is not None else ():
        written = say("run.logs", path=str(fixture.log), more=games - 1) if games > 1 else say("run.log", path=str(fixture.log))
        out.print(written, soft_wrap=True)


def _log_of(log: Path | None, number: int, games: int) -> Path | None:
    """The file of a game: as named, or with the game's number (from 1) before the suffix."""
    if log is None or games == 1:
        return log
    width = len(str(games))
    return log.with_name(f"{log.stem}-{number + 1:0{width}d}{log.suffix}")


def _played(fixtures: list[Fixture], scenario: Scenario, jobs: int, out: Console) -> list[Score]:
    results = scores(fixtures, scenario, jobs)
    if len(fixtures) == 1:
        return list(results)
    with bar(out) as progress:
        return list(progress.track(results, total=len(fixtures), description=say("run.playing")))


def _show(scenario: Scenario, casting: Mapping[str, Casting], found: list[Score], seconds: float, out: Console) -> None:
    games = len(found)
    out.print(_seats_table(scenario, casting, found))
    out.print(_events_table(found))
    refused = sum(result.refused for result in found)
    if refused:
        out.print(say("run.refused", count=refused))
    rate = games / seconds if seconds > 0.0 else 0.0
    out.print(say("run.pace", games=games, seconds=decimal(seconds, ".1f"), rate=decimal(rate, ".2f")))
    if games == 1:
        out.print(say("log.hash", chain=str(found[0].hash)), soft_wrap=True)


def _mean(values: list[float]) -> float:
    return add(values) / len(values)


def _seats_table(scenario: Scenario, casting: Mapping[str, Casting], found: list[Score]) -> Table:
    turns = scenario.data.scenario.turns
    title, games = worded(scenario.data.scenario.title), len(found)
    one, many = say("run.title-one", title=title, turns=turns), say("run.title-many", title=title, turns=turns, games=games)
    table = Table(title=one if games == 1 else many, title_justify="left")
    table.add_column(say("run.seat"))
    table.add_column(say("run.player"))
    for heading in (say("run.start"), say("run.end"), say("run.change"), say("run.met")):
        table.add_column(heading, justify="right")
    for row, land in enumerate(scenario.data.country):
        before, after = _mean([r.before[row] for r in found]), _mean([r.after[row] for r in found])
        met = _mean([float(len([aim for aim in r.aims[row] if aim.met])) for r in found])
        objectives = say("run.of", met=decimal(met, ".3g"), all=len(found[0].aims[row]))
        player = str(casting[land.id])
        figures = (payoff(before), payoff(after), payoff(after - before, signed=True))
        table.add_row(f"{land.id} {called(land.name)}", player, *figures, objectives)
    return table


def _events_table(found: list[Score]) -> Table:
    table = Table(title=say("run.happened"), title_justify="left")
    table.add_column("")
    table.add_column(say("run.in-all"), justify="right")
    if len(found) > 1:
        table.add_column(say("run.per-game"), justify="right")
        table.add_column(say("run.any"), justify="right")
    rows = (
        (say("run.adopted"), [r.adopted for r in found]),
        (say("run.failed"), [r.failed for r in found]),
        (say("run.wars"), [r.wars for r in found]),
        (say("run.breaches"), [r.breaches for r in found]),
    )
    for what, counts in rows:
        cells = [what, str(sum(counts))]
        if len(found) > 1:
            cells += [decimal(sum(counts) / len(counts), ".2f"), str(len([c for c in counts if c]))]
        table.add_row(*cells)
    return table
