"""What is counted together is what would be counted one by one."""

from __future__ import annotations

import asyncio

from prometheus_client import CollectorRegistry, Histogram

from server.metrics import SECONDS, Metrics, Spread
from tests.server.web.test_figures import figure


def test_many_observations_are_those_of_each() -> None:
    """At, below, between and above the bounds."""
    amounts = (0.0, 0.001, 0.0011, 0.2, 0.2, 5.0, 7.5)
    one, many = CollectorRegistry(), CollectorRegistry()
    single = Histogram("spread", "", registry=one, buckets=SECONDS)
    Spread("spread", "", registry=many, buckets=SECONDS).observe_all(amounts)
    for amount in amounts:
        single.observe(amount)
    for sample in next(iter(one.collect())).samples:
        if not sample.name.endswith("_created"):
            assert many.get_sample_value(sample.name, sample.labels) == sample.value, sample


def test_answers_are_counted_once_a_turn() -> None:
    """And for whoever asks before it is over; a loop that ended leaves nothing behind that stops the next."""
    metrics = Metrics()

    async def scene(count: int) -> None:
        for _ in range(count):
            metrics.answered("acked", 0.01)
        metrics.answered("refusal", 0.01)
        metrics.appended(3, 0.01)

    async def turn() -> None:
        await scene(2)
        await asyncio.sleep(0)
        assert metrics.orders.labels("acked")._value.get() == 7

    asyncio.run(scene(5))
    asyncio.run(turn())
    page = metrics.page().decode()
    assert figure(page, 'unipole_orders_total{answer="refusal"}') == 2
    assert figure(page, "unipole_ack_seconds_count") == 9
    assert figure(page, "unipole_append_entries_sum") == 6
