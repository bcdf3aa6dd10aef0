"""The line at the door: which answers to a handshake are final, and which are tried again."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from client.sdk import Backoff, SeatLost, connect
from tests.client.sdk.peer import SESSION, TOKEN


class Door:
    """Answers every handshake with a status, or (None) accepts it without a subprotocol."""

    def __init__(self, status: HTTPStatus | None) -> None:
        self.status = status
        self.knocks = 0

    def answer(self, connection: ServerConnection, _: Request) -> Response | None:
        """Count and answer."""
        self.knocks += 1
        return None if self.status is None else connection.respond(self.status, "to order")


def knocked(door: Door) -> str:
    """Why a client gives up at this door."""

    async def knock(url: str) -> None:
        async with connect(url, SESSION, TOKEN, backoff=Backoff(0.01, 0.02, 0.2)):
            pass

    async def run() -> str:
        async with serve(ServerConnection.wait_closed, "127.0.0.1", 0, process_request=door.answer) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            with pytest.raises(SeatLost) as caught:
                await knock(f"ws://127.0.0.1:{port}/ws")
        return str(caught.value)

    return asyncio.run(run())


@pytest.mark.parametrize("status", [400, 403, 404])
def test_refused_handshakes_are_final(status: int) -> None:
    """A wrong origin or address will be as wrong next time."""
    door = Door(HTTPStatus(status))
    assert str(status) in knocked(door)
    assert door.knocks == 1


@pytest.mark.parametrize("status", [429, 502, 503])
def test_a_server_that_is_not_ready_is_waited_for(status: int) -> None:
    """As a proxy answers for a server that restarts; until patience ends."""
    door = Door(HTTPStatus(status))
    assert "unreachable" in knocked(door)
    assert door.knocks > 1


def test_a_server_without_the_subprotocol_is_left() -> None:
    """It speaks WebSocket, but not with us."""
    door = Door(None)
    assert "unipole.v1+msgpack" in knocked(door)
    assert door.knocks == 1
