"""The log's clock as it is reckoned here."""

from __future__ import annotations

import asyncio

from server.log.memory import MemoryLog
from server.sessions.clock import LogClock, StepClock
from server.sessions.timer import Timer
from tests.simulation.loop import run_virtually


def test_the_clock_follows_the_log_and_not_this_machine() -> None:
    """Between two askings it runs with the loop; at the next it takes the log's jump over."""

    async def scene() -> None:
        loop, jump_ms = asyncio.get_running_loop(), [5_000]
        clock = LogClock(MemoryLog(lambda: jump_ms[0] + int(loop.time() * 1000)))
        assert await clock.exact_ms() == 5_000
        await asyncio.sleep(2.5)
        assert clock.now_ms() == 7_500
        jump_ms[0] += 3_600_000
        assert clock.now_ms() == 7_500
        assert await clock.exact_ms() == 3_607_500
        assert clock.now_ms() == 3_607_500

    run_virtually(scene())


def test_a_step_keeps_its_time_though_the_clock_jumps() -> None:
    """Forth, back, and forth again while a step runs; a step that begins after a jump is on the new scale, and both hold side by side."""

    async def scene() -> None:
        loop, set_ms = asyncio.get_running_loop(), [10_000_000]
        clock = LogClock(MemoryLog(lambda: set_ms[0] + int(loop.time() * 1000)))
        first, second = StepClock(clock), StepClock(clock)
        began_ms = await clock.exact_ms()
        timer = Timer(due_ms=began_ms + 60_000, since_ms=began_ms)
        assert first.now_ms(timer) == began_ms
        later = timer
        for number, jump_ms in enumerate((3_600_000, -7_200_000, 500, 5_000_000), 1):
            set_ms[0] += jump_ms
            stamp_ms = await clock.exact_ms()
            if number == 2:
                later = Timer(due_ms=stamp_ms + 60_000, since_ms=stamp_ms)
                assert second.now_ms(later) == stamp_ms
            await asyncio.sleep(10)
            assert abs(await first.exact_ms(timer) - began_ms - 10_000 * number) <= 1
        assert abs(second.now_ms(later) - later.since_ms - 30_000) <= 1
        assert clock.set_back_ms == 2_199_500
        assert clock.steady_ms == 10_000
        set_ms[0] -= 4_000_000
        await clock.exact_ms()
        assert clock.set_back_ms == 6_199_500
        assert clock.steady_ms == 0

    run_virtually(scene())


def test_a_late_answer_is_no_jump() -> None:
    """The log may have read its clock at any moment between question and answer."""

    async def scene() -> None:
        clock = LogClock(MemoryLog(lambda: 0))
        clock.heard(1_000_000, 0.0)
        await asyncio.sleep(30)
        clock.heard(1_000_000, 0.0)
        assert (clock.jumped_ms, clock.now_ms()) == (0.0, 1_030_000)
        clock.heard(1_040_000, 29.0)
        assert clock.jumped_ms == 10_000.0

    run_virtually(scene())


def test_a_step_is_not_short_though_its_stamp_came_late_and_from_after_a_jump() -> None:
    """The clock was set back just before a step was stored, and the answer was slow: only the next word tells how far."""

    async def scene() -> None:
        clock = LogClock(MemoryLog(lambda: 0))
        clock.heard(1_000_000, 0.0)
        await asyncio.sleep(10.6)
        timer = Timer(due_ms=1_069_900, since_ms=1_009_900)  # at 10.3 s, and 400 ms back
        step = StepClock(clock)
        clock.heard(timer.since_ms, 10.0)
        step.now_ms(timer)
        await asyncio.sleep(0.05)
        clock.heard(1_010_250, 10.64)
        assert 340 <= step.now_ms(timer) - timer.since_ms <= 360
        await asyncio.sleep(10)
        assert 10_340 <= step.now_ms(timer) - timer.since_ms <= 10_360

    run_virtually(scene())


def test_a_stamp_is_looked_at_again_however_much_was_heard_meanwhile() -> None:
    """A process reads of a step before it hears of the jump, and then hears twice before it asks for the time."""

    async def scene() -> None:
        loop, set_ms = asyncio.get_running_loop(), [10_000_000]
        clock = LogClock(MemoryLog(lambda: set_ms[0] + int(loop.time() * 1000)))
        await clock.exact_ms()
        await asyncio.sleep(5)
        set_ms[0] -= 4_000
        step, timer = StepClock(clock), Timer(due_ms=10_061_000, since_ms=10_001_000)
        step.now_ms(timer)
        for _ in range(2):
            await clock.exact_ms()
        assert step.now_ms(timer) == timer.since_ms

    run_virtually(scene())
