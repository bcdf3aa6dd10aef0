"""Reassurance: how far a pledge of restraint takes the edge off a threat (W82).

A pledge counts by the belief that it is kept, and by how little its author is believed to be aggressive: from a state that is taken to be
bent on conquest no pledge reassures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from rules.exact import Array
from rules.pacts.circumstances import counts
from rules.pacts.clauses import NonAggression, Restraint, creditors
from rules.pacts.institutions import firmness
from rules.pacts.treaties import Commitment
from rules.parameters import Parameters
from rules.state import Sight


def words_to_spare(sight: Sight, rows: Sequence[int], believed: Array, commitments: Iterable[Commitment]) -> Array:
    """How far each row trusts a state's pledge to leave it in peace.  Shape [row, state], 0 where there is none.

    ``believed`` are the rows' beliefs in words, [row, state].
    """
    countries, places = sight.atlas.countries, {state: row for row, state in enumerate(rows)}
    trust = np.zeros((len(rows), len(countries)))
    now = max(sight.moment.turn, 1)
    for commitment in commitments:
        for clause in commitment.terms.clauses:
            if not isinstance(clause, Restraint | NonAggression) or _less(clause) or not clause.since <= now <= clause.until:
                continue
            if not counts(sight, commitment, clause.when):
                continue
            source = countries.index(clause.debtor)
            whom = (clause.towards,) if isinstance(clause, Restraint) else creditors(commitment.terms.parties, clause)
            firm = firmness(commitment.terms, clause.debtor, sight.parameters)
            for row in [places[state] for state in map(countries.index, whom) if state in places]:
                word = 1.0 - (1.0 - float(believed[row, source])) * (1.0 - firm)
                trust[row, source] = max(float(trust[row, source]), word)
    return trust


def spared(words: Array, hostile: Array, parameters: Parameters) -> Array:
    """What pledges leave of each threat, from the trust in them and the belief in their authors' aggressiveness.  Any shape."""
    left: Array = 1.0 - parameters.restraint_relief * words * (1.0 - hostile)
    return left


def _less(clause: Restraint | NonAggression) -> bool:
    """Whether a pledge leaves attacks free and only forbids what may follow."""
    return isinstance(clause, Restraint) and clause.short_of != "attack"
