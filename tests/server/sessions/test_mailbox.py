"""Envelopes on the shelf: shared, of one step, and what their receipts say."""

from __future__ import annotations

import pytest

from rules import orders as o
from rules.errors import Code, Refused
from rules.orders import Order
from rules.sequence import order_id
from rules.state import Moment
from rules.wire.frames import Envelope
from rules.wire.logbook import order_digest
from server.log.shelf import MemoryShelf
from server.reasons import Reason
from server.sessions.history import step_key
from server.sessions.mailbox import FIELD, Mailbox, ids_in, receipt
from tests.simulation.loop import run_virtually

STEP = "clock:0:1:orders:1:0"
ACTS: tuple[o.Act, ...] = (o.Budget(guns=0.1, aid=0.0), o.Done())


async def laid_down(box: Mailbox, country: str, envelope: Envelope) -> None:
    """One envelope in the place of what lies there."""
    assert await box.lay_down({country: envelope}, await box.found((country,)))


def test_what_one_process_lays_down_all_collect() -> None:
    """Of this step, whatever its revision; of no other; spoilt texts are passed over."""

    async def scene() -> None:
        shelf = MemoryShelf()
        one, two = Mailbox("s", shelf), Mailbox("s", shelf)
        await laid_down(one, "ARD", Envelope(step=STEP, acts=ACTS))
        await laid_down(two, "BRV", Envelope(step="clock:0:1:orders:1:3", acts=()))
        await laid_down(two, "COR", Envelope(step="clock:0:1:assembly:1:0", acts=ACTS))
        await shelf.put("s", FIELD + "DOR", "{spoilt")
        for box in (one, two, one):
            assert await box.collect(STEP) == {"ARD": ACTS, "BRV": ()}
        await laid_down(two, "ARD", Envelope(step=STEP, acts=()))
        assert (await one.collect(STEP))["ARD"] == ()

    run_virtually(scene())


def test_ids_are_those_of_the_sequence() -> None:
    """The same wherever the session is played."""
    moment = Moment(status="running", turn=1, phase="orders", round=1)
    expected = [order_id(moment, "ARD", number) for number in range(2)]
    assert ids_in("ARD", Envelope(step=STEP, acts=ACTS)) == expected


@pytest.mark.parametrize("taken", [True, False])
def test_a_receipt_follows_from_the_log(taken: bool) -> None:
    """An act is accepted if the log has it under its id with its content; else there is a reason."""
    envelope = Envelope(step=STEP, acts=ACTS)
    first, second = ids_in("ARD", envelope)
    other = o.Budget(guns=0.2, aid=0.0)
    stored = Order(id=first, author="ARD", act=ACTS[0] if taken else other)
    why = Refused(Code.SEAT_DONE, "author", "No.")
    found = receipt("ARD", envelope, {first: order_digest(stored)}, {second: why})
    assert found.accepted == ((first,) if taken else ())
    codes = [r.code for r in found.refused]
    assert codes == ([Code.SEAT_DONE] if taken else [Reason.LEFT_OUT, Code.SEAT_DONE])


def test_an_envelope_takes_the_place_of_what_was_found_and_of_nothing_else() -> None:
    """Whoever was overtaken is told so, holds nothing and looks again."""

    async def scene() -> None:
        shelf = MemoryShelf()
        one, two = Mailbox("s", shelf), Mailbox("s", shelf)
        found = await two.found(("ARD",))
        await laid_down(one, "ARD", Envelope(step=STEP, acts=ACTS))
        assert not await two.lay_down({"ARD": Envelope(step=STEP, acts=())}, found)
        assert two.held == {}
        assert await two.collect(STEP) == {"ARD": ACTS}

    run_virtually(scene())


def test_envelopes_are_settled_once() -> None:
    """When their step is closed; a resend gets the same receipt, with its reasons."""

    async def scene() -> None:
        box, envelope = Mailbox("s", MemoryShelf()), Envelope(step=STEP, acts=ACTS)
        await laid_down(box, "ARD", envelope)
        assert box.settled(set(), {}, {}) == {}
        declined = {name: Refused(Code.TOO_MANY, "act", "No.") for name in ids_in("ARD", envelope)}
        given = box.settled({step_key(STEP)}, {}, declined)
        assert [r.code for r in given["ARD"].refused] == [Code.TOO_MANY] * 2
        assert box.settled({step_key(STEP)}, {}, {}) == {}
        assert box.receipt_again("ARD", envelope, {}) == given["ARD"]
        assert box.receipt_again("BRV", envelope, {}) != given["ARD"]

    run_virtually(scene())
