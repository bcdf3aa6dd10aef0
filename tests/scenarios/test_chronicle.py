"""What really happened, beside the turns of a case."""

from __future__ import annotations

import pytest

from scenarios import load, names
from scenarios.chronicle import chronicle

TOLD = [name for name in names() if chronicle(name)]


@pytest.mark.parametrize("name", TOLD)
def test_facts_fall_into_turns_in_their_order(name: str) -> None:
    """None lies beyond the last turn, and each names its source."""
    turns = [event.turn for event in chronicle(name)]
    assert turns == sorted(turns)
    assert turns[-1] <= load(name).data.scenario.turns
    assert all(event.source for event in chronicle(name))


def test_real_cases_have_a_chronicle_and_invented_ones_none() -> None:
    """A scenario of no such name has none either."""
    assert len(TOLD) >= 12
    assert [chronicle(name) for name in ("tiny", "octet", "near-unipole", "no-such-case")] == [(), (), (), ()]
