"""Excuses: why what looks like a breach is none (W129): the creditors waived it, or the terms allow it as an answer to a breach.

*Suspension* lets the rights of a breaker rest: what is owed to it alone need not be done.  *Counter-measures* go further: what is owed to
the breaker under any other commitment need not be done either.  Both last for ``remedy_turns`` after the breach.
"""

from __future__ import annotations

from rules.pacts.circumstances import known_to
from rules.pacts.clauses import Clause, creditors
from rules.pacts.treaties import Commitment
from rules.state import Game, Sight


def excuse(game: Game, commitment: Commitment, clause: Clause) -> str:
    """The reason why a clause need not be kept this turn; empty if there is none."""
    owed_to = creditors(commitment.terms.parties, clause)
    if waived(game, commitment, clause):
        return f"{', '.join(owed_to)} did not ask for it"
    if "suspension" in commitment.terms.remedies and set(owed_to) <= breakers(game, commitment):
        return f"{', '.join(owed_to)} had broken its word, and its rights rest"
    for treaty in game.commitments:
        allowed = "counter-measures" in treaty.terms.remedies and clause.debtor in treaty.terms.parties
        if allowed and known_to(treaty, commitment) and set(owed_to) <= breakers(game, treaty):
            return f"a counter-measure against {', '.join(owed_to)}"
    return ""


def waived(sight: Sight, commitment: Commitment, clause: Clause) -> bool:
    """Whether everybody to whom a clause is owed has waived it, for this turn or for good."""
    number = commitment.terms.clauses.index(clause)
    free = {w.country for w in commitment.waivers if w.clause == number and w.turn in (None, sight.moment.turn)}
    owed_to = creditors(commitment.terms.parties, clause)
    return bool(owed_to) and set(owed_to) <= free


def breakers(sight: Sight, commitment: Commitment) -> frozenset[str]:
    """Who broke these terms in the last turns, this one not counted."""
    now, back = sight.moment.turn, int(sight.parameters.remedy_turns)
    return frozenset(
        v.debtor for v in sight.verdicts if v.commitment == commitment.id and v.finding == "breached" and now - back <= v.turn < now
    )
