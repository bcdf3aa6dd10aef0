"""Well-formed nonsense: acts that pass the types, with names and figures taken from the game and from nowhere."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeVar

from rules import orders as o
from rules.state import Game
from rules.turn import open_acts
from rules.vocabulary import CHOICES, LEVELS, Clause, Defend, GiveAid, JoinCoalition, Terms, Voted, VotePledge

Maker = Callable[[Game, Random], o.Act]
T = TypeVar("T")
TIMELY = 0.7  # chance of looking further when an act is not open now


def garbage(game: Game, rng: Random) -> o.Act:
    """Any act of any kind, those of control and the clock included; more often of a kind that is open now."""
    act = rng.choice(MAKERS)(game, rng)
    while act.kind not in open_acts(game) and rng.random() < TIMELY:
        act = rng.choice(MAKERS)(game, rng)
    return act


def _one(rng: Random, values: tuple[T, ...]) -> T:
    return rng.choice(values)


def _country(game: Game, rng: Random) -> str:
    return _one(rng, (*game.atlas.countries, "QQQ"))


def _issue(game: Game, rng: Random) -> str:
    return _one(rng, (*(issue.id for issue in game.atlas.issues), "no-such-issue"))


def _offer(game: Game, rng: Random) -> str:
    return _one(rng, (*(offer.id for offer in game.offers), "no-such-offer"))


def _draft(game: Game, rng: Random) -> str:
    return _one(rng, (*(draft.id for draft in game.drafts), "no-such-draft"))


def _operation(game: Game, rng: Random) -> str:
    return _one(rng, (*(operation.id for operation in game.operations), "no-such-operation"))


def _commitment(game: Game, rng: Random) -> str:
    return _one(rng, (*(commitment.id for commitment in game.commitments), "no-such-commitment"))


def _clause(game: Game, rng: Random) -> Clause:
    debtor, other = _country(game, rng), _country(game, rng)
    since, until = rng.randint(1, game.atlas.turns + 2), rng.randint(1, game.atlas.turns + 2)
    when = None
    if rng.random() < 0.5:
        when = Voted(country=_country(game, rng), issue=_issue(game, rng), choice=_one(rng, CHOICES))
    match rng.randrange(4):
        case 0:
            against = _one(rng, (None, _country(game, rng)))
            return Defend(debtor=debtor, since=since, until=until, when=when, ally=_one(rng, (None, other)), against=against)
        case 1:
            return VotePledge(debtor=debtor, since=since, until=until, when=when, issue=_issue(game, rng), choice=_one(rng, CHOICES))
        case 2:
            amount = _one(rng, (0.0, 0.001, 3.0, 10_000.0))
            return GiveAid(debtor=debtor, since=since, until=until, when=when, to=other, amount=amount)
        case _:
            return JoinCoalition(debtor=debtor, since=since, until=until, when=when, target=other, level=_one(rng, LEVELS))


def _terms(game: Game, rng: Random) -> Terms:
    parties = tuple(_country(game, rng) for _ in range(rng.randint(2, 4)))
    clauses = tuple(_clause(game, rng) for _ in range(rng.randint(1, 3)))
    formal = tuple(_country(game, rng) for _ in range(rng.randrange(3)))
    return Terms(parties=parties, clauses=clauses, formal=formal, secret=rng.random() < 0.5, quorum=rng.randint(2, 5))


def _propose(game: Game, rng: Random) -> o.Act:
    counters = _one(rng, (None, _offer(game, rng)))
    return o.Propose(terms=_terms(game, rng), until=rng.randint(1, game.atlas.turns + 1), counters=counters)


def _table(game: Game, rng: Random) -> o.Act:
    return o.Table(
        council=_one(rng, (*(council.id for council in game.atlas.councils), "no-such-council")),
        action=_one(rng, ("authorise force", "demand", "condemn")),
        issue=_issue(game, rng),
        target=_country(game, rng),
        pressed=rng.random() < 0.5,
    )


def _sign(game: Game, rng: Random) -> o.Act:
    needs = tuple(_country(game, rng) for _ in range(rng.randrange(3)))
    return o.Sign(offer=_offer(game, rng), needs=needs)


def _advance(game: Game, rng: Random) -> o.Act:
    now = game.moment
    return o.Advance(turn=now.turn, phase=_one(rng, (now.phase, "tea")), round=now.round, revision=now.revision)


MAKERS: tuple[Maker, ...] = (
    lambda _, rng: o.Budget(guns=rng.random(), aid=rng.random()),
    _propose,
    _propose,
    _sign,
    lambda game, rng: o.Reject(offer=_offer(game, rng)),
    lambda game, rng: o.Retract(offer=_offer(game, rng)),
    lambda game, rng: o.Renounce(commitment=_commitment(game, rng)),
    _table,
    lambda game, rng: o.Sponsor(draft=_draft(game, rng)),
    lambda game, rng: o.Withdraw(draft=_draft(game, rng)),
    lambda game, rng: o.Declare(draft=_draft(game, rng), choice=_one(rng, CHOICES)),
    lambda game, rng: o.Vote(draft=_draft(game, rng), choice=_one(rng, CHOICES)),
    lambda game, rng: o.Aid(to=_country(game, rng), amount=_one(rng, (0.0, 1e-9, 0.5, 10_000.0))),
    lambda game, rng: o.Announce(target=_country(game, rng), issue=_issue(game, rng)),
    lambda game, rng: o.Join(operation=_operation(game, rng), side=_one(rng, ("attack", "defence")), level=_one(rng, LEVELS)),
    lambda game, rng: o.Launch(operation=_operation(game, rng)),
    lambda game, rng: o.Cancel(operation=_operation(game, rng)),
    lambda _game, _rng: o.Done(),
    lambda _game, _rng: o.Start(),
    lambda _game, _rng: o.Pause(reason="because"),
    lambda _game, _rng: o.Resume(),
    lambda _game, _rng: o.Extend(seconds=1),
    _advance,
)
