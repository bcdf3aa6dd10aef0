"""Samples of what can be agreed: of every kind of clause, and proposals to renew and to let others in."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from rules.legal import legal_draw, legal_orders
from rules.orders import Propose
from rules.pacts.clauses import CLAUSES, Clause, Consult, Defend, GiveAid, NonRecognition
from rules.pacts.samples import amendments, planned, plans
from rules.pacts.treaties import Commitment, Terms
from rules.state import SPENDING, Game
from rules.view import view
from rules.vocabulary import Operation
from tests.rules.stage import at, given, tiny, with_figures

LASTING = Defend(debtor="ARD", since=1, until=3)
SHORT = Defend(debtor="BRV", since=1, until=2)


def test_every_kind_of_clause_is_sampled() -> None:
    """A kind that is not would never be met by players who only choose from the list."""
    sight = view(at("1 negotiation 1"), "ARD")
    assert {type(clause) for plan in plans(sight) for clause in planned(sight, plan).clauses} == set(CLAUSES)
    assert len(CLAUSES) == len(get_args(get_args(Clause)[0]))


def proposed(*clauses: Clause, parties: str = "ARD BRV", step: str = "1 negotiation 1", viewer: str = "ARD") -> list[Propose]:
    """What a party of a pact could propose about it."""
    pact = Commitment(id="pact", terms=Terms(parties=tuple(parties.split()), clauses=clauses), since=1)
    return list(amendments(view(replace(at(step), commitments=(pact,)), viewer)))


def test_what_runs_out_can_be_renewed_and_others_let_in() -> None:
    """Longer terms for those inside, wider terms for one outside, under the name of the pact."""
    longer, wider = proposed(LASTING, SHORT)
    assert [clause.until for clause in longer.terms.clauses] == [3, 3]
    assert longer.terms.parties == ("ARD", "BRV")
    assert wider.terms.parties == ("ARD", "BRV", "COR")
    assert wider.terms.clauses == (LASTING, SHORT, Consult(debtor="COR", since=1, until=3))
    assert {(act.amends, act.until) for act in (longer, wider)} == {("pact", 2)}


@pytest.mark.parametrize(
    ("clauses", "where", "count"),
    [
        ((LASTING,), {}, 1),  # nothing runs out
        ((LASTING,), {"parties": "ARD BRV COR DOR"}, 0),  # nobody is left outside
        ((SHORT,), {"step": "2 negotiation 1"}, 1),  # too short for others to come in
        ((LASTING,), {"viewer": "DOR"}, 0),
        ((GiveAid(debtor="ARD", since=1, until=2, to="BRV", amount=1.0),), {}, 0),  # money is agreed on anew
        ((NonRecognition(debtor="ARD", since=1, until=3, of="COR"),), {}, 0),  # whom it is against cannot come in
        ((SHORT, SHORT.model_copy(update={"until": 3})), {}, 2),  # the same clause twice becomes one
    ],
)
def test_only_amendments_that_would_be_accepted_are_listed(clauses: tuple[Clause, ...], where: dict[str, str], count: int) -> None:
    """For whom, when, and about what."""
    assert len(proposed(*clauses, **where)) == count


def test_nobody_is_asked_into_a_crowd() -> None:
    """Eight parties are enough for a sample."""
    names = tuple(f"CO{letter}" for letter in "ABCDEFGHIJKL")
    crowd = Commitment(id="pact", terms=Terms(parties=("ARD", *names[:7]), clauses=(LASTING,)), since=1)
    game = at("1 negotiation 1")
    atlas = replace(game.atlas, countries=("ARD", *names))
    sight = replace(view(game, "ARD"), atlas=atlas, commitments=(crowd,))
    assert list(amendments(sight)) == []
    smaller = crowd.model_copy(update={"terms": Terms(parties=("ARD", *names[:6]), clauses=(LASTING,))})
    assert [act.terms.parties[-1] for act in amendments(replace(sight, commitments=(smaller,)))] == ["COG"]


def test_nothing_is_drawn_where_nothing_is_open() -> None:
    """In the lobby, and for the public."""
    assert legal_draw(view(tiny(), "ARD"), 0.5, 0.5) is None
    assert legal_draw(view(at("1 orders 1"), "public"), 0.5, 0.5) is None


def kinds_of(game: Game, country: str, kind: str) -> list[dict[str, object]]:
    """The listed acts of a kind, without their kind."""
    return [act.model_dump(exclude={"kind"}, exclude_none=True) for act in legal_orders(view(game, country)) if act.kind == kind]


def test_budgets_that_cannot_be_paid_are_not_listed() -> None:
    """Where arms take nearly everything, only what leaves room is listed."""
    poor = with_figures(at("1 orders 1"), guns=[0.01, 0.01, 0.995, 0.01], aid=[0.0] * 4)
    listed = kinds_of(poor, "COR", "budget")
    assert {"investment": 0.0} in listed
    assert {"investment": 0.01} not in listed
    assert {"investment": 0.01} in kinds_of(poor, "BRV", "budget")


def test_a_host_without_attention_has_no_talks_to_offer_but_may_come_to_others() -> None:
    """Hosting takes attention, coming does not."""
    start = replace(tiny(), parameters=replace(tiny().parameters, attention_points=1.0))
    hosts = [act["host"] for act in kinds_of(at("1 orders 1", start=start), "ARD", "dialogue")]
    assert "ARD" in hosts
    busy = at("1 orders 1", {"1 negotiation 1": ["ARD state rebuke DOR"]}, start=start)
    assert sorted({str(act["host"]) for act in kinds_of(busy, "ARD", "dialogue")}) == sorted({str(host) for host in hosts} - {"ARD"})


def test_signing_ends_with_done() -> None:
    """Whoever is done has nothing to choose from."""
    game = at("1 negotiation 1")
    act = next(act for act in legal_orders(view(game, "COR")) if act.kind == "done")
    assert legal_orders(view(given(game, "COR", act), "COR")) == ()


def test_a_government_without_attention_has_nothing_to_say() -> None:
    """Statements take attention; with some left there are some to choose from."""
    start = replace(tiny(), parameters=replace(tiny().parameters, attention_points=1.0))
    line = {"1 negotiation 1": ["ARD state rebuke DOR"]}
    assert kinds_of(at("1 negotiation 2", line, start=start), "ARD", "state") == []
    assert kinds_of(at("1 negotiation 2", line, start=start), "BRV", "state") != []


def test_insurgents_are_supported_where_somebody_else_holds_a_country() -> None:
    """Neither one's own conquest nor a free country has insurgents to offer."""
    war = Operation(id="war", leader="ARD", target="DOR", issue="dorn-force", turn=1, status="launched", held=True, success=True)
    game = replace(at("1 orders 1"), operations=(war,))
    fed = {country: {act["to"] for act in kinds_of(game, country, "aid") if act.get("form") == "insurgents"} for country in ("ARD", "BRV")}
    assert fed == {"ARD": set(), "BRV": {"DOR"}}


