"""Players find their safety by the engine's own formula, and see what every mechanism does to it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from client.arena import START_ID, play
from client.bots.outlook import Outlook
from client.bots.random_legal import RandomLegal
from client.bots.safety import Relief, feel, forfeited, relieved, support_from, without
from client.bots.thought import alone
from rules.exact import frozen, total
from rules.force.threat import insecurity, own
from rules.orders import CONTROL, Order, Start
from rules.pacts.clauses import NonAggression, SpendAtLeast
from rules.pacts.conditions import Honoured
from rules.parameters import with_overrides
from rules.sequence import take
from rules.state import Game
from rules.view import view
from rules.vocabulary import Commitment, Defend, Restraint, Terms, Verdict, VotePledge
from scenarios import load, opening


def tiny(seed: str = "safety") -> Game:
    """The smallest scenario, in its first turn."""
    game, _ = take(opening(load("tiny"), seed), Order(id=START_ID, author=CONTROL, act=Start()))
    return game


def under(game: Game, *terms: Terms) -> Game:
    """The game with these terms in force."""
    return replace(game, commitments=tuple(Commitment(id=f"c{k}", terms=each, since=1) for k, each in enumerate(terms)))


def guard(guarantor: str, ally: str, *, formal: bool = True) -> Terms:
    """One defends the other."""
    clause = Defend(debtor=guarantor, since=1, until=9, ally=ally)
    return Terms(parties=(ally, guarantor), clauses=(clause,), formal=(guarantor,) if formal else ())


def agrees(game: Game) -> bool:
    """Whether every player finds for itself exactly the loss that the engine finds for it."""
    for country in game.atlas.countries:
        sight = view(game, country)
        mine = float(total(alone(feel(Outlook(sight, 60.0))).loss[sight.me]))
        if mine != float(insecurity(sight, own(sight), sight.commitments)[0]):
            return False
    return True


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_players_and_engine_agree_in_random_games(seed: str) -> None:
    """Whatever random players did: pacts, pledges, secrets, threats, bases, weapons."""
    game = opening(load("tiny"), seed)
    seen: list[Game] = []
    play(game, {c: RandomLegal(f"{seed}{c}") for c in game.atlas.countries}, lambda now, _: seen.append(now))
    assert any(each.commitments for each in seen)
    assert all(agrees(each) for each in seen)


def test_they_agree_on_each_mechanism_by_itself() -> None:
    """Pledges of restraint, forces in common, submission, institutions, and dilution."""
    calm = NonAggression(debtor="ARD", since=1, until=9, ally="DOR")
    pooled = SpendAtLeast(debtor="BRV", since=1, until=9, share=0.02, pooled=True)
    words = Terms(parties=("ARD", "DOR"), clauses=(calm, Restraint(debtor="ARD", since=1, until=9, towards="COR")))
    league = Terms(parties=("BRV", "COR", "DOR"), clauses=(pooled, Defend(debtor="COR", since=1, until=9)), institution=3)
    game = under(tiny(), words, league, guard("ARD", "COR"))
    yielded = game.world.yielded.copy()
    yielded[3, 0] = 0.7
    game = replace(game, world=replace(game.world, yielded=frozen(yielded)))
    assert agrees(game)
    assert agrees(replace(game, parameters=with_overrides({"publicness": 0.3, "complement": 0.5, "bw_logic": "either"})))


def test_help_is_worth_what_it_changes() -> None:
    """The worth of a guarantee is what it takes off the loss, and losing it costs as much."""
    game, terms = tiny(), guard("ARD", "COR")
    outlook = Outlook(view(game, "COR"), 60.0)
    fear = alone(feel(outlook))
    (gained,) = alone(relieved([Relief(outlook, fear, outlook.me, support_from(outlook, fear, outlook.me, terms))]))
    guarded = Outlook(view(under(game, terms), "COR"), 60.0)
    (lost,) = alone(relieved([without(guarded, alone(feel(guarded)), guarded.view.commitments[0])]))
    assert gained > 0.0
    assert lost == pytest.approx(-gained)


def test_the_same_help_is_not_counted_twice() -> None:
    """A second promise by the same guarantor adds only what it is firmer, and leaving it loses nothing."""
    once = under(tiny(), guard("ARD", "COR"))
    outlook = Outlook(view(once, "COR"), 60.0)
    fear = alone(feel(outlook))
    assert not support_from(outlook, fear, outlook.me, guard("ARD", "COR")).any()
    loose = under(tiny(), guard("ARD", "COR", formal=False))
    outlook = Outlook(view(loose, "COR"), 60.0)
    assert support_from(outlook, alone(feel(outlook)), outlook.me, guard("ARD", "COR")).any()
    twice = Outlook(view(under(tiny(), guard("ARD", "COR"), guard("ARD", "COR")), "COR"), 60.0)
    (lost,) = alone(relieved([without(twice, alone(feel(twice)), twice.view.commitments[0])]))
    assert lost == 0.0


def test_arms_lower_what_is_felt_as_the_engine_would_find() -> None:
    """More forces of one's own are worth the difference of two insecurities."""
    game = tiny()
    forces = game.world.forces.copy()
    row, more = game.atlas.countries.index("COR"), 0.25 * float(forces[game.atlas.countries.index("COR")])
    forces[row] += more
    armed = replace(game, world=replace(game.world, forces=frozen(forces)))
    before, after = (float(insecurity(s, own(s), ())[0]) for s in (view(game, "COR"), view(armed, "COR")))
    outlook = Outlook(view(game, "COR"), 60.0)
    fear = alone(feel(outlook))
    (worth,) = alone(relieved([Relief(outlook, fear, row, fear.help[row] * 0.0, more)]))
    assert worth == pytest.approx((before - after) * game.parameters.security_value * float(outlook.weights[row, 0]))


