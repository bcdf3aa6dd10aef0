"""Amendments: what can be changed, and by whom."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rules.orders import Propose
from rules.pacts.amendments import carried_through, enough
from rules.pacts.clauses import Consult, SpendAtLeast
from rules.pacts.treaties import Commitment, Decision, Offer, Terms
from rules.state import Game
from tests.rules.stage import at, given, refusal

TALKS = Consult(debtor="ARD", since=1, until=3)
LEAGUE = Terms(parties=("ARD", "BRV", "COR"), clauses=(TALKS,))


@pytest.fixture
def league() -> Game:
    """A secret league of three beside the open pact of two."""
    game = at("1 negotiation 1")
    hidden = Commitment(id="league", terms=LEAGUE.model_copy(update={"secret": True}), since=1)
    return replace(game, commitments=(*game.commitments, hidden))


def offered(name: str, *parties: str, **changes: Any) -> Propose:  # noqa: ANN401 - the fields of Terms have several types
    """A proposal to change a commitment."""
    clauses = (TALKS.model_copy(update={"debtor": parties[0]}),)
    return Propose(terms=Terms(parties=parties, clauses=clauses, **changes), until=1, amends=name)


def test_only_what_one_knows_can_be_changed_and_only_with_somebody_who_is_in_it(league: Game) -> None:
    """A secret of others is as unknown as what does not exist; and something must change."""
    assert refusal(league, "DOR", offered("nothing", "DOR", "ARD")) == ("commitment/unknown", "amends")
    assert refusal(league, "DOR", offered("league", "DOR", "ARD")) == ("commitment/unknown", "amends")
    assert refusal(league, "ARD", offered("league", "ARD", "DOR")) == ("offer/invalid", "terms.parties")
    assert refusal(league, "DOR", offered("arden-brava", "DOR", "COR")) == ("offer/invalid", "terms.parties")
    assert refusal(league, "ARD", Propose(terms=league.commitments[-1].terms, until=1, amends="league")) == ("offer/invalid", "terms")
    assert given(league, "ARD", offered("league", "ARD", "BRV", secret=True)).offers[0].amends == "league"
    assert given(league, "DOR", offered("arden-brava", "DOR", "BRV")).offers[0].amends == "arden-brava"


@pytest.mark.parametrize(
    ("decision", "head", "voters", "signers", "answer"),
    [
        ("all", None, "ARD BRV COR", "ARD BRV COR", True),
        ("all", None, "ARD BRV COR", "ARD BRV", False),
        ("majority", None, "ARD BRV COR", "ARD BRV", True),
        ("majority", None, "ARD BRV COR", "ARD DOR", False),
        ("majority", None, "ARD BRV", "ARD", False),
        ("two thirds", None, "ARD BRV COR", "ARD BRV", True),
        ("two thirds", None, "ARD BRV COR DOR", "ARD BRV", False),
        ("two thirds", None, "ARD BRV COR", "ARD", False),
        ("head", "ARD", "ARD BRV COR", "ARD", True),
        ("head", "ARD", "ARD BRV COR", "BRV COR", False),
        ("head", "ARD", "BRV COR", "BRV COR", True),  # the head is put out: all the others must agree
        ("head", "ARD", "BRV COR", "ARD BRV", False),
    ],
)
def test_who_is_enough_to_decide(decision: Decision, head: str | None, voters: str, signers: str, answer: bool) -> None:
    """By each rule, at its edge (W133)."""
    assert enough(LEAGUE.model_copy(update={"decision": decision, "head": head}), voters.split(), frozenset(signers.split())) == answer


@pytest.mark.parametrize(
    ("changes", "needed"),
    [
        ({"notice": 1}, "ARD BRV COR"),
        ({"secret": True}, "ARD BRV COR"),
        ({"remedies": ("release",)}, "ARD BRV COR"),
        ({"formal": ("COR",)}, "BRV COR"),  # who is bound more, and a majority
        ({"clauses": (TALKS, SpendAtLeast(debtor="COR", since=1, until=3, share=0.1))}, "BRV COR"),
        ({"parties": ("ARD", "BRV", "COR", "DOR")}, "ARD BRV DOR"),
        ({"parties": ("ARD", "BRV"), "clauses": (TALKS,)}, "ARD BRV"),
    ],
)
def test_a_majority_binds_nobody_to_more(changes: dict[str, Any], needed: str) -> None:
    """Those who are needed are enough, and each of them is needed."""
    ruled = LEAGUE.model_copy(update={"decision": "majority"})
    new = ruled.model_copy(update=changes)
    offer = Offer(id="o", author="ARD", terms=new, made=1, until=1, amends="league")
    commitment = Commitment(id="league", terms=ruled, since=1)
    signers = frozenset(needed.split())
    assert carried_through(commitment, offer, signers) == new
    assert all(carried_through(commitment, offer, signers - {country}) is None for country in signers)
