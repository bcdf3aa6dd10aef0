"""A stage for the server's tests: sessions on a log in memory, in virtual time, and an audience that listens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from client.arena import START_ID
from rules.orders import CONTROL, Act, Advance, Order, Start, Table
from rules.turn import clock_id
from rules.wire import frames as f
from rules.wire.logbook import Head
from scenarios.pin import head_of
from server.log.errors import LogUnavailable
from server.log.memory import MemoryLog
from server.log.protocol import Log
from server.log.shelf import MemoryShelf, Shelf
from server.log.snapshots import Snapshots
from server.sessions.clock import LogClock
from server.sessions.courtesy import Courtesy, StandIn
from server.sessions.history import History
from server.sessions.plans import Plan
from server.sessions.recovery import head_entry, recover, scenario_named
from server.sessions.requests import Enclosed, Ordered
from server.sessions.session import Session
from server.sessions.surroundings import Audience, Surroundings
from server.settings import Settings

EPOCH_MS = 1_000_000_000_000
SEATS = ("ARD", "BRV", "COR", "DOR")
SESSION = "tiny-1"
TABLED = Table(council="four", action="condemn", issue="dorn-force", target="DOR")


def head(seed: str = "stage") -> Head:
    """The head of a session of the small scenario."""
    return head_of(scenario_named("tiny"), seed, {})


def memory_log() -> MemoryLog:
    """A log by the running loop's clock."""
    loop = asyncio.get_running_loop()
    return MemoryLog(lambda: EPOCH_MS + int(loop.time() * 1000))


async def eventually(holds: Callable[[], bool], look_s: float = 1.0) -> None:
    """Let time pass until something holds; the test's own timeout is the limit."""
    while not holds():  # noqa: ASYNC110 - what is waited for rings no bell
        await asyncio.sleep(look_s)


@dataclass
class Listeners:
    """An audience that keeps what it is posted, and how often it was rung."""

    posted: list[tuple[str, f.OutKinds]] = field(default_factory=list)
    rings: int = 0
    here: tuple[str, ...] = ()

    @property
    def present(self) -> asyncio.Event:
        """Nobody has to be there for a session that is at home."""
        return asyncio.Event()

    def viewers(self) -> tuple[str, ...]:
        """Who is said to be there."""
        return self.here

    def ring(self, viewers: Collection[str] | None = None) -> None:
        """Count."""
        self.rings += 1

    def post(self, viewer: str, frame: f.OutKinds) -> None:
        """Keep."""
        self.posted.append((viewer, frame))

    def receipts(self) -> dict[str, f.Receipt]:
        """The last receipt of each seat."""
        return {viewer: frame for viewer, frame in self.posted if isinstance(frame, f.Receipt)}


@dataclass
class Stage:
    """One session as one process has it."""

    session: Session
    audience: Listeners
    log: Log
    shelf: Shelf

    @property
    def step(self) -> str:
        """The clock id of the open step."""
        return clock_id(self.session.history.game.moment)

    @property
    def history(self) -> History:
        """The session's log, folded."""
        return self.session.history

    async def order(self, author: str, number: str, act: Act, step: str | None = None) -> f.OutKinds:
        """Give an order, for one step alone if that is named, and wait for the answer."""
        answer: asyncio.Future[f.OutKinds] = asyncio.get_running_loop().create_future()
        order = Order(id=f"{author}:{number}", author=author, act=act)
        self.session.ask(Ordered(order, number, answer.set_result, step))
        return await answer

    async def start(self) -> None:
        """Open the first turn."""
        answer: asyncio.Future[f.OutKinds] = asyncio.get_running_loop().create_future()
        self.session.ask(Ordered(Order(id=START_ID, author=CONTROL, act=Start()), START_ID, answer.set_result))
        assert isinstance(await answer, f.Acked)

    async def enclose(self, country: str, acts: tuple[Act, ...], step: str | None = None) -> f.OutKinds:
        """Send an envelope and wait for the answer."""
        answer: asyncio.Future[f.OutKinds] = asyncio.get_running_loop().create_future()
        envelope = f.Envelope(step=step or self.step, acts=acts)
        self.session.ask(Enclosed(country, envelope, answer.set_result))
        return await answer

    async def until(self, phase: str) -> None:
        """Let time pass until this phase is open."""
        await eventually(lambda: self.phase == phase)

    @property
    def phase(self) -> str:
        """The open phase."""
        return self.history.game.moment.phase

    @property
    def status(self) -> str:
        """Of the session."""
        return self.history.game.moment.status


@asynccontextmanager
async def staged(  # noqa: PLR0913 - each is one thing that a test may bring
    pace: f.Pace = "live",
    *,
    log: Log | None = None,
    shelf: Shelf | None = None,
    settings: Settings | None = None,
    skip_reading: bool = True,
    courtesy: Courtesy | None = None,
    stand_in: StandIn | None = None,
    held: Collection[str] | None = None,
    away: Collection[str] = (),
    audience: Audience | None = None,
    snapshots: Snapshots | None = None,
) -> AsyncIterator[Stage]:
    """A running session; the log is begun if it is empty.  Bots fill the seats that are not ``held``, if these are named; while anything
    is ``away`` nobody knows which.
    """

    async def tokens(_: str) -> Collection[str]:
        if away:
            raise LogUnavailable(str(away))
        return held or ()

    log, shelf = log or memory_log(), shelf or MemoryShelf()
    if await log.version(SESSION) == 0:
        await log.append(SESSION, 0, [head_entry(head())], None)
    clock = LogClock(log)
    await clock.exact_ms()
    world = Surroundings(log, shelf, clock, settings or Settings(), stand_in=stand_in, held=tokens, snapshots=snapshots)
    listeners = Listeners()
    plan = Plan(SESSION, pace, skip_reading, held is not None, courtesy=courtesy or Courtesy())
    history = await recover(log, SESSION, snapshots)
    session = Session(plan, history, world, audience or listeners)
    task = asyncio.create_task(session.run())
    try:
        yield Stage(session, listeners, log, shelf)
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def with_limits(**changes: float) -> Settings:
    """Settings with other limits."""
    settings = Settings()
    return replace(settings, limits=replace(settings.limits, **changes))  # type: ignore[arg-type]  # by name


def acked(frame: f.OutKinds) -> str:
    """The id of an ack."""
    assert isinstance(frame, f.Acked), frame
    return frame.id


def refused(frame: f.OutKinds) -> str:
    """The code of a refusal."""
    assert isinstance(frame, f.Refusal), frame
    return frame.code


def advance_of(stage: Stage) -> Advance:
    """What control sends to close the open step."""
    step = stage.history.game.moment
    return Advance(turn=step.turn, phase=step.phase, round=step.round, revision=step.revision)


async def negotiating(stage: Stage) -> None:
    """Whatever the pace, negotiation is open."""
    await stage.start()
    if stage.phase != "negotiation":
        acked(await stage.order("control", "first", advance_of(stage)))
    assert stage.phase == "negotiation"
