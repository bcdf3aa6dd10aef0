"""Deciding, appending, acknowledging: one session, and two processes on one log."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from client.arena import play
from client.bots.random_legal import RandomLegal
from rules import orders as o
from rules.orders import Order
from rules.state import Game
from rules.view import view
from rules.wire import frames as f
from rules.wire.canonical import game_hash
from rules.wire.logbook import pack
from scenarios import opening
from server.log.errors import LogUnavailable
from server.log.memory import MemoryLog
from server.log.protocol import ENTRIES_MAX, KEEP, Deadline, Entry, Keep, Outcome, Stored
from server.log.shelf import MemoryShelf
from server.reasons import Reason
from server.sessions.courtesy import Courtesy
from server.sessions.recovery import recover, scenario_named
from tests.server.stage import SEATS, SESSION, TABLED, Stage, acked, advance_of, eventually, memory_log, negotiating, refused, staged
from tests.simulation.loop import run_virtually


class Faulty(MemoryLog):
    """A log whose answer to the next appends gets lost, before or after they are stored."""

    lose_before = 0
    lose_after = 0

    async def append(
        self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP
    ) -> Outcome:
        """Store or not, then say nothing."""
        if self.lose_before:
            self.lose_before -= 1
            raise LogUnavailable("lost on the way there")
        outcome = await super().append(game_id, version, entries, deadline)
        if self.lose_after:
            self.lose_after -= 1
            raise LogUnavailable("lost on the way back")
        return outcome


def test_an_order_is_durable_before_it_is_acknowledged() -> None:
    """When the ack arrives the log has the entry, and the history too."""

    async def scene() -> None:
        async with staged() as stage:
            await stage.start()
            await stage.until("negotiation")
            before = await stage.log.version(SESSION)
            assert acked(await stage.order("ARD", "1", TABLED)) == "1"
            assert await stage.log.version(SESSION) == before + 1 == stage.history.version

    run_virtually(scene())


def test_a_resent_order_is_acknowledged_again_and_counts_once() -> None:
    """The same id with the same content is harmless; with other content it is refused."""

    async def scene() -> None:
        async with staged() as stage:
            await stage.start()
            await stage.until("negotiation")
            acked(await stage.order("ARD", "1", TABLED))
            version = stage.history.version
            acked(await stage.order("ARD", "1", TABLED))
            assert stage.history.version == version
            other = o.Table(council="four", action="demand", issue="dorn-force", target="DOR")
            assert refused(await stage.order("ARD", "1", other)) == Reason.ID_REUSED
            first, second = await asyncio.gather(
                stage.order("BRV", "2", o.Done()), stage.order("BRV", "2", o.Done())
            )
            assert acked(first) == acked(second) == "2"

    run_virtually(scene())


def test_a_refused_order_leaves_no_trace() -> None:
    """The rules' own code and field come back, and the log stays as it was."""

    async def scene() -> None:
        async with staged() as stage:
            await stage.start()
            version = stage.history.version
            assert refused(await stage.order("ARD", "1", o.Vote(draft="none", choice="yes"))) == "phase/not-now"
            assert refused(await stage.order("ARD", "2", o.Start())) == "seat/not-yours"
            assert await stage.log.version(SESSION) == version

    run_virtually(scene())


@pytest.mark.parametrize("lost", ["lose_before", "lose_after"])
def test_a_lost_answer_is_no_acknowledgement_and_a_resend_settles_it(lost: str) -> None:
    """Whether or not the entry was stored: the resend is acknowledged and the order counts once."""

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        log = Faulty(lambda: int(loop.time() * 1000))
        async with staged(log=log) as stage:
            await stage.start()
            await stage.until("negotiation")
            setattr(log, lost, 1)
            assert refused(await stage.order("ARD", "1", TABLED)) == Reason.LOG
            acked(await stage.order("ARD", "1", TABLED))
            rows = await log.read(SESSION)
            assert [row.entry.order_id for row in rows].count("ARD:1") == 1
            assert len(stage.history.game.drafts) == 1

    run_virtually(scene())


