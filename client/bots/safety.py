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
from client.bots.guarding import book_of, help_expected, help_owed, help_under, peace_expected, protectors, trust
from client.bots.outlook import SECURITY, Outlook
from client.bots.thought import Thought
from rules.exact import Array, power, total
from rules.force.appeasement import hopes, pledged, submission
from rules.force.power import NOTHING
from rules.force.threat import feared, losses, shield
from rules.pacts.conditions import Honoured, hangs_on_words, singles
from rules.pacts.institutions import firmness, pooling
from rules.pacts.reassurance import spared
from rules.vocabulary import Commitment, Defend, Terms


@dataclass(frozen=True, eq=False)
class Fear:
    """How safe everybody is in the eyes of one player, all [state, state]: the terms of ``rules.force.threat.losses``.

    ``left`` is what pledges leave of a threat, ``help`` and ``common`` what others bring, ``gave`` and ``hope`` what was yielded and what
    may be hoped for it; ``threat`` is felt, ``held`` defends, ``loss`` is what gets past the defence.
    """

    threat: Array
    left: Array
    help: Array
    common: Array
    there: Array
    gave: Array
    hope: Array
    held: Array
    loss: Array


@dataclass(frozen=True, eq=False)
class Fears:
    """The question how safe everybody is."""

    outlook: Outlook

    @classmethod
    def answers(cls, questions: Sequence[Self]) -> Sequence[object]:
        """A ``Fear`` for each question; players of one world and parameters are answered together."""
        return fears([question.outlook for question in questions])


def feel(outlook: Outlook) -> Thought[Fear]:
    """Ask how safe everybody is."""
    return cast(Fear, (yield Fears(outlook)))


def fears(outlooks: Sequence[Outlook]) -> list[Fear]:
    """How safe everybody is, for many players at once."""
    waiting = [outlook for outlook in outlooks if outlook.recall("fear") is None]
    for numbers in companies(waiting, lambda o: (o.view.atlas.distance, o.view.parameters)):
        some = [waiting[number] for number in numbers]
        for outlook, fear in zip(some, _fears(some), strict=True):
            outlook.note("fear", fear)
    return [cast(Fear, outlook.recall("fear")) for outlook in outlooks]


def _fears(outlooks: Sequence[Outlook]) -> list[Fear]:
    parameters = outlooks[0].view.parameters
    forces = np.array([o.view.world.forces for o in outlooks])
    hostile = np.array([o.beliefs for o in outlooks])[:, None, :]
    there = np.array([o.board.there for o in outlooks])
    offensive = np.array([o.board.offensive for o in outlooks])[:, None, :]
    weapons = np.array([o.board.deterrent for o in outlooks])
    left = spared(np.array([peace_expected(o) for o in outlooks]), hostile, parameters)
    threat = feared(there, forces, offensive, hostile, parameters) * left * (1.0 - np.eye(forces.shape[1]))
    support = np.array([help_expected(o) for o in outlooks])
    common = np.array([book_of(o).common for o in outlooks])
    gave = np.array([_submission(o) for o in outlooks])
    hope = _hope(outlooks, hostile) if gave.any() else gave  # nobody hopes who gave in to nobody
    held = shield(forces, support, weapons, common, there, parameters)
    loss = losses(threat, held, there, gave, hope, parameters)
    terms = (threat, left, support, common, there, gave, hope, held, loss)
    return [Fear(*(term[k] for term in terms)) for k in range(len(outlooks))]


def _hope(outlooks: Sequence[Outlook], hostile: Array) -> Array:
    """Hope of each state to be spared by each other one.  Shape [player, state, state]."""
    word, told = np.array([trust(o) for o in outlooks]), np.array([_told(o) for o in outlooks])
    return hopes(hostile, word, told, outlooks[0].view.parameters)


def _told(outlook: Outlook) -> Array:
    return outlook.board.last("told", lambda: pledged(outlook.view, outlook.board.everyone.rows))


def _submission(outlook: Outlook) -> Array:
    """What the player has yielded; others' is not known.  Shape [state, state]."""
    given = np.zeros_like(outlook.board.there)
    given[outlook.me] = submission(outlook.view, (outlook.me,))[0]
    return given


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
        worth = some[0].outlook.view.parameters.security_value * (_lost(some, more=False) - _lost(some, more=True))
        for number, relief, value in zip(numbers, some, worth, strict=True):
            found[number] = float(value) * float(relief.outlook.weights[relief.row, SECURITY])
    return [found[number] for number in range(len(each))]


def _lost(some: Sequence[Relief], *, more: bool) -> Array:
    """What each row loses in all, without the help and with it.  Shape [relief]."""
    if not more:
        return total(np.array([r.fear.loss[r.row] for r in some]))
    parameters = some[0].outlook.view.parameters
    there = np.array([r.fear.there[r.row] for r in some])
    here = np.array([float(r.outlook.view.world.forces[r.row]) + r.arms for r in some])
    felt = _felt(some)
    help_ = np.array([r.fear.help[r.row] + r.support for r in some])
    weapons = np.array([float(r.outlook.board.deterrent[r.row]) for r in some])
    common = np.array([r.fear.common[r.row] for r in some])
    held = shield(here[:, None], help_[:, None], weapons[:, None], common[:, None], there[:, None], parameters)[:, 0]
    gave, hope = (np.array([getattr(r.fear, name)[r.row] for r in some]) for name in ("gave", "hope"))
    return total(losses(felt, held, there, gave, hope, parameters))


