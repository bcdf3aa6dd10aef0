"""How each seat came out: payoffs and objectives, which are its own until all is revealed, and the figures that everybody could read."""

from __future__ import annotations

from dataclasses import dataclass

from rules.exact import total
from rules.state import TERMS, Game
from server.narrate.amounts import change, decimal, figure, grouped, payoff
from server.narrate.language import say as narrated
from server.narrate.outcome import Aim, aims
from server.narrate.turns import Turns
from server.narrate.words import headings

PUBLIC_FIGURES = ("approval", "esteem", "economy", "forces")


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat's payoff by term, its change since the start, and its objectives."""

    code: str
    name: str
    terms: tuple[str, ...]
    total: str
    change: str
    gain: float  # the same as a figure, of the widest change: -1..1
    aims: tuple[Aim, ...]
    met: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What everybody could see of a state: figures now, and their change since the opening."""

    name: str
    figures: tuple[tuple[str, str], ...]
    breaches: int


def seats(game: Game) -> list[Seat]:
    """Every seat, from the largest gain to the largest loss."""
    now, then = total(game.world.payoff), total(game.atlas.opening)
    changes = now - then
    widest = max((abs(float(moved)) for moved in changes), default=0.0) or 1.0
    found = []
    for row, (code, title) in enumerate(zip(game.atlas.countries, headings(game), strict=True)):
        asked, moved = aims(game, code), float(changes[row])
        found.append(
            Seat(
                code=code,
                name=title,
                terms=tuple(payoff(float(value)) for value in game.world.payoff[row]),
                total=payoff(float(now[row])),
                change=payoff(moved, signed=True),
                gain=moved / widest,
                aims=asked,
                met=len([aim for aim in asked if aim.met]),
            )
        )
    return sorted(found, key=lambda seat: -seat.gain)


def public_figures(turns: Turns) -> tuple[str, ...]:
    """Those by which states differ, or which have moved."""
    opening, now = turns.opening.world, turns.game.world
    told = {field: {*map(float, getattr(opening, field)), *map(float, getattr(now, field))} for field in PUBLIC_FIGURES}
    return tuple(field for field, values in told.items() if len(values) > 1)


def standings(turns: Turns) -> list[Standing]:
    """Every state by what was public, from the best to the worst approval at home."""
    opening, now = turns.opening.world, turns.game.world
    fields, found = public_figures(turns), []
    for row, title in enumerate(headings(turns.game)):
        figures = []
        for field in fields:
            before, after = float(getattr(opening, field)[row]), float(getattr(now, field)[row])
            if field in ("economy", "forces"):
                figures.append((_digits(after), change(after / before - 1.0 if before else 0.0)))
            else:
                figures.append((figure(100.0 * after, 0), figure(100.0 * (after - before), 0, signed=True)))
        found.append((float(now.approval[row]), Standing(title, tuple(figures), int(now.breaches[row]))))
    return [standing for _, standing in sorted(found, key=lambda item: (-item[0], item[1].name))]


def _digits(value: float) -> str:
    """Three digits, or all before the decimal point."""
    return grouped(value) if value >= 100.0 else decimal(value)  # noqa: PLR2004 - three digits


def term_names() -> tuple[str, ...]:
    """The headings of the payoff table."""
    return tuple(narrated(f"term.{term}") for term in TERMS)
