"""``unipole overrides``: what control set by hand in a game, and how the game would have gone on without."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.console import Console

from rules import events as ev
from rules.decide import decide
from rules.errors import Refused
from rules.evolve import evolve_all
from rules.explanation.explain import figure_name
from rules.orders import Override
from rules.state import Game, World
from rules.vocabulary import Operation
from server.commands.logs import LogFile, open_log, told
from server.commands.replay import placed
from server.narrate.sentences import sentence
from server.narrate.words import draft_about, first, operation_about

FIGURES_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Without:
    """The game as it would have gone without overrides, and the orders that would have been refused then, each with its sentence."""

    game: Game
    refused: tuple[tuple[str, str], ...]


def overrides(path: Path, out: Console, scenario: str | None = None) -> None:
    """Print each override, replay the log without all of them, and print what comes out otherwise.

    Raises:
        Misuse: the file cannot be opened.
    """
    log = open_log(path, scenario)
    found = [item for item in told(log) if isinstance(item.event, ev.Overridden)]
    if not found:
        out.print(f"Nothing was set by hand in {path}.", soft_wrap=True, markup=False)
        return
    for item in found:
        out.print(placed(item.place, sentence(item.before, item.event)))
    end = evolve_all(log.opening, (event for entry in log.entries for event in entry.events))
    other = without(log)
    out.print()
    for order_id, why in other.refused:
        out.print(f"Without them, order {order_id} would have been refused: {why}", soft_wrap=True, markup=False)
    lines = [*_figures(end, other.game), *_outcomes(end, other.game)]
    out.print("In the end, with them and without:" if lines else "In the end nothing would have been different.")
    for line in lines[:FIGURES_SHOWN]:
        out.print(f"  {line}", soft_wrap=True, markup=False)
    if len(lines) > FIGURES_SHOWN:
        out.print(f"  and {len(lines) - FIGURES_SHOWN} differences more")


def without(log: LogFile) -> Without:
    """Every order of a log decided again, but for the overrides; what cannot be done then is left out."""
    game, refused = log.opening, list[tuple[str, str]]()
    for entry in log.entries:
        if isinstance(entry.order.act, Override):
            continue
        try:
            game = evolve_all(game, decide(game, entry.order))
        except Refused as refusal:
            refused.append((entry.order.id, refusal.sentence))
    return Without(game, tuple(refused))


def _figures(one: Game, other: Game) -> Iterator[str]:
    """The figures that differ, the largest differences (as a share of the larger value) first."""
    rows: list[tuple[float, str]] = []
    for field in World.__dataclass_fields__:
        here, there = getattr(one.world, field), getattr(other.world, field)
        for place in np.argwhere(here != there):
            at = tuple(int(k) for k in place)
            mine, theirs = float(here[at]), float(there[at])
            share = abs(mine - theirs) / max(abs(mine), abs(theirs))
            rows.append((share, f"{first(figure_name(one, field, at))}: {mine:.4g}, {theirs:.4g}"))
    return (row for _, row in sorted(rows, key=lambda pair: (-pair[0], pair[1])))


def _outcomes(one: Game, other: Game) -> Iterator[str]:
    """Drafts and operations that ended otherwise."""
    drafts = {draft.id: draft.status for draft in other.drafts}
    for draft in one.drafts:
        if drafts.get(draft.id) != draft.status:
            yield f"{first(draft_about(one, draft))}: {draft.status}, {drafts.get(draft.id, 'never tabled')}"
    operations = {operation.id: operation for operation in other.operations}
    for operation in one.operations:
        twin = operations.get(operation.id)
        mine, theirs = _ended(operation), "never announced" if twin is None else _ended(twin)
        if mine != theirs:
            yield f"{first(operation_about(one, operation))}: {mine}, {theirs}"


def _ended(operation: Operation) -> str:
    if operation.status != "launched":
        return operation.status
    return "launched with success" if operation.success else "launched in vain"
