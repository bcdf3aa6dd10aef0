"""Reassurance: how far a pledge of restraint takes the edge off a threat (W82).

A pledge counts by the belief that it is kept, and by how little its author is believed to be aggressive: from a state that is taken to be
bent on conquest no pledge reassures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from rules.clauses import NonAggression, Restraint, creditors
from rules.exact import Array
from rules.institutions import firmness
from rules.state import Sight
from rules.treaties import Commitment


def spared(sight: Sight, rows: Sequence[int], hostile: Array, believed: Array, commitments: Iterable[Commitment]) -> Array:
    """What is left of each threat after pledges of restraint and non-aggression.  Shape [row, state], 1 where there is none.

    ``hostile`` and ``believed`` are the rows' beliefs in aggressiveness and in words, both [row, state].
    """
    parameters, countries = sight.parameters, sight.atlas.countries
    left = np.ones((len(rows), len(countries)))
    if parameters.restraint_relief <= 0.0:
        return left
    places = {countries[state]: row for row, state in enumerate(rows)}
    now = max(sight.moment.turn, 1)
    for commitment in commitments:
        for clause in commitment.terms.clauses:
            if not isinstance(clause, Restraint | NonAggression) or clause.when is not None or _less(clause):
                continue
            if not clause.since <= now <= clause.until:
                continue
            source = countries.index(clause.debtor)
            whom = (clause.towards,) if isinstance(clause, Restraint) else creditors(commitment.terms.parties, clause)
            firm = firmness(commitment.terms, clause.debtor, parameters)
            for row in [places[country] for country in whom if country in places]:
                trust = 1.0 - (1.0 - float(believed[row, source])) * (1.0 - firm)
                relief = parameters.restraint_relief * trust * (1.0 - float(hostile[row, source]))
                left[row, source] = min(float(left[row, source]), 1.0 - relief)
    return left


def _less(clause: Restraint | NonAggression) -> bool:
    """Whether a pledge leaves attacks free and only forbids what may follow."""
    return isinstance(clause, Restraint) and clause.short_of != "attack"
