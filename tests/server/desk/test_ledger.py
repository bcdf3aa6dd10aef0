"""The ledger: every clause that a viewer was told of, with every finding that it was told, and nothing else."""

from __future__ import annotations

import pytest

from rules import events as ev
from rules.evolve import evolve, evolve_all
from rules.view import PUBLIC_VIEWER, tell
from server.desk.ledger import ledger
from tests.server.games import played


@pytest.mark.parametrize("viewer", ["ARD", "COR", PUBLIC_VIEWER])
def test_it_has_what_the_viewer_was_told(viewer: str) -> None:
    """Commitments that were made and findings that were pronounced before its ears, in a whole game of chance."""
    _, match = played("tiny", "*=random", 3)
    game = match.opening
    made, judged = {one.id for one in game.commitments}, set[tuple[str, int, str, int]]()
    for entry in match.entries:
        for event in entry.events:
            told = tell(game, event, viewer)
            game = evolve(game, event)
            if isinstance(told, ev.CommitmentMade | ev.CommitmentDetected):
                made.add(told.commitment.id)
            if isinstance(told, ev.Judged):
                judged.add((told.verdict.commitment, told.verdict.turn, told.verdict.finding, told.verdict.clause))
    commitments = ledger(game, viewer).commitments
    assert {one.id for one in commitments} == made
    found = {
        (commitment.id, one.turn, one.finding, place)
        for commitment in commitments
        for place, pledge in enumerate(commitment.pledges)
        for one in pledge.findings
    }
    assert found == judged
    assert found
    assert all(one.clauses and len(one.clauses) <= len(one.pledges) + 4 for one in commitments)
    old = {one.id for one in match.opening.commitments}
    assert {one.id for one in commitments if one.since == 0} == made & old


def test_a_secret_is_in_the_ledger_of_its_parties_alone() -> None:
    """Until it comes to light."""
    _, match = played("tiny", "*=random", 3)
    game, hidden = match.opening, dict[str, tuple[str, ...]]()
    for entry in match.entries:
        game = evolve_all(game, entry.events)
        hidden |= {one.id: one.terms.parties for one in game.commitments if one.hidden}
        hidden = {name: parties for name, parties in hidden.items() if not any(one.id == name and one.leaked for one in game.commitments)}
    assert hidden
    for viewer in (*game.atlas.countries, PUBLIC_VIEWER):
        known = {one.id for one in ledger(game, viewer).commitments}
        assert {name for name, parties in hidden.items() if viewer in parties} <= known
        assert not [name for name, parties in hidden.items() if viewer not in parties and name in known]
