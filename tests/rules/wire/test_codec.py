"""The codec: every frame goes through both spellings unchanged, and everything else is a BadFrame."""

from __future__ import annotations

import json
from random import Random

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.orders import Advance, Aid, Done, Propose, Sign
from rules.vocabulary import Defend, Terms
from rules.wire import codec as c
from rules.wire import frames as f
from rules.wire.faults import SENTENCE_CHARS_MAX
from tests.fuzz.hostile import Foe
from tests.fuzz.samples import FRAMES_IN, FRAMES_OUT, sample

SEEDS = st.integers(0, 2**64 - 1)
TOKEN = "t" * 43
both = pytest.mark.parametrize("subprotocol", c.SUBPROTOCOLS)


def spelt(value: object, subprotocol: str) -> bytes | str:
    """Any value in a subprotocol, without the codec."""
    return bytes(msgpack.packb(value)) if subprotocol == c.MSGPACK else json.dumps(value)


def refused(data: bytes | str, subprotocol: str) -> c.BadFrame:
    """The refusal of bytes that are no frame."""
    with pytest.raises(c.BadFrame) as caught:
        c.decode(data, subprotocol)
    return caught.value


@both
@pytest.mark.parametrize("kind", FRAMES_IN)
@given(seed=SEEDS)
def test_client_frames_come_back(kind: type[f.Hello], subprotocol: str, seed: int) -> None:
    """What a client encodes a server decodes, field by field and bit by bit."""
    frame = sample(Random(seed), kind)
    data = c.encode(frame, subprotocol)
    assert c.decode(data, subprotocol) == frame
    assert c.encode(c.decode(data, subprotocol), subprotocol) == data


@both
@pytest.mark.parametrize("kind", FRAMES_OUT)
@given(seed=SEEDS)
def test_server_frames_come_back(kind: type[f.Told], subprotocol: str, seed: int) -> None:
    """The same for what a server encodes; a view's plain values keep their bits."""
    frame = sample(Random(seed), kind)
    data = c.encode(frame, subprotocol)
    assert c.decode_out(data, subprotocol) == frame
    assert c.encode(c.decode_out(data, subprotocol), subprotocol) == data


@both
def test_directions_do_not_mix(subprotocol: str) -> None:
    """A server takes no frame of a server, a client none of a client."""
    assert refused(c.encode(f.Acked(id="a"), subprotocol), subprotocol).code == c.FrameCode.INVALID
    with pytest.raises(c.BadFrame):
        c.decode_out(c.encode(f.Look(), subprotocol), subprotocol)


def test_messages_have_their_kind() -> None:
    """Binary for msgpack, text for JSON; the other way round is refused as such."""
    assert refused("{}", c.MSGPACK).code == c.FrameCode.KIND
    assert refused(b"{}", c.JSON).code == c.FrameCode.KIND


@both
def test_length_is_measured_in_bytes(subprotocol: str) -> None:
    """One byte over the limit is too long; two-byte letters count twice."""
    size = c.IN_LIMITS.bytes_max
    too_long = b"a" * (size + 1) if subprotocol == c.MSGPACK else '"' + "é" * (size // 2) + '"'
    assert refused(too_long, subprotocol).code == c.FrameCode.LONG


def test_a_frame_too_long_is_not_encoded() -> None:
    """The sender learns of it, not the other side."""
    clause = Defend(debtor="USA", since=1, until=9)
    terms = Terms(parties=("USA", "GBR"), clauses=(clause,) * 32)
    acts = (Propose(terms=terms, until=3),) * 64
    with pytest.raises(c.BadFrame) as caught:
        c.encode(f.Envelope(step="clock:0:1:orders:1:0", acts=acts), c.JSON)
    assert caught.value.code == c.FrameCode.LONG


@both
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), 2**64])
def test_what_cannot_be_spelt_does_not_arrive(subprotocol: str, value: float) -> None:
    """Infinite numbers and integers beyond 63 bits in a view are refused at one end or the other."""
    frame = f.Seen(total=1, step="clock:0:1:orders:1:0", due_in_ms=None, view={"x": value})
    with pytest.raises(c.BadFrame):
        c.decode_out(c.encode(frame, subprotocol), subprotocol)


