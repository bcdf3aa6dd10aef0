"""What others make of an operation: thanks and anger, opinion at home, alarm (W37, W39, W44, W104, W110, W156)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules.bodies.legitimacy import level_weight
from rules.effects import Effect, Term
from rules.force.operations import following, launched
from rules.force.power import nearness
from rules.society.reputation import regime_weight
from rules.state import Game, index, issue_column


def gratitude(game: Game, subject: str) -> Sequence[Effect]:
    """Goodwill of leader and target towards those who came to one side: thanks from it, anger from the other (W110, W156)."""
    operation = launched(game, subject)
    effects = []
    for c in operation.coalition:
        thanks = game.parameters.join_goodwill * level_weight(game.parameters, c.level)
        for party, side in ((operation.leader, "attack"), (operation.target, "defence")):
            at = (index(game, party), index(game, c.country))
            before, step = float(game.world.goodwill[at]), thanks if c.side == side else -thanks
            terms = (Term("before", before), Term(f"{c.level} contribution to the {c.side}", step))
            effects.append(Effect("goodwill", at, min(max(before + step, -1.0), 1.0), terms))
    return effects


def company(game: Game, subject: str) -> Sequence[Effect]:
    """What it does to partners to be seen in the coalition: opinion at home, and deference if the unipole leads (W37, W104)."""
    operation = launched(game, subject)
    column, parameters = issue_column(game, operation.issue), game.parameters
    effects: list[Effect] = []
    for c in operation.coalition:
        if c.side != "attack":
            continue
        row, part = index(game, c.country), level_weight(game.parameters, c.level)
        regime = float(regime_weight(float(game.atlas.democracy[row]), parameters))
        wish = 1.0 - 2.0 * abs(float(game.atlas.ideal[row, column]) - 1.0)
        approval, step = float(game.world.approval[row]), parameters.opinion * regime * wish * part
        terms = (Term("before", approval), Term("opinion at home", step))
        effects.append(Effect("approval", (row,), min(max(approval + step, 0.0), 1.0), terms))
        if operation.leader == game.atlas.unipole:
            before, against = float(game.world.deference[row]), float(following(game, operation)[row])
            reasons = (Term("before", before), Term("level", part), Term("against its wish", against))
            effects.append(Effect("deference", (row,), before + part * against, reasons))
    return effects


def alarm(game: Game, subject: str) -> Sequence[Effect]:
    """An attack moves beliefs on the attacker's intent: more without legitimacy, more near the target, less in its coalition (W39, W44)."""
    operation = launched(game, subject)
    leader, target = index(game, operation.leader), index(game, operation.target)
    part = {c.country: level_weight(game.parameters, c.level) for c in operation.coalition if c.side == "attack"}
    near = nearness(game.atlas, game.parameters.proximity)[:, target]
    effects = []
    for i in np.flatnonzero(np.arange(len(near)) != leader):
        row = int(i)
        shared = part.get(game.atlas.countries[row], 0.0)
        step = game.parameters.hostility_step * (1.0 - operation.legitimacy) * (1.0 - shared)
        step = step * ((1.0 - game.parameters.alarm_near) + game.parameters.alarm_near * float(near[row]))
        before = float(game.world.hostile[row, leader])
        own = frozenset((game.atlas.countries[row],))
        terms = (Term("before", before, own), Term("legitimacy", operation.legitimacy), Term("step", step, own))
        effects.append(Effect("hostile", (row, leader), min(before + step, 1.0), terms))
    return effects
