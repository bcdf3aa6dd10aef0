"""Openings of experiments: what an experiment sets stays set."""

from __future__ import annotations

import pytest

from client.laboratory.playing import MAIN, Plan, Run, courses
from tests.client.laboratory.small import ENTRY, small


def test_a_reach_that_is_set_does_not_fade_back() -> None:
    """Reach wears off towards what a state began with, so an experiment that sets it sets that as well."""
    text = ENTRY.replace('{ figure = "forces", of = "DOR", times = 0.5 }', '{ figure = "reach", of = "DOR", set = 9.5 }')
    for cell, reach in ((("control",), 0.0), (("treatment",), 9.5)):
        for _, course in courses(small(text), Plan(7, "tuning"), Run(MAIN, 1), cell, [0]):
            row = course.opening.atlas.countries.index("DOR")
            ends = [float(game.world.reach[row]) for game in course.ends]
            assert ends == pytest.approx([reach or ends[0]] * len(ends))
