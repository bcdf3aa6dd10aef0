"""At the end of the turn: budget, aid that is owed, bases, and operations."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from client.bots.basing import basing
from client.bots.dice import Dice
from client.bots.embargo import embargoes
from client.bots.joining import join_values, joined
from client.bots.leading import HOPELESS, in_good_hands, safer, with_mandate
from client.bots.outlook import (
    WELFARE,
    Outlook,
    as_things_stand,
    best_case,
    is_over,
    leader_value,
    prepared,
)
from client.bots.prices import aid_worth, breaking
from client.bots.safety import Relief, feel, relieved
from client.bots.sparing import sworn_off
from client.bots.thought import Thought
from rules.exact import add
from rules.force.guarantees import protected
from rules.force.operations import ready_turn
from rules.orders import Act, Aid, Announce, Budget, Cancel, Join, Launch
from rules.pacts.conditions import Condition, vote_of
from rules.state import View, find_council
from rules.vocabulary import LEVELS, Defend, GiveAid, JoinCoalition, Operation

PATIENCE = 0.9  # weight of the next turn against this one
GUNS_STEPS = (0.8, 1.0, 1.25)  # budgets considered, as multiples of the present share
YEARS_AHEAD = 5.0  # how long a change of forces is taken to last, in turns of full effect


def campaign(outlook: Outlook, dice: Dice) -> Thought[tuple[Act, ...]]:
    """All sealed orders of the turn."""
    payments = owed_aid(outlook, dice)
    budget = yield from _budget(outlook, dice, payments)
    bases = yield from basing(outlook, dice)
    return (*budget, *payments, *bases, *embargoes(outlook, dice), *_operations(outlook, dice))


def owed_aid(outlook: Outlook, dice: Dice) -> list[Aid]:
    """Pay what is owed this turn, unless breaking the promise is worth more."""
    view = outlook.view
    due: dict[str, float] = {}
    for commitment in view.commitments:
        for clause in commitment.terms.clauses:
            if not isinstance(clause, GiveAid) or clause.debtor != view.viewer:
                continue
            if clause.since <= view.moment.turn <= clause.until and _called(view, clause.when):
                value = breaking(outlook, commitment.terms) - aid_worth(outlook, view.viewer, clause.amount)
                if dice.agrees(value, outlook.skill, "pay", commitment.id):
                    due[clause.to] = due.get(clause.to, 0.0) + clause.amount
    return [Aid(to=country, amount=amount) for country, amount in due.items()]


def _called(view: View, condition: Condition | None) -> bool:
    """Whether the vote that a payment hangs on took place this turn and went that way."""
    if condition is None:
        return True
    when = vote_of(condition)
    if when is None:
        return False
    drafts = [d for d in view.drafts if d.issue == when.issue and d.turn == view.moment.turn and d.ballots]
    return bool(drafts) and all(
        any(b.country == when.country and b.choice == when.choice for b in d.ballots) for d in drafts
    )


def _budget(outlook: Outlook, dice: Dice, payments: list[Aid]) -> Thought[Sequence[Act]]:
    """Guns against butter (S7): what more or less force would do to security, against what it costs."""
    view = outlook.view
    guns = float(view.world.guns[outlook.me])
    values = yield from arming(outlook, GUNS_STEPS)
    share = guns * GUNS_STEPS[dice.choose(values, outlook.skill, "budget")]
    fund = add(p.amount for p in payments) / float(view.world.economy[outlook.me])
    aid = min(fund * 1.000001, view.parameters.aid_share_max)
    if share == guns and aid == float(view.world.aid):
        return []
    return [Budget(guns=min(share, 1.0 - aid), aid=aid)]


def arming(outlook: Outlook, steps: Sequence[float]) -> Thought[list[float]]:
    """What it is worth to the player to spend on arms, as multiples of the present share."""
    view, me = outlook.view, outlook.me
    guns, forces = float(view.world.guns[me]), float(view.world.forces[me])
    fear = yield from feel(outlook)
    nobody = np.zeros(len(view.world.forces))
    safer = yield from relieved(Relief(outlook, fear, me, nobody, forces * (step - 1.0)) for step in steps)
    butter = view.parameters.butter_value * float(outlook.weights[me, WELFARE])
    return [YEARS_AHEAD * (safety - butter * guns * step) for safety, step in zip(safer, steps, strict=True)]


def _operations(outlook: Outlook, dice: Dice) -> Sequence[Act]:
    return [*_own(outlook, dice), *_others(outlook, dice)]


def _own(outlook: Outlook, dice: Dice) -> Sequence[Act]:
    """Prepare, carry out or give up operations of one's own, wherever an issue points at a target."""
    view = outlook.view
    acts: list[Act] = []
    for issue in view.atlas.issues:
        if issue.target in (None, view.viewer) or is_over(outlook, str(issue.target)):
            continue
        operation = prepared(outlook, view.viewer, str(issue.target), issue.id)
        if best_case(outlook, operation) + safer(outlook, operation) < -HOPELESS:
            continue
        if operation.id == "imagined":
            if in_good_hands(outlook, operation.target, issue.id):
                continue
            in_time = view.moment.turn + int(view.parameters.mobilisation_lag) <= view.atlas.turns
            value = _option_value(outlook, operation)
            if in_time and dice.lean([0.0, value], outlook.skill, "announce", issue.id):
                acts.append(Announce(target=operation.target, issue=issue.id))
            continue
        now = _value_now(outlook, operation) - add(breaking(outlook, pledge.terms) for pledge in sworn_off(outlook, operation.target))
        wait = PATIENCE * max(now, 0.0) + _hope(outlook, operation) - _waiting(view)
        last = view.moment.turn >= view.atlas.turns
        options: list[tuple[float, Act | None]] = [(0.0 if last else wait, None), (0.0, Cancel(operation=operation.id))]
        if view.moment.turn >= ready_turn(view, operation):
            options.append((now, Launch(operation=operation.id)))
        act = options[dice.choose([value for value, _ in options], outlook.skill, "operation", operation.id)][1]
        if act is not None:
            acts.append(act)
    return acts


