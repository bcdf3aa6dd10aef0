"""What was found on a clause that asks for an act, kind by kind, in words; and on duties to leave something undone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rules.orders import Withhold
from rules.pacts import clauses as c
from rules.pacts.compliance import Found
from rules.pacts.judgement import finding
from rules.pacts.treaties import Claim, Commitment, Terms
from rules.state import SPENDING, Game, SealedAct
from rules.vocabulary import Ballot, Contribution, Draft, Operation, Payment
from tests.rules.stage import SPAN, at, with_figures

ISSUE = "dorn-force"
DRAFT = Draft(id="d", council="four", author="ARD", action="demand", issue=ISSUE, target="DOR", pressed=False, turn=1)


@pytest.fixture
def game() -> Game:
    """The orders of turn 1."""
    return at("1 orders 1")


def pact(clause: c.Clause, *, called: bool = False, parties: tuple[str, ...] = ("ARD", "BRV", "COR")) -> Commitment:
    """A pact of one clause, which Corin has called this turn or not."""
    calls = (Claim(country="COR", clause=0, turn=1),) if called else ()
    return Commitment(id="pact", terms=Terms(parties=parties, clauses=(clause,)), since=1, calls=calls)


def found(game: Game, clause: c.Clause, *, called: bool = False) -> Found:
    """What is found on a clause of the pact, which is in force."""
    commitment = pact(clause, called=called)
    return finding(replace(game, commitments=(commitment,)), commitment, clause)


def war(leader: str, target: str, *coalition: tuple[str, str, str], **changes: Any) -> Operation:  # noqa: ANN401 - fields of several types
    """An operation launched this turn, with contributions (country, side, level)."""
    sides = tuple(Contribution.model_validate({"country": c, "side": s, "level": v}) for c, s, v in coalition)
    plain = {"id": f"{leader}-{target}".lower(), "leader": leader, "target": target, "issue": ISSUE, "turn": 1, "status": "launched"}
    return Operation.model_validate({**plain, "coalition": sides, **changes})


def in_war(game: Game, *operations: Operation) -> Game:
    """The turn with these operations."""
    return replace(game, operations=operations)


PLEDGE = c.VotePledge(debtor="BRV", **SPAN, issue=ISSUE, choice="yes")


@pytest.mark.parametrize(
    ("status", "ballots", "declared", "called", "answer"),
    [
        ("failed", "yes", None, False, ("kept", "voted yes as pledged")),
        ("failed", "abstain", None, False, ("breached", "pledged yes, voted abstain")),
        ("adopted", None, None, False, ("breached", "pledged yes, did not vote")),
        ("tabled", None, None, False, None),
        ("tabled", None, "yes", True, ("kept", "declared yes when COR called for it")),
        ("tabled", None, "no", True, ("breached", "COR called for a yes, and it said no")),
        ("tabled", None, None, True, ("breached", "COR called for a yes, and it said nothing")),
        ("withdrawn", None, None, True, None),
    ],
)
def test_a_vote_pledged(game: Game, status: str, ballots: str | None, declared: str | None, called: bool, answer: Found) -> None:
    """By the ballot; once called, by what was said while the draft waits."""
    cast = tuple(Ballot.model_validate({"country": "BRV", "choice": word}) for word in (ballots,) if word)
    said = tuple(Ballot.model_validate({"country": "BRV", "choice": word}) for word in (declared,) if word)
    draft = DRAFT.model_copy(update={"status": status, "ballots": cast, "declared": (*said, Ballot(country="COR", choice="abstain"))})
    assert found(replace(game, drafts=(draft,)), PLEDGE, called=called) == answer


def test_a_call_of_last_turn_or_of_another_clause_is_none(game: Game) -> None:
    """Nothing is said when nothing is due."""
    waiting = replace(game, drafts=(DRAFT,))
    for calls in ((Claim(country="COR", clause=0, turn=2),), (Claim(country="COR", clause=1, turn=1),)):
        other = c.Consult(debtor="ARD", **SPAN)
        terms = Terms(parties=("ARD", "BRV", "COR"), clauses=(PLEDGE, other))
        assert finding(waiting, Commitment(id="pact", terms=terms, since=1, calls=calls), PLEDGE) is None


COMPANY = c.JoinCoalition(debtor="BRV", **SPAN, target="DOR", level="token")


@pytest.mark.parametrize(
    ("operations", "called", "answer"),
    [
        ((), False, None),
        ((war("ARD", "COR"),), False, None),
        ((war("ARD", "DOR"),), False, ("breached", "owed a token contribution against DOR, gave nothing")),
        (
            (war("ARD", "DOR", ("BRV", "attack", "statement")),), False,
            ("breached", "owed a token contribution against DOR, gave statement"),
        ),
        ((war("ARD", "DOR", ("BRV", "defence", "full")),), False, ("breached", "owed a token contribution against DOR, gave nothing")),
        ((war("ARD", "DOR", ("BRV", "attack", "token")),), False, ("kept", "joined the operation against DOR")),
        ((war("ARD", "DOR", ("BRV", "attack", "full")),), False, ("kept", "joined the operation against DOR")),
        ((war("BRV", "DOR"),), False, ("kept", "joined the operation against DOR")),
        ((war("ARD", "DOR"), war("COR", "DOR", ("BRV", "attack", "token"))), False, ("kept", "joined the operation against DOR")),
        ((war("ARD", "DOR", status="announced"),), False, None),
        ((war("ARD", "DOR", status="announced"),), True, ("breached", "owed a token contribution against DOR, gave nothing")),
    ],
)
def test_company_promised(game: Game, operations: tuple[Operation, ...], called: bool, answer: Found) -> None:
    """As much as was promised, in one of the operations; once called, already while it is prepared."""
    assert found(in_war(game, *operations), COMPANY, called=called) == answer


GUARD = c.Defend(debtor="BRV", **SPAN, ally="COR")


@pytest.mark.parametrize(
    ("operations", "called", "answer"),
    [
        ((), False, None),
        ((war("DOR", "ARD"),), False, None),
        ((war("DOR", "COR"),), False, ("breached", "COR was attacked by DOR and got no help")),
        ((war("DOR", "COR", ("BRV", "defence", "token")),), False, ("kept", "came to the help of COR")),
        ((war("DOR", "COR", ("BRV", "defence", "statement")),), False, ("breached", "COR was attacked by DOR and got no help")),
        ((war("BRV", "COR"),), False, ("breached", "attacked COR, which it had promised to defend")),
        ((war("DOR", "COR"), war("ARD", "BRV")), False, ("excused", "was under attack itself")),
        ((war("DOR", "COR"), war("COR", "DOR")), False, ("excused", "COR attacked as well")),
        ((war("DOR", "COR", status="announced"),), False, None),
        ((war("DOR", "COR", status="announced"),), True, ("breached", "COR called for help and was threatened by DOR and got no help")),
        ((war("DOR", "COR", ("BRV", "defence", "full"), status="announced"),), True, ("kept", "came to the help of COR")),
        ((war("BRV", "COR", status="announced"),), True, None),
    ],
)
def test_help_promised(game: Game, operations: tuple[Operation, ...], called: bool, answer: Found) -> None:
    """An attack of one's own is the worst breach; who attacks first has no claim; who is attacked is excused."""
    assert found(in_war(game, *operations), GUARD, called=called) == answer


