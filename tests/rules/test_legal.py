"""What is listed as legal; that all of it is accepted, random play shows (test_properties)."""

from __future__ import annotations

from dataclasses import replace

from rules.bodies.councils import DRAFTS_A_TURN_MAX
from rules.evolve import evolve_all
from rules.force.operations import OPERATIONS_OPEN_MAX
from rules.legal import SAMPLES, legal_draw, legal_kinds, legal_of_kind, legal_orders
from rules.orders import Act, Done, Withdraw, seat_kinds
from rules.state import Game
from rules.view import view
from tests.rules.random_play import Stroll
from tests.rules.stage import at, given, tiny


def kinds(game: Game, country: str) -> set[str]:
    """The kinds of act listed for a country."""
    return {act.kind for act in legal_orders(view(game, country))}


def test_nothing_is_legal_for_the_public_between_steps_or_when_done() -> None:
    """And nothing in the lobby."""
    game = at("1 negotiation 1")
    assert legal_orders(view(game, "public")) == ()
    assert legal_orders(view(tiny(), "ARD")) == ()
    assert legal_orders(view(at("1 briefing 1"), "ARD")) == ()
    assert legal_orders(view(given(game, "ARD", Done()), "ARD")) == ()


def test_every_kind_of_act_is_listed_when_there_is_room_for_it(strolls: tuple[Stroll, ...]) -> None:
    """Over random games each of the seventeen kinds comes up."""
    assert {entry.order.act.kind for stroll in strolls for entry in stroll.entries} >= set(seat_kinds())


def test_acts_come_and_go_with_what_is_on_the_table() -> None:
    """Offers are signed by who has not, withdrawn by who made them; drafts sponsored by who does not yet; operations led by who leads."""
    pact = {"pact": {"parties": ["BRV", "COR"], "clauses": [{"kind": "defend", "debtor": "BRV"}]}}
    offered = at("1 negotiation 2", {"1 negotiation 1": ["BRV propose pact 1", "ARD table four demand dorn-force DOR"]}, pact)
    assert "retract" in kinds(offered, "BRV")
    assert {"sign", "reject"} <= kinds(offered, "COR")
    assert not {"sign", "reject", "retract"} & kinds(offered, "DOR")
    assert "withdraw" in kinds(offered, "ARD")
    assert "sponsor" not in kinds(offered, "ARD")
    assert "sponsor" in kinds(offered, "COR")
    assert "renounce" in kinds(offered, "BRV")
    prepared = at("2 orders 1", {"1 orders 1": ["ARD announce DOR dorn-force"]})
    assert {"launch", "cancel"} <= kinds(prepared, "ARD")
    assert "join" in kinds(prepared, "COR")
    assert not {"join", "launch", "cancel"} & kinds(prepared, "DOR")


def test_a_seat_outside_the_council_has_no_part_in_it() -> None:
    """It neither tables nor votes."""
    game = at("1 assembly 1", {"1 negotiation 1": ["ARD table four demand dorn-force DOR"]})
    body = game.atlas.councils[0].model_copy(update={"members": ("ARD", "BRV", "COR")})
    apart = replace(game, atlas=replace(game.atlas, councils=(body,)))
    assert kinds(apart, "DOR") == {"done", "motive"}
    assert kinds(apart, "COR") == {"done", "motive", "vote"}


def test_limits_end_the_list() -> None:
    """No more offers, drafts or operations are listed than can be open at once."""
    game = at("1 negotiation 1")
    while any(act.kind == "table" for act in acts(game, "ARD")):
        game = given(game, "ARD", next(act for act in acts(game, "ARD") if act.kind == "table"))
    assert len(game.drafts) == 3
    while any(act.kind == "propose" for act in acts(game, "BRV")):
        game = given(game, "BRV", next(act for act in acts(game, "BRV") if act.kind == "propose"))
        game = replace(game, offers=tuple(o.model_copy(update={"id": f"offer-{k}"}) for k, o in enumerate(game.offers)))
    assert len(game.offers) == 16


def acts(game: Game, country: str) -> tuple[Act, ...]:
    """What is listed."""
    return legal_orders(view(game, country))


