"""The tables of a log, filled: everything is read off the log and the games that it leads through."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rules import events as ev
from rules.bodies.ballots import stand
from rules.evolve import evolve
from rules.exact import total
from rules.explanation.story import Story
from rules.labels.behaviour import behaviour
from rules.parameters import Parameters, origin, registry
from rules.sequence import Recorded
from rules.state import Game, find_draft, index
from rules.vocabulary import Commitment
from server.debrief.telling import chapters_of
from server.narrate.alignment import alignment
from server.narrate.outcome import aims, breaches, kept
from server.narrate.sentences import sentence
from server.narrate.turns import Turns
from server.records import designs
from server.records.tables import Table, Value, filled

HASH_SHOWN = 12
Rows = Iterator[Sequence[Value]]


@dataclass(frozen=True)
class Source:
    """A log: the game it opens with, its entries with the time (ms since 1970, 0 if none) of each, and its hash."""

    opening: Game
    entries: tuple[Recorded, ...]
    times_ms: tuple[int, ...]
    chain: str

    @property
    def key(self) -> str:
        """The name of the game in all tables."""
        return self.chain[:HASH_SHOWN]

    @cached_property
    def turns(self) -> Turns:
        """The game turn by turn, as control knows it."""
        return Turns(self.opening).add_all(self.entries)

    @cached_property
    def story(self) -> Story:
        """Every event with the game before it."""
        return Story(self.opening, self.entries)

    @cached_property
    def fores(self) -> tuple[Game, ...]:
        """The game before each entry."""
        found, game = [], self.opening
        for entry in self.entries:
            found.append(game)
            for event in entry.events:
                game = evolve(game, event)
        return tuple(found)


def tables(source: Source) -> list[Table]:
    """All tables of a log."""
    makers = (_games, _participation, _orders, _events, _ballots, _commitments, _verdicts, _states, _issues)
    return [filled(design, make(source)) for design, make in zip(designs.DESIGNS, makers, strict=True)]


def _games(source: Source) -> Rows:
    atlas, now = source.opening.atlas, source.turns.game.moment
    yield (
        source.key, source.chain, atlas.scenario, atlas.title, atlas.span, atlas.unipole, len(atlas.countries), atlas.turns, now.turn,
        now.status == "over", source.opening.seed, _changed(source.opening.parameters),
    )  # fmt: skip


def _changed(parameters: Parameters) -> str:
    """The coefficients that are not as the rules have them."""
    values = {name: getattr(parameters, name) for name in registry()}
    changed = {name: value for name, value in values.items() if origin(name, value) != "default"}
    return " ".join(f"{name}={value:g}" if isinstance(value, float) else f"{name}={value}" for name, value in changed.items())


def _issues(source: Source) -> Rows:
    for number, game in enumerate([source.opening, *(turn.after for turn in source.turns.told)]):
        for issue, position in zip(game.atlas.issues, game.world.positions, strict=True):
            yield source.key, issue.id, issue.title, number, float(position), issue.text


def _participation(source: Source) -> Rows:
    game, opening = source.turns.game, source.opening
    change = total(game.world.payoff) - total(opening.atlas.opening)
    spent = _seconds(source)
    for row, country in enumerate(opening.atlas.countries):
        mine = [(entry.order.act, fore) for entry, fore in zip(source.entries, source.fores, strict=True) if entry.order.author == country]
        kinds = [act.kind for act, _ in mine]
        met = aims(game, country)
        yield (
            source.key, country, opening.atlas.names[row], len(mine), kinds.count("propose"), kinds.count("sign") + kinds.count("reject"),
            sum(any(b.country == country for b in draft.ballots) for draft in game.drafts), kinds.count("state"),
            len({(fore.moment.turn, fore.moment.phase, fore.moment.round) for _, fore in mine}), spent.get(country),
            country in game.moment.stand_ins, len([v for v in kept(game) if v.debtor == country]),
            len([v for v in breaches(game) if v.debtor == country]), float(change[row]), len([aim for aim in met if aim.met]), len(met),
        )  # fmt: skip


def _seconds(source: Source) -> dict[str, float]:
    """How long each seat was at work: to its last order in each step."""
    if not any(source.times_ms):
        return {}
    last: dict[tuple[str, int], int] = {}
    opened_ms, step = source.times_ms[0], 0
    for entry, at_ms in zip(source.entries, source.times_ms, strict=True):
        author = entry.order.author
        if author in source.opening.atlas.countries:
            last[author, step] = at_ms - opened_ms
        if any(isinstance(event, ev.StepOpened) for event in entry.events):
            opened_ms, step = at_ms, step + 1
    found = dict.fromkeys(source.opening.atlas.countries, 0.0)
    for (author, _), spent_ms in last.items():
        found[author] += spent_ms / 1000.0
    return found


def _orders(source: Source) -> Rows:
    rows = zip(source.entries, source.fores, source.times_ms, strict=True)
    for number, (entry, fore, at_ms) in enumerate(rows, start=1):
        order, now = entry.order, fore.moment
        if order.author in fore.atlas.countries:
            act = json.dumps(order.act.model_dump(mode="json"), sort_keys=True)
            yield source.key, number, now.turn, now.phase, now.round, order.author, order.act.kind, act, at_ms or None


def _events(source: Source) -> Rows:
    for page in source.story.pages:
        now = page.fore.moment
        facts = json.dumps(page.event.model_dump(mode="json"), sort_keys=True)
        secret = page.event.audience() is not None
        yield source.key, page.place, now.turn, now.phase, page.event.kind, secret, sentence(page.fore, page.event), facts


def _ballots(source: Source) -> Rows:
    for page in source.story.pages:
        event, fore = page.event, page.fore
        draft = find_draft(fore, event.draft) if isinstance(event, ev.RollCall) else None
        if not isinstance(event, ev.RollCall) or draft is None:
            continue
        lead = next((b.choice for b in event.ballots if b.country == fore.atlas.unipole), None)
        said = {b.country: b.choice for b in draft.declared}
        for b in event.ballots:
            agreed = None
            if lead is not None and b.country != fore.atlas.unipole:
                agreed = 1.0 - abs(stand(fore.parameters, b.choice) - stand(fore.parameters, lead))
            yield (
                source.key, page.place, fore.moment.turn, draft.council, draft.id, draft.action, draft.target, event.adopted, b.country,
                b.choice, said.get(b.country), lead, agreed,
            )  # fmt: skip


def _commitments(source: Source) -> Rows:
    made: dict[str, tuple[str, int, Commitment]] = {c.id: ("", 0, c) for c in source.opening.commitments}
    found: dict[str, int] = {}
    ended: dict[str, tuple[int, str]] = {}
    for turn in source.turns.told:
        for place, event in turn.events:
            match event:
                case ev.CommitmentMade():
                    made[event.commitment.id] = (place, turn.number, event.commitment)
                case ev.CommitmentDetected():
                    found[event.commitment.id] = turn.number
                case ev.CommitmentEnded():
                    ended[event.commitment] = (turn.number, event.reason)
                case _:
                    pass
    for key, (place, since, commitment) in made.items():
        terms, end = commitment.terms, ended.get(key)
        kinds = " ".join(dict.fromkeys(clause.kind for clause in terms.clauses))
        yield (
            source.key, key, place or None, since, " ".join(terms.parties), kinds, " ".join(terms.formal), terms.secret, found.get(key),
            end[0] if end else None, end[1] if end else None,
        )  # fmt: skip


def _verdicts(source: Source) -> Rows:
    for turn in source.turns.told:
        for judgement in turn.judgements:
            v = judgement.verdict
            kind = judgement.clause.kind if judgement.clause else None
            secret = v.audience() is not None
            breach = v.finding == "breached"
            yield (
                source.key, judgement.place, turn.number, v.commitment, v.clause, kind, v.debtor, v.finding, breach, secret, v.reason,
            )  # fmt: skip


def _states(source: Source) -> Rows:
    labels = {(c.country, c.turn): "; ".join(c.labels) for chapter in chapters_of(source.turns) for c in behaviour(chapter)}
    for number, game in enumerate([source.opening, *(turn.after for turn in source.turns.told)]):
        world, atlas = game.world, game.atlas
        lead, stood, payoffs = index(game, atlas.unipole), alignment(game, number), total(world.payoff if number else atlas.opening)
        for row, country in enumerate(atlas.countries):
            own = country == atlas.unipole
            pacts = [c for c in game.commitments if {country, atlas.unipole} <= set(c.terms.parties)]
            yield (
                source.key, country, number, float(world.economy[row]), float(world.forces[row]), float(world.guns[row]),
                float(world.approval[row]), float(world.esteem[row]), float(world.breaches[row]),
                None if own else float(world.goodwill[row, lead]), None if stood[row] is None else float(stood[row] or 0.0),
                0 if own else len(pacts), float(payoffs[row]), labels.get((country, number), ""),
            )  # fmt: skip
