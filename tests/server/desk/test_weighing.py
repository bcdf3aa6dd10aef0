"""Weighing: the rules' own refusals beforehand, and nothing happens to the game."""

from __future__ import annotations

import pytest

from rules.copying import changed
from rules.orders import Aid, Announce, Budget, Propose, SeatAct, Table
from rules.pacts.consequences import price_of_breach, reputations
from rules.pacts.treaties import Commitment, Verdict
from rules.state import Game
from rules.view import view
from rules.vocabulary import Defend, GiveAid, Terms
from rules.wire.canonical import game_hash
from server.desk.weighing import weigh
from server.desk.weights import Weighing
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


def test_the_price_of_ones_word_is_told_before_it_is_given() -> None:
    """Dearer if formal; of a secret only the parties learn; whoever owes nothing has no price to pay, and sees what others would."""
    (act,) = weighed(at("negotiation"), "COR", offer()).acts
    assert act.worth == act.shares[0].worth
    formal, others = act.breaches
    plain = weighed(at("negotiation"), "COR", offer(formal=())).acts[0].breaches[0]
    secret = weighed(at("negotiation"), "COR", offer(formal=(), secret=True)).acts[0].breaches[0]
    assert formal.approval > plain.approval > secret.approval == 0.0
    assert formal.record > plain.record > 0.0
    assert (plain.seen, secret.seen, secret.goodwill) == (True, False, 0.0)
    assert (formal.worth or 0.0) < (plain.worth or 0.0) < 0.0
    assert (formal.country, others.country, others.worth) == ("COR", "ARD", None)
    (free,) = weighed(at("negotiation"), "COR", offer(clauses=(Defend(debtor="ARD", since=1, until=3),))).acts
    assert [breach.country for breach in free.breaches] == ["ARD"]


def test_the_price_is_what_the_rules_take() -> None:
    """Someone who breaks a formal, open word loses just what was told, by whomever it was asked."""
    game = at("negotiation")
    terms = offer().terms
    assert price_of_breach(view(game, "COR"), terms, "ARD") == price_of_breach(view(game, "ARD"), terms, "ARD")
    told = price_of_breach(view(game, "COR"), terms, "COR")
    verdict = Verdict(commitment="c", clause=0, debtor="COR", turn=1, finding="breached", reason="")
    broken = changed(game, commitments=(Commitment(id="c", terms=terms, since=1),), verdicts=(verdict,))
    places = {(effect.field, effect.at): effect.value for effect in reputations(broken, "COR")}
    me, other = (game.atlas.countries.index(country) for country in ("COR", "ARD"))
    assert float(game.world.approval[me]) - places["approval", (me,)] == pytest.approx(told.approval)
    assert float(game.world.goodwill[other, me]) - places["goodwill", (other, me)] == pytest.approx(told.goodwill)
    assert places["broken", (other, me)] - float(game.world.broken[other, me]) == pytest.approx(told.record)


def test_orders_and_voices_have_expectations() -> None:
    """What a budget, aid, a draft and an operation are worth to the seat, and with what chance they succeed; a guess of its own view."""
    orders = at("orders")
    as_now = float(view(orders, "COR").world.guns[orders.atlas.countries.index("COR")])
    acts = Budget(guns=as_now), Budget(guns=2 * as_now), Aid(to="DOR", amount=0.1)
    now, more, aid = (weighed(orders, "COR", act).acts[-1] for act in acts)
    assert now.worth == 0.0
    assert more.worth not in (None, 0.0)
    assert aid.worth is not None
    assert aid.worth < 0.0
    game = at("negotiation")
    issue = next(issue for issue in game.atlas.issues if issue.target)
    table = Table(council=game.atlas.councils[0].id, action="demand", issue=issue.id, target=str(issue.target))
    (draft,) = weighed(game, "BRV", table).acts
    assert draft.worth is not None
    assert draft.chance is not None
    assert 0.0 <= draft.chance <= 1.0
    announce = Announce(target=str(issue.target), issue=issue.id)
    (operation,) = weighed(orders, orders.atlas.unipole, announce).acts
    assert operation.chance is not None
    assert 0.0 < operation.chance < 1.0


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
