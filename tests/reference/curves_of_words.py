"""Figures of the theory pages on commitments, bodies, words and company: response curves, drawn from the rules themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from rules.bodies.ballots import sympathy
from rules.bodies.councils import rule_of
from rules.bodies.decision_rule import NO, YES
from rules.bodies.legitimacy import legitimacy
from rules.bodies.voting_power import adoption_chance, shapley_shubik
from rules.effects import moved
from rules.evolve import evolve_all
from rules.exact import Array, frozen
from rules.force.affront import taken_ill_by_one
from rules.force.appeasement import appeased, hopes
from rules.force.guarantees import attachment, quarrel, stake
from rules.pacts.clauses import Defend
from rules.pacts.institutions import firmness
from rules.pacts.reassurance import spared
from rules.pacts.secrecy import leak_chance
from rules.pacts.treaties import INSTITUTION_MAX, Commitment, Terms
from rules.parameters import Parameters, with_overrides
from rules.society.beliefs import fading
from rules.society.domestic import chance_of_change
from rules.society.reputation import audience, credibility
from rules.state import Council, Game
from rules.vocabulary import Contribution, Operation
from scenarios import load, opening
from tests.reference.drawing import Panel, curve, figure

DEFAULTS = Parameters()
COUNCIL_SIZE, PERMANENT = 15, 5
MEMBERS = tuple(a + b + "X" for a in "ABC" for b in "ABCDE")
Points = list[tuple[float, float]]


def _one(value: float) -> Array:
    return np.array([value], dtype=np.float64)


def _by_number(function: Callable[[int], float], first: int, last: int) -> Points:
    return [(float(number), function(number)) for number in range(first, last + 1)]


# --- commitments -------------------------------------------------------------------------------------------------------------------------


def _word(kept: float, broken: float) -> float:
    return float(credibility(_one(kept), _one(broken), DEFAULTS)[0])


def _terms(countries: tuple[str, ...], institution: int = 0, *, secret: bool = False) -> Terms:
    clauses = tuple(Defend(debtor=country, since=1, until=8) for country in countries)
    return Terms(parties=countries, clauses=clauses, institution=institution, secret=secret)


def _firm(institution: int, size: int) -> float:
    countries = opening(load("octet"), "figures").atlas.countries[:size]
    return firmness(_terms(countries, institution), countries[0], DEFAULTS)


def _leak(size: int, crowd: float) -> float:
    game = replace(opening(load("octet"), "figures"), parameters=with_overrides({"leak_crowd": crowd}))
    terms = _terms(game.atlas.countries[:size], secret=True)
    return leak_chance(game, Commitment(id="figure", terms=terms, since=1))


def _breach(democracy: float, formal: float) -> float:
    return float(audience(democracy, formal, DEFAULTS))


def commitments_figure() -> str:
    """Records and belief, institutions and doubt, what a breach costs at home, and how secrets come out."""
    return figure((
        Panel("Belief in a word", "promises kept", [
            (f"{broken:g} broken", curve(partial(_word, broken=broken), 0.0, 12.0)) for broken in (0.0, 2.0, 6.0)
        ]),
        Panel("Doubt that institutions remove", "institution", [
            (f"among {size}", _by_number(partial(_firm, size=size), 0, INSTITUTION_MAX)) for size in (2, 5)
        ]),
        Panel("Approval lost by an open breach", "democracy", [
            (name, curve(partial(_breach, formal=formal), 0.0, 1.0)) for name, formal in (("in form", 1.0), ("informal", 0.0))
        ]),
        Panel("Chance that a secret comes out", "parties", [
            (f"crowd {crowd:g}", _by_number(partial(_leak, crowd=crowd), 2, 8)) for crowd in (1.0, 0.5, 0.0)
        ]),
    ))  # fmt: skip


# --- bodies ------------------------------------------------------------------------------------------------------------------------------


def _council(**rule: object) -> Council:
    plain = {"id": "figure", "title": "Figure", "members": MEMBERS, "permanent": (), "threshold": 9, "veto": False}
    return Council.model_validate({**plain, **rule})


SECURITY = {"veto": True, "permanent": MEMBERS[:PERMANENT]}
BODIES: dict[str, dict[str, object]] = {
    "9 of 15": {},
    "with veto": SECURITY,
    "majority": {"method": "majority"},
    "consensus": {"method": "consensus"},
}


def _adopted(chance: float, rule: dict[str, object]) -> float:
    """The chance of adoption when each member is in favour with this chance and else against; abstention is left out."""
    shares = np.zeros((COUNCIL_SIZE, 3))
    shares[:, YES], shares[:, NO] = chance, 1.0 - chance
    by_choice = adoption_chance(rule_of(_council(**rule)), shares)
    return float(chance * by_choice[0, YES] + (1.0 - chance) * by_choice[0, NO])


def _power(needed: int, place: int) -> float:
    return float(shapley_shubik(rule_of(_council(**{**SECURITY, "threshold": needed})))[place])


def _displeasure(number: int, shelter: float) -> float:
    """What one of so many dissenters loses with a member that voted yes."""
    parameters = with_overrides({"shelter": shelter})
    stands = np.array([1.0] + [0.0] * number)
    return -float(sympathy(stands, stands, np.ones(number + 1), parameters)[0, 1])


def _legitimate(supporters: int, authorised: float, refused: float) -> float:
    game = opening(load("octet"), "figures")
    leader, target, *others = game.atlas.countries
    operation = Operation(
        id="figure", leader=leader, target=target, issue=game.atlas.issues[0].id, turn=1,
        coalition=tuple(Contribution(country=c, side="attack", level="full") for c in others[:supporters]),
    )  # fmt: skip
    return legitimacy(game, operation, authorised=authorised, refused=refused)


def bodies_figure() -> str:
    """When a draft passes, what a vote is worth, how company shelters, and what lends legitimacy."""
    return figure((
        Panel("Chance of adoption", "chance of each yes", [
            (name, curve(partial(_adopted, rule=rule), 0.0, 1.0)) for name, rule in BODIES.items()
        ]),
        Panel("Voting power of one member", "votes needed of 15", [
            ("with veto", _by_number(partial(_power, place=0), PERMANENT, COUNCIL_SIZE)),
            ("without", _by_number(partial(_power, place=PERMANENT), PERMANENT, COUNCIL_SIZE)),
        ]),
        Panel("Goodwill lost by each no", "states that say no", [
            (f"shelter {shelter:g}", _by_number(partial(_displeasure, shelter=shelter), 1, 8)) for shelter in (0.0, 0.5, 1.0)
        ]),
        Panel("Legitimacy of an operation", "full supporters of 6", [
            (name, _by_number(partial(_legitimate, authorised=lent, refused=denied), 0, 6))
            for name, lent, denied in (("authorised", 1.0, 0.0), ("not asked", 0.0, 0.0), ("refused", 0.0, 1.0))
        ]),
    ))  # fmt: skip


# --- words, beliefs, politics at home ----------------------------------------------------------------------------------------------------


def _left(hostile: float, believed: float, logic: str) -> float:
    parameters = with_overrides({"bw_logic": logic})
    hope = hopes(_one(hostile), _one(believed), _one(1.0), parameters)
    return float(appeased(_one(0.8), _one(1.0), hope, parameters)[0])


def _pledge(hostile: float, believed: float) -> float:
    return float(spared(_one(believed), _one(hostile), DEFAULTS)[0])


def _faded(rate: float) -> Points:
    game = opening(load("tiny"), "figures")
    hostile = game.world.hostile.copy()
    hostile[1, 0] = 0.9
    prior = game.atlas.prior.copy()
    prior[1, 0] = 0.2
    game = replace(
        game,
        atlas=replace(game.atlas, prior=frozen(prior)),
        world=replace(game.world, hostile=frozen(hostile)),
        parameters=with_overrides({"hostile_fade": rate}),
    )
    points = [(0.0, float(game.world.hostile[1, 0]))]
    for turn in range(1, 13):
        game = evolve_all(game, moved("figure", game, fading(game, "")))
        points.append((float(turn), float(game.world.hostile[1, 0])))
    return points


def _at_home(capital: float, democracy: float) -> Game:
    game = opening(load("tiny"), "figures")
    capitals, regimes = game.world.capital.copy(), game.atlas.democracy.copy()
    capitals[1], regimes[1] = capital, democracy
    return replace(
        game,
        atlas=replace(game.atlas, democracy=frozen(regimes)),
        world=replace(game.world, capital=frozen(capitals)),
        parameters=with_overrides({"turnover": 0.1}),
    )


def _falls(capital: float, democracy: float) -> float:
    return chance_of_change(_at_home(capital, democracy), 1)


def society_figure() -> str:
    """What giving in and pledges leave of a threat, how beliefs fade, and when leaders fall."""
    return figure((
        Panel("Threat left after giving in", "belief that it is aggressive", [
            (logic, curve(partial(_left, believed=0.8, logic=logic), 0.0, 1.0)) for logic in ("both", "either")
        ]),
        Panel("Threat left by a pledge", "belief that it is aggressive", [
            (f"trust {trust:g}", curve(partial(_pledge, believed=trust), 0.0, 1.0)) for trust in (0.3, 0.6, 0.9)
        ]),
        Panel("A fright fades", "turns", [(f"rate {rate:g}", _faded(rate)) for rate in (0.05, 0.1, 0.3)]),
        Panel("Chance of a new leader", "political capital", [
            (name, curve(partial(_falls, democracy=regime), 0.0, 1.0)) for name, regime in (("democracy", 1.0), ("autocracy", 0.0))
        ]),
    ))  # fmt: skip


# --- alignment ---------------------------------------------------------------------------------------------------------------------------


def _liked(goodwill: float) -> Game:
    game = opening(load("tiny"), "figures")
    feelings = game.world.goodwill.copy()
    feelings[0, 1] = goodwill
    return replace(game, world=replace(game.world, goodwill=frozen(feelings)))


def _stake(goodwill: float, discount: float) -> float:
    game = replace(_liked(goodwill), parameters=with_overrides({"stake_discount": discount}))
    return float(stake(game)[0, 1])


def _attached(goodwill: float, estrangement: float) -> float:
    game = replace(_liked(goodwill), parameters=with_overrides({"estrangement": estrangement}))
    return float(attachment(game)[1, 0])


def _seen(goodwill: float) -> float:
    return float(quarrel(_liked(goodwill))[0, 1])


def alignment_figure() -> str:
    """What makes a promise of help believed, and what a pact costs with the state that it is aimed at."""
    return figure((
        Panel("Weight of a promise to fight a state", "the guarantor's goodwill towards it", [
            (f"discount {x:g}", curve(partial(_stake, discount=x), -1.0, 1.0)) for x in (0.0, 0.5, 0.9)
        ]),
        Panel("Quarrel that others see", "goodwill", [("quarrel", curve(_seen, -1.0, 1.0))]),
        Panel("Help, by the guarantor's goodwill", "goodwill", [
            (f"estr. {x:g}", curve(partial(_attached, estrangement=x), -1.0, 1.0)) for x in (0.0, 0.4, 0.8)
        ]),
        Panel("Affront taken by the enemy of a pact", "members", [
            (f"shelter {x:g}", _by_number(partial(taken_ill_by_one, parameters=with_overrides({"shelter": x})), 1, 8))
            for x in (0.0, 0.5, 1.0)
        ]),
    ))  # fmt: skip
