"""Roles: who may do what with a token, as one table.

A token belongs to a *holder*: a seat by the code of its state, ``public``, ``umpire`` (the token that comes with the session), or a post
of the white cell, such as ``adjudicator`` or ``controller-FRA``, who watches one team.  A post has as many people as tokens, each of them
a device with a name that can be dismissed alone, just as the people of a seat are.

    rights    closed list; what no role has, nobody may do
    eyes      whose view of the game a role looks through: everybody's, or that of one team
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import StringConstraints

from rules.orders import CONTROL
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER

Right = Literal["watch", "play", "secrets", "clock", "inject", "override", "seats", "speak", "answer", "note", "appoint"]
RIGHTS: dict[Right, str] = {
    "watch": "see the game through its eyes: desk, story, reasons, promises, socket",
    "play": "act for a seat: orders, order sheet, rooms",
    "secrets": "see everything: log, plans, role sheets, tables, previews, the debrief with all that is sealed",
    "clock": "start, pause, resume, give time, close steps, try a parked session again",
    "inject": "bring news of the game, and speak to those who play",
    "override": "set a figure by hand, undo",
    "seats": "give out seats, put people out, let bots play",
    "speak": "take a seat that nobody holds, and speak for it",
    "answer": "let held messages pass or withhold them, answer requests",
    "note": "write notes for the hot wash",
    "appoint": "hand out and end posts, open the seal, remove people, see their names",
}
ALL: frozenset[Right] = frozenset(RIGHTS)
SEAT, TEAM = "seat", "controller"
HOLDERS_KEPT = 4096  # whose role is known: it is asked for with every order


@dataclass(frozen=True, slots=True)
class Role:
    """A row of the table."""

    title: str
    rights: frozenset[Right]
    post: bool = True  # handed out by whoever may appoint; the others come with the session or with a seat


def _of(*rights: Right) -> frozenset[Right]:
    return frozenset(rights)


ROLES: dict[str, Role] = {
    "umpire": Role("control", ALL - _of("watch", "play"), post=False),  # its eyes are its log
    "director": Role("director", ALL - _of("play")),
    "adjudicator": Role("adjudicator", _of("watch", "secrets", "inject", "override", "answer", "note")),
    "cell": Role("simulation cell", _of("watch", "inject", "speak", "answer")),
    "evaluator": Role("evaluator", _of("watch", "secrets", "note")),
    TEAM: Role("team controller", _of("watch", "answer", "note")),
    "observer": Role("observer", _of("watch")),
    SEAT: Role("seat", _of("watch", "play"), post=False),
    "public": Role("public view", _of("watch"), post=False),
}
Holder = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3}|[a-z]{1,20}(-[A-Z]{3})?)$")]
_HOLDER = re.compile(r"(?P<role>[a-z]+)(?:-(?P<team>[A-Z]{3}))?")
ACTS: dict[str, Right] = {
    **dict.fromkeys(("start", "pause", "resume", "extend", "force", "retry", "trouble"), "clock"),
    **dict.fromkeys(("inject", "broadcast"), "inject"),
    **dict.fromkeys(("override", "undo"), "override"),
    **dict.fromkeys(("replace", "kick"), "seats"),
}
"""What each act of control takes."""


@lru_cache(maxsize=HOLDERS_KEPT)
def role_of(holder: str) -> str:
    """The row of a holder; "" if there is none, which may do nothing."""
    if re.fullmatch("[A-Z]{3}", holder):
        return SEAT
    found = _HOLDER.fullmatch(holder)
    known = found is not None and found["role"] in ROLES and (found["role"] == TEAM) == (found["team"] is not None)
    return found["role"] if known and found is not None and found["role"] != SEAT else ""


def may(holder: str, right: Right) -> bool:
    """Whether a holder has a right."""
    role = role_of(holder)
    return bool(role) and right in ROLES[role].rights


def rights_of(holder: str) -> tuple[Right, ...]:
    """What a holder may do, in the order of the table of rights."""
    return tuple(right for right in RIGHTS if may(holder, right))


def is_post(holder: str) -> bool:
    """Whether it is a post of the white cell."""
    role = role_of(holder)
    return bool(role) and ROLES[role].post


def posts(teams: Iterable[str]) -> tuple[str, ...]:
    """All posts that a session with these teams can have."""
    alone = (name for name, role in ROLES.items() if role.post and name != TEAM)
    return (*alone, *(f"{TEAM}-{team}" for team in teams))


def team_of(holder: str) -> str | None:
    """The one team that a post is with; None if it is with none."""
    return holder.partition("-")[2] or None


def eyes_of(holder: str) -> str:
    """Whose view of the game a holder looks through."""
    if is_post(holder):
        return team_of(holder) or PUBLIC_VIEWER
    return holder


def listens_as(holder: str) -> str:
    """As whom a holder hears the rooms: those of the white cell who answer and see everything hear what control hears."""
    return UMPIRE_VIEWER if may(holder, "answer") and may(holder, "secrets") else holder


ANSWERING = tuple(name for name in ROLES if may(name, "answer") and not may(name, "secrets"))
"""Posts that hear what waits for an answer, and nothing else that only control hears."""


def order_name(holder: str, device: str, name: str) -> str:
    """The id of an order of control: who sent it stands in it, if it was not the session's own control."""
    return f"{CONTROL}:{name}" + (f":{holder}.{device}" if is_post(holder) else "")
