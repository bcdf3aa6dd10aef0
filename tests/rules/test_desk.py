"""Sealed acts are found by whose they are and by their kind, in the order in which they were sealed."""

from __future__ import annotations

from dataclasses import replace

from rules import orders as o
from rules.desk import by_seat, sealed_acts, sealed_by
from rules.state import SealedAct
from tests.rules.stage import tiny


def test_acts_are_sorted_by_kind_and_by_seat() -> None:
    """Whoever sealed first comes first, unless the order of the seats is asked for."""
    first, second, third = o.Budget(guns=0.1, aid=0.0), o.Aid(to="ARD", amount=1.0), o.Budget(guns=0.2, aid=0.0)
    desk = tuple(SealedAct(country=c, act=act) for c, act in (("COR", first), ("COR", second), ("ARD", third)))
    game = replace(tiny(), desk=desk)
    assert sealed_acts(game, o.Budget) == (("COR", first), ("ARD", third))
    assert by_seat(game, sealed_acts(game, o.Budget)) == (("ARD", third), ("COR", first))
    assert [item.act for item in sealed_by(game, "COR")] == [first, second]
    assert sealed_acts(game, o.Vote) == ()
    assert sealed_by(game, "BRV") == ()
