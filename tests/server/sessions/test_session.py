"""The task around the play: failures, parking, bounds, deadlines, lost time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from itertools import pairwise

import pytest

from rules import orders as o
from rules.orders import Order
from rules.sequence import Played, play_step
from rules.state import Game
from rules.wire import frames as f
from rules.wire.canonical import game_hash
from server.log.errors import LogUnavailable
from server.log.memory import MemoryLog
from server.log.protocol import Appended, Stored
from server.log.shelf import MemoryShelf
from server.reasons import Reason
from server.sessions import steps as steps_module
from server.sessions.history import Ahead, History, stored_entry
from server.sessions.outage import Outage
from server.sessions.recovery import recover
from tests.server.stage import EPOCH_MS, SEATS, SESSION, TABLED, Stage, acked, eventually, memory_log, refused, staged, with_limits
from tests.simulation.loop import run_virtually


def test_a_deadline_fires_once_never_early_and_soon() -> None:
    """Over a whole session: each step closes within a second after its time, by one clock order."""

    async def scene() -> None:
        log, shelf = memory_log(), MemoryShelf()
        async with staged(log=log, shelf=shelf) as one, staged(log=log, shelf=shelf):
            await one.start()
            await eventually(lambda: one.status == "over", 10.0)
            rows = (await log.read(SESSION))[1:]
            ids = [row.entry.order_id for row in rows if row.entry.order_id.startswith("clock:")]
            assert len(ids) == len(set(ids)) == len(rows) - 1
            schedule: dict[str, int] = {step.phase: step.seconds for step in one.history.game.atlas.schedule}
            for before, after in pairwise(rows):
                phase = after.entry.order_id.split(":")[3]
                late_ms = after.at_ms - before.at_ms - schedule[phase] * 1000
                assert 0 <= late_ms <= 1000, after.entry.order_id

    run_virtually(scene())


def test_pause_and_resume_keep_the_time_that_was_left() -> None:
    """A pause of an hour after 100 of 180 seconds leaves 80."""

    async def scene() -> None:
        async with staged() as stage:
            await stage.start()
            await stage.until("negotiation")
            opened_ms = stage.history.timer.due_ms
            assert opened_ms is not None
            await asyncio.sleep((opened_ms - EPOCH_MS) / 1000 - 80 - asyncio.get_running_loop().time())
            acked(await stage.order("control", "p", o.Pause(reason="lunch")))
            assert await stage.log.deadline(SESSION) is None
            assert stage.session.seen("public", whole=False).due_in_ms is None
            await asyncio.sleep(3600)
            acked(await stage.order("control", "r", o.Resume()))
            left_ms = stage.session.seen("public", whole=False).due_in_ms
            assert left_ms is not None
            assert 79_000 <= left_ms <= 81_000

    run_virtually(scene())


def test_an_order_over_which_the_rules_fail_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The order is refused, the others go through, the journal names the place and not the order."""
    real = Ahead.given

    def failing(ahead: Ahead, order: o.Order, at_ms: int) -> Ahead:
        if order.author == "BRV":
            raise ZeroDivisionError("secret words")
        return real(ahead, order, at_ms)

    async def scene() -> None:
        async with staged() as stage:
            await stage.start()
            await stage.until("negotiation")
            monkeypatch.setattr(Ahead, "given", failing)
            answers = await asyncio.gather(*(stage.order(seat, "1", o.Done()) for seat in SEATS))
            assert refused(answers[1]) == Reason.FAILED
            assert [acked(answers[k]) for k in (0, 2, 3)] == ["1"] * 3
            assert stage.session.parked is None

    with caplog.at_level(logging.ERROR):
        run_virtually(scene())
    assert "ZeroDivisionError" in caplog.text
    assert "secret words" not in caplog.text


def test_an_envelope_over_which_the_rules_fail_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The step closes without it, and its sender is told."""
    real = play_step

    def failing(game: Game, envelopes: dict[str, Sequence[o.Act]]) -> Played:
        if envelopes.get("BRV"):
            raise ZeroDivisionError
        return real(game, envelopes)

    async def scene() -> None:
        async with staged("rounds") as stage:
            await stage.start()
            await stage.until("negotiation")
            monkeypatch.setattr(steps_module, "play_step", failing)
            for seat in SEATS:
                await stage.enclose(seat, (o.Done(),))
            receipts = stage.audience.receipts()
            assert receipts["ARD"].accepted
            assert [r.code for r in receipts["BRV"].refused] == [Reason.LEFT_OUT]

    run_virtually(scene())


def test_a_session_that_fails_again_and_again_is_parked(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes nothing more and says so; after the cause is gone, control may try again."""

    def failing(game: Game, envelopes: dict[str, Sequence[o.Act]]) -> Played:
        raise ZeroDivisionError

    async def scene() -> None:
        async with staged() as stage:
            await stage.start()
            with monkeypatch.context() as patch:
                patch.setattr(steps_module, "play_step", failing)
                await asyncio.sleep(60)
            assert stage.session.parked is not None
            assert "ZeroDivisionError" in stage.session.parked
            assert refused(await stage.order("ARD", "1", TABLED)) == Reason.PARKED
            stage.session.unpark()
            await stage.until("negotiation")
            acked(await stage.order("ARD", "1", TABLED))

    run_virtually(scene())


