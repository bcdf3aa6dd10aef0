"""A small experiment for tests: an invented world of four states, played by bots that cost next to nothing."""

from __future__ import annotations

from pathlib import Path

from client.laboratory.reading import Experiment, read

ENTRY = """
id = "small"
title = "A small experiment"
proposition = "Nothing in particular."
cites = ["W35"]
world = "tiny"
pairs = 6

[setup]
cast = "*=random"
turns = 1

[control]

[treatment]
figures = [{ figure = "forces", of = "DOR", times = 0.5 }]

[metric.forces]
rows = "seats"
where = { country = "DOR", turn = 0 }
value = "sum forces"

[metric.acts]
rows = "orders"
where = { author = "@others" }
missing = 0

[[claim]]
id = "weaker"
sentence = "Dorn begins with smaller forces."
metric = "forces"
effect = ["treatment"]
sign = "-"
least = 0.1
"""


def small(text: str = ENTRY) -> Experiment:
    """The experiment, or another text in its place."""
    return read(text, Path())
