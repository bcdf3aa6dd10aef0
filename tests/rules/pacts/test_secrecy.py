"""Secrets: how likely they come to light, and whom they turn out to have been directed against."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.orders import Withhold
from rules.pacts import clauses as c
from rules.pacts.conditions import Adopted
from rules.pacts.secrecy import against, exposure, leak_chance, leaks
from rules.pacts.treaties import Commitment, Terms
from rules.parameters import with_overrides
from rules.state import Game, SealedAct
from tests.rules.stage import SPAN, at, with_figures


def secret(parties: tuple[str, ...], *owed: c.Clause) -> Commitment:
    """A secret commitment."""
    return Commitment(id="hidden", terms=Terms(parties=parties, clauses=owed, secret=True), since=1)


@pytest.mark.parametrize(
    ("clause", "named"),
    [
        (c.Defend(debtor="BRV", **SPAN, against="DOR"), {"DOR"}),
        (c.Defend(debtor="BRV", **SPAN), set()),
        (c.JoinCoalition(debtor="BRV", **SPAN, target="DOR", level="token"), {"DOR"}),
        (c.KeepSanctions(debtor="BRV", **SPAN, target="DOR", level=0.1), {"DOR"}),
        (c.KeepSanctions(debtor="BRV", **SPAN, target="DOR", level=0.0), set()),
        (c.NonRecognition(debtor="BRV", **SPAN, of="DOR"), {"DOR"}),
        (c.Restraint(debtor="BRV", **SPAN, towards="DOR"), set()),
        (c.Defend(debtor="BRV", **SPAN, against="COR"), set()),  # a party knows anyway
    ],
)
def test_against_whom(clause: c.Clause, named: set[str]) -> None:
    """Those named as an enemy; to spare or to lift is directed against nobody."""
    assert against(secret(("BRV", "COR"), clause)) == named


TALKS = c.Consult(debtor="BRV", **SPAN)
NEWS = c.ShareIntelligence(debtor="BRV", **SPAN)


@pytest.fixture
def game() -> Game:
    """The first turn, with chances that are easy to add up."""
    start = at("1 orders 1")
    names = {"leak_chance": 0.02, "leak_crowd": 1.0, "leak_intelligence": 0.1}
    return replace(start, parameters=with_overrides(names))


@pytest.mark.parametrize(
    ("parties", "other", "desk", "chance"),
    [
        (("BRV", "COR"), None, False, 0.02),
        (("BRV", "COR", "DOR"), None, False, 0.06),  # three pairs
        (("BRV", "COR"), (("BRV", "ARD"), NEWS), False, 0.12),
        (("BRV", "COR"), (("BRV", "ARD", "DOR"), NEWS), False, 0.22),
        (("BRV", "COR"), (("BRV", "ARD", "DOR"), NEWS.model_copy(update={"to": "ARD"})), False, 0.12),
        (("BRV", "COR"), (("BRV", "COR"), NEWS), False, 0.02),  # they know already
        (("BRV", "COR"), (("BRV", "ARD"), TALKS), False, 0.02),
        (("BRV", "COR"), (("ARD", "DOR"), NEWS.model_copy(update={"debtor": "ARD"})), False, 0.02),
        (("BRV", "COR"), (("BRV", "ARD"), NEWS.model_copy(update={"since": 2})), False, 0.02),
        (("BRV", "COR"), (("BRV", "ARD"), NEWS.model_copy(update={"when": Adopted(issue="dorn-force")})), False, 0.02),
        (("BRV", "COR"), (("BRV", "ARD"), NEWS), True, 0.02),  # withheld
    ],
)
def test_the_chance_grows_with_those_who_know_and_those_who_are_told(
    game: Game, parties: tuple[str, ...], other: tuple[tuple[str, ...], c.Clause] | None, desk: bool, chance: float
) -> None:
    """By pairs of parties, and by each outsider with whom one of them shares intelligence."""
    hidden = secret(parties, TALKS)
    open_ones = (Commitment(id="news", terms=Terms(parties=other[0], clauses=(other[1],)), since=1),) if other else ()
    sealed = (SealedAct(country="BRV", act=Withhold(commitment="news", clause=0)),) if desk else ()
    known = replace(game, commitments=(hidden, *open_ones), desk=sealed)
    assert leak_chance(known, hidden) == pytest.approx(chance, abs=1e-12)


def test_a_secret_that_cannot_but_leak_does_and_what_is_open_has_nothing_to_leak(game: Game) -> None:
    """The chance is held at one; a leaked secret does not leak again."""
    sure = replace(game, parameters=with_overrides({"leak_chance": 1.0, "leak_crowd": 2.0, "leak_intelligence": 1.0}))
    hidden = secret(("BRV", "COR", "DOR"), TALKS)
    plain = Commitment(id="plain", terms=Terms(parties=("BRV", "COR"), clauses=(TALKS,)), since=1)
    known = replace(sure, commitments=(hidden, plain, hidden.model_copy(update={"id": "old", "leaked": True})))
    assert leak_chance(known, hidden) == 1.0
    assert [event.commitment.id for event in leaks(known)] == ["hidden"]
    assert [event.commitment.leaked for event in leaks(known)] == [True]
    never = replace(known, parameters=with_overrides({"leak_chance": 0.0, "leak_intelligence": 0.0}))
    assert leaks(never) == ()


def test_what_exposure_costs(game: Game) -> None:
    """Goodwill of each whom it was directed against towards each party, and approval by regime; nothing below the least."""
    hidden = secret(("BRV", "COR"), c.NonRecognition(debtor="BRV", **SPAN, of="DOR"))
    strong = replace(game, parameters=with_overrides({"leak_goodwill": 0.3, "leak_audience": 0.1}), commitments=(hidden,))
    even = with_figures(strong, goodwill=[[0.0] * 4] * 4, approval=[0.5, 0.5, 0.0, 0.5])
    found = {(e.field, e.at): e.value for e in exposure(even, "hidden")}
    assert set(found) == {("goodwill", (3, 1)), ("goodwill", (3, 2)), ("approval", (1,)), ("approval", (2,))}
    assert found["goodwill", (3, 1)] == found["goodwill", (3, 2)] == pytest.approx(-0.3)
    assert 0.4 <= found["approval", (1,)] < 0.5
    assert found["approval", (2,)] == 0.0
    hated = with_figures(strong, goodwill=[[-0.9] * 4] * 4)
    assert {e.value for e in exposure(hated, "hidden") if e.field == "goodwill"} == {-1.0}
    assert sum(t.value for t in exposure(even, "hidden")[0].terms) == pytest.approx(-0.3)
