"""What a socket is sent: answers, then every event once, then the newest view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import events as ev
from rules.wire import frames as f
from rules.wire.codec import JSON, MSGPACK, BadFrame, decode_out
from server.settings import Limits
from server.web.outbox import Outbox

LIMITS = Limits()


@dataclass
class Story:
    """A source with numbered news; ``marks`` counts the views that were due."""

    total: int = 0
    marks: int = 0
    words: int = 1
    views: int = 0

    def told(self, viewer: str, since: int, limit: int) -> f.Told | None:
        """News ``since + 1 ...``."""
        numbers = range(since + 1, min(self.total, since + limit) + 1)
        events = tuple(ev.NewsRead(text=f"{n} " * self.words) for n in numbers)
        return f.Told(first=since + 1, events=events) if events else None

    def seen(self, viewer: str, *, whole: bool) -> f.Seen:
        """A view that says whether it is whole."""
        self.views += 1
        return f.Seen(total=self.total, step="clock:0:1:orders:1:0", due_in_ms=None, view={"whole": whole})

    def mark(self) -> str:
        """The number of views that were due."""
        return str(self.marks)


def messages(outbox: Outbox, story: Story) -> Iterator[bytes | str]:
    """Everything that can be sent now."""
    while loaded := outbox.load(story):
        yield from loaded


def drained(outbox: Outbox, story: Story) -> list[f.OutKinds]:
    """The frames of all that."""
    return [decode_out(data, MSGPACK) for data in messages(outbox, story)]


def test_answers_then_events_then_the_view() -> None:
    """And nothing twice."""
    outbox, story = Outbox("ARD", 0, MSGPACK, LIMITS), Story(total=3)
    outbox.post(f.Acked(id="1"))
    assert [frame.type for frame in drained(outbox, story)] == ["acked", "told", "seen"]
    assert drained(outbox, story) == []
    story.total, story.marks = 5, 1
    assert [frame.type for frame in drained(outbox, story)] == ["told", "seen"]


def test_of_many_views_the_newest_is_sent_and_the_static_part_once() -> None:
    """A client that slept through ten steps gets one view; Look gets a whole one."""
    outbox, story = Outbox("ARD", 0, MSGPACK, LIMITS), Story()
    (first,) = drained(outbox, story)
    story.marks += 10
    (second,) = drained(outbox, story)
    outbox.look()
    (third,) = drained(outbox, story)
    assert story.views == 3
    assert [frame.view["whole"] for frame in (first, second, third) if isinstance(frame, f.Seen)] == [True, False, True]


@given(st.integers(0, 500), st.integers(0, 500), st.integers(1, 3000), st.sampled_from([JSON, MSGPACK]))
def test_a_gap_of_any_length_is_told_in_frames_of_bounded_size(
    since: int, total: int, words: int, subprotocol: str
) -> None:
    """Numbers follow on, and no frame is above the limit."""
    limits = replace(LIMITS, frame_out_bytes_max=20_000)
    outbox, story = Outbox("ARD", min(since, total), subprotocol, limits), Story(total=total, words=words)
    known = min(since, total)
    for data in messages(outbox, story):
        assert len(data) <= 20_000
        frame = decode_out(data, subprotocol)
        if isinstance(frame, f.Told):
            assert frame.first == known + 1
            known += len(frame.events)
    assert known == total


@pytest.mark.parametrize(
    "limits", [replace(LIMITS, outbox_frames_max=8), replace(LIMITS, outbox_bytes_max=100)]
)
def test_answers_that_pile_up_overflow(limits: Limits) -> None:
    """By number or by size; what fits is kept."""
    outbox = Outbox("ARD", 0, MSGPACK, limits)
    for number in range(20):
        outbox.post(f.Acked(id=str(number)))
    assert outbox.overflowed
    assert 0 < len(outbox.answers()) <= 8
    assert outbox.answers() == ()


def test_answers_that_are_sent_make_room() -> None:
    """A client that reads never overflows."""
    outbox, story = Outbox("ARD", 0, MSGPACK, replace(LIMITS, outbox_frames_max=2, outbox_bytes_max=100)), Story()
    for number in range(100):
        outbox.post(f.Acked(id=str(number)))
        drained(outbox, story)
    assert not outbox.overflowed


def test_one_event_beyond_the_limit_is_still_sent() -> None:
    """It cannot be cut; an entry of the log is bounded far below what the other side takes."""
    outbox = Outbox("ARD", 0, MSGPACK, replace(LIMITS, frame_out_bytes_max=50))
    data = outbox.load(Story(total=2, words=50))[0]
    assert isinstance(decode_out(data, MSGPACK), f.Told)


def test_events_too_large_together_are_sent_apart() -> None:
    """Also when the codec itself would refuse them in one frame."""
    outbox, story, numbers = Outbox("ARD", 0, JSON, LIMITS), Story(total=9, words=40_000), list[int]()
    for data in messages(outbox, story):
        frame = decode_out(data, JSON)
        if isinstance(frame, f.Told):
            numbers += range(frame.first, frame.first + len(frame.events))
    assert numbers == list(range(1, 10))


def test_one_event_beyond_what_can_be_spelt_is_an_error_and_no_gap() -> None:
    """Nothing is passed over in silence."""
    outbox = Outbox("ARD", 0, JSON, LIMITS)
    with pytest.raises(BadFrame):
        outbox.load(Story(total=1, words=5_000_000))
