"""The door holds, and the checker that says so sees faults."""

from __future__ import annotations

import json
from itertools import islice

import pytest

from rules.wire.codec import JSON, BadFrame, FrameCode, decode
from rules.wire.frames import InKinds, Look, OutKinds
from tests.fuzz.__main__ import GROWN_MIB_MAX
from tests.fuzz.door import Escaped, assault, checked
from tests.fuzz.hostile import Foe, Message

COUNT, BROOD = 500_000, 2
"""Every third message is one that was thought about; in the long runs every thirty-third."""


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_escapes(seed: int) -> None:
    """A million messages in two shards: each gives a frame or a BadFrame, all codes occur, and memory does not grow."""
    outcome = assault(COUNT, seed, brood=BROOD)
    assert outcome.grown_mib < GROWN_MIB_MAX
    assert set(outcome.counts) == {"frame", *FrameCode}
    assert min(outcome.counts.values()) > 0
    assert outcome.counts["frame"] > COUNT // 1000


def test_a_seed_gives_the_same_messages() -> None:
    """A failure can be repeated."""
    one, other = Foe(7), Foe(7)
    assert list(islice(one.messages(), 500)) == list(islice(other.messages(), 500))


def _lets_through(message: Message, subprotocol: str) -> InKinds | OutKinds:
    """A planted fault: any other exception of the parser, as it comes."""
    if isinstance(message, str):
        json.loads(message)
    return decode(message, subprotocol)


def _repeats(message: Message, subprotocol: str) -> InKinds | OutKinds:
    """A planted fault: a refusal that repeats what was sent."""
    try:
        return decode(message, subprotocol)
    except BadFrame as error:
        raise BadFrame(error.code, f"{error.sentence} {message!r}", error.field) from None


@pytest.mark.parametrize("fault", [_lets_through, _repeats])
def test_a_planted_fault_is_found(fault: object) -> None:
    """The assault fails for doors that let exceptions through or repeat hostile text."""
    with pytest.raises(Escaped):
        assault(20_000, 1, (fault,))  # type: ignore[arg-type]  # each is a decoder


def test_a_frame_that_reads_otherwise_is_found() -> None:
    """A frame must read the same when it is spelt again."""
    hello = '{"type":"hello","protocol":"unipole.v1","session":"abc","token":"' + "t" * 43 + '","since":0}'
    assert checked(hello, JSON, decode) == "frame"
    frames = iter([decode(hello, JSON), Look()])
    with pytest.raises(Escaped):
        checked(hello, JSON, lambda *_: next(frames))


def test_a_planted_leak_is_found() -> None:
    """A door that keeps what it reads grows beyond the limit."""
    kept: list[bytes] = []

    def keeps(message: Message, subprotocol: str) -> InKinds | OutKinds:
        kept.append(b"x" * 8192)
        return decode(message, subprotocol)

    assert assault(20_000, 1, (keeps,)).grown_mib > GROWN_MIB_MAX
