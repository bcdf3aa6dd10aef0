"""A running session in this process: an inbox, one task that serves it, and what viewers read.

All that waits in the inbox is served together by ``server.sessions.play``.  The task also looks at the clock and at
the log, woken by a bell, a deadline or each second.  A failure is answered, counted and followed by reading
the log anew; a session that fails again and again is *parked*: it takes nothing more and says so to control,
while the others go on.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Collection, Iterable, Sequence

from rules.orders import Order
from rules.state import Moment
from rules.turn import clock_id
from rules.wire.frames import OutKinds, Seen, Told, Welcome
from server.failures import place_of
from server.log.errors import LogUnavailable
from server.log.protocol import ENTRIES_MAX
from server.reasons import Reason, refusal
from server.sessions.history import History, step_key
from server.sessions.outage import Outage
from server.sessions.plans import Plan
from server.sessions.play import Play
from server.sessions.recovery import keep_snapshot, recover
from server.sessions.requests import Enclosed, Ordered, Request, Tick
from server.sessions.sights import Sights
from server.sessions.steps import Envelopes
from server.sessions.surroundings import Audience, Contended, Diverged, Surroundings
from server.settings import SECOND_MS
from server.tasks import ended

_journal = logging.getLogger(__name__)
REST_S_MIN = 0.01


class Session:
    """One session; ``run`` must be running for anything to happen."""

    def __init__(self, plan: Plan, history: History, world: Surroundings, audience: Audience) -> None:
        self.plan = plan
        self.parked: str | None = None
        self._world = world
        self._audience = audience
        self._play = Play(plan, history, world, audience)
        self._sights = Sights()
        self._inbox: deque[Request] = deque()
        self._mail = asyncio.Event()  # set while something is in the inbox
        self._failures = 0
        self._serving = False
        self.is_gone = False  # put out of memory: whoever still has hold of it asks in vain
        self._marked: tuple[Moment | None, int, str] = (None, 0, "")

    # ---- reading: nothing here waits ---------------------------------------------------------------------

    @property
    def history(self) -> History:
        """The log as far as it was read."""
        return self._play.history

    def welcome(self, viewer: str) -> Welcome:
        """The answer to a hello; who says it may have spoken through another process before."""
        self._play.is_visited = True
        return Welcome(
            session=self.plan.session_id,
            viewer=viewer,
            pace=self.plan.pace,
            total=self.history.total(viewer),
        )

    def told(self, viewer: str, since: int, limit: int) -> Told | None:
        """The next events of a viewer; None if it has all."""
        return self._sights.told(self._play.history, viewer, since, limit)

    def seen(self, viewer: str, *, whole: bool) -> Seen:
        """The view of now."""
        return self._sights.seen(self.history, viewer, self._play.now_ms(), whole=whole)

    def due_in_ms(self) -> int | None:
        """How long the open step stays so; None while the clock stands still."""
        due_ms = self.history.timer.due_ms
        return None if due_ms is None else max(0, due_ms - self._play.now_ms())

    @property
    def step(self) -> str:
        """The clock id of the open step."""
        return clock_id(self.history.game.moment)

    def is_played_by_bot(self, country: str, held: Collection[str]) -> bool:
        """Whether a bot plays a seat: control said so, or nobody holds it where bots fill empty seats."""
        return country in self.history.game.moment.stand_ins or (self.plan.bots and country not in held)

    @property
    def away(self) -> frozenset[str]:
        """The seats for which an early end of the step does not wait."""
        return self._play.away - frozenset(self._audience.viewers())

    def note_away(self, seats: Iterable[str]) -> None:
        """Somebody looked at which seats nobody is."""
        self._play.away = frozenset(seats)

    def note_spoken(self, step: str, country: str, orders: Iterable[Order]) -> None:
        """A bot chose these orders in a step, if that is still open."""
        if step_key(step) == step_key(self.step):
            self._play.substitutes.note(step, country, orders)

    def mark(self) -> str:
        """Changes whenever viewers should get a new view: a step opened, its clock was changed, or control set something."""
        history, (moment, touched, mark) = self._play.history, self._marked
        if moment is not history.game.moment or touched != history.touched:
            moment, touched = history.game.moment, history.touched
            mark = f"{moment.status} {clock_id(moment)} {touched}"
            self._marked = moment, touched, mark
        return mark

    @property
    def dozes(self) -> bool:
        """Whether nobody is here and other processes have the session: it reads on when it is asked, and leaves its clock to them."""
        return not (self._world.is_home(self.plan.session_id) or self._audience.present.is_set())

    # ---- asking -----------------------------------------------------------------------------------------

    def ask(self, request: Ordered | Enclosed) -> None:
        """Put a request before the session; it is answered later, or at once if it cannot be taken."""
        if self.parked is not None:
            request.reply(refusal(Reason.PARKED, order_id=request.name))
        elif len(self._inbox) >= self._world.settings.limits.inbox_requests_max:
            request.reply(refusal(Reason.BUSY, order_id=request.name))
        else:
            self._put(request)

    async def look(self, version: int = 0) -> None:
        """Look at the clock, and at the log if it is said to be further; returns when that is done."""
        tick = Tick(version)
        self._put(tick)
        await tick.done.wait()

    def nudge(self, version: int) -> None:
        """Let the session look as soon as it can: the log is said to be at ``version``."""
        self._put(Tick(version))

    async def refresh(self) -> None:
        """Read whatever the log holds now.

        Raises:
            LogUnavailable: the log gives no answer.
        """
        version = await self._world.log.version(self.plan.session_id)
        await self.look(version)
        if self.history.version < version:
            raise LogUnavailable("the log could not be read on")

    async def restore(self, outage: Outage) -> None:
        """Give back the time that an outage took from the open step; before ``run``.

        Raises:
            LogUnavailable: it is not known whether it was given back.
        """
        order = outage.restitution(self.history)
        if order is not None:
            await self._play.settle([Ordered(order, order.id, _unheard)])

    async def laid(self) -> Envelopes:
        """The envelopes that lie ready for the open step; none in live play.

        Raises:
            LogUnavailable: the shelf gives no answer.
        """
        return await self._play.laid()

    def unpark(self) -> None:
        """Try again after the cause was removed."""
        self.parked, self._failures = None, 0

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits and nothing is being served."""
        return not self._inbox and not self._serving

    def _put(self, request: Request) -> None:
        if self.is_gone:
            _answer([request], Reason.LOG)
            return
        if not self._inbox:
            self._mail.set()
        self._inbox.append(request)

    # ---- the one task -----------------------------------------------------------------------------------

    async def run(self) -> None:
        """Serve until cancelled."""
        name = f"follower of {self.plan.session_id}"
        follower = asyncio.create_task(self._follow(), name=name)
        try:
            while True:
                await self._mail.wait()
                self._serving = True
                if not isinstance(self._inbox[0], Tick):
                    await asyncio.sleep(self._play.courtesy_s())  # what has come in by now and is not read yet comes along
                batch = [self._inbox.popleft() for _ in range(min(len(self._inbox), ENTRIES_MAX - 1))]  # one may add time
                if not self._inbox:
                    self._mail.clear()
                await self._attend(batch)
                self._serving = False
        finally:
            self.is_gone = True
            _answer(self._inbox, Reason.LOG)
            await ended(follower)

    async def _follow(self) -> None:
        """Hear of deadlines and of what other processes append."""
        while True:
            if self.dozes:
                await self._audience.present.wait()
            version = 0
            try:
                version = await self._world.log.wait(self.plan.session_id, self.history.version, self._rest_s())
            except LogUnavailable:
                await asyncio.sleep(self._world.settings.poll_seconds)
            await self.look(version)
            if self.history.version < version:  # parked, or the log cannot be read on: it would ring at once, for ever
                await asyncio.sleep(self._world.settings.poll_seconds)

    def _rest_s(self) -> float:
        poll_s = self._world.settings.poll_seconds
        if self.history.timer.due_ms is None or self.parked is not None:
            return poll_s
        left_s = (self.history.timer.due_ms - self._play.now_ms()) / SECOND_MS
        return min(poll_s, max(REST_S_MIN, left_s))

    async def _attend(self, batch: Sequence[Request]) -> None:
        """Serve a batch; whatever happens, every request is answered."""
        reason = Reason.LOG if self.parked is None else Reason.PARKED
        try:
            if self.parked is None:
                await self._serve(batch)
                self._failures = 0
        except LogUnavailable:
            reason = Reason.LOG
            _journal.warning("session %s: the log gives no answer", self.plan.session_id)
        except Contended:
            reason = Reason.BUSY
        except Exception as error:  # noqa: BLE001 - one poisoned session must not take the others along
            reason = Reason.FAILED
            await self._failed(error)
        finally:
            _answer(batch, reason)

    async def _serve(self, batch: Sequence[Request]) -> None:
        play = self._play
        versions = [item.version for item in batch if isinstance(item, Tick)]
        if max(versions, default=0) > play.history.version:
            await play.catch_up()
        orders = [item for item in batch if isinstance(item, Ordered)]
        if orders:
            await play.settle(orders)
        enclosed = [item for item in batch if isinstance(item, Enclosed)]
        if enclosed:
            await play.take_envelopes(enclosed)
        await play.close_steps()
        await self._keep_snapshot()

    async def _keep_snapshot(self) -> None:
        """Once in a long while, so that whoever reads the log anew need not fold it all; one process is enough."""
        world, history = self._world, self.history
        if world.snapshots is None or history.version - history.kept_version < world.settings.limits.snapshot_entries:
            return
        if world.is_home(self.plan.session_id):
            await keep_snapshot(world.snapshots, self.plan.session_id, history)

    async def _failed(self, error: Exception) -> None:
        """Note a failure and read the log anew; after too many in a row the session is parked."""
        self._failures += 1
        _journal.error("session %s failed: %s", self.plan.session_id, place_of(error))
        if self._failures >= self._world.settings.limits.session_failures_max:
            self._park(f"{self._failures} failures in a row, the last one a {place_of(error)}")
        try:
            self._sights, history = Sights(), await recover(self._world.log, self.plan.session_id)
            self._play.start_anew(history)
        except LogUnavailable:
            _journal.warning("session %s: the log gives no answer", self.plan.session_id)
        except Exception as again:  # noqa: BLE001 - whatever it is, the session is of no use and says so
            self._park(f"the log cannot be read anew: {place_of(again)}")
        if isinstance(error, Diverged):
            _journal.error("session %s: the log went back to an earlier state", self.plan.session_id)
        self._audience.ring()

    def _park(self, why: str) -> None:
        self.parked = why
        _journal.error("session %s is parked: %s", self.plan.session_id, why)


def _answer(requests: Iterable[Request], reason: Reason) -> None:
    """Tell those who have no answer yet that there is none."""
    for request in requests:
        if isinstance(request, Tick):
            request.done.set()
        else:
            request.reply(refusal(reason, order_id=request.name))


def _unheard(frame: OutKinds) -> None:
    """Nobody waits for the answer: another process may have given the time back already."""
    _journal.info("lost time: %s", frame.type)
