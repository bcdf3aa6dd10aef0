"""One world: processes that die and come back, players on all seats, an instructor who interferes.

The same seed gives the same world, to the last event.  It ends when every player has seen the end of the
session, and is then judged.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unittest.mock import patch

from rules.view import PUBLIC_VIEWER
from rules.wire.frames import Pace
from scenarios import Scenario, load
from server.failures import place_of
from server.log.errors import LogUnavailable
from server.log.shelf import MemoryShelf
from server.log.snapshots import MemorySnapshots
from server.sessions import recovery
from server.sessions.history import History
from server.settings import Limits, Settings
from server.tasks import ended
from server.web import forms, lobby
from server.web.denials import Denied
from tests.simulation.chatter import Chatter
from tests.simulation.judge import findings
from tests.simulation.loop import run_virtually
from tests.simulation.player import Memory, Player
from tests.simulation.process import Process
from tests.simulation.store import OneLog
from tests.simulation.weather import CALM, ROUGH, WILD, Climate, Weather

EPOCH_MS = 1_700_000_000_000
HOURS_MAX = 12.0
CATCHES_UP_S = 60.0
INTERFERES_S: dict[Pace, tuple[float, float]] = {"live": (10.0, 120.0), "rounds": (3.0, 40.0)}
PAUSES_S, TALKS_S, EXTENDS_S = (1.0, 100.0), (5.0, 90.0), 20
UNDONE_MAX = 6
"""Interferences after which control takes no turn back any more."""


@dataclass(frozen=True)
class Place:
    """What is played, in what weather, and by whom."""

    scenario: str
    seats: tuple[str, ...]
    processes: int
    climate: Climate
    haste: float
    """How much shorter control's and people's times are than those of a class."""
    settings: Settings
    """Short logs have snapshots too, so that the processes that come back open with them."""
    looked_on: bool
    """Whether somebody without a seat looks on."""


STRAITS = Place(
    scenario="tiny",
    seats=("ARD", "BRV", "COR", "DOR"),
    processes=3,
    climate=ROUGH,
    haste=1.0,
    settings=Settings(limits=Limits(snapshot_entries=8)),
    looked_on=True,
)
HAMLET = Place(
    scenario="hamlet",
    seats=("ARD", "BRV"),
    processes=2,
    climate=WILD,
    haste=4.0,
    settings=Settings(poll_seconds=2.0, limits=Limits(snapshot_entries=4)),
    looked_on=False,
)
"""A case of two seats and one turn, in worse weather: more goes wrong in a second of ours than in the straits."""


STRAITS_EVERY = 101
"""An odd number, so that live play and rounds take turns in the straits too."""


def usual(seed: int) -> Place:
    """Where a seed is played in long runs: nearly always in the hamlet, where a second of ours sees more go wrong."""
    return HAMLET if seed % STRAITS_EVERY else STRAITS


@cache
def hamlet() -> Scenario:
    """It does not ship with the program."""
    return load(Path(__file__).with_name("hamlet"))


@dataclass
class Ended:
    """What is known of a world that ended."""

    seed: int
    pace: Pace
    findings: list[str]
    virtual_s: float = 0.0
    entries: int = 0
    crashes: int = 0
    reconnects: int = 0
    acked: int = 0
    talked: int = 0
    undone: int = 0
    digest: str = ""


@dataclass
class World:
    """One world while it lasts."""

    seed: int
    pace: Pace
    place: Place
    climate: Climate
    crashes: int = 0
    processes: list[Process | None] = field(default_factory=list)
    dead: list[Process] = field(default_factory=list)
    """Kept, for what was asked of them just before may still open a session there, which rests until the world ends."""

    async def run(self) -> Ended:
        """From the first process to the verdict."""
        loop = asyncio.get_running_loop()
        self.weather = Weather(self.seed, self.climate)
        self.log = OneLog(lambda: EPOCH_MS + int(loop.time() * 1000))
        self.shelf = MemoryShelf()
        self.snapshots = MemorySnapshots()
        self.processes = [None] * self.place.processes
        lives = [asyncio.create_task(self._lives(slot), name=f"slot {slot}") for slot in range(self.place.processes)]
        players = await self._players()
        playing = [asyncio.create_task(player.play()) for player in players]
        control = asyncio.create_task(self._interfere())
        tokens = {player.viewer: player.token for player in players}
        self.chatter = Chatter(self.session, tokens, self.weather, self._find, lambda: self._while(TALKS_S))
        talking = asyncio.create_task(self.chatter.run())
        async with asyncio.timeout(HOURS_MAX * 3600):
            await asyncio.gather(*playing)
        await self._caught_up()
        await ended(talking)
        verdict = await self._verdict(players)
        for task in (*lives, control):
            await ended(task)
        return verdict

    async def _lives(self, slot: int) -> None:
        """One process after another."""
        process: Process | None = None
        home = self.seed % self.place.processes
        try:
            while True:
                process = Process(self.log, self.shelf, self.snapshots, self.weather, self.place.settings, lambda _: slot == home)
                await process.begin()
                self.processes[slot] = process
                await asyncio.sleep(self.weather.rng.expovariate(1.0 / self.climate.life_s))
                self.processes[slot] = None
                self.crashes += 1
                self.dead.append(process)
                await process.die()
                await asyncio.sleep(self.weather.rng.random() * self.climate.away_s)
        finally:
            if process is not None:
                await process.die()

    def _find(self) -> Process | None:
        alive = [process for process in self.processes if process is not None]
        return self.weather.rng.choice(alive) if alive else None

    async def _while(self, bounds_s: tuple[float, float]) -> None:
        """The time that people take for something."""
        await asyncio.sleep(self.weather.rng.uniform(*bounds_s) / self.place.haste)

    async def _players(self) -> list[Player]:
        """Make the session and claim all seats, however often it has to be asked."""
        made: forms.Made | None = None
        tokens: dict[str, str] = {}
        wish = forms.NewSession(scenario=self.place.scenario, pace=self.pace, seed=f"world {self.seed}")
        while made is None or len(tokens) < len(self.place.seats) + self.place.looked_on:
            process = self._find()
            try:
                if process is None:
                    await asyncio.sleep(0.5)
                elif made is None:
                    made = await process.lobby.make(wish)
                    self.session, self.control_token = made.session, made.control_token
                    tokens.update({PUBLIC_VIEWER: made.public_token} if self.place.looked_on else {})
                else:
                    free = [seat for seat in self.place.seats if seat not in tokens]
                    claimed = await process.lobby.claim(made.session, free[0], made.control_token)
                    tokens[free[0]] = claimed.token
            except (LogUnavailable, Denied):
                await asyncio.sleep(0.5)
        return [Player(self.session, token, viewer, self.weather, self._find) for viewer, token in tokens.items()]

    async def _interfere(self) -> None:
        """Start; then now and then pause and resume, or extend."""
        await self._control(forms.StartAct(act="start"))
        number = 0
        while True:
            await self._while(INTERFERES_S[self.pace])
            number += 1
            if self.weather.strikes(0.4):
                await self._control(forms.ExtendAct(act="extend", seconds=round(EXTENDS_S / self.place.haste), id=f"x{number}"))
            elif self.weather.strikes(0.4):
                await self._control(self._intervention(f"i{number}", number))
            else:
                await self._control(forms.PauseAct(act="pause", reason="rest", id=f"p{number}"))
                await self._while(PAUSES_S)
                await self._control(forms.ResumeAct(act="resume", id=f"r{number}"))

    def _intervention(self, name: str, number: int) -> forms.ControlAct:
        """News, a word, a figure set, or a turn taken back; few of the last, or the world would not end."""
        why, seat = "a slip", self.weather.rng.choice(self.place.seats)
        acts: list[forms.ControlAct] = [
            forms.InjectAct(act="inject", text=f"news {name}", to=(seat,), reason=why, id=name),
            forms.InjectAct(act="inject", text=f"plan {name}", turn=3, reason=why, id=name),
            forms.BroadcastAct(act="broadcast", text=f"word {name}", id=name),
            forms.OverrideAct(act="override", figure="hostile", at=(seat, "ARD"), value=self.weather.rng.random(), reason=why, id=name),
        ]
        if number <= UNDONE_MAX:
            acts.append(forms.UndoAct(act="undo", turn=self.weather.rng.choice((1, 2)), reason=why, id=name))
        return self.weather.rng.choice(acts)

    async def _control(self, act: forms.ControlAct) -> None:
        """Until it is done, or refused for good."""
        while True:
            process = self._find()
            if process is not None:
                try:
                    async with asyncio.timeout(30):
                        await process.lobby.control(self.session, self.control_token, act)
                except Denied as denied:
                    if denied.status == 409:
                        return
                except (LogUnavailable, TimeoutError):
                    pass
                else:
                    return
            await asyncio.sleep(1.0)

    async def _caught_up(self) -> None:
        """Until every process has read to the end, when all that was under way has arrived; the verdict says which never does."""
        await asyncio.sleep(2 * self.climate.slow_s)
        with suppress(TimeoutError):
            async with asyncio.timeout(CATCHES_UP_S):
                while await self._somebody_lags():  # noqa: ASYNC110 - time is virtual, and several events would have to be waited for
                    await asyncio.sleep(1.0)

    async def _somebody_lags(self) -> bool:
        version = await self.log.version(self.session)
        return any(history.version < version for history in self._histories())

    def _histories(self) -> list[History]:
        """What the processes hold of the session; one in which nobody is present may rest."""
        alive = [process for process in self.processes if process is not None]
        rooms = [room for process in alive if (room := process.hall.in_memory(self.session)) is not None]
        return [room.session.history for room in rooms if not room.session.dozes]

    async def _verdict(self, players: list[Player]) -> Ended:
        rows = await self.log.read(self.session)
        alive = [process for process in self.processes if process is not None]
        rooms = [room for process in alive if (room := process.hall.in_memory(self.session)) is not None]
        memories: dict[str, Memory] = {player.viewer: player.memory for player in players}
        found = findings(rows, memories, self._histories(), self.pace)
        found += await self.chatter.findings(self.log)
        found += [f"P7: a session is parked: {room.session.parked}" for room in rooms if room.session.parked]
        return Ended(
            seed=self.seed,
            pace=self.pace,
            findings=found,
            virtual_s=asyncio.get_running_loop().time(),
            entries=len(rows),
            crashes=self.crashes,
            reconnects=sum(memory.welcomes - 1 for memory in memories.values()),
            talked=len(self.chatter.acked),
            undone=sum(b'"kind":"undone"' in row.entry.body for row in rows),
            acked=sum(len(memory.acked) + len(memory.accepted) for memory in memories.values()),
            digest=rows[-1].entry.digest + str(rows[-1].at_ms),
        )


def ended_world(seed: int, place: Place = STRAITS, *, calm: bool = False) -> Ended:
    """The world of a seed: live play for even seeds, rounds for odd ones."""
    world = World(seed, "rounds" if seed % 2 else "live", place, CALM if calm else place.climate)
    try:
        with ExitStack() as hidden:
            if place is HAMLET:
                hidden.enter_context(patch.object(recovery, "load", lambda _: hamlet()))
                hidden.enter_context(patch.object(lobby, "names", lambda: (HAMLET.scenario,)))
            return run_virtually(world.run())
    except Exception as error:  # noqa: BLE001 - whatever ends a world early is a finding, with its seed
        return Ended(seed, world.pace, [f"P7: the world ended early: {place_of(error)}: {error}"])


def usual_world(seed: int) -> Ended:
    """The world of a seed in long runs."""
    return ended_world(seed, usual(seed))
