"""People who talk while they play: messages between seats, now and then, each sent until it is acknowledged; and what is left of them."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field

from server.log.errors import LogUnavailable
from server.log.protocol import Log
from server.sessions.talk import Hearing, Said, Talk, talk_of
from server.web.denials import Denied
from server.web.talk_forms import Saying
from tests.simulation.process import Process
from tests.simulation.weather import Weather

PATIENCE_S = 30.0


@dataclass
class Chatter:
    """All that was said in one world: message -> (room, text), and which were acknowledged."""

    session: str
    tokens: Mapping[str, str]
    weather: Weather
    find: Callable[[], Process | None]
    pause: Callable[[], Awaitable[None]]
    sent: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    acked: list[str] = field(default_factory=list)

    async def run(self) -> None:
        """Until cancelled."""
        seats = [viewer for viewer in self.tokens if viewer.isupper()]
        while True:
            await self.pause()
            author = self.weather.rng.choice(seats)
            to = tuple(sorted(self.weather.rng.sample(seats, self.weather.rng.randrange(min(3, len(seats))))))
            name = f"m{len(self.sent)}"
            text = f"{name} of {author}"
            self.sent[f"{author}:{name}"] = (tuple(sorted({author, *to})), text)
            await self._said(author, Saying(id=name, to=to, text=text))

    async def _said(self, author: str, wish: Saying) -> None:
        """Say it until it is acknowledged, through whichever process there is."""
        while True:
            process = self.find()
            if process is not None:
                try:
                    async with asyncio.timeout(PATIENCE_S):
                        await process.parlour.say(self.session, self.tokens[author], wish)
                except (LogUnavailable, Denied, TimeoutError):
                    pass
                else:
                    self.acked.append(f"{author}:{wish.id}")
                    return
            await asyncio.sleep(1.0)

    async def findings(self, log: Log) -> list[str]:
        """Broken promises about talk; empty if all were kept."""
        talk = Talk(self.session, Hearing(), log, 1)
        await talk.catch_up()
        rows = await log.read(talk_of(self.session))
        words = [word for word, _ in talk.words if isinstance(word, Said)]
        found = [f"P2: {name} was said {count} times" for name, count in Counter(row.entry.order_id for row in rows).items() if count > 1]
        kept = {f"{word.author}:{word.id}": (word.room, word.text) for word in words}
        found += [f"P1: {name} was promised, and the talk has {kept.get(name)}" for name in self.acked if kept.get(name) != self.sent[name]]
        return [*found, *self._overheard(talk)]

    def _overheard(self, talk: Talk) -> Iterator[str]:
        """Words that somebody hears who was not in the room, or does not hear who was."""
        for viewer in self.tokens:
            heard = [item.message for item in talk.heard(viewer)]
            own = [f"{word.author}:{word.id}" for word, _ in talk.words if isinstance(word, Said) and viewer in self.sent_to(word)]
            if heard != own:
                yield f"P4: {viewer} hears {heard}, and was told {own}"

    def sent_to(self, word: Said) -> tuple[str, ...]:
        """The room to which a message was sent."""
        return self.sent[f"{word.author}:{word.id}"][0]
