"""Sanctions: what common ones would cost everybody, and how far to cut one's own ties with whom (W79, W157).

To cut ties costs the sender its own dependence and the target's goodwill.  It keeps a promise, or to what a council decided, and slows the
growth of a state that may be feared.
"""

from __future__ import annotations

import numpy as np

from client.bots.dice import Dice
from client.bots.menace import menace
from client.bots.outlook import WELFARE, Outlook
from client.bots.prices import WORD, breach_cost
from rules.bodies.resolutions import bound_members
from rules.exact import Array, add, total
from rules.orders import Sanction
from rules.state import find_council
from rules.vocabulary import KeepSanctions

SLOWLY = 5.0  # turns for which a loss of growth is taken to add up
TROUBLE = 0.02  # payoff: what it takes to change one's sanctions at all (W148)


def ties_cut(outlook: Outlook, council: str, target: str) -> Array:
    """What common sanctions would take from target and members, if all kept to them.  Shape [state], payoff by the public defaults."""
    return outlook.in_public(("ties cut", council, target), lambda: _ties_cut(outlook, council, target))


def _ties_cut(outlook: Outlook, council: str, target: str) -> Array:
    view, parameters, economy = outlook.view, outlook.view.parameters, outlook.view.world.economy
    body, cost = find_council(view, council), np.zeros(len(economy))
    owing = bound_members(view, body, target) if body is not None else ()
    if not owing:
        return cost
    row, who = outlook.rows[target], np.array([outlook.rows[c] for c in owing])
    joined = np.zeros(len(economy))
    joined[who] = np.maximum(parameters.sanction_duty - view.world.sanctions[who, row], 0.0)
    outside = 1.0 - float(total(joined * economy)) / (float(total(economy)) - float(economy[row]))
    dear = parameters.sanction_own + parameters.dependence_value * parameters.sanction_goodwill
    cost[who] = dear * joined[who] * view.atlas.dependence[who, row]
    cost[row] = parameters.sanction_value * float(total(joined * view.atlas.dependence[row])) * (1.0 - parameters.evasion * outside)
    return cost


def embargoes(outlook: Outlook, dice: Dice) -> list[Sanction]:
    """How far to cut ties with each state towards which one owes something, keeps sanctions, or has a quarrel over an issue."""
    view, me = outlook.view, outlook.view.viewer
    owed = _owed(outlook)
    disputed = {issue.target for issue in view.atlas.issues if issue.target is not None}
    kept = {c for c, level in zip(view.atlas.countries, view.world.sanctions[view.me].tolist(), strict=True) if level > 0.0}
    acts: list[Sanction] = []
    for target in sorted((set(owed) | disputed | kept) - {me}):
        now = float(view.world.sanctions[view.me, outlook.rows[target]])
        others = {0.0, *(level for level, _ in owed.get(target, ()))} - {now}
        levels = [now, *sorted(others)]
        if len(levels) == 1:
            levels.append(view.parameters.sanction_duty or 1.0)
        values = [_worth(outlook, target, level, now, owed.get(target, [])) for level in levels]
        if max(values[1:]) > values[0]:  # nobody thinks of a change from which nothing is to be had
            level = levels[dice.choose(values, outlook.skill, "sanction", target)]
            acts += [Sanction(target=target, level=level)] if level != now else []
    return acts


def _owed(outlook: Outlook) -> dict[str, list[tuple[float, float]]]:
    """Target -> (level owed, price of falling short of it) of every promise or decision that binds the player now."""
    view, found = outlook.view, dict[str, list[tuple[float, float]]]()
    for commitment in view.commitments:
        for clause in commitment.terms.clauses:
            due = isinstance(clause, KeepSanctions) and clause.debtor == view.viewer and clause.since <= view.moment.turn <= clause.until
            if due and isinstance(clause, KeepSanctions) and clause.when is None:
                price = breach_cost(outlook, view.viewer, commitment.terms) + WORD
                found.setdefault(clause.target, []).append((clause.level, price))
    return found


def _worth(outlook: Outlook, target: str, level: float, now: float, owed: list[tuple[float, float]]) -> float:
    """What it is worth to keep sanctions at a level, now being at another."""
    view, parameters, row = outlook.view, outlook.view.parameters, outlook.rows[target]
    mine, theirs = float(view.atlas.dependence[view.me, row]), float(view.atlas.dependence[row, view.me])
    welfare = float(outlook.weights[view.me, WELFARE])
    bill = (parameters.sanction_own * level + parameters.dependence_value * parameters.sanction_goodwill * (level - now)) * mine * welfare
    weaker = min(parameters.sanction_growth * theirs * level * SLOWLY, 1.0) * float(menace(outlook, row)[view.me])
    broken = add(price for due, price in owed if level < due or (due == 0.0 and level > 0.0))
    return weaker - bill - broken - (TROUBLE if level != now else 0.0)
