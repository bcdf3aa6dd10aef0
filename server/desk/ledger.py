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
from server.desk.papers import FindingPaper, Ledger, PledgePaper
from server.narrate.clauses import clause_sentence
from server.narrate.words import in_names


def ledger(game: Game, viewer: str) -> Ledger:
    """Every clause that the viewer knows of, the newest commitment first, with what was found on it."""
    sights = [view(one, viewer) for one in (game, *(fore for _, fore in steps(game)))]
    known: dict[str, Commitment] = {}
    found: dict[tuple[str, int, str, int], Verdict] = {}
    for sight in sights:  # from now on back: the latest word on each
        for commitment in sight.commitments:
            known.setdefault(commitment.id, commitment)
        for verdict in sight.verdicts:
            found.setdefault((verdict.commitment, verdict.clause, verdict.debtor, verdict.turn), verdict)
    bound = {commitment.id for commitment in sights[0].commitments}
    newest = sorted(known.values(), key=lambda one: (-one.since, one.id))
    return Ledger(
        pledges=tuple(
            _pledge(sights[0], commitment, place, clause, list(found.values()), in_force=commitment.id in bound)
            for commitment in newest
            for place, clause in enumerate(commitment.terms.clauses)
        )
    )


def _pledge(sight: View, commitment: Commitment, place: int, clause: Clause, found: Sequence[Verdict], *, in_force: bool) -> PledgePaper:
    terms = commitment.terms
    verdicts = [one for one in found if (one.commitment, one.clause) == (commitment.id, place)]
    return PledgePaper(
        commitment=commitment.id,
        debtor=clause.debtor,
        parties=terms.parties,
        text=clause_sentence(sight, clause, terms.parties),
        secret=commitment.hidden,
        since=commitment.since,
        in_force=in_force,
        findings=tuple(
            FindingPaper(turn=one.turn, finding=one.finding, reason=in_names(sight, one.reason))
            for one in sorted(verdicts, key=lambda one: one.turn)
        ),
    )
