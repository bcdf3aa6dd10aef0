"""What really happened in a case, turn by turn, to be set beside a game when it is over.

It stands outside the folders of the scenarios, in ``chronicles``: nothing in a game depends on it, so that a fact more makes no other game.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files

from pydantic import Field

from scenarios.entries import Entry, Text


class Happening(Entry):
    """``[[event]]``: something that happened."""

    turn: int = Field(ge=1, description="the turn of the scenario into which it falls")
    text: Text = Field(description="what happened, with its date")
    source: Text = Field(description="where it can be read")


class Chronicle(Entry):
    """A file of ``chronicles``, named as the scenario."""

    event: tuple[Happening, ...] = Field(min_length=1, description="in the order of time")


def chronicle(scenario: str) -> tuple[Happening, ...]:
    """What happened in a case, in the order of time; nothing if nobody wrote it down, as of cases that were invented."""
    file = files("scenarios") / "chronicles" / f"{scenario}.toml"
    return Chronicle.model_validate(tomllib.loads(file.read_text(encoding="utf-8")), strict=False).event if file.is_file() else ()
