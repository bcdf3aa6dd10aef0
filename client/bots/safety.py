"""How safe everybody is, as one player sees it, and what help would change (W35, W106, W121, W127).

A player takes others to fear whom it fears itself; what they promise each other in the open it knows.  Whole matrices are found for many
players at once: ``Fears`` asks for them, ``Reliefs`` for what help is worth.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self, cast

import numpy as np

from client.bots.company import companies
from client.bots.outlook import SECURITY, Outlook
from client.bots.thought import Thought
from rules.exact import Array, power, total
from rules.institutions import firmness
from rules.threat import NOTHING, feared, guarantees, joined, unshielded
from rules.vocabulary import Defend, Terms

Guarantee = tuple[int, int, list[int], float]
"""Row, guarantor, enemies, and 1 if it is bound in form (``rules.threat.guarantees``)."""


@dataclass(frozen=True, eq=False)
class Fear:
    """Seen by one player, all [state, state]: how much row fears column, the help it has, its weapons, what reaches it, what gets past."""

    threat: Array
    help: Array
    sure: Array
    there: Array
    loss: Array


@dataclass(frozen=True, eq=False)
class Fears:
    """The question how safe everybody is."""

    outlook: Outlook

    @classmethod
    def answers(cls, questions: Sequence[Self]) -> Sequence[object]:
        """A ``Fear`` for each question; players of one world and parameters are answered together."""
        found: dict[int, Fear] = {}
        for numbers in companies(questions, lambda q: (q.outlook.view.atlas.distance, q.outlook.view.parameters)):
            found |= zip(numbers, _fears([questions[number].outlook for number in numbers]), strict=True)
        return [found[number] for number in range(len(questions))]


def feel(outlook: Outlook) -> Thought[Fear]:
    """Ask how safe everybody is."""
    return cast(Fear, (yield Fears(outlook)))


def _fears(outlooks: Sequence[Outlook]) -> list[Fear]:
    view = outlooks[0].view
    parameters = view.parameters
    forces = np.array([o.view.world.forces for o in outlooks])
    hostile = np.array([o.beliefs for o in outlooks])[:, None, :]
    there = np.array([o.board.there for o in outlooks])
    offensive = np.array([o.board.offensive for o in outlooks])[:, None, :]
    sure = np.array([o.board.deterrent for o in outlooks])[..., None] * there
    strangers = 1.0 - np.eye(forces.shape[1])
    threat = feared(there, forces, offensive, hostile, parameters) * strangers
    support = np.array([_promised(outlook, there[number]) for number, outlook in enumerate(outlooks)])
    loss = unshielded(threat, joined(forces[..., None], support, parameters) + sure, there, parameters)
    return [Fear(threat[k], support[k], sure[k], there[k], loss[k]) for k in range(len(outlooks))]


def _promised(outlook: Outlook, there: Array) -> Array:
    """Help that each state can count on against each other one, in the eyes of the player.  Shape [state, state]."""
    view, me = outlook.view, outlook.me
    if any(c.terms.secret for c in view.commitments):
        return _summed(outlook, guarantees(view, outlook.board.everyone, view.commitments), there, by_prior=False)
    known = outlook.in_public("guarantees", lambda: guarantees(view, outlook.board.everyone, view.commitments))
    support = outlook.in_public("support", lambda: _summed(outlook, known, there, by_prior=True)).copy()
    support[me] = _summed(outlook, [each for each in known if each[0] == me], there, by_prior=False)[me]
    return support


def _summed(outlook: Outlook, known: Sequence[Guarantee], there: Array, *, by_prior: bool) -> Array:
    """Help by these guarantees, as the player guesses that each row believes it; ``by_prior``: its own row too."""
    support = np.zeros_like(there)
    for row, guarantor, enemies, formal in known:
        support[row, enemies] += outlook.trust(row, guarantor, formal, by_prior=by_prior)[enemies] * there[row, guarantor]
    return support


@dataclass(frozen=True, eq=False)
class Relief:
    """Help to ``row`` against each state, shape [state], and ``arms`` more of its own, all in the unit of forces."""

    outlook: Outlook
    fear: Fear
    row: int
    support: Array
    arms: float = 0.0


@dataclass(frozen=True, eq=False)
class Reliefs:
    """The question what some help is worth to those who get it."""

    each: tuple[Relief, ...]

    @classmethod
    def answers(cls, questions: Sequence[Self]) -> Sequence[object]:
        """A list of payoffs for each question."""
        flat = [relief for question in questions for relief in question.each]
        found = iter(_relieved(flat))
        return [[next(found) for _ in question.each] for question in questions]


def relieved(each: Iterable[Relief]) -> Thought[list[float]]:
    """Ask what some help is worth."""
    asked = tuple(each)
    if not asked:
        return []
    return cast(list[float], (yield Reliefs(asked)))


def _relieved(each: Sequence[Relief]) -> list[float]:
    found: dict[int, float] = {}
    for numbers in companies(each, lambda r: (len(r.support), r.outlook.view.parameters)):
        some = [each[number] for number in numbers]
        parameters = some[0].outlook.view.parameters
        threat = np.array([r.fear.threat[r.row] for r in some])
        arms = np.array([r.arms for r in some])[:, None]
        support = np.array([r.fear.help[r.row] + r.support for r in some])
        there = np.array([r.fear.there[r.row] for r in some])
        here = np.array([float(r.outlook.view.world.forces[r.row]) for r in some])[:, None]
        threat = threat * power((there + here) / np.maximum(there + here + arms, NOTHING), parameters.threat_power)
        before = total(np.array([r.fear.loss[r.row] for r in some]))
        sure = np.array([r.fear.sure[r.row] for r in some])
        after = total(unshielded(threat, joined(here + arms, support, parameters) + sure, there, parameters))
        worth = parameters.security_value * (before - after)
        for number, relief, value in zip(numbers, some, worth, strict=True):
            found[number] = float(value) * float(relief.outlook.weights[relief.row, SECURITY])
    return [found[number] for number in range(len(each))]


def support_from(outlook: Outlook, fear: Fear, row: int, terms: Terms) -> Array:
    """Help that the defence clauses of some terms would bring to ``row``.  Shape [state]."""
    help_ = np.zeros(len(fear.threat))
    country = outlook.view.atlas.countries[row]
    for clause in terms.clauses:
        if not isinstance(clause, Defend) or clause.debtor == country or clause.when is not None:
            continue
        if clause.ally == country or (clause.ally is None and country in terms.parties):
            guarantor = outlook.rows[clause.debtor]
            firm = firmness(terms, clause.debtor, outlook.view.parameters)
            brought = outlook.trust(row, guarantor, firm) * float(fear.there[row, guarantor])
            if clause.against is None:
                brought[guarantor] = 0.0
                help_ += brought
            else:
                help_[outlook.rows[clause.against]] += brought[outlook.rows[clause.against]]
    return help_
