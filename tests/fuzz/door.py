"""What must hold at the door: any message gives a frame, which can be spelt and read again, or a BadFrame."""

from __future__ import annotations

import contextlib
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rules.wire.codec import SENTENCE_CHARS_MAX, BadFrame, Subprotocol, decode, decode_out, encode
from rules.wire.frames import InKinds, OutKinds
from tests.fuzz.hostile import Foe, Message

Decode = Callable[[Message, str], InKinds | OutKinds]
DECODERS: tuple[Decode, ...] = (decode, decode_out)
_KIB = 1024
_PRINTABLE = re.compile(r"[ -~]*")


class Escaped(AssertionError):
    """Something else than a frame or a BadFrame came out: ``message`` made it."""

    def __init__(self, message: Message, subprotocol: str, what: str) -> None:
        super().__init__(f"{subprotocol}: {message[:200]!r} gave {what}")


@dataclass(slots=True)
class Outcome:
    """What came of many messages: how often each outcome, the slowest, and how memory grew after the bombs."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest_ms: float = 0.0
    slowest: str = ""
    grown_mib: float = 0.0
    seconds: float = 0.0


def checked(message: Message, subprotocol: Subprotocol, read: Decode) -> str:
    """``"frame"`` or the code of the refusal.

    Raises:
        Escaped: anything else happened.
    """
    try:
        frame = read(message, subprotocol)
    except BadFrame as refusal:
        _check_refusal(message, subprotocol, refusal)
        return refusal.code.value
    except Exception as error:
        raise Escaped(message, subprotocol, f"{type(error).__name__}: {error}") from error
    again = read(encode(frame, subprotocol), subprotocol)
    if again != frame:
        raise Escaped(message, subprotocol, f"{frame}, which reads {again} when spelt again")
    return "frame"


def _check_refusal(message: Message, subprotocol: str, refusal: BadFrame) -> None:
    """A refusal can be sent on and logged: short, printable, without the text of the message."""
    said = refusal.sentence + refusal.field
    if not refusal.sentence or len(said) > 2 * SENTENCE_CHARS_MAX:
        raise Escaped(message, subprotocol, f"a refusal of {len(said)} characters")
    if not _PRINTABLE.fullmatch(said):
        raise Escaped(message, subprotocol, f"an unprintable refusal {said!r}")


def peak_mib() -> float:
    """The largest resident size of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _KIB / (_KIB if sys.platform == "darwin" else 1)


def forget_peak() -> None:
    """Let the peak begin anew at what is resident now, where Linux can do that: whoever ran here before may have been larger."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def assault(count: int, seed: int, decoders: tuple[Decode, ...] = DECODERS) -> Outcome:
    """Throw ``count`` messages at the door, after every bomb once.

    Raises:
        Escaped: for the first message that is neither taken nor refused as promised.
    """
    foe, outcome = Foe(seed), Outcome()
    for message, subprotocol in foe.bombs() * 2:
        for read in decoders:
            _throw(message, subprotocol, read, outcome)
    for number in range(count // 10):
        _throw(*foe.message(), decoders[number % len(decoders)], outcome)
    forget_peak()
    before_mib, began = peak_mib(), time.perf_counter()
    for number in range(count - count // 10):
        _throw(*foe.message(), decoders[number % len(decoders)], outcome)
    outcome.seconds = time.perf_counter() - began
    outcome.grown_mib = peak_mib() - before_mib
    return outcome


def _throw(message: Message, subprotocol: Subprotocol, read: Decode, outcome: Outcome) -> None:
    began = time.perf_counter()
    result = checked(message, subprotocol, read)
    taken_ms = (time.perf_counter() - began) * 1000.0
    outcome.counts[result] += 1
    if taken_ms > outcome.slowest_ms:
        outcome.slowest_ms, outcome.slowest = taken_ms, f"{len(message)} long, {result}"