def _felt(some: Sequence[Relief]) -> Array:
    """What threatens each row if it has so many more arms of its own.  Shape [relief, state]."""
    felt = np.array([r.fear.threat[r.row] for r in some])
    armed = [number for number, relief in enumerate(some) if relief.arms != 0.0]
    if armed:
        these = [some[number] for number in armed]
        there, left = (np.array([getattr(r.fear, name)[r.row] for r in these])[:, None, :] for name in ("there", "left"))
        offensive = np.array([r.outlook.board.offensive for r in these])[:, None, :]
        hostile = np.array([r.outlook.beliefs for r in these])[:, None, :]
        here = np.array([[float(r.outlook.view.world.forces[r.row]) + r.arms] for r in these])
        felt[armed] = (feared(there, here, offensive, hostile, these[0].outlook.view.parameters) * left)[:, 0]
        felt[armed, [r.row for r in these]] = 0.0
    return felt


def support_from(outlook: Outlook, fear: Fear, row: int, terms: Terms) -> Array:
    """Help that terms would bring to ``row`` beyond what the same guarantors owe it already.  Shape [state]."""
    country, parties, parameters = outlook.view.atlas.countries[row], terms.parties, outlook.view.parameters
    support = np.zeros(len(fear.threat))
    shared = pooling(terms, parameters)
    for clause in terms.clauses:
        if not isinstance(clause, Defend) or clause.debtor == country or not hangs_on_words(clause.when):
            continue
        if clause.ally == country or (clause.ally is None and country in parties):
            guarantor = outlook.rows[clause.debtor]
            word = float(outlook.brought(firmness(terms, clause.debtor, parameters))[row, guarantor])
            brought = outlook.devotion.stakes[guarantor] * (word * float(fear.there[row, guarantor]) * shared)
            owed = help_owed(outlook, row, guarantor)
            if clause.against is None:
                enemies: int | slice = slice(None)
                brought[guarantor] = 0.0
            else:
                enemies = outlook.rows[clause.against]
            support[enemies] += brought[enemies]
            if owed is not None:
                support[enemies] -= np.minimum(owed, brought)[enemies]
    return support


def forfeited(outlook: Outlook, country: str, terms: Terms) -> float:
    """What a country would lose in safety if, by breaking its word, it lost the help that hangs on it under these terms, in payoff."""
    helping = [c for c in terms.clauses if c.when is not None and isinstance(c, Defend)]
    hanging = tuple(c for c in helping if any(isinstance(word, Honoured) and word.country == country for word in singles(c.when)))
    if not any(hangs_on_words(c.when) for c in hanging):
        return 0.0
    (fear,), row = fears([outlook]), outlook.rows[country]
    part = terms.model_copy(update={"clauses": hanging})
    if all(c.terms is not terms for c in outlook.view.commitments):
        return _relieved([Relief(outlook, fear, row, support_from(outlook, fear, row, part))])[0]
    left = help_under(outlook, row, [c for c in outlook.view.commitments if c.terms is not terms])
    return -_relieved([Relief(outlook, fear, row, left - fear.help[row])])[0]


def without(outlook: Outlook, fear: Fear, commitment: Commitment) -> Relief:
    """The player as safe as it would be without one of its commitments."""
    left = help_under(outlook, outlook.me, [c for c in outlook.view.commitments if c.id != commitment.id])
    return Relief(outlook, fear, outlook.me, left - fear.help[outlook.me])


def loyalties(outlooks: Sequence[Outlook]) -> list[Array]:
    """What a unit of each state's goodwill is worth to the safety of each other one, in payoff.  Shape [ally, guarantor] each."""
    waiting = [outlook for outlook in outlooks if outlook.recall("loyalty") is None]
    felt = fears(waiting)
    for numbers in companies(waiting, lambda o: (book_of(o), o.view.parameters)):
        some = [waiting[number] for number in numbers]
        for outlook, worth in zip(some, _loyalties(some, [felt[number] for number in numbers]), strict=True):
            outlook.note("loyalty", worth)
    return [cast(Array, outlook.recall("loyalty")) for outlook in outlooks]


def loyalty(outlook: Outlook, ally: int, guarantor: int) -> float:
    """The same for one ally and one guarantor; nothing where no guarantee binds them."""
    if outlook.view.parameters.estrangement == 0.0 or guarantor not in protectors(outlook, ally):
        return 0.0
    return float(loyalties([outlook])[0][ally, guarantor])


def _loyalties(some: Sequence[Outlook], felt: Sequence[Fear]) -> Array:
    """How fast each ally's loss falls as its guarantor's help grows, times how fast that help grows with goodwill.

    For players who read the same book.  Shape [player, ally, guarantor].
    """
    parameters, devoted = some[0].view.parameters, some[0].devotion
    held, there, loss = (np.array([getattr(fear, name) for fear in felt]) for name in ("held", "there", "loss"))
    worth = np.zeros_like(loss)
    ratio = power(held / np.maximum(there, NOTHING), parameters.conflict_scale)
    slope = loss * (parameters.defence_effect * parameters.conflict_scale) * ratio / np.maximum(held, NOTHING)
    value = parameters.security_value * np.array([outlook.weights for outlook in some])[:, :, SECURITY]
    for firm, (allies, guarantors, enemies) in book_of(some[0]).shielded.items():
        liking = parameters.estrangement / np.maximum(devoted.attached[allies, guarantors], NOTHING)
        words = np.array([outlook.brought(firm) for outlook in some])[:, allies, guarantors]
        brought = words * there[:, allies, guarantors] * liking * value[:, allies]
        against = total(slope[:, allies] * devoted.stakes[guarantors] * enemies)
        worth[:, allies, guarantors] += brought * against  # of one firmness each guarantor counts once for an ally
    return worth
