"""Adjudication: what the clock's order does at the close of each step.

It is a pipeline: each stage looks at the game as the stages before it left it and returns events.  Figures move by named mechanisms (see
``effects``), so that any of them can be explained, or switched off by its parameter, alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rules import (
    affront,
    arms,
    attention,
    ballots,
    bases,
    beliefs,
    commitments,
    consequences,
    councils,
    covert,
    departures,
    domestic,
    economy,
    forums,
    influence,
    institutions,
    judgement,
    occupation,
    operations,
    payoff,
    power,
    reactions,
    rhetoric,
    sanctions,
    secrecy,
    shocks,
    statements,
    texts,
    voting_order,
)
from rules import events as ev
from rules.effects import Mechanism, moved
from rules.evolve import evolve_all
from rules.society_events import LeaderChanged
from rules.state import Game, find_draft
from rules.turn import following, is_last_round

Stage = Callable[[Game], Iterable[ev.EventKinds]]

MECHANISMS: dict[str, Mechanism] = {
    "budgets": economy.budgets,
    "aid": economy.transfers,
    "sanctions": sanctions.orders,
    "bases": bases.orders,
    "vacuum": bases.vacuum,
    "growth": economy.growth,
    "mobilisation": arms.mobilisation,
    "arms from others": arms.deliveries,
    "projection": arms.projection,
    "programmes": arms.programmes,
    "insurgency": occupation.resistance,
    "price of occupation": occupation.upkeep,
    "grip on the issue": occupation.grip,
    "spillover": occupation.spillover,
    "competence": occupation.competence,
    "help exposed": covert.offence_taken,
    "reputation": consequences.reputations,
    "notice given": consequences.notices,
    "forgetting": consequences.forgetting,
    "setting up": institutions.founding,
    "secret come to light": secrecy.exposure,
    "price of leaving": departures.exit_prices,
    "affront of a pact": affront.affronts,
    "payoff": payoff.score,
    "poles": power.count_poles,
    "relations after the vote": ballots.relations,
    "deference in the vote": ballots.deference,
    "opinion on the vote": ballots.opinion,
    "word against ballot": ballots.reversal,
    "price of waiting": operations.waiting,
    "pull of the text": texts.pull,
    "blame and honour": texts.regard,
    "authority of a decision": texts.authority,
    "giving way": texts.give_way,
    "work of missions": texts.missions,
    "cost of the operation": operations.costs,
    "outcome of the operation": operations.outcome,
    "gratitude for help": reactions.gratitude,
    "company in the coalition": reactions.company,
    "alarm at the attack": reactions.alarm,
    "council passed over": operations.bypass,
    "opinion on the position": rhetoric.opinion,
    "neighbours of the position": rhetoric.neighbours,
    "concession": rhetoric.concession,
    "deference in giving in": rhetoric.giving_in,
    "giving in": beliefs.gave_in,
    "threat framed": rhetoric.framed,
    "fabrication found out": rhetoric.exposed,
    "alarm at the threat": rhetoric.alarm,
    "pledge of restraint": rhetoric.reassured,
    "record of words": rhetoric.record,
    "words at home": rhetoric.price_at_home,
    "restraint judged": rhetoric.restraint,
    "sides taken": rhetoric.sides,
    "deference in taking sides": rhetoric.deference,
    "leader delegitimised": rhetoric.delegitimised,
    "words between governments": rhetoric.between,
    "words about a government": rhetoric.about,
    "beliefs fade": beliefs.fading,
    "names fade": beliefs.names_fade,
    "chastened by failure": beliefs.chastened,
    "rescue": beliefs.rescue,
    "show of strength": beliefs.show_of_strength,
    "ties with elites": influence.ties,
    "courtship": influence.courtship,
    "price of ingratiation": influence.ingratiation,
    "deference in courtship": influence.courted,
    "lobbying": influence.lobbying,
    "money of influence": influence.money,
    "support for an opposition": influence.opposition,
    "political capital": domestic.capital,
    "price of hosting": domestic.hosting,
    "new leader's views": domestic.new_leaning,
    "new leader's temper": domestic.new_temper,
    "honeymoon": domestic.honeymoon,
    "new in office": domestic.new_in_office,
    "left unattended": attention.neglect,
    "talks bring nearer": forums.nearer,
    "common ground": forums.common_ground,
    "voice of the host": forums.voice,
    "leader left out": forums.left_out,
    "shock": shocks.shock,
    "decline of the leader": shocks.decline,
}
AFTER_VOTE = (
    "relations after the vote",
    "deference in the vote",
    "opinion on the vote",
    "word against ballot",
    "pull of the text",
    "blame and honour",
    "authority of a decision",
    "giving way",
)
AFTER_LAUNCH = (
    "cost of the operation",
    "gratitude for help",
    "company in the coalition",
    "alarm at the attack",
    "council passed over",
    "outcome of the operation",
    "chastened by failure",
    "rescue",
)
AFTER_TALKS = ("talks bring nearer", "common ground", "voice of the host", "leader left out")
AFTER_CHANGE = ("new leader's views", "new leader's temper", "honeymoon", "new in office")
CAMPAIGNS = (
    "courtship", "price of ingratiation", "deference in courtship", "lobbying", "money of influence", "support for an opposition",
    "ties with elites",
)
AFTER_TEST = ("record of words", "words at home", "restraint judged")
SEPARATOR = ": "


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
        return [*counted, *(mechanism(name, draft_id) for name in AFTER_VOTE), lambda after: voting_order.after_vote(after, draft_id)]

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
        stages.append(_given(ev.NewsRead(text=item.text)))
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
    if step is None:
        return [_given(ev.Ended())]
    turn, phase, number = step
    opened = _given(ev.StepOpened(turn=turn, phase=phase, round=number))
    return [opened, Unfold(_news)] if turn != game.moment.turn else [opened]


def open_first(game: Game) -> tuple[ev.EventKinds, ...]:
    """The start of the session."""
    return run(game, [_given(ev.Started()), Unfold(_open_next)])[1]
