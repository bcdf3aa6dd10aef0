"""Sessions in memory: opened once, unfit ones remembered, resting ones put away; the watch and lost time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from rules.orders import Extend, Order
from rules.wire.frames import OutKinds, Refusal
from server.log.errors import LogUnavailable
from server.log.memory import MemoryLog
from server.log.protocol import KEEP, Deadline, Entry, Keep, Outcome, Stored
from server.log.shelf import MemoryShelf, Shelf
from server.reasons import CloseCode, Reason
from server.sessions.clock import LogClock
from server.sessions.gallery import Onlooker
from server.sessions.hall import Hall
from server.sessions.outage import FIELD, PLACE, Outage, outage_before
from server.sessions.plans import StoredPlan, keep_plan
from server.sessions.recovery import CannotContinue, UnknownSession, head_entry
from server.sessions.requests import Ordered
from server.sessions.session import Session
from server.sessions.surroundings import Contended, Surroundings
from server.sessions.tokens import Tokens
from server.sessions.watch import FORGET, SWEEP, Watch
from server.settings import Settings
from server.tasks import ended
from server.web import forms
from server.web.denials import Denied
from server.web.lobby import Lobby
from server.web.outbox import Outbox
from tests.server.stage import EPOCH_MS, head, memory_log
from tests.simulation.loop import run_virtually

PLAN = StoredPlan(scenario="tiny", pace="live", skip_reading=True, open_seats=True, created_ms=0)


@dataclass
class House:
    """A process without a port."""

    hall: Hall
    lobby: Lobby
    tokens: Tokens
    watch: Watch
    world: Surroundings


@asynccontextmanager
async def house(log: MemoryLog, shelf: Shelf, settings: Settings | None = None) -> AsyncIterator[House]:
    """One life of a process."""
    settings, clock = settings or Settings(), LogClock(log)
    world = Surroundings(log, shelf, clock, settings)
    hall, tokens = Hall(world), Tokens(shelf, clock, settings.limits)
    lobby, watch = Lobby(hall, world, tokens), Watch(hall, world, tokens)
    await watch.begin()
    watching = asyncio.create_task(watch.run())
    try:
        yield House(hall, lobby, tokens, watch, world)
    finally:
        await ended(watching)
        await hall.close()


async def made(one: House) -> forms.Made:
    """A started session."""
    session = await one.lobby.make(forms.NewSession(scenario="tiny", seed="hall"))
    await one.lobby.control(session.session, session.control_token, forms.StartAct(act="start"))
    return session


def test_a_session_is_opened_once_however_many_ask() -> None:
    """And unknown names leave no trace."""

    async def scene() -> None:
        async with house(memory_log(), MemoryShelf()) as one:
            session = await made(one)
            rooms = await asyncio.gather(*(one.hall.room(session.session) for _ in range(10)))
            assert all(room is rooms[0] for room in rooms)
            for name in ("nowhere", "elsewhere"):
                with pytest.raises(UnknownSession):
                    await one.hall.room(name)
            assert not one.hall._doors  # there only while somebody waits at one

    run_virtually(scene())


def test_a_log_of_other_rules_is_unfit_and_says_why_to_control() -> None:
    """Everybody else hears that the session is stopped; after a repair control may try again."""

    async def scene() -> None:
        log, shelf = memory_log(), MemoryShelf()
        other = head().model_copy(update={"rules_hash": "0" * 64})
        await log.append("old", 0, [head_entry(other)], None)
        await keep_plan(shelf, "old", PLAN)
        async with house(log, shelf) as one:
            token = await one.tokens.issue("old", "umpire")
            with pytest.raises(CannotContinue, match="other rules"):
                await one.hall.room("old")
            with pytest.raises(Denied) as denied:
                await one.lobby.room("old")
            assert denied.value.body.code == Reason.PARKED
            assert "rules" not in denied.value.body.sentence
            done = await one.lobby.control("old", token, forms.TroubleAct(act="trouble"))
            assert done.trouble is not None
            assert "other rules" in done.trouble
            log._games["old"].rows[0] = replace(log._games["old"].rows[0], entry=head_entry(head()))
            await one.lobby.control("old", token, forms.RetryAct(act="retry"))
            assert (await one.lobby.room("old")).session.history.version == 1

    run_virtually(scene())


def test_a_spoilt_log_stops_one_session_and_not_the_others() -> None:
    """Not even when it is due."""

    async def scene() -> None:
        log, shelf = memory_log(), MemoryShelf()
        async with house(log, shelf) as one:
            session = await made(one)
            version = await log.version(session.session)
            await log.append(session.session, version, [Entry("x", "00", b'{"order": {}, "events": []}')])
        async with house(log, shelf) as one:
            well = await made(one)
            await asyncio.sleep(100.0)
            assert one.hall.trouble(session.session) is not None
            room = one.hall.in_memory(well.session)
            assert room is not None
            assert room.session.history.game.moment.phase == "negotiation"

    run_virtually(scene())


def test_a_plan_that_cannot_be_read_stops_one_session_and_not_the_others() -> None:
    """Such as one of a newer version: the server starts, lists the others, and says to control why this one does not go on."""

    async def scene() -> None:
        log, shelf = memory_log(), MemoryShelf()
        async with house(log, shelf) as one:
            odd, well = await made(one), await made(one)
            plan = await shelf.get(odd.session, "plan")
            assert plan is not None
            await shelf.put(odd.session, "plan", plan.replace("{", '{"of_tomorrow":1,', 1))
        await asyncio.sleep(100.0)
        async with house(log, shelf) as two:
            await asyncio.sleep(100.0)
            assert "of_tomorrow" in str(two.hall.trouble(odd.session))
            assert [card.session for card in (await two.lobby.cards()).sessions] == [well.session]
            room = two.hall.in_memory(well.session)
            assert room is not None
            assert room.session.history.game.moment.phase == "negotiation"

    run_virtually(scene())


def test_a_word_to_all_processes_is_heeded_at_once() -> None:
    """A session that was rewritten is put out of memory everywhere; where tokens were made void, sockets close before the next look."""

    async def scene() -> None:
        log, shelf = memory_log(), MemoryShelf()
        async with house(log, shelf) as one:
            session = await made(one)
            room = await one.hall.room(session.session)
            gone = Onlooker(Outbox("ARD", 0, "unipole.v1+json", one.world.settings.limits), "no proof of any token")
            room.gallery.join(gone)
            await log.hint(session.session, SWEEP)
            await asyncio.sleep(0.01)
            assert gone.leaving is not None
            await log.hint(session.session, FORGET)
            await asyncio.sleep(0.01)
            assert one.hall.in_memory(session.session) is None

    run_virtually(scene())


def test_a_deadline_of_a_session_in_nobodys_memory_fires() -> None:
    """After a restart, within two seconds of its time, without anybody asking for it."""

    async def scene() -> None:
        log, shelf = memory_log(), MemoryShelf()
        async with house(log, shelf) as one:
            session = await made(one)
        async with house(log, shelf) as two:
            assert two.hall.in_memory(session.session) is None
            await asyncio.sleep(32.0)
            rows = await log.read(session.session)
            assert rows[-1].entry.order_id == "clock:0:1:briefing:1:0"
            assert 30_000 <= rows[-1].at_ms - rows[-2].at_ms <= 32_000

    run_virtually(scene())


def test_time_lost_while_nobody_lived_is_given_back() -> None:
    """And only then: a short silence, or a deadline that did not pass, gives nothing."""

    async def scene(away_s: float) -> int:
        log, shelf = memory_log(), MemoryShelf()
        async with house(log, shelf) as one:
            session = await made(one)
            await asyncio.sleep(20.0)
        await asyncio.sleep(away_s)
        async with house(log, shelf), house(log, shelf):
            await asyncio.sleep(3.0)
        rows = await log.read(session.session)
        assert sum(row.entry.order_id.startswith("outage:") for row in rows) <= 1
        deadline = await log.deadline(session.session)
        assert deadline is not None
        return deadline.due_ms - EPOCH_MS

    assert 70_000 <= run_virtually(scene(40.0)) <= 73_000
    assert run_virtually(scene(4.0)) == 30_000


def test_no_mark_and_a_fresh_mark_mean_no_outage() -> None:
    """An old one is one."""

    async def scene() -> None:
        shelf = MemoryShelf()
        assert await outage_before(shelf, 100_000, 5.0) is None
        await shelf.put(PLACE, FIELD, "97000")
        assert await outage_before(shelf, 100_000, 5.0) is None
        found = await outage_before(shelf, 200_000, 5.0)
        assert found is not None
        assert (found.since_ms, found.until_ms) == (97_000, 200_000)

    run_virtually(scene())


def test_sessions_rest_and_tokens_are_checked() -> None:
    """A session is put out of memory when nobody was there for long; a token revoked elsewhere closes its sockets."""

    async def scene() -> None:
        log, shelf = memory_log(), MemoryShelf()
        settings = Settings()
        async with house(log, shelf, settings) as one, house(log, shelf, settings) as two:
            session = await one.lobby.make(forms.NewSession(scenario="tiny", seed="hall"))
            token = (await one.lobby.claim(session.session, "ARD", None)).token
            proven = await two.lobby.admit(session.session, token)
            assert proven is not None
            gallery = (await two.hall.room(session.session)).gallery
            onlooker = Onlooker(Outbox("ARD", 0, "unipole.v1+json", settings.limits), proven.proof)
            gallery.join(onlooker)
            await one.lobby.revoke(session.session, "ARD", session.control_token)
            await asyncio.sleep(settings.token_check_seconds + 1)
            assert onlooker.leaving is not None
            assert onlooker.leaving[0] == CloseCode.POLICY
            assert await two.lobby.admit(session.session, token) is None
            gallery.part(onlooker)
            await asyncio.sleep(settings.limits.session_rest_seconds + 10)
            assert two.hall.in_memory(session.session) is None
            assert (await two.hall.room(session.session)).session.history.version == 1

    run_virtually(scene())


def test_a_session_that_somebody_is_about_to_enter_stays() -> None:
    """However long it was empty before."""

    async def scene() -> None:
        settings = Settings()
        async with house(memory_log(), MemoryShelf(), settings) as one:
            session = await one.lobby.make(forms.NewSession(scenario="tiny", seed="hall"))
            room = await one.hall.room(session.session)
            await asyncio.sleep(settings.limits.session_rest_seconds - 1)
            assert await one.hall.room(session.session) is room
            await asyncio.sleep(60)
            assert one.hall.in_memory(session.session) is room

    run_virtually(scene())


def test_whoever_asks_in_a_session_that_is_put_away_is_told_that_nothing_is_known() -> None:
    """What waits, what is being served, and what comes after: each has an answer, and no look hangs."""

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        log = Stuck(lambda: EPOCH_MS + int(loop.time() * 1000))
        async with house(log, MemoryShelf()) as one:
            made_session = await made(one)
            session = (await one.hall.room(made_session.session)).session
            answers: list[OutKinds] = []

            def ask(name: str) -> None:
                order = Order(id=f"control:{name}", author="control", act=Extend(seconds=60))
                session.ask(Ordered(order, name, answers.append))

            log.is_stuck = True
            ask("served")
            await asyncio.sleep(1)
            ask("waiting")
            await one.hall.forget(made_session.session)
            ask("after")
            await session.look()
            told = [(answer.id, answer.code) for answer in answers if isinstance(answer, Refusal)]
            assert told == [(name, Reason.LOG) for name in ("served", "waiting", "after")]

    run_virtually(scene())


@pytest.mark.parametrize("fault", [Contended, LogUnavailable])
def test_a_session_whose_lost_time_cannot_be_given_back_now_is_not_unfit(
    fault: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is asked for again, and then it is there."""

    async def scene() -> None:
        async with house(memory_log(), MemoryShelf()) as one:
            session = await one.lobby.make(forms.NewSession(scenario="tiny", seed="hall"))
            await one.hall.forget(session.session)
            one.hall.outage = Outage(0, 1)

            async def failing(*_: object) -> None:
                raise fault

            with monkeypatch.context() as patch:
                patch.setattr(Session, "restore", failing)
                with pytest.raises(LogUnavailable):
                    await one.hall.room(session.session)
            assert one.hall.trouble(session.session) is None
            assert (await one.hall.room(session.session)).session.history.version == 1

    run_virtually(scene())


