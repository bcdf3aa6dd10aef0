"""Operations that were carried out: company, legitimacy and what made it up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from server.debrief.words import say
from server.narrate.amounts import percent
from server.narrate.retold import translated
from server.narrate.turns import Launch, Turn, Turns
from server.narrate.words import first, listed, operation_about

VISIBLE = 0.005  # smaller figures are shown as 0
LENT = "legitimacy: "
CHANCE = "chance of success"
SIDES = tuple((side, level) for side in ("attack", "defence") for level in ("full", "token", "statement"))


@dataclass(frozen=True, slots=True)
class War:
    """An operation that was carried out; ``parts`` of its legitimacy as (name, figure), ``partners`` as (how, who)."""

    place: str
    turn: int
    title: str
    outcome: str
    legitimacy: str
    parts: tuple[tuple[str, float], ...]  # of 1
    chance: str
    partners: tuple[tuple[str, str], ...]


def wars(turns: Turns) -> Iterator[War]:
    """Every operation that was carried out."""
    for turn in turns.told:
        for launch in turn.launches:
            yield _war(turn, launch)


def _war(turn: Turn, launch: Launch) -> War:
    operation, game = launch.event.operation, turn.after
    lent = [t for t in launch.terms if t.name.startswith(LENT)]
    chance = next((t.value for t in launch.terms if t.name == CHANCE), None)
    partners = []
    for side, level in SIDES:
        members = [c.country for c in operation.coalition if (c.side, c.level) == (side, level)]
        if members:
            partners.append((say(f"wars.{side}_{level}"), listed(game, members)))
    mandate = say("wars.with_mandate" if launch.event.authorised else "wars.without_mandate")
    return War(
        place=launch.place,
        turn=turn.number,
        title=first(operation_about(game, operation)),
        outcome=say("wars.succeeded" if operation.success else "wars.failed", mandate=mandate),
        legitimacy=percent(operation.legitimacy),
        parts=tuple((translated(t.name.removeprefix(LENT)), t.value) for t in lent if abs(t.value) >= VISIBLE),
        chance="" if chance is None else percent(chance),
        partners=tuple(partners),
    )
