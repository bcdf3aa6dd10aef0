"""Rule cases as data: how a case is read, how its worlds are played, and how its claims are checked.

A case holds one or several *worlds* that start from the same scenario and differ in what the case is about: parameters, starting figures,
treaties in force, orders.  A claim is a line such as ``threat(COR, DOR): far < near`` or ``status(four-1-1): here = 'adopted'``; its left
part is a measure (see ``measures``), its right part a chain of worlds and values.  ``~`` compares to the digits that are written.
"""

from __future__ import annotations

import json
import operator
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from client.arena import START_ID
from rules.exact import frozen
from rules.force.threat import everybody
from rules.interests.payoff import payoff
from rules.orders import CONTROL, Order, Start
from rules.parameters import with_overrides
from rules.sequence import Declined, Recorded, play_step, take
from rules.state import SPENDING, Atlas, Bulletin, Game, World
from rules.view import view
from rules.vocabulary import CHOICES, Commitment
from scenarios import load, opening
from tests.scripted import Script, agreed

FOLDER = Path(__file__).parent / "cases"
Table = Mapping[str, Any]  # what TOML gives: any of its types
Value = float | str | bool


@dataclass(frozen=True)
class Outcome:
    """A world after its orders: how it stands, what happened, what was refused."""

    game: Game
    entries: tuple[Recorded, ...]
    declined: tuple[Declined, ...]
    opening: Game


@dataclass(frozen=True)
class Case:
    """One numbered claim of a source, with worlds that show it."""

    number: int
    id: str
    title: str
    cites: tuple[str, ...]
    table: Table

    @property
    def worlds(self) -> dict[str, Table]:
        """Name -> what is special about that world; a case with a single world calls it ``here``."""
        found: dict[str, Table] = self.table.get("worlds", {"here": {}})
        return found


def all_cases() -> tuple[Case, ...]:
    """Every case of the folder, in the order of files and of the places in them."""
    tables = [table for path in sorted(FOLDER.glob("*.toml")) for table in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]
    return tuple(Case(k, t["id"], t["title"], tuple(t["cites"]), t) for k, t in enumerate(tables, start=1))


@cache
def _opening(scenario: str, seed: str) -> Game:
    return opening(load(scenario), seed)


def played(case: Case, special: Table) -> Outcome:
    """One world of a case, played to the end of its last step."""
    common = case.table
    game = _opening(common.get("scenario", "tiny"), common.get("seed", "case"))
    changes = {**common.get("parameters", {}), **special.get("parameters", {})}
    own = {name: getattr(game.parameters, name) for name in game.parameters.__dataclass_fields__}
    game = replace(game, parameters=with_overrides({**own, **changes}))
    for line in (*common.get("set", ()), *special.get("set", ())):
        game = _set(game, line.split())
    for own_bodies in (common.get("councils", {}), special.get("councils", {})):
        for body, fields in own_bodies.items():
            game = _rebuilt(game, body, fields)
    news = special.get("news", common.get("news"))
    if news is not None:
        deck = tuple(Bulletin.model_validate_json(json.dumps(item)) for item in news)
        game = replace(game, atlas=replace(game.atlas, news=deck))
    terms = common.get("terms", {})
    names = [*common.get("in_force", ()), *special.get("in_force", ())]
    pacts = tuple(Commitment(id=name.replace("_", "-"), terms=agreed(terms[name], game.atlas.turns), since=1) for name in names)
    kept = () if common.get("without_treaties") else game.commitments
    game = replace(game, commitments=(*kept, *pacts))
    lines: dict[str, list[str]] = {}
    for source in (common.get("play", {}), special.get("play", {})):
        for step, orders in source.items():
            lines.setdefault(step, []).extend(orders)
    for cast in (common.get("ballots"), special.get("ballots")):
        for step, votes in _ballots(cast or {}):
            lines.setdefault(step, []).extend(votes)
    return _run(_scored(game), Script(lines, terms), lines)


def _ballots(cast: Table) -> list[tuple[str, list[str]]]:
    """``{ step = "1 assembly 1", draft = "four-1-1", yes = "ARD BRV", no = "DOR" }`` as lines."""
    if not cast:
        return []
    votes = [f"{c} vote {cast['draft']} {choice}" for choice in CHOICES for c in cast.get(choice, "").split()]
    return [(cast["step"], votes)]


