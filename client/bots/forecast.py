"""A forecast of a vote: how each member is likely to vote, and what that is worth to whom.

Every member is taken to answer to its payoff with the player's own skill (quantal response), given what the others are likely to do; a few
rounds of mutual adjustment give the forecast.  Pledges, declared stances and aid that hangs on a vote are priced in; terms that are only
being thought about can be added, which is how offers are weighed.  Many forecasts of one council are made together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self, cast

import numpy as np

from client.bots.company import companies
from client.bots.futures import outcome_gap
from client.bots.outlook import AUTONOMY, DOMESTIC, WELFARE, Outlook
from client.bots.pledges import Stakes, pledged, pledges_under, stakes
from client.bots.safety import loyalties
from client.bots.thought import Thought, alone
from rules.bodies.ballots import is_unipoles, members, opinion_moves, pressure, reversal_cost, stand, sympathy
from rules.bodies.councils import rule_of
from rules.bodies.decision_rule import Rule
from rules.bodies.voting_power import adoption_chance
from rules.exact import Array, Rows, frozen, logit_choice, product, total
from rules.lately import lately, mark, once
from rules.parameters import Parameters
from rules.state import Council, find_council
from rules.vocabulary import CHOICES, Defend, Draft, Terms

STEPS = (0.5, 0.5, 0.7, 0.9, 1.0)  # how far each adjustment goes: all the way in the end, lest anybody be thought to err by habit
CERTAIN = 0.98  # chance from which a ballot is taken for granted
COUNTED = 2  # from this adjustment on the chance of adoption is counted anew; until then everybody is taken to vote by lot
PAIRS_MAX = 600_000  # members x members of all votes that are forecast in one array; beyond that neither memory nor caches suffice
PARAMETERS_KEPT = 64  # one set of each game that is being played
YES, NO, ABSTAIN = (CHOICES.index(c) for c in ("yes", "no", "abstain"))


@dataclass(frozen=True, eq=False)
class Forecast:
    """What is expected of a vote: chance of adoption, what each ballot is worth and how likely it is, and what both make on average.

    ``worth``, ``chance`` and ``adopted`` (the chance of adoption after each ballot) have shape [member, choice], ``average`` [member].
    """

    draft: Draft
    council: Council
    passes: float
    worth: Array
    chance: Array
    adopted: Array
    average: tuple[float, ...]

    def seat(self, country: str) -> int:
        """The member's place, or -1."""
        return self.council.members.index(country) if country in self.council.members else -1

    def doubtful(self, *countries: str) -> bool:
        """Whether others can doubt what any of these members will do: what is certain need not be said, nor promised."""
        return any(float(np.maximum.reduce(self.chance[self.seat(c)])) < CERTAIN for c in countries)

    def expected(self, seat: int) -> float:
        """Expected payoff from the vote to a member."""
        return self.average[seat]


@dataclass(frozen=True, eq=False)
class Case:
    """A vote to be forecast: by whom, on what, with which terms taken to be in force besides those that are."""

    outlook: Outlook
    draft: Draft
    extra: tuple[Terms, ...] = ()

    @once
    def asked(self) -> tuple[object, ...]:
        """What the player recognises the case by while it is held: the draft and the terms."""
        return mark((self.draft, *self.extra))


@dataclass(frozen=True, eq=False)
class Ballots:
    """The question how some votes will go."""

    cases: tuple[Case, ...]

    @classmethod
    def answers(cls, questions: Sequence[Self]) -> Sequence[object]:
        """A list of forecasts for each question."""
        found = iter(together_forecast([case for question in questions for case in question.cases]))
        return [[next(found) for _ in question.cases] for question in questions]


def forecasts(cases: Iterable[Case]) -> Thought[list[Forecast]]:
    """Ask how some votes will go."""
    asked = tuple(cases)
    if not asked:
        return []
    return cast(list[Forecast], (yield Ballots(asked)))


def forecast(outlook: Outlook, draft: Draft, extra: Iterable[Terms] = ()) -> Forecast:
    """Expect one vote on ``draft``, with ``extra`` terms taken to be in force."""
    return alone(forecasts([Case(outlook, draft, tuple(extra))]))[0]


