"""Drafting: how terms must be arranged, on what a clause may hang, and what goes with a commitment under other terms."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rules.errors import Refused
from rules.pacts.clauses import Clause, Consult, Defend, GiveAid, HostBase, Neutrality, NonRecognition, Restraint, ShareIntelligence
from rules.pacts.conditions import Adopted, Condition, Every, Honoured, Joined, Launched, Paid, Voted, vote_of
from rules.pacts.drafting import carried, check_terms, reduced
from rules.pacts.treaties import Commitment, Departure, Terms, Waiver
from rules.state import Game
from tests.rules.stage import at

ISSUE = "dorn-force"
TALKS = Consult(debtor="BRV", since=1, until=3)
VOTED = Voted(country="COR", issue=ISSUE, choice="no")


def terms(*clauses: Clause, **changes: Any) -> Terms:  # noqa: ANN401 - the fields of Terms have several types
    """Terms between Brava and Corin."""
    return Terms(parties=("BRV", "COR"), clauses=clauses or (TALKS,), **changes)


def hanging(when: Condition) -> Terms:
    """The same, hanging on a condition."""
    return terms(TALKS.model_copy(update={"when": when}))


@pytest.fixture
def game() -> Game:
    """The first turn, with a secret between Arden and Dorn beside the open pact of Arden and Brava."""
    start = at("1 negotiation 1")
    secret = Terms(parties=("ARD", "DOR"), clauses=(Consult(debtor="DOR", since=1, until=3),), secret=True)
    return replace(start, commitments=(*start.commitments, Commitment(id="hidden", terms=secret, since=1)))


@pytest.mark.parametrize(
    ("proposed", "code", "field", "word"),
    [
        (terms(head="ARD"), "offer/invalid", "terms.head", "ARD cannot be the head"),
        (terms(arrangement="empire"), "offer/invalid", "terms.head", "need a head"),
        (terms(decision="head"), "offer/invalid", "terms.head", "need a head"),
        (terms(remedies=("release", "release")), "offer/invalid", "terms.remedies", "named twice"),
        (terms(TALKS, TALKS), "offer/invalid", "terms.clauses.1", "stands in the terms already"),
        (terms(NonRecognition(debtor="BRV", since=1, until=1, of="COR")), "offer/invalid", "terms.clauses.0.of", "Nobody can promise"),
        (terms(NonRecognition(debtor="BRV", since=1, until=1, of="QQQ")), "country/unknown", "terms.clauses.0.of", "no country QQQ"),
        (terms(HostBase(debtor="BRV", since=1, until=1, guest="DOR")), "offer/invalid", "terms.clauses.0.guest", "another party"),
        (terms(ShareIntelligence(debtor="BRV", since=1, until=1, to="DOR")), "offer/invalid", "terms.clauses.0.to", "another party"),
        (terms(GiveAid(debtor="COR", since=1, until=1, to="BRV", amount=1e4)), "offer/invalid", "terms.clauses.0.amount", "at most"),
        (terms(Neutrality(debtor="BRV", since=1, until=1, towards="QQQ")), "country/unknown", "terms.clauses.0.towards", "no country QQQ"),
        (terms(Neutrality(debtor="BRV", since=1, until=1, towards="BRV")), "offer/invalid", "terms.clauses.0.towards", "another country"),
        (terms(Restraint(debtor="BRV", since=1, until=1, towards="BRV")), "offer/invalid", "terms.clauses.0.towards", "another country"),
        (hanging(Adopted(issue="other")), "offer/invalid", "terms.clauses.0.when.issue", "no issue other"),
        (hanging(Adopted(issue=ISSUE, council="five")), "offer/invalid", "terms.clauses.0.when.council", "no council five"),
        (hanging(Launched()), "offer/invalid", "terms.clauses.0.when.leader", "Say who attacks"),
        (hanging(Launched(target="QQQ")), "country/unknown", "terms.clauses.0.when", "no country QQQ"),
        (hanging(Launched(leader="QQQ")), "country/unknown", "terms.clauses.0.when", "no country QQQ"),
        (hanging(Joined(country="BRV", target="DOR")), "offer/invalid", "terms.clauses.0.when.country", "another country"),
        (hanging(Joined(country="COR", target="QQQ")), "country/unknown", "terms.clauses.0.when.target", "no country QQQ"),
        (hanging(Paid(country="ARD", to="BRV", amount=1.0)), "offer/invalid", "terms.clauses.0.when.country", "both must be parties"),
        (hanging(Paid(country="COR", to="ARD", amount=1.0)), "offer/invalid", "terms.clauses.0.when.to", "both must be parties"),
        (hanging(Paid(country="COR", to="COR", amount=1.0)), "offer/invalid", "terms.clauses.0.when.country", "both must be parties"),
        (hanging(Honoured(country="BRV")), "offer/invalid", "terms.clauses.0.when.country", "another country"),
        (hanging(Honoured(country="ARD")), "offer/invalid", "terms.clauses.0.when.commitment", "ARD is not a party"),
        (hanging(Honoured(country="ARD", commitment="x")), "commitment/unknown", "terms.clauses.0.when.commitment", "no commitment x"),
        (hanging(Honoured(country="ARD", commitment="hidden")), "commitment/unknown", "terms.clauses.0.when.commitment", "all parties"),
        (hanging(Honoured(country="COR", commitment="arden-brava")), "offer/invalid", "terms.clauses.0.when.commitment", "not bound by"),
        (hanging(Every(of=(VOTED, Adopted(issue="other")))), "offer/invalid", "terms.clauses.0.when.issue", "no issue other"),
    ],
)
def test_what_cannot_be_arranged_or_asked_is_refused(game: Game, proposed: Terms, code: str, field: str, word: str) -> None:
    """With the field at fault, and in words."""
    with pytest.raises(Refused) as caught:
        check_terms(game, "BRV", proposed)
    assert (caught.value.code.value, caught.value.field) == (code, field)
    assert word in caught.value.sentence


@pytest.mark.parametrize(
    "proposed",
    [
        terms(arrangement="empire", head="BRV", decision="head", remedies=("release", "suspension", "counter-measures")),
        terms(NonRecognition(debtor="BRV", since=1, until=1, of="DOR")),
        terms(ShareIntelligence(debtor="BRV", since=1, until=1)),
        terms(Defend(debtor="BRV", since=1, until=1, against="COR")),
        terms(Neutrality(debtor="BRV", since=1, until=1)),
        terms(Neutrality(debtor="BRV", since=1, until=1, towards="DOR")),
        hanging(Adopted(issue=ISSUE, council="four")),
        hanging(Adopted(issue=ISSUE)),
        hanging(Launched(leader="ARD", target="DOR")),
        hanging(Launched(target="BRV")),
        hanging(Joined(country="COR", target="DOR")),
        hanging(Paid(country="COR", to="BRV", amount=1.0)),
        hanging(Honoured(country="COR")),
        hanging(Honoured(country="ARD", commitment="arden-brava")),
        hanging(Every(of=(VOTED, Honoured(country="COR")))),
    ],
)
def test_what_can_be_arranged_and_asked_is_let_pass(game: Game, proposed: Terms) -> None:
    """Nothing is refused beyond need."""
    check_terms(game, "BRV", proposed)


def test_clauses_that_began_before_may_go_on_only_under_terms_that_had_them() -> None:
    """A renewal may keep what has begun; a new offer may not, and nothing may be over already."""
    second = at("2 negotiation 1")
    check_terms(second, "BRV", terms(), terms(TALKS.model_copy(update={"until": 2})))
    for old in (None, terms(TALKS.model_copy(update={"since": 2}))):
        with pytest.raises(Refused, match="from this turn or later"):
            check_terms(second, "BRV", terms(), old)
    over = TALKS.model_copy(update={"until": 1})
    with pytest.raises(Refused, match="from this turn or later"):
        check_terms(second, "BRV", terms(over), terms(over))


def test_notices_and_waivers_go_with_what_stays() -> None:
    """A waiver follows its clause to its new place; calls, and what those said who are out, are gone."""
    guard = Defend(debtor="BRV", since=1, until=3)
    waivers = tuple(Waiver(country=c, clause=k) for c, k in (("COR", 0), ("COR", 1), ("DOR", 1)))
    leaving = (Departure(country="COR", given=1, until=2), Departure(country="DOR", given=1, until=2))
    wider = Terms(parties=("BRV", "COR", "DOR"), clauses=(TALKS, guard))
    old = Commitment(id="pact", terms=wider, since=1, waivers=waivers, leaving=leaving)
    after = carried(old, terms(guard))
    assert after.waivers == (Waiver(country="COR", clause=0),)
    assert after.leaving == leaving[:1]
    assert (after.id, after.since, after.calls) == ("pact", 1, ())


def test_the_vote_that_a_clause_hangs_on_is_found_among_others() -> None:
    """The first of a list; none where there is none."""
    assert vote_of(VOTED) == VOTED
    assert vote_of(Every(of=(Honoured(country="COR"), VOTED))) == VOTED
    assert vote_of(Honoured(country="COR")) is None
    assert vote_of(None) is None


def test_an_arrangement_loses_its_head_with_its_head() -> None:
    """Nobody is left to command; who stays among others keeps it."""
    empire = Terms(
        parties=("ARD", "BRV", "COR"), clauses=(TALKS,), arrangement="empire", decision="head", head="ARD", quorum=3,
    )  # fmt: skip
    without = reduced(empire, frozenset(("BRV", "COR")))
    assert without is not None
    assert (without.head, without.arrangement, without.decision, without.quorum) == (None, "alliance", "all", 2)
    smaller = reduced(empire, frozenset(("ARD", "BRV")))
    assert smaller is not None
    assert (smaller.head, smaller.arrangement, smaller.decision) == ("ARD", "empire", "head")
