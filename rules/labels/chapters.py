"""Chapters: a log cut into turns, and what can be observed of a state in one of them (W14, W48-W104).

A *sign* is one observation on one state with its evidence.  ``signs_of_acts`` and ``signs_of_clauses`` read signs off what happened,
``signs`` collects them, ``behaviour`` puts them together to labels.  Nothing else in the rules looks at any of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rules import events as ev
from rules.evolve import evolve
from rules.sequence import Recorded
from rules.standing import Standing
from rules.state import Game, issue_index
from rules.vocabulary import Choice, Draft

MIDDLE = 0.5  # of an issue's line

Meaning = Literal[
    "tie",  # is bound to the unipole by a promise of defence, whoever owes it
    "support",  # acts or promises to act for a wish of the unipole
    "service",  # sends forces for it
    "words",  # speaks for it, which costs little
    "price",  # gets something from the unipole
    "opposition",  # acts or speaks against a wish of the unipole
    "concert",  # has agreed with others to do so
    "arming",  # spends a larger share on arms
    "asked to arm",  # because the unipole wanted it (W61)
    "armed help",  # sends forces against an operation of the unipole
    "pact",  # is in a promise of defence without the unipole
    "pool",  # makes itself less dependent on the unipole together with others
    "shield",  # is protected by another's promise
    "aside",  # let an occasion pass
    "openly aside",  # said that it takes no side
]


@dataclass(frozen=True, slots=True)
class Sign:
    """One observation on one state.

    ``place``: the event (``12.3``) or, for what is in force from earlier turns, the commitment.  ``about``: the state that the act is aimed
    at or guards against.  ``company``: the other parties.  ``given``: neither owed nor paid for.  ``fresh``: done in this turn.
    """

    country: str
    meaning: Meaning
    words: str
    place: str
    about: str | None = None
    company: tuple[str, ...] = ()
    formal: bool = False
    given: bool = True
    fresh: bool = True
    issue: str | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """An event in its place: entry, full stop, number within the entry, both from 1."""

    place: str
    event: ev.EventKinds


@dataclass(frozen=True, slots=True)
class Chapter:
    """One turn of a log: the game as it opened, what happened, the game as it closed."""

    before: Game
    happened: tuple[Happened, ...]
    after: Game

    @property
    def turn(self) -> int:
        """Its number."""
        return self.before.moment.turn

    @property
    def unipole(self) -> str:
        """Towards whom behaviour is looked at."""
        return self.before.atlas.unipole


def chapters(opening: Game, entries: Iterable[Recorded]) -> Iterator[Chapter]:
    """A log cut into turns; what comes before the first turn is left out, and so is what was undone: it does not count."""
    game = before = opening
    closed: tuple[Chapter, ...] = ()
    happened: tuple[Happened, ...] = ()
    standing: Standing[tuple[tuple[Chapter, ...], tuple[Happened, ...], Game]] = Standing(((), (), opening))
    for number, entry in enumerate(entries, start=1):
        for place, event in enumerate(entry.events, start=1):
            closed, happened, before = standing.after(event, (closed, happened, before))
            if isinstance(event, ev.StepOpened) and event.turn != game.moment.turn:
                closed += (Chapter(before, happened, game),) if game.moment.turn else ()
                before, happened = evolve(game, event), ()
            happened += (Happened(f"{number}.{place}", event),)
            game = evolve(game, event)
    yield from closed
    if game.moment.turn:
        yield Chapter(before, happened, game)


# --- what the unipole wants ---------------------------------------------------------------------------------------------------------------


def wish(game: Game, draft: Draft) -> Choice | None:
    """How the unipole wants others to vote on a draft, as its own acts show; None if they do not."""
    unipole = game.atlas.unipole
    if unipole in draft.sponsors or unipole == draft.author:
        return "yes"
    if unipole == draft.target:
        return "no"
    cast = next((b.choice for b in (*draft.ballots, *draft.declared) if b.country == unipole), None)
    return None if cast == "abstain" else cast


def wish_on(game: Game, issue: str) -> Choice:
    """The same for an issue: as on its drafts of this turn, else by the unipole's known ideal."""
    shown = [wish(game, d) for d in game.drafts if d.issue == issue and d.turn == game.moment.turn]
    known = [choice for choice in shown if choice is not None]
    if known:
        return known[0]
    column, row = issue_index(game, issue), game.atlas.countries.index(game.atlas.unipole)
    return "no" if column is None or float(game.atlas.ideal[row, column]) < MIDDLE else "yes"
