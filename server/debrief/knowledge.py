"""Who knew what: every secret agreement and every hidden payment, who was in on it, and when it came to light for the others.

Told to the public, this holds only what came to light.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rules import events as ev
from rules.state import Game
from server.debrief.overview import clauses
from server.narrate.sentences import sentence
from server.narrate.terms import terms_sentence
from server.narrate.turns import Turns
from server.narrate.words import first, headings, listed

PARTY, LEARNED, OUTSIDE = "party", "learned", "outside"


@dataclass(frozen=True, slots=True)
class Secret:
    """Something that only ``parties`` knew at first; ``found``: the turn in which everybody learned of it."""

    place: str
    turn: int
    parties: str
    about: str
    text: str
    found: int | None
    marks: tuple[str, ...]  # one a seat, in the order of the seats


@dataclass(frozen=True, slots=True)
class Ignorance:
    """A seat at the end: of how many secrets of others it never learned."""

    name: str
    own: int
    learned: int
    never: int


def secrets(turns: Turns) -> list[Secret]:
    """Every secret, in the order of making."""
    made: dict[str, tuple[str, int, ev.CommitmentMade | ev.CommitmentDetected]] = {}
    found: dict[str, int] = {}
    for turn in turns.told:
        for place, event in turn.events:
            if isinstance(event, ev.CommitmentMade) and event.commitment.terms.secret:
                made[event.commitment.id] = (place, turn.number, event)
            if isinstance(event, ev.CommitmentDetected):
                made.setdefault(event.commitment.id, (place, event.commitment.since, event))
                found[event.commitment.id] = turn.number
    rows = []
    for key, (place, number, event) in made.items():
        terms, when = event.commitment.terms, found.get(key)
        text = first(terms_sentence(turns.game, terms.model_copy(update={"secret": False})))
        marks = _marks(turns.game, terms.parties, when)
        rows.append(Secret(place, number, first(listed(turns.game, terms.parties)), clauses(event.commitment), text, when, marks))
    return rows


def hidden_help(turns: Turns) -> list[tuple[str, int, str]]:
    """(place, turn, sentence) of every payment that not everybody knew of, or that was exposed."""
    found = []
    for turn in turns.told:
        for place, event in turn.events:
            if isinstance(event, ev.AidSent | ev.HelpExposed):
                found.append((place, turn.number, sentence(turn.after, event)))
    return found


def ignorance(turns: Turns, known: Iterable[Secret]) -> list[Ignorance]:
    """Every seat, from the one that knew least."""
    by_seat = zip(*(secret.marks for secret in known), strict=True)
    rows = [
        Ignorance(title, marks.count(PARTY), marks.count(LEARNED), marks.count(OUTSIDE))
        for title, marks in zip(headings(turns.game), by_seat, strict=False)
    ]
    return sorted(rows, key=lambda row: (-row.never, row.name))


def _marks(game: Game, parties: tuple[str, ...], found: int | None) -> tuple[str, ...]:
    return tuple(PARTY if c in parties else OUTSIDE if found is None else LEARNED for c in game.atlas.countries)
