"""Every broken invariant is named; a sound game has none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from rules.orders import Budget
from rules.problems import problems
from rules.state import Game, SealedAct
from rules.vocabulary import Ballot, Commitment, Defend, Offer, Signature, Terms, Verdict
from tests.rules.stage import at, tiny, with_figures

TERMS = Terms(parties=("BRV", "COR"), clauses=(Defend(debtor="BRV", since=1, until=2),))
OFFER = Offer(id="offer", author="BRV", terms=TERMS, made=1, until=1, signatures=(Signature(country="BRV"),))
PACT = Commitment(id="pact", terms=TERMS, since=1)
VERDICT = Verdict(commitment="pact", clause=0, debtor="BRV", turn=1, finding="kept", reason="x")
SEALED = SealedAct(country="ARD", act=Budget(guns=0.1, aid=0.0))
LINES = {"1 negotiation 1": ["ARD table four demand dorn-force DOR"], "1 assembly 1": ["ARD vote four-1-1 yes", "BRV vote four-1-1 yes"]}


@pytest.fixture(scope="module")
def game() -> Game:
    """A sound game in its first turn, with a failed draft."""
    return at("1 orders 1", LINES)


def moment(game: Game, **changes: object) -> Game:
    """Another moment."""
    return replace(game, moment=replace(game.moment, **changes))  # type: ignore[arg-type]  # fields of Moment


def writable(game: Game) -> Game:
    """An array that could be changed."""
    return replace(game, world=replace(game.world, forces=game.world.forces.copy()))


def drafted(game: Game, **changes: object) -> Game:
    """The draft of the game, changed."""
    return replace(game, drafts=(game.drafts[0].model_copy(update=changes),))


def offered(game: Game, **changes: object) -> Game:
    """A game with an offer, changed."""
    return replace(game, offers=(OFFER.model_copy(update=changes),))


def balloted(**votes: str) -> tuple[Ballot, ...]:
    """Ballots."""
    return tuple(Ballot(country=c, choice=v) for c, v in votes.items())  # type: ignore[arg-type]  # cases name real choices


WRONG: dict[str, tuple[Callable[[Game], Game], str]] = {
    "shape": (lambda g: with_figures(g, forces=[1.0, 2.0]), "world.forces has shape"),
    "written": (writable, "world.forces can be written to"),
    "infinite": (lambda g: with_figures(g, received=[np.inf, 0, 0, 0]), "world.received is not finite"),
    "beyond one": (lambda g: with_figures(g, approval=[1.5, 0, 0, 0]), "world.approval leaves 0..1"),
    "below nothing": (lambda g: with_figures(g, economy=[-1.0, 1, 1, 1]), "world.economy is negative"),
    "too dear": (lambda g: with_figures(g, goodwill=np.full((4, 4), 2.0)), "world.goodwill leaves"),
    "lobby in a turn": (lambda g: moment(g, status="lobby"), "a session in the lobby is in a turn"),
    "turn": (lambda g: moment(g, turn=9), "turn 9 is not one of 3"),
    "round": (lambda g: moment(g, round=9), "round 9 of orders is not in the schedule"),
    "phase": (lambda g: moment(g, phase="tea"), "of tea is not in the schedule"),
    "done twice": (lambda g: moment(g, done=("ARD", "ARD")), "the list of seats that are done is wrong"),
    "offer twice": (lambda g: replace(g, offers=(OFFER, OFFER)), "offer offer is on the table 2 times"),
    "author": (lambda g: offered(g, signatures=()), "is not signed by its author"),
    "signers": (lambda g: offered(g, signatures=(Signature(country="BRV"), Signature(country="DOR"))), "or by others than its parties"),
    "both ways": (lambda g: offered(g, rejected=("BRV",)), "signed and rejected by the same country"),
    "overdue": (lambda g: replace(offered(g), moment=replace(g.moment, turn=2)), "should have lapsed in turn 1"),
    "in force twice": (lambda g: replace(g, commitments=(PACT, PACT)), "commitment pact is in force 2 times"),
    "party": (
        lambda g: replace(g, commitments=(PACT.model_copy(update={"terms": TERMS.model_copy(update={"parties": ("BRV", "QQQ")})}),)),
        "has an unknown party",
    ),
    "debtor": (
        lambda g: replace(g, commitments=(PACT.model_copy(update={"terms": TERMS.model_copy(update={"parties": ("ARD", "COR")})}),)),
        "binds somebody who is not a party",
    ),
    "judged twice": (lambda g: replace(g, verdicts=(VERDICT, VERDICT)), "was judged 2 times in turn 1"),
    "council": (lambda g: drafted(g, council="five"), "is before an unknown council"),
    "voters": (lambda g: drafted(g, ballots=(*balloted(ARD="yes"), *balloted(ARD="no"))), "was voted on twice"),
    "strangers": (lambda g: drafted(g, ballots=balloted(XYZ="yes")), "or by others than members"),
    "adopted": (lambda g: drafted(g, status="adopted"), "was adopted against the rules of four"),
    "over a veto": (
        lambda g: drafted(g, status="adopted", ballots=balloted(ARD="yes", BRV="no", COR="yes", DOR="yes")),
        "against the rules",
    ),
    "failed": (lambda g: drafted(g, ballots=balloted(ARD="yes", BRV="yes", COR="yes")), "failed although it had the votes"),
    "desk": (lambda g: replace(g, desk=(SEALED, SEALED)), "ARD has 2 sealed acts of kind budget on one subject"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_named(game: Game, name: str) -> None:
    """One fault, and its sentence is among those found."""
    fault, sentence = WRONG[name]
    assert any(sentence in found for found in problems(fault(game))), problems(fault(game))


def test_a_sound_game_has_no_problems(game: Game) -> None:
    """In the lobby, in a turn, and with everything on the table."""
    full = replace(offered(game), commitments=(*game.commitments, PACT), verdicts=(VERDICT,), desk=(SEALED,))
    for sound in (tiny(), game, full):
        assert problems(sound) == []