def test_an_infinite_number_is_not_written_as_json() -> None:
    """JSON has no word for it, and the word that Python would write is no JSON."""
    frame = f.Seen(total=1, step="clock:0:1:orders:1:0", due_in_ms=None, view={"x": float("inf")})
    with pytest.raises(c.BadFrame) as caught:
        c.encode(frame, c.JSON)
    assert caught.value.code == c.FrameCode.LIMIT


def test_unknown_subprotocols_are_a_fault_of_the_caller() -> None:
    """They are no matter of bytes: a plain ValueError."""
    for call in (lambda: c.decode("{}", "other"), lambda: c.encode(f.Look(), "other")):
        with pytest.raises(ValueError, match="unknown subprotocol") as caught:
            call()
        assert not isinstance(caught.value, c.BadFrame)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "{", "nul", "[1,]", "{'a':1}", '{"type":"look"}x', '{"type":"look"} {"type":"look"}',
        "NaN", "-Infinity", "1e999", '{"type":"look","type":"look"}', '{"a":{"b":1,"b":2}}',
        '{"type":"submit","id":"\\ud800","act":{"kind":"done"}}', '"\ud800"', '{"\\udc00":1}',
        "9" * 5000, "[" * 60_000, "[" * 30_000 + "]" * 30_000,
    ],
)  # fmt: skip
def test_json_that_is_not_one_value(text: str) -> None:
    """Grammar, equal keys, numbers that are not finite, half surrogates, nesting without end."""
    assert refused(text, c.JSON).code == c.FrameCode.SYNTAX


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\xc1", b"\x81", b"\xc0\xc0", b"\xdd\xff\xff\xff\xff", b"\xdb\xff\xff\xff\xff", b"\x91" * 60_000,
        b"\xc4\x00", b"\xc4\x01a", b"\xc7\x00\x05", b"\xd4\x05a", msgpack.packb(msgpack.Timestamp(1)),
        b"\xa1\xff", b"\xa3\xed\xa0\x80", b"\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00", b"\xca\x7f\x80\x00\x00",
        b"\x82\xa4type\xa4look\xa4type\xa4look", b"\x81\x01\x02", b"\x81\xc4\x00\x02", b"\x81\xc0\xc0",
    ],
)  # fmt: skip
def test_msgpack_that_is_not_one_value(data: bytes) -> None:
    """The same, and bytes, extension types, keys that are no strings."""
    assert refused(data, c.MSGPACK).code == c.FrameCode.SYNTAX


@both
@pytest.mark.parametrize(
    "value",
    [2**63, -(2**63), [[[[[[[[[[[[[[[[[0]]]]]]]]]]]]]]]]], [[{}] * 1000] * 5],
)
def test_limits(subprotocol: str, value: object) -> None:
    """Integers of 64 bits, 17 levels, 5000 maps."""
    assert refused(spelt(value, subprotocol), subprotocol).code == c.FrameCode.LIMIT


@both
@pytest.mark.parametrize("value", ["x" * 4097, {f"k{n}": 0 for n in range(65)}, [0] * 1025, [[0] * 1000] * 17])
def test_sizes(subprotocol: str, value: object) -> None:
    """Strings, maps, arrays, and all of them together (msgpack finds some of these itself)."""
    assert refused(spelt(value, subprotocol), subprotocol).code in (c.FrameCode.LIMIT, c.FrameCode.SYNTAX)


