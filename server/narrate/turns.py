"""A log folded into turns: what was said and done in each, with the game as it stood before and after.

``Turns`` takes entries one by one, so the same code tells a game that goes on and one that is over; and it tells it through the eyes of
control, who knows all, or of the public.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rules import events as ev
from rules.effects import Term
from rules.evolve import evolve
from rules.explanation.explain import explain
from rules.sequence import Recorded
from rules.standing import Standing
from rules.state import Game, PhaseName
from rules.view import UMPIRE_VIEWER, tell
from rules.vocabulary import Clause, Terms, Verdict
from server.narrate.eyes import through
from server.narrate.sentences import sentence

_Mark = tuple[int, tuple[int, ...]]
"""How many turns were told, and how much of the last."""
SILENT = (ev.Moved, ev.ActSealed, ev.SeatDone, ev.StepOpened, ev.Extended)


@dataclass(frozen=True, slots=True)
class Line:
    """One event told: its place, when, what kind, the sentence, and whether only some could know of it.

    The place is that of the log (``12.3``); for the public it is the number among what the public was told, which counts no secrets.
    """

    place: str
    turn: int
    phase: PhaseName
    round: int
    kind: str
    sentence: str
    secret: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the clause it is about; the clause is None if the commitment is not known any more."""

    place: str
    verdict: Verdict
    terms: Terms | None
    clause: Clause | None


@dataclass(frozen=True, slots=True)
class Launch:
    """An operation as it was carried out, with the terms of its legitimacy and its chance."""

    place: str
    event: ev.OperationLaunched
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Move:
    """Figures that moved: why, and the game before and after."""

    cause: str
    before: Game
    after: Game


@dataclass(slots=True)
class Turn:
    """One turn so far.  ``before`` is the game as the turn opened, ``after`` as it stands, both as far as the viewer may know."""

    number: int
    before: Game
    after: Game
    lines: list[Line] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    launches: list[Launch] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    events: list[tuple[str, ev.EventKinds]] = field(default_factory=list)  # all that the viewer may know of, each with its place
    places: dict[str, str] = field(default_factory=dict)  # of roll calls, by draft

    def kept(self) -> tuple[list[Any], ...]:
        """What grows with the turn."""
        return self.lines, self.judgements, self.launches, self.moves, self.events

    @property
    def news(self) -> list[str]:
        """The bulletins of its briefing."""
        return [line.sentence for line in self.lines if line.kind == "news"]


class Turns:
    """A game told from its opening on, to control or to the public."""

    def __init__(self, opening: Game, viewer: str = UMPIRE_VIEWER) -> None:
        self.viewer = viewer
        self.opening = self.game = through(opening, viewer)
        self.told: list[Turn] = []
        self._whole = opening
        self.numbers: dict[str, str] = {}  # places in the log, each with the place by which it is told
        self._entry = 0
        self._standing: Standing[_Mark] = Standing((0, ()))

    def add(self, entry: Recorded) -> list[Line]:
        """Take the next entry and return what it says."""
        self._entry += 1
        said = []
        for number, event in enumerate(entry.events, start=1):
            line = self._event(f"{self._entry}.{number}", event)
            if line is not None:
                said.append(line)
        return said

    def add_all(self, entries: Iterable[Recorded]) -> Turns:
        """Take all entries."""
        for entry in entries:
            self.add(entry)
        return self

    def _event(self, place: str, event: ev.EventKinds) -> Line | None:
        whole, before = self._whole, self.game
        known = tell(whole, event, self.viewer)
        self._whole = evolve(whole, event)
        self.game = through(self._whole, self.viewer)
        if known is not None:
            place = self._numbered(place)
        if isinstance(event, ev.StepOpened) and (not self.told or event.turn != self.told[-1].number):
            self.told.append(Turn(event.turn, self.game, self.game))
        self._go_back(self._standing.after(event, self._mark()))
        if not self.told:
            return None
        turn = self.told[-1]
        turn.after = self.game
        if known is None:
            return None
        turn.events.append((place, known))
        self._keep(turn, place, before, known)
        if isinstance(known, ev.OperationLaunched):
            turn.launches.append(Launch(place, known, explain(whole, event, self.viewer)))
        if isinstance(known, SILENT):
            return None
        moment = self.game.moment
        secret = event.audience() is not None
        line = Line(place, turn.number, moment.phase, moment.round, known.kind, sentence(before, known), secret)
        turn.lines.append(line)
        return line

    def _mark(self) -> _Mark:
        return len(self.told), tuple(len(kept) for kept in self.told[-1].kept()) if self.told else ()

    def _go_back(self, mark: _Mark) -> None:
        """Forget what was undone: later turns, and of the last what came after the step."""
        turns, lengths = mark
        del self.told[turns:]
        if self.told:
            for kept, length in zip(self.told[-1].kept(), lengths, strict=True):
                del kept[length:]

    def _numbered(self, place: str) -> str:
        """The place by which an event is told."""
        return self.numbers.setdefault(place, place if self.viewer == UMPIRE_VIEWER else str(len(self.numbers) + 1))

    def _keep(self, turn: Turn, place: str, before: Game, event: ev.EventKinds) -> None:
        match event:
            case ev.Judged():
                turn.judgements.append(_judgement(place, before, event.verdict))
            case ev.RollCall():
                turn.places[event.draft] = place
            case ev.Moved():
                turn.moves.append(Move(event.cause, before, self.game))
            case _:
                pass


def _judgement(place: str, game: Game, verdict: Verdict) -> Judgement:
    found = next((c for c in game.commitments if c.id == verdict.commitment), None)
    if found is None or verdict.clause >= len(found.terms.clauses):
        return Judgement(place, verdict, None, None)
    return Judgement(place, verdict, found.terms, found.terms.clauses[verdict.clause])
