"""What must hold at the door: any message gives a frame, which can be spelt and read again, or a BadFrame."""

from __future__ import annotations

import contextlib
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import cycle, islice
from pathlib import Path

from rules.wire.codec import BadFrame, Subprotocol, decode, decode_out, encode
from rules.wire.faults import SENTENCE_CHARS_MAX
from rules.wire.frames import InKinds, OutKinds
from tests.fuzz.hostile import BROOD, Foe, Message

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
    if fault := _fault(refusal.sentence, refusal.field):
        raise Escaped(message, subprotocol, fault)


@lru_cache(maxsize=4096)
def _fault(sentence: str, field: str) -> str:
    """What is wrong with the words of a refusal; most are said again and again, and each is looked at once."""
    said = sentence + field
    if not sentence or len(said) > 2 * SENTENCE_CHARS_MAX:
        return f"a refusal of {len(said)} characters"
    return "" if _PRINTABLE.fullmatch(said) else f"an unprintable refusal {said!r}"


def peak_mib() -> float:
    """The largest resident size of this process so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / _KIB / (_KIB if sys.platform == "darwin" else 1)


def forget_peak() -> None:
    """Let the peak begin anew at what is resident now, where Linux can do that: whoever ran here before may have been larger."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def assault(count: int, seed: int, decoders: tuple[Decode, ...] = DECODERS, brood: int = BROOD) -> Outcome:
    """Throw ``count`` messages at the door, after every bomb once; each that was thought about has its brood.

    Raises:
        Escaped: for the first message that is neither taken nor refused as promised.
    """
    foe, outcome = Foe(seed), Outcome()
    for read in decoders:
        _thrown(foe.bombs() * 2, (read,), outcome)
    messages = foe.messages(brood)
    _thrown(islice(messages, count // 10), decoders, outcome)
    forget_peak()
    before_mib, began = peak_mib(), time.perf_counter()
    _thrown(islice(messages, count - count // 10), decoders, outcome)
    outcome.seconds = time.perf_counter() - began
    outcome.grown_mib = peak_mib() - before_mib
    return outcome


def _thrown(messages: Iterable[tuple[Message, Subprotocol]], decoders: tuple[Decode, ...], outcome: Outcome) -> None:
    """Each at the next of the decoders."""
    clock, tally = time.perf_counter, outcome.counts
    for (message, subprotocol), read in zip(messages, cycle(decoders), strict=False):
        began_s = clock()
        result = checked(message, subprotocol, read)
        taken_ms = (clock() - began_s) * 1000.0
        tally[result] += 1
        if taken_ms > outcome.slowest_ms:
            outcome.slowest_ms, outcome.slowest = taken_ms, f"{len(message)} long, {result}"
