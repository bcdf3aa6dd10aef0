"""What goes over HTTP about debriefs: whose eyes, the seal on what was secret, and what-ifs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from server.sessions.seal import Change
from server.web.forms import Form, Sentence

GAMES_MAX = 200
Eyes = Literal["public", "own", "all"]
"""Told to everybody, to the seat that asks, or with all that was secret."""


class SealWish(Form):
    """Open what was secret to everybody, or close it again."""

    opened: bool
    reason: Sentence


class Seal(Form):
    """Whether everybody may know what was secret, and who changed that when and why, the newest last."""

    session: str
    opened: bool
    changes: tuple[Change, ...]


class WhatIf(Form):
    """One order changed, and bots from there on: ``act`` is ``FRA yes``, ``FRA nothing``, or ``FRA`` and an act as JSON."""

    event: Annotated[str, StringConstraints(pattern=r"^\d{1,7}\.\d{1,5}$")]
    act: Annotated[str, StringConstraints(min_length=4, max_length=2000)]
    games: Annotated[int, Field(ge=1, le=GAMES_MAX)] = 50


class Figure(Form):
    """One figure: what happened, and the mean and span of both arms, in words."""

    title: str
    happened: str
    before: str
    after: str


class Forked(Form):
    """What came of it."""

    event: str
    change: str
    games: int
    figures: tuple[Figure, ...]


class Played(Form):
    """A what-if that is being played: so many games of so many are done."""

    event: str
    act: str
    done: int
    games: int


class WhatIfs(Form):
    """The what-ifs of a session: the one that is being played or waits, and those that were played."""

    playing: Played | None
    played: tuple[Forked, ...]