def test_help_against_one_enemy_is_not_owed_against_another(game: Game) -> None:
    """Nor to those who are not named."""
    against = GUARD.model_copy(update={"against": "DOR"})
    assert found(in_war(game, war("ARD", "COR")), against) is None
    assert found(in_war(game, war("ARD", "COR", status="announced")), against, called=True) is None
    assert found(in_war(game, war("DOR", "COR")), against) == ("breached", "COR was attacked by DOR and got no help")


@pytest.mark.parametrize(
    ("withheld", "called", "until", "talks", "news"),
    [
        (False, False, 3, None, None),
        (False, True, 3, ("kept", "talked when COR called for it"), ("kept", "shared what it knew")),
        (True, True, 3, ("breached", "would not talk when COR called for it"), ("breached", "kept what it knew to itself")),
        (True, False, 3, None, ("breached", "kept what it knew to itself")),
        (False, False, 1, ("not called", "the clause ran out before its case arose"), ("kept", "shared what it knew")),
    ],
)
def test_talks_and_intelligence(
    game: Game, withheld: bool, called: bool, until: int, talks: Found, news: Found
) -> None:
    """Talks when they are called for, intelligence always, unless withheld under seal."""
    desk = (SealedAct(country="BRV", act=Withhold(commitment="pact", clause=0)),) if withheld else ()
    sealed = replace(game, desk=desk)
    assert found(sealed, c.Consult(debtor="BRV", since=1, until=until), called=called) == talks
    assert found(sealed, c.ShareIntelligence(debtor="BRV", since=1, until=until), called=called) == news


