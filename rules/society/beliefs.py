"""What states believe: how beliefs move with deeds and fade with time.

Two names are kept apart: whether a state means harm (``hostile``, each state's own belief) and whether it can carry out what it begins
(``competence``, see ``rules.force.occupation``).  A lost war lowers both fear of its leader and trust in it (W151).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules.bodies.legitimacy import level_weight
from rules.effects import Columns, Effect, Term
from rules.exact import add
from rules.society.rhetoric import found, step
from rules.society.statements import answered
from rules.state import Game, find_operation, index
from rules.vocabulary import Operation

EVEN = 0.5  # a name that says neither good nor bad


def fading(game: Game, _: str) -> Sequence[Effect]:
    """Beliefs about hostility drift back to what they were before the case began (W22, W151)."""
    rate = game.parameters.hostile_fade
    if not rate:
        return ()
    hostile, prior = game.world.hostile, game.atlas.prior
    gaps = prior - hostile
    one, other = np.nonzero(gaps)
    before, gap = hostile[one, other].tolist(), gaps[one, other].tolist()
    values = [min(max(was + rate * apart, 0.0), 1.0) for was, apart in zip(before, gap, strict=True)]

    def terms(k: int) -> tuple[Term, ...]:
        own = frozenset((game.atlas.countries[one[k]],))
        return Term("before", before[k]), Term("long-held belief less the present one", gap[k], own)

    return Columns("hostile", list(zip(one.tolist(), other.tolist(), strict=True)), values, terms)


def names_fade(game: Game, _: str) -> Sequence[Effect]:
    """Esteem returns to the middle and submission is forgotten, as time goes by."""
    rate, world = game.parameters.name_fade, game.world
    forgotten = Term("share forgotten", rate)
    rows = range(len(game.atlas.countries))
    effects = [step(game, "esteem", (i,), rate * (EVEN - float(world.esteem[i])), forgotten) for i in rows]
    for i, j in np.argwhere(world.yielded > 0.0):
        at = (int(i), int(j))
        effects.append(step(game, "yielded", at, -rate * float(world.yielded[at]), Term("share forgotten", rate)))
    return effects


def _launched(game: Game, subject: str) -> Operation:
    operation = find_operation(game, subject)
    assert operation is not None, "the subject of an operation's mechanism is an operation"
    return operation


def chastened(game: Game, subject: str) -> Sequence[Effect]:
    """A failure chastens: others worry less that the leader will misuse its power (W151)."""
    operation = _launched(game, subject)
    if operation.success:
        return ()
    leader, rate = index(game, operation.leader), game.parameters.chastened
    effects = []
    for i in range(len(game.atlas.countries)):
        if i != leader:
            own = frozenset((game.atlas.countries[i],))
            fear = float(game.world.hostile[i, leader])
            effects.append(step(game, "hostile", (i, leader), -rate * fear, Term("share of fear that goes", rate, own)))
    return effects


def rescue(game: Game, subject: str) -> Sequence[Effect]:
    """Who comes to the help of the attacked is believed to mean it well (W35, W110)."""
    operation = _launched(game, subject)
    target, effects = index(game, operation.target), []
    for c in operation.coalition:
        if c.side == "defence":
            at = (target, index(game, c.country))
            by = -game.parameters.rescue_step * level_weight(game.parameters, c.level) * float(game.world.hostile[at])
            effects.append(step(game, "hostile", at, by, Term(f"{c.level} help", by, frozenset((operation.target,)))))
    return effects


def show_of_strength(game: Game, _: str) -> Sequence[Effect]:
    """Arming in the open is a costly signal: who spends less than others is thought a less useful partner (S8)."""
    guns, strength = game.world.guns, game.parameters.signal_step
    mean = add(float(g) for g in guns) / len(guns)
    effects = []
    for i in range(len(guns)):
        more = float(guns[i]) / max(float(guns[i]) + mean, 1e-9) - EVEN
        effects.append(step(game, "competence", (i,), strength * more, Term("spends more than the mean", more)))
    return effects


def gave_in(game: Game, subject: str) -> Sequence[Effect]:
    """Who gives in to a threat is taken to have lined up with who made it, until that is forgotten (W82)."""
    said = found(game, subject)
    by = game.parameters.yield_step
    rows = dict.fromkeys(index(game, t.speaker) for t in answered(game, said))
    return [step(game, "yielded", (index(game, said.speaker), j), by, Term("gave in", by)) for j in rows]
