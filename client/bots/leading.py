"""Whose war it would be: of all who could lead one over an issue, who is preparing it at a gain, or else who would gain most by it.

A council is asked to authorise somebody's war, and its members ask themselves whose.  No place in the order of power answers that, only
what leading the war with a mandate would be worth to whom: the issue settled nearer to its wish, as likely as its forces would win, and
whoever it fears weaker, less what the war costs.  Others' worth is guessed by the public defaults, the own is known.
"""

from __future__ import annotations

import numpy as np

from client.bots.menace import menace
from client.bots.outlook import POLICY, WELFARE, Outlook, leader_value, prepared, winning
from rules.exact import Array
from rules.state import issue_column
from rules.vocabulary import Operation

HOPELESS = 0.1  # payoff by which even the best case must fall short for an operation not to be thought of


def whose_war(outlook: Outlook, target: str, issue: str) -> str:
    """Who would lead a war over the issue against the target, if anybody did."""
    return outlook.remember(("whose war", target, issue), lambda: _whose_war(outlook, target, issue))


def _whose_war(outlook: Outlook, target: str, issue: str) -> str:
    plans = [o for o in outlook.view.operations if (o.target, o.status) == (target, "announced")]
    worth = {plan.leader: with_mandate(outlook, plan) for plan in plans}
    serious = [leader for leader, value in worth.items() if value > 0.0]
    if serious:
        return max(serious, key=worth.__getitem__)
    hopeful = _hopeful(outlook, target, issue)
    if len(hopeful) == 1:
        return hopeful[0]
    return max(hopeful, key=lambda leader: with_mandate(outlook, prepared(outlook, leader, target, issue)))


def in_good_hands(outlook: Outlook, target: str, issue: str) -> bool:
    """Whether another prepares the war at a gain: who leaves it to the other has what it brings, and not what it costs."""
    leader = whose_war(outlook, target, issue)
    return leader != outlook.view.viewer and any(
        (o.leader, o.target, o.status) == (leader, target, "announced") for o in outlook.view.operations
    )


def with_mandate(outlook: Outlook, operation: Operation) -> float:
    """What carrying an operation out with a council's mandate would be worth to its leader, its own safety included."""
    return leader_value(outlook, operation, authorised=True, refused=False) + safer(outlook, operation)


def safer(outlook: Outlook, operation: Operation) -> float:
    """What the target's defeat would do for the leader's own safety."""
    return winning(outlook, operation) * float(menace(outlook, outlook.rows[operation.target])[outlook.rows[operation.leader]])


def _hopeful(outlook: Outlook, target: str, issue: str) -> list[str]:
    """Those to whom certain victory at the least price would not be a loss; if there is none, the one that would lose least."""
    hopes, countries = _hopes(outlook, outlook.rows[target], issue_column(outlook.view, issue)), outlook.view.atlas.countries
    found = [countries[row] for row in np.flatnonzero(hopes > -HOPELESS).tolist()]
    return found or [countries[int(np.argmax(hopes))]]


def _hopes(outlook: Outlook, row: int, column: int) -> Array:
    """What certain victory at the least price would be worth to each state, the target left out.  Shape [state]."""
    view, parameters = outlook.view, outlook.view.parameters
    now, ideal = float(view.world.positions[column]), view.atlas.ideal[:, column]
    nearer = np.abs(ideal - now) - np.abs(ideal - max(1.0 - parameters.occupation_gap, now))
    price = parameters.cost_value * parameters.war_cost * (1.0 - parameters.burden_relief) * outlook.weights[:, WELFARE]
    hopes: Array = parameters.policy_value * outlook.salience[:, column] * nearer * outlook.weights[:, POLICY] - price
    hopes = hopes + menace(outlook, row)
    hopes[row] = -np.inf
    return hopes
