"""Verdicts: when a clause is due, what is found, and what follows for records, goodwill and approval."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.pacts.circumstances import condition
from rules.pacts.consequences import reputations
from rules.pacts.judgement import finding, judge
from rules.state import Game
from rules.vocabulary import Ballot, Commitment, Draft, GiveAid, Payment, Terms, Verdict, Voted, VotePledge
from tests.rules.stage import at

ISSUE = "dorn-force"


@pytest.fixture
def game() -> Game:
    """Turn 1, before anything was ordered."""
    return at("1 orders 1")


def bound(*clauses: GiveAid | VotePledge, name: str = "deal", secret: bool = False, formal: tuple[str, ...] = ()) -> Commitment:
    """A commitment between Arden and Corin."""
    return Commitment(id=name, terms=Terms(parties=("ARD", "COR"), clauses=clauses, secret=secret, formal=formal), since=1)


def aid(amount: float = 0.5, since: int = 1, until: int = 1) -> GiveAid:
    """Arden's promise of aid to Corin."""
    return GiveAid(debtor="ARD", since=since, until=until, to="COR", amount=amount)


def test_a_clause_is_judged_while_it_runs(game: Game) -> None:
    """Not before, not after."""
    assert finding(game, bound(aid()), aid(since=2, until=3)) is None
    later = replace(game, moment=replace(game.moment, turn=3))
    assert finding(later, bound(aid()), aid(until=2)) is None
    assert finding(game, bound(aid()), aid()) == ("breached", "owed 0.5 bn USD to COR, sent 0")


def test_rounding_breaks_no_word(game: Game) -> None:
    """A billionth less than promised is what was promised; a thousandth less is not."""
    for sent, found in ((0.5 * (1 - 1e-10), "kept"), (0.4995, "breached")):
        paid = replace(game, payments=(Payment(sender="ARD", receiver="COR", amount=sent),))
        result = finding(paid, bound(aid()), aid())
        assert result is not None
        assert result[0] == found


def test_one_payment_does_not_keep_two_promises(game: Game) -> None:
    """What was sent counts for the earlier clause first."""
    first, second = bound(aid(), name="first"), bound(aid(0.3), name="second")
    both = replace(game, commitments=(first, second), payments=(Payment(sender="ARD", receiver="COR", amount=0.6),))
    verdicts = {e.verdict.commitment: e.verdict for e in judge(both)}  # type: ignore[union-attr]  # judging gives verdicts
    assert {name: v.finding for name, v in verdicts.items()} == {"first": "kept", "second": "breached"}
    enough = replace(both, payments=(Payment(sender="ARD", receiver="COR", amount=0.8),))
    assert {e.verdict.finding for e in judge(enough)} == {"kept"}  # type: ignore[union-attr]  # as above


def draft(name: str, turn: int = 1, council: str = "four", **votes: str) -> Draft:
    """A decided draft with these votes."""
    cast = tuple(Ballot(country=c, choice=v) for c, v in votes.items())  # type: ignore[arg-type]  # cases name real choices
    return Draft(
        id=name,
        council=council,
        author="ARD",
        action="demand",
        issue=ISSUE,
        target="DOR",
        pressed=False,
        turn=turn,
        status="failed",
        ballots=cast,
    )


def test_a_condition_is_asked_of_this_turns_votes(game: Game) -> None:
    """All of them; no vote is no answer."""
    when = Voted(country="BRV", issue=ISSUE, choice="no")
    assert condition(game, when) is None
    assert condition(replace(game, drafts=(draft("a", turn=2, BRV="no"),)), when) is None
    assert condition(replace(game, drafts=(draft("a", BRV="no"),)), when) is True
    assert condition(replace(game, drafts=(draft("a", BRV="no"), draft("b", BRV="yes"))), when) is False
    pending = aid(until=2).model_copy(update={"when": when})
    assert finding(game, bound(pending), pending) is None


