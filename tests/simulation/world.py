"""One world: processes that die and come back, players on all seats, an instructor who interferes.

The same seed gives the same world, to the last event.  It ends when every player has seen the end of the
session, and is then judged.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from rules.view import PUBLIC_VIEWER
from rules.wire.frames import Pace
from server.failures import place_of
from server.log.errors import LogUnavailable
from server.log.shelf import MemoryShelf
from server.log.snapshots import MemorySnapshots
from server.settings import Limits, Settings
from server.tasks import ended
from server.web import forms
from server.web.denials import Denied
from tests.simulation.chatter import Chatter
from tests.simulation.judge import findings
from tests.simulation.loop import run_virtually
from tests.simulation.player import Memory, Player
from tests.simulation.process import Process
from tests.simulation.store import OneLog
from tests.simulation.weather import CALM, ROUGH, Climate, Weather

EPOCH_MS = 1_700_000_000_000
PROCESSES = 3
HOURS_MAX = 12.0
SEATS = ("ARD", "BRV", "COR", "DOR")
INTERFERES_S: dict[Pace, tuple[float, float]] = {"live": (10.0, 120.0), "rounds": (3.0, 40.0)}
UNDONE_MAX = 6
"""Interferences after which control takes no turn back any more."""
SETTINGS = Settings(limits=Limits(snapshot_entries=8))
"""Short logs have snapshots too, so that the processes that come back open with them."""


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
        self.processes = [None] * PROCESSES
        lives = [asyncio.create_task(self._lives(slot), name=f"slot {slot}") for slot in range(PROCESSES)]
        players = await self._players()
        playing = [asyncio.create_task(player.play()) for player in players]
        control = asyncio.create_task(self._interfere())
        self.chatter = Chatter(self.session, {player.viewer: player.token for player in players}, self.weather, self._find)
        talking = asyncio.create_task(self.chatter.run())
        async with asyncio.timeout(HOURS_MAX * 3600):
            await asyncio.gather(*playing)
        await asyncio.sleep(2 * self.climate.slow_s + 5)
        await ended(talking)
        verdict = await self._verdict(players)
        for task in (*lives, control):
            await ended(task)
        return verdict

    async def _lives(self, slot: int) -> None:
        """One process after another."""
        process: Process | None = None
        try:
            while True:
                process = Process(self.log, self.shelf, self.snapshots, self.weather, SETTINGS, lambda _: slot == self.seed % PROCESSES)
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

    async def _players(self) -> list[Player]:
        """Make the session and claim all seats, however often it has to be asked."""
        made: forms.Made | None = None
        tokens: dict[str, str] = {}
        wish = forms.NewSession(scenario="tiny", pace=self.pace, seed=f"world {self.seed}")
        while len(tokens) < 5:
            process = self._find()
            try:
                if process is None:
                    await asyncio.sleep(0.5)
                elif made is None:
                    made = await process.lobby.make(wish)
                    self.session, self.control_token = made.session, made.control_token
                    tokens[PUBLIC_VIEWER] = made.public_token
                else:
                    free = [seat for seat in SEATS if seat not in tokens]
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
            await asyncio.sleep(self.weather.rng.uniform(*INTERFERES_S[self.pace]))
            number += 1
            if self.weather.strikes(0.4):
                await self._control(forms.ExtendAct(act="extend", seconds=20, id=f"x{number}"))
            elif self.weather.strikes(0.4):
                await self._control(self._intervention(f"i{number}", number))
            else:
                await self._control(forms.PauseAct(act="pause", reason="rest", id=f"p{number}"))
                await asyncio.sleep(self.weather.rng.uniform(1, 100))
                await self._control(forms.ResumeAct(act="resume", id=f"r{number}"))

    def _intervention(self, name: str, number: int) -> forms.ControlAct:
        """News, a word, a figure set, or a turn taken back; few of the last, or the world would not end."""
        why, seat = "a slip", self.weather.rng.choice(SEATS)
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

    async def _verdict(self, players: list[Player]) -> Ended:
        rows = await self.log.read(self.session)
        alive = [process for process in self.processes if process is not None]
        rooms = [room for process in alive if (room := process.hall.in_memory(self.session)) is not None]
        memories: dict[str, Memory] = {player.viewer: player.memory for player in players}
        found = findings(rows, memories, [room.session.history for room in rooms if not room.session.dozes], self.pace)
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


def ended_world(seed: int, *, calm: bool = False) -> Ended:
    """The world of a seed: live play for even seeds, rounds for odd ones."""
    world = World(seed, "rounds" if seed % 2 else "live", CALM if calm else ROUGH)
    try:
        return run_virtually(world.run())
    except Exception as error:  # noqa: BLE001 - whatever ends a world early is a finding, with its seed
        return Ended(seed, world.pace, [f"P7: the world ended early: {place_of(error)}: {error}"])