def _value_now(outlook: Outlook, operation: Operation) -> float:
    """What carrying it out is worth with whoever will come along, and the councils' word as it is."""
    authorised, refused = as_things_stand(outlook, operation)
    together = joined(outlook, operation)
    return leader_value(outlook, together, authorised=authorised, refused=refused) + safer(outlook, together)


def _option_value(outlook: Outlook, operation: Operation) -> float:
    """What it is worth to prepare: the better of going on as things stand, and the price of keeping ready."""
    return PATIENCE * _value_now(outlook, operation) + _hope(outlook, operation) - _waiting(outlook.view)


def _hope(outlook: Outlook, operation: Operation) -> float:
    """What a mandate would add, times a fair chance of getting one, while a council can still give it."""
    view = outlook.view
    authorised, refused = as_things_stand(outlook, operation)
    asked = any(find_council(view, c.id) and view.viewer in c.members for c in view.atlas.councils)
    if authorised or refused or not asked or view.moment.turn >= view.atlas.turns:
        return 0.0
    left = (view.atlas.turns - view.moment.turn) / view.atlas.turns
    return MANDATE_CHANCE * left * max(with_mandate(outlook, joined(outlook, operation)) - _value_now(outlook, operation), 0.0)


MANDATE_CHANCE = 0.3  # what a leader hopes for before it has counted


def _waiting(view: View) -> float:
    return view.parameters.cost_value * view.parameters.wait_cost


def _others(outlook: Outlook, dice: Dice) -> Sequence[Act]:
    """Join others' operations, on either side, as far as it pays; what one promised weighs on both sides."""
    view = outlook.view
    acts: list[Act] = []
    for operation in view.operations:
        if operation.status != "announced" or view.viewer in (operation.leader, operation.target):
            continue
        if any(c.country == view.viewer for c in operation.coalition):
            continue
        options = _sides(outlook, operation)
        act = options[dice.lean([value for value, _ in options], outlook.skill, "join", operation.id)][1]
        if act is not None:
            acts.append(act)
    return acts


def _sides(outlook: Outlook, operation: Operation) -> list[tuple[float, Act | None]]:
    """Staying out, and each level of help to either side, with what each is worth."""
    owed, guarded = _promised(outlook, operation), _guarded(outlook, operation)
    all_owed = add(price for _, price in owed)
    options: list[tuple[float, Act | None]] = [(-guarded - all_owed, None)]
    attack = join_values(outlook, operation, outlook.me, "attack")
    defence = join_values(outlook, operation, outlook.me, "defence")
    for k, level in enumerate(LEVELS):
        short = add(price for least, price in owed if k < least)
        options.append((float(attack[1 + k]) - guarded - short, Join(operation=operation.id, side="attack", level=level)))
        unhelped = guarded if level == "statement" else 0.0
        options.append((float(defence[1 + k]) - unhelped - all_owed, Join(operation=operation.id, side="defence", level=level)))
    return options


def _promised(outlook: Outlook, operation: Operation) -> list[tuple[int, float]]:
    """(least level, price of breaking it) of every promise to join this operation's attack."""
    here = (outlook.view.viewer, operation.target)
    return [
        (LEVELS.index(clause.level), breaking(outlook, commitment.terms))
        for commitment in outlook.view.commitments
        for clause in commitment.terms.clauses
        if isinstance(clause, JoinCoalition) and (clause.debtor, clause.target) == here
    ]


def _guarded(outlook: Outlook, operation: Operation) -> float:
    """What it costs to leave the target without help, as far as one promised to defend it."""
    view, price = outlook.view, 0.0
    for commitment in view.commitments:
        for clause in commitment.terms.clauses:
            mine = isinstance(clause, Defend) and clause.debtor == view.viewer and clause.against in (None, operation.leader)
            if mine and isinstance(clause, Defend) and operation.target in protected(commitment, clause):
                price += breaking(outlook, commitment.terms)
    return price
