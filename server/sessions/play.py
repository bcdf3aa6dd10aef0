"""Playing a session on its log: decide, append, acknowledge, publish, in this order.

The log has the last word on every append:

    Appended              the orders are safe: take them into the history, acknowledge, ring
    Conflict, Seen        another process wrote (or we did, and the answer got lost): read on, decide again
    IdReused              the same; after reading on, the id is known and the order is refused

So there is one way to catch up and one way to answer a resend: by the ids in the history.  In rounds,
envelopes lie in the mailbox until the step closes; the step is then played by ``rules.sequence`` and all its
entries are appended at once, so the log is the same whatever the order of arrival, here and in the arena.

Every process may do all this for the same session at the same time.  Within one process, only the task of
``server.sessions.session`` calls these methods.
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import takewhile

from rules.errors import Refused
from rules.orders import CONTROL, Advance, Order
from rules.turn import clock_id
from rules.wire.frames import Acked, Envelope, Held, OutKinds, Refusal
from rules.wire.logbook import order_digest
from server.failures import place_of
from server.log.protocol import ENTRIES_MAX, KEEP, Appended
from server.reasons import Reason, refusal
from server.sessions.clock import StepClock
from server.sessions.courtesy import breathing_space
from server.sessions.hindsight import refusals
from server.sessions.history import Ahead, History, step_key, stored_entry
from server.sessions.mailbox import Mailbox
from server.sessions.plans import Plan
from server.sessions.recovery import PAGE_ENTRIES, read_on
from server.sessions.requests import Enclosed, Ordered
from server.sessions.steps import Envelopes, is_complete, played
from server.sessions.substitutes import Substitutes
from server.sessions.surroundings import Audience, Contended, Diverged, Surroundings

_journal = logging.getLogger(__name__)
COURTESY_S = 0.004
SHARED_S = 0.25
"""So long after another process wrote to a session it is taken to be shared."""


class Play:
    """One session's history and the only ways to move it on."""

    def __init__(self, plan: Plan, history: History, world: Surroundings, audience: Audience) -> None:
        self.plan = plan
        self.history = history
        self._world = world
        self._audience = audience
        self._mailbox = Mailbox(plan.session_id, world.shelf)
        self._others_s = -math.inf  # when entries of another process were last read
        self._clock = StepClock(world.clock)
        self.away: frozenset[str] = frozenset()  # seats for which an early end does not wait, until somebody is back
        self.is_visited = True  # somebody came whose envelope another process may have taken, and not lived to close the step
        self.substitutes = Substitutes(plan, world)

    @property
    def _tries_max(self) -> int:
        return self._world.settings.limits.session_tries_max

    def now_ms(self) -> int:
        """The time by which the deadline of the open step falls."""
        return self._clock.now_ms(self.history.timer)

    def courtesy_s(self) -> float:
        """How long to hold orders back that have just come in, so that other processes with orders for this session get their turn.

        Who wins an append is answered first and has the next orders first, so without it one process wins again and again.
        """
        return COURTESY_S if asyncio.get_running_loop().time() - self._others_s < SHARED_S else 0.0

    async def catch_up(self) -> None:
        """Read on from where the history ends.

        Raises:
            LogUnavailable: nothing was learnt.
            Diverged: the log went back, whether or not it has grown again since.
        """
        history, log, session_id = self.history, self._world.log, self.plan.session_id
        game, before, since_ms, full = history.game, history.version, history.timer.since_ms, True
        while full:
            page = await log.read(session_id, history.version - 1, PAGE_ENTRIES)  # from the last that is known, which must be there still
            if not page or not history.ends_with(page[0]):
                raise Diverged(session_id)
            read_on(history, page[1:])
            full = len(page) == PAGE_ENTRIES
        if history.version > before:
            self._others_s = asyncio.get_running_loop().time()
        self._publish(refusals(game, history.entries[before - 1 :], self._mailbox.held))
        if history.timer.since_ms != since_ms:
            await self._world.clock.exact_ms()  # so that a jump of the log's clock is noticed before the new step's time is

    def start_anew(self, history: History) -> None:
        """Go on from the log as it was read anew, with receipts for what it says is closed."""
        self.history = history
        self._publish({})

    # ---- orders -----------------------------------------------------------------------------------------

    async def settle(self, waiting: Sequence[Ordered]) -> None:
        """Decide orders in sequence, append together what stands between those that close a step, answer them.

        Raises:
            LogUnavailable: the outcome is unknown.
            Contended: other processes were always quicker.
        """
        left = list(waiting)
        while left:
            del left[: await self._settled(left)]
            if left:
                await self._force(left.pop(0))

    async def _settled(self, waiting: Sequence[Ordered]) -> int:
        """Settle what comes before the next order that closes a step; how many those are."""
        for _ in range(self._tries_max):
            orders = list(takewhile(lambda item: not self._is_forcing(item), waiting))
            ahead, answers = self._decided(orders)
            if await self._stands(ahead, answers):
                break
        else:
            raise Contended(self.plan.session_id)
        for request, frame in zip(orders, answers, strict=True):
            request.reply(frame)
        if ahead.recorded:
            self._publish({})
        return len(orders)

    async def _stands(self, ahead: Ahead, answers: Sequence[OutKinds]) -> bool:
        """Whether what was decided holds: it was appended, or there is nothing new, and nobody is refused for what others have changed."""
        if ahead.recorded:
            return await self._append(ahead)
        version = self.history.version
        if not all(isinstance(answer, Acked) for answer in answers):
            await self.catch_up()
        return self.history.version == version

    async def _force(self, request: Ordered) -> None:
        """Close the step that control names; if it was closed, lengthened or paused meanwhile, the order is one that came too late."""
        for _ in range(self._tries_max):
            if not self._is_forcing(request):
                await self.settle([request])
                return
            if await self._close(request.order):
                request.reply(Acked(id=request.echo))
                return
        raise Contended(self.plan.session_id)

    def _is_forcing(self, request: Ordered) -> bool:
        """Control closes a step as the clock would, with what takes the place of missing orders."""
        act, now = request.order.act, self.history.game.moment
        if request.order.author != CONTROL or not isinstance(act, Advance) or request.order.id in self.history.digests:
            return False
        named = (act.turn, act.phase, act.round, act.revision)
        return now.status == "running" and named == (now.turn, now.phase, now.round, now.revision)

    def _decided(self, waiting: Sequence[Ordered]) -> tuple[Ahead, list[OutKinds]]:
        """What the orders come to, each on the game that the ones before leave, and the answers."""
        ahead, answers, now_ms = self.history.ahead(), list[OutKinds](), self._world.clock.now_ms()
        drafted = dict[str, Order]()
        for request in waiting:
            order = request.order
            if order.id in self.history.digests or order.id in drafted:
                known = self.history.digests.get(order.id) or order_digest(drafted[order.id])
                answers.append(_again(request, same=known == order_digest(order)))
                continue
            if request.step is not None and step_key(request.step) != step_key(clock_id(ahead.game.moment)):
                answers.append(refusal(Reason.STEP, "step", order_id=request.echo))
                continue
            try:
                ahead = self._with_space(self._given(ahead, order, now_ms), order, now_ms, drafted)
            except Refused as why:
                said = Refusal(id=request.echo, code=why.code.value, field=why.field, sentence=why.sentence)
                answers.append(said)
            except Exception as error:  # noqa: BLE001 - a fault over one order must not stop the others
                _journal.error("session %s failed over an order: %s", self.plan.session_id, place_of(error))
                answers.append(refusal(Reason.FAILED, order_id=request.echo))
            else:
                drafted[order.id] = order
                answers.append(Acked.believed(id=request.echo))
        return ahead, answers

    def _given(self, ahead: Ahead, order: Order, now_ms: int) -> Ahead:
        """One order further.  Raises Refused."""
        if not isinstance(order.act, Advance):
            return ahead.given(order, now_ms)
        with self._world.metrics.turn():
            return ahead.given(order, now_ms)

    def _with_space(self, ahead: Ahead, order: Order, now_ms: int, drafted: dict[str, Order]) -> Ahead:
        """Time for the others to answer an order that came late."""
        asked = self.plan.pace == "live" and self.plan.courtesy.quiet_seconds > 0
        more = breathing_space(order, ahead.game, ahead.timer, self.plan.courtesy, self.now_ms()) if asked else None
        if more is None or more.id in self.history.digests or more.id in drafted:
            return ahead
        drafted[more.id] = more
        with suppress(Refused):  # the order itself is good without
            return ahead.given(more, now_ms)
        return ahead

    async def _append(self, ahead: Ahead) -> bool:
        """Append and take over; False if the log had moved on, with the history caught up."""
        history = self.history
        entries = [stored_entry(entry) for entry in ahead.recorded]
        deadline = KEEP if ahead.timer == history.timer else ahead.deadline()
        asked_s = asyncio.get_running_loop().time()
        outcome = await self._world.log.append(self.plan.session_id, history.version, entries, deadline)
        if isinstance(outcome, Appended):
            self._world.clock.heard(outcome.at_ms, asked_s)
            history.take(ahead, outcome.at_ms, entries)
            return True
        await self.catch_up()
        return False

    def _publish(self, declined: Mapping[str, Refused]) -> None:
        """The history moved on: give out receipts, ring."""
        receipts = self._mailbox.settled(self.history.closed, self.history.digests, declined)
        for country, receipt in receipts.items():
            self._audience.post(country, receipt)
        self._audience.ring(self.history.news())

    # ---- steps ------------------------------------------------------------------------------------------

    async def take_envelopes(self, enclosed: Sequence[Enclosed]) -> None:
        """Lay envelopes of the open step down, and answer all of them.

        Raises:
            LogUnavailable: it is not known which lie there.
            Contended: other processes were always quicker.
        """
        for _ in range(self._tries_max):
            found = await self._mailbox.found({item.country for item in enclosed})
            await self.catch_up()  # so what was found is of this step or of one before
            newest: dict[str, Envelope] = {}
            for item in enclosed:
                answer = self._out_of_place(item)
                if answer is None:
                    newest[item.country] = item.envelope
                else:
                    item.reply(answer)
            if await self._mailbox.lay_down(newest, found):
                break
        else:
            raise Contended(self.plan.session_id)
        for item in enclosed:
            item.reply(Held(step=item.envelope.step))

    async def laid(self) -> Envelopes:
        """The envelopes of the open step; none in live play.  Raises LogUnavailable."""
        return await self._mailbox.collect(clock_id(self.history.game.moment)) if self.plan.pace == "rounds" else {}

    async def close_steps(self) -> None:
        """Close the step if it is time, and the next one if nobody can act in it, and so on."""
        conflicts = 0
        while await self._is_over():
            conflicts = 0 if await self._close() else conflicts + 1
            if conflicts == self._tries_max:
                raise Contended(self.plan.session_id)

    async def _is_over(self) -> bool:
        """Whether nobody is waited for in the open step, or its time is up."""
        if self.away:
            self.away -= frozenset(self._audience.viewers())
        game, skipping = self.history.game, self.plan.skip_reading
        if game.moment.status != "running":
            return False
        envelopes = await self.laid() if self._mailbox.held or self.is_visited else {}
        complete = is_complete(game, self.plan.pace, envelopes, skip_reading=skipping, away=self.away)
        self.is_visited = self.is_visited and complete
        return complete or await self._is_due()

    async def _close(self, by: Order | None = None) -> bool:
        """Play the open step and append it whole; False if the log had moved on.  By an order of control, or the clock's."""
        envelopes = await self.laid()
        ahead = await self.substitutes.before_close(self.history, envelopes, self._world.clock.now_ms())
        now_ms = self._world.clock.now_ms()
        room = ENTRIES_MAX - 1 - sum(map(len, envelopes.values()))
        while len(ahead.recorded) > room:  # some go before, as if they had been given earlier
            first, rest = ahead.recorded[: ENTRIES_MAX - 1], ahead.recorded[ENTRIES_MAX - 1 :]
            if not await self._append(self.history.ahead().through(first, now_ms)):
                return False
            ahead = self.history.ahead().through(rest, now_ms)
        with self._world.metrics.turn():
            closed = played(ahead.game, envelopes, by)
        ahead = ahead.through(closed.recorded, now_ms)
        if not await self._append(ahead):
            return False
        self._publish({item.order.id: item.refusal for item in closed.declined})
        return True

    async def _is_due(self) -> bool:
        """Whether the time is over, by the log's own clock: never early."""
        due_ms = self.history.timer.due_ms
        if due_ms is None or self.now_ms() < due_ms:
            return False
        return await self._clock.exact_ms(self.history.timer) >= due_ms

    def _out_of_place(self, item: Enclosed) -> OutKinds | None:
        """The answer to an envelope that cannot be laid down; None for one that can."""
        key, game = step_key(item.envelope.step), self.history.game
        if key in self.history.closed:
            return self._mailbox.receipt_again(item.country, item.envelope, self.history.digests)
        if key != step_key(clock_id(game.moment)) or game.moment.status in ("lobby", "over"):
            return refusal(Reason.STEP, "step", order_id=item.name)
        acts_max = (ENTRIES_MAX - 1) // len(game.atlas.countries)
        if len(item.envelope.acts) > acts_max:
            sentence = f"An envelope has at most {acts_max} acts here."
            return refusal(Reason.ENVELOPE_LONG, "acts", sentence, order_id=item.name)
        return None


def _again(request: Ordered, *, same: bool) -> OutKinds:
    """The answer to an id that is known: as before, or that it means something else."""
    if same:
        return Acked(id=request.echo)
    return refusal(Reason.ID_REUSED, "id", order_id=request.echo)
