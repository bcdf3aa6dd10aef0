"""What a decision of a body binds its members to: sanctions that it adopted are owed by all of them but their target (W79, W157).

The duty is a commitment like any other, so that it is judged every turn, breaking it costs a name, goodwill and approval, and whoever voted
for it is bound in form.  It cannot be left at once.  A body whose word is a recommendation, with a mandate below 1, binds nobody.
"""

from __future__ import annotations

from collections.abc import Iterator

from rules import events as ev
from rules.pacts.commitments import COMMITMENTS_MAX
from rules.pacts.treaties import NOTICE_MAX
from rules.state import Council, Game, Sight, find_council, find_draft
from rules.vocabulary import Commitment, KeepSanctions, Terms

BINDING = 1.0  # mandate of a body whose decisions bind its members
MEMBERS_MAX = 32  # parties that terms can have
MEMBERS_MIN = 2


def bound(game: Game, draft_id: str) -> tuple[ev.CommitmentMade, ...]:
    """The duty that follows from a vote on a draft, if one does."""
    draft = find_draft(game, draft_id)
    council = find_council(game, draft.council) if draft is not None else None
    if draft is None or council is None or (draft.action, draft.status) != ("sanction", "adopted"):
        return ()
    owing = bound_members(game, council, draft.target)
    if not owing or len(game.commitments) >= COMMITMENTS_MAX or set(owing) <= set(_owing_already(game, draft.target)):
        return ()
    now = game.moment.turn
    level = game.parameters.sanction_duty
    clauses = tuple(KeepSanctions(debtor=c, since=now, until=max(game.atlas.turns, now), target=draft.target, level=level) for c in owing)
    formal = tuple(b.country for b in draft.ballots if b.choice == "yes" and b.country in owing)
    terms = Terms(parties=owing, clauses=clauses, formal=formal, notice=NOTICE_MAX)
    return (ev.CommitmentMade(commitment=Commitment(id=f"{draft.id}:duty", terms=terms, since=now)),)


def bound_members(sight: Sight, council: Council, target: str) -> tuple[str, ...]:
    """Whom sanctions against a state would bind if the council adopted them: all members but the target, or nobody."""
    owing = tuple(c for c in council.members if c != target)
    binding = sight.parameters.sanction_duty > 0.0 and council.mandate >= BINDING
    return owing if binding and MEMBERS_MIN <= len(owing) <= MEMBERS_MAX else ()


def _owing_already(game: Game, target: str) -> Iterator[str]:
    for commitment in game.commitments:
        for clause in commitment.terms.clauses:
            if isinstance(clause, KeepSanctions) and clause.target == target and clause.level >= game.parameters.sanction_duty:
                yield clause.debtor