def test_what_others_withhold_or_withhold_elsewhere_is_not_withheld(game: Game) -> None:
    """By the debtor, of this commitment, of this clause."""
    clause = c.ShareIntelligence(debtor="BRV", **SPAN)
    for country, name, number in (("COR", "pact", 0), ("BRV", "other", 0), ("BRV", "pact", 1)):
        desk = (SealedAct(country=country, act=Withhold(commitment=name, clause=number)),)
        assert found(replace(game, desk=desk), clause) is None


def last(clause: c.Clause) -> c.Clause:
    """The clause in its last turn, when it is accounted for."""
    return clause.model_copy(update={"until": 1})


def test_standing_duties_are_accounted_for_at_their_end_and_breaches_at_once(game: Game) -> None:
    """Spending, sanctions, bases and weapons, at their edges."""
    spend = c.SpendAtLeast(debtor="BRV", **SPAN, share=0.05)
    for guns, until_end, at_once in ((0.05, "kept", None), (0.06, "kept", None), (0.049, "breached", "breached")):
        armed = with_figures(game, guns=[0.01, guns, 0.01, 0.01])
        assert (found(armed, last(spend)) or ("",))[0] == until_end
        assert (found(armed, spend) or (None,))[0] == at_once
    assert found(with_figures(game, guns=[0.01] * 4), spend) == ("breached", "owed 0.05 of its economy for guns, spent 0.01")
    table = np.zeros((4, 4))
    table[1, 3] = 0.5
    imposed = with_figures(game, sanctions=table)
    keep, lift = (c.KeepSanctions(debtor="BRV", **SPAN, target="DOR", level=level) for level in (0.5, 0.0))
    assert found(imposed, last(keep)) == ("kept", "kept sanctions against DOR")
    assert found(imposed, keep) is None
    assert found(imposed, lift) == ("breached", "keeps sanctions of 0.5 against DOR")
    assert found(game, keep) == ("breached", "owed sanctions of 0.5 against DOR, keeps 0")
    assert found(game, last(lift)) == ("kept", "left ties with DOR whole")
    host = c.HostBase(debtor="COR", **SPAN, guest="ARD")
    assert found(game, host) == ("breached", "has no base open to ARD")
    table = np.zeros((4, 4))
    table[2, 0] = 1.0
    assert found(with_figures(game, bases=table), last(host)) == ("kept", "kept a base open to ARD")
    assert found(with_figures(game, bases=table), host) is None
    weapons = c.RenounceProgramme(debtor="COR", **SPAN)
    spending = np.zeros((4, len(SPENDING)))
    assert found(with_figures(game, spending=spending), last(weapons)) == ("kept", "spent nothing on weapons of mass destruction")
    assert found(with_figures(game, spending=spending), weapons) is None
    spending[2, SPENDING.index("programme")] = 0.01
    assert found(with_figures(game, spending=spending), weapons) == ("breached", "spent on weapons of mass destruction")


def test_aid_counts_between_the_two_in_money_and_is_excused_beyond_ones_means(game: Game) -> None:
    """What another sent, or in another form, does not count."""
    clause = c.GiveAid(debtor="ARD", **SPAN, to="COR", amount=1.0)
    payments = [Payment(sender="BRV", receiver="COR", amount=1.0), Payment(sender="ARD", receiver="COR", amount=1.0, form="arms")]
    assert found(replace(game, payments=tuple(payments)), clause) == ("breached", "owed 1 bn USD to COR, sent 0")
    paid = Payment(sender="ARD", receiver="COR", amount=1.0)
    assert found(replace(game, payments=(*payments, paid)), clause) == ("kept", "sent 1 bn USD to COR")
    huge = found(game, clause.model_copy(update={"amount": 9999.0}))
    assert huge is not None
    assert (huge[0], "beyond its means" in huge[1]) == ("excused", True)


