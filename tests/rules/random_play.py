"""Random play for the tests of the rules: seats that do anything legal, anything well formed, and sometimes nothing.

A *stroll* plays one game and holds the engine to its promises on the way: what is listed as legal is accepted; what is refused changes
nothing and has a code; no step leaves a broken invariant behind; the entries give the state again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from random import Random
from typing import get_args

import numpy as np

from rules.decide import decide
from rules.errors import Code, Refused
from rules.evolve import evolve_all
from rules.legal import legal_kinds, legal_of_kind, legal_orders
from rules.orders import (
    CLOCK,
    CONTROL,
    Act,
    Advance,
    ControlAct,
    Extend,
    Inject,
    Miss,
    Order,
    Override,
    Pause,
    Reseat,
    Resume,
    SeatAct,
    Start,
    Undo,
)
from rules.parameters import Setting, Spec, registry, with_overrides
from rules.past import place_of, steps
from rules.problems import problems
from rules.sequence import Recorded, closing
from rules.state import Game, Step
from rules.turn import TABLE, open_acts
from rules.view import view
from rules.wire.canonical import game_hash
from rules.wire.logbook import pack, unpack
from tests.rules.garbage import garbage

KINDS: tuple[str, ...] = tuple(str(cls.model_fields["kind"].default) for cls in (*get_args(SeatAct), *get_args(ControlAct)))
HASHED_EVERY = 20  # states that may meet a refusal, of which one is hashed whole
TALKATIVE = ("state", "motive", "influence", "dialogue")
DEEDS = 0.7  # of the seats that could talk, those that look for something else to do
EAGER = 0.8  # of the seats that could stop, those that go on
UNDONE = 0.2  # of the interruptions
FIGURES = ("approval", "forces", "hostile", "wmd")
CURIOUS = 0.3  # of the moves, those that do what has been done least so far


@dataclass
class Tally:
    """What was played so far: accepted orders by kind, refusals by code, legal acts tried."""

    games: int = 0
    steps: int = 0
    tried: int = 0
    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def decided(self) -> int:
        """Orders on which the rules decided: legal acts tried, orders accepted and orders refused."""
        return self.tried + sum(self.accepted.values()) + sum(self.refused.values())


class Stroll:
    """One game at random.  ``thorough`` is the chance that all legal acts of a seat are tried before it moves."""

    def __init__(self, opening: Game, rng: Random, tally: Tally, thorough: float = 0.25) -> None:
        self.opening = self.game = opening
        self.rng, self.tally, self.thorough = rng, tally, thorough
        self.entries: list[Recorded] = []
        self._known: tuple[Game, str | int] | None = None

    def _mark(self) -> str | int:
        """What must be the same after a refusal: the hash of the game now and then, else a fingerprint, which is cheaper."""
        if self._known is None or self._known[0] is not self.game:
            self._known = (self.game, fingerprint(self.game) if (len(self.entries) + 1) % HASHED_EVERY else game_hash(self.game))
        return self._known[1]

    def _refused(self, act: Act, refusal: Refused, before: str | int) -> None:
        now = game_hash(self.game) if isinstance(before, str) else fingerprint(self.game)
        assert now == before, f"{act} was refused and changed the game"
        assert refusal.code in Code
        assert refusal.field
        assert refusal.sentence
        self.tally.refused[refusal.code.value] += 1

    def give(self, author: str, act: Act) -> bool:
        """An order that may be refused; whether it was accepted."""
        before = self._mark()
        try:
            self.accepted(author, act)
        except Refused as refusal:
            self._refused(act, refusal, before)
            return False
        return True

    def accepted(self, author: str, act: Act) -> None:
        """An order that is never refused.

        Raises:
            Refused: it is.
        """
        order = Order(id=f"{author}:{len(self.entries)}", author=author, act=act)
        events = decide(self.game, order)
        self.game = evolve_all(self.game, events)
        self.entries.append(Recorded(order, events))
        self.tally.accepted[act.kind] += 1

    def play(self, steps: int) -> Game:
        """Start, and play at most so many steps."""
        self.tally.games += 1
        assert not self.give("clock", Start())
        self.accepted(CONTROL, Start())
        for _ in range(steps):
            if self.game.moment.status != "running":
                break
            self._step()
            found = problems(self.game)
            assert found == [], f"after {self.entries[-1].order}: {found}"
        self._replayed()
        return self.game

    def _step(self) -> None:
        self.tally.steps += 1
        if open_acts(self.game):
            for country in self.game.atlas.countries:
                self._turn_of(country)
        if self.rng.random() < 0.08:
            self._interrupted()
        if self.rng.random() < 0.05:
            assert not self.give(CLOCK, stale(self.game))
        order = closing(self.game.moment)
        self.accepted(order.author, order.act)

    def _turn_of(self, country: str) -> None:
        if self.rng.random() < 0.4:
            self.give(country, garbage(self.game, self.rng))
        if self.rng.random() < self.thorough:
            self._all_accepted(country, legal_orders(view(self.game, country)))
        for _ in range(self.rng.randrange(3)):
            sight = view(self.game, country)
            kinds = sorted(legal_kinds(sight))
            if not kinds:
                return
            kind = self._drawn_of(kinds)
            if kind != "done" or self.rng.random() >= EAGER:
                self.accepted(country, self.rng.choice(legal_of_kind(sight, kind)))

    def _drawn_of(self, kinds: list[str]) -> str:
        kind = self.rng.choice(kinds)
        if kind in TALKATIVE and self.rng.random() < DEEDS:
            kind = self.rng.choice(kinds)
        return min(kinds, key=self.tally.accepted.__getitem__) if self.rng.random() < CURIOUS else kind

    def _all_accepted(self, country: str, legal: tuple[Act, ...]) -> None:
        for number, act in enumerate(legal):
            assert decide(self.game, Order(id=f"try:{number}", author=country, act=act))
        self.tally.tried += len(legal)

    def _interrupted(self) -> None:
        """Control pauses, gives time and goes on; meanwhile nobody can act and the old clock is stale."""
        old = closing(self.game.moment)
        self.accepted(CONTROL, Pause(reason="a question"))
        assert not self.give(self.rng.choice(self.game.atlas.countries), garbage(self.game, self.rng))
        self.accepted(CONTROL, Extend(seconds=self.rng.randint(1, 600)))
        self._put_right()
        self.accepted(CONTROL, Resume())
        assert not self.give(CLOCK, old.act)
        self.accepted(CLOCK, Miss(country=self.rng.choice(self.game.atlas.countries), instead="nothing"))
        if self.rng.random() < UNDONE:
            self._undone()

    def _put_right(self) -> None:
        """Control brings news, plans some, sets a figure and gives a seat away."""
        rng, now, countries = self.rng, self.game.moment, self.game.atlas.countries
        to = tuple(rng.sample(countries, rng.randrange(2)))
        self.accepted(CONTROL, Inject(text="A storm.", to=to, voice=rng.choice(("news", "control")), reason="weather"))
        if now.turn < self.game.atlas.turns:
            self.accepted(CONTROL, Inject(text="Another.", to=to, turn=now.turn + 1, reason="weather"))
        figure, at = rng.choice(FIGURES), rng.choice(countries)
        self.give(CONTROL, Override(figure=figure, at=(at, at) if figure == "hostile" else (at,), value=rng.random(), reason="a slip"))
        self.accepted(CONTROL, Reseat(country=at, holder=rng.choice(("person", "bot", "nobody")), reason="left"))

    def _undone(self) -> None:
        """Control puts the game back to a step of this turn, where nothing that came after is left."""
        branch = self.game.moment.branch
        turn, phase, number = self.rng.choice([place for place, _ in steps(self.game) if place[0] == self.game.moment.turn])
        self.accepted(CONTROL, Undo(turn=turn, phase=phase, round=number, reason="a slip"))
        assert place_of(self.game) == (turn, phase, number)
        assert self.game.moment.branch == branch + 1

    def _replayed(self) -> None:
        game = self.opening
        for entry in self.entries:
            game = evolve_all(game, entry.events)
        assert game_hash(game) == game_hash(self.game), "the entries do not give the state again"
        if self.rng.random() < 0.05:
            for entry in self.entries:
                assert unpack(pack(entry)) == entry


def fingerprint(game: Game) -> int:
    """A number from every value of the game, found anew from the values each time."""
    figures = [getattr(owner, f.name) for owner in (game.atlas, game.world) for f in fields(owner)]
    rows = tuple(value.tobytes() if isinstance(value, np.ndarray) else value for value in figures)
    tables = (game.offers, game.commitments, game.verdicts, game.drafts, game.operations, game.payments, game.desk)
    return hash((rows, tables, game.moment, game.parameters, game.seed))


def stale(game: Game) -> Advance:
    """A clock's order for a deadline that is not the current one."""
    now = game.moment
    return Advance(turn=now.turn, phase=now.phase, round=now.round, revision=now.revision + 1)


def _drawn(spec: Spec, rng: Random) -> Setting:
    return rng.choice(spec.options) if spec.options else rng.uniform(spec.low, spec.high)


def varied(game: Game, rng: Random) -> Game:
    """The opening with another seed, schedule, length and some other parameters, all within their bounds."""
    steps = tuple(Step(phase=row.name, rounds=rng.choice((0, 1, 1, 2)), seconds=1) for row in TABLE)
    if not any(step.rounds for step in steps):
        steps = game.atlas.schedule
    names = rng.sample(sorted(registry()), rng.randrange(6))
    changes = {name: _drawn(registry()[name], rng) for name in names}
    atlas = replace(game.atlas, schedule=steps, turns=rng.randint(1, 3))
    return replace(game, atlas=atlas, parameters=with_overrides(changes), seed=f"seed {rng.random()}")
