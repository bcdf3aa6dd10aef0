"""What it is worth to take part in somebody's war: thanks, opinion at home, deference, and what the leader's goodwill adds to safety.

A protector that is not followed protects less, so whoever is guarded by the leader weighs what its goodwill adds to the help that it counts
on; whoever has no protector, or others as good, has less to lose by staying away (W110, W115-W117).
"""

from __future__ import annotations

import numpy as np

from client.bots.outlook import AUTONOMY, DOMESTIC, WELFARE, Outlook, as_things_stand, lending, with_partner
from client.bots.safety import loyalty
from rules.bodies.legitimacy import level_weight
from rules.exact import Array
from rules.force.operations import following, partner_cost
from rules.society.reputation import regime_weight
from rules.state import index, issue_column
from rules.vocabulary import LEVELS, Operation, Side


def join_values(outlook: Outlook, operation: Operation, row: int, side: Side = "attack") -> Array:
    """Worth to a state of staying out and of each level of contribution to a side: shape [1 + level]."""
    view, parameters = outlook.view, outlook.view.parameters
    authorised, refused = as_things_stand(outlook, operation)
    lent = lending(outlook, operation, authorised=authorised, refused=refused)
    weights = outlook.weights[row]
    thanks = parameters.join_goodwill * _liked(outlook, operation, row, side)
    opinion = parameters.domestic_value * parameters.opinion * _seen(outlook, operation, row, side) * float(weights[DOMESTIC])
    bows = side == "attack" and operation.leader == view.atlas.unipole
    bowing = float(outlook.board.bowing[row]) * _against(outlook, operation, row) * float(weights[AUTONOMY]) if bows else 0.0
    values = [0.0]
    for level in LEVELS:
        cost = parameters.cost_value * partner_cost(view, level, lent, side) * float(weights[WELFARE])
        values.append(level_weight(parameters, level) * (thanks + opinion - bowing) - cost)
    return np.array(values)


def joined(outlook: Outlook, operation: Operation) -> Operation:
    """The operation with all those who would come along of themselves, as its leader guesses; nobody waits for another to go first."""
    key = ("joined", operation.leader, operation.target, operation.issue, operation.coalition)
    return outlook.remember(key, lambda: _joined(outlook, operation))


def _joined(outlook: Outlook, operation: Operation) -> Operation:
    together, inside = operation, {operation.leader, operation.target, *(c.country for c in operation.coalition)}
    for row, country in enumerate(outlook.view.atlas.countries):
        if country not in inside:
            best = int(np.argmax(join_values(outlook, operation, row)))
            if best:
                together = with_partner(together, country, LEVELS[best - 1], owed=False, paid=False)
    return together


def _liked(outlook: Outlook, operation: Operation, row: int, side: Side) -> float:
    """What a unit of the leader's goodwill is worth, less as much of the target's: in welfare and in safety; on the other side reversed."""
    leader, target = index(outlook.view, operation.leader), index(outlook.view, operation.target)
    dependence = outlook.view.atlas.dependence[row]
    welfare = outlook.view.parameters.dependence_value * float(outlook.weights[row, WELFARE])
    worth = welfare * float(dependence[leader] - dependence[target]) + loyalty(outlook, row, leader) - loyalty(outlook, row, target)
    return worth if side == "attack" else -worth


def _against(outlook: Outlook, operation: Operation, row: int) -> float:
    """How much of a deference it is for a state to come along."""
    return float(outlook.in_public(("following", operation.issue), lambda: following(outlook.view, operation))[row])


def _seen(outlook: Outlook, operation: Operation, row: int, side: Side) -> float:
    """How much approval at home a part in the attack moves, for a full contribution."""
    if side != "attack":
        return 0.0
    atlas = outlook.view.atlas
    wish = 1.0 - 2.0 * abs(float(atlas.ideal[row, issue_column(outlook.view, operation.issue)]) - 1.0)
    return wish * float(regime_weight(float(atlas.democracy[row]), outlook.view.parameters))