def test_two_processes_see_one_order_of_events() -> None:
    """Orders through both at once: every one counts once, and both end in the same state."""

    async def scene() -> None:
        log, shelf = memory_log(), MemoryShelf()
        async with staged(log=log, shelf=shelf) as one, staged(log=log, shelf=shelf) as two:
            await one.start()
            await one.until("negotiation")
            wishes = [
                stage.order(seat, f"{number}{seat}", TABLED.model_copy(update={"pressed": bool(number)}))
                for number, stage in enumerate((one, two))
                for seat in SEATS
            ]
            answers = await asyncio.gather(*wishes)
            await asyncio.sleep(2.0)
            assert game_hash(one.history.game) == game_hash(two.history.game)
            ids = [row.entry.order_id for row in await log.read(SESSION)]
            assert len(ids) == len(set(ids))
            assert sum(isinstance(a, f.Acked) for a in answers) == sum(":" in i and i[:3] in SEATS for i in ids)

    run_virtually(scene())


class RandomSeats:
    """Bots for all seats of a stage."""

    def __init__(self) -> None:
        self.bots = {seat: RandomLegal(f"b{seat}") for seat in SEATS}

    async def play(self, stages: dict[str, Stage], order: tuple[str, ...]) -> None:
        """Each seat speaks through its own process, in this order, until the end."""
        while (game := stages[order[0]].history.game).moment.status != "over":
            if game.moment.phase in ("negotiation", "assembly", "orders"):
                step = stages[order[0]].step
                for seat in order:
                    await stages[seat].session.refresh()
                    await stages[seat].enclose(seat, self.bots[seat].choose(view(game, seat)), step)
            await asyncio.sleep(1.5)


@pytest.mark.parametrize("order", [SEATS, SEATS[::-1], ("COR", "ARD", "DOR", "BRV")])
def test_rounds_write_the_log_of_the_arena_whatever_the_order_of_arrival(order: tuple[str, ...]) -> None:
    """Entry by entry and byte by byte, with the seats spread over two processes."""

    async def scene() -> tuple[bytes, ...]:
        log, shelf = memory_log(), MemoryShelf()
        async with staged("rounds", log=log, shelf=shelf) as one, staged("rounds", log=log, shelf=shelf) as two:
            await one.start()
            await RandomSeats().play({"ARD": one, "BRV": two, "COR": one, "DOR": two}, order)
            return tuple(row.entry.body for row in (await log.read(SESSION))[1:])

    match = play(opening(scenario_named("tiny"), "stage"), RandomSeats().bots)
    assert run_virtually(scene()) == tuple(pack(entry) for entry in match.entries)


def test_a_missing_envelope_waits_for_the_deadline_and_then_holds() -> None:
    """Three of four are in: the step closes by its clock, the fourth is flagged by the absence of entries."""

    async def scene() -> None:
        async with staged("rounds") as stage:
            await stage.start()
            await stage.until("negotiation")
            step, opened_s = stage.step, asyncio.get_running_loop().time()
            for seat in SEATS[:3]:
                assert isinstance(await stage.enclose(seat, (o.Done(),)), f.Held)
            await eventually(lambda: stage.step != step, 0.5)
            assert 179.0 < asyncio.get_running_loop().time() - opened_s < 181.5
            assert set(stage.audience.receipts()) == set(SEATS[:3])
            ids = [entry.order.id for entry in stage.history.entries]
            assert not any(order_id.startswith("DOR:") for order_id in ids)

    run_virtually(scene())


def test_receipts_say_what_was_taken_and_why_the_rest_was_not() -> None:
    """An act that is refused does not take the others along; a resend gets the same receipt."""

    async def scene() -> None:
        async with staged("rounds") as stage:
            await stage.start()
            await stage.until("negotiation")
            step = stage.step
            acts: tuple[o.Act, ...] = (TABLED, o.Sponsor(draft="none"), o.Done())
            await stage.enclose("ARD", acts)
            for seat in SEATS[1:]:
                await stage.enclose(seat, ())
            receipt = stage.audience.receipts()["ARD"]
            assert receipt.step == step
            assert receipt.accepted == ("ARD:0:1:negotiation:1:0", "ARD:0:1:negotiation:1:2")
            assert [(r.id, r.code) for r in receipt.refused] == [("ARD:0:1:negotiation:1:1", "draft/unknown")]
            assert await stage.enclose("ARD", acts, step) == receipt

    run_virtually(scene())


