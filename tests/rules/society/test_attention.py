"""Attention: how much a government has taken up, how much it has, and whom it neglects."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.errors import Refused
from rules.orders import Announce, Dialogue, Influence, Launch, SeatAct
from rules.pacts.treaties import Commitment, Terms
from rules.parameters import with_overrides
from rules.society.attention import charges, check_attention, initiatives, neglect, overload, points
from rules.society.speech import Statement
from rules.state import Game, SealedAct
from rules.vocabulary import Consult, Defend, Operation
from tests.rules.stage import SPAN, at, with_figures

ARD, BRV, COR, DOR = range(4)
WAR = Operation(id="war", leader="ARD", target="DOR", issue="dorn-force", turn=1, status="announced")


def busy(*acts: SeatAct, said: int = 0, country: str = "ARD", **parameters: float) -> Game:
    """A turn in which a country ordered and said something, with two guarantees of Arden and one of Brava in force."""
    fields = {"speaker": country, "says": "rebuke", "turn": 1, "until": 1, "about": "DOR", "status": "said"}
    words = [Statement.model_validate({"id": f"s{k}", **fields}) for k in range(said)]
    two = (Defend(debtor="ARD", **SPAN), Consult(debtor="COR", **SPAN))
    pacts = (
        Commitment(id="one", terms=Terms(parties=("ARD", "BRV"), clauses=(Defend(debtor="ARD", **SPAN),)), since=1),
        Commitment(id="two", terms=Terms(parties=("ARD", "COR"), clauses=two), since=1),
        Commitment(id="six", terms=Terms(parties=("BRV", "COR"), clauses=(Defend(debtor="BRV", **SPAN),)), since=1),
    )
    desk = tuple(SealedAct(country=country, act=act) for act in acts)
    game = with_figures(at("1 orders 1"), broken=[[0.0] * 4] * 4)
    return replace(game, statements=tuple(words), desk=desk, commitments=pacts, parameters=with_overrides(parameters))


CAMPAIGN = Influence(by="bond", target="ARD", effort=0.5)


@pytest.mark.parametrize(
    ("game", "taken"),
    [
        (busy(), 0),
        (busy(said=2), 2),
        (busy(CAMPAIGN, Announce(target="DOR", issue="dorn-force")), 2),
        (busy(Dialogue(host="ARD", issue="dorn-force")), 1),
        (busy(Dialogue(host="BRV", issue="dorn-force")), 0),  # to come costs nothing
        (busy(Launch(operation="war")), 0),
        (busy(CAMPAIGN, said=3, country="BRV"), 0),
    ],
)
def test_what_takes_attention(game: Game, taken: float) -> None:
    """Each statement, each campaign and announcement, and talks that one hosts; one's own only."""
    assert initiatives(game, "ARD") == taken


def test_what_was_said_in_another_turn_is_over() -> None:
    """Attention is a turn's."""
    game = busy(said=2)
    assert initiatives(replace(game, moment=replace(game.moment, turn=2)), "ARD") == 0.0


def test_the_last_point_can_be_spent_and_no_more() -> None:
    """The unipole's points shrink with its engagement, nobody else's do (W33)."""
    game = busy(said=1, attention_points=2.0)
    check_attention(game, "ARD")
    with pytest.raises(Refused, match="can attend to 2 initiatives") as caught:
        check_attention(busy(said=2, attention_points=2.0), "ARD")
    assert (caught.value.code.value, caught.value.field) == ("limit/too-many", "act")
    aloof = busy(attention_points=4.0, engagement=0.5)
    assert (points(aloof, "ARD"), points(aloof, "BRV")) == (2.0, 4.0)


@pytest.mark.parametrize(
    ("upkeep", "most", "said", "war", "share"),
    [
        (1.0, 2.0, 0, None, 0.0),
        (1.0, 1.0, 0, None, 0.5),  # two guarantees, one point
        (2.0, 3.0, 0, None, 0.25),
        (1.0, 2.0, 1, None, 0.5),
        (1.0, 2.0, 0, WAR, 0.5),
        (1.0, 2.0, 0, WAR.model_copy(update={"status": "launched"}), 0.5),
        (1.0, 2.0, 0, WAR.model_copy(update={"status": "cancelled", "turn": 2}), 0.0),
        (1.0, 2.0, 0, WAR.model_copy(update={"leader": "BRV"}), 0.0),
        (1.0, 1.0, 9, None, 1.0),
        (0.0, 1.0, 9, None, 0.0),
    ],
)
def test_the_share_of_guarantees_left_unattended(upkeep: float, most: float, said: int, war: Operation | None, share: float) -> None:
    """What is taken up, and what guarantees and wars need, beyond the points there are (W148)."""
    game = busy(said=said, attention_upkeep=upkeep, attention_points=most)
    game = replace(game, operations=(war,) if war else ())
    assert [c.id for c in charges(game, "ARD")] == ["one", "two"]
    assert overload(game, "ARD") == pytest.approx(share)


def test_those_who_are_neglected_doubt_their_guarantor() -> None:
    """By a part of a broken word; the guarantor does not doubt itself, and those it owes nothing do not either."""
    game = busy(attention_upkeep=1.0, attention_points=1.0, neglect_step=0.3)
    effects = {(effect.field, effect.at): effect.value for effect in neglect(game, "")}
    assert effects == {("broken", (BRV, ARD)): pytest.approx(0.15), ("broken", (COR, ARD)): pytest.approx(0.15)}
    assert neglect(busy(attention_points=9.0), "") == []
