"""The after-action report: the events list with what became of each event, and the game in tables beside it, in one workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rules import events as ev
from rules.explanation.explain import figure_name
from rules.state import Game
from server.exercise.book import Book
from server.exercise.course import Came
from server.exercise.stamps import stamp
from server.narrate.outcome import aims
from server.records import designs
from server.records.making import Source, tables
from server.records.tables import Column, Design, Value, filled
from server.settings import SECOND_MS

OUTCOME = ("Outcome", "Why", "Came in", "Came at (UTC)", "First answer", "Answered after (s)")
SHEETS = {designs.PARTICIPATION: "Seats", designs.COMMITMENTS: "Commitments", designs.VERDICTS: "Findings", designs.BALLOTS: "Votes"}
OBJECTIVES = Design(
    "objectives",
    "objective of the list",
    (
        Column("objective", "text", "as the list has it"),
        Column("events", "whole", "events that serve it"),
        Column("fired", "whole", "of these, those that came"),
        Column("answered", "whole", "of these, those after which a seat that they went to acted"),
        Column("median_seconds", "number", "time to the first act, in the middle of those answered"),
    ),
)
SEATS = Design(
    "aims",
    "objective of a seat",
    (
        Column("state", "text", "code of the state"),
        Column("objective", "text", "in words"),
        Column("met", "truth", "whether it holds at the end"),
    ),
)
OVERRIDES = Design(
    "overrides",
    "figure set by hand",
    (
        Column("place", "text", "place in the log"),
        Column("turn", "whole", "turn"),
        Column("figure", "text", "which figure"),
        Column("at_first", "number", "as the turn began"),
        Column("proposed", "number", "what the rules made of it"),
        Column("set", "number", "what it was set to"),
        Column("reason", "text", "why"),
        Column("at", "text", "when, UTC"),
    ),
)
ACTIONS = Design(
    "actions",
    "corrective action",
    (
        Column("number", "whole", "number"),
        Column("observation", "text", "what was seen; those of the program are events that were expected and not acted on"),
        Column("objective", "text", "what it bears on"),
        Column("recommendation", "text", "what to do"),
        Column("responsible", "text", "who"),
        Column("due", "text", "by when"),
        Column("status", "text", "how far it is"),
    ),
)


def add_outcomes(book: Book, found: Iterable[Came]) -> None:
    """What became of each event, in columns beside it."""
    book.add_columns(OUTCOME, {came.row.at: _outcome(came) for came in found})


def add_review(book: Book, found: Sequence[Came], source: Source) -> None:
    """The sheets of a report: by objective, by seat, promises, votes, figures set by hand, and corrective actions to be filled in."""
    add_outcomes(book, found)
    book.add_sheet(filled(OBJECTIVES, _objectives(found)), "Objectives")
    made = {table.design: table for table in tables(source)}
    for design, title in SHEETS.items():
        book.add_sheet(made[design], title)
    book.add_sheet(filled(SEATS, _aims(source.turns.game)), "Aims of seats")
    book.add_sheet(filled(OVERRIDES, _overrides(source)), "Overrides")
    book.add_sheet(filled(ACTIONS, _actions(found)), "Corrective actions")


def _outcome(came: Came) -> tuple[Value, ...]:
    step = f"turn {came.turn}, {came.phase}" if came.turn else None
    answer = f"{came.answered_by}: {came.answer}" if came.answered_by else None
    return came.fate, came.why or None, step, stamp(came.at_ms) if came.at_ms else None, answer, _seconds(came)


def _seconds(came: Came) -> float | None:
    return None if came.at_ms is None or came.answered_ms is None else (came.answered_ms - came.at_ms) / SECOND_MS


def _objectives(found: Sequence[Came]) -> Iterable[Sequence[Value]]:
    counted = Counter(came.row["objective"] for came in found if came.row["objective"])
    for objective, events in counted.items():
        mine = [came for came in found if came.row["objective"] == objective]
        times = sorted(seconds for came in mine if (seconds := _seconds(came)) is not None)
        middle = times[len(times) // 2] if times else None
        fired, answered = (len([c for c in mine if c.fate == "fired"]), len([c for c in mine if c.answered_by]))
        yield objective, events, fired, answered, middle


def _aims(game: Game) -> Iterable[Sequence[Value]]:
    for country in game.atlas.countries:
        for aim in aims(game, country):
            yield country, aim.objective.sentence, aim.met


def _overrides(source: Source) -> Iterable[Sequence[Value]]:
    for page in source.story.pages:
        event = page.event
        if isinstance(event, ev.Overridden):
            entry = int(page.place.partition(".")[0])
            name = figure_name(page.fore, event.figure, event.at)
            at = stamp(source.times_ms[entry - 1])
            yield page.place, page.fore.moment.turn, name, event.before, event.proposed, event.value, event.reason, at


def _actions(found: Sequence[Came]) -> Iterable[Sequence[Value]]:
    missed = [came for came in found if came.fate != "fired" or (came.row["expected action"] and not came.answered_by)]
    for number, came in enumerate(missed, start=1):
        told = f"Event {came.row.number} did not come: {came.why}" if came.fate != "fired" else f"Nobody acted on event {came.row.number}."
        wanted = f" Expected: {came.row['expected action']}." if came.row["expected action"] else ""
        yield number, told + wanted, came.row["objective"] or None, None, came.row["controller"] or None, None, None
