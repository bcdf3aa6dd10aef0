"""The desk: what lies on it can be done, and comes from nothing but the viewer's view."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from client.bots.board import Board
from rules import events as ev
from rules.decide import decide
from rules.evolve import evolve_all
from rules.orders import Order, Vote
from rules.sequence import awaited
from rules.state import Game
from rules.view import PUBLIC_VIEWER, view
from server.desk.laying import lay_out
from server.desk.papers import Desk, Option
from tests.server.games import played


def games(scenario: str, seats: str, seed: int) -> Iterator[Game]:
    """A game at the opening of each step in which seats can act."""
    _, match = played(scenario, seats, seed)
    game = match.opening
    for entry in match.entries:
        game = evolve_all(game, entry.events)
        if any(isinstance(event, ev.StepOpened) for event in entry.events) and awaited(game):
            yield game


def options(desk: Desk) -> Iterator[Option]:
    """Everything that can be chosen."""
    for papers in (desk.offers, desk.commitments, desk.drafts, desk.operations, desk.groups):
        yield from (option for paper in papers for option in paper.options)


@pytest.mark.parametrize(("seats", "seed"), [("", 7), ("*=random", 3)])
def test_whatever_can_be_chosen_is_accepted(seats: str, seed: int) -> None:
    """Every option on every desk in every step: the rules take it (they raise Refused if not)."""
    kinds = set()
    for game in games("tiny", seats, seed):
        for country in game.atlas.countries:
            for number, option in enumerate(options(lay_out(view(game, country)))):
                decide(game, Order(id=f"{country}:{number}", author=country, act=option.act))
                kinds.add(option.act.kind)
    assert {"budget", "table"} <= kinds


def test_a_board_shared_by_all_seats_changes_no_desk() -> None:
    """What was found out in public is found once, and is the same for each."""
    for game in games("tiny", "", 7):
        board = Board(view(game, game.atlas.countries[0]))
        for country in game.atlas.countries:
            assert lay_out(view(game, country), board) == lay_out(view(game, country))


def test_the_public_has_no_role_and_no_choices() -> None:
    """And sees no offer."""
    for game in games("tiny", "*=random", 3):
        desk = lay_out(view(game, PUBLIC_VIEWER))
        assert desk.role is None
        assert not list(options(desk))
        assert not desk.offers
        assert not desk.sealed


def test_nothing_of_another_seat_is_on_a_desk() -> None:
    """Secret sheets, offers between others and sealed acts of others stay away; a planted one is found."""
    hidden = 0
    for game in games("tiny", "*=random", 3):
        for country in game.atlas.countries:
            text = lay_out(view(game, country)).model_dump_json()
            for row, other in enumerate(game.atlas.countries):
                sheet = str(game.atlas.secret_briefs[row]).splitlines()[-1]
                assert (sheet in text) is (other == country)
            for offer in game.offers:
                assert (f'"{offer.id}"' in text) is (country in offer.terms.parties)
                hidden += country not in offer.terms.parties
    assert hidden


def test_a_ballot_under_seal_is_shown_to_its_author() -> None:
    """On the draft and in the list, to nobody else."""
    game = next(g for g in games("tiny", "", 7) if g.moment.phase == "assembly" and any(d.status == "tabled" for d in g.drafts))
    draft = next(d for d in game.drafts if d.status == "tabled")
    member = next(c for council in game.atlas.councils for c in council.members if council.id == draft.council)
    game = evolve_all(game, decide(game, Order(id=f"{member}:1", author=member, act=Vote(draft=draft.id, choice="no"))))
    paper = next(paper for paper in lay_out(view(game, member)).drafts if paper.id == draft.id)
    assert paper.sealed == "no"
    assert lay_out(view(game, member)).sealed
    for other in game.atlas.countries:
        if other != member:
            assert all(paper.sealed is None for paper in lay_out(view(game, other)).drafts)


def test_who_is_done_has_no_choices() -> None:
    """Until the clock moves on."""
    game = next(games("tiny", "", 7))
    country = game.atlas.countries[0]
    order = Order.model_validate({"id": f"{country}:1", "author": country, "act": {"kind": "done"}})
    done = evolve_all(game, decide(game, order))
    assert list(options(lay_out(view(game, country))))
    assert not list(options(lay_out(view(done, country))))


def test_an_aim_that_is_a_number_says_how_far_it_has_come() -> None:
    """Payoffs from the start, counts and shares as they are; what is true or not has no number."""
    units = set()
    for game in games("tiny", "*=random", 3):
        for country in game.atlas.countries:
            role = lay_out(view(game, country)).role
            assert role is not None
            for aim in role.aims:
                units.add(aim.unit)
                if aim.now is None or aim.goal is None:
                    assert (aim.unit, aim.now, aim.goal) == (None, None, None)
                elif "at least" in aim.sentence.lower() or "no less" in aim.sentence:
                    assert aim.met is (aim.now >= aim.goal), aim
    assert units == {"payoff", "share", "number", None}
