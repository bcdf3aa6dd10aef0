"""Acts of control and of the clock; part of the closed list in ``orders``.

Control stands outside the game: it opens and closes it, gives and takes time, brings news, sets a figure, puts the game back to an
earlier step, and says who plays a seat.  Whatever it does is an order with a reason, so that the log says who did what and why.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rules.visibility import OWN, PUBLIC, UMPIRE, Record
from rules.words import Country, Turn

Why = Annotated[str, Field(min_length=1, max_length=400)]
Text = Annotated[str, Field(min_length=1, max_length=2000)]
Seconds = Annotated[int, Field(ge=1, le=86_400)]
Addressees = Annotated[tuple[Country, ...], Field(max_length=256)]
Voice = Literal["news", "control"]
"""Whether a text belongs to the game, or control speaks to the people who play it."""
Instead = Literal["nothing", "bot"]
"""What takes the place of an order that is missing."""
Holder = Literal["person", "bot", "nobody"]
"""Who plays a seat: a person, a bot in its place, or, until somebody takes it, nobody."""


class Start(Record):
    """Control opens the first turn; a practice turn does not count: when it is over the game is in the lobby again, as it was."""

    kind: Annotated[Literal["start"], PUBLIC] = "start"
    practice: Annotated[bool, PUBLIC] = False


class Pause(Record):
    """Control stops the clock."""

    kind: Annotated[Literal["pause"], PUBLIC] = "pause"
    reason: Annotated[Why, PUBLIC]


class Resume(Record):
    """Control lets the clock go on."""

    kind: Annotated[Literal["resume"], PUBLIC] = "resume"


class Extend(Record):
    """Control gives more time (seconds)."""

    kind: Annotated[Literal["extend"], PUBLIC] = "extend"
    seconds: Annotated[Seconds, PUBLIC]


class Advance(Record):
    """The clock closes a step.  It names the step and the revision of its deadline, so an old clock can do nothing."""

    kind: Annotated[Literal["advance"], PUBLIC] = "advance"
    turn: Annotated[int, PUBLIC]
    phase: Annotated[str, PUBLIC]
    round: Annotated[int, PUBLIC]
    revision: Annotated[int, PUBLIC]


class Undo(Record):
    """Control puts the game back to the opening of a step that was played; turn 0 is the lobby.

    What is undone stays in the log.  From there the game goes on in a new branch, with other ids and other luck.
    """

    kind: Annotated[Literal["undo"], PUBLIC] = "undo"
    turn: Annotated[Annotated[int, Field(ge=0, le=1000)], PUBLIC]
    phase: Annotated[Annotated[str, Field(max_length=20)], PUBLIC] = "briefing"
    round: Annotated[Annotated[int, Field(ge=1, le=20)], PUBLIC] = 1
    reason: Annotated[Why, PUBLIC]


class Override(Record):
    """Control sets a figure of the world: ``figure`` by name, ``at`` the countries, issues, councils or kinds that it belongs to."""

    kind: Annotated[Literal["override"], PUBLIC] = "override"
    figure: Annotated[Annotated[str, Field(min_length=1, max_length=20)], OWN]
    at: Annotated[Annotated[tuple[Annotated[str, Field(max_length=64)], ...], Field(min_length=1, max_length=2)], OWN]
    value: Annotated[float, OWN]
    reason: Annotated[Why, OWN]


class Inject(Record):
    """Control brings a text: to everybody or to some seats, now or as a turn opens; as news of the game, or in its own voice."""

    kind: Annotated[Literal["inject"], PUBLIC] = "inject"
    text: Annotated[Text, OWN]
    to: Annotated[Addressees, UMPIRE] = ()
    turn: Annotated[Turn | None, UMPIRE] = None
    voice: Annotated[Voice, PUBLIC] = "news"
    reason: Annotated[Why, UMPIRE]


class Reseat(Record):
    """Control says who plays a seat from now on."""

    kind: Annotated[Literal["reseat"], PUBLIC] = "reseat"
    country: Annotated[Country, PUBLIC]
    holder: Annotated[Holder, PUBLIC]
    reason: Annotated[Why, PUBLIC]


class Miss(Record):
    """The clock notes, as a step of orders closes, that a seat gave none, and whether a bot's take their place."""

    kind: Annotated[Literal["miss"], PUBLIC] = "miss"
    country: Annotated[Country, PUBLIC]
    instead: Annotated[Instead, PUBLIC] = "nothing"


ControlAct = Start | Pause | Resume | Extend | Advance | Undo | Override | Inject | Reseat | Miss
