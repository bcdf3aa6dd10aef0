"""A pledge to spare is worth what it is believed, to who is threatened, and costs who wanted to attack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from client.arena import START_ID
from client.bots.appraisal import lay, worth_of
from client.bots.outlook import Outlook
from client.bots.sparing import sworn_off
from client.bots.thought import alone
from rules.exact import frozen
from rules.orders import CONTROL, Order, Start
from rules.sequence import take
from rules.state import Game
from rules.view import view
from rules.vocabulary import Commitment, Operation, Restraint, Terms
from scenarios import load, opening


def threatened(hostile: float = 0.1) -> Game:
    """Arden prepares to attack Dorn, which believes it as aggressive as ``hostile`` says."""
    game, _ = take(opening(load("tiny"), "spared"), Order(id=START_ID, author=CONTROL, act=Start()))
    beliefs = game.world.hostile.copy()
    beliefs[3, 0] = hostile
    operation = Operation(id="ard-1", leader="ARD", target="DOR", issue="dorn-force", turn=1)
    return replace(game, world=replace(game.world, hostile=frozen(beliefs)), operations=(operation,))


def pledge(*, formal: bool = False) -> Terms:
    """Arden will not attack Dorn."""
    spare = Restraint(debtor="ARD", since=1, until=4, towards="DOR")
    return Terms(parties=("ARD", "DOR"), clauses=(spare,), formal=("ARD",) if formal else ())


def worth(game: Game, country: str, terms: Terms) -> float:
    """What the terms are worth to a country in its own eyes."""
    return worth_of(alone(lay(Outlook(view(game, country), 60.0), ())), terms, country)


def test_the_threatened_gain_by_a_word_that_they_believe() -> None:
    """More if it is bound in form, less from a state believed aggressive, nothing from one believed bent on attack."""
    plain, formal = (worth(threatened(), "DOR", pledge(formal=form)) for form in (False, True))
    assert 0.0 < plain < formal
    assert worth(threatened(0.95), "DOR", pledge()) < worth(threatened(0.7), "DOR", pledge())
    assert worth(threatened(1.0), "DOR", pledge()) == pytest.approx(0.0, abs=1e-12)


def test_a_quiet_neighbour_gains_little() -> None:
    """Without an attack in preparation the pledge is worth only what was feared anyway."""
    quiet = replace(threatened(), operations=())
    assert worth(quiet, "DOR", pledge()) < 0.5 * worth(threatened(), "DOR", pledge())


def test_to_spare_costs_who_would_gain_by_attacking() -> None:
    """Nobody sells restraint for nothing, and others have nothing to do with it."""
    assert worth(threatened(), "ARD", pledge()) <= 0.0
    assert worth(threatened(), "COR", pledge()) == 0.0


def test_a_sworn_word_is_remembered_before_an_attack() -> None:
    """The commitments that an attack would break are found, and only those."""
    sworn = replace(threatened(), commitments=(Commitment(id="word", terms=pledge(), since=1),))
    outlook = Outlook(view(sworn, "ARD"), 60.0)
    assert [c.id for c in sworn_off(outlook, "DOR")] == ["word"]
    assert sworn_off(outlook, "COR") == []
    assert sworn_off(Outlook(view(sworn, "DOR"), 60.0), "ARD") == []
