"""What goes over HTTP about seats: devices, order sheets, and role sheets to hand out."""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from rules.vocabulary import Country
from server.sessions.roles import Holder, Right
from server.sessions.sheets import Sheet
from server.web.critical import Despite
from server.web.forms import Form

__all__ = ["Device", "DeviceToken", "Devices", "Invitation", "Named", "Own", "Post", "Posts", "RoleSheet", "Roles", "Sheet"]

PersonName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Device(Form):
    """A token of a seat: its device, the name of whoever uses it, since when (ms since 1970), and how many sockets it has open here."""

    device: str
    name: str
    issued_ms: int
    sockets: int


class Devices(Form):
    """The devices of a seat, or the people at a post of the white cell; ``mine`` is the one that asks, if it is one of them."""

    session: str
    country: Holder
    mine: str | None
    devices: tuple[Device, ...]


class Own(Form):
    """Whoever asks, and what this holder of a token may do."""

    holder: Holder
    rights: tuple[Right, ...]


class Post(Form):
    """A post of the white cell: how many people have a token for it, how many sockets they have open here, what they may do."""

    holder: Holder
    people: int
    sockets: int
    rights: tuple[Right, ...]


class Posts(Form):
    """The posts that a session can have.

    ``frozen``: the hash of the plan it was made from, or nothing.  ``missing``: critical seats and posts that nobody holds.  ``despite``:
    the start that was made although some were missing.
    """

    session: str
    frozen: str
    missing: tuple[Holder, ...]
    despite: Despite | None
    mine: Own
    posts: tuple[Post, ...]


class DeviceToken(Form):
    """The token of one more device, shown this once."""

    session: str
    country: Holder
    device: str
    token: str


class Named(Form):
    """The name of whoever uses a device, as the seat's own people and control see it; empty for none."""

    name: PersonName


class Invitation(Form):
    """A code that lets more devices of a seat in, for so many seconds; shown this once."""

    session: str
    country: Holder
    code: str
    seconds: int


class RoleSheet(Form):
    """What a seat is handed on paper: what everybody may know of it, what it alone knows, and what it wants."""

    country: Country
    name: str
    public: str
    secret: str
    aims: tuple[str, ...]


class Roles(Form):
    """The roles of a session, in the order of its states, and how the case is taught, as Markdown.

    The plan is for the ``whole`` case; ``turns`` of it are played, in so many ``minutes``.
    """

    title: str
    code: str
    turns: int
    whole: int
    minutes: int
    lesson: str
    roles: tuple[RoleSheet, ...]
