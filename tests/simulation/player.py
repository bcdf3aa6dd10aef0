"""A client in virtual time: the SDK's own conversation over simulated wires, and a record of what it saw."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from client.bots.random_legal import RandomLegal
from client.sdk import notices as n
from client.sdk.conversation import Conversation
from rules.events import EventKinds
from rules.orders import Act, Done
from rules.turn import open_acts
from rules.wire import frames as f
from rules.wire.codec import MSGPACK, decode_out, encode
from rules.wire.frames import Pace
from tests.simulation.process import Process
from tests.simulation.weather import Weather
from tests.simulation.wire import ClientEnd, Cut


@dataclass
class Memory:
    """All that a viewer was told, and all that it asked."""

    events: dict[int, EventKinds] = field(default_factory=dict)
    seen: list[f.Seen] = field(default_factory=list)
    asked: dict[str, Act] = field(default_factory=dict)
    acked: list[str] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    welcomes: int = 0


class Player:
    """One viewer of a session, with a bot if it is a seat."""

    def __init__(
        self, session: str, token: str, viewer: str, weather: Weather, find: Callable[[], Process | None]
    ) -> None:
        self.viewer = viewer
        self.token = token
        self.memory = Memory()
        self.over = False
        self._talk = Conversation(session, token)
        self._weather = weather
        self._find = find
        self._bot = RandomLegal(f"bot {viewer}")
        self._pace: Pace = "live"
        self._acted: set[str] = set()

    async def play(self) -> None:
        """Until the session is over: connect to whichever process there is, again and again."""
        while not self.over:
            await asyncio.sleep(self._weather.rng.random())
            process = self._find()
            if process is None:
                continue
            end = process.connect()
            self._talk.connected()
            writer = asyncio.create_task(self._speak_again(end))
            try:
                await self._listen(end)
            except Cut:
                pass
            finally:
                writer.cancel()
                end.wire.cut()
                self._talk.disconnected()

    async def _listen(self, end: ClientEnd) -> None:
        self._speak(end)
        while not self.over:
            frame = decode_out(await end.receive(), MSGPACK)
            if isinstance(frame, f.Seen):
                self.memory.seen.append(frame)
            self._talk.received(frame)
            for notice in self._talk.notices():
                self._note(notice)
            self._speak(end)

    async def _speak_again(self, end: ClientEnd) -> None:
        """After a refusal for now, the same again in a moment."""
        while not end.wire.there.closed:
            await asyncio.sleep(1.0)
            self._talk.again()
            try:
                self._speak(end)
            except Cut:
                return

    def _speak(self, end: ClientEnd) -> None:
        for frame in self._talk.outgoing():
            data = encode(frame, MSGPACK)
            assert isinstance(data, bytes)
            end.send(data)

    def _note(self, notice: n.Notice) -> None:
        memory = self.memory
        match notice:
            case n.Entered():
                memory.welcomes += 1
                self._pace = notice.welcome.pace
            case n.News():
                assert notice.number not in memory.events, "an event came twice"
                memory.events[notice.number] = notice.event
            case n.Sight():
                self._act(notice)
            case n.Answered(refusal=None):
                memory.acked.append(notice.id)
            case n.Filed():
                memory.accepted += notice.receipt.accepted
            case n.Complained() | n.Returned():
                memory.complaints.append(notice.refusal.code)
            case n.Severed(final=True):
                raise AssertionError(notice.reason)
            case _:
                pass

    def _act(self, sight: n.Sight) -> None:
        """Choose once a step; send again what has no answer is the conversation's business."""
        moment = sight.view.moment
        self.over = moment.status == "over"
        place = f"{moment.branch}:{moment.turn}:{moment.phase}:{moment.round}"
        if self.viewer == "public" or place in self._acted or not open_acts(sight.view):
            return
        self._acted.add(place)
        acts = (*self._bot.choose(sight.view), Done())
        for number, act in enumerate(acts):
            self.memory.asked[f"{place}:{number}"] = act
        if self._pace == "rounds":
            self._talk.file(sight.step, acts)
        else:
            for number, act in enumerate(acts):
                self._talk.submit(f"{place}:{number}", act)
