"""How much, how far, and what it makes of the system."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.force.power import basis, nearness, projected, relative, shares, standing
from rules.parameters import Parameters, registry, with_overrides
from tests.rules.stage import tiny

LOOSE = with_overrides({"unipole_match": 1})


@pytest.mark.parametrize(
    ("forces", "parameters", "label"),
    [
        ([10.0] + [1.0] * 10, Parameters(), "unipolar"),
        ([10.0] + [1.0] * 4, Parameters(), "multipolar"),
        ([10.0] + [1.0] * 4, LOOSE, "unipolar"),
        ([10.0, 6.0, 1.0], LOOSE, "bipolar"),
        ([10.0, 6.0, 5.0], LOOSE, "multipolar"),
        ([10.0, 6.0], LOOSE, "bipolar"),
        ([10.0], LOOSE, "multipolar"),
        ([10.0, 0.0], LOOSE, "unipolar"),
        ([1.0] * 8, Parameters(), "multipolar"),
    ],
)
def test_systems_are_labelled(forces: list[float], parameters: Parameters, label: str) -> None:
    """By share, lead and the number of states it takes to match the first."""
    assert standing(np.array(forces), parameters).polarity == label


def test_the_figures_behind_the_label() -> None:
    """Who leads, with what share and lead, and how many match it; the order of the states does not matter."""
    found = standing(np.array([2.0, 8.0, 4.0, 2.0]), LOOSE)
    assert (found.leader, found.share, found.gap, found.match) == (1, 0.5, 2.0, 3)
    assert standing(np.array([8.0, 1.0, 1.0]), LOOSE).match == 3
    assert standing(np.array([8.0, 0.0]), LOOSE).gap == float("inf")


def test_shares_and_relative_power() -> None:
    """Shares add up to one, relative power has one at the top."""
    forces = np.array([[3.0, 1.0], [1.0, 1.0]])
    assert shares(forces).tolist() == [[0.75, 0.25], [0.5, 0.5]]
    assert relative(forces).tolist() == [[1.0, 1.0 / 3.0], [1.0, 1.0]]


def test_power_fades_on_the_way() -> None:
    """By e over one reach; not at all with proximity 0; found once for each atlas."""
    forces, distance, reach = np.array([10.0, 5.0]), np.array([[0.0, 2.0], [4.0, 0.0]]), np.array([4.0, 2.0])
    there = projected(forces, distance, reach, 1.0)
    assert there[0, 0] == 10.0
    assert there[1, 0] == pytest.approx(10.0 / np.e)
    assert there[0, 1] == pytest.approx(5.0 / np.e)
    assert projected(forces, distance, reach, 0.0).tolist() == [[10.0, 5.0], [10.0, 5.0]]
    atlas = tiny().atlas
    assert nearness(atlas, 1.0) is nearness(atlas, 1.0)
    assert (nearness(atlas, 1.0) * forces[0]).tolist() == projected(np.full(4, 10.0), atlas.distance, atlas.reach, 1.0).tolist()
    assert not nearness(atlas, 0.5).flags.writeable


def test_the_power_that_polarity_is_judged_by() -> None:
    """Forces in being; or the economy, or the economy times wealth per head (economies of 1000, 300, 40, 120; 100, 60, 8, 40 million)."""
    game = tiny()

    def judged(**words: str) -> list[float]:
        values: list[float] = basis(replace(game, parameters=with_overrides(dict(words)))).tolist()
        return values

    assert judged(power_basis="mobilised") == game.world.forces.tolist()
    assert judged(power_basis="latent", power_index="economy") == [1000.0, 300.0, 40.0, 120.0]
    other = next(word for word in registry()["power_index"].options if word != "economy")
    assert judged(power_basis="latent", power_index=other) == pytest.approx([10_000.0, 1_500.0, 200.0, 360.0])
