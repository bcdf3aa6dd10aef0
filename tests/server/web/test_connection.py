"""The socket as a state machine: whatever comes, a documented outcome."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rules import orders as o
from rules.wire import frames as f
from rules.wire.codec import JSON, MSGPACK, SUBPROTOCOLS, FrameCode, encode
from server.reasons import CloseCode, Reason
from server.settings import Limits, Rate
from server.web.connection import CLOSE_CODES, FOR_NOW, KINDS, Connection, State
from server.web.rates import Bucket

TOKEN = "t" * 43
HELLO = f.Hello(session="s", token=TOKEN)
FRAMES: tuple[f.InKinds, ...] = (
    HELLO,
    f.Submit(id="1", act=o.Done()),
    f.Envelope(step="clock:0:1:orders:1:0", acts=(o.Done(), o.Budget(guns=0.1, aid=0.0))),
    f.Look(),
)
LIMITS = Limits()


def bucket() -> Bucket:
    """Plenty."""
    return Bucket(Rate(1000.0, 1000), 0.0)


def seated(subprotocol: str = MSGPACK) -> Connection:
    """A connection whose hello was accepted."""
    connection = Connection(subprotocol, LIMITS)
    connection.receive(encode(HELLO, subprotocol), 0.0)
    connection.seat(bucket())
    connection.requests.clear()
    return connection


def test_a_hello_comes_first_and_once() -> None:
    """Anything else before it, and it again after it, closes with 1008."""
    for subprotocol in SUBPROTOCOLS:
        for frame in FRAMES[1:]:
            connection = Connection(subprotocol, LIMITS)
            connection.receive(encode(frame, subprotocol), 0.0)
            assert connection.closing is not None
            assert connection.closing.code == CloseCode.POLICY
            assert connection.requests == []
        connection = seated(subprotocol)
        connection.receive(encode(HELLO, subprotocol), 0.0)
        assert connection.state is State.CLOSED


def test_a_seated_client_asks() -> None:
    """Frames come out as they went in, in order."""
    connection = seated()
    for frame in FRAMES[1:]:
        connection.receive(encode(frame, MSGPACK), 0.0)
    assert tuple(connection.requests) == FRAMES[1:]
    assert connection.closing is None


def test_turned_away_with_a_reason() -> None:
    """The refusal is sent, then 1008; 1013 if it may be different in a moment."""
    for reason in (Reason.TOKEN, *sorted(FOR_NOW)):
        connection = Connection(JSON, LIMITS)
        connection.receive(encode(HELLO, JSON), 0.0)
        connection.turn_away(reason)
        assert [frame.code for frame in connection.frames] == [reason]
        assert connection.closing is not None
        wanted = CloseCode.TRY_LATER if reason in FOR_NOW else CloseCode.POLICY
        assert connection.closing.code == wanted


def test_nothing_is_taken_before_the_hello_is_checked_or_after_the_close() -> None:
    """No frame slips through between."""
    connection = Connection(JSON, LIMITS)
    connection.receive(encode(HELLO, JSON), 0.0)
    connection.receive(encode(f.Look(), JSON), 0.0)
    assert connection.state is State.CLOSED
    connection.seat(bucket())
    connection.turn_away(Reason.TOKEN)
    connection.receive(encode(f.Look(), JSON), 0.0)
    assert connection.requests == [HELLO]
    assert connection.frames == []


def test_a_bad_order_is_refused_and_the_socket_stays() -> None:
    """With the path of the field; too many in a row close it."""
    connection = seated(JSON)
    for _ in range(LIMITS.bad_frames_max):
        connection.receive('{"type": "submit", "id": "1", "act": {"kind": "budget", "guns": 2, "aid": 0}}', 0.0)
    assert connection.closing is None
    assert {frame.field for frame in connection.frames} == {"act.guns"}
    connection.receive(encode(f.Look(), JSON), 0.0)
    for _ in range(LIMITS.bad_frames_max + 1):
        assert connection.closing is None
        connection.receive('{"type": "nonsense"}', 0.0)
    assert connection.closing is not None


def test_a_flood_is_read_more_slowly() -> None:
    """Beyond the burst each message costs its time; nothing is refused."""
    connection = Connection(JSON, LIMITS)
    connection.receive(encode(HELLO, JSON), 0.0)
    connection.seat(Bucket(Rate(10.0, 5), 0.0))
    rests = []
    for _ in range(8):
        connection.receive(encode(f.Look(), JSON), 0.0)
        rests.append(round(connection.rest_s, 6))
    assert rests == [0, 0, 0, 0, 0, 0.1, 0.2, 0.3]
    connection.receive(encode(f.Look(), JSON), 100.0)
    assert connection.rest_s == 0
    assert connection.closing is None


def test_every_reason_of_the_codec_has_a_close_code() -> None:
    """The table is complete, and so is that of the states."""
    assert set(CLOSE_CODES) == set(FrameCode)
    assert set(KINDS) == set(State)


def test_long_messages_close_with_1009() -> None:
    """One byte beyond the limit."""
    connection = seated()
    connection.receive(b"\xc4" * (LIMITS.frame_in_bytes_max + 1), 0.0)
    assert connection.closing is not None
    assert connection.closing.code == CloseCode.TOO_BIG


def whole_or_damaged() -> st.SearchStrategy[bytes | str]:
    """Frames as they are, cut, with bytes changed, or no frames at all."""
    packed = [encode(frame, subprotocol) for frame in FRAMES for subprotocol in SUBPROTOCOLS]
    texts = [item for item in packed if isinstance(item, str)]
    blobs = [item for item in packed if isinstance(item, bytes)]

    def cut(data: bytes | str, place: int) -> bytes | str:
        return data[: place % (len(data) + 1)]

    def flip(data: bytes, place: int, value: int) -> bytes:
        return data[: place % len(data)] + bytes([value]) + data[place % len(data) + 1 :]

    place, value = st.integers(0, 10_000), st.integers(0, 255)
    return st.one_of(
        st.sampled_from(packed),
        st.builds(cut, st.sampled_from(packed), place),
        st.builds(flip, st.sampled_from(blobs), place, value),
        st.builds(lambda t, p, c: t[: p % len(t)] + c + t[p % len(t) + 1 :], st.sampled_from(texts), place, st.text(max_size=2)),
        st.binary(max_size=200),
        st.text(max_size=200),
    )


@given(
    st.sampled_from(SUBPROTOCOLS),
    st.lists(st.tuples(whole_or_damaged(), st.sampled_from(["nothing", "seat", "turn away"])), max_size=12),
)
def test_whatever_comes_the_outcome_is_documented(
    subprotocol: str, script: list[tuple[bytes | str, str]]
) -> None:
    """Requests only of the kinds of the state, codes only of the lists, and silence after the close."""
    connection = Connection(subprotocol, LIMITS)
    for data, then in script:
        before, asked = connection.state, len(connection.requests)
        connection.receive(data, 0.0)
        for frame in connection.requests[asked:]:
            assert isinstance(frame, KINDS[before])
        assert len(connection.requests) <= asked + 1
        if then == "seat":
            connection.seat(bucket())
        elif then == "turn away":
            connection.turn_away(Reason.TOKEN)
        assert (connection.closing is not None) == (connection.state is State.CLOSED)
    codes = {*FrameCode, Reason.TOKEN}
    assert all(frame.code in codes for frame in connection.frames)
    if connection.closing is not None:
        assert connection.closing.code in set(CloseCode)
        assert len(connection.closing.reason.encode()) <= 123