def test_a_pledge_is_about_councils_in_which_one_sits(game: Game) -> None:
    """A vote elsewhere is not one's own; among several of one's own each counts."""
    pledge = VotePledge(debtor="COR", since=1, until=2, issue=ISSUE, choice="no")
    assert finding(replace(game, drafts=(draft("a", council="elsewhere"),)), bound(pledge), pledge) is None
    kept = replace(game, drafts=(draft("a", COR="no"), draft("b", COR="no")))
    assert finding(kept, bound(pledge), pledge) == ("kept", "voted no as pledged")
    torn = replace(game, drafts=(draft("a", COR="no"), draft("b", COR="yes")))
    assert finding(torn, bound(pledge), pledge) == ("breached", "pledged no, voted no, yes")


def verdict(found: str, *, secret: bool = False) -> Verdict:
    """A verdict of this turn on Arden."""
    witnesses = ("ARD", "COR") if secret else ()
    facts = {"commitment": "deal", "clause": 0, "debtor": "ARD", "turn": 1, "finding": found, "reason": "x", "witnesses": witnesses}
    return Verdict.model_validate(facts)


def effects(
    game: Game, *verdicts: Verdict, commitment: Commitment | None = None, number: int = 1
) -> dict[tuple[str, tuple[int, ...]], float]:
    """What the verdicts do, as figure -> change."""
    pact = commitment or bound(aid())
    pacts = (pact, *(pact.model_copy(update={"id": f"deal-{k}"}) for k in range(1, number)))
    judged = replace(game, verdicts=verdicts, commitments=pacts)
    return {(e.field, e.at): e.value - float(getattr(game.world, e.field)[e.at]) for e in reputations(judged, "")}


def test_an_open_breach_is_known_to_all(game: Game) -> None:
    """It stands in everybody's record of the debtor, costs goodwill with the other party and approval at home."""
    found = effects(game, verdict("breached"))
    assert {key for key in found if key[0] == "broken"} == {("broken", (row, 0)) for row in (1, 2, 3)}
    assert found[("goodwill", (2, 0))] == pytest.approx(-game.parameters.breach_goodwill)
    assert found[("approval", (0,))] < 0.0
    assert found[("breaches", (0,))] == 1.0


def test_a_secret_breach_is_known_to_the_parties(game: Game) -> None:
    """It stands in their records and moves no public figure."""
    found = effects(game, verdict("breached", secret=True), commitment=bound(aid(), secret=True))
    assert set(found) == {("broken", (2, 0))}


def test_what_was_excused_or_not_called_has_no_consequences(game: Game) -> None:
    """Nor have verdicts of earlier turns."""
    assert effects(game, verdict("excused"), verdict("not called")) == {}
    assert effects(game, verdict("kept").model_copy(update={"turn": 3})) == {}


def test_formal_words_weigh_more_and_figures_keep_their_bounds(game: Game) -> None:
    """Kept or broken; goodwill and approval do not leave their ranges."""
    plain, formal = effects(game, verdict("kept")), effects(game, verdict("kept"), commitment=bound(aid(), formal=("ARD",)))
    assert plain[("kept", (1, 0))] == 1.0
    assert formal[("kept", (1, 0))] == 1.0 + game.parameters.formal_record
    many = effects(game, *(verdict("breached").model_copy(update={"commitment": f"deal-{k}"}) for k in range(1, 60)), number=60)
    assert many[("goodwill", (2, 0))] == pytest.approx(-1.0 - float(game.world.goodwill[2, 0]))
    assert many[("approval", (0,))] == pytest.approx(-0.5)


def test_aid_that_was_not_called_takes_nothing_from_the_next_promise(game: Game) -> None:
    """Only what is due this turn comes first."""
    when = Voted(country="COR", issue=ISSUE, choice="yes")
    idle, past = aid().model_copy(update={"when": when}), aid(since=2, until=3)
    second = bound(aid(0.3), name="second")
    both = replace(
        game, commitments=(bound(idle, past, name="first"), second), payments=(Payment(sender="ARD", receiver="COR", amount=0.3),)
    )
    assert finding(both, second, second.terms.clauses[0]) == ("kept", "sent 0.3 bn USD to COR")
