"""Calling a clause, not asking for it, withholding what it asks for: by whom, when, and how often."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.orders import Call, Waive, Withhold
from rules.pacts import clauses as c
from rules.pacts.treaties import Commitment, Terms, Waiver
from rules.state import Game
from tests.rules.stage import Span, at, given, refusal

BRIEF: Span = {"since": 1, "until": 2}
OWED: tuple[c.Clause, ...] = (
    c.Defend(debtor="ARD", **BRIEF, ally="COR"),
    c.Consult(debtor="BRV", **BRIEF),
    c.GiveAid(debtor="ARD", **BRIEF, to="COR", amount=1.0),
    c.VotePledge(debtor="BRV", **BRIEF, issue="dorn-force", choice="yes"),
    c.JoinCoalition(debtor="BRV", **BRIEF, target="DOR", level="token"),
    c.ShareIntelligence(debtor="COR", **BRIEF, to="ARD"),
    c.Consult(debtor="BRV", since=2, until=2),
)
DEFENCE, TALKS, AID, VOTE, COALITION, NEWS, LATER, NONE = range(8)


@pytest.fixture
def pact() -> Game:
    """The negotiation of turn 1 with a pact of Arden, Brava and Corin in force, which Arden heads."""
    game = at("1 negotiation 1")
    terms = Terms(parties=("ARD", "BRV", "COR"), clauses=OWED, arrangement="empire", head="ARD")
    return replace(game, commitments=(Commitment(id="pact", terms=terms, since=1),))


@pytest.mark.parametrize(
    ("country", "clause", "code", "field"),
    [
        ("COR", NONE, "offer/invalid", "clause"),
        ("COR", LATER, "offer/invalid", "clause"),
        ("BRV", DEFENCE, "seat/not-yours", "clause"),  # owed to Corin alone
        ("BRV", TALKS, "seat/not-yours", "clause"),  # owed by itself
        ("COR", DEFENCE, "offer/invalid", "clause"),  # nobody prepares an attack
        ("COR", AID, "offer/invalid", "clause"),  # due without being called
        ("COR", VOTE, "offer/invalid", "clause"),  # nothing is on the table
        ("COR", COALITION, "offer/invalid", "clause"),  # nothing is prepared
        ("DOR", TALKS, "commitment/unknown", "commitment"),
    ],
)
def test_what_cannot_be_called(pact: Game, country: str, clause: int, code: str, field: str) -> None:
    """By its field."""
    assert refusal(pact, country, Call(commitment="pact", clause=clause)) == (code, field)


def test_a_call_is_noted_once_a_turn_and_a_head_may_call_for_others(pact: Game) -> None:
    """Talks at any time; help, company and votes once there is a case."""
    called = given(pact, "COR", Call(commitment="pact", clause=TALKS)).commitments[0].calls
    assert [(claim.country, claim.clause, claim.turn) for claim in called] == [("COR", TALKS, 1)]
    again = given(pact, "COR", Call(commitment="pact", clause=TALKS))
    assert refusal(again, "ARD", Call(commitment="pact", clause=TALKS)) == ("offer/already-decided", "clause")
    assert given(pact, "ARD", Call(commitment="pact", clause=NEWS)).commitments[0].calls[0].country == "ARD"
    terms = pact.commitments[0].terms.model_copy(update={"head": "BRV"})
    headed = replace(pact, commitments=(pact.commitments[0].model_copy(update={"terms": terms}),))
    assert given(headed, "BRV", Call(commitment="pact", clause=NEWS)).commitments[0].calls[0].country == "BRV"
    assert refusal(pact, "BRV", Call(commitment="pact", clause=NEWS)) == ("seat/not-yours", "clause")


@pytest.mark.parametrize(
    ("leader", "target", "clause", "accepted"),
    [
        ("DOR", "COR", DEFENCE, True),
        ("DOR", "BRV", DEFENCE, False),
        ("ARD", "DOR", COALITION, True),
        ("ARD", "COR", COALITION, False),
    ],
)
def test_help_and_company_are_called_when_an_operation_is_prepared(
    pact: Game, leader: str, target: str, clause: int, accepted: bool
) -> None:
    """Of the right target; and only while it is being prepared."""
    start = replace(at("2 negotiation 1", {"1 orders 1": [f"{leader} announce {target} dorn-force"]}), commitments=pact.commitments)
    act = Call(commitment="pact", clause=clause)
    if accepted:
        assert given(start, "COR", act).commitments[0].calls[0].clause == clause
    else:
        assert refusal(start, "COR", act) == ("offer/invalid", "clause")
    over = replace(start, operations=(start.operations[0].model_copy(update={"status": "cancelled"}),))
    assert refusal(over, "COR", act) == ("offer/invalid", "clause")


def test_help_against_one_enemy_is_not_called_against_another(pact: Game) -> None:
    """A guarantee says against whom."""
    start = replace(at("2 negotiation 1", {"1 orders 1": ["DOR announce COR dorn-force"]}), commitments=pact.commitments)
    for enemy, code in (("BRV", "offer/invalid"), ("DOR", None)):
        terms = Terms(parties=("ARD", "COR"), clauses=(c.Defend(debtor="ARD", **BRIEF, against=enemy),))
        game = replace(start, commitments=(Commitment(id="pact", terms=terms, since=1),))
        act = Call(commitment="pact", clause=0)
        assert (refusal(game, "COR", act)[0] if code else given(game, "COR", act).commitments[0].calls[0].clause) == (code or 0)


def test_a_vote_is_called_when_a_draft_on_its_issue_is_before_a_council_where_the_debtor_sits(pact: Game) -> None:
    """Not when it was withdrawn, nor in a council of others."""
    drafted = replace(at("1 negotiation 2", {"1 negotiation 1": ["ARD table four demand dorn-force DOR"]}), commitments=pact.commitments)
    act = Call(commitment="pact", clause=VOTE)
    assert given(drafted, "COR", act).commitments[0].calls[0].clause == VOTE
    withdrawn = replace(drafted, drafts=(drafted.drafts[0].model_copy(update={"status": "withdrawn"}),))
    body = drafted.atlas.councils[0].model_copy(update={"members": ("ARD", "COR", "DOR")})
    elsewhere = replace(drafted, atlas=replace(drafted.atlas, councils=(body,)))
    other = replace(drafted, drafts=(drafted.drafts[0].model_copy(update={"issue": "other"}),))
    for game in (withdrawn, elsewhere, other):
        assert refusal(game, "COR", act) == ("offer/invalid", "clause")


def test_a_clause_is_waived_by_those_to_whom_it_is_owed_and_once(pact: Game) -> None:
    """For this turn or for good; who waived for good need not waive for the turn."""
    assert refusal(pact, "BRV", Waive(commitment="pact", clause=DEFENCE)) == ("seat/not-yours", "clause")
    assert refusal(pact, "COR", Waive(commitment="pact", clause=LATER)) == ("offer/invalid", "clause")
    turn = given(pact, "COR", Waive(commitment="pact", clause=DEFENCE))
    good = given(pact, "COR", Waive(commitment="pact", clause=DEFENCE, release=True))
    assert [w.turn for w in (*turn.commitments[0].waivers, *good.commitments[0].waivers)] == [1, None]
    assert refusal(turn, "COR", Waive(commitment="pact", clause=DEFENCE)) == ("offer/already-decided", "clause")
    assert refusal(good, "COR", Waive(commitment="pact", clause=DEFENCE)) == ("offer/already-decided", "clause")
    one_of_two = given(pact, "COR", Waive(commitment="pact", clause=TALKS))
    assert len(given(one_of_two, "ARD", Waive(commitment="pact", clause=TALKS)).commitments[0].waivers) == 2


def test_only_talks_and_intelligence_of_ones_own_can_be_withheld() -> None:
    """The rest is a matter of what one does."""
    start = at("1 orders 1")
    terms = Terms(parties=("ARD", "BRV", "COR"), clauses=OWED)
    game = replace(start, commitments=(Commitment(id="pact", terms=terms, since=1),))
    assert refusal(game, "COR", Withhold(commitment="pact", clause=TALKS)) == ("seat/not-yours", "clause")
    assert refusal(game, "ARD", Withhold(commitment="pact", clause=DEFENCE)) == ("offer/invalid", "clause")
    assert refusal(game, "DOR", Withhold(commitment="pact", clause=TALKS)) == ("commitment/unknown", "commitment")
    assert refusal(game, "BRV", Withhold(commitment="pact", clause=LATER)) == ("offer/invalid", "clause")
    for country, clause in (("BRV", TALKS), ("COR", NEWS)):
        act = Withhold(commitment="pact", clause=clause)
        assert [sealed.act for sealed in given(game, country, act).desk] == [act]


def test_what_was_waived_for_another_turn_can_be_waived_again(pact: Game) -> None:
    """What was waived for good cannot; nor is a release for good the same as one for the turn."""
    old = pact.commitments[0].model_copy(update={"waivers": (Waiver(country="COR", clause=DEFENCE, turn=2),)})
    game = replace(pact, commitments=(old,))
    assert len(given(game, "COR", Waive(commitment="pact", clause=DEFENCE)).commitments[0].waivers) == 2
    talks = given(pact, "COR", Waive(commitment="pact", clause=TALKS, release=True))
    assert refusal(talks, "COR", Waive(commitment="pact", clause=TALKS)) == ("offer/already-decided", "clause")
