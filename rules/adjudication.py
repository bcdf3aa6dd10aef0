"""Adjudication: what the clock's order does at the close of each step.

It is a pipeline: each stage looks at the game as the stages before it left it and returns events.  Figures move by named mechanisms (see
``effects``), so that any of them can be explained, or switched off by its parameter, alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rules import ballots, commitments, consequences, councils, departures, economy, judgement, operations, payoff, power
from rules import events as ev
from rules.effects import Mechanism, moved
from rules.evolve import evolve_all
from rules.state import Game
from rules.turn import following, is_last_round

Stage = Callable[[Game], Iterable[ev.EventKinds]]

MECHANISMS: dict[str, Mechanism] = {
    "budgets": economy.budgets,
    "aid": economy.transfers,
    "growth": economy.growth,
    "reputation": consequences.reputations,
    "notice given": consequences.notices,
    "price of leaving": departures.exit_prices,
    "payoff": payoff.score,
    "poles": power.count_poles,
    "relations after the vote": ballots.relations,
    "deference in the vote": ballots.deference,
    "opinion on the vote": ballots.opinion,
    "word against ballot": ballots.reversal,
    "price of waiting": operations.waiting,
    "pull of the text": ballots.pull,
    "cost of the operation": operations.costs,
    "outcome of the operation": operations.outcome,
    "gratitude for help": operations.gratitude,
    "company in the coalition": operations.company,
    "alarm at the attack": operations.alarm,
    "council passed over": operations.bypass,
}
AFTER_VOTE = ("relations after the vote", "deference in the vote", "opinion on the vote", "word against ballot", "pull of the text")
AFTER_LAUNCH = (
    "cost of the operation",
    "gratitude for help",
    "company in the coalition",
    "alarm at the attack",
    "council passed over",
    "outcome of the operation",
)
SEPARATOR = ": "


def run(game: Game, stages: Iterable[Stage]) -> tuple[ev.EventKinds, ...]:
    """The events of several stages, each run on the game that the ones before left."""
    events: list[ev.EventKinds] = []
    for stage in stages:
        found = tuple(stage(game))
        events.extend(found)
        game = evolve_all(game, found)
    return tuple(events)


def mechanism(name: str, subject: str = "") -> Stage:
    """The stage that runs one mechanism; its cause is ``name`` or ``name: subject``."""
    cause = f"{name}{SEPARATOR}{subject}" if subject else name
    return lambda game: moved(cause, game, MECHANISMS[name](game, subject))


def close_step(game: Game) -> tuple[ev.EventKinds, ...]:
    """Everything that follows when the current step closes, and the opening of the next one."""
    stages: list[Stage] = []
    match game.moment.phase:
        case "negotiation":
            stages = [commitments.settle]
        case "assembly" if is_last_round(game):
            stages = [_vote(draft.id) for draft in game.drafts if draft.status == "tabled"]
        case "orders" if is_last_round(game):
            stages = list(ADJUDICATION)
        case _:
            stages = []
    return run(game, [*stages, _open_next])


def _given(event: ev.EventKinds) -> Stage:
    """The stage that lets one event happen."""
    return lambda _: (event,)


def _vote(draft_id: str) -> Stage:
    def stage(game: Game) -> tuple[ev.EventKinds, ...]:
        draft = next(d for d in game.drafts if d.id == draft_id)
        return run(game, [_given(councils.roll_call(game, draft)), *(mechanism(name, draft_id) for name in AFTER_VOTE)])

    return stage


def _launches(game: Game) -> tuple[ev.EventKinds, ...]:
    stages: list[Stage] = []
    for name in operations.ordered(game):
        stages.append(_battle(name))
        stages.extend(mechanism(cause, name) for cause in AFTER_LAUNCH)
    return run(game, stages)


def _battle(name: str) -> Stage:
    return lambda game: (operations.launch(game, name),)


ADJUDICATION: tuple[Stage, ...] = (
    mechanism("budgets"),
    economy.payments,
    mechanism("aid"),
    operations.orders,
    _launches,
    mechanism("price of waiting"),
    judgement.judge,
    mechanism("reputation"),
    mechanism("growth"),
    mechanism("notice given"),
    mechanism("price of leaving"),
    departures.expire,
    mechanism("poles"),
    mechanism("payoff"),
)


def _open_next(game: Game) -> tuple[ev.EventKinds, ...]:
    step = following(game.atlas, game.moment)
    if step is None:
        return (ev.Ended(),)
    turn, phase, number = step
    events: list[ev.EventKinds] = [ev.StepOpened(turn=turn, phase=phase, round=number)]
    if turn != game.moment.turn:
        events += [ev.NewsRead(text=item.text) for item in game.atlas.news if item.turn == turn]
    return tuple(events)


def open_first(game: Game) -> tuple[ev.EventKinds, ...]:
    """The start of the session."""
    return (ev.Started(), *_open_next(game))