class Silent(MemoryLog):
    """A log that can be made to give no answer."""

    silent = False

    async def read(self, game_id: str, since: int = 0, limit: int | None = None) -> tuple[Stored, ...]:
        """Answer, or not."""
        if self.silent:
            raise LogUnavailable("no answer")
        return await super().read(game_id, since, limit)

    async def wait(self, game_id: str, version: int, timeout_s: float) -> int:
        """Answer, or not."""
        if self.silent:
            raise LogUnavailable("no answer")
        return await super().wait(game_id, version, timeout_s)

    async def now_ms(self) -> int:
        """Answer, or not."""
        if self.silent:
            raise LogUnavailable("no answer")
        return await super().now_ms()


def test_a_silent_log_stops_the_game_and_nothing_else() -> None:
    """No deadline fires while the log is silent, the session is not parked, and it goes on by itself."""

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        log = Silent(lambda: int(loop.time() * 1000))
        async with staged(log=log) as stage:
            await stage.start()
            log.silent = True
            await asyncio.sleep(600)
            assert stage.phase == "briefing"
            assert stage.session.parked is None
            log.silent = False
            await asyncio.sleep(3)
            assert stage.phase == "negotiation"

    run_virtually(scene())


def test_too_many_requests_are_told_to_come_again() -> None:
    """The inbox is bounded; what is in it is served."""

    async def scene() -> None:
        async with staged(settings=with_limits(inbox_requests_max=3)) as stage:
            await stage.start()
            await stage.until("negotiation")
            answers = await asyncio.gather(*(stage.order("ARD", str(n), TABLED) for n in range(9)))
            codes = [a.code for a in answers if isinstance(a, f.Refusal)]
            assert codes.count(Reason.BUSY) >= 5
            assert any(isinstance(a, f.Acked) for a in answers)

    run_virtually(scene())


def test_a_log_that_went_back_is_read_anew() -> None:
    """A store put back to an earlier state: the session fails once, then plays on from what there is."""

    async def scene() -> None:
        log = memory_log()
        async with staged(log=log) as stage:
            await stage.start()
            await stage.until("negotiation")
            acked(await stage.order("ARD", "1", TABLED))
            rows = log._games[SESSION].rows
            lost = rows.pop()
            del log._games[SESSION].ids[lost.entry.order_id]
            assert refused(await stage.order("BRV", "1", o.Done())) == Reason.FAILED
            assert stage.history.version == len(rows)
            acked(await stage.order("BRV", "1", o.Done()))
            assert game_hash(stage.history.game) == game_hash((await recover(log, SESSION)).game)

    run_virtually(scene())


def test_a_log_that_went_back_and_grew_again_is_read_anew() -> None:
    """It is longer than what was known, and yet holds something else: nobody goes on from orders that are gone."""

    async def scene() -> None:
        log = memory_log()
        async with staged(log=log) as stage:
            await stage.start()
            await stage.until("negotiation")
            acked(await stage.order("ARD", "lost", TABLED))
            rows = log._games[SESSION].rows
            del log._games[SESSION].ids[rows.pop().entry.order_id]
            for seat in ("BRV", "COR"):
                history = await recover(log, SESSION)
                given = history.ahead().given(Order(id=f"{seat}:1", author=seat, act=o.Done()), EPOCH_MS)
                assert isinstance(await log.append(SESSION, history.version, [stored_entry(each) for each in given.recorded]), Appended)
            await stage.session.look(len(rows))
            assert "ARD:lost" not in stage.history.digests
            assert stage.history.game.moment.done == ("BRV", "COR")
            acked(await stage.order("ARD", "2", TABLED))

    run_virtually(scene())


@pytest.mark.parametrize(("lost_s", "status"), [(90, "running"), (3 * 86_400, "paused")])
def test_lost_time_is_given_back_once(lost_s: int, status: str) -> None:
    """What was left when the last process died is left when the next one starts, whoever starts."""

    async def scene() -> None:
        log, shelf = memory_log(), MemoryShelf()
        async with staged(log=log, shelf=shelf) as stage:
            await stage.start()
            await stage.until("negotiation")
            due_ms = stage.history.timer.due_ms
        assert due_ms is not None
        outage = Outage(since_ms=due_ms - 30_000, until_ms=due_ms - 30_000 + lost_s * 1000)
        await asyncio.sleep((outage.until_ms - EPOCH_MS) / 1000 - asyncio.get_running_loop().time())
        for _ in range(2):  # two processes
            restored = await _restored(stage, outage)
            assert restored.game.moment.status == status
            assert restored.game.moment.revision == 1
            assert restored.game.moment.phase == "negotiation"
            if status == "running":
                assert restored.timer.due_ms == due_ms + lost_s * 1000

    run_virtually(scene())


async def _restored(stage: Stage, outage: Outage) -> History:
    """The history after a process restored the session."""
    stage.session._play.history = await recover(stage.log, SESSION)
    await stage.session.restore(outage)
    return await recover(stage.log, SESSION)
