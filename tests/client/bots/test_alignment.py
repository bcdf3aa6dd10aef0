"""Whom players think of standing with, and what they offer for it."""

from __future__ import annotations

from dataclasses import replace

from client.arena import START_ID
from client.bots.alignment import alliances
from client.bots.appraisal import Table, lay, worths
from client.bots.bargaining import thought_out
from client.bots.outlook import Outlook
from client.bots.thought import alone
from rules.exact import frozen
from rules.orders import CONTROL, Order, Start
from rules.pacts.conditions import Honoured
from rules.parameters import with_overrides
from rules.sequence import take
from rules.state import Game
from rules.view import view
from rules.vocabulary import Defend, Draft, GiveAid, Terms
from scenarios import load, opening


def afraid(*, quarrel: float = -0.4, **parameters: float) -> Game:
    """Corin fears its neighbour Dorn, with which Arden has a quarrel or not."""
    game, _ = take(opening(load("tiny"), "afraid"), Order(id=START_ID, author=CONTROL, act=Start()))
    hostile, goodwill = game.world.hostile.copy(), game.world.goodwill.copy()
    hostile[2, 3], goodwill[0, 3] = 0.9, quarrel
    economy = game.world.economy.copy()
    economy[2] = 400.0  # a small army, but means to pay for help
    world = replace(game.world, hostile=frozen(hostile), goodwill=frozen(goodwill), economy=frozen(economy))
    return replace(game, world=world, parameters=with_overrides(dict(parameters)))


def table(game: Game, country: str = "COR") -> Table:
    """What lies before a country."""
    return alone(lay(Outlook(view(game, country), 60.0), ()))


def guarantees(game: Game) -> list[Terms]:
    """The guarantees without form that Corin thinks of."""
    found = [terms for terms in alone(alliances(table(game))) if not terms.formal]
    return [terms for terms in found if any(isinstance(c, Defend) and c.ally == "COR" for c in terms.clauses)]


def test_a_guarantor_that_would_lose_is_offered_a_fee() -> None:
    """The fee makes up for what the fight would cost it, and leaves the client better off; no fee goes to one that is glad to help."""
    game = afraid(quarrel=0.2)
    laid = table(game)
    paid = [terms for terms in guarantees(game) if any(isinstance(c, GiveAid) for c in terms.clauses)]
    assert paid
    for terms in paid:
        guarantor = next(c.debtor for c in terms.clauses if isinstance(c, Defend))
        bare = terms.model_copy(update={"clauses": tuple(c for c in terms.clauses if not isinstance(c, GiveAid))})
        (without,), (with_fee,) = (alone(worths(laid, [(each, (guarantor,))])) for each in (bare, terms))
        assert without[guarantor] <= 0.0 < with_fee[guarantor]


def test_without_means_there_is_no_fee() -> None:
    """Nobody offers aid beyond its means."""
    assert all(not isinstance(c, GiveAid) for terms in guarantees(afraid(quarrel=0.2, aid_share_max=0.0)) for c in terms.clauses)


def test_those_with_most_to_gain_together_are_asked_first() -> None:
    """A guarantor with the same quarrel is counted on more and pays less for the fight, so it comes before others."""
    asked = [terms.parties[1] for terms in guarantees(afraid(quarrel=-1.0))]
    assert asked[0] == "ARD"


def wooed(**parameters: float) -> Table:
    """Corin, which has no money, would rather vote against the sanctions that hang on its vote, and that Arden asks for."""
    game = afraid(quarrel=0.2, aid_share_max=0.0, **parameters)
    draft = Draft.believed(
        id="four-1-1", council="four", author="ARD", action="sanction", issue="dorn-force", target="DOR", pressed=True, turn=1,
        sponsors=("ARD",),
    )  # fmt: skip
    atlas = game.atlas
    ideal, democracy, dependence = atlas.ideal.copy(), atlas.democracy.copy(), atlas.dependence.copy()
    ideal[1], ideal[2], democracy[2], dependence[2, 0] = 0.0, 0.25, 0.6, 0.0
    two = tuple(council.model_copy(update={"threshold": 2, "veto": False}) for council in atlas.councils)
    atlas = replace(atlas, ideal=frozen(ideal), democracy=frozen(democracy), dependence=frozen(dependence), councils=two)
    return alone(lay(Outlook(view(replace(game, drafts=(draft,), atlas=atlas), "COR"), 60.0), (draft,)))


def test_who_has_no_money_offers_votes_that_are_believed_for_the_guarantee_that_hangs_on_them() -> None:
    """The guarantor would lose by guarding it for a mere promise, and gains if the help ends with the first vote withheld."""
    laid = wooed()
    offered = [terms for terms, _ in alone(thought_out(laid)) if any(isinstance(c, Defend) for c in terms.clauses)]
    assert [c.when for c in offered[0].clauses if isinstance(c, Defend)] == [Honoured(country="COR")]
    loose = tuple(c.model_copy(update={"when": None}) for c in offered[0].clauses)
    (held,), (promised,) = (
        alone(worths(laid, [(terms, ("ARD",))])) for terms in (offered[0], offered[0].model_copy(update={"clauses": loose}))
    )
    assert promised["ARD"] < 0.0 < held["ARD"]


def test_where_guarantees_shield_nobody_no_vote_hangs_on_one() -> None:
    """There is nothing to forfeit."""
    assert alone(thought_out(wooed(guarantee_effect=0.0))) == []