def test_budgets_that_take_all_there_is_are_listed_and_no_more() -> None:
    """Arms and aid beside what is spent already, to the last hundredth."""
    purposes = dict.fromkeys(SPENDING, 0.0)
    game = at("1 orders 1")
    for others, listed in ((0.85, True), (0.86, False)):
        table = game.world.spending * 0.0
        table[2, 0] = others
        spent = with_figures(game, spending=table)
        assert ({"guns": 0.15, "aid": 0.0} in kinds_of(spent, "COR", "budget")) == listed
    assert len(purposes) == len({name for act in kinds_of(game, "COR", "budget") for name in act} - {"guns", "aid"})


def test_sanctions_are_against_others_at_another_level() -> None:
    """Never against oneself, nor at the level there is."""
    table = at("1 orders 1").world.sanctions.copy()
    table[2, 3] = 0.5
    listed = kinds_of(with_figures(at("1 orders 1"), sanctions=table), "COR", "sanction")
    assert {act["target"] for act in listed} == {"ARD", "BRV", "DOR"}
    assert [act["level"] for act in listed if act["target"] == "DOR"] == [0.0, 1.0]
    assert [act["level"] for act in listed if act["target"] == "ARD"] == [0.5, 1.0]


def test_what_is_drawn_is_never_to_be_done() -> None:
    """Whatever the two numbers."""
    sight = view(at("1 negotiation 1"), "COR")
    drawn = [legal_draw(sight, (k + 0.5) / 40, (k * 7 % 40 + 0.5) / 40) for k in range(40)]
    assert None not in drawn
    assert "done" not in {act.kind for act in drawn if act is not None}
    assert len({act.kind for act in drawn if act is not None}) > 3
