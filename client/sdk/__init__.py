"""The SDK: all that a program needs to take a seat over the network.  It knows the rules alone."""

from client.sdk.backoff import Backoff
from client.sdk.errors import LobbyRefused, OrderRefused, Overrun, SeatLost, TooMuchWaiting
from client.sdk.lobby import Lobby, Sheet
from client.sdk.notices import Sight
from client.sdk.play import Chooser, Played, run_bot
from client.sdk.seat import Seat, connect

__all__ = [
    "Backoff",
    "Chooser",
    "Lobby",
    "LobbyRefused",
    "OrderRefused",
    "Overrun",
    "Played",
    "Seat",
    "SeatLost",
    "Sheet",
    "Sight",
    "TooMuchWaiting",
    "connect",
    "run_bot",
]
