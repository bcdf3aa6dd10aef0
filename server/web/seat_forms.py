"""What goes over HTTP about one seat: its devices, and its order sheet."""

from __future__ import annotations

from rules.vocabulary import Country
from server.sessions.sheets import Sheet
from server.web.forms import Form

__all__ = ["Device", "DeviceToken", "Devices", "Sheet"]


class Device(Form):
    """A token of a seat: the name of its device, since when (ms since 1970), and how many sockets it has open here."""

    device: str
    issued_ms: int
    sockets: int


class Devices(Form):
    """The devices of a seat; ``mine`` is the one that asks, if it is one of them."""

    session: str
    country: Country
    mine: str | None
    devices: tuple[Device, ...]


class DeviceToken(Form):
    """The token of one more device, shown this once."""

    session: str
    country: Country
    device: str
    token: str
