"""The results of balance speak of the scenarios as they are, and of none is an objective out of reach or a gift."""

from __future__ import annotations

import pytest

from scenarios import load, names
from tests.reference.balance import NOT_PLAYED, Result, balance_page, results

GAMES_MIN = 10
RESULTS = results()


def test_every_scenario_was_played() -> None:
    """But for those that are named."""
    assert {one.scenario for one in RESULTS} == set(names()) - NOT_PLAYED


@pytest.mark.parametrize("one", RESULTS, ids=[one.scenario for one in RESULTS])
def test_seats_and_objectives_are_those_of_the_scenario(one: Result) -> None:
    """Whoever changes an objective plays again."""
    wanted = {place.country: [aim.id for aim in place.objectives] for place in load(one.scenario).data.seat}
    assert {seat: list(aims) for seat, aims in one.seats.items()} == wanted


@pytest.mark.parametrize("one", RESULTS, ids=[one.scenario for one in RESULTS])
def test_every_objective_was_reached_and_missed(one: Result) -> None:
    """In as many games as were played."""
    assert one.games >= GAMES_MIN
    assert [share for share in one.shares if not 0.0 < share < 1.0] == []


def test_the_page_has_a_row_for_every_scenario() -> None:
    """With its number of games."""
    page = balance_page()
    assert all(f"| `{one.scenario}` | {one.games} |" in page for one in RESULTS)
