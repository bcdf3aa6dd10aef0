"""Threat and security from each standpoint; the four factors are shown by the cases (tests/conformance)."""

from __future__ import annotations

import numpy as np

from rules.force.threat import everybody, insecurity, offence, threat
from tests.rules.force.pacts import guard, pact
from tests.rules.stage import at, tiny, with_figures


def test_nobody_threatens_itself_and_threat_has_its_range() -> None:
    """Between nothing and one, zero on the diagonal."""
    felt = threat(tiny(), everybody(tiny()))
    assert np.diagonal(felt).tolist() == [0.0] * 4
    assert (felt >= 0).all()
    assert (felt <= 1).all()
    assert (offence(tiny()) <= 1).all()


def test_insecurity_falls_with_every_friend_and_grows_with_every_enemy() -> None:
    """Of the row that has them."""
    game = at("1 briefing 1")
    alone = insecurity(game, everybody(game), ())
    guarded = insecurity(game, everybody(game), (pact(guard("ARD", "COR")),))
    assert guarded[2] < alone[2]
    assert guarded[[0, 1, 3]].tolist() == alone[[0, 1, 3]].tolist()
    feared = with_figures(game, hostile=np.where(np.eye(4) > 0, 0.0, 0.9))
    assert (insecurity(feared, everybody(feared), ()) > alone).all()
