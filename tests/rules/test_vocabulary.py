"""The shared words: closed lists, strict records, and who belongs to a record."""

from __future__ import annotations

from typing import get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from rules import orders as o
from rules.errors import Code, Refused
from rules.events import EventKinds
from rules.orders import Order, SeatAct, seat_kinds
from rules.parameters import Parameters
from rules.society.reputation import audience, credibility
from rules.state import SealedAct, find_council, index, issue_column, issue_index
from rules.visibility import Record
from rules.vocabulary import CHOICES, LEVELS, Choice, Commitment, Defend, Level, Offer, Payment, Terms, Verdict
from tests.rules.stage import tiny

PAIR = ("BRV", "COR")
TERMS = Terms(parties=PAIR, clauses=(Defend(debtor="BRV", since=1, until=1),))


def test_the_lists_are_those_of_the_types() -> None:
    """No word is in one and not in the other; each kind of act, event and refusal has one name."""
    assert (get_args(Choice), get_args(Level)) == (CHOICES, LEVELS)
    assert len(set(seat_kinds())) == len(get_args(SeatAct))
    kinds = [cls.model_fields["kind"].default for cls in get_args(EventKinds)]
    assert len(set(kinds)) == len(kinds)
    assert len({code.value for code in Code}) == len(Code)
    assert str(Refused(Code.TOO_MANY, "x", "Too many.")) == "limit/too-many [x]: Too many."


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "", "author": "ARD", "act": {"kind": "done"}},
        {"id": "x", "author": "ard", "act": {"kind": "done"}},
        {"id": "x", "author": "ARD", "act": {"kind": "dance"}},
        {"id": "x", "author": "ARD", "act": {"kind": "done", "more": 1}},
        {"id": "x", "author": "ARD", "act": {"kind": "budget", "guns": 1.1, "aid": 0.0}},
        {"id": "x", "author": "ARD", "act": {"kind": "budget", "guns": "0.1", "aid": 0.0}},
        {"id": "x", "author": "ARD", "act": {"kind": "aid", "to": "COR", "amount": float("nan")}},
        {"id": "x", "author": "ARD", "act": {"kind": "aid", "to": "COR", "amount": -1.0}},
        {"id": "x" * 81, "author": "ARD", "act": {"kind": "done"}},
    ],
)
def test_what_is_not_of_its_type_is_no_order(wrong: dict[str, object]) -> None:
    """Strict types, bounded numbers and names, no fields beside."""
    with pytest.raises(ValidationError):
        TypeAdapter(Order).validate_python(wrong)


def test_records_are_frozen() -> None:
    """Nobody changes a record in place."""
    with pytest.raises(ValidationError, match="frozen"):
        TERMS.secret = True


def test_records_say_whom_they_concern() -> None:
    """None is everybody."""
    assert Record().audience() is None
    assert Offer(id="x", author="BRV", terms=TERMS, made=1, until=1).audience() == frozenset(PAIR)
    assert Commitment(id="x", terms=TERMS, since=1).audience() is None
    secret = Commitment(id="x", terms=TERMS.model_copy(update={"secret": True}), since=1)
    assert secret.audience() == frozenset(PAIR)
    verdict = Verdict(commitment="x", clause=0, debtor="BRV", turn=1, finding="kept", reason="y")
    assert verdict.audience() is None
    assert verdict.model_copy(update={"witnesses": PAIR}).audience() == frozenset(PAIR)
    assert Payment(sender="BRV", receiver="COR", amount=1.0).audience() == frozenset(PAIR)
    sealed = SealedAct(country="BRV", act=o.Budget(guns=0.1, aid=0.0))
    assert sealed.audience() == frozenset(("BRV",))


def test_things_are_found_by_name() -> None:
    """What is not there is None, or an error where it must be there."""
    game = tiny()
    assert (index(game, "COR"), issue_index(game, "dorn-force"), issue_index(game, "other")) == (2, 0, None)
    assert find_council(game, "five") is None
    assert issue_column(game, "dorn-force") == 0
    with pytest.raises(KeyError):
        issue_column(game, "other")
    with pytest.raises(ValueError, match="not in tuple"):
        index(game, "QQQ")


def test_records_of_promises_make_belief() -> None:
    """The prior without a record, more after words kept, less after words broken, never beyond certainty."""
    p = Parameters()
    assert float(credibility(0.0, 0.0, p)) == p.cred_prior  # type: ignore[arg-type]  # numbers broadcast like arrays
    assert credibility(0.0, 5.0, p) < p.cred_prior < credibility(5.0, 0.0, p) < 1.0  # type: ignore[arg-type]  # as above
    assert audience(1.0, 1.0, p) == p.audience_cost
    assert audience(0.0, 0.0, p) < audience(1.0, 0.0, p) < audience(1.0, 1.0, p)