def test_two_states_alone_have_no_third_to_move_against() -> None:
    """Samples of terms leave out what cannot be."""
    game = at("1 negotiation 1")
    pair = view(replace(game, atlas=replace(game.atlas, countries=("ARD", "BRV"))), "ARD")
    proposed = [act for act in legal_orders(pair) if act.kind == "propose"]
    offered = {clause.kind for act in proposed for clause in act.terms.clauses}
    assert offered >= {"vote", "aid", "defend", "restraint"}
    assert not offered & {"join", "neutrality", "non-recognition"}


def test_what_was_rejected_can_still_be_signed_but_not_rejected_again() -> None:
    """As long as others keep the offer open."""
    front = {"front": {"parties": ["BRV", "COR", "DOR"], "clauses": [{"kind": "defend", "debtor": "BRV"}]}}
    offered = at("1 negotiation 2", {"1 negotiation 1": ["BRV propose front 1"]}, front)
    rejected = given(offered, "COR", next(act for act in acts(offered, "COR") if act.kind == "reject"))
    assert "sign" in kinds(rejected, "COR")
    assert "reject" not in kinds(rejected, "COR")


def test_a_full_table_takes_no_more_drafts() -> None:
    """Whoever withdrew them."""
    game = at("1 negotiation 1")
    for _ in range(DRAFTS_A_TURN_MAX):
        game = given(game, "ARD", next(act for act in acts(game, "ARD") if act.kind == "table"))
        game = given(game, "ARD", Withdraw(draft=game.drafts[-1].id))
    assert "table" not in kinds(game, "ARD")


def test_operations_are_launched_when_ready_and_not_too_many_are_prepared() -> None:
    """Before they are ready they can only be given up."""
    slow = replace(tiny(), parameters=replace(tiny().parameters, mobilisation_lag=2.0))
    prepared = at("2 orders 1", {"1 orders 1": ["ARD announce DOR dorn-force"]}, start=slow)
    assert "cancel" in kinds(prepared, "ARD")
    assert "launch" not in kinds(prepared, "ARD")
    many = tuple(prepared.operations[0].model_copy(update={"id": f"o{k}"}) for k in range(OPERATIONS_OPEN_MAX))
    assert "announce" not in kinds(replace(prepared, operations=many), "ARD")


def test_every_act_of_players_has_its_samples() -> None:
    """A kind without a line in the table would never be tried."""
    assert sorted(SAMPLES) == sorted(seat_kinds())


def test_kind_by_kind_is_the_whole_list(strolls: tuple[Stroll, ...]) -> None:
    """The kinds are those of the list, each kind's acts are the list's, and a place in them is one of them."""
    for stroll in strolls[:4]:
        game = stroll.opening
        for entry in stroll.entries:
            game = evolve_all(game, entry.events)
            sight = view(game, game.atlas.countries[0])
            listed = legal_orders(sight)
            assert legal_kinds(sight) == tuple(dict.fromkeys(act.kind for act in listed))
            assert tuple(act for kind in legal_kinds(sight) for act in legal_of_kind(sight, kind)) == listed
            for kind in legal_kinds(sight):
                assert all(act.kind == kind for act in legal_of_kind(sight, kind))
    assert legal_of_kind(view(tiny(), "ARD"), "vote") == ()


def test_kinds_are_drawn_evenly_and_so_are_their_acts(strolls: tuple[Stroll, ...]) -> None:
    """A grid of places gives acts of the list, each kind as often as the others, each act of a kind nearly so; none where there is none."""
    places = [(k + 0.5) / 480 for k in range(480)]
    for stroll in strolls[:3]:
        game = evolve_all(stroll.opening, (event for entry in stroll.entries[:40] for event in entry.events))
        for country in game.atlas.countries[:3]:
            sight = view(game, country)
            listed = [act for act in legal_orders(sight) if act.kind != "done"]
            drawn = [legal_draw(sight, place, other) for place in places for other in places[::120]]
            if not listed:
                assert set(drawn) == {None}
                continue
            assert set(drawn) <= set(listed)
            kinds = sorted({act.kind for act in listed})
            counts = [len([act for act in drawn if act is not None and act.kind == kind]) for kind in kinds]
            assert max(counts) - min(counts) <= len(drawn) / 10
