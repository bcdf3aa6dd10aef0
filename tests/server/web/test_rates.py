"""The token bucket."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.settings import Rate
from server.web.rates import Bucket


@given(st.lists(st.floats(0, 0.3), max_size=200), st.integers(1, 20), st.floats(0.5, 50))
def test_no_pattern_of_asking_gets_more_than_the_rate(gaps: list[float], burst: int, per_second: float) -> None:
    """In any time: at most the burst and what the time brings."""
    bucket, now_s, taken = Bucket(Rate(per_second, burst), 0.0), 0.0, 0
    for gap in gaps:
        now_s += gap
        taken += bucket.take(now_s)
        assert taken <= burst + per_second * now_s + 1e-6


@given(st.integers(1, 50), st.integers(1, 20), st.floats(0.5, 50))
def test_borrowing_takes_its_time(asked: int, burst: int, per_second: float) -> None:
    """Beyond the burst, each costs one period; whoever waits as told is never told to wait longer."""
    bucket, now_s = Bucket(Rate(per_second, burst), 0.0), 0.0
    for _ in range(asked):
        now_s += bucket.borrow(now_s)
    assert now_s <= max(0.0, asked - burst) / per_second + 1e-6
    assert abs(now_s - max(0.0, asked - burst) / per_second) < 1e-6


def test_a_clock_that_goes_back_gives_nothing() -> None:
    """Nor does it take."""
    bucket = Bucket(Rate(1.0, 1), 100.0)
    assert bucket.take(100.0)
    assert not bucket.take(0.0)
    assert not bucket.is_full(0.5)
    assert bucket.is_full(2.0)