def test_a_closed_hall_opens_nothing() -> None:
    """Whoever asks is told to come again."""

    async def scene() -> None:
        async with house(memory_log(), MemoryShelf()) as one:
            session = await made(one)
            await one.hall.close()
            with pytest.raises(LogUnavailable):
                await one.hall.room(session.session)

    run_virtually(scene())


class Slow(MemoryLog):
    """A log that takes a second to read."""

    async def read(self, game_id: str, since: int = 0, limit: int | None = None) -> tuple[Stored, ...]:
        """What there is at the beginning of that second."""
        page = await super().read(game_id, since, limit)
        await asyncio.sleep(1)
        return page


def test_what_is_forgotten_while_it_is_being_opened_is_not_in_memory() -> None:
    """It has read what is to be forgotten; who asked for it finds that it is gone."""

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        async with house(Slow(lambda: EPOCH_MS + int(loop.time() * 1000)), MemoryShelf()) as one:
            session = await made(one)
            await one.hall.forget(session.session)
            opening = asyncio.create_task(one.hall.room(session.session))
            await asyncio.sleep(0.5)
            await one.hall.forget(session.session)
            assert (await opening).session.is_gone
            assert one.hall.in_memory(session.session) is None

    run_virtually(scene())


def test_what_is_being_opened_while_the_hall_closes_does_not_stay() -> None:
    """Nobody would end its task."""

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        async with house(Slow(lambda: EPOCH_MS + int(loop.time() * 1000)), MemoryShelf()) as one:
            session = await made(one)
            await one.hall.forget(session.session)
            opening = asyncio.create_task(one.hall.room(session.session))
            await asyncio.sleep(0.5)
            await one.hall.close()
            with pytest.raises(LogUnavailable):
                await opening
            assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("session ")]

    run_virtually(scene())


