"""Whether a scenario that can be played is fit for a class: complete seats, sheets short enough, a lesson
that fits the hour.

Loading refuses what cannot work; this looks at what can be loaded and gives findings in three levels:
``error`` (do not play it so), ``warning`` (look at it again) and ``note`` (good to know).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rules.errors import Refused
from rules.force.power import polarity
from rules.pacts.drafting import check_terms
from rules.problems import problems
from rules.state import Game
from scenarios.bodies import votes
from scenarios.folder import MAIN
from scenarios.lesson import turn_seconds
from scenarios.loader import Scenario
from scenarios.opening import opening
from scenarios.references import figures, sourced
from scenarios.schema import CouncilSeat, ScenarioFile

Level = Literal["error", "warning", "note"]
WORDS_A_MINUTE = 200
SHEETS_MINUTES_MAX = 4.0  # both sheets of a seat: what fits into the first eight minutes of a lesson
LESSON_MARGIN_MINUTES = 5
SECONDS_A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: how grave, ``where`` (key path or file), and a sentence."""

    level: Level
    where: str
    sentence: str


def check(scenario: Scenario) -> list[Finding]:
    """All findings on a scenario that was loaded, gravest first."""
    game = opening(scenario, "check")
    data = scenario.data
    found = [
        *_sound(game),
        *_complete(data),
        *_councils(data),
        *_sheets(scenario),
        *_lesson(data),
        *_polarity(game),
        *_sources(data),
        *_news(data),
    ]
    order: tuple[Level, ...] = ("error", "warning", "note")
    return sorted(found, key=lambda finding: order.index(finding.level))


def lesson_minutes(data: ScenarioFile) -> float:
    """How long the whole game takes if every round uses its time."""
    return data.scenario.turns * turn_seconds(data) / SECONDS_A_MINUTE


def reading_minutes(*sheets: str) -> float:
    """How long a student reads."""
    return sum(len(sheet.split()) for sheet in sheets) / WORDS_A_MINUTE


def _sound(game: Game) -> Iterator[Finding]:
    for sentence in problems(game):
        yield Finding("error", MAIN, f"The opening is unsound: {sentence}.")
    for commitment in game.commitments:
        try:
            check_terms(game, commitment.terms.parties[0], commitment.terms)
        except Refused as refusal:
            yield Finding("error", f"commitment[{commitment.id}]", f"The rules refuse these terms ({refusal.field}): {refusal.sentence}")


def _complete(data: ScenarioFile) -> Iterator[Finding]:
    seated = {place.country for place in data.seat}
    for land in data.country:
        if land.id not in seated:
            yield Finding(
                "error",
                f"country[{land.id}]",
                f"{land.name} has no seat, so nobody can play it. Add a [[seat]].",
            )
    for place in data.seat:
        if not place.objectives:
            yield Finding("error", f"seat[{place.country}].objectives", "The seat has no objectives. Add at least one.")


def _councils(data: ScenarioFile) -> Iterator[Finding]:
    permanent = {member for body in data.council for member in body.permanent}
    members = {member for body in data.council for member in body.members}
    for place in data.seat:
        true: CouncilSeat = "none"
        if place.country in members:
            true = "permanent" if place.country in permanent else "elected"
        if place.council != true:
            sentence = f"The seat says {place.council!r}, but the councils make it {true!r}. Correct one of them."
            yield Finding("error", f"seat[{place.country}].council", sentence)
    for body in data.council:
        if body.rule == "count" and 2 * body.threshold <= votes(body):
            count = f"{body.threshold} of {votes(body)}"
            sentence = f"{count} is no majority: a draft and its opposite could both be adopted."
            yield Finding("warning", f"council[{body.id}].threshold", sentence)


def _sheets(scenario: Scenario) -> Iterator[Finding]:
    texts = zip(scenario.data.country, scenario.public_briefs, scenario.secret_briefs, strict=True)
    briefs = {land.id: (public, secret) for land, public, secret in texts}
    named: set[str] = set()
    for place in scenario.data.seat:
        named |= {place.public, place.secret}
        for sheet, text in zip((place.public, place.secret), briefs[place.country], strict=True):
            if not text.strip():
                yield Finding("error", sheet, "The role sheet is empty. Write it.")
        minutes = reading_minutes(*briefs[place.country])
        if minutes > SHEETS_MINUTES_MAX:
            limit = f"keep them within {SHEETS_MINUTES_MAX:.0f}"
            sentence = f"The two sheets take {minutes:.1f} minutes to read; {limit}."
            yield Finding("warning", place.public, sentence)
    for path, _ in scenario.contents:
        if path.startswith("seats/") and path.endswith(".md") and path not in named:
            yield Finding("warning", path, "No seat names this sheet. Remove it or name it in a [[seat]].")


def _lesson(data: ScenarioFile) -> Iterator[Finding]:
    minutes, limit = lesson_minutes(data), data.scenario.minutes
    if limit is not None and minutes > limit + LESSON_MARGIN_MINUTES:
        sentence = f"The rounds add up to {minutes:.0f} minutes, the lesson has {limit}. Shorten rounds or turns."
        yield Finding("error", "schedule", sentence)
    yield Finding("note", "schedule", f"The rounds add up to {minutes:.0f} minutes.")


def _polarity(game: Game) -> Iterator[Finding]:
    found = polarity(game)
    leader = game.atlas.countries[found.leader]
    if leader != game.atlas.unipole:
        sentence = f"{leader} has more power than {game.atlas.unipole}. Name it, or correct the figures."
        yield Finding("error", "scenario.unipole", sentence)
    enough = f"{found.match} others" if found.match < len(game.atlas.countries) else "not all others together"
    figures_said = (
        f"{leader} has {100.0 * found.share:.0f} per cent of all power and {found.gap:.1f} times that of the next; {enough} can match it."
    )
    if found.polarity != "unipolar":
        sentence = f"By the parameters the opening is {found.polarity}, not unipolar: {figures_said}"
        yield Finding("warning", "scenario.unipole", sentence)
    else:
        yield Finding("note", "scenario.unipole", f"The opening is unipolar: {figures_said}")


def _sources(data: ScenarioFile) -> Iterator[Finding]:
    used = {source for _, source in sourced(data)}
    first_year = int(data.scenario.start[:4])
    for key, source in data.sources.items():
        if key not in used:
            yield Finding("warning", f"sources.{key}", "Nothing names this source. Remove it, or say what rests on it.")
        if source.year > first_year:
            sentence = f"Figures of {source.year} know what players in {first_year} could not. Use earlier ones."
            yield Finding("warning", f"sources.{key}.year", sentence)
    listed = list(figures(data))
    rough = len([figure for figure in listed if figure.confidence == "approximate"])
    yield Finding("note", "country", f"{rough} of {len(listed)} figures are approximate; all have a source.")


def _news(data: ScenarioFile) -> Iterator[Finding]:
    told = {notice.turn for notice in data.news}
    if data.schedule.briefing.rounds:
        for turn in range(1, data.scenario.turns + 1):
            if turn not in told:
                yield Finding("warning", "news", f"Turn {turn} opens with a briefing but has no news.")
