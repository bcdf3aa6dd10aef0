"""The ledger of promises: who owes whom what, and what became of it, as far as one viewer may know.

It is read off the game and the games before its steps, each through the viewer's own view; so what was undone is not in it, and a secret
that came to light is.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.past import steps
from rules.state import Game, View
from rules.view import view
from rules.vocabulary import Clause, Commitment, Verdict
from server.desk.papers import CommitmentRecord, FindingPaper, Ledger, PledgePaper
from server.narrate.clauses import clause_sentence
from server.narrate.terms import terms_sentences
from server.narrate.words import in_names


def inherited(opening: Game) -> frozenset[str]:
    """The commitments from before a game, by the game as it was opened."""
    return frozenset(commitment.id for commitment in opening.commitments)


def ledger(game: Game, viewer: str) -> Ledger:
    """Every clause that the viewer knows of, the newest commitment first, with what was found on it."""
    games = (game, *(earlier for _, earlier in steps(game)))
    sights = [view(one, viewer) for one in games]
    known: dict[str, Commitment] = {}
    found: dict[tuple[str, int, str, int], Verdict] = {}
    for sight in sights:  # from now on back: the latest word on each
        for commitment in sight.commitments:
            known.setdefault(commitment.id, commitment)
        for verdict in sight.verdicts:
            found.setdefault((verdict.commitment, verdict.clause, verdict.debtor, verdict.turn), verdict)
    old = inherited(games[-1])
    bound = {commitment.id for commitment in sights[0].commitments}
    since = {name: 0 if name in old else one.since for name, one in known.items()}
    verdicts = list(found.values())
    return Ledger(
        commitments=tuple(
            CommitmentRecord(
                id=one.id,
                parties=one.terms.parties,
                clauses=tuple(terms_sentences(sights[0], one.terms)),
                secret=one.hidden,
                since=since[one.id],
                in_force=one.id in bound,
                pledges=tuple(_pledge(sights[0], one, place, clause, verdicts) for place, clause in enumerate(one.terms.clauses)),
            )
            for one in sorted(known.values(), key=lambda one: (-since[one.id], one.id))
        )
    )


def _pledge(sight: View, commitment: Commitment, place: int, clause: Clause, found: Sequence[Verdict]) -> PledgePaper:
    verdicts = [one for one in found if (one.commitment, one.clause) == (commitment.id, place)]
    return PledgePaper(
        debtor=clause.debtor,
        text=clause_sentence(sight, clause, commitment.terms.parties),
        findings=tuple(
            FindingPaper(turn=one.turn, finding=one.finding, reason=in_names(sight, one.reason))
            for one in sorted(verdicts, key=lambda one: one.turn)
        ),
    )
