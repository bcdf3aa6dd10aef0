"""Who can be answered together."""

from __future__ import annotations

from client.bots.company import companies
from rules.exact import frozen


def test_only_those_who_share_the_very_objects_are_together() -> None:
    """Equal figures in another place are another world; equal text is the same; the order is that of appearance."""
    here, there = frozen([1.0]), frozen([1.0])
    items = [(here, "a"), (there, "a"), (here, "a"), (here, "b"), (there, str(b"a", "ascii"))]
    assert companies(items, lambda item: item) == [[0, 2], [1, 4], [3]]
    assert companies([], lambda item: (item,)) == []
