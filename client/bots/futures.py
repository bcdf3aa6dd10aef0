"""What follows from the adoption of a draft and from its failure, as one player sees it: war or peace, with or without a mandate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from client.bots.outlook import (
    POLICY,
    STANDING,
    Outlook,
    as_things_stand,
    at_stake,
    defeat,
    launch_chance,
    leader_bill,
    prepared,
    settled,
)
from rules.ballots import reach
from rules.exact import Array
from rules.state import issue_column
from rules.vocabulary import Draft, Operation


@dataclass(frozen=True)
class Futures:
    """What follows from adoption and from failure of a draft.

    Positions of the issue, the chance that the council is passed over, and what the leader's bill and the target's defeat cost every state
    in either case (shape [state], payoff).
    """

    if_adopted: float
    if_not: float
    bypassed: float
    harm_adopted: Array
    harm_not: Array


def futures(outlook: Outlook, draft: Draft) -> Futures:
    """The two futures of a draft, as this player sees them."""
    view = outlook.view
    column = issue_column(view, draft.issue)
    now = float(view.world.positions[column])
    operation = prepared(outlook, view.atlas.unipole, draft.target, draft.issue)
    if draft.target == operation.leader:
        nothing = np.zeros(len(view.atlas.countries))
        return Futures(now, now, 0.0, nothing, nothing)
    _, then = settled(outlook, operation)
    if draft.action != "authorise force":
        authorised, refused = as_things_stand(outlook, operation)
        chance, harm = _war(outlook, operation, authorised=authorised, refused=refused)
        anyway = now + chance * (then - now)
        pulled = now + view.parameters.action_pull * max(reach(view.parameters, draft.action) - now, 0.0)
        return Futures(max(pulled, anyway), anyway, 0.0, harm, harm)
    mandated, harm_adopted = _war(outlook, operation, authorised=True, refused=False)
    alone, harm_not = _war(outlook, operation, authorised=False, refused=True)
    return Futures(now + mandated * (then - now), now + alone * (then - now), alone, harm_adopted, harm_not)


def _war(outlook: Outlook, operation: Operation, *, authorised: bool, refused: bool) -> tuple[float, Array]:
    """Chance of war, and the harm to be expected from it for leader and target."""
    chance = launch_chance(outlook, operation, authorised=authorised, refused=refused)
    harm = defeat(outlook, operation)
    leader = outlook.view.atlas.countries.index(operation.leader)
    harm[leader] += leader_bill(outlook, operation, authorised=authorised, refused=refused)
    return chance, chance * harm


def outcome_gap(outlook: Outlook, draft: Draft) -> Array:
    """What adoption is worth against failure, to every state, whatever it votes itself.  Shape [state], payoff."""
    return outlook.remember(("gap", draft.council, draft.issue, draft.action, draft.target), lambda: _gap(outlook, draft))


def _gap(outlook: Outlook, draft: Draft) -> Array:
    view, parameters = outlook.view, outlook.view.parameters
    column = issue_column(view, draft.issue)
    leads = outlook.view.viewer == view.atlas.unipole
    mine = outlook.persona.name if leads else ""  # the leader reads its plans off its own weights, others guess them
    ahead = outlook.in_public(("futures", draft.council, draft.issue, draft.action, draft.target, mine), lambda: futures(outlook, draft))
    ideal = view.atlas.ideal[:, column]
    nearer = np.abs(ideal - ahead.if_not) - np.abs(ideal - ahead.if_adopted)
    policy = parameters.policy_value * outlook.salience[:, column] * nearer * outlook.weights[:, POLICY]
    stake = outlook.in_public(("stake", view.atlas.unipole), lambda: at_stake(outlook, view.atlas.unipole))
    standing = parameters.standing_value * ahead.bypassed * stake * outlook.weights[:, STANDING]
    gap: Array = policy + standing + ahead.harm_not - ahead.harm_adopted
    return gap
