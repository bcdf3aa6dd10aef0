"""Coming back: evenly spread, doubling, capped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from client.sdk.backoff import Backoff


@given(tries=st.integers(0, 10**6), draw=st.floats(0.0, 1.0, exclude_max=True))
def test_waits_lie_between_nothing_and_the_cap(tries: int, draw: float) -> None:
    """Full jitter: any wait from 0 on is possible, none above the cap or the doubled base."""
    backoff = Backoff(base_s=0.25, cap_s=8.0)
    wait_s = backoff.wait_s(tries, lambda: draw)
    assert 0.0 <= wait_s <= min(8.0, 0.25 * 2.0 ** min(tries, 30))
    assert backoff.wait_s(tries, lambda: 0.0) == 0.0


def test_waits_double() -> None:
    """Each failure doubles the longest wait, until the cap."""
    longest = [Backoff(1.0, 10.0).wait_s(tries, lambda: 1.0) for tries in range(6)]
    assert longest == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0]
