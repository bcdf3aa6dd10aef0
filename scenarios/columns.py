"""Columns: what the figures of many countries have in common, said once.

Where ``[columns.NAME]`` gives unit, source and confidence, the figure ``NAME`` of a country may be a bare number.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Table = dict[str, Any]  # what TOML gives: any of its types


def filled(table: Table) -> Table:
    """A scenario's table with every bare number among the figures of countries made a figure of its column."""
    columns, lands = table.get("columns"), table.get("country")
    if not isinstance(columns, Mapping) or not isinstance(lands, list):
        return table
    return {**table, "country": [_filled(land, columns) for land in lands]}


def _filled(land: object, columns: Mapping[str, Any]) -> object:
    if not isinstance(land, Mapping) or not isinstance(land.get("figures"), Mapping):
        return land
    figures = {
        name: {**columns[name], "value": value} if type(value) in (int, float) and isinstance(columns.get(name), Mapping) else value
        for name, value in land["figures"].items()
    }
    return {**land, "figures": figures}