def test_a_session_is_forgotten_while_another_is_put_away() -> None:
    """Each of them once."""

    async def scene() -> None:
        settings = Settings()
        async with house(memory_log(), MemoryShelf(), settings) as one:
            names = sorted([(await one.lobby.make(forms.NewSession(scenario="tiny", seed=seed))).session for seed in ("a", "b")])
            for name in names:
                (await one.hall.room(name)).empty_since_s -= settings.limits.session_rest_seconds + 1
            await asyncio.gather(one.hall.rest(), one.hall.forget(names[1]))
            assert not list(one.hall)

    run_virtually(scene())


class Stuck(MemoryLog):
    """A log that takes for ever to append."""

    is_stuck = False

    async def append(
        self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP
    ) -> Outcome:
        """Wait until cancelled."""
        if self.is_stuck:
            await asyncio.Event().wait()
        return await super().append(game_id, version, entries, deadline)


class Failing(MemoryLog):
    """A log whose index of deadlines fails for a while."""

    fault: type[Exception] | None = None

    async def due(self, now_ms: int) -> tuple[tuple[str, Deadline], ...]:
        """What is due, or a fault."""
        if self.fault is not None:
            raise self.fault
        return await super().due(now_ms)


@pytest.mark.parametrize("fault", [LogUnavailable, ZeroDivisionError])
def test_the_watch_goes_on_after_a_fault(fault: type[Exception]) -> None:
    """Whatever it was: a server without its watch would miss deadlines."""

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        log, shelf = Failing(lambda: EPOCH_MS + int(loop.time() * 1000)), MemoryShelf()
        async with house(log, shelf) as one:
            session = await made(one)
        async with house(log, shelf) as two:
            log.fault = fault
            await asyncio.sleep(60)
            assert two.hall.in_memory(session.session) is None
            log.fault = None
            await asyncio.sleep(2)
            assert two.hall.in_memory(session.session) is not None

    run_virtually(scene())
