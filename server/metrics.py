"""What is counted while serving, for Prometheus: how many, how long, how often in vain.  Nothing of a game, nobody's name.

With several processes the figures of all of them lie in files of one folder, which the supervisor names (``PROMETHEUS_MULTIPROC_DIR``), so
it does not matter which process is asked.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 1024)


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
        self._answers: dict[str, Counter] = {}
        self.ack_s = Histogram(
            "unipole_ack_seconds", "From the bytes of an order to its answer, the append included", registry=registry, buckets=SECONDS
        )
        self.append_s = Histogram("unipole_append_seconds", "An append, until it is on disk", registry=registry, buckets=SECONDS)
        self.append_entries = Histogram("unipole_append_entries", "Entries in one append", registry=registry, buckets=SIZES)
        self.conflicts = Counter("unipole_append_conflicts", "Appends for which another process was quicker", registry=registry)
        self.unanswered = Counter("unipole_log_unanswered", "Appends to which the log gave no answer", registry=registry)
        self.drops = Counter("unipole_outbox_drops", "Sockets closed because their client did not read", registry=registry)
        self.turn_s = Histogram("unipole_turn_seconds", "A step played by the rules, unappended", registry=registry, buckets=SECONDS)

    def answered(self, answer: str, after_s: float) -> None:
        """An order or an envelope of a seat was answered."""
        if answer not in self._answers:
            self._answers[answer] = self.orders.labels(answer)
        self._answers[answer].inc()
        self.ack_s.observe(after_s)

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
        if FOLDER not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # the library leaves it so
        return generate_latest(together)
