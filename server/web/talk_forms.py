"""What goes over HTTP about rooms."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rules.vocabulary import Country
from server.sessions.talk import Asks, Heard, TalkPolicy, Told
from server.web.forms import ActId, Form

TEXT_CHARS_MAX = 2000


class Saying(Form):
    """Something to say, to some seats; to none: among the people of one's own seat.  ``id`` makes a resend harmless.

    With ``asks`` it is a request to the white cell, of its role ``addressee`` if one is named, and to no seat; ``note``: not a request, but
    what somebody of the white cell has seen, ``about`` an objective of the exercise.
    """

    id: ActId
    to: Annotated[tuple[Country, ...], Field(max_length=32)] = ()
    asks: Asks = ""
    about: Annotated[str, StringConstraints(max_length=100)] = ""
    addressee: Literal["", "director", "adjudicator", "cell", "controller"] = ""
    text: Annotated[str, StringConstraints(min_length=1, max_length=TEXT_CHARS_MAX)]


class Rule(Form):
    """Control lets a message pass, or withholds it; answers a request, or declines it.  ``reason`` is the answer, or why not.

    ``told``: whether an answer is for whoever asked, or goes to everybody, by a word of control or as news of the game.
    """

    passes: bool
    reason: Annotated[str, StringConstraints(max_length=TEXT_CHARS_MAX)] = ""
    told: Told = "asker"


class TalkNow(Form):
    """What a viewer hears, how much that is in all, and under which rule: moderated by control, overheard by control, or off."""

    total: int
    talk: TalkPolicy
    overheard: bool
    heard: tuple[Heard, ...]
