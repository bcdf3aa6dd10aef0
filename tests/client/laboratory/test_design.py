"""Contrasts: differences, trends, interactions, against weights worked out by hand."""

from __future__ import annotations

import pytest

from client.laboratory.design import cells, contrast, title
from tests.client.laboratory.small import small

FACTORS = """
id = "f"
title = "Factors"
proposition = "None."
world = "tiny"
[[factor]]
name = "a"
levels = { low = {}, high = {} }
[[factor]]
name = "b"
levels = { "1" = {}, "2" = {}, "4" = {} }
[metric.m]
rows = "events"
"""


def weights(**claim: str) -> dict[tuple[str, ...], float]:
    """The weights of a claim with these lines."""
    lines = "\n".join(f"{key} = {value}" for key, value in claim.items())
    data = small(f'{FACTORS}[[claim]]\nid = "c"\nsentence = "So."\nmetric = "m"\nsign = "+"\nleast = 0\n{lines}').data
    return {cell: round(weight, 9) for cell, weight in contrast(data, data.claim[0]).items()}


def test_two_levels_are_a_difference_averaged_over_the_other_factor() -> None:
    """Plus and minus a third each."""
    found = weights(effect='["a"]')
    assert found == {(a, b): pytest.approx(sign / 3) for a, sign in (("low", -1), ("high", 1)) for b in "124"}


def test_three_levels_are_a_trend_from_the_first_to_the_last() -> None:
    """Places 1, 2, 4: deviations from 7/3 over their sum of squares, times three."""
    found = weights(effect='["b"]', at='{ a = "high" }')
    scale = 3 / (16 / 9 + 1 / 9 + 25 / 9)
    assert found == {("high", b): pytest.approx((x - 7 / 3) * scale) for b, x in (("1", 1), ("2", 2), ("4", 4))}


def test_an_interaction_is_the_product() -> None:
    """The difference of differences between two named levels."""
    found = weights(effect='["a", "b"]', between='{ b = ["1", "4"] }')
    assert found == {("low", "1"): 1, ("low", "4"): -1, ("high", "1"): -1, ("high", "4"): 1}


def test_a_level_alone_is_a_mean() -> None:
    """No effect: the cells themselves."""
    assert weights(at='{ a = "low", b = "2" }') == {("low", "2"): 1}


def test_cells_are_all_combinations() -> None:
    """Six of them, each with a title."""
    data = small(f'{FACTORS}[[claim]]\nid = "c"\nsentence = "So."\nmetric = "m"\nsign = "+"\nleast = 0\n').data
    assert len(cells(data)) == 6
    assert title(data, ("low", "4")) == "a low, b 4"
