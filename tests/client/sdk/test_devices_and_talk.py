"""What the SDK does beside the game: devices, the order sheet, rooms, and the nudges that say when to look."""

from __future__ import annotations

import asyncio

import pytest

from client.sdk.errors import LobbyRefused
from client.sdk.lobby import Lobby, Sheet
from client.sdk.seat import connect
from rules.orders import Budget
from tests.patience import PATIENCE_S
from tests.server.site import Site, site


async def seats(place: Site, lobby: Lobby, talk: str = "open") -> dict[str, str]:
    """A session with two seats claimed; the tokens."""
    await place.open(seats=("ARD", "BRV"), talk=talk)
    assert lobby.url
    return place.tokens


def test_a_second_device_has_the_sheet_of_the_first() -> None:
    """It is nudged when the sheet changes, reads it, and cannot overwrite what it has not seen."""

    async def scene() -> None:
        async with site() as place, Lobby(place.address.url) as lobby:
            tokens = await seats(place, lobby)
            phone = await lobby.admit(place.session, "ARD", tokens["ARD"])
            async with connect(place.address.socket_url, place.session, phone) as seat, asyncio.timeout(PATIENCE_S):
                kept = await lobby.keep(place.session, tokens["ARD"], Sheet(acts=(Budget(guns=0.1),), notes="so far"))
                assert await seat.nudged("sheet") == kept.number == 1
                assert await lobby.sheet(place.session, phone) == kept
                with pytest.raises(LobbyRefused) as caught:
                    await lobby.keep(place.session, phone, Sheet(notes="mine"))
                assert caught.value.code == "sheet/changed"
            devices = await lobby.devices(place.session, "ARD", tokens["ARD"])
            assert len(devices) == 2
            for device in devices:
                if device.device != "first":
                    await lobby.dismiss(place.session, "ARD", device.device, tokens["ARD"])
            with pytest.raises(LobbyRefused):
                await lobby.sheet(place.session, phone)

    asyncio.run(scene())


def test_talk_is_heard_after_a_nudge() -> None:
    """From one seat to another; in a moderated session once control has let it pass."""

    async def scene() -> None:
        async with site() as place, Lobby(place.address.url) as lobby:
            tokens = await seats(place, lobby, talk="moderated")
            async with connect(place.address.socket_url, place.session, tokens["BRV"]) as seat, asyncio.timeout(PATIENCE_S):
                for _ in range(2):
                    await lobby.say(place.session, tokens["ARD"], "hello", ["BRV"], "m1")
                (held,) = (await lobby.talk(place.session, tokens["umpire"])).heard
                await lobby.rule(place.session, tokens["umpire"], held.message, passes=True)
                assert await seat.nudged("talk") == 1
                (heard,) = (await lobby.talk(place.session, tokens["BRV"])).heard
                assert (heard.text, heard.author, heard.status, heard.device) == ("hello", "ARD", "said", None)

    asyncio.run(scene())