@pytest.mark.parametrize(
    ("clause", "operations", "answer"),
    [
        (c.Neutrality(debtor="BRV", **SPAN), (war("ARD", "DOR"),), ("kept", "stayed out of the operation of ARD against DOR")),
        (
            c.Neutrality(debtor="BRV", **SPAN), (war("ARD", "DOR", ("BRV", "defence", "token")),),
            ("breached", "took part in the operation of ARD against DOR"),
        ),
        (
            c.Neutrality(debtor="BRV", **SPAN), (war("ARD", "DOR"), war("COR", "DOR", ("BRV", "attack", "token"))),
            ("breached", "took part in the operation of COR against DOR"),
        ),
        (c.Neutrality(debtor="BRV", **SPAN), (war("ARD", "BRV"),), None),
        (c.Neutrality(debtor="BRV", **SPAN, towards="DOR"), (war("ARD", "COR"),), None),
        (
            c.Neutrality(debtor="BRV", **SPAN, towards="DOR"), (war("DOR", "COR"),),
            ("kept", "stayed out of the operation of DOR against COR"),
        ),
        (c.NonAggression(debtor="BRV", **SPAN), (war("DOR", "COR"),), ("kept", "took no part in the attack on COR")),
        (c.NonAggression(debtor="BRV", **SPAN), (war("ARD", "DOR", ("BRV", "attack", "token")),), None),
        (
            c.NonAggression(debtor="BRV", **SPAN), (war("DOR", "ARD"), war("DOR", "COR", ("BRV", "attack", "token"))),
            ("breached", "sent forces against COR"),
        ),
        (c.NonAggression(debtor="BRV", **SPAN), (war("BRV", "COR"), war("COR", "BRV")), ("excused", "COR attacked as well")),
        (c.Restraint(debtor="BRV", **SPAN, towards="DOR"), (), None),
        (c.Restraint(debtor="BRV", **SPAN, towards="DOR"), (war("ARD", "DOR"),), ("kept", "took no part in the operation against DOR")),
        (
            c.Restraint(debtor="BRV", **SPAN, towards="DOR"), (war("ARD", "DOR", ("BRV", "attack", "statement")),),
            ("breached", "joined an operation against DOR"),
        ),
        (c.Restraint(debtor="BRV", **SPAN, towards="DOR"), (war("BRV", "DOR"),), ("breached", "carried out an operation against DOR")),
        (
            c.Restraint(debtor="BRV", **SPAN, towards="DOR"), (war("BRV", "DOR", status="announced"),),
            ("breached", "prepared an operation against DOR"),
        ),
        (c.Restraint(debtor="BRV", **SPAN, towards="DOR"), (war("BRV", "DOR"), war("DOR", "BRV")), ("excused", "DOR attacked as well")),
        (
            c.Restraint(debtor="BRV", **SPAN, towards="DOR", short_of="occupation"), (war("BRV", "DOR", held=True),),
            ("breached", "holds DOR"),
        ),
        (c.Restraint(debtor="BRV", **SPAN, towards="DOR", short_of="occupation"), (war("BRV", "DOR"), war("ARD", "DOR", held=True)), None),
        (
            c.Restraint(debtor="BRV", since=1, until=1, towards="DOR", short_of="occupation"), (war("BRV", "DOR"),),
            ("kept", "held to it to the end of the turn"),
        ),
    ],
)  # fmt: skip
def test_what_was_to_be_left_undone(game: Game, clause: c.Clause, operations: tuple[Operation, ...], answer: Found) -> None:
    """It is mentioned when it was broken, or put to the test and held."""
    assert found(in_war(game, *operations), clause) == answer


RECOGNISED = "came to an agreement with DOR in the open"


@pytest.mark.parametrize(
    ("parties", "owed", "since", "secret", "inside", "unseen"),
    [
        (("BRV", "DOR"), c.Defend(debtor="DOR", **SPAN), 1, False, "arranged its defence without ARD", RECOGNISED),
        (("BRV", "DOR"), c.Consult(debtor="DOR", **SPAN), 1, False, None, RECOGNISED),
        (("ARD", "BRV", "COR"), c.Defend(debtor="ARD", **SPAN), 1, False, None, None),
        (("ARD", "COR"), c.Defend(debtor="ARD", **SPAN), 1, False, None, None),
        (("BRV", "DOR"), c.Defend(debtor="DOR", **SPAN), 2, False, None, None),
        (("BRV", "DOR"), c.Defend(debtor="DOR", **SPAN), 1, True, None, None),  # what nobody hears of cannot be found
    ],
)
def test_agreements_that_break_a_framework_or_recognise(
    game: Game, parties: tuple[str, ...], owed: c.Clause, since: int, secret: bool, inside: str | None, unseen: str | None
) -> None:
    """Only what was concluded this turn by the debtor, and only as far as those who hear of the finding may know."""
    other = Commitment(id="other", terms=Terms(parties=parties, clauses=(owed,), secret=secret), since=since)
    for clause, reason in (
        (c.RemainInFramework(debtor="BRV", **SPAN), inside),
        (c.NonRecognition(debtor="BRV", **SPAN, of="DOR"), unseen),
    ):
        commitment = pact(clause)
        answer = finding(replace(game, commitments=(commitment, other)), commitment, clause)
        assert answer == (("breached", reason) if reason else None)
