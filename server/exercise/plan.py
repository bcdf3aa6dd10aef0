"""The plan of an exercise: one file that says what is played, and the same frozen, with hashes of all that it rests on.

Frozen, it names the events list, the scenario, the rules and every coefficient by their hashes, and has a hash of its own.  A session made
from it keeps that hash, and whoever opens or reports on it later is told what was changed since.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rules.parameters import BadParameter
from rules.wire.canonical import digest
from rules.wire.frames import Pace
from rules.wire.logbook import Head
from scenarios.loader import load
from scenarios.opening import opening
from scenarios.pin import pins
from server.exercise.days import BadDays, read_days
from server.records.tables import Column, Design, Table, filled
from server.sessions.roles import Holder, posts
from server.sessions.talk import TalkPolicy

PLAN = Design("plan", "line of the plan", (Column("item", "text", "what was settled"), Column("value", "text", "how")))


class BadPlan(Exception):
    """A plan that cannot be used; the text says why."""


class Plan(BaseModel):
    """What a director settles.

    ``events`` is the path of the list beside the plan; ``critical`` has to be filled before the start; between ``days`` the game rests.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    scenario: str
    events: str
    critical: tuple[Holder, ...] = ()
    days: tuple[str, ...] = ()
    pace: Pace = "live"
    bots: bool = False
    open_seats: bool = False
    talk: TalkPolicy = "open"
    overheard: bool = False
    parameters: Annotated[dict[str, float], Field(max_length=200)] = Field(default_factory=dict)


class Ground(BaseModel):
    """What a plan rests on, by SHA-256."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    events: str
    scenario: str
    rules: str
    parameters: str


class Frozen(BaseModel):
    """A plan with what it rests on; ``hash`` is that of both."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    plan: Plan
    ground: Ground
    hash: str


WORDS = {"events": "the events list", "scenario": "the scenario", "rules": "the rules of the program", "parameters": "the coefficients"}


def read_plan(path: Path) -> Plan:
    """A plan in TOML.  Raises BadPlan."""
    try:
        return Plan.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadPlan(f"{path} cannot be read: {error}.") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise BadPlan(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}.") from error


def freeze(plan: Plan, folder: Path) -> Frozen:
    """The plan with the hashes of what it rests on now.  Raises BadPlan."""
    scenario = load(plan.scenario)
    countries = opening(scenario, "frozen").atlas.countries
    unknown = [holder for holder in plan.critical if holder not in (*countries, *posts(countries))]
    if unknown:
        raise BadPlan(f"critical: there is no seat or post {unknown[0]} in {plan.scenario}.")
    try:
        read_days(plan.days)
        pinned = pins(scenario, plan.parameters)
        events = hashlib.sha256((folder / plan.events).read_bytes()).hexdigest()
    except BadParameter as error:
        raise BadPlan(f"parameters: {error}") from error
    except BadDays as error:
        raise BadPlan(f"days: {error}") from error
    except OSError as error:
        raise BadPlan(f"events: {folder / plan.events} cannot be read: {error.strerror}.") from error
    ground = Ground(events=events, scenario=pinned.scenario_hash, rules=pinned.rules_hash, parameters=digest(pinned.parameters))
    return Frozen(plan=plan, ground=ground, hash=_hash(plan, ground))


def read_frozen(path: Path) -> Frozen:
    """A frozen plan whose hash fits.  Raises BadPlan."""
    try:
        frozen = Frozen.model_validate_json(path.read_bytes())
    except OSError as error:
        raise BadPlan(f"{path} cannot be read: {error.strerror}.") from error
    except ValidationError as error:
        raise BadPlan(f"{path} is no frozen plan, as `unipole exercise freeze` writes it.") from error
    if frozen.hash != _hash(frozen.plan, frozen.ground):
        raise BadPlan(f"{path} was changed after it was frozen. Freeze the plan again.")
    return frozen


def require_same(frozen: Frozen, folder: Path) -> None:
    """Raise BadPlan, naming what was changed, unless all that the plan rests on is as it was frozen."""
    now = freeze(frozen.plan, folder).ground
    changed = [words for name, words in WORDS.items() if getattr(now, name) != getattr(frozen.ground, name)]
    if changed:
        raise BadPlan(f"Changed since the plan was frozen: {', '.join(changed)}. Put it back, or freeze the plan again.")


def differs(frozen: Frozen, head: Head) -> tuple[str, ...]:
    """In what a played game is not that of the plan, in words."""
    played = {"scenario": head.scenario_hash, "rules": head.rules_hash, "parameters": digest(head.parameters)}
    return tuple(WORDS[name] for name, value in played.items() if value != getattr(frozen.ground, name))


def plan_table(frozen: Frozen, changed: Sequence[str]) -> Table:
    """The plan for the report: what was settled, its hashes, and in what the game that was played is not that of the plan."""
    rows = [("hash of the plan", frozen.hash), *((f"hash of {WORDS[name]}", value) for name, value in frozen.ground)]
    rows += [(name, ", ".join(value) if isinstance(value, tuple) else str(value)) for name, value in frozen.plan if name != "parameters"]
    rows += sorted((name, str(value)) for name, value in frozen.plan.parameters.items())
    return filled(PLAN, [*rows, ("played with other", ", ".join(changed) or "nothing")])


def _hash(plan: Plan, ground: Ground) -> str:
    return digest({"plan": plan.model_dump(mode="json"), "ground": ground.model_dump(mode="json")})
