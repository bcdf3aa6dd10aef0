"""What belongs to one seat beside the game: its devices, each with a token of its own, and the order sheet that they share."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter

from rules.state import Moment
from rules.turn import seconds_after
from rules.wire.frames import Nudge
from server.log.errors import LogUnavailable
from server.log.protocol import Log
from server.log.shelf import Shelf
from server.narrate.lessons import taught, whole_turns
from server.narrate.names import called, worded
from server.narrate.words import first
from server.reasons import Reason
from server.sessions.hall import Hall, Room
from server.sessions.plans import stored_plan
from server.sessions.roles import is_post, posts, rights_of, team_of
from server.sessions.sheets import Sheet, Sheets
from server.sessions.tokens import INVITATION_MS, Proven, Tokens, TooManyDevices
from server.sessions.watch import sweep_everywhere
from server.web.critical import despite, missing
from server.web.denials import Denied
from server.web.lobby import Lobby
from server.web.seat_forms import Device, Devices, DeviceToken, Invitation, Named, Own, Post, Posts, Roles, RoleSheet
from server.web.wishes import code_of

SHEET = "sheet"


class Seats:
    """The seats of all sessions, as their own people and control may manage them."""

    def __init__(self, lobby: Lobby, hall: Hall, tokens: Tokens, log: Log, shelf: Shelf) -> None:
        self._lobby = lobby
        self._hall = hall
        self._tokens = tokens
        self._log = log
        self._shelf = shelf
        self._sheets = Sheets(shelf)
        log.listen(self._heard)

    # ---- devices ----------------------------------------------------------------------------------------

    async def devices(self, session_id: str, country: str, bearer: str | None) -> Devices:
        """The devices of a seat.  Raises Denied."""
        room, proven = await self._own(session_id, country, bearer)
        return await self._listed(room, country, proven)

    async def admit(self, session_id: str, country: str, bearer: str | None) -> DeviceToken:
        """A token for one more device of a seat or person at a post, also for whoever shows its invitation.  Raises Denied."""
        if bearer is None or not await self._tokens.is_invited(session_id, country, bearer):
            await self._own(session_id, country, bearer)
        try:
            device, token = await self._tokens.issue_more(session_id, country)
        except TooManyDevices:
            raise Denied(Reason.TOO_MANY, "country", "This seat has as many devices as it may.") from None
        return DeviceToken(session=session_id, country=country, device=device, token=token)

    async def dismiss(self, session_id: str, country: str, device: str, bearer: str | None) -> Devices:
        """Make the token of one device void and close its sockets.  Raises Denied."""
        room, proven = await self._own(session_id, country, bearer)
        if all((given.viewer, given.device) != (country, device) for given in await self._tokens.given(session_id)):
            raise Denied(Reason.NOT_FOUND, "device", "This seat has no such device.")
        await self._tokens.revoke(session_id, country, device)
        await sweep_everywhere(self._log, self._tokens, room)
        return await self._listed(room, country, proven)

    async def invite(self, session_id: str, country: str, bearer: str | None) -> Invitation:
        """A code that lets more devices in.  Raises Denied."""
        await self._own(session_id, country, bearer)
        code = await self._tokens.invite(session_id, country)
        return Invitation(session=session_id, country=country, code=code, seconds=INVITATION_MS // 1000)

    async def rename(self, session_id: str, country: str, device: str, bearer: str | None, wish: Named) -> Devices:
        """Give a device the name of whoever uses it; somebody at a post names the own device alone.  Raises Denied."""
        own = None if bearer is None else await self._tokens.proven(session_id, bearer)
        if own is not None and is_post(country) and (own.viewer, own.device) == (country, device):
            room, proven = await self._lobby.room(session_id), own
        else:
            room, proven = await self._own(session_id, country, bearer)
        if not await self._tokens.rename(session_id, country, device, wish.name):
            raise Denied(Reason.NOT_FOUND, "device", "This seat has no such device.")
        return await self._listed(room, country, proven)

    async def _listed(self, room: Room, country: str, proven: Proven) -> Devices:
        given = [item for item in await self._tokens.given(room.session.plan.session_id) if item.viewer == country]
        sockets = [onlooker.proof for onlooker in room.gallery]
        return Devices(
            session=room.session.plan.session_id,
            country=country,
            mine=proven.device if proven.viewer == country else None,
            devices=tuple(Device(device=g.device, name=g.name, issued_ms=g.issued_ms, sockets=sockets.count(g.proof)) for g in given),
        )

    async def posts(self, session_id: str, bearer: str | None) -> Posts:
        """Which posts the white cell has, how many people each, and what the bearer may do.  Raises Denied."""
        proven = await self._lobby.require(session_id, bearer, "watch", "appoint")
        room = await self._lobby.room(session_id)
        given = Counter(item.viewer for item in await self._tokens.given(session_id))
        here = Counter(onlooker.holder for onlooker in room.gallery)
        countries = room.session.history.game.atlas.countries
        return Posts(
            session=session_id,
            frozen=(await stored_plan(self._shelf, session_id)).frozen,
            missing=await missing(room.session.plan, self._tokens),
            despite=await despite(self._shelf, session_id),
            mine=Own(holder=proven.viewer, rights=rights_of(proven.viewer)),
            posts=tuple(Post(holder=name, people=given[name], sockets=here[name], rights=rights_of(name)) for name in posts(countries)),
        )

    # ---- sheets -----------------------------------------------------------------------------------------

    async def sheet(self, session_id: str, bearer: str | None) -> Sheet:
        """The order sheet of the bearer's seat.  Raises Denied."""
        return await self._sheets.read(session_id, await self._seat(session_id, bearer))

    async def keep(self, session_id: str, bearer: str | None, wish: Sheet) -> Sheet:
        """Keep a sheet, and tell the other devices of the seat that there is a new one.

        Raises:
            Denied: the token is no seat's, or another device was quicker.
        """
        country = await self._seat(session_id, bearer)
        room, proven = await self._own(session_id, country, bearer)
        if not room.gallery.bucket(country).take(asyncio.get_running_loop().time()):
            raise Denied(Reason.TOO_FAST)
        kept = await self._sheets.write(session_id, country, wish)
        if kept is None:
            raise Denied(Reason.SHEET, "number")
        room.attendance.wrote(proven)
        with contextlib.suppress(LogUnavailable):  # it is kept; devices that are not told now read it with the next change
            await self._log.hint(session_id, f"{SHEET} {kept.number} {country}")
        return kept

    def _heard(self, session_id: str, word: str) -> None:
        """A sheet was kept, in whichever process: the devices that are connected here are told."""
        match word.split(" ", 2), self._hall.in_memory(session_id):
            case [kind, number, country], Room() as room if kind == SHEET and number.isdecimal():
                room.gallery.post(country, Nudge(about="sheet", number=int(number)))

    # ---- roles ------------------------------------------------------------------------------------------

    async def roles(self, session_id: str, bearer: str | None) -> Roles:
        """How the case is taught, and the role sheets of all seats to hand out, for control.  Raises Denied."""
        await self._lobby.require(session_id, bearer, "secrets")
        atlas = (await self._lobby.room(session_id)).session.history.game.atlas
        found = [
            RoleSheet(
                country=country,
                name=first(called(name)),
                public=worded(str(public)),
                secret=worded(str(secret)),
                aims=tuple(worded(aim.sentence) for aim in aims),
            )
            for country, name, public, secret, aims in zip(
                atlas.countries, atlas.names, atlas.public_briefs, atlas.secret_briefs, atlas.objectives, strict=True
            )
        ]
        return Roles(
            title=worded(atlas.title),
            code=code_of(session_id),
            turns=atlas.turns,
            whole=whole_turns(atlas),
            minutes=round(seconds_after(atlas, Moment()) / 60),
            lesson=taught(atlas),
            roles=tuple(found),
        )

    # ---- who may ----------------------------------------------------------------------------------------

    async def _seat(self, session_id: str, bearer: str | None) -> str:
        return (await self._lobby.require(session_id, bearer, "play")).viewer

    async def _own(self, session_id: str, holder: str, bearer: str | None) -> tuple[Room, Proven]:
        """The seat itself, or whoever gives out seats; of a post, whoever may appoint."""
        proven = None if bearer is None else await self._tokens.proven(session_id, bearer)
        if proven is None or proven.viewer != holder or is_post(holder):
            proven = await self._lobby.require(session_id, bearer, "appoint" if is_post(holder) else "seats")
        room = await self._lobby.room(session_id)
        if (team_of(holder) if is_post(holder) else holder) not in (*room.session.history.game.atlas.countries, None):
            raise Denied(Reason.UNKNOWN_SEAT, "country")
        return room, proven
