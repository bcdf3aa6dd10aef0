"""Every case of ``cases/*.toml`` holds, and together they would notice if the rules were wrong."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from rules import adjudication
from rules import events as ev
from rules.bodies import ballots, councils, legitimacy, texts, voting_order
from rules.force import arms, bases, common_forces, covert, economy, guarantees, occupation, operations, power, reactions, sanctions, threat
from rules.interests import payoff
from rules.mechanisms import MECHANISMS
from rules.orders import Cancel, Launch
from rules.pacts import circumstances, commitments, compliance, consequences, departures, institutions, judgement
from rules.pacts.compliance import Found
from rules.parameters import registry
from rules.state import Council, Game
from rules.vocabulary import Action, Ballot, Clause, Commitment, Offer
from tests.conformance import faults_of_behaviour, faults_of_bodies, faults_society
from tests.conformance.cases import FOLDER, Case, all_cases, failures
from tests.conformance.measures import MEASURES
from tests.conformance.treaty_faults import TREATY_FAULTS, TREATY_PLACES

CASES = all_cases()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.number:02}-{case.id}" for case in CASES])
def test_case(case: Case) -> None:
    """The claims of one case hold."""
    assert failures(case, MEASURES) == []


def test_the_cases_are_many_and_cite_their_sources() -> None:
    """At least forty-five, each with an id of its own, a title, a source and a claim."""
    assert len(CASES) >= 45
    assert len({case.id for case in CASES}) == len(CASES)
    for case in CASES:
        assert case.title.endswith(".")
        assert case.cites
        assert all(re.fullmatch(r"[WIJS]\d{1,3}", source) for source in case.cites), case.cites
        assert case.table["expect"]


def test_switches_are_real_parameters_set_in_cases() -> None:
    """Most coefficients are varied by some case; those that are not are named here, so that a new one is noticed."""
    varied = {name for case in CASES for special in (case.table, *case.worlds.values()) for name in special.get("parameters", {})}
    assert varied <= set(registry())
    assert set(registry()) - varied <= ELSEWHERE


ELSEWHERE = frozenset(
    # bounds and scales without a mechanism of their own, and weights of the opening, which tests/scenarios varies
    """
    growth arms_build cred_prior cred_weight aid_share_max press_edge defence_effect legitimacy_base war_cost defeat_cost cost_value
    battle_scale war_damage tie_trade tie_aid tie_aspirant tie_ally friend_goodwill rival_goodwill hostile_base hostile_rivalry hostile_war
    hostile_ally security_value policy_value standing_value domestic_value
    """.split()
)


# --- planted faults ---------------------------------------------------------------------------------------------------------------------

Fault = tuple[ModuleType, str, object]
"""Module, name in it, and what stands there instead."""


def _always(*, value: object) -> Callable[..., object]:
    return lambda *_, **__: value


def _bar_without_veto(council: Council, cast: tuple[Ballot, ...], action: Action | None = None) -> councils.Bar:
    return BAR(council.model_copy(update={"veto": False}), cast, action)


def _bar_with_abstention_as_veto(council: Council, cast: tuple[Ballot, ...], action: Action | None = None) -> councils.Bar:
    counted = tuple(b.model_copy(update={"choice": "no"}) if b.choice == "abstain" else b for b in cast)
    return BAR(council, counted, action)


def _bar_with_absence_as_veto(council: Council, cast: tuple[Ballot, ...], action: Action | None = None) -> councils.Bar:
    present = {b.country for b in cast}
    missing = tuple(Ballot(country=c, choice="no") for c in council.members if c not in present)
    return BAR(council, (*cast, *missing), action)


def _bar_with_elected_veto(council: Council, cast: tuple[Ballot, ...], action: Action | None = None) -> councils.Bar:
    return BAR(council.model_copy(update={"permanent": council.members}), cast, action)


def _bar_of_ten(council: Council, cast: tuple[Ballot, ...], action: Action | None = None) -> councils.Bar:
    return BAR(council.model_copy(update={"threshold": council.threshold + 1}), cast, action)


def _bar_of_eight(council: Council, cast: tuple[Ballot, ...], action: Action | None = None) -> councils.Bar:
    return BAR(council.model_copy(update={"threshold": council.threshold - 1}), cast, action)


def _bar_without_reason(council: Council, cast: tuple[Ballot, ...], action: Action | None = None) -> councils.Bar:
    return replace(BAR(council, cast, action), reason="decided")


def _forgotten_breach(game: Game, commitment: Commitment, clause: Clause) -> Found:
    found = FINDING(game, commitment, clause)
    return ("kept", "as far as anybody remembers") if found and found[0] == "breached" else found


def _no_excuse(game: Game, commitment: Commitment, clause: Clause) -> Found:
    found = FINDING(game, commitment, clause)
    return ("breached", "no excuse") if found and found[0] == "excused" else found


def _never_not_called(game: Game, commitment: Commitment, clause: Clause) -> Found:
    found = FINDING(game, commitment, clause)
    return None if found and found[0] == "not called" else found


def _greedy_signatures(offer: Offer) -> frozenset[str]:
    return frozenset(s.country for s in offer.signatures)


def _timid_signatures(offer: Offer) -> frozenset[str]:
    return frozenset(s.country for s in offer.signatures if not s.needs)


def _settled_without_lapse(game: Game) -> tuple[ev.EventKinds, ...]:
    return tuple(e for e in SETTLE(game) if not (isinstance(e, ev.OfferClosed) and e.outcome == "lapsed"))


def _forbidding(game: Game, country: str, act: Launch | Cancel) -> None:
    LEAD(game, country, act)
    if legitimacy.denied(game, operations.announced(game, act.operation)):
        raise operations._invalid("operation", "The council refused.")


def _shifted(name: str, module: ModuleType, change: Callable[[Any], object]) -> Fault:
    honest = getattr(module, name)
    return module, name, lambda *given, **named: change(honest(*given, **named))


CHECK_BASE = bases.check_base
BAR, FINDING, SETTLE, LEAD = councils.bar, judgement.finding, commitments.settle, operations.check_lead
ENDLESS = tuple(stage for stage in adjudication.ADJUDICATION if stage is not departures.expire)
FAULTS: dict[str, Fault] = {
    **faults_of_behaviour.FAULTS,
    **faults_of_bodies.FAULTS,
    "no veto": (councils, "bar", _bar_without_veto),
    "abstention is a veto": (councils, "bar", _bar_with_abstention_as_veto),
    "absence is a veto": (councils, "bar", _bar_with_absence_as_veto),
    "everybody has a veto": (councils, "bar", _bar_with_elected_veto),
    "ten votes are needed": (councils, "bar", _bar_of_ten),
    "eight votes are enough": (councils, "bar", _bar_of_eight),
    "no reason is given": (councils, "bar", _bar_without_reason),
    "voting power is shared equally": (councils, "voting_power", lambda council: dict.fromkeys(council.members, 1 / 15)),
    "breaches are forgotten": (judgement, "finding", _forgotten_breach),
    "nothing is excused": (judgement, "finding", _no_excuse),
    "what was not called is not said": (judgement, "finding", _never_not_called),
    "conditions of promises do not count": (circumstances, "condition", _always(value=True)),
    "conditions of signatures do not count": (commitments, "consistent", _greedy_signatures),
    "a condition is a refusal": (commitments, "consistent", _timid_signatures),
    "offers go without a word": (commitments, "settle", _settled_without_lapse),
    "commitments last for ever": (adjudication, "ADJUDICATION", ENDLESS),
    "formal words count like others": (consequences, "_was_formal", _always(value=False)),
    "the audience is asleep": (consequences, "audience", _always(value=0.0)),
    "turning round is free": (ballots, "reversal_cost", lambda sight, rows: [0.0] * len(rows)),
    "refusal forbids": (operations, "check_lead", _forbidding),
    "refusal does not matter": (legitimacy, "refusal", _always(value=0.0)),
    "a mandate does not matter": (legitimacy, "mandate", _always(value=0.0)),
    "owed support counts in full": (operations, "visibly_owed", _always(value=False)),
    "bought support counts in full": (operations, "visibly_paid", _always(value=False)),
    "every support is bought": (operations, "visibly_paid", _always(value=True)),
    "partners carry nothing": (operations, "burden", _always(value=0.0)),
    "partners pay nothing": (operations, "partner_cost", _always(value=0.0)),
    "every battle is won": (operations, "success", _always(value=1.0)),
    "no threat is felt": _shifted("threat", threat, lambda felt: felt * 0.0),
    "offence is nothing": _shifted("offence", threat, lambda values: values * 0.0 + 0.5),
    "distance is nothing": (power, "nearness", lambda atlas, proximity: np.ones_like(atlas.distance)),
    "guarantees are nothing": _shifted("helped", threat, lambda brought: brought * 0.0),
    "obligations are free": _shifted("bonds", institutions, lambda cost: cost * 0.0),
    "deference is free": _shifted("autonomy_loss", payoff, lambda loss: loss * 0.0),
    "pressing is not minded": _shifted("pressure", ballots, lambda weights: weights * 0.0 + 1.0),
    "only forces in being count": (power, "basis", lambda sight: sight.world.forces),
    "every state is a pole": (power, "poles", lambda forces, parameters, before=None: tuple(range(len(forces)))),
    "power as such worries nobody": _shifted("concern", payoff, lambda felt: felt * 0.0),
    "nobody shares a guarantor": _shifted("charges", guarantees, lambda crowd: crowd * 0.0 + 1.0),
    "sanctions never leak": (sanctions, "joined", lambda sight: sight.world.economy * 0.0 + 1.0),
    "sanctions cost nothing": _shifted("loss", sanctions, lambda lost: lost * 0.0),
    "guests may open bases": (bases, "check_base", lambda sight, _, act: CHECK_BASE(sight, act.host, act)),
    "hosting is free": _shifted("hosting", bases, lambda count: count * 0.0),
    "bases bring nothing near": (power, "arrival", lambda sight: power.nearness(sight.atlas, sight.parameters.proximity)),
    "nobody is helped": (arms, "helped", _always(value={})),
    "resistance does not grow with unlawfulness": (occupation, "growth_of_resistance", lambda game, operation: ()),
    "holding costs nothing": (occupation, "price", _always(value=0.0)),
    "bystanders feel nothing": _shifted("exposure", occupation, lambda felt: felt * 0.0),
    "failure leaves no doubt": _shifted("esteem", threat, lambda counted: counted * 0.0 + 1.0),
    "nothing comes to light": (covert, "exposures", _always(value=())),
    "nobody may leave": (operations, "holders", _always(value=())),
    "forces in common are nobody's": (common_forces, "shares_in_common", _always(value={})),
    "all partners fit alike": (operations, "fit", _always(value=1.0)),
    **faults_society.FAULTS,
    "everything is unipolar": _shifted("standing", power, lambda found: replace(found, polarity="unipolar")),
}


FAULTS |= TREATY_FAULTS


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a wrong rule in place at least one case is red."""
    _plant(monkeypatch, *FAULTS[name])
    assert _first_red(NOTICED["faults"].get(name)) is not None, f"no case notices that {name}"