def test_a_protector_that_was_disappointed_is_counted_on_less() -> None:
    """Goodwill lost with the guarantor takes from safety, unless nothing hangs on it."""
    game = under(tiny(), guard("ARD", "COR"))
    goodwill = game.world.goodwill.copy()
    goodwill[0, 2] = -0.8
    sour = replace(game, world=replace(game.world, goodwill=frozen(goodwill)))
    fine, bad = (float(insecurity(s, own(s), s.commitments)[0]) for s in (view(game, "COR"), view(sour, "COR")))
    assert bad > fine
    cold = with_overrides({"estrangement": 0.0, "stake_discount": 0.0})
    fine, bad = (
        float(insecurity(s, own(s), s.commitments)[0]) for s in (view(replace(g, parameters=cold), "COR") for g in (game, sour))
    )
    assert bad == fine
    assert agrees(sour)


def test_a_word_on_which_protection_hangs_is_dearer_to_break() -> None:
    """The price is the safety that would go with it, whether the terms are in force or thought of; nothing hangs on other words."""
    vote = VotePledge(debtor="COR", since=1, until=9, issue="dorn-force", choice="yes")
    shield = Defend(debtor="ARD", since=1, until=9, ally="COR", when=Honoured(country="COR"))
    deal = Terms(parties=("ARD", "COR"), clauses=(vote, shield), formal=("ARD",))
    thought_of = forfeited(Outlook(view(tiny(), "COR"), 60.0), "COR", deal)
    game = under(tiny(), deal)
    standing = Outlook(view(game, "COR"), 60.0)
    assert thought_of > 0.0
    assert forfeited(standing, "COR", standing.view.commitments[0].terms) == pytest.approx(thought_of)
    assert forfeited(standing, "ARD", standing.view.commitments[0].terms) == 0.0
    assert forfeited(standing, "COR", guard("ARD", "COR")) == 0.0
    broken = Verdict(turn=1, commitment="c0", clause=0, debtor="COR", finding="breached", reason="voted no")
    assert agrees(game)
    assert agrees(replace(game, verdicts=(broken,)))
    sights = (view(game, "COR"), view(replace(game, verdicts=(broken,)), "COR"))
    safe, bare = (float(insecurity(sight, own(sight), sight.commitments)[0]) for sight in sights)
    assert bare > safe