LACKING: tuple[o.Act, ...] = (TABLED, o.Sponsor(draft="none"), o.Done(), TABLED)
REASONS = [("ARD:0:1:negotiation:1:1", "draft/unknown"), ("ARD:0:1:negotiation:1:3", "seat/already-done")]


def reasons(receipt: f.Receipt) -> list[tuple[str | None, str]]:
    """What was refused, and why."""
    return [(each.id, each.code) for each in receipt.refused]


def test_whoever_closes_the_step_a_receipt_has_the_rules_own_reasons() -> None:
    """A process that only reads of the close says what the one says that closed; so does one that reads of it late."""

    async def scene() -> None:
        log, shelf = memory_log(), MemoryShelf()
        async with staged("rounds", log=log, shelf=shelf) as one, staged("rounds", log=log, shelf=shelf) as two:
            await negotiating(one)
            await two.session.refresh()
            await two.enclose("ARD", LACKING)
            for seat in SEATS[1:]:
                await one.enclose(seat, (o.Done(), o.Sponsor(draft="none")))
            acked(await one.order("control", "on", advance_of(one)))
            await two.session.refresh()
            assert reasons(two.audience.receipts()["ARD"]) == REASONS
            assert [len(reasons(one.audience.receipts()[seat])) for seat in SEATS[1:]] == [1, 1, 1]

    run_virtually(scene())


def test_a_close_whose_answer_is_lost_has_receipts_with_reasons() -> None:
    """The step is closed, and what the rules said is found again from the log."""

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        log = Faulty(lambda: int(loop.time() * 1000))
        async with staged("rounds", log=log) as stage:
            await negotiating(stage)
            await stage.enclose("ARD", LACKING)
            log.lose_after = 1
            for seat in SEATS[1:]:
                await stage.enclose(seat, ())
            await asyncio.sleep(3)
            assert log.lose_after == 0
            assert reasons(stage.audience.receipts()["ARD"]) == REASONS

    run_virtually(scene())


def test_what_comes_after_an_order_that_closes_the_step_belongs_to_the_next() -> None:
    """However close together they come in: before it, it counts for the step that closes, and after it no more."""

    async def scene() -> None:
        async with staged() as stage:
            await stage.start()
            await stage.until("orders")
            old, advance = stage.step, advance_of(stage)
            before, force, after = await asyncio.gather(
                stage.order("ARD", "1", o.Budget(guns=0.1, aid=0.0), old),
                stage.order("control", "now", advance),
                stage.order("BRV", "2", o.Budget(guns=0.1, aid=0.0), old),
            )
            assert (acked(before), acked(force), refused(after)) == ("1", "now", Reason.STEP)

    run_virtually(scene())


def test_a_newer_envelope_replaces_the_older_until_the_step_closes() -> None:
    """The last one counts; one that comes after the close is told that it was left out."""

    async def scene() -> None:
        async with staged("rounds") as stage:
            await stage.start()
            await stage.until("negotiation")
            step = stage.step
            await stage.enclose("ARD", (TABLED,))
            await stage.enclose("ARD", (o.Done(),))
            for seat in SEATS[1:]:
                await stage.enclose(seat, ())
            assert stage.history.game.drafts == ()
            late = await stage.enclose("ARD", (TABLED,), step)
            assert isinstance(late, f.Receipt)
            assert late.accepted == ()

    run_virtually(scene())


