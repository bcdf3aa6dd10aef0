"""Rank correlation and area under the curve against values worked out by hand."""

import pytest

from client.laboratory.agreement import area, kendall_tau


def test_tau_of_the_same_order_is_one_and_of_the_reverse_minus_one() -> None:
    """Perfect agreement and perfect disagreement."""
    assert kendall_tau([1, 2, 3, 4], [10, 20, 30, 40]) == 1.0
    assert kendall_tau([1, 2, 3, 4], [4, 3, 2, 1]) == -1.0


def test_tau_b_takes_ties_into_account() -> None:
    """Three cases, one tie on one side: two concordant pairs of three, divided by sqrt(2 * 3)."""
    assert kendall_tau([1, 1, 2], [1, 2, 3]) == pytest.approx(2 / 6**0.5)


def test_tau_of_a_constant_is_nothing() -> None:
    """Where one side never differs there is nothing to agree on."""
    assert kendall_tau([1, 1, 1], [1, 2, 3]) == 0.0


@pytest.mark.parametrize(
    ("scores", "hits", "expected"),
    [
        ([3, 2, 1], [True, False, False], 1.0),
        ([1, 2, 3], [True, False, False], 0.0),
        ([1, 1, 1], [True, False, False], 0.5),
        ([2, 1, 3], [True, False, False], 0.5),
        ([1, 2], [False, False], 0.5),
    ],
)
def test_area_counts_how_often_a_hit_scores_above_a_miss(scores: list[float], hits: list[bool], expected: float) -> None:
    """Hits above misses, below them, beside them, between them, and no hits at all."""
    assert area(scores, hits) == expected
