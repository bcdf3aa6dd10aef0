"""Weighing: the rules' own refusals beforehand, and nothing happens to the game."""

from __future__ import annotations

from rules.canonical import game_hash
from rules.orders import Aid, Budget, Propose, SeatAct, Table
from rules.state import Game
from rules.view import view
from rules.vocabulary import Defend, GiveAid, Terms
from server.desk.papers import Weighing
from server.desk.weighing import weigh
from tests.server.desk.test_laying import games


def at(phase: str) -> Game:
    """A game at the opening of a phase."""
    return next(game for game in games("tiny", "*=hold", 1) if game.moment.phase == phase)


def weighed(game: Game, country: str, *acts: SeatAct) -> Weighing:
    """What a seat is told about acts; the game stays as it was."""
    before = game_hash(game)
    found = weigh(game, view(game, country), acts)
    assert game_hash(game) == before
    return found


def offer(**changes: object) -> Propose:
    """A pact of mutual defence between two."""
    clauses = tuple(Defend(debtor=c, since=1, until=3) for c in ("ARD", "COR"))
    terms = Terms(parties=("ARD", "COR"), clauses=clauses, formal=("ARD", "COR")).model_copy(update=changes)
    return Propose(terms=terms, until=1)


def test_an_offer_is_told_and_weighed_for_each_party() -> None:
    """With the seat itself first."""
    (found,) = weighed(at("negotiation"), "COR", offer()).acts
    assert found.code is None
    assert "Arden" in found.text
    assert [share.country for share in found.shares] == ["COR", "ARD"]


def test_terms_that_make_no_sense_are_refused_in_words() -> None:
    """With the field at fault, and without expectations."""
    clauses = (GiveAid(debtor="ARD", since=1, until=3, to="DOR", amount=1.0),)
    (found,) = weighed(at("negotiation"), "COR", offer(clauses=clauses)).acts
    assert found.code == "offer/invalid"
    assert found.field.startswith("terms.clauses.0")
    assert found.sentence
    assert not found.shares


def test_aid_brings_the_budget_that_pays_for_it() -> None:
    """So that what can be sent is what was meant."""
    found = weighed(at("orders"), "COR", Aid(to="DOR", amount=0.1)).acts
    assert [item.act.kind for item in found] == ["budget", "aid"]
    assert all(item.code is None for item in found)


def test_acts_are_weighed_one_after_the_other() -> None:
    """The second draft of the same kind is refused, because the first would be there; too large a budget by itself."""
    issue = at("negotiation").atlas.issues[0]
    table = Table(council=at("negotiation").atlas.councils[0].id, action="demand", issue=issue.id, target=issue.target or "DOR")
    first, second = weighed(at("negotiation"), "BRV", table, table).acts
    assert first.code is None
    assert second.code is not None
    (wasted,) = weighed(at("orders"), "COR", Budget(guns=0.9, aid=0.9)).acts
    assert wasted.code == "budget/invalid"


def test_an_act_out_of_time_is_refused() -> None:
    """The sentence names what is possible."""
    (found,) = weighed(at("negotiation"), "COR", Budget(guns=0.1)).acts
    assert found.code == "phase/not-now"
