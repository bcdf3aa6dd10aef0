"""Every event can be explained from the game before it, truly, and to each viewer no more than it may know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from rules import events as ev
from rules.evolve import evolve
from rules.explanation.explain import explain, reason
from rules.state import Game
from tests.rules.random_play import Stroll
from tests.rules.stage import at, tiny, with_figures

Happened = tuple[Game, ev.EventKinds]


@pytest.fixture(scope="module")
def happened(strolls: tuple[Stroll, ...]) -> tuple[Happened, ...]:
    """Events of random games, each with the game before it."""

    def walk(stroll: Stroll) -> Iterator[Happened]:
        game = stroll.opening
        for entry in stroll.entries:
            for event in entry.events:
                yield game, event
                game = evolve(game, event)

    return tuple(pair for stroll in strolls for pair in walk(stroll))


def test_the_terms_of_a_figure_lead_to_its_new_value(happened: tuple[Happened, ...]) -> None:
    """For each figure that moved, the explanation ends with the value that stands in the log."""
    checked = 0
    for fore, event in happened:
        if isinstance(event, ev.Moved):
            values = [term.value for term in explain(fore, event) if term.name.endswith(" becomes")]
            assert sorted(values) == sorted(change.value for change in event.changes)
            checked += len(values)
    assert checked > 1_000


def test_what_is_explained_to_a_seat_is_not_anothers_secret(happened: tuple[Happened, ...]) -> None:
    """Terms of others' own figures are kept back; the public reads of none of them."""
    for fore, event in happened:
        whole, public = explain(fore, event), explain(fore, event, "public")
        assert set(public) <= set(whole)
        assert all(term.audience is None for term in public)
        for country in fore.atlas.countries:
            assert all(term.audience is None or country in term.audience for term in explain(fore, event, country))


def test_who_receives_aid_does_not_learn_the_givers_budget() -> None:
    """The share set aside is the giver's own figure."""
    game = at("1 report 1", {"1 orders 1": ["ARD budget 0.04 0.001", "ARD aid COR 0.5"]})
    event = ev.AidSent(payment=game.payments[0])
    assert [term.value for term in explain(game, event, "ARD")] == [0.001]
    richer = with_figures(game, aid=[0.0005, 0.0, 0.0, 0.0])
    assert explain(game, event, "COR") == explain(richer, event, "COR") == ()


def test_a_launch_is_explained_by_the_figures_it_was_decided_by(happened: tuple[Happened, ...]) -> None:
    """Legitimacy, forces, chance and cost."""
    launches = [(fore, event) for fore, event in happened if isinstance(event, ev.OperationLaunched)]
    assert launches
    for fore, event in launches:
        terms = {term.name: term.value for term in explain(fore, event)}
        assert terms["legitimacy, held between 0 and 1"] == event.operation.legitimacy
        assert 0.0 <= terms["chance of success"] <= 1.0
        assert terms["cost to the leader (share of its economy)"] > 0.0


def test_votes_and_agreements_are_explained(happened: tuple[Happened, ...]) -> None:
    """By the count, and by who signed on which condition."""
    for fore, event in happened:
        terms = {term.name: term.value for term in explain(fore, event)}
        if isinstance(event, ev.RollCall):
            assert terms["yes"] == len([b for b in event.ballots if b.choice == "yes"])
            assert terms["yes"] + terms["no"] + terms["abstentions"] + terms["absent"] == len(fore.atlas.councils[0].members)
        if isinstance(event, ev.CommitmentMade):
            assert "quorum" in terms or "parties that stay" in terms


def test_signatures_that_fell_out_are_told_to_the_parties_alone() -> None:
    """Who needed whom belongs to the offer, not to the open treaty."""
    terms = {"front": {"parties": ["BRV", "COR", "DOR"], "clauses": [{"kind": "defend", "debtor": "BRV"}]}}
    lines = {"1 negotiation 1": ["BRV propose front 1"], "1 negotiation 2": ["COR sign @BRV", "DOR sign @BRV COR"]}
    game = at("1 assembly 1", lines, terms)
    fore = at("1 negotiation 2", lines, terms)
    fore = replace(fore, offers=(fore.offers[0].model_copy(update={"id": game.commitments[-1].id}),))
    event = ev.CommitmentMade(commitment=game.commitments[-1])
    assert [t.name for t in explain(fore, event, "COR")] == ["BRV signed", "quorum"]
    assert explain(fore, event, "ARD") == ()


def test_reasons_are_found_again_in_words(happened: tuple[Happened, ...]) -> None:
    """What the engine said at the time is what it says when asked again."""
    for fore, event in happened:
        said = reason(fore, event)
        match event:
            case ev.Judged():
                assert said == event.verdict.reason
            case ev.RollCall() | ev.DraftAmended() | ev.DraftWithdrawn() | ev.CommitmentEnded() | ev.OperationCancelled():
                assert said == event.reason
            case ev.Overridden() | ev.Undone() | ev.SeatHeld():
                assert said == event.reason
            case ev.OfferClosed():
                assert said == event.outcome
            case ev.Moved():
                assert said == event.cause
            case _:
                assert said == ""


def test_what_is_no_longer_there_is_explained_by_itself() -> None:
    """Asked with a game that does not know the subject, nothing is invented."""
    game = at("1 negotiation 1")
    vote = ev.RollCall(draft="four-9-9", ballots=(), adopted=False, reason="why")
    assert explain(game, vote) == ()
    played = at("3 briefing 1", {"1 orders 1": ["ARD announce DOR dorn-force"], "2 orders 1": ["ARD launch ard-dor-1"]})
    launch = ev.OperationLaunched(operation=played.operations[0], authorised=False)
    assert explain(tiny(), launch) == ()
    assert explain(played, launch)
    lines = {"1 orders 1": [], "1 negotiation 2": ["COR sign @ARD"], "1 negotiation 1": ["ARD propose aid 1"]}
    aid = {"kind": "aid", "debtor": "ARD", "to": "COR", "amount": 0.5, "until": 1}
    after = at("1 report 1", lines, {"aid": {"parties": ["ARD", "COR"], "clauses": [aid]}})
    assert reason(after, ev.Judged(verdict=after.verdicts[0])) == after.verdicts[0].reason


def test_a_treaty_that_goes_on_among_fewer_is_explained_by_who_stays() -> None:
    """There is no offer to look up."""
    game = at("1 briefing 1")
    event = ev.CommitmentMade(commitment=game.commitments[0])
    assert [(term.name, term.value) for term in explain(game, event)] == [("parties that stay", 2.0)]
