"""The rooms of all sessions over HTTP: who may speak where, how fast, and who is told that there is something to hear."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from rules.wire.frames import Nudge
from server.failures import place_of
from server.log.errors import LogUnavailable
from server.reasons import Reason
from server.sessions.hall import Hall, Room
from server.sessions.roles import Right, is_post, listens_as, may, team_of
from server.sessions.session import Session
from server.sessions.surroundings import Surroundings
from server.sessions.talk import Contended, IdTaken, NotHeld, Ruled, Said, Talk, talk_of
from server.sessions.tokens import Proven, Tokens
from server.web import forms
from server.web.denials import Denied
from server.web.lobby import Lobby
from server.web.rates import Bucket
from server.web.talk_forms import Rule, Saying, TalkNow

_journal = logging.getLogger(__name__)
LOOK_S = 0.5
HEARD_MAX = 200
ROOMS: tuple[Right, ...] = ("play", "answer", "note")
"""Whoever has one of these hears something in rooms."""


@dataclass(slots=True)
class _Corner:
    """The talk of one session here: as read, how fast each seat speaks, and what each viewer was nudged about."""

    talk: Talk
    buckets: dict[str, Bucket] = field(default_factory=dict)
    nudged: dict[str, int] = field(default_factory=dict)


class Parlour:
    """The rooms of one process."""

    def __init__(self, lobby: Lobby, hall: Hall, world: Surroundings, tokens: Tokens) -> None:
        self._lobby, self._hall, self._world, self._tokens = lobby, hall, world, tokens
        self._corners: WeakKeyDictionary[Session, _Corner] = WeakKeyDictionary()

    async def hear(self, session_id: str, bearer: str | None, since: int) -> TalkNow:
        """What the bearer hears after number ``since``.  Raises Denied."""
        _, proven, corner = await self._corner(session_id, bearer)
        await corner.talk.catch_up()
        listener = listens_as(proven.viewer)
        heard, hearing = corner.talk.heard(listener, since, HEARD_MAX), corner.talk.hearing
        return TalkNow(total=corner.talk.total(listener), talk=hearing.talk, overheard=hearing.overheard, heard=heard)

    async def say(self, session_id: str, bearer: str | None, wish: Saying) -> TalkNow:
        """Say something in a room; without others the room is that of one's own seat.  Raises Denied."""
        room, proven, corner = await self._corner(session_id, bearer)
        note = wish.asks == "note"
        if not may(proven.viewer, "note" if note else "play"):
            raise Denied(Reason.NOT_A_SEAT, "Authorization", "" if note else "Control speaks by a broadcast.")
        countries, hearing = room.session.history.game.atlas.countries, corner.talk.hearing
        if wish.asks and wish.to:
            raise Denied(Reason.BAD_REQUEST, "to", "A request goes to the white cell and to no seat.")
        if hearing.talk == "off" and not wish.asks:
            raise Denied(Reason.TALK_OFF)
        for number, country in enumerate(wish.to):
            if country not in countries:
                raise Denied(Reason.UNKNOWN_SEAT, f"to.{number}")
        self._require_pace(corner, proven.viewer)
        members: tuple[str, ...] = tuple(country for country in countries if country in (proven.viewer, *wish.to))
        held = (bool(wish.asks) and not note) or (hearing.talk == "moderated" and len(members) > 1)
        before = corner.talk.total(listens_as(proven.viewer))
        said = Said(id=wish.id, author=proven.viewer, device=proven.device, room=members, text=wish.text, held=held,
                    asks=wish.asks, addressee=wish.addressee, about=wish.about)  # fmt: skip
        await self._added(corner, said)
        self._nudge(room, corner)
        return await self.hear(session_id, bearer, before)

    async def rule(self, session_id: str, bearer: str | None, message: str, wish: Rule) -> TalkNow:
        """Let a held message pass, or withhold it; answer a request, or decline it.  Raises Denied."""
        ruler = await self._lobby.require(session_id, bearer, "answer")
        if team_of(ruler.viewer) not in (None, message.partition(":")[0]):
            raise Denied(Reason.ROLE, "message")
        room, _, corner = await self._corner(session_id, bearer)
        if team_of(ruler.viewer) is not None and corner.talk.is_for_seats(message):
            raise Denied(Reason.ROLE, "message")
        before = corner.talk.total(listens_as(ruler.viewer))
        by = f"{ruler.viewer}.{ruler.device}" if is_post(ruler.viewer) else ""
        ruled = Ruled(id=f"{message}.ruled", message=message, passes=wish.passes, reason=wish.reason, by=by, told=wish.told)
        if wish.told != "asker":
            await self._tell_all(session_id, bearer, corner, ruled)
        await self._added(corner, ruled)
        self._nudge(room, corner)
        return await self.hear(session_id, bearer, before)

    async def _tell_all(self, session_id: str, bearer: str | None, corner: _Corner, ruled: Ruled) -> None:
        """Before an answer is noted it is told, under an id of its own: sent again after a crash it counts once.  Raises Denied."""
        await corner.talk.catch_up()
        with contextlib.suppress(NotHeld):  # answered already: the same again is no new act, another is refused below
            asked = corner.talk.waiting(ruled.message)
            if not (asked.asks and ruled.passes and ruled.reason):
                raise Denied(Reason.BAD_REQUEST, "told", "Only the answer to a request is told to everybody.")
            act = forms.InjectAct if ruled.told == "news" else forms.BroadcastAct
            name = f"request-{hashlib.sha256(ruled.message.encode()).hexdigest()[:16]}"
            kind = "inject" if ruled.told == "news" else "broadcast"
            reason = f"answer to a request of {asked.author}"
            wish = act(act=kind, id=name, text=ruled.reason, reason=reason)  # type: ignore[arg-type]  # each has its own word
            await self._lobby.control(session_id, bearer, wish, whoever=True)

    async def lines(self, session_id: str, bearer: str | None) -> list[str]:
        """Requests, and all that was said where the session says that control hears it.  Raises Denied."""
        await self._lobby.require(session_id, bearer, "secrets")
        corner = await self._at(await self._lobby.room(session_id))
        await corner.talk.catch_up()
        return list(corner.talk.lines())

    async def run(self) -> None:
        """Look now and then what was said through other processes, and nudge those who hear it, until cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            rooms = [(session_id, room) for session_id, room in self._hall if len(room.gallery) > 0]
            try:
                lengths = await self._world.log.versions([talk_of(session_id) for session_id, _ in rooms])
            except LogUnavailable:
                continue  # the sessions say so by themselves
            for (session_id, room), length in zip(rooms, lengths, strict=True):
                try:
                    await self._look(room, length)
                except LogUnavailable:
                    continue
                except Exception as error:  # noqa: BLE001 - talk that cannot be read must not stop that of other sessions
                    _journal.error("the talk of %s failed: %s", session_id, place_of(error))

    async def _look(self, room: Room, length: int) -> None:
        corner = await self._at(room)
        if length != len(corner.talk.words):
            await corner.talk.catch_up()
        self._nudge(room, corner)

    def _nudge(self, room: Room, corner: _Corner) -> None:
        for viewer in room.gallery.viewers():
            total = corner.talk.total(listens_as(viewer))
            if total != corner.nudged.get(viewer, 0):
                corner.nudged[viewer] = total
                room.gallery.post(viewer, Nudge(about="talk", number=total))

    async def _added(self, corner: _Corner, word: Said | Ruled) -> None:
        try:
            await corner.talk.add(word)
        except IdTaken:
            raise Denied(Reason.ID_REUSED, "id") from None
        except NotHeld:
            raise Denied(Reason.NOT_FOUND, "message", "No such message waits for control.") from None
        except Contended:
            raise Denied(Reason.BUSY) from None

    def _require_pace(self, corner: _Corner, viewer: str) -> None:
        """So many messages in a row, so many in all."""
        limits, now_s = self._world.settings.limits, asyncio.get_running_loop().time()
        if not corner.buckets.setdefault(viewer, Bucket(limits.talk_rate, now_s)).take(now_s):
            raise Denied(Reason.TOO_FAST, "", "Your seat speaks too fast; wait a moment.")
        if corner.talk.said_by(viewer) >= limits.talk_messages_max:
            raise Denied(Reason.TOO_MANY, "", "Your seat has said as much as a session keeps.")

    async def _corner(self, session_id: str, bearer: str | None) -> tuple[Room, Proven, _Corner]:
        """For a seat, or control; the public is in no room."""
        proven = None if bearer is None else await self._tokens.proven(session_id, bearer)
        if proven is None:
            raise Denied(Reason.TOKEN, "Authorization")
        if not any(may(proven.viewer, right) for right in ROOMS):
            raise Denied(Reason.NOT_A_SEAT, "Authorization", "The public is in no room.")
        room = await self._lobby.room(session_id)
        return room, proven, await self._at(room)

    async def _at(self, room: Room) -> _Corner:
        if room.session not in self._corners:
            plan = room.session.plan
            self._corners[room.session] = _Corner(
                Talk(plan.session_id, plan.hearing, self._world.log, self._world.settings.limits.session_tries_max)
            )
        return self._corners[room.session]
