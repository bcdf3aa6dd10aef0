"""What a frame of a seated client may ask."""

from __future__ import annotations

import pytest

from rules import orders as o
from rules.wire import frames as f
from server.reasons import Reason
from server.sessions.requests import CLIENT_ID_CHARS_MAX, Enclosed, Ordered, asked

ENVELOPE = f.Envelope(step="clock:0:1:orders:1:0", acts=())


def submit(order_id: str = "1") -> f.Submit:
    """An order."""
    return f.Submit(id=order_id, act=o.Done())


def nothing(_: f.OutKinds) -> None:
    """Nobody listens."""


@pytest.mark.parametrize(
    ("frame", "viewer", "pace", "outcome"),
    [
        (submit(), "FRA", "live", "FRA"),
        (submit(), "umpire", "live", "control"),
        (submit(), "umpire", "rounds", "control"),
        (submit(), "public", "live", Reason.NOT_A_SEAT),
        (submit(), "FRA", "rounds", Reason.PACE),
        (submit("x" * (CLIENT_ID_CHARS_MAX + 1)), "FRA", "live", Reason.ID_LONG),
        (ENVELOPE, "FRA", "rounds", "FRA"),
        (ENVELOPE, "FRA", "live", Reason.PACE),
        (ENVELOPE, "umpire", "rounds", Reason.NOT_A_SEAT),
        (ENVELOPE, "public", "rounds", Reason.NOT_A_SEAT),
    ],
)
def test_who_may_ask_what(frame: f.Submit | f.Envelope, viewer: str, pace: f.Pace, outcome: str) -> None:
    """Every pair of viewer and frame: the author is the viewer, or there is a reason."""
    found = asked(frame, viewer, pace, nothing)
    match found:
        case f.Refusal():
            assert found.code == outcome
        case Ordered():
            assert found.order.author == outcome
            assert found.order.id == f"{outcome}:1"
            assert found.echo == "1"
        case Enclosed():
            assert found.country == outcome


def test_nobody_can_take_an_id_of_the_clock_or_of_another_seat() -> None:
    """Whatever a client writes, its own name stands before it."""
    for stolen in ("clock:0:1:orders:1:0", "BRV:1", "control:start", "outage:0:1:orders:1:0"):
        found = asked(submit(stolen), "ARD", "live", nothing)
        assert isinstance(found, Ordered)
        assert found.order.id == f"ARD:{stolen}"


def test_an_answer_is_given_once() -> None:
    """The first one stands."""
    heard: list[f.OutKinds] = []
    found = asked(submit(), "ARD", "live", heard.append)
    assert isinstance(found, Ordered)
    found.reply(f.Acked(id="1"))
    found.reply(f.Acked(id="1"))
    assert len(heard) == 1
    assert found.name == "1"
    enclosed = asked(ENVELOPE, "ARD", "rounds", heard.append)
    assert isinstance(enclosed, Enclosed)
    enclosed.reply(f.Held(step=ENVELOPE.step))
    enclosed.reply(f.Held(step=ENVELOPE.step))
    assert len(heard) == 2
    assert enclosed.name == ENVELOPE.step
