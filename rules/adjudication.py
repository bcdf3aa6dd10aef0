"""Adjudication: what the clock's order does at the close of each step.

It is a pipeline: each stage looks at the game as the stages before it left it and returns events.  Figures move by named mechanisms (see
``effects``), so that any of them can be explained, or switched off by its parameter, alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rules import events as ev
from rules.bodies import councils, resolutions, voting_order
from rules.effects import moved
from rules.evolve import evolve_all
from rules.force import covert, economy, operations
from rules.mechanisms import AFTER_CHANGE, AFTER_LAUNCH, AFTER_TALKS, AFTER_TEST, AFTER_VOTE, CAMPAIGNS, MECHANISMS, SEPARATOR
from rules.pacts import commitments, departures, judgement, secrecy
from rules.past import LOBBY
from rules.society import domestic, forums, influence, rhetoric, shocks, statements
from rules.society.events import LeaderChanged
from rules.state import Game, find_draft
from rules.turn import following, is_last_round

Stage = Callable[[Game], Iterable[ev.EventKinds]]
PRACTISED = "the practice turn is over"



@dataclass(frozen=True, slots=True)
class Unfold:
    """A place in the pipeline whose stages depend on the game that reaches it."""

    stages: Callable[[Game], Iterable[Stage | Unfold]]


def run(game: Game, stages: Iterable[Stage | Unfold]) -> tuple[Game, tuple[ev.EventKinds, ...]]:
    """The game after several stages, each run on what the ones before left, and their events."""
    events: list[ev.EventKinds] = []
    for stage in stages:
        if isinstance(stage, Unfold):
            game, found = run(game, stage.stages(game))
        else:
            found = tuple(stage(game))
            game = evolve_all(game, found)
        events.extend(found)
    return game, tuple(events)


def mechanism(name: str, subject: str = "") -> Stage:
    """The stage that runs one mechanism; its cause is ``name`` or ``name: subject``."""
    cause = f"{name}{SEPARATOR}{subject}" if subject else name
    return lambda game: moved(cause, game, MECHANISMS[name](game, subject))


def close_step(game: Game) -> tuple[ev.EventKinds, ...]:
    """Everything that follows when the current step closes, and the opening of the next one."""
    return closed(game)[1]


def closed(game: Game) -> tuple[Game, tuple[ev.EventKinds, ...]]:
    """The game after the current step has closed, and what happened (the game need not be made of the events again)."""
    stages: Sequence[Stage | Unfold] = ()
    match game.moment.phase:
        case "negotiation":
            stages = (Unfold(_settled),)
        case "assembly" if is_last_round(game):
            stages = [Unfold(_vote(draft_id)) for draft_id in voting_order.order_of_voting(game)]
        case "orders" if is_last_round(game):
            stages = ADJUDICATION
        case _:
            pass
    return run(game, (*stages, Unfold(_open_next)))


def _settled(game: Game) -> list[Stage]:
    """What is agreed enters into force; its institutions are set up at a cost, and whom a pact is aimed at takes it ill."""
    found = commitments.settle(game)
    before = {c.id: c.terms.institution for c in game.commitments}
    made = [event.commitment for event in found if isinstance(event, ev.CommitmentMade)]
    raised = [c.id for c in made if c.terms.institution > before.get(c.id, 0)]
    fresh = [c.id for c in made if c.id not in before]
    founded = (mechanism("setting up", name) for name in raised)
    return [lambda _: found, *founded, *(mechanism("affront of a pact", name) for name in fresh)]


def _vote(draft_id: str) -> Callable[[Game], list[Stage]]:
    """The vote on one draft, as it stands when its turn comes: a vote before it may have changed it, or taken it off the table."""

    def stages(game: Game) -> list[Stage]:
        draft = find_draft(game, draft_id)
        if draft is None or draft.status != "tabled":
            return []
        counted: list[Stage] = [lambda before: (councils.roll_call(before, draft),)]
        counted += [mechanism(name, draft_id) for name in AFTER_VOTE]
        return [*counted, lambda after: resolutions.bound(after, draft_id), lambda after: voting_order.after_vote(after, draft_id)]

    return stages


def _launches(game: Game) -> list[Stage]:
    """Each operation is carried out, with all that follows, before the next."""
    return [
        stage for name in operations.ordered(game) for stage in (_battle(name), *(mechanism(cause, name) for cause in AFTER_LAUNCH))
    ]


def _leaks(game: Game) -> list[Stage]:
    """Secrets that come to light, each with its price."""
    return [
        stage for event in secrecy.leaks(game) for stage in (_given(event), mechanism("secret come to light", event.commitment.id))
    ]


def _given(event: ev.EventKinds) -> Stage:
    """The stage that lets one event happen."""
    return lambda _: (event,)


def _battle(name: str) -> Stage:
    return lambda game: (operations.launch(game, name),)


def _exposures(game: Game) -> list[Stage]:
    """Hidden help that comes to light, and who minds it."""
    found = covert.exposures(game)
    return [stage for event in found for stage in (_given(event), mechanism("help exposed", covert.name_of(event.payment)))]


def _words(game: Game) -> list[Stage]:
    """The statements of the turn take effect."""
    return [mechanism(name, s.id) for s in statements.spoken(game) for name in rhetoric.SPOKEN[s.says]]


def _fabrications(game: Game) -> list[Stage]:
    """What was made up may be found out."""
    return [stage for e in statements.exposures(game) for stage in (_given(e), mechanism("fabrication found out", e.statement))]


def _tests(game: Game) -> list[Stage]:
    """Threats and pledges of restraint that deeds or time have decided."""
    found = statements.put_to_the_test(game)
    return [stage for e in found for stage in (_given(e), *(mechanism(name, e.statement) for name in AFTER_TEST))]


def _talks(game: Game) -> list[Stage]:
    """Dialogues that came about, and what came of them."""
    found = forums.dialogues(game)
    return [stage for e in found for stage in (_given(e), *(mechanism(name, forums.title(e)) for name in AFTER_TALKS))]


def _new_leaders(events: Iterable[LeaderChanged]) -> list[Stage]:
    return [stage for e in events for stage in (_given(e), *(mechanism(name, e.country) for name in AFTER_CHANGE))]


def _news(game: Game) -> list[Stage]:
    """The bulletins of the turn that has just opened, with what they change."""
    stages: list[Stage] = []
    for item in shocks.due(game, game.moment.turn):
        stages.append(_given(ev.NewsRead(text=item.text, witnesses=item.to, voice=item.voice)))
        stages += [mechanism("shock", item.id)] if item.changes else []
        stages += _new_leaders(shocks.fallen(item))
    return stages


ADJUDICATION: tuple[Stage | Unfold, ...] = (
    Unfold(_words),
    Unfold(_fabrications),
    mechanism("budgets"),
    economy.payments,
    mechanism("aid"),
    mechanism("sanctions"),
    mechanism("bases"),
    mechanism("vacuum"),
    operations.orders,
    Unfold(_launches),
    mechanism("price of waiting"),
    influence.campaigns,
    *(mechanism(name) for name in CAMPAIGNS),
    Unfold(_talks),
    Unfold(_tests),
    mechanism("work of missions"),
    mechanism("insurgency"),
    mechanism("price of occupation"),
    mechanism("grip on the issue"),
    mechanism("spillover"),
    mechanism("competence"),
    Unfold(_exposures),
    judgement.judge,
    mechanism("reputation"),
    Unfold(_leaks),
    mechanism("forgetting"),
    mechanism("growth"),
    mechanism("mobilisation"),
    mechanism("arms from others"),
    mechanism("projection"),
    mechanism("programmes"),
    mechanism("notice given"),
    mechanism("price of leaving"),
    departures.expire,
    mechanism("left unattended"),
    mechanism("show of strength"),
    mechanism("decline of the leader"),
    mechanism("price of hosting"),
    mechanism("beliefs fade"),
    mechanism("names fade"),
    mechanism("political capital"),
    Unfold(lambda game: _new_leaders(domestic.changes(game))),
    mechanism("poles"),
    mechanism("payoff"),
)


def _open_next(game: Game) -> list[Stage | Unfold]:
    step = following(game.atlas, game.moment)
    if game.moment.practice and game.moment.turn and (step is None or step[0] != game.moment.turn):
        return [_given(ev.Undone(turn=LOBBY, phase="briefing", round=1, branch=game.moment.branch + 1, reason=PRACTISED))]
    if step is None:
        return [_given(ev.Ended())]
    turn, phase, number = step
    opened = _given(ev.StepOpened.believed(turn=turn, phase=phase, round=number))
    return [opened, Unfold(_news)] if turn != game.moment.turn else [opened]


def open_first(game: Game, *, practice: bool = False) -> tuple[ev.EventKinds, ...]:
    """The start of the session."""
    return run(game, [_given(ev.Started(practice=practice)), Unfold(_open_next)])[1]


def reopen(game: Game, event: ev.Undone) -> tuple[ev.EventKinds, ...]:
    """The game put back, and the step opened once more that followed then; the lobby stays as it is."""
    again: list[Stage | Unfold] = [] if event.turn == LOBBY else [Unfold(_open_next)]
    return run(game, [_given(event), *again])[1]
