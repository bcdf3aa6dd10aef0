"""Payoffs: what every seat plays for, in six visible terms of one unit, "payoff".

| term | from |
|---|---|
| security | threats that get past one's own defence and one's guarantors (W35, W121) |
| welfare | consumption, aid, the goodwill of those one depends on, less the cost of war and sanctions (S7, W89, W134, W157) |
| autonomy | deference, dearer for the stronger; what treaties bind one to; concern with concentrated power; foreign bases (W37, W144, I8) |
| policy | how far the issues stand from one's ideal (Voeten 2001) |
| standing | the authority of the councils in which one has power (Voeten 2001) |
| domestic | approval at home (S5) |

The functions take a *standpoint*, so the engine computes every row and a player only its own, by the same code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from rules.bodies.councils import voting_power
from rules.effects import Columns, Effect, Term
from rules.exact import Array, Rows, power, total
from rules.force.bases import abroad, hosting
from rules.force.common_forces import leash
from rules.force.power import relative, shares
from rules.force.sanctions import loss
from rules.force.threat import Standpoint, everybody, insecurity, own
from rules.pacts.institutions import bonds
from rules.state import TERMS, Game, Sight, View
from rules.vocabulary import Commitment


def payoff(sight: Game | View, at: Standpoint, received: Array, commitments: Iterable[Commitment]) -> Array:
    """Weighted payoff terms of each row, shape [row, term] in the order of ``state.TERMS``.

    ``received``: net aid of the rows, shape [row], bn USD.
    """
    pacts = tuple(commitments)
    rows = np.array(at.rows)
    parameters, world = sight.parameters, sight.world
    columns = [
        -parameters.security_value * insecurity(sight, at, pacts),
        welfare(sight, rows, received) + leash(sight, rows, pacts),
        -autonomy_loss(sight, rows) - bonds(sight, rows, pacts) - concern(sight)[rows]
        - parameters.host_autonomy * hosting(sight)[rows],
        -parameters.policy_value * total(at.salience * np.abs(world.leaning[rows] - world.positions)),
        parameters.standing_value * total(council_weight(sight)[rows] * world.authority),
        parameters.domestic_value * world.approval[rows],
    ]
    table: Array = np.stack(columns, axis=-1)
    return table * at.weights


def welfare(sight: Sight, rows: Rows, received: Array) -> Array:
    """Butter, goodwill of those one depends on, aid; less war costs, sanctions and the upkeep of bases abroad.  Shape [row]."""
    parameters, world, atlas = sight.parameters, sight.world, sight.atlas
    butter = parameters.butter_value * (1.0 - world.guns[rows] - total(world.spending[rows]))
    leaning = total(atlas.dependence[rows] * world.goodwill.T[rows])
    aid = parameters.aid_value * (received / world.economy[rows])
    war = parameters.cost_value * world.war_cost[rows]
    upkeep = parameters.base_upkeep * abroad(sight)[rows]
    return (butter + parameters.dependence_value * leaning + aid - war) - (loss(sight)[rows] + upkeep)


def deference_price(sight: Sight) -> Array:
    """Autonomy lost by one full act of deference; dearer for the stronger (W37, W111).  Shape [state]."""
    parameters = sight.parameters
    return parameters.deference_cost * power(relative(sight.world.forces), parameters.autonomy_power)


def autonomy_loss(sight: Sight, rows: Rows) -> Array:
    """Autonomy lost by deference so far.  Shape [row]."""
    return deference_price(sight)[rows] * sight.world.deference[rows]


def concern(sight: Sight) -> Array:
    """Worry about the most powerful state as such, by the part of its power that one lacks oneself (W37, W38).  Shape [state].

    Neither intent nor distance matters: even friends of a unipole feel it, because it can act alone.
    """
    forces = sight.world.forces
    first = np.maximum.reduce(shares(forces))
    lacking: Array = 1.0 - relative(forces)
    felt: Array = sight.parameters.power_concern * (first * lacking)
    return felt


def council_weight(sight: Sight) -> Array:
    """Voting power of each state in each council (Shapley-Shubik).  Shape [state, council]."""
    indices = [voting_power(council) for council in sight.atlas.councils]
    weights = [[index.get(country, 0.0) for index in indices] for country in sight.atlas.countries]
    table: Array = np.array(weights, dtype=np.float64).reshape(len(sight.atlas.countries), len(indices))
    return table


def own_payoff(view: View) -> Array:
    """The viewer's payoff terms as things stand now, shape [term]."""
    mine: Array = payoff(view, own(view), np.atleast_1d(view.world.received), view.commitments)[0]
    return mine


def score(game: Game, _: str) -> Sequence[Effect]:
    """Every seat's payoff at the end of a turn."""
    table = payoff(game, everybody(game), game.world.received, game.commitments)
    values: list[float] = table.ravel().tolist()

    def terms(k: int) -> tuple[Term, ...]:
        country, name = game.atlas.countries[k // len(TERMS)], TERMS[k % len(TERMS)]
        return (Term(f"{country} {name}", values[k], frozenset((country,))),)

    places = [(row, column) for row in range(len(table)) for column in range(len(TERMS))]
    return Columns("payoff", places, values, terms)
