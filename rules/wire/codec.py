"""The codec: bytes to frames and back, without I/O, for both spellings of the protocol.

``unipole.v1+msgpack`` travels in binary messages, ``unipole.v1+json`` in text messages; the frames are the
same.  Bytes from outside pass three gates in turn: length; grammar (one parser, told to refuse what the
models could not see: two equal keys, numbers that are not finite, halves of surrogate pairs, bytes, extension
types); limits on depth, items and lengths.  Only then are they compared with the models.  Whatever the bytes,
the outcome is a frame or a ``BadFrame``.  The two directions differ in their limits alone: a server reads
short frames from strangers, a client reads long ones from a server that it chose.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any, Final, Literal, NoReturn, TypeVar

import msgpack
from pydantic import TypeAdapter, ValidationError

from rules.events import EventKinds
from rules.lately import lately
from rules.visibility import Record
from rules.wire.faults import fault
from rules.wire.frames import FRAME_IN, FRAME_OUT, Acked, InKinds, OutKinds, Told

MSGPACK: Final = "unipole.v1+msgpack"
JSON: Final = "unipole.v1+json"
Subprotocol = Literal["unipole.v1+msgpack", "unipole.v1+json"]
SUBPROTOCOLS: tuple[Subprotocol, ...] = (MSGPACK, JSON)
"""Both spellings, the preferred one first."""

INTEGER_MAX: Final = 2**63 - 1
EVENTS_KEPT: Final = 4096
SHORT_BYTES: Final = 512
"""A frame in msgpack of so many bytes has less of everything than any limit allows: the models alone decide on it."""
LONG_INTEGER: Final = 0xCF
"""How an integer of 64 bits begins in msgpack; the models do not bound them all."""
_IN_KINDS = frozenset(("hello", "submit", "envelope", "look"))
_Kinds = TypeVar("_Kinds")


class FrameCode(StrEnum):
    """Why bytes are not a frame.  A server that closes for it uses the close code named beside each."""

    KIND = "frame/kind"  # 1003: a text message where binary is spoken, or the reverse
    LONG = "frame/too-long"  # 1009
    SYNTAX = "frame/syntax"  # 1007: not one msgpack or JSON value
    LIMIT = "frame/limit"  # 1009: too deep, too many items, a string or an integer too large
    INVALID = "frame/invalid"  # 1008: well spelt, but not a frame of the protocol; a Refusal may do


class BadFrame(ValueError):
    """Bytes that are no frame: ``code`` (closed list), ``field`` (path in it, or empty) and ``sentence``."""

    def __init__(self, code: FrameCode, sentence: str, field: str = "") -> None:
        super().__init__(f"{code.value} [{field}]: {sentence}")
        self.code = code
        self.field = field
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Limits:
    """What one frame may hold."""

    bytes_max: int
    depth_max: int
    maps_max: int  # all maps together
    items_max: int  # members of all arrays and maps together
    array_items_max: int
    map_items_max: int
    string_chars_max: int


IN_LIMITS: Final = Limits(64 * 1024, 16, 4096, 16_384, 1024, 64, 4096)
"""A full envelope of 64 acts takes about 30 KiB."""
OUT_LIMITS: Final = Limits(8 * 1024 * 1024, 16, 65_536, 524_288, 65_536, 256, 262_144)
"""A whole view of 25 states takes about 45 KiB, one of 193 some 2 MiB, in JSON up to twice that; events are told in several frames."""


def decode(data: bytes | str, subprotocol: str) -> InKinds:
    """The frame a client sent.

    Raises:
        BadFrame: for any other bytes whatever.
    """
    return _decode(data, subprotocol, IN_LIMITS, FRAME_IN)


def decode_out(data: bytes | str, subprotocol: str) -> OutKinds:
    """The frame a server sent.

    Raises:
        BadFrame: for any other bytes whatever.
    """
    return _decode(data, subprotocol, OUT_LIMITS, FRAME_OUT)


def encode(frame: InKinds | OutKinds, subprotocol: str) -> bytes | str:
    """The message for a frame: ``bytes`` in msgpack (send as binary), ``str`` in JSON (send as text).

    Raises:
        BadFrame: the frame is longer than the other side accepts, or holds what cannot be spelt (an infinite
            number in a view).
        ValueError: the subprotocol is unknown.
    """
    binary = _speaks_msgpack(subprotocol)
    if binary and type(frame) is Acked:
        return _ACKED + _packed(frame.id)
    try:
        if binary:
            packed: bytes | str = _told(frame) if isinstance(frame, Told) else _packed(frame)
            size = len(packed)
        else:
            packed = _spelling.encode(frame)
            size = len(packed.encode())
    except (ValueError, OverflowError) as error:
        raise BadFrame(FrameCode.LIMIT, f"The {frame.type} frame cannot be spelt: {error}.") from error
    limits = IN_LIMITS if frame.type in _IN_KINDS else OUT_LIMITS
    if size > limits.bytes_max:
        sentence = f"The {frame.type} frame takes {size} bytes; at most {limits.bytes_max}."
        raise BadFrame(FrameCode.LONG, sentence)
    return packed




def _fields(value: object) -> dict[str, object]:
    """A record inside a frame, or the frame itself, one level deep: the packer asks again for what is in it."""
    if isinstance(value, Record):
        return vars(value)
    raise ValueError(f"a {type(value).__name__} has no spelling here")


_packed: Callable[[object], bytes] = partial(msgpack.packb, default=_fields)
_spelling = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=_fields)
_ACKED = b"\x82" + b"".join(map(_packed, ("type", "acked", "id")))
_FEW, _MANY = 16, 1 << 16


def _told(frame: Told) -> bytes:
    """Put together from its events: what everybody may know is packed once, not once a reader."""
    count = len(frame.events)
    size = bytes((0x90 | count,)) if count < _FEW else struct.pack("!BH" if count < _MANY else "!BI", 0xDC + (count >= _MANY), count)
    return b"".join((_TOLD, _packed(frame.first), _EVENTS, size, *map(_event, frame.events)))


_TOLD = b"\x83" + b"".join(map(_packed, ("type", "told", "first")))
_EVENTS = _packed("events")


@lately(EVENTS_KEPT)
def _event(event: EventKinds) -> bytes:
    return _packed(event)


def _speaks_msgpack(subprotocol: str) -> bool:
    if subprotocol not in SUBPROTOCOLS:
        raise ValueError(f"unknown subprotocol {subprotocol!r}; known are {', '.join(SUBPROTOCOLS)}")
    return subprotocol == MSGPACK


def _decode(data: bytes | str, subprotocol: str, limits: Limits, kinds: TypeAdapter[_Kinds]) -> _Kinds:
    binary = _speaks_msgpack(subprotocol)
    gate = _Gate(limits)
    short = binary and limits is IN_LIMITS and len(data) <= SHORT_BYTES and isinstance(data, bytes | bytearray) and LONG_INTEGER not in data
    checked = _parse_msgpack(data, gate, short=short) if binary else _parse_json(data, gate)
    if not short:
        checked = gate.passed(checked, 0)
    try:
        return kinds.validator.validate_python(checked)  # type: ignore[no-any-return]  # the validator is not generic
    except ValidationError as error:
        field, sentence = fault(error, gate.passed(checked, 0) if short else checked)
        raise BadFrame(FrameCode.INVALID, sentence, field) from None


# ---- grammar -----------------------------------------------------------------------------------


def _parse_msgpack(data: bytes | str, gate: _Gate, *, short: bool) -> object:
    """A short value that gives the same bytes when it is packed again has lost nothing on the way, no key that was said twice either."""
    if isinstance(data, str):
        raise BadFrame(FrameCode.KIND, "This connection speaks msgpack: send binary messages.")
    _measure(len(data), gate.limits)
    try:
        if short:
            value: object = _unpacked(data)
            if _repacked(value) == data:
                return value
        return _unpacked(
            data, object_pairs_hook=gate.members, max_array_len=gate.limits.array_items_max, max_map_len=gate.limits.map_items_max,
            max_str_len=gate.limits.string_chars_max,
        )  # fmt: skip
    except BadFrame:
        raise
    except ValueError:  # with its subclasses: all that msgpack raises for bytes
        raise BadFrame(FrameCode.SYNTAX, "This is not one msgpack value within the limits.") from None


_unpacked: Callable[..., object] = partial(msgpack.unpackb, use_list=False, max_bin_len=0, max_ext_len=0)
_repacked: Callable[[object], bytes] = msgpack.packb


def _parse_json(data: bytes | str, gate: _Gate) -> object:
    if not isinstance(data, str):
        raise BadFrame(FrameCode.KIND, "This connection speaks JSON: send text messages.")
    _measure(len(data), gate.limits)  # before anything is copied
    try:
        _measure(len(data.encode()), gate.limits)
        value: object = json.loads(data, object_pairs_hook=gate.members, parse_constant=_constant)
    except BadFrame:
        raise
    except (ValueError, RecursionError):  # RecursionError: nesting far beyond any limit of ours
        raise BadFrame(FrameCode.SYNTAX, "This is not one JSON value within the limits.") from None
    return value


def _measure(size: int, limits: Limits) -> None:
    if size > limits.bytes_max:
        raise BadFrame(FrameCode.LONG, f"The frame takes {size} bytes; at most {limits.bytes_max}.")


def _constant(name: str) -> NoReturn:
    raise BadFrame(FrameCode.SYNTAX, f"{name} is not a JSON number.")


# ---- limits ------------------------------------------------------------------------------------


class _Gate:
    """Watches one value being parsed, then walks it: refuses what is too much, turns lists into tuples."""

    __slots__ = ("items_left", "limits", "maps_left")

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.maps_left = limits.maps_max
        self.items_left = limits.items_max

    def members(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """One map, as the parser meets it.  Raises BadFrame for equal keys and for one map too many."""
        self.maps_left -= 1
        if self.maps_left < 0:
            raise BadFrame(FrameCode.LIMIT, f"The frame holds more than {self.limits.maps_max} maps.")
        members = dict(pairs)
        if len(members) != len(pairs):
            raise BadFrame(FrameCode.SYNTAX, "Two members of a map have the same key.")
        return members

    def passed(self, value: object, depth: int) -> object:
        """The value with tuples for lists.  Raises BadFrame."""
        known = _SCALARS.get(type(value))
        if known is not None:
            return known(value, self.limits)
        if depth >= self.limits.depth_max:
            raise BadFrame(FrameCode.LIMIT, f"The frame is nested more than {self.limits.depth_max} deep.")
        if isinstance(value, dict):
            self._count(len(value), self.limits.map_items_max)
            self._check_keys(value)
            long = self.limits.string_chars_max
            return {  # what most members are is let through here; all else takes the long way
                key: item
                if ((kind := type(item)) is str and len(item) <= long and item.isascii()) or (kind is float and math.isfinite(item))
                else self.passed(item, depth + 1)
                for key, item in value.items()
            }
        if isinstance(value, list | tuple):
            self._count(len(value), self.limits.array_items_max)
            return tuple([self.passed(item, depth + 1) for item in value])
        raise BadFrame(FrameCode.SYNTAX, "Bytes and extension types have no place in a frame.")

    def _count(self, items: int, items_max: int) -> None:
        self.items_left -= items
        if items > items_max or self.items_left < 0:
            raise BadFrame(FrameCode.LIMIT, "An array or a map has too many members, or all together.")

    def _check_keys(self, members: dict[str, object]) -> None:
        try:
            together = "".join(members)
        except TypeError:
            raise BadFrame(FrameCode.SYNTAX, "The keys of a map must be strings.") from None
        if len(together) > self.limits.string_chars_max or not together.isascii():
            for key in members:
                _text(key, self.limits)


def _text(value: str, limits: Limits) -> str:
    if len(value) > limits.string_chars_max:
        raise BadFrame(FrameCode.LIMIT, f"A string has more than {limits.string_chars_max} characters.")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise BadFrame(FrameCode.SYNTAX, "A string holds half of a surrogate pair.") from None
    return value


def _integer(value: int, _: Limits) -> int:
    if not -INTEGER_MAX <= value <= INTEGER_MAX:
        raise BadFrame(FrameCode.LIMIT, "An integer has more than 63 bits.")
    return value


def _number(value: float, _: Limits) -> float:
    if not math.isfinite(value):
        raise BadFrame(FrameCode.SYNTAX, "A number is not finite.")
    return value


def _itself(value: object, _: Limits) -> object:
    return value


_SCALARS: dict[type, Callable[[Any, Limits], object]] = {  # keyed by the type each takes
    str: _text,
    int: _integer,
    float: _number,
    bool: _itself,
    type(None): _itself,
}
