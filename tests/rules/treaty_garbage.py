"""Well-formed nonsense about treaties: clauses, conditions and terms with names from the game and from nowhere."""

from __future__ import annotations

from random import Random

from rules.pacts.clauses import (
    Clause,
    Consult,
    Defend,
    GiveAid,
    HostBase,
    JoinCoalition,
    KeepSanctions,
    Neutrality,
    NonAggression,
    NonRecognition,
    RemainInFramework,
    RenounceProgramme,
    Restraint,
    ShareIntelligence,
    SpendAtLeast,
    VotePledge,
)
from rules.pacts.conditions import Adopted, Condition, Every, Honoured, Joined, Launched, Paid, Singles, Voted
from rules.pacts.treaties import ARRANGEMENTS, DECISIONS, Terms
from rules.state import Game
from rules.vocabulary import CHOICES, LEVELS


def country(game: Game, rng: Random) -> str:
    """A country of the game, or one of no scenario."""
    return rng.choice((*game.atlas.countries, "QQQ"))


def issue(game: Game, rng: Random) -> str:
    """An issue of the game, or none."""
    return rng.choice((*(item.id for item in game.atlas.issues), "no-such-issue"))


def commitment(game: Game, rng: Random) -> str:
    """A commitment of the game, or none."""
    return rng.choice((*(item.id for item in game.commitments), "no-such-commitment"))


def single(game: Game, rng: Random) -> Singles:
    """Any condition but a list of them."""
    one, other, about = country(game, rng), country(game, rng), issue(game, rng)
    return rng.choice(
        (
            Voted(country=one, issue=about, choice=rng.choice(CHOICES)),
            Adopted(issue=about, council=rng.choice((None, "no-such-council"))),
            Launched(leader=rng.choice((None, one)), target=rng.choice((None, other))),
            Joined(country=one, target=other),
            Paid(country=one, to=other, amount=rng.choice((0.0, 0.1, 10_000.0))),
            Honoured(country=one, commitment=rng.choice((None, commitment(game, rng)))),
        )
    )


def condition(game: Game, rng: Random) -> Condition | None:
    """Any condition, or none."""
    kind = rng.randrange(4)
    if kind == 0:
        return None
    return single(game, rng) if kind < 3 else Every(of=(single(game, rng), single(game, rng)))


def clause(game: Game, rng: Random) -> Clause:
    """Any clause."""
    debtor, other = country(game, rng), country(game, rng)
    since, until = rng.randint(1, game.atlas.turns + 2), rng.randint(1, game.atlas.turns + 2)
    when, ally, about = condition(game, rng), rng.choice((None, other)), issue(game, rng)
    against = rng.choice((None, country(game, rng)))
    amount, level, choice = rng.choice((0.0, 0.001, 3.0, 10_000.0)), rng.choice(LEVELS), rng.choice(CHOICES)
    return rng.choice(
        (
            Defend(debtor=debtor, since=since, until=until, when=when, ally=ally, against=against),
            VotePledge(debtor=debtor, since=since, until=until, when=when, issue=about, choice=choice),
            GiveAid(debtor=debtor, since=since, until=until, when=when, to=other, amount=amount),
            JoinCoalition(debtor=debtor, since=since, until=until, when=when, target=other, level=level),
            Consult(debtor=debtor, since=since, until=until, when=when),
            Neutrality(debtor=debtor, since=since, until=until, when=when, towards=ally),
            NonAggression(debtor=debtor, since=since, until=until, when=when, ally=ally),
            SpendAtLeast(debtor=debtor, since=since, until=until, when=when, share=rng.random(), pooled=rng.random() < 0.5),
            Restraint(debtor=debtor, since=since, until=until, when=when, towards=other),
            ShareIntelligence(debtor=debtor, since=since, until=until, when=when, to=ally),
            RemainInFramework(debtor=debtor, since=since, until=until, when=when),
            NonRecognition(debtor=debtor, since=since, until=until, when=when, of=other),
            KeepSanctions(debtor=debtor, since=since, until=until, when=when, target=other, level=rng.choice((0.0, 0.5))),
            HostBase(debtor=debtor, since=since, until=until, when=when, guest=other),
            RenounceProgramme(debtor=debtor, since=since, until=until, when=when),
        )
    )


def terms(game: Game, rng: Random) -> Terms:
    """Any terms."""
    parties = tuple(country(game, rng) for _ in range(rng.randint(2, 4)))
    return Terms(
        parties=parties,
        clauses=tuple(clause(game, rng) for _ in range(rng.randint(1, 3))),
        formal=tuple(country(game, rng) for _ in range(rng.randrange(3))),
        secret=rng.random() < 0.5,
        quorum=rng.randint(2, 5),
        institution=rng.randrange(4),
        arrangement=rng.choice(ARRANGEMENTS),
        head=rng.choice((None, *parties, country(game, rng))),
        notice=rng.randrange(3),
        exit_price=rng.choice((0.0, 0.1)),
        decision=rng.choice(DECISIONS),
        remedies=rng.choice(((), ("release",), ("suspension", "counter-measures"), ("release", "release"))),
    )