def _set(game: Game, words: list[str]) -> Game:
    """``forces DOR 20``: one starting figure of the world or the atlas."""
    name, *places, value = words
    owner: World | Atlas = game.world if hasattr(game.world, name) else game.atlas
    array = getattr(owner, name).copy()
    array[tuple(place(game, word) for word in places)] = float(value)
    figures = {name: frozen(array)}
    if isinstance(owner, World):
        return replace(game, world=replace(owner, **figures))
    return replace(game, atlas=replace(owner, **figures))  # type: ignore[arg-type]  # only figures are set


def _rebuilt(game: Game, body: str, fields: Table) -> Game:
    """The game with some fields of a council changed."""
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    bodies = tuple(c.model_copy(update=values) if c.id == body else c for c in game.atlas.councils)
    return replace(game, atlas=replace(game.atlas, councils=bodies))


def place(game: Game, word: str) -> int:
    """The row or column of a country, an issue or a council."""
    for names in (game.atlas.countries, SPENDING, [i.id for i in game.atlas.issues], [c.id for c in game.atlas.councils]):
        if word in names:
            return list(names).index(word)
    raise KeyError(word)


def _scored(game: Game) -> Game:
    table = frozen(payoff(game, everybody(game), game.world.received, game.commitments))
    return replace(game, world=replace(game.world, payoff=table))


def _run(game: Game, script: Script, lines: Mapping[str, list[str]]) -> Outcome:
    if not lines:
        return Outcome(game, (), (), game)
    bots, opened = script.bots(game), game
    game, first = take(game, Order(id=START_ID, author=CONTROL, act=Start()))
    entries, left = [first], set(lines)
    declined: list[Declined] = []
    while left:
        now = game.moment
        assert now.status == "running", f"the session was over before {sorted(left)}"
        left.discard(f"{now.turn} {now.phase} {now.round}")
        envelopes = {seat: bot.choose(view(game, seat)) for seat, bot in bots.items()}
        step = play_step(game, envelopes)
        game = step.game
        entries.extend(step.recorded)
        declined.extend(step.declined)
    return Outcome(game, tuple(entries), tuple(declined), opened)


# --- claims ----------------------------------------------------------------------------------------------------------------------------

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "!=": operator.ne,
}
_CLAIM = re.compile(r"(?P<measure>[a-z_]+)\((?P<places>[^)]*)\): (?P<chain>.+)")
_TOKEN = re.compile(r"\s+(<=|>=|!=|<|>|=|~)\s+")
Measure = Callable[..., Value]


def failures(case: Case, measures: Mapping[str, Measure]) -> list[str]:
    """The claims of a case that do not hold, each with the values found; empty if the case is green."""
    outcomes = {name: played(case, special) for name, special in case.worlds.items()}
    return [wrong for claim in case.table["expect"] for wrong in _checked(claim, outcomes, measures)]


def _checked(claim: str, outcomes: Mapping[str, Outcome], measures: Mapping[str, Measure]) -> list[str]:
    read = _CLAIM.fullmatch(claim)
    assert read is not None, f"not a claim: {claim}"
    measure = measures[read["measure"]]
    places = [word.strip() for word in read["places"].split(",") if word.strip()]
    first, *rest = _TOKEN.split(read["chain"])
    wrong, before = [], _value(first, outcomes, measure, places)
    for comparison, word in zip(rest[::2], rest[1::2], strict=True):
        after = _value(word, outcomes, measure, places)
        if not _holds(before, comparison, after, word):
            wrong.append(f"{claim}: {before!r} {comparison} {after!r} does not hold")
        before = after
    return wrong


def _value(word: str, outcomes: Mapping[str, Outcome], measure: Measure, places: list[str]) -> Value:
    if word in outcomes:
        return measure(outcomes[word], *places)
    if word in ("true", "false"):
        return word == "true"
    return word[1:-1] if word.startswith("'") else float(word)


def _holds(left: Value, comparison: str, right: Value, written: str) -> bool:
    if comparison == "~":
        return round(float(left), len(written.partition(".")[2])) == float(right)
    if comparison == "=":
        numbers = isinstance(left, float) and isinstance(right, float)
        return abs(float(left) - float(right)) <= 1e-9 * max(1.0, abs(float(left))) if numbers else left == right
    return OPERATORS[comparison](left, right)
