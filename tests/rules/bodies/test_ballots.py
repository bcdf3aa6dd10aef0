"""What a roll call does to goodwill, deference and approval, in figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.bodies.ballots import goodwill_moves, members, opinion_moves, pressure, reach, stand
from rules.parameters import with_overrides
from rules.state import Game
from rules.vocabulary import Action, Choice, Draft
from tests.rules.stage import at, tiny

LINES = {
    "1 negotiation 1": ["ARD table four demand dorn-force DOR true"],
    "1 assembly 1": ["ARD vote four-1-1 yes", "COR vote four-1-1 no"],
}


@pytest.fixture(scope="module")
def voted() -> Game:
    """After a pressed draft that Corin opposed while Brava and Dorn stayed away."""
    return at("1 orders 1", LINES)


def test_to_stay_away_is_to_abstain_in_the_open(voted: Game) -> None:
    """Absence moves goodwill as abstention does; towards oneself nothing moves."""
    lines = {**LINES, "1 assembly 1": [*LINES["1 assembly 1"], "BRV vote four-1-1 abstain", "DOR vote four-1-1 abstain"]}
    assert at("1 orders 1", lines).world.goodwill.tolist() == voted.world.goodwill.tolist()
    change = voted.world.goodwill - tiny().world.goodwill
    ard, brv, cor, dor = range(4)
    assert change[ard, cor] < 0
    assert change[cor, ard] < 0
    assert change[brv, dor] > 0
    assert np.diagonal(change).tolist() == [0.0] * 4


def test_a_batch_of_ballots_has_the_bits_of_each(voted: Game) -> None:
    """Moves of goodwill and opinion over [..., voter] are those of every single vote."""
    draft, council = voted.drafts[0], voted.atlas.councils[0]
    stands = np.array([1.0, 0.5, 0.0, 0.25])
    mine = np.random.default_rng(3).random((9, 4))
    batch = goodwill_moves(voted, draft, council, stands, mine)
    assert batch.shape == (9, 4, 4)
    assert [goodwill_moves(voted, draft, council, stands, row).tolist() for row in mine] == batch.tolist()
    rows = members(voted, council)
    moves = opinion_moves(voted, draft, rows, mine)
    assert [opinion_moves(voted, draft, rows, row).tolist() for row in mine] == moves.tolist()


def test_only_sponsors_of_a_pressed_draft_press(voted: Game) -> None:
    """By the factor; others weigh one."""
    draft, council = voted.drafts[0], voted.atlas.councils[0]
    factor = voted.parameters.press_factor
    assert pressure(voted, draft, council).tolist() == [factor, 1.0, 1.0, 1.0]
    both: Draft = draft.model_copy(update={"sponsors": ("ARD", "DOR")})
    assert pressure(voted, both, council).tolist() == [factor, 1.0, 1.0, factor]
    assert pressure(voted, draft.model_copy(update={"pressed": False}), council).tolist() == [1.0] * 4


def test_goodwill_and_approval_keep_their_ranges() -> None:
    """However sharp the steps."""
    lobby = tiny()
    sharp = replace(lobby, parameters=replace(lobby.parameters, goodwill_step=1.0, press_factor=10.0, opinion=2.0, audience_cost=1.0))
    lines = {**LINES, "1 negotiation 2": ["COR declare four-1-1 yes"]}
    after = at("1 orders 1", lines, start=sharp)
    assert np.abs(after.world.goodwill).max() == 1.0
    assert after.world.approval.min() >= 0.0
    assert after.world.approval.max() <= 1.0


def test_each_action_has_its_reach_and_each_ballot_its_stand() -> None:
    """By the parameter of its name; a motion to adjourn asks nothing of the issue."""
    names = {"condemn": 0.11, "appoint": 0.12, "demand": 0.13, "establish": 0.14, "sanction": 0.15, "recognise": 0.16, "force": 0.17}
    parameters = with_overrides({f"reach_{name}": value for name, value in names.items()} | {"stand_abstain": 0.6, "stand_absent": 0.3})
    actions: tuple[Action, ...] = ("condemn", "appoint", "demand", "establish", "sanction", "recognise", "authorise force", "adjourn")
    assert [reach(parameters, action) for action in actions] == [*names.values(), 0.0]
    choices: tuple[Choice | None, ...] = ("yes", "no", "abstain", None)
    assert [stand(parameters, choice) for choice in choices] == [1.0, 0.0, 0.6, 0.3]