def test_envelopes_that_do_not_fit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that was never opened, and more acts than one append can hold."""
    monkeypatch.setattr("server.sessions.play.ENTRIES_MAX", 200)

    async def scene() -> None:
        async with staged("rounds") as stage:
            await stage.start()
            await stage.until("negotiation")
            assert refused(await stage.enclose("ARD", (), "clock:0:9:orders:1:0")) == Reason.STEP
            many = tuple(o.Done() for _ in range(64))
            assert refused(await stage.enclose("ARD", many)) == Reason.ENVELOPE_LONG

    run_virtually(scene())


def test_an_extension_does_not_void_envelopes() -> None:
    """The step has a new clock id then, but it is the same step."""

    async def scene() -> None:
        async with staged("rounds") as stage:
            await stage.start()
            await stage.until("negotiation")
            old = stage.step
            await stage.enclose("ARD", (TABLED,))
            acked(await stage.order("control", "more", o.Extend(seconds=60)))
            assert stage.step != old
            for seat in SEATS[1:]:
                await stage.enclose(seat, (), old)
            assert len(stage.history.game.drafts) == 1
            assert stage.audience.receipts()["ARD"].step == old

    run_virtually(scene())


def test_an_order_that_came_late_holds_even_if_it_can_give_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time for the others to answer is an addition to it."""
    futile = Order(id="quiet:1", author="control", act=o.Resume())
    monkeypatch.setattr("server.sessions.play.breathing_space", lambda *_: futile)

    async def scene() -> None:
        async with staged(courtesy=Courtesy(quiet_seconds=10)) as stage:
            await stage.start()
            await stage.until("negotiation")
            acked(await stage.order("ARD", "1", TABLED))
            assert len(stage.history.game.drafts) == 1

    run_virtually(scene())


def test_an_order_that_adds_time_fits_beside_as_many_as_can_wait() -> None:
    """However full the batch is in which it comes."""

    async def scene() -> None:
        async with staged(courtesy=Courtesy(quiet_seconds=300)) as stage:
            await stage.start()
            await stage.until("negotiation")
            await asyncio.sleep(0.5)  # between two looks
            late = stage.order("ARD", "1", TABLED)
            others = (stage.order("control", str(number), o.Extend(seconds=1)) for number in range(ENTRIES_MAX))
            for answer in await asyncio.gather(late, *others):
                acked(answer)

    run_virtually(scene())


def test_a_step_closes_with_all_that_bots_do_even_if_it_does_not_fit_into_one_append(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not fit goes before."""
    monkeypatch.setattr("server.sessions.play.ENTRIES_MAX", 50)

    async def scene() -> None:
        async def talkative(_session: str, _game: Game, seats: Sequence[str]) -> dict[str, tuple[o.Act, ...]]:
            return {seat: tuple(o.Budget(guns=0.1, aid=number / 1e5) for number in range(60)) for seat in seats}

        async with staged(stand_in=talkative, held=()) as stage:
            await stage.start()
            await stage.until("orders")
            acked(await stage.order("control", "now", advance_of(stage)))
            assert stage.phase != "orders"
            given = [entry.order for entry in stage.history.entries if ":bot:" in entry.order.id]
            assert {seat: sum(order.author == seat for order in given) for seat in SEATS} == dict.fromkeys(SEATS, 60)
            assert game_hash((await recover(stage.log, SESSION)).game) == game_hash(stage.history.game)

    run_virtually(scene())


def test_in_live_play_a_step_closes_when_all_are_done() -> None:
    """Nobody waits for a deadline when nobody has anything to add."""

    async def scene() -> None:
        async with staged() as stage:
            await stage.start()
            await stage.until("negotiation")
            for seat in SEATS:
                acked(await stage.order(seat, "done", o.Done()))
            assert stage.history.game.moment.round == 2

    run_virtually(scene())


def test_a_log_read_anew_gives_the_same_state() -> None:
    """Cold start: same hash, same timer, same counts for every viewer."""

    async def scene() -> None:
        async with staged("rounds") as stage:
            await stage.start()
            await RandomSeats().play(dict.fromkeys(SEATS, stage), SEATS)
            again = await recover(stage.log, SESSION)
            assert game_hash(again.game) == game_hash(stage.history.game)
            assert again.timer == stage.history.timer
            for viewer in (*SEATS, "public", "umpire"):
                assert again.total(viewer) == stage.history.total(viewer)

    run_virtually(scene())


def test_rows_are_what_the_memory_log_says() -> None:
    """The stage's log is one that this test can read: entries are numbered from the head."""

    async def scene() -> tuple[Stored, ...]:
        async with staged() as stage:
            await stage.start()
            return await stage.log.read(SESSION)

    assert [row.version for row in run_virtually(scene())] == [1, 2]
