"""Alliances by turn: for each turn who is bound to whom, who fights whom, and where each state stands to the unipole.

A ring of states with the unipole in the middle tells blocs better than a map on which half of them crowd into Europe: a place on the ring
stays the same through all turns, so that what changes is the lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rules import events as ev
from rules.state import Game
from rules.vocabulary import Commitment
from server.debrief.words import say
from server.narrate.alignment import alignment
from server.narrate.turns import Turn, Turns
from server.narrate.words import headings

FIRM = frozenset({"defend", "non-aggression", "neutrality", "consult"})
HELP = frozenset({"aid", "base", "join", "intelligence", "spend", "framework"})
CLUB_MIN = 6  # parties from which an agreement is drawn as a band beside the ring
STATES_MAX = 28
"""States on a ring whose letters can be read on a phone."""
WITH, AGAINST = 2.0 / 3.0, 1.0 / 3.0


@dataclass(frozen=True, slots=True)
class Tie:
    """A line between two states: ``kind`` firm, help, words or war; ``fresh`` if it came in this turn."""

    one: str
    other: str
    kind: str
    secret: bool
    fresh: bool


@dataclass(frozen=True, slots=True)
class Ring:
    """The picture of one turn.  ``stances``: with, apart, against or none, one a state; ``clubs``: the members of each large pact."""

    title: str
    unipole: str
    states: tuple[str, ...]
    names: tuple[str, ...]
    stances: tuple[str, ...]
    ties: tuple[Tie, ...]
    clubs: tuple[frozenset[str], ...]


def rings(turns: Turns) -> list[Ring]:
    """One picture of the opening and one of each turn."""
    places = _places(turns)
    opening = [_ties(turns.opening, turns.opening.commitments, set())]
    rest = [_ties_of(turn) for turn in turns.told]
    pictures = []
    for number, (ties, clubs) in enumerate([*opening, *rest]):
        title = say("ties.turn", number=number) if number else say("ties.opening")
        pictures.append(_ring(turns.game, number, places, title, ties, clubs))
    return pictures


def _places(turns: Turns) -> tuple[str, ...]:
    """The states on the ring, neighbours by region; of very many those that were bound or fought most, and of the others the largest."""
    atlas = turns.opening.atlas
    rows = [c for c in atlas.countries if c != atlas.unipole]
    if len(rows) > STATES_MAX:
        active: dict[str, int] = {}
        for turn in turns.told:
            pacts = [commitment.terms.parties for commitment in turn.after.commitments if len(commitment.terms.parties) < CLUB_MIN]
            parties = [country for pact in pacts for country in pact]
            fighters = [c for o in turn.after.operations for c in (o.leader, o.target)]
            for country in (*parties, *fighters):
                active[country] = active.get(country, 0) + 1
        size = dict(zip(atlas.countries, map(float, turns.opening.world.economy), strict=True))
        rows = sorted(rows, key=lambda c: (-active.get(c, 0), -size[c]))[:STATES_MAX]
    order = {c: (atlas.regions[k], float(atlas.longitude[k])) for k, c in enumerate(atlas.countries)}
    return tuple(sorted(rows, key=lambda c: order[c]))


def _ties_of(turn: Turn) -> tuple[list[Tie], list[frozenset[str]]]:
    told = [event for _, event in turn.events if isinstance(event, ev.CommitmentMade | ev.CommitmentDetected)]
    made = {event.commitment.id: event.commitment for event in told}
    standing = {c.id: c for c in (*turn.before.commitments, *turn.after.commitments)} | made
    fresh = {event.commitment.id for event in told if isinstance(event, ev.CommitmentMade)}
    ties, clubs = _ties(turn.after, tuple(standing.values()), fresh)
    return [*ties, *_fights(turn)], clubs


def _ties(game: Game, commitments: tuple[Commitment, ...], fresh: set[str]) -> tuple[list[Tie], list[frozenset[str]]]:
    found: dict[tuple[str, str], Tie] = {}
    clubs = []
    rank = {"words": 0, "help": 1, "firm": 2}
    for commitment in commitments:
        terms = commitment.terms
        if len(terms.parties) >= CLUB_MIN:
            clubs.append(frozenset(terms.parties))
            continue
        kinds = {clause.kind for clause in terms.clauses}
        kind = "firm" if kinds & FIRM else "help" if kinds & HELP else "words"
        for pair in combinations(sorted(terms.parties, key=game.atlas.countries.index), 2):
            tie = Tie(*pair, kind, commitment.hidden, commitment.id in fresh)
            old = found.get(pair)
            if old is None or rank[old.kind] <= rank[kind]:
                found[pair] = tie
    return list(found.values()), clubs


def _fights(turn: Turn) -> Iterator[Tie]:
    """Operations that are prepared, carried out in this turn, or still hold a country."""
    for operation in turn.after.operations:
        launched = any(launch.event.operation.id == operation.id for launch in turn.launches)
        if operation.status == "announced" or launched or operation.held:
            yield Tie(operation.leader, operation.target, "war", operation.status == "announced", launched)


def _ring(game: Game, turn: int, places: tuple[str, ...], title: str, ties: list[Tie], clubs: list[frozenset[str]]) -> Ring:
    figures = dict(zip(game.atlas.countries, alignment(game, turn), strict=True))
    names = dict(zip(game.atlas.countries, headings(game), strict=True))
    shown = {*places, game.atlas.unipole}
    return Ring(
        title=title,
        unipole=game.atlas.unipole,
        states=places,
        names=tuple(names[c] for c in places),
        stances=tuple(_stance(figures[c]) for c in places),
        ties=tuple(tie for tie in ties if tie.one in shown and tie.other in shown),
        clubs=tuple(clubs),
    )


def _stance(figure: float | None) -> str:
    if figure is None:
        return "none"
    return "with" if figure >= WITH else "against" if figure <= AGAINST else "apart"
