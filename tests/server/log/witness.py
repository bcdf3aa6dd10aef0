"""Writers that remember what they were promised, and the judge who compares it with the log.

A writer numbers its orders, sends one after the other (one to three entries at a time) and sends the same
again while the outcome is unknown, as a game server does. The judge counts what was acknowledged and is not
in the log as acknowledged (lost), what is in the log more often than once (doubled), and what stands out of
its order (disordered).
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from server.log.errors import LogUnavailable
from server.log.protocol import Appended, Conflict, Entry, IdReused, Log, Seen, Stored


@dataclass(slots=True)
class Witness:
    """What was acknowledged: version of each order id, for each game."""

    acked: dict[str, dict[str, int]] = field(default_factory=dict)
    unknown: int = 0
    """How often an append ended without an answer."""

    def heard(self, game: str, versions: Mapping[str, int]) -> None:
        """The log has promised these entries at these versions."""
        self.acked.setdefault(game, {}).update(versions)

    @property
    def total(self) -> int:
        """Entries acknowledged."""
        return sum(map(len, self.acked.values()))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How the log differs from what was promised; all zero but ``acked`` is what we promise."""

    acked: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(
            self.acked + other.acked,
            self.lost + other.lost,
            self.doubled + other.doubled,
            self.disordered + other.disordered,
        )

    @property
    def is_clean(self) -> bool:
        """Nothing lost, doubled or out of order, and something was written at all."""
        return self.acked > 0 and not (self.lost or self.doubled or self.disordered)


def order(writer: str, number: int, part: int) -> Entry:
    """Part ``part`` of a writer's order; its digest is that of its content."""
    body = f'{{"writer":"{writer}","number":{number},"part":{part}}}'.encode() * (1 + number % 7)
    return Entry(f"{writer}.{number}.{part}", hashlib.sha256(body).hexdigest(), body)


async def write(log: Log, witness: Witness, game: str, writer: str, numbers: Iterable[int]) -> None:
    """Send orders until the numbers end, each until it is acknowledged."""
    version = 0
    for number in numbers:
        entries = [order(writer, number, part) for part in range(1 + number % 3)]
        version = await _send(log, witness, game, version, entries)


async def _send(log: Log, witness: Witness, game: str, version: int, entries: Sequence[Entry]) -> int:
    while True:
        try:
            outcome = await log.append(game, version, entries)
        except LogUnavailable:
            witness.unknown += 1
            await asyncio.sleep(0.001)
            continue
        match outcome:
            case Appended(last):
                first = last - len(entries) + 1
                witness.heard(game, {one.order_id: first + n for n, one in enumerate(entries)})
                return last
            case Seen(versions):
                assert len(versions) == len(entries), "part of an append was stored"
                witness.heard(game, versions)
                return max(versions.values())
            case Conflict(actual):
                version = actual
            case IdReused(order_id):
                raise AssertionError(f"{order_id} was stored with a digest it never had")


def judge(acked: Mapping[str, int], rows: Sequence[Stored]) -> Verdict:
    """Compare one game's log with what was acknowledged for it."""
    by_id: dict[str, Stored] = {}
    for row in rows:
        by_id.setdefault(row.entry.order_id, row)
    places = {order_id: row.version for order_id, row in by_id.items()}
    lost = sum(1 for order_id, version in acked.items() if places.get(order_id) != version)
    misplaced = sum(1 for place, row in enumerate(rows, 1) if row.version != place)
    spoiled = sum(1 for row in rows if hashlib.sha256(row.entry.body).hexdigest() != row.entry.digest)
    return Verdict(
        acked=len(acked),
        lost=lost + spoiled,
        doubled=len(rows) - len(by_id),
        disordered=misplaced + _overtaken(by_id),
    )


def _overtaken(by_id: Iterable[str]) -> int:
    """Entries that stand before an earlier one of the same writer."""
    last: dict[str, tuple[int, int]] = {}
    overtaken = 0
    for order_id in by_id:
        writer, number, part = order_id.split(".")
        place = int(number), int(part)
        overtaken += place < last.get(writer, (-1, -1))
        last[writer] = place
    return overtaken


async def verdict_on(log: Log, witness: Witness) -> Verdict:
    """Read everything back and judge it."""
    total = Verdict()
    for game, acked in witness.acked.items():
        total += judge(acked, await log.read(game))
    return total
