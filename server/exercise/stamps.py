"""Moments as the tables of an exercise have them."""

from __future__ import annotations

from datetime import UTC, datetime

from server.settings import SECOND_MS


def stamp(at_ms: int) -> str:
    """A moment (ms since 1970) to the second, UTC."""
    return datetime.fromtimestamp(at_ms // SECOND_MS, UTC).strftime("%Y-%m-%d %H:%M:%S")
