"""What a player makes of the world: its own figures, guesses about the others', and what a war would be worth to each.

Others' private figures are guessed by the public defaults (everybody cares as much about the issue, and weighs the terms alike).  All
prices come from the same functions as the engine's, so a bot plays for exactly the payoff that a person in its seat sees.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar

import numpy as np

from client.bots.board import Board, lasting, settling
from client.bots.personas import PLAIN, Persona
from rules.bodies.legitimacy import authorisation, denied, legitimacy
from rules.exact import Array, logistic_one, total
from rules.force.guarantees import Devotion, counted, devotion
from rules.force.operations import authority_at_stake, leader_cost, success
from rules.lately import once
from rules.society.domestic import weighed
from rules.society.reputation import credibility
from rules.state import TERMS, View, index, issue_column
from rules.vocabulary import Commitment, Contribution, Operation, VotePledge

T = TypeVar("T")
ALARM = 0.6  # a guess how likely an attack is that somebody prepares in the open
SECURITY, WELFARE, AUTONOMY, POLICY, STANDING, DOMESTIC = range(len(TERMS))


class Outlook:
    """A view, the skill with which its owner reads it, and guesses that follow from it.

    ``strange``: the eyes of anybody, who guesses at all states by the public defaults.
    """

    def __init__(
        self, view: View, skill: float, board: Board | None = None, persona: Persona = PLAIN, *, strange: bool = False
    ) -> None:
        self.view, self.skill, self.persona, self._strange = view, skill, persona, strange
        self.board = board or Board(view)
        self.in_public = self.board.find
        self.rows, self.me = self.board.rows, view.me
        mine = (view.viewer, skill, persona, strange)
        self._memory, self._lasting = settling(view, *mine), lasting(view, *mine)

    def remember(self, key: Hashable, find: Callable[[], T]) -> T:
        """What ``find`` gives, found once for each key, as long as no draft is decided and no operation changes."""
        memory = self._memory
        if key not in memory:
            memory[key] = find()
        value: T = memory[key]
        return value

    def kept(self, key: Hashable) -> object | None:
        """What the player keeps under a key, if anything."""
        return self._memory.get(key)

    def keep(self, key: Hashable, found: object) -> None:
        """Keep something that took arithmetic in company to find, as long as no draft is decided and no operation changes."""
        self._memory[key] = found

    def last(self, key: Hashable, find: Callable[[], T]) -> T:
        """The same for what rests on no draft and no operation (``client.bots.board``)."""
        notes = self._lasting
        if key not in notes:
            notes[key] = find()
        value: T = notes[key]
        return value

    def recall(self, key: Hashable) -> object | None:
        """What the player noted under a key, if anything."""
        return self._lasting.get(key)

    def note(self, key: Hashable, found: object) -> None:
        """Note something that took arithmetic in company to find, and that rests on no draft and no operation."""
        self._lasting[key] = found

    @once
    def secretive(self) -> bool:
        """Whether the player is party to a secret."""
        return any(c.hidden for c in self.view.commitments)

    def known(self, key: Hashable, find: Callable[[], T]) -> T:
        """What ``find`` makes of the commitments that the player knows of: shared with all others unless it is party to a secret."""
        return self.last(key, find) if self.secretive else self.board.last(key, find)

    @property
    def stranger(self) -> Outlook:
        """The eyes of anybody with the player's skill."""
        return self.in_public(("stranger", self.skill), lambda: Outlook(self.view, self.skill, self.board, strange=True))

    @once
    def promises(self) -> tuple[Commitment, ...]:
        """Commitments in force that have anything to do with votes."""
        return tuple(
            commitment
            for commitment in self.view.commitments
            if any(isinstance(clause, VotePledge) or clause.when is not None for clause in commitment.terms.clauses)
        )

    @once
    def beliefs(self) -> Array:
        """The player's own belief how aggressive each state is, which it takes others to share.  Shape [state]."""
        if self.persona.wary:
            return np.ones_like(self.view.world.hostile)
        return self.view.world.hostile

    @once
    def believed(self) -> Array:
        """The player's own belief that each state keeps its word.  Shape [state]."""
        return credibility(self.view.world.kept, self.view.world.broken, self.view.parameters)

    @once
    def devotion(self) -> Devotion:
        """How devoted guarantors are seen to be."""
        return self.known("devotion", lambda: devotion(self.view, self.view.commitments))

    def words(self, firm: float) -> Array:
        """How surely each state expects each guarantor to come if bound so firmly.  Shape [ally, guarantor].

        The player's own row goes by its own record, all others by the prior.
        """
        return self.last(("words", firm), lambda: self._words(firm))

    def _words(self, firm: float) -> Array:
        view, prior, devoted = self.view, self.view.parameters.cred_prior, self.devotion
        found = self.known(("words", firm), lambda: counted(view, np.full_like(view.world.bases, prior), firm, devoted))
        if self._strange:
            return found
        words = found.copy()
        words[self.me] = counted(view, self.believed, firm, devoted)[self.me]
        return words

    def brought(self, firm: float) -> Array:
        """What help bound so firmly is worth for each unit of force on the spot, quarrels left aside.  Shape [ally, guarantor]."""
        effect = self.view.parameters.guarantee_effect
        return self.last(("brought", firm), lambda: effect * self.words(firm) * self.devotion.shares)

    @once
    def salience(self) -> Array:
        """[state, issue]: one's own as it is, others' guessed at 1."""
        guess = np.ones((len(self.rows), len(self.view.atlas.issues)))
        if not self._strange:
            guess[self.me] = self.view.atlas.salience
        return guess

    @once
    def weights(self) -> Array:
        """[state, term]: one's own as they are, others' guessed alike."""
        guess = np.repeat(self.board.defaults[None], len(self.rows), axis=0)
        if not self._strange:
            mine = weighed(self.view.atlas.weights, self.view.world.temper, self.view.parameters)
            guess[self.me] = mine * self.persona.factors
        return guess


