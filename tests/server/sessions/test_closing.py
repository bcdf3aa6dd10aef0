"""Closing a step: control's order beside the clock's, beside other processes, and with what takes the place of missing orders."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest

from rules import orders as o
from rules.orders import Order
from rules.wire import frames as f
from server.log.memory import MemoryLog
from server.log.protocol import KEEP, Appended, Deadline, Entry, Keep, Outcome
from server.log.shelf import MemoryShelf
from server.reasons import Reason
from server.sessions.history import stored_entry
from server.sessions.mailbox import Mailbox
from server.sessions.recovery import recover
from tests.server.stage import SEATS, SESSION, TABLED, acked, advance_of, eventually, memory_log, negotiating, refused, staged
from tests.simulation.loop import run_virtually


def test_control_closes_a_step_at_once() -> None:
    """By its own order, which stands in the log: sent again, it is acknowledged again.  In rounds with the envelopes that are in."""

    async def scene(pace: f.Pace) -> None:
        async with staged(pace) as stage:
            await stage.start()
            await stage.until("negotiation")
            if pace == "rounds":
                await stage.enclose("ARD", (TABLED,))
            advance = advance_of(stage)
            acked(await stage.order("control", "now", advance))
            assert stage.history.game.moment.round == 2
            assert len(stage.history.game.drafts) == (1 if pace == "rounds" else 0)
            assert acked(await stage.order("control", "now", advance)) == "now"
            assert refused(await stage.order("control", "again", advance)) == "clock/stale"
            assert stage.history.game.moment.round == 2
            assert (await recover(stage.log, SESSION)).game == stage.history.game

    run_virtually(scene("rounds"))
    run_virtually(scene("live"))


@pytest.mark.parametrize("pace", ["rounds", "live"])
def test_a_step_that_control_closes_twice_at_once_closes_once(pace: f.Pace) -> None:
    """Two devices, or one that sends again: the step after it stays open, and whoever came second is told."""

    async def scene() -> None:
        async with staged(pace) as stage:
            await stage.start()
            await stage.until("negotiation")
            advance = advance_of(stage)
            first, second = await asyncio.gather(stage.order("control", "one", advance), stage.order("control", "two", advance))
            acked(first)
            assert refused(second) == "clock/stale"
            assert stage.history.game.moment.round == 2

    run_virtually(scene())


@pytest.mark.parametrize("pace", ["rounds", "live"])
@pytest.mark.parametrize("meanwhile", [o.Extend(seconds=60), o.Pause(reason="a question")])
def test_a_step_that_was_lengthened_or_paused_is_not_closed_by_an_order_before(pace: f.Pace, meanwhile: o.Act) -> None:
    """Nobody is told that a step is closed that is open."""

    async def scene() -> None:
        async with staged(pace) as stage:
            await stage.start()
            await stage.until("negotiation")
            advance = advance_of(stage)
            other, force = await asyncio.gather(stage.order("control", "other", meanwhile), stage.order("control", "force", advance))
            acked(other)
            refused(force)
            assert stage.history.game.moment.round == 1

    run_virtually(scene())


class Forestalled(MemoryLog):
    """A log in which another process is quicker by one order, once."""

    def __init__(self, clock: Callable[[], int], act: o.Act) -> None:
        super().__init__(clock)
        self._act = act
        self.is_ready = False

    async def append(
        self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP
    ) -> Outcome:
        """Another order of control first, if the clock closes a step."""
        if self.is_ready and entries[-1].order_id.startswith("clock:"):
            self.is_ready = False
            history = await recover(self, game_id)
            order = Order(id="control:quicker", author="control", act=self._act)
            ahead = history.ahead().given(order, self._clock())
            outcome = await super().append(game_id, version, [stored_entry(entry) for entry in ahead.recorded], ahead.deadline())
            assert isinstance(outcome, Appended)
        return await super().append(game_id, version, entries, deadline)


@pytest.mark.parametrize("pace", ["rounds", "live"])
@pytest.mark.parametrize("meanwhile", [o.Extend(seconds=60), o.Pause(reason="a question")])
def test_a_step_that_another_process_lengthens_or_pauses_at_the_last_moment_stays_open(pace: f.Pace, meanwhile: o.Act) -> None:
    """Whoever is late to append asks again whether there is anything to close."""

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        log = Forestalled(lambda: int(loop.time() * 1000), meanwhile)
        async with staged(pace, log=log) as stage:
            await stage.start()
            await stage.until("negotiation")
            log.is_ready = True
            await eventually(lambda: "control:quicker" in stage.history.digests)
            await asyncio.sleep(50)
            assert stage.history.game.moment.round == 1
            await asyncio.sleep(20)
            assert stage.history.game.moment.round == (1 if isinstance(meanwhile, o.Pause) else 2)

    run_virtually(scene())


class Deaf(MemoryLog):
    """A log that tells nobody when it grows."""

    async def wait(self, game_id: str, version: int, timeout_s: float) -> int:
        """Nothing is heard of it for an hour."""
        await asyncio.sleep(3600)
        return await super().wait(game_id, version, timeout_s)


def test_nobody_is_refused_for_what_another_process_has_changed() -> None:
    """A device that went over to a process that has not read so far gives its order there."""

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        log, shelf = Deaf(lambda: int(loop.time() * 1000)), MemoryShelf()
        async with staged(log=log, shelf=shelf) as one, staged(log=log, shelf=shelf) as two:
            await one.start()
            await one.order("control", "first", advance_of(one))
            assert one.phase == "negotiation"
            assert two.status == "lobby"
            assert acked(await two.order("ARD", "1", TABLED, step=one.step)) == "1"
            assert refused(await one.order("ARD", "2", o.Done(), step="clock:0:1:negotiation:7:0")) == Reason.STEP

    run_virtually(scene())


def test_control_closes_a_step_with_its_envelopes_where_nobody_has_read_of_it() -> None:
    """An order for a step of which this process reads only then closes it as any other does."""

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        log, shelf = Deaf(lambda: int(loop.time() * 1000)), MemoryShelf()
        async with staged("rounds", log=log, shelf=shelf) as one, staged("rounds", log=log, shelf=shelf) as two:
            await negotiating(one)
            await one.enclose("ARD", (TABLED,))
            assert two.status == "lobby"
            acked(await two.order("control", "now", advance_of(one)))
            assert two.history.game.moment.round == 2
            assert len(two.history.game.drafts) == 1

    run_virtually(scene())


def test_an_envelope_of_a_closed_step_takes_the_place_of_no_other() -> None:
    """However little the process that gets it has read: it tells of the close, and what was held stays."""

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        log, shelf = Deaf(lambda: int(loop.time() * 1000)), MemoryShelf()
        async with staged("rounds", log=log, shelf=shelf) as one, staged("rounds", log=log, shelf=shelf) as two:
            await negotiating(one)
            await two.session.refresh()
            old = one.step
            acked(await one.order("control", "now", advance_of(one)))
            assert two.step == old
            assert isinstance(await one.enclose("ARD", (TABLED,)), f.Held)
            assert isinstance(await two.enclose("ARD", (), old), f.Receipt)
            assert await one.session.laid() == {"ARD": (TABLED,)}

    run_virtually(scene())


@pytest.mark.parametrize("opened", [True, False])
def test_a_step_whose_last_envelope_was_taken_by_a_process_that_died_is_closed_for_who_comes(*, opened: bool) -> None:
    """Whether the session is in memory where they come, or is read from its log: nobody waits for the deadline."""

    async def scene() -> None:
        log, shelf = memory_log(), MemoryShelf()
        async with staged("rounds", log=log, shelf=shelf) as one:
            await negotiating(one)
            dead = Mailbox(SESSION, shelf)
            await dead.lay_down({seat: f.Envelope(step=one.step, acts=()) for seat in SEATS}, await dead.found(SEATS))
            if opened:
                await asyncio.sleep(5)
                one.session.welcome("ARD")
                await asyncio.sleep(2)
                assert one.history.game.moment.round == 2
        async with staged("rounds", log=log, shelf=shelf) as two:
            await asyncio.sleep(2)
            assert two.history.game.moment.round == 2

    run_virtually(scene())