def together_forecast(cases: Sequence[Case]) -> list[Forecast]:
    """Forecasts of many votes, those of one council over one array; what a player asks again, it remembers."""
    fresh = [case for case in {mark((c.outlook, c.draft, *c.extra)): c for c in cases}.values() if _known(case) is None]
    for numbers in companies(fresh, lambda c: (c.draft.council, c.outlook.view.atlas.distance, c.outlook.view.parameters)):
        alike = sorted((fresh[number] for number in numbers), key=lambda c: c.draft.action)  # one rule after another
        council = find_council(alike[0].outlook.view, alike[0].draft.council)
        assert council is not None, "a draft is before a council of the scenario"
        for some in _lots(alike, len(council.members)):
            for case, found in zip(some, _one_council(some, council), strict=True):
                case.outlook.keep(case.asked, (case, found))
    return [cast(Forecast, _known(case)) for case in cases]


def _lots(cases: Sequence[Case], members_number: int) -> list[Sequence[Case]]:
    """So many cases at a time as fit into memory: what is counted for each grows with the square of the members."""
    most = max(1, PAIRS_MAX // (members_number * members_number))
    return [cases[first : first + most] for first in range(0, len(cases), most)]


def _known(case: Case) -> Forecast | None:
    held = cast(tuple[Case, Forecast] | None, case.outlook.kept(case.asked))
    return held[1] if held is not None else None


def _one_council(cases: Sequence[Case], council: Council) -> list[Forecast]:
    """A ballot is worth what it does by itself, what it does to relations, what was promised for it, and its weight in the outcome."""
    view = cases[0].outlook.view
    who = members_of(cases[0].outlook, council)
    itself = np.array([_before_others(c, council) for c in cases])
    gap = np.array([outcome_gap(c.outlook, c.draft) for c in cases])[:, who, None]
    pressed = _pressures(cases, council)
    skill = np.array([c.outlook.skill for c in cases])[:, None, None]
    leaning = _leanings(cases, council)
    given = [pledged(c.outlook, c.draft.issue, council) for c in cases]
    promised = stakes(given, [tuple(pledges_under(c.outlook, c.extra, c.draft.issue, council)) for c in cases])
    rules, stands = _rules(cases, council), _stands(view.parameters)
    chance = np.full(itself.shape, 1.0 / len(CHOICES))
    value, adopted = chance, np.array([_by_lot(rule) for rule in rules])
    for number, step in enumerate(STEPS):
        adopted = _adoption(rules, chance) if number >= COUNTED else adopted
        value = itself + adopted * gap + _relations(view.parameters, leaning, pressed, total(chance * stands), stands)
        value = _with_stakes(value, promised, chance)
        chance = (1.0 - step) * chance + step * logit_choice(value, skill)
    passes: list[float] = total(chance[:, 0] * adopted[:, 0]).tolist()
    average: list[list[float]] = total(chance * value).tolist()
    return [
        Forecast(c.draft, council, passes[k], value[k], chance[k], adopted[k], tuple(average[k])) for k, c in enumerate(cases)
    ]


def _before_others(case: Case, council: Council) -> Array:
    """What each choice is worth to each member whatever others do, its own word included.  Shape [member, choice]."""
    worth = by_itself(case.outlook, case.draft, council)
    return worth - declared_cost(case.outlook, case.draft, council) if case.draft.declared else worth


def _pressures(cases: Sequence[Case], council: Council) -> Array:
    """How much each member minds the others' votes in each case.  Shape [case, member]."""
    view, found = cases[0].outlook.view, dict[tuple[tuple[str, ...], bool], Array]()
    for c in cases:
        if (key := (c.draft.sponsors, c.draft.pressed)) not in found:
            found[key] = pressure(view, c.draft, council)
    return np.array([found[c.draft.sponsors, c.draft.pressed] for c in cases])


def by_itself(outlook: Outlook, draft: Draft, council: Council) -> Array:
    """What each choice is worth to each member whatever others do: deference and opinion at home.  Shape [member, choice]."""
    key = ("alone", draft.council, draft.issue, draft.action, is_unipoles(outlook.view, draft))
    return outlook.last(key, lambda: _by_itself(outlook, draft, council))


def _by_itself(outlook: Outlook, draft: Draft, council: Council) -> Array:
    key = ("in the open", draft.council, draft.issue, draft.action, is_unipoles(outlook.view, draft))
    bowing, opinion, guess = outlook.board.last(key, lambda: _in_the_open(outlook, draft, council))
    if outlook.view.viewer not in council.members:
        return guess
    worth, seat, weights = guess.copy(), council.members.index(outlook.view.viewer), outlook.weights[outlook.me]
    worth[seat] = opinion[seat] * weights[DOMESTIC] - bowing[seat] * weights[AUTONOMY]
    return worth


def _in_the_open(outlook: Outlook, draft: Draft, council: Council) -> tuple[Array, Array, Array]:
    """What each choice does to each member's autonomy and approval, and both for those who weigh alike.  Shape [member, choice] all."""
    view, who = outlook.view, members_of(outlook, council)
    deferred = 1.0 if is_unipoles(view, draft) else 0.0
    apart = np.array([0.0 if c == view.atlas.unipole else deferred for c in council.members])
    stands = _stands(view.parameters)
    bowing = (apart * outlook.board.bowing[who])[:, None] * stands
    opinion: Array = view.parameters.domestic_value * opinion_moves(view, draft, who, stands[:, None]).T
    alike = outlook.board.defaults
    return bowing, opinion, opinion * alike[DOMESTIC] - bowing * alike[AUTONOMY]


def members_of(outlook: Outlook, council: Council) -> Rows:
    """The rows of a council's members."""
    return outlook.board.last(("members", council.id), lambda: members(outlook.view, council))


def declared_cost(outlook: Outlook, draft: Draft, council: Council) -> Array:
    """What it costs each member to vote otherwise than it declared: shape [member, choice]."""
    view = outlook.view
    table = np.zeros((len(council.members), len(CHOICES)))
    who = members_of(outlook, council)
    price = view.parameters.domestic_value * reversal_cost(view, who) * outlook.weights[who, DOMESTIC]
    for ballot in draft.declared:
        seat = council.members.index(ballot.country)
        table[seat] = price[seat]
        table[seat, CHOICES.index(ballot.choice)] = 0.0
    return table


def _leanings(cases: Sequence[Case], council: Council) -> Array:
    """What each other member's goodwill is worth to each member, in welfare and in safety.  Shape [case, member, other]."""
    key = ("leaning", council.id)
    fresh = [outlook for outlook in {mark((c.outlook,)): c.outlook for c in cases}.values() if outlook.recall(key) is None]
    if fresh:
        for outlook, found in zip(fresh, _leaning(fresh, members_of(fresh[0], council)), strict=True):
            outlook.note(key, found)
    return np.array([c.outlook.recall(key) for c in cases])


def _leaning(outlooks: Sequence[Outlook], who: Rows) -> Array:
    """The same for some players.  Shape [player, member, other]."""
    view = outlooks[0].view
    each = np.array([o.weights for o in outlooks])[:, who, WELFARE]
    worth: Array = view.parameters.dependence_value * view.atlas.dependence[np.ix_(who, who)] * each[..., None]
    if not any(isinstance(clause, Defend) for o in outlooks for pact in o.view.commitments for clause in pact.terms.clauses):
        return worth
    safer: Array = np.array(loyalties(outlooks))[:, who[:, None], who]
    return worth + safer


def _relations(parameters: Parameters, leaning: Array, pressed: Array, stands: Array, choices: Array) -> Array:
    """What each choice does to each member's relations, if the others stand as expected.  Shape [case, member, choice].

    Whoever chooses the same is met alike, so the choices take the place of the voters.
    """
    return product(leaning, sympathy(stands, choices, pressed, parameters))  # [case, member, other] and [case, other, choice]


def _with_stakes(value: Array, promised: Stakes, chance: Array) -> Array:
    """The worth of each choice with what promises and payments add to it, as likely as their conditions are."""
    if not len(promised.price):
        return value
    likely = np.where(promised.hangs, chance[promised.case, promised.other, promised.their], 1.0)
    value = value.copy()
    np.add.at(value, (promised.case, promised.seat, promised.choice), promised.price * likely)
    return value


@lately(PARAMETERS_KEPT)
def _stands(parameters: Parameters) -> Array:
    """Where each choice stands between no and yes."""
    return frozen([stand(parameters, choice) for choice in CHOICES])


def _rules(cases: Sequence[Case], council: Council) -> list[Rule]:
    found = {action: rule_of(council, action) for action in dict.fromkeys(c.draft.action for c in cases)}
    return [found[c.draft.action] for c in cases]


@lru_cache(maxsize=256)
def _by_lot(rule: Rule) -> Array:
    """Chance of adoption for each choice of each member if all others vote by lot.  Shape [member, choice]."""
    return frozen(adoption_chance(rule, np.full((len(rule.veto), len(CHOICES)), 1.0 / len(CHOICES))))


def _adoption(rules: Sequence[Rule], chance: Array) -> Array:
    """Chance of adoption for each choice of each member in each case.  Shape [case, member, choice]; the rule may differ by the action."""
    if all(rule is rules[0] for rule in rules):
        return adoption_chance(rules[0], chance)
    adopted = np.empty_like(chance)
    for alike in companies(rules, lambda rule: (rule,)):
        adopted[alike] = adoption_chance(rules[alike[0]], chance[alike])
    return adopted