def prepared(outlook: Outlook, leader: str, target: str, issue: str) -> Operation:
    """The operation in preparation by ``leader`` against ``target``, or one as it would be."""
    return outlook.in_public(("prepared", leader, target, issue), lambda: _prepared(outlook.view, leader, target, issue))


def _prepared(view: View, leader: str, target: str, issue: str) -> Operation:
    for operation in view.operations:
        if (operation.leader, operation.target, operation.status) == (leader, target, "announced"):
            return operation
    return Operation.believed(id="imagined", leader=leader, target=target, issue=issue, turn=view.moment.turn or 1)


def is_over(outlook: Outlook, target: str) -> bool:
    """Whether force was already used against the target."""
    launched = outlook.in_public("launched", lambda: {o.target for o in outlook.view.operations if o.status == "launched"})
    return target in launched


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
    return outlook.in_public(key, lambda: success(outlook.view, operation))


def war_value(outlook: Outlook, operation: Operation, row: int, *, authorised: bool) -> float:
    """What carrying out the operation is worth to a state that is not attacked, costs to leader and partners left aside."""
    view, parameters = outlook.view, outlook.view.parameters
    column = issue_column(view, operation.issue)
    now, then = settled(outlook, operation)
    ideal = float(view.atlas.ideal[row, column])
    nearer = abs(ideal - now) - abs(ideal - then)
    policy = parameters.policy_value * float(outlook.salience[row, column]) * nearer * float(outlook.weights[row, POLICY])
    if authorised:
        return policy
    stake = outlook.in_public(("stake", operation.leader), lambda: at_stake(outlook, operation.leader))
    return policy - parameters.standing_value * float(stake[row]) * float(outlook.weights[row, STANDING])


def best_case(outlook: Outlook, operation: Operation) -> float:
    """What carrying it out could be worth to the leader at most: with a mandate, full legitimacy and full company."""
    parameters, row = outlook.view.parameters, index(outlook.view, operation.leader)
    least = parameters.cost_value * parameters.war_cost * (1.0 - parameters.burden_relief) * float(outlook.weights[row, WELFARE])
    return war_value(outlook, operation, row, authorised=True) - least


def at_stake(outlook: Outlook, leader: str) -> Array:
    """Voting power that each state loses if ``leader`` acts without authority.  Shape [state]."""
    return total(outlook.board.council_weight * authority_at_stake(outlook.view, leader))


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
    lent = lending(outlook, operation, authorised=authorised, refused=refused)
    return view.parameters.cost_value * leader_cost(view, operation, lent) * float(outlook.weights[row, WELFARE])


def lending(outlook: Outlook, operation: Operation, *, authorised: bool, refused: bool) -> float:
    """The legitimacy of the operation."""
    key = ("legitimacy", operation.leader, operation.target, operation.issue, operation.coalition, authorised, refused)
    return outlook.in_public(key, lambda: legitimacy(outlook.view, operation, authorised=authorised, refused=refused))


def leader_value(outlook: Outlook, operation: Operation, *, authorised: bool, refused: bool) -> float:
    """What carrying it out is worth to the leader, costs included: of others all players make the same, so it is found once."""
    eyes = outlook if operation.leader == outlook.view.viewer else outlook.stranger
    key = ("worth", operation.leader, operation.target, operation.issue, operation.coalition, authorised, refused)
    return eyes.remember(key, lambda: _leader_value(eyes, operation, authorised=authorised, refused=refused))


def _leader_value(outlook: Outlook, operation: Operation, *, authorised: bool, refused: bool) -> float:
    row = index(outlook.view, operation.leader)
    gain = war_value(outlook, operation, row, authorised=authorised)
    return gain - leader_bill(outlook, operation, authorised=authorised, refused=refused)


def launch_chance(outlook: Outlook, operation: Operation, *, authorised: bool, refused: bool) -> float:
    """How likely the leader is to go ahead, as this player reads the leader's payoff (go-it-alone: Voeten 2001)."""
    if is_over(outlook, operation.target):
        return 0.0
    value = leader_value(outlook, operation, authorised=authorised, refused=refused)
    return logistic_one(outlook.skill * value)


def as_things_stand(outlook: Outlook, operation: Operation) -> tuple[bool, bool]:
    """(authorised, refused) at present."""
    key = ("stands", operation.target, operation.issue)
    return outlook.in_public(key, lambda: (authorisation(outlook.view, operation), denied(outlook.view, operation)))


def with_partner(operation: Operation, country: str, level: str, *, owed: bool, paid: bool) -> Operation:
    """The operation with one more contribution."""
    others = tuple(c for c in operation.coalition if c.country != country)
    added = Contribution.believed(country=country, side="attack", level=level, owed=owed, paid=paid)
    return operation.model_copy(update={"coalition": (*others, added)})