@both
@pytest.mark.parametrize("value", ["x" * 4096, {f"k{n}": 0 for n in range(64)}, [0] * 1024, 2**63 - 1, None, True])
def test_what_is_just_within_the_limits_reaches_the_models(subprotocol: str, value: object) -> None:
    """At the limit the grammar is content, and the models say that this is no frame."""
    assert refused(spelt(value, subprotocol), subprotocol).code == c.FrameCode.INVALID


@both
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": "a" * 81}, "id"),
        ({"id": "a\n"}, "id"),
        ({"id": 1}, "id"),
        ({"extra": 1}, "extra"),
        ({"no name": 1}, "?"),
        ({"né": 1}, "?"),
        ({"act": None}, "act"),
        ({"act": {}}, "act"),
        ({"act": {"kind": "nonsense"}}, "act"),
        ({"act": {"kind": "aid", "to": "usa", "amount": 1.0}}, "act.to"),
        ({"act": {"kind": "aid", "to": "USA", "amount": "1"}}, "act.amount"),
        ({"act": {"kind": "aid", "to": "USA", "amount": True}}, "act.amount"),
        ({"act": {"kind": "aid", "to": "USA", "amount": -1.0}}, "act.amount"),
        ({"act": {"kind": "aid", "to": "USA"}}, "act.amount"),
        ({"act": {"kind": "sign", "offer": "o", "needs": ["USA", 1]}}, "act.needs.1"),
        ({"act": {"kind": "sign", "offer": "o", "needs": {}}}, "act.needs"),
        ({"act": {"kind": "pause", "reason": ""}}, "act.reason"),
        ({"type": "nonsense"}, ""),
    ],
)
def test_invalid_frames_name_the_field(subprotocol: str, changes: dict[str, object], field: str) -> None:
    """The path leads through the frame as the sender wrote it, without names of classes or kinds."""
    frame = {"type": "submit", "id": "a", "act": {"kind": "done"}, **changes}
    error = refused(spelt(frame, subprotocol), subprotocol)
    assert (error.code, error.field) == (c.FrameCode.INVALID, field)
    assert 0 < len(error.sentence) <= SENTENCE_CHARS_MAX


def test_the_path_of_a_clause() -> None:
    """Unions within unions: acts, terms, clauses."""
    clause = {"kind": "defend", "debtor": "USA", "since": 0, "until": 2}
    act = {"kind": "propose", "terms": {"parties": ["USA", "GBR"], "clauses": [clause]}, "until": 1}
    frame = {"type": "envelope", "step": "clock:0:1:orders:1:0", "acts": [{"kind": "done"}, act]}
    assert refused(json.dumps(frame), c.JSON).field == "acts.1.terms.clauses.0.since"


def test_refusals_do_not_repeat_the_frame() -> None:
    """A token in a spoilt hello does not come back, nor does an unknown kind."""
    hello = {"type": "hello", "session": "s", "token": TOKEN + "!", "since": 0}
    assert TOKEN not in str(refused(json.dumps(hello), c.JSON))
    assert "nonsense" not in str(refused('{"type":"nonsense"}', c.JSON))


@both
def test_numbers_are_exact_and_of_their_kind(subprotocol: str) -> None:
    """An integer may stand for a double, a double never for an integer, and -0.0 keeps its sign."""
    frame = c.decode(spelt({"type": "submit", "id": "a", "act": {"kind": "aid", "to": "USA", "amount": 3}},
                           subprotocol), subprotocol)
    assert frame == f.Submit(id="a", act=Aid(to="USA", amount=3.0))
    assert isinstance(frame, f.Submit)
    assert isinstance(frame.act, Aid)
    assert type(frame.act.amount) is float
    turn = {"kind": "advance", "turn": 1.0, "phase": "orders", "round": 1, "revision": 0}
    assert refused(spelt({"type": "submit", "id": "a", "act": turn}, subprotocol), subprotocol).field == "act.turn"
    minus = f.Seen(total=1, step="clock:0:1:orders:1:0", due_in_ms=None, view={"x": -0.0})
    back = c.decode_out(c.encode(minus, subprotocol), subprotocol)
    assert isinstance(back, f.Seen)
    assert str(back.view["x"]) == "-0.0"


