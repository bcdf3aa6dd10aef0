"""Hostile messages: valid frames spoilt in many ways, bombs, and noise.

Half of the ways spoil bytes (or characters), half spoil the values before they are spelt, so that both the
grammar and the models are reached.  A message that was thought about takes longer to make than to read, so
each is followed by a brood of messages cut out of valid frames with hardly a thought: these are the bulk.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from random import Random

import msgpack

from rules.wire.codec import IN_LIMITS, MSGPACK, SUBPROTOCOLS, Subprotocol, encode
from tests.fuzz.samples import FRAMES_IN, FRAMES_OUT, sample

POOL_FRAMES = 400
BROOD = 32
"""An even number: with two decoders by turns, each meets both kinds."""
WAYS = 5
"""In which a message is cut."""
Message = bytes | str
_NOISE = tuple(
    byte.to_bytes() for byte in b"\x00\x7f\x80\x8f\x90\x9f\xa0\xbf\xc0\xc1\xc4\xc7\xca\xcb\xcf\xd0\xd4\xd9\xda\xdb\xdc\xdd\xde\xdf\xff"
)
_SIGNS = '{}[]",:0-+.eEtfn\\u\x00 \ud800\udc00é\U0001f600'
_VALUES: tuple[object, ...] = (
    None, True, -1, 2**63, 2**64 - 1, -(2**63), float("nan"), float("inf"), 1e308, -0.0, "", "x" * 5000, "\x00",
    [], {}, [[]], {"": 0}, [0] * 1100, ["USA"], {"kind": "done"}, {"type": "hello"}, "hello", "budget", 0, 1, 0.5,
)  # fmt: skip


class Foe:
    """Gives one hostile message after another; the same seed gives the same."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        kinds = FRAMES_IN * 3 + FRAMES_OUT
        frames = [sample(self._chance, self._chance.choice(kinds)) for _ in range(POOL_FRAMES)]
        self._fields = [frame.model_dump() for frame in frames]
        self._pool = {name: [encode(frame, name) for frame in frames] for name in SUBPROTOCOLS}

    def messages(self, brood: int = BROOD) -> Iterator[tuple[Message, Subprotocol]]:
        """Without end: one that was thought about, and its brood."""
        while True:
            yield self.message()
            yield from self._brood(self._chance.choice(SUBPROTOCOLS), brood)

    def message(self) -> tuple[Message, Subprotocol]:
        """The next message and the subprotocol it is thrown at (mostly, but not always, its own)."""
        name = self._chance.choice(SUBPROTOCOLS)
        data = self._spoilt_value(name) if self._chance.random() < 0.5 else self._spoilt_bytes(name)  # half
        return data, self._chance.choice(SUBPROTOCOLS) if self._chance.random() < 0.01 else name  # few

    def bombs(self) -> list[tuple[Message, Subprotocol]]:
        """Every bomb once, as large as the door lets in."""
        return [(bomb(IN_LIMITS.bytes_max), MSGPACK) for bomb in _BINARY_BOMBS] + [
            (bomb(IN_LIMITS.bytes_max), "unipole.v1+json") for bomb in _TEXT_BOMBS
        ]

    # ---- values ----------------------------------------------------------------------------------

    def _spoilt_value(self, name: Subprotocol) -> Message:
        fields = dict(self._chance.choice(self._fields))
        for _ in range(self._chance.choice((1, 1, 1, 2, 4))):
            fields = self._worse(fields)
        if name == MSGPACK:
            return self._packed(fields)
        text = json.dumps(fields)
        if self._chance.random() < 0.1:  # some
            text = text.replace("{", '{"type":"look",' if '"type"' in text else '{"kind":"done",', 1)
        return text

    def _packed(self, fields: dict[str, object]) -> bytes:
        if self._chance.random() < 0.1:  # some
            pairs = [*fields.items(), self._chance.choice([*fields.items(), ("x", 0)])]
            return bytes(msgpack.Packer().pack_map_pairs(pairs))
        if self._chance.random() < 0.1:  # some
            fields[self._chance.choice(list(fields) or ["x"])] = self._chance.choice(
                (b"", b"bytes", msgpack.ExtType(5, b""), msgpack.Timestamp(1, 1), {1: 2}, {b"k": 0})
            )
        return bytes(msgpack.packb(fields))

    def _worse(self, value: object) -> dict[str, object]:
        """The map with one thing in it changed, at a random depth."""
        assert isinstance(value, dict), "frames and records are maps"
        fields = dict(value)
        name = self._chance.choice(list(fields)) if fields else "type"
        deeper = self._deeper(fields.get(name))
        match self._chance.randrange(5):
            case 0:
                fields[name] = self._chance.choice(_VALUES)
            case 1:
                fields.pop(name, None)
            case 2:
                fields[self._chance.choice(("extra", "kind", "type", "act", ""))] = self._chance.choice(_VALUES)
            case 3 if deeper is not None:
                fields[name] = deeper
            case _:
                fields[name] = self._nested(fields.get(name))
        return fields

    def _deeper(self, value: object) -> object:
        if isinstance(value, dict):
            return self._worse(value)
        if isinstance(value, list | tuple) and value and isinstance(value[0], dict):
            return [self._worse(value[0]), *value[1:]]
        return None

    def _nested(self, value: object) -> object:
        for _ in range(self._chance.choice((1, 2, 15, 16, 17, 40))):
            value = [value] if self._chance.random() < 0.5 else {"kind": value}  # half
        return value

    # ---- bytes -----------------------------------------------------------------------------------

    def _spoilt_bytes(self, name: Subprotocol) -> Message:
        data = self._chance.choice(self._pool[name])
        chance = self._chance.random()
        if chance < 0.03:  # some
            size = self._chance.choice((0, 1, 7, 300))
            return self._bomb(name, size) if size else self._noise(name)
        if isinstance(data, bytes):
            return self._cut(data, self._chance.choice(self._pool[name]), self._chance.choice(_NOISE))
        return self._cut(data, self._chance.choice(self._pool[name]), self._chance.choice(_SIGNS))

    def _brood(self, name: Subprotocol, size: int) -> Iterator[tuple[Message, Subprotocol]]:
        """One draw of chance for each: it says where and with what, the place in the brood says how."""
        data, other = self._chance.choices(self._pool[name], k=2)
        pieces: tuple[bytes, ...] | str = _NOISE if isinstance(data, bytes) else _SIGNS
        long, far, many, draw = len(data) + 1, len(other) + 1, len(pieces), self._chance.random
        for number in range(size):
            where = draw()
            at = int(where * long)
            yield _changed(data, other[int(where * far) :], pieces[int(where * long * many) % many], at, number % WAYS), name

    def _cut(self, data: Message, other: Message, piece: Message) -> Message:
        """Once or a few times."""
        for _ in range(self._chance.choice((1, 1, 1, 2, 8))):
            at = self._chance.randrange(len(data) + 1)
            data = _changed(data, other[self._chance.randrange(len(other) + 1) :], piece, at, self._chance.randrange(WAYS))
        return data

    def _bomb(self, name: Subprotocol, size: int) -> Message:
        return self._chance.choice(_BINARY_BOMBS if name == MSGPACK else _TEXT_BOMBS)(size)

    def _noise(self, name: Subprotocol) -> Message:
        size = self._chance.randrange(64)
        if name == MSGPACK:
            return self._chance.randbytes(size)
        return "".join(self._chance.choices(_SIGNS, k=size))