@pytest.mark.parametrize("mechanism", MECHANISMS)
def test_a_mechanism_that_does_nothing_is_noticed(mechanism: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each mechanism of the adjudication is needed by some case."""
    monkeypatch.setitem(MECHANISMS, mechanism, lambda game, subject: ())
    seen = mechanism in SEEN_ELSEWHERE or _first_red(NOTICED["mechanisms"].get(mechanism)) is not None
    assert seen, f"no case notices that {mechanism} is missing"


SEEN_ELSEWHERE: Sequence[str] = ("payoff",)  # the figure is a record; cases ask for the terms as they stand


NOTICED: dict[str, dict[str, str]] = tomllib.loads((FOLDER.parent / "noticed.toml").read_text(encoding="utf-8"))


def _first_red(likely: str | None) -> Case | None:
    """The first case that is red, that of the list before all others."""
    for case in sorted(CASES, key=lambda case: case.id != likely):
        try:
            if failures(case, MEASURES):
                return case
        except (AssertionError, IndexError):  # the wrong rule kept a script from being played at all
            return case
    return None


PLACES = (
    arms, bases, covert, economy, guarantees, occupation, common_forces, reactions, sanctions,
    ballots, circumstances, commitments, compliance, consequences, councils, departures, judgement, legitimacy, operations, payoff, power,
    texts, threat, voting_order,
    *TREATY_PLACES,
)  # fmt: skip


def _plant(patch: pytest.MonkeyPatch, module: ModuleType, name: str, fault: object) -> None:
    """The fault in the module and wherever its function was imported by name."""
    honest = getattr(module, name)
    patch.setattr(module, name, fault)
    for kept in ("rule_of", "_rule"):  # a rule that was kept would hide the fault, or outlive it
        patch.setattr(councils, kept, getattr(councils, kept).__wrapped__)
    for other in PLACES:
        if getattr(other, name, None) is honest:
            patch.setattr(other, name, fault)
