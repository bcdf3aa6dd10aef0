"""Occupation: what a won battle leaves on one's hands (W9, W34, W39, W56, W118, W151).

A battle is decided by forces at the place; what follows is another matter.  Who won holds the country, turn by turn, at a price that grows
with the resistance; resistance grows without legitimacy, in populous countries and with help from outside, and is quelled by partners and
by legitimacy.  Who leaves saves the price, and what was settled comes undone as far as there is resistance.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

from rules.afoot import held
from rules.effects import Effect, Term
from rules.exact import Array, add
from rules.force.arms import helped
from rules.force.operations import burden, leader_cost, partner_cost
from rules.force.power import nearness
from rules.state import Game, Sight, index, issue_column
from rules.vocabulary import Operation


def growth_of_resistance(game: Game, operation: Operation) -> tuple[Term, ...]:
    """What moves the insurgency against one occupation this turn."""
    parameters, place = game.parameters, index(game, operation.target)
    people, masters = (float(game.atlas.population[k]) for k in (place, index(game, operation.leader)))
    now = float(game.world.insurgency[place])
    size = sqrt(people / (people + masters))
    stirred = parameters.insurgency_growth * ((1.0 - operation.legitimacy) * size) * (1.0 - now)
    fed = parameters.insurgency_aid * helped(game, "insurgents").get(place, 0.0) * (1.0 - now)
    quelled = parameters.insurgency_quell * (operation.legitimacy + burden(game, operation)) * now
    return (
        Term("before", now),
        Term("stirred up, by want of legitimacy, size of the country and help", stirred + fed),
        Term("quelled, by legitimacy and partners", -quelled),
    )


def resistance(game: Game, _: str) -> Sequence[Effect]:
    """Insurgency in each country: it grows under occupation and fades without."""
    effects = []
    occupations = {o.target: o for o in held(game)}
    for i, country in enumerate(game.atlas.countries):
        now = float(game.world.insurgency[i])
        if country in occupations:
            terms = growth_of_resistance(game, occupations[country])
            value = add(term.value for term in terms)
            effects.append(Effect("insurgency", (i,), min(max(value, 0.0), 1.0), terms))
        elif now:
            lost = game.parameters.insurgency_fade * now
            effects.append(Effect("insurgency", (i,), now - lost, (Term("before", now), Term("nobody to resist", -lost))))
    return effects


def price(sight: Sight, place: int) -> float:
    """What holding costs in a turn as a share of what the war itself cost: more with resistance (W9, W34)."""
    parameters = sight.parameters
    return parameters.occupation_cost * (1.0 + parameters.insurgency_price * float(sight.world.insurgency[place]))


def upkeep(game: Game, _: str) -> Sequence[Effect]:
    """What occupations cost their leaders and those who stayed with them this turn."""
    bills: dict[int, list[Term]] = {}
    for operation in held(game):
        share = price(game, index(game, operation.target))
        due = [(operation.leader, leader_cost(game, operation, operation.legitimacy))]
        due += [(c.country, partner_cost(game, c.level, operation.legitimacy)) for c in operation.coalition if c.side == "attack"]
        for country, war in due:
            bills.setdefault(index(game, country), []).append(Term(f"holding {operation.target}", share * war))
    effects = []
    for row, terms in bills.items():
        before = value = float(game.world.war_cost[row])
        for term in terms:
            value += term.value
        effects.append(Effect("war_cost", (row,), value, (Term("before", before), *terms)))
    return effects


def grip(game: Game, _: str) -> Sequence[Effect]:
    """An issue that was settled by force moves on while it is held in peace, and comes undone under resistance once it is not."""
    parameters = game.parameters
    effects = []
    for operation in game.operations:
        if operation.status != "launched" or not operation.success:
            continue
        column = issue_column(game, operation.issue)
        now, unrest = float(game.world.positions[column]), float(game.world.insurgency[index(game, operation.target)])
        step = parameters.occupation_hold * ((1.0 - unrest) * (1.0 - now)) if operation.held else -(parameters.relapse * unrest)
        if step:
            terms = (Term("before", now), Term("insurgency", unrest), Term("held" if operation.held else "left", step))
            effects.append(Effect("positions", (column,), min(max(now + step, 0.0), 1.0), terms))
    return effects


def spillover(game: Game, _: str) -> Sequence[Effect]:
    """What wars and occupations do to bystanders, friends among them: the nearer and the more dependent, the more (W39)."""
    burden_of: dict[int, float] = {}
    for operation in game.operations:
        if operation.status == "launched" and (operation.held or operation.turn == game.moment.turn):
            target, leader = index(game, operation.target), index(game, operation.leader)
            fresh = 1.0 if operation.turn == game.moment.turn else float(game.world.insurgency[target])
            for row, exposed in enumerate(exposure(game, target)):
                if row not in (target, leader):
                    burden_of[row] = burden_of.get(row, 0.0) + game.parameters.externality * fresh * float(exposed)
    effects = []
    for row, cost in burden_of.items():
        before = float(game.world.war_cost[row])
        effects.append(Effect("war_cost", (row,), before + cost, (Term("before", before), Term("refugees, trade, oil", cost))))
    return effects


def exposure(sight: Sight, target: int) -> Array:
    """How far each state feels what happens in another: by nearness or by dependence, whichever is more.  Shape [state]."""
    near = nearness(sight.atlas, sight.parameters.proximity)[:, target]
    return np.maximum(near, sight.atlas.dependence[:, target])


def competence(game: Game, _: str) -> Sequence[Effect]:
    """What battles and occupations do to the belief that a leader can do what it undertakes; time heals (W75, W151)."""
    parameters = game.parameters
    effects = []
    for row, country in enumerate(game.atlas.countries):
        before = float(game.world.competence[row])
        led = [o for o in game.operations if o.leader == country and o.status == "launched"]
        fought = [o for o in led if o.turn == game.moment.turn]
        lost = parameters.failure_doubt * len([o for o in fought if not o.success])
        mired = 0.0
        for operation in (o for o in led if o.held):
            mired += parameters.quagmire_doubt * float(game.world.insurgency[index(game, operation.target)])
        healed = parameters.competence_recovery * (1.0 - before)
        if lost or mired or healed:
            terms = (Term("before", before), Term("lost battles", -lost), Term("quagmire", -mired), Term("time", healed))
            effects.append(Effect("competence", (row,), min(max(((before - lost) - mired) + healed, 0.0), 1.0), terms))
    return effects