def _changed(data: Message, tail: Message, piece: Message, at: int, way: int) -> Message:
    """Something changed at a place, put in, cut off, spliced or repeated; all three are bytes, or all are strings."""
    match way:
        case 0:
            return data[:at] + piece + data[at + 1 :]  # type: ignore[operator]  # of one type
        case 1:
            return data[:at] + piece + data[at:]  # type: ignore[operator]  # of one type
        case 2:
            return data[:at]
        case 3:
            return data[:at] + tail  # type: ignore[operator]  # of one type
        case _:
            return data + data[at:]  # type: ignore[operator]  # of one type


_BINARY_BOMBS: tuple[Callable[[int], Message], ...] = (
    lambda size: b"\x91" * size + b"\xc0",  # nested arrays
    lambda size: b"\x81\xa1k" * (size // 3) + b"\xc0",  # nested maps
    lambda size: b"\xdc" + struct.pack(">H", min(size, 0xFFFF)) + b"\x80" * size,  # empty maps
    lambda size: (b"\xdc\x03\xf0" + b"\x80" * 1008) * (size // 1011),  # more values than one
    lambda size: b"\xdc\x00\x3f" + (b"\xdc\x03\xf0" + b"\x80" * 1008) * min(63, size // 1011),  # maps in arrays
    lambda size: b"\xdc\x00\x3f" + (b"\xdc\x03\xf0" + b"\x01" * 1008) * min(63, size // 1011),  # numbers in arrays
    lambda size: b"\xdd\xff\xff\xff\xff" + b"\xc0" * size,  # four milliards of items, announced
    lambda size: b"\xdf\xff\xff\xff\xff" + b"\xa0\xc0" * (size // 2),
    lambda size: b"\xdb\xff\xff\xff\xff" + b"a" * size,
    lambda size: b"\xc6\xff\xff\xff\xff" + b"a" * size,
    lambda size: b"\xc9\xff\xff\xff\xff\x05" + b"a" * size,
    lambda size: b"\xdb" + struct.pack(">I", size) + b"a" * size,
    lambda _: b"\xc7\x0c\xff" + b"\xff" * 12,  # a timestamp out of range
)
_TEXT_BOMBS: tuple[Callable[[int], Message], ...] = (
    lambda size: "[" * size,
    lambda size: "[" * (size // 2) + "]" * (size // 2),
    lambda size: '{"a":' * (size // 6) + "1" + "}" * (size // 6),
    lambda size: "[" + "{}," * (size // 3 - 1) + "{}]",
    lambda size: "[" + "0," * (size // 2 - 1) + "0]",
    lambda size: "9" * size,
    lambda size: "1e" + "9" * (size - 2),
    lambda size: "0." + "1" * (size - 2),
    lambda size: '"' + "\\ud800" * (size // 6) + '"',
    lambda size: '"' + "é" * (size // 2) + '"',
    lambda size: " " * size,
    lambda size: "{" + ",".join(f'"{n}":0' for n in range(size // 10)) + "}",
)
