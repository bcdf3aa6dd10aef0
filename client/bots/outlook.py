"""What a player makes of the world: its own figures, guesses about the others', and what a war would be worth to each.

Others' private figures are guessed by the public defaults (everybody cares as much about the issue, and weighs the terms alike).  All
prices come from the same functions as the engine's, so a bot plays for exactly the payoff that a person in its seat sees.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from rules.exact import Array, logistic_one, total
from rules.legitimacy import LEVEL_WEIGHT, authorisation, denied, legitimacy
from rules.operations import authority_at_stake, leader_cost, partner_cost, success
from rules.payoff import council_weight, deference_price
from rules.reputation import regime_weight
from rules.state import TERMS, View, index, issue_column
from rules.vocabulary import LEVELS, Contribution, Operation, Side

SECURITY, WELFARE, AUTONOMY, POLICY, STANDING, DOMESTIC = range(len(TERMS))


@dataclass(frozen=True)
class Outlook:
    """A view, the skill with which its owner reads it, and guesses that follow from it."""

    view: View
    skill: float
    _memory: dict[Hashable, Array] = field(default_factory=dict, compare=False)

    def remember(self, key: Hashable, find: Callable[[], Array]) -> Array:
        """What ``find`` gives, found once for each key: a view does not change while its owner thinks."""
        if key not in self._memory:
            self._memory[key] = find()
        return self._memory[key]

    @property
    def me(self) -> int:
        """The viewer's row."""
        return self.view.me

    @cached_property
    def salience(self) -> Array:
        """[state, issue]: one's own as it is, others' guessed at 1."""
        guess = np.ones((len(self.view.atlas.countries), len(self.view.atlas.issues)))
        guess[self.me] = self.view.atlas.salience
        return guess

    @cached_property
    def weights(self) -> Array:
        """[state, term]: one's own as they are, others' guessed at 1."""
        guess = np.ones((len(self.view.atlas.countries), len(TERMS)))
        guess[self.me] = self.view.atlas.weights
        return guess

    @cached_property
    def bowing(self) -> Array:
        """What one full act of deference costs each state, [state]."""
        return deference_price(self.view)

    @cached_property
    def council_weight(self) -> Array:
        """Voting power, [state, council]."""
        return council_weight(self.view)


def prepared(outlook: Outlook, leader: str, target: str, issue: str) -> Operation:
    """The operation in preparation by ``leader`` against ``target``, or one as it would be."""
    for operation in outlook.view.operations:
        if (operation.leader, operation.target, operation.status) == (leader, target, "announced"):
            return operation
    return Operation(id="imagined", leader=leader, target=target, issue=issue, turn=outlook.view.moment.turn or 1)


def is_over(outlook: Outlook, target: str) -> bool:
    """Whether force was already used against the target."""
    return any(o.target == target and o.status == "launched" for o in outlook.view.operations)


def settled(outlook: Outlook, operation: Operation) -> tuple[float, float]:
    """(position of the issue now, position to be expected if the operation is carried out)."""
    view = outlook.view
    column = issue_column(view, operation.issue)
    now = float(view.world.positions[column])
    aim = max(1.0 - view.parameters.occupation_gap, now)
    return now, now + winning(outlook, operation) * (aim - now)


def winning(outlook: Outlook, operation: Operation) -> float:
    """Chance of winning the battle."""
    key = ("winning", operation.leader, operation.target, operation.coalition)
    return float(outlook.remember(key, lambda: np.asarray(success(outlook.view, operation))))


def war_value(outlook: Outlook, operation: Operation, *, authorised: bool) -> Array:
    """What carrying out the operation is worth to every state, its costs to leader and partners left aside.  Shape [state]."""
    view = outlook.view
    parameters, atlas = view.parameters, view.atlas
    column = issue_column(view, operation.issue)
    now, then = settled(outlook, operation)
    ideal = atlas.ideal[:, column]
    nearer = np.abs(ideal - now) - np.abs(ideal - then)
    policy: Array = parameters.policy_value * outlook.salience[:, column] * nearer * outlook.weights[:, POLICY]
    policy = policy - defeat(outlook, operation)
    if authorised:
        return policy
    loss = authority_at_stake(view, operation.leader)
    standing = parameters.standing_value * total(outlook.council_weight * loss) * outlook.weights[:, STANDING]
    return policy - standing


