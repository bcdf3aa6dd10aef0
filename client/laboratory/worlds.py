"""The base of an experiment: a scenario that ships with the program, the folder of one, or a world file.

A world file is a scenario in short: a number may stand where a scenario has a table of value, unit and source, and texts, sheets and
sources may be left out.  It is filled up to a whole scenario and checked like one, so there is one format, one loader and one opening.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel

from scenarios import references
from scenarios.entries import Figure
from scenarios.faults import BadScenario, Fault, inner_model, parsed
from scenarios.loader import Scenario, load
from scenarios.schema import ScenarioFile

SOURCE = "invented"
STEPS: dict[str, int] = {"briefing": 0, "negotiation": 2, "assembly": 2, "orders": 1, "adjudication": 0, "report": 0}
_WORDS = {"unit": "invented", "source": SOURCE, "title": "Invented", "text": "Invented for an experiment.", "summary": "Invented.",
          "span": "half a year", "start": "2000-01", "reason": "Set for an experiment.",
          "region": "Invented", "sentence": "Invented."}  # fmt: skip
_FILE_BYTES_MAX = 1_000_000


def base(world: str, folder: Path | None = None) -> Scenario:
    """The base scenario; a world file is looked for in ``folder`` too.

    Raises:
        BadScenario: it does not exist or cannot be used.
    """
    if not world.endswith(".toml"):
        beside = None if folder is None else folder / world
        return load(beside if beside is not None and (beside / "scenario.toml").is_file() else world)
    places = [place for place in (None if folder is None else folder / world, Path(world)) if place is not None]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        raise BadScenario(world, [Fault(world, "", "there is no such file.", "Name a world file beside the experiment.")])
    data = path.read_bytes()
    if len(data) > _FILE_BYTES_MAX:
        raise BadScenario(world, [Fault(world, "", "is too large.", f"Keep it below {_FILE_BYTES_MAX:,} bytes.")])
    return read(world, data)


def read(name: str, data: bytes) -> Scenario:
    """A world file as a scenario.

    Raises:
        BadScenario: it cannot be used; says what is wrong where.
    """
    try:
        short = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadScenario(name, [Fault(name, "", f"is not TOML: {error}.", "Correct the line.")]) from error
    return made(name, short, data)


def made(name: str, short: Mapping[str, object], data: bytes) -> Scenario:
    """A world in short as a scenario; ``data`` are the bytes it was made of.

    Raises:
        BadScenario: it cannot be used; says what is wrong where.
    """
    scenario, wrong = parsed(ScenarioFile, _filled(short), name)
    if scenario is None:
        raise BadScenario(name, wrong)
    wrong_too = references.faults(scenario, [sheet for place in scenario.seat for sheet in (place.public, place.secret)])
    if wrong_too:
        raise BadScenario(name, wrong_too)
    nothing = tuple("" for _ in scenario.country)
    return Scenario(scenario, nothing, nothing, ((name, data),))


def _filled(short: Mapping[str, object]) -> dict[str, object]:
    """The world with everything that a scenario has to say beside its figures."""
    table = dict(short)
    heading = table.get("scenario")
    table["scenario"] = {"turns": 3, **heading} if isinstance(heading, dict) else {"turns": 3}
    rounds = table.get("schedule")
    wanted = {**STEPS, **rounds} if isinstance(rounds, dict) else STEPS
    table["schedule"] = {name: {"rounds": n, "seconds": 60} if isinstance(n, int) else n for name, n in wanted.items()}
    table.setdefault("sources", {SOURCE: {"title": "Invented", "publisher": "The experiment", "year": 2000}})
    whole = _whole(table, ScenarioFile)
    assert isinstance(whole, dict), "a table stays a table"
    given = {str(seat.get("country")): seat for seat in _tables(whole.get("seat"))}
    whole["seat"] = [{**_seat(land, whole), **given.pop(str(land.get("id")), {})} for land in _tables(whole.get("country"))]
    whole["seat"] += list(given.values())  # seats of unknown countries: the check names them
    return whole


def _seat(land: Mapping[str, object], whole: Mapping[str, object]) -> dict[str, object]:
    """A seat for a country of which the file says nothing more."""
    country, place = land.get("id", ""), "none"
    for council in _tables(whole.get("council")):
        if country in _list(council.get("permanent")):
            place = "permanent"
        elif country in _list(council.get("members")) and place == "none":
            place = "elected"
    return {"country": country, "council": place, "public": f"seats/{country}.md", "secret": f"seats/{country}.secret.md"}


def _tables(value: object) -> list[Mapping[str, object]]:
    return [item for item in _list(value) if isinstance(item, dict)]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _whole(value: object, model: type[BaseModel]) -> object:
    """The value with numbers where figures are wanted made into figures, and texts that are required filled in, at every depth."""
    if isinstance(value, list):
        return [_whole(item, model) for item in value]
    if not isinstance(value, dict):
        if issubclass(model, Figure) and isinstance(value, int | float) and not isinstance(value, bool):
            return {"value": value, "unit": _WORDS["unit"], "source": SOURCE}
        return value
    known = {info.alias or name: info for name, info in model.model_fields.items()}
    found = dict(value)
    if "name" in known:
        found.setdefault("name", value.get("id", ""))
    for key, info in known.items():
        if info.is_required() and key not in found and key in _WORDS:
            found[key] = _WORDS[key]
        inner = inner_model(info.annotation)
        if inner is None or key not in found:
            continue
        named = str(info.annotation).startswith("dict[")
        entry = found[key]
        found[key] = {k: _whole(v, inner) for k, v in entry.items()} if named and isinstance(entry, dict) else _whole(entry, inner)
    return found
