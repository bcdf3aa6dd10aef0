"""What is counted while serving, for Prometheus: how many, how long, how often in vain.  Nothing of a game, nobody's name.

With several processes the figures of all of them lie in files of one folder, which the supervisor names (``PROMETHEUS_MULTIPROC_DIR``),
so it does not matter which process is asked.  Writing there is dear beside an order, so orders and appends are written once a turn of the
loop, all that came in it together.
"""

from __future__ import annotations

import asyncio
import math
import os
import time
from bisect import bisect_left
from collections import Counter as Tally
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 1024)


class Spread(Histogram):
    """A histogram that takes many observations at once."""

    def observe_all(self, amounts: Sequence[float]) -> None:
        """As ``observe`` for each of them, with one write a bucket."""
        self._sum.inc(math.fsum(amounts))
        for place, count in Tally(bisect_left(self._upper_bounds, amount) for amount in amounts).items():
            self._buckets[place].inc(count)


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self.connections = Gauge(
            "unipole_connections", "Sockets with a seat, or looking on", registry=registry, multiprocess_mode="livesum"
        )
        self.sessions = Gauge("unipole_sessions_in_memory", "Sessions in memory", registry=registry, multiprocess_mode="livesum")
        self.requests = Counter("unipole_http_requests", "Requests over HTTP, by status", ("status",), registry=registry)
        self.orders = Counter("unipole_orders", "Orders and envelopes of seats, by what they were answered", ("answer",), registry=registry)
        self.ack_s = Spread(
            "unipole_ack_seconds", "From the bytes of an order to its answer, the append included", registry=registry, buckets=SECONDS
        )
        self.append_s = Spread("unipole_append_seconds", "An append, until it is on disk", registry=registry, buckets=SECONDS)
        self.append_entries = Spread("unipole_append_entries", "Entries in one append", registry=registry, buckets=SIZES)
        self.conflicts = Counter("unipole_append_conflicts", "Appends for which another process was quicker", registry=registry)
        self.unanswered = Counter("unipole_log_unanswered", "Appends to which the log gave no answer", registry=registry)
        self.drops = Counter("unipole_outbox_drops", "Sockets closed because their client did not read", registry=registry)
        self._answers: list[tuple[str, float]] = []
        self._appends: list[tuple[int, float]] = []
        self._called_in: asyncio.AbstractEventLoop | None = None
        self.turn_s = Histogram("unipole_turn_seconds", "A step played by the rules, unappended", registry=registry, buckets=SECONDS)

    def answered(self, answer: str, after_s: float) -> None:
        """An order or an envelope of a seat was answered."""
        self._answers.append((answer, after_s))
        self._count_soon()

    def appended(self, entries: int, after_s: float) -> None:
        """Entries were appended, or another process was quicker."""
        self._appends.append((entries, after_s))
        self._count_soon()

    def _count_soon(self) -> None:
        loop = asyncio.get_running_loop()
        if self._called_in is not loop:
            self._called_in = loop
            loop.call_soon(self._count)

    def _count(self) -> None:
        """Write what was noted."""
        self._called_in = None
        for answer, count in Tally(answer for answer, _ in self._answers).items():
            self.orders.labels(answer).inc(count)
        self.ack_s.observe_all([after_s for _, after_s in self._answers])
        self.append_entries.observe_all([entries for entries, _ in self._appends])
        self.append_s.observe_all([after_s for _, after_s in self._appends])
        self._answers.clear()
        self._appends.clear()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Time the playing of a step."""
        began_s = time.monotonic()
        try:
            yield
        finally:
            self.turn_s.observe(time.monotonic() - began_s)

    def page(self) -> bytes:
        """All figures, of all processes, as Prometheus reads them."""
        self._count()
        if FOLDER not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # the library leaves it so
        return generate_latest(together)
