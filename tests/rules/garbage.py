"""Well-formed nonsense: acts that pass the types, with names and figures taken from the game and from nowhere."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import TypeVar, get_args

from rules import orders as o
from rules.bodies.councils import ACTIONS
from rules.society.speech import Manner, Means, Reason
from rules.state import Game
from rules.turn import open_acts
from rules.vocabulary import CHOICES, FORMS, LEVELS
from tests.rules.treaty_garbage import terms

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


def _budget(_: Game, rng: Random) -> o.Act:
    names = ("guns", "aid", "investment", "projection", "programme", "mobilisation")
    return o.Budget.model_validate({name: rng.random() / 2 for name in names if rng.random() < 0.5})


def _propose(game: Game, rng: Random) -> o.Act:
    counters = _one(rng, (None, _offer(game, rng)))
    return o.Propose(terms=terms(game, rng), until=rng.randint(1, game.atlas.turns + 1), counters=counters)


def _table(game: Game, rng: Random) -> o.Act:
    return o.Table(
        council=_one(rng, (*(council.id for council in game.atlas.councils), "no-such-council")),
        action=_one(rng, ACTIONS),
        issue=_issue(game, rng),
        target=_country(game, rng),
        pressed=rng.random() < 0.5,
        amends=_one(rng, (None, None, _draft(game, rng))),
    )


def _influence(game: Game, rng: Random) -> o.Act:
    by, issue = _one(rng, get_args(Means)), _one(rng, (None, _issue(game, rng)))
    return o.Influence(by=by, target=_country(game, rng), effort=rng.random(), issue=issue)


def _statement(game: Game, rng: Random) -> o.Act:
    return o.MakeStatement(
        says=_one(rng, get_args(Manner)),
        about=_one(rng, (None, _country(game, rng))),
        issue=_one(rng, (None, _issue(game, rng))),
        place=_one(rng, (None, 0.0, 0.3, 1.0)),
        until=_one(rng, (None, rng.randint(1, game.atlas.turns + 1))),
        fabricated=rng.random() < 0.2,
    )


def _sign(game: Game, rng: Random) -> o.Act:
    needs = tuple(_country(game, rng) for _ in range(rng.randrange(3)))
    return o.Sign(offer=_offer(game, rng), needs=needs)


def _advance(game: Game, rng: Random) -> o.Act:
    now = game.moment
    return o.Advance(turn=now.turn, phase=_one(rng, (now.phase, "tea")), round=now.round, revision=now.revision)


MAKERS: tuple[Maker, ...] = (
    _budget,
    _propose,
    _propose,
    _sign,
    lambda game, rng: o.Reject(offer=_offer(game, rng)),
    lambda game, rng: o.Retract(offer=_offer(game, rng)),
    lambda game, rng: o.Renounce(commitment=_commitment(game, rng)),
    lambda game, rng: o.Call(commitment=_commitment(game, rng), clause=rng.randrange(4)),
    lambda game, rng: o.Waive(commitment=_commitment(game, rng), clause=rng.randrange(4), release=rng.random() < 0.5),
    lambda game, rng: o.Withhold(commitment=_commitment(game, rng), clause=rng.randrange(4)),
    _table,
    lambda game, rng: o.Sponsor(draft=_draft(game, rng)),
    lambda game, rng: o.Withdraw(draft=_draft(game, rng)),
    lambda game, rng: o.Declare(draft=_draft(game, rng), choice=_one(rng, CHOICES)),
    lambda game, rng: o.Vote(draft=_draft(game, rng), choice=_one(rng, CHOICES), if_amended=_one(rng, (None, *CHOICES))),
    lambda game, rng: o.Aid(to=_country(game, rng), amount=_one(rng, (0.0, 1e-9, 0.5, 10_000.0)), form=_one(rng, FORMS)),
    lambda game, rng: o.Sanction(target=_country(game, rng), level=rng.choice((0.0, 0.3, 1.0))),
    lambda game, rng: o.BaseRight(host=_country(game, rng), guest=_country(game, rng), granted=rng.random() < 0.5),
    lambda game, rng: o.Announce(target=_country(game, rng), issue=_issue(game, rng)),
    lambda game, rng: o.Join(operation=_operation(game, rng), side=_one(rng, ("attack", "defence")), level=_one(rng, LEVELS)),
    lambda game, rng: o.Launch(operation=_operation(game, rng)),
    lambda game, rng: o.Cancel(operation=_operation(game, rng)),
    _statement,
    _influence,
    lambda game, rng: o.Dialogue(host=_country(game, rng), issue=_issue(game, rng)),
    lambda game, rng: o.NoteMotive(motive=_one(rng, get_args(Reason)), about=_one(rng, (None, _country(game, rng)))),
    lambda _game, _rng: o.Done(),
    lambda _game, _rng: o.Start(),
    lambda _game, _rng: o.Pause(reason="because"),
    lambda _game, _rng: o.Resume(),
    lambda _game, _rng: o.Extend(seconds=1),
    _advance,
)
