"""What a promise can hang on: when a condition came about, did not, or was not put to the test; and in which words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.pacts.circumstances import condition, given, unmet
from rules.pacts.conditions import Adopted, Condition, Every, Honoured, Joined, Launched, Paid, Voted
from rules.pacts.treaties import Commitment, Terms, Verdict
from rules.state import Game
from rules.vocabulary import Ballot, Contribution, Defend, Draft, Operation, Payment
from tests.rules.stage import at

ISSUE = "dorn-force"
DRAFT = Draft(
    id="d", council="four", author="ARD", action="demand", issue=ISSUE, target="DOR", pressed=False, turn=1, status="adopted",
    ballots=(Ballot(country="COR", choice="no"), Ballot(country="ARD", choice="yes")),
)  # fmt: skip
WAR = Operation(
    id="war", leader="ARD", target="DOR", issue=ISSUE, turn=1, status="launched",
    coalition=(Contribution(country="BRV", side="attack", level="token"), Contribution(country="COR", side="attack", level="statement")),
)  # fmt: skip
PACT = Commitment(id="pact", terms=Terms(parties=("ARD", "COR"), clauses=(Defend(debtor="ARD", since=1, until=3),)), since=1)
BROKEN = Verdict(commitment="pact", clause=0, debtor="COR", turn=1, finding="breached", reason="why")


@pytest.fixture
def busy() -> Game:
    """A turn with a vote, a war, a payment and a breach."""
    paid = Payment(sender="ARD", receiver="COR", amount=1.0)
    gift = paid.model_copy(update={"amount": 5.0, "form": "arms"})
    return replace(at("1 orders 1"), drafts=(DRAFT,), operations=(WAR,), payments=(paid, gift), verdicts=(BROKEN,))


@pytest.mark.parametrize(
    ("when", "busy_answer", "quiet_answer"),
    [
        (Voted(country="COR", issue=ISSUE, choice="no"), True, None),
        (Voted(country="COR", issue=ISSUE, choice="yes"), False, None),
        (Voted(country="DOR", issue=ISSUE, choice="abstain"), False, None),  # it stayed away
        (Adopted(issue=ISSUE), True, None),
        (Adopted(issue=ISSUE, council="four"), True, None),
        (Adopted(issue=ISSUE, council="five"), None, None),
        (Launched(leader="ARD"), True, None),
        (Launched(target="DOR"), True, None),
        (Launched(leader="BRV"), None, None),
        (Launched(leader="ARD", target="COR"), None, None),
        (Joined(country="BRV", target="DOR"), True, None),
        (Joined(country="ARD", target="DOR"), True, None),
        (Joined(country="COR", target="DOR"), False, None),  # words are no forces
        (Joined(country="BRV", target="COR"), None, None),
        (Paid(country="ARD", to="COR", amount=1.0), True, None),
        (Paid(country="ARD", to="COR", amount=1.1), None, None),  # what is not money does not count
        (Paid(country="COR", to="ARD", amount=1.0), None, None),
        (Honoured(country="COR"), False, True),
        (Honoured(country="COR", commitment="pact"), False, True),
        (Honoured(country="COR", commitment="other"), True, True),
        (Honoured(country="ARD"), True, True),
        (Every(of=(Adopted(issue=ISSUE), Launched())), True, None),
        (Every(of=(Adopted(issue=ISSUE), Honoured(country="COR"))), False, None),
        (Every(of=(Honoured(country="COR"), Launched(leader="BRV"))), False, None),
        (Every(of=(Honoured(country="ARD"), Launched(leader="BRV"))), None, None),
    ],
)
def test_when_a_condition_came_about(busy: Game, when: Condition, busy_answer: bool | None, quiet_answer: bool | None) -> None:
    """Yes, no, or not put to the test: in a busy turn and in one where nothing happened."""
    assert condition(busy, when, PACT) is busy_answer
    quiet = replace(busy, drafts=(), operations=(), payments=(), verdicts=())
    assert condition(quiet, when, PACT) is quiet_answer


def test_what_happened_in_another_turn_does_not_count(busy: Game) -> None:
    """A vote and a war of last turn, a draft on the table and an operation in preparation put nothing to the test."""
    later = replace(busy, moment=replace(busy.moment, turn=2))
    open_now = (DRAFT.model_copy(update={"status": "tabled"}),)
    waiting = replace(busy, drafts=open_now, operations=(WAR.model_copy(update={"status": "announced"}),))
    for game in (later, waiting):
        assert condition(game, Adopted(issue=ISSUE)) is None
        assert condition(game, Launched()) is None
        assert condition(game, Joined(country="BRV", target="DOR")) is None


def test_who_has_no_vote_puts_nothing_to_the_test(busy: Game) -> None:
    """A condition on a vote asks only of councils in which the country sits."""
    body = busy.atlas.councils[0].model_copy(update={"members": ("ARD", "BRV", "DOR")})
    assert condition(replace(busy, atlas=replace(busy.atlas, councils=(body,))), Voted(country="COR", issue=ISSUE, choice="no")) is None


def test_what_a_country_brings_to_a_side() -> None:
    """A leader brings all it has to the attack; what is brought to one side is not brought to the other."""
    assert given(WAR, "ARD", "attack") == "full"
    assert given(WAR, "ARD", "defence") is None
    assert given(WAR, "BRV", "attack") == "token"
    assert given(WAR, "BRV", "defence") is None
    assert given(WAR, "DOR", "attack") is None


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (Voted(country="COR", issue=ISSUE, choice="no"), "COR did not vote no"),
        (Adopted(issue=ISSUE), "the council did not adopt it"),
        (Joined(country="BRV", target="DOR"), "BRV sent nothing against DOR"),
        (Honoured(country="COR"), "COR had broken its word"),
        (Launched(leader="ARD"), "the case did not arise"),
        (Paid(country="ARD", to="COR", amount=1.0), "the case did not arise"),
        (Every(of=(Launched(), Honoured(country="COR"))), "not all of its conditions came about"),
    ],
)
def test_why_a_condition_failed(when: Condition, words: str) -> None:
    """In words, for each kind."""
    assert unmet(when) == words


def test_to_join_one_of_several_attacks_is_to_join(busy: Game) -> None:
    """Not all of them."""
    other = WAR.model_copy(update={"id": "other", "leader": "COR", "coalition": ()})
    for wars in ((WAR, other), (other, WAR)):
        assert condition(replace(busy, operations=wars), Joined(country="BRV", target="DOR")) is True
    assert condition(replace(busy, operations=(other,)), Joined(country="BRV", target="DOR")) is False