def defeat(outlook: Outlook, operation: Operation) -> Array:
    """Expected loss of the state under attack, nothing for others.  Shape [state], payoff."""
    view, row = outlook.view, index(outlook.view, operation.target)
    loss = np.zeros(len(view.atlas.countries))
    price = view.parameters.cost_value * view.parameters.defeat_cost * float(outlook.weights[row, WELFARE])
    loss[row] = winning(outlook, operation) * price
    return loss


def leader_bill(outlook: Outlook, operation: Operation, *, authorised: bool, refused: bool) -> float:
    """What the operation would cost its leader, in payoff."""
    view, row = outlook.view, index(outlook.view, operation.leader)
    lent = legitimacy(view, operation, authorised=authorised, refused=refused)
    return view.parameters.cost_value * leader_cost(view, operation, lent) * float(outlook.weights[row, WELFARE])


def leader_value(outlook: Outlook, operation: Operation, *, authorised: bool, refused: bool) -> float:
    """What carrying it out is worth to the leader, costs included."""
    row = index(outlook.view, operation.leader)
    gain = float(war_value(outlook, operation, authorised=authorised)[row])
    return gain - leader_bill(outlook, operation, authorised=authorised, refused=refused)


def launch_chance(outlook: Outlook, operation: Operation, *, authorised: bool, refused: bool) -> float:
    """How likely the leader is to go ahead, as this player reads the leader's payoff (go-it-alone: Voeten 2001)."""
    if is_over(outlook, operation.target):
        return 0.0
    value = leader_value(outlook, operation, authorised=authorised, refused=refused)
    return logistic_one(outlook.skill * value)


def as_things_stand(outlook: Outlook, operation: Operation) -> tuple[bool, bool]:
    """(authorised, refused) at present."""
    return authorisation(outlook.view, operation), denied(outlook.view, operation)


def join_values(outlook: Outlook, operation: Operation, row: int, side: Side = "attack") -> Array:
    """Worth to a state of staying out and of each level of contribution to a side: shape [1 + level]."""
    view, parameters = outlook.view, outlook.view.parameters
    authorised, refused = as_things_stand(outlook, operation)
    lent = legitimacy(view, operation, authorised=authorised, refused=refused)
    leader, target = index(view, operation.leader), index(view, operation.target)
    atlas, weights = view.atlas, outlook.weights[row]
    leaning = float(atlas.dependence[row, leader] - atlas.dependence[row, target])
    leaning = leaning if side == "attack" else -leaning
    wish = 1.0 - 2.0 * abs(float(atlas.ideal[row, issue_column(view, operation.issue)]) - 1.0)
    seen = wish * float(regime_weight(float(atlas.democracy[row]), parameters)) if side == "attack" else 0.0
    bows = side == "attack" and operation.leader == atlas.unipole
    values = [0.0]
    for level in LEVELS:
        part = LEVEL_WEIGHT[level]
        thanks = parameters.dependence_value * leaning * parameters.join_goodwill * part
        cost = parameters.cost_value * partner_cost(view, level, lent, side)
        opinion = parameters.domestic_value * parameters.opinion * seen * part
        bowing = float(outlook.bowing[row]) * part if bows else 0.0
        values.append(
            (thanks - cost) * float(weights[WELFARE])
            + opinion * float(weights[DOMESTIC])
            - bowing * float(weights[AUTONOMY])
        )
    return np.array(values)


def with_partner(operation: Operation, country: str, level: str, *, owed: bool, paid: bool) -> Operation:
    """The operation with one more contribution."""
    others = tuple(c for c in operation.coalition if c.country != country)
    added = Contribution(country=country, side="attack", level=level, owed=owed, paid=paid)  # type: ignore[arg-type]  # callers pass one of LEVELS
    return operation.model_copy(update={"coalition": (*others, added)})
