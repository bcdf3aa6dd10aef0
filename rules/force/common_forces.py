"""Forces held in common: a joint capability that makes its members less dependent on the unipole (W73-W79).

Members of a treaty may owe a share of their economies to a common force (a ``spend`` clause that is pooled).  What that share sustains
counts for all of them, without the doubt that hangs over a promise to come to help.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from rules.exact import Array, Rows
from rules.force.power import arrival
from rules.pacts.clauses import SpendAtLeast
from rules.state import Sight
from rules.vocabulary import Commitment

NOTHING = 1e-9  # share of the economy below which nothing is spent on arms


def shares_in_common(sight: Sight, commitments: Iterable[Commitment]) -> dict[tuple[int, int], float]:
    """(member, other member) -> forces that the other holds in common with it, bn USD; each pair once, by its largest pledge."""
    countries, now = sight.atlas.countries, max(sight.moment.turn, 1)
    found: dict[tuple[int, int], float] = {}
    for commitment in commitments:
        members = [countries.index(party) for party in commitment.terms.parties]
        for clause in commitment.terms.clauses:
            if isinstance(clause, SpendAtLeast) and clause.pooled and clause.since <= now <= clause.until:
                giver = countries.index(clause.debtor)
                part = min(clause.share / max(float(sight.world.guns[giver]), NOTHING), 1.0)
                given = part * float(sight.world.forces[giver])
                for member in members:
                    found[member, giver] = max(found.get((member, giver), 0.0), given)
    return found


def common_defence(sight: Sight, rows: tuple[int, ...], commitments: Iterable[Commitment]) -> Array:
    """Forces of others held in common with each row, at its place, against each state; none against their own giver.  [row, state]."""
    near, places = arrival(sight), {state: row for row, state in enumerate(rows)}
    shield = np.zeros((len(rows), len(sight.atlas.countries)))
    for (member, giver), given in shares_in_common(sight, commitments).items():
        if member in places and member != giver:
            brought = np.full(shield.shape[1], sight.parameters.pool_effect * given * float(near[member, giver]))
            brought[giver] = 0.0
            shield[places[member]] += brought
    return shield


def independence(sight: Sight, rows: Rows, commitments: Iterable[Commitment]) -> Array:
    """How far a row can do without the unipole: forces in common against the unipole's at its place, 0..1.  Shape [row]."""
    unipole = sight.atlas.countries.index(sight.atlas.unipole)
    near = arrival(sight)
    pooled = np.zeros(len(sight.atlas.countries))
    for (member, giver), given in shares_in_common(sight, commitments).items():
        pooled[member] += given * float(near[member, giver])
    patron = sight.world.forces[unipole] * near[:, unipole]
    free: Array = pooled / np.maximum(pooled + patron, NOTHING)
    mine: Array = free[rows]
    return mine


def leash(sight: Sight, rows: Rows, commitments: Iterable[Commitment]) -> Array:
    """What independence changes in welfare: less hangs on the unipole's goodwill, for better and worse (W73, W74).  Shape [row]."""
    parameters, atlas = sight.parameters, sight.atlas
    unipole = atlas.countries.index(atlas.unipole)
    leaning = atlas.dependence[rows, unipole] * sight.world.goodwill[unipole, rows]
    slipped: Array = -(parameters.leash_effect * independence(sight, rows, commitments)) * (parameters.dependence_value * leaning)
    return slipped
