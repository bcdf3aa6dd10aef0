"""What goes over HTTP about rooms."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from rules.vocabulary import Country
from server.sessions.talk import Heard, TalkPolicy
from server.web.forms import ActId, Form

TEXT_CHARS_MAX = 2000


class Saying(Form):
    """Something to say, to some seats; to none: among the people of one's own seat.  ``id`` makes a resend harmless."""

    id: ActId
    to: Annotated[tuple[Country, ...], Field(max_length=32)] = ()
    text: Annotated[str, StringConstraints(min_length=1, max_length=TEXT_CHARS_MAX)]


class Rule(Form):
    """Control lets a message pass, or withholds it."""

    passes: bool
    reason: Annotated[str, StringConstraints(max_length=400)] = ""


class TalkNow(Form):
    """What a viewer hears, how much that is in all, and under which rule: moderated by control, overheard by control, or off."""

    total: int
    talk: TalkPolicy
    overheard: bool
    heard: tuple[Heard, ...]
