"""What waits under seal for the close of the step, sorted once a desk: by whose it is, and by what kind of act."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from rules.lately import lately
from rules.state import SealedAct, Sight
from rules.visibility import Record

Kind = TypeVar("Kind", bound=Record)
DESKS_KEPT = 1024  # sorted desks: several of each game that is being played


def sealed_by(sight: Sight, country: str) -> tuple[SealedAct, ...]:
    """The acts of one country that wait for the step to close."""
    return _by_country(sight.desk).get(country, ())


def sealed_acts(sight: Sight, kind: type[Kind]) -> tuple[tuple[str, Kind], ...]:
    """All acts of one kind, each with whose it is, in the order in which they were sealed."""
    return _by_kind(sight.desk).get(kind, ())


def by_seat(sight: Sight, acts: Iterable[tuple[str, Kind]]) -> tuple[tuple[str, Kind], ...]:
    """Acts in the order of the seats, those of one seat in the order in which they were sealed."""
    countries = sight.atlas.countries
    return tuple(sorted(acts, key=lambda item: countries.index(item[0])))


@lately(DESKS_KEPT)
def _by_country(desk: tuple[SealedAct, ...]) -> dict[str, tuple[SealedAct, ...]]:
    found: dict[str, list[SealedAct]] = {}
    for item in desk:
        found.setdefault(item.country, []).append(item)
    return {country: tuple(items) for country, items in found.items()}


@lately(DESKS_KEPT)
def _by_kind(desk: tuple[SealedAct, ...]) -> dict[type, tuple[tuple[str, Any], ...]]:
    found: dict[type, list[tuple[str, Any]]] = {}
    for item in desk:
        found.setdefault(type(item.act), []).append((item.country, item.act))
    return {kind: tuple(items) for kind, items in found.items()}