@both
def test_a_long_integer_in_an_order_is_refused(subprotocol: str) -> None:
    """What one spelling could not carry is not taken in the other."""
    act = Advance(turn=2**63 - 1, phase="orders", round=1, revision=0)
    assert c.decode(c.encode(f.Submit(id="a", act=act), subprotocol), subprotocol) == f.Submit(id="a", act=act)
    longer = f.Submit(id="a", act=act.model_copy(update={"turn": 2**63}))
    assert refused(c.encode(longer, subprotocol), subprotocol).code == c.FrameCode.LIMIT


def test_the_outcome_does_not_depend_on_the_depth_of_the_caller() -> None:
    """A parser that runs out of stack says so as a BadFrame, also far down."""

    def far_down(levels: int) -> c.FrameCode:
        return far_down(levels - 1) if levels else refused("[" * 900 + "]" * 900, c.JSON).code

    assert far_down(0) in (c.FrameCode.LIMIT, c.FrameCode.SYNTAX)
    assert far_down(500) in (c.FrameCode.LIMIT, c.FrameCode.SYNTAX)


def test_tuples_not_lists_come_out() -> None:
    """Records are frozen to the bottom: arrays become tuples."""
    frame = c.decode(c.encode(f.Submit(id="a", act=Sign(offer="o", needs=("USA",))), c.JSON), c.JSON)
    assert isinstance(frame, f.Submit)
    assert hash(frame.act) == hash(Sign(offer="o", needs=("USA",)))
    assert hash(Done()) == hash(Done())


@pytest.mark.parametrize(("opened", "closed"), [('{"a":', "}"), ("[", "]")])
def test_maps_and_lists_are_counted_alike_in_depth(opened: str, closed: str) -> None:
    """One level too many is refused before anybody looks what it means; as many as are allowed are not refused for that."""
    most = c.IN_LIMITS.depth_max
    far, near = (refused(opened * levels + "1" + closed * levels, c.JSON) for levels in (most + 1, most))
    assert (far.code, "nested" in str(far)) == (c.FrameCode.LIMIT, True)
    assert "nested" not in str(near)


def test_bytes_and_maps_are_counted_to_the_last() -> None:
    """As many as are allowed pass the limit, one more does not."""
    blanks = " " * (c.IN_LIMITS.bytes_max - 2)
    assert refused("{}" + blanks, c.JSON).code != c.FrameCode.LONG
    assert refused("{}" + blanks + " ", c.JSON).code == c.FrameCode.LONG
    rows = ["[" + ",".join(["{}"] * 1_000) + "]"] * 4
    for more, is_many in ((c.IN_LIMITS.maps_max - 4_000, False), (c.IN_LIMITS.maps_max - 3_999, True)):
        bad = refused("[" + ",".join([*rows, *["{}"] * more]) + "]", c.JSON)
        assert ("maps" in str(bad)) == is_many


def test_the_short_way_decides_as_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of good frames and spoilt ones: the same frame, or the same refusal."""
    foe, chance = Foe(7), Random(8)
    good = [(c.encode(sample(chance, chance.choice(FRAMES_IN)), c.MSGPACK), c.MSGPACK) for _ in range(500)]
    messages = [*good, *(foe.message() for _ in range(4000))]
    quick = [_outcome(*message) for message in messages]
    monkeypatch.setattr(c, "SHORT_BYTES", 0)
    assert quick == [_outcome(*message) for message in messages]
    assert sum(len(data) <= 512 for data, _ in messages) > len(messages) / 2


def _outcome(data: bytes | str, subprotocol: str) -> object:
    try:
        return c.decode(data, subprotocol)
    except c.BadFrame as error:
        return error.code, error.field, error.sentence
