"""The chronicle: kept in order, bounded, read by many."""

from __future__ import annotations

import asyncio

import pytest

from client.sdk.answers import Bell
from client.sdk.chronicle import Chronicle
from client.sdk.errors import Overrun
from rules.events import NewsRead


def chronicle(events: int, since: int = 0, kept_max: int = 10) -> Chronicle:
    """A closed chronicle of that many events."""
    made = Chronicle(since, Bell(), kept_max)
    for number in range(since + 1, since + events + 1):
        made.add(number, NewsRead(text=str(number)))
    made.closed = True
    return made


def read(made: Chronicle, after: int | None) -> list[tuple[int, str]]:
    """Everything after a number."""

    async def run() -> list[tuple[int, str]]:
        return [(number, event.text) async for number, event in made.read(after) if isinstance(event, NewsRead)]

    return asyncio.run(run())


def test_readers_start_where_they_wish() -> None:
    """At what is kept, at a number, or at the end."""
    made = chronicle(4, since=5)
    assert read(made, None) == [(6, "6"), (7, "7"), (8, "8"), (9, "9")]
    assert read(made, 7) == [(8, "8"), (9, "9")]
    assert read(made, 9) == []


def test_what_is_no_longer_kept_cannot_be_read() -> None:
    """Memory is bounded; who falls behind is told, and who asks for no number gets what there is."""
    made = chronicle(25)
    assert read(made, None)[0] == (16, "16")
    assert len(read(made, 15)) == 10
    with pytest.raises(Overrun):
        read(made, 14)


def test_a_number_out_of_turn_is_a_fault() -> None:
    """The conversation promises to number without gaps."""
    with pytest.raises(AssertionError):
        chronicle(3).add(5, NewsRead(text="5"))
