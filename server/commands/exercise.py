"""``unipole exercise``: an events list tried with bots, sent into a running game, reported on."""

from __future__ import annotations

import asyncio
import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from rich.console import Console
from rich.table import Table as Shown

from client.arena import play_many
from client.bots.seats import bots
from client.sdk.errors import LobbyRefused
from client.sdk.lobby import Lobby
from client.seeds import bot_seed, game_seed
from rules.orders import Inject
from rules.wire.logbook import BadLog, read
from scenarios.opening import opening
from server.commands.logs import LogFile, lines_of, open_log, opened
from server.commands.misuse import Misuse
from server.commands.run import casting_for, scenario_for
from server.exercise.book import BadBook, Book
from server.exercise.course import Came, Course, Planned
from server.exercise.days import Bell, Day, Nights, by_day, read_days, scheduled_ms
from server.exercise.plan import BadPlan, Frozen, differs, plan_table, read_frozen
from server.exercise.requests import BadRequests, requests
from server.exercise.review import add_outcomes, add_review
from server.records.making import Source
from server.records.tables import Table
from server.settings import SECOND_MS

TOKEN = "UNIPOLE_CONTROL_TOKEN"  # noqa: S105 - the name of a variable
LOOK_SECONDS = 2.0
FOR_NOW = (429, 503)
"""Of refusals that mean: send the same again."""
TEXT_SHOWN = 40


def book_of(path: Path) -> Book:
    """An events list.  Raises Misuse."""
    try:
        return Book(path)
    except BadBook as error:
        raise Misuse(str(error)) from error


def days_of(plan: Path | None) -> tuple[Day, ...]:
    """The days of a frozen plan; none without one.  Raises Misuse."""
    return read_days(_frozen(plan).plan.days) if plan else ()


def _frozen(plan: Path) -> Frozen:
    try:
        return read_frozen(plan)
    except BadPlan as error:
        raise Misuse(str(error)) from error


def rehearse(  # noqa: PLR0913  # each is an option of the command line
    path: Path, name: str, *, seats: str, games: int, seed: int, start: datetime | None, plan: Path | None, to: Path | None, out: Console
) -> bool:
    """Play games of bots, and say of each event how often it came, when, or why not; whether none is blocked.

    Raises:
        Misuse: the list, the scenario, the plan or the seats cannot be used.
    """
    book, scenario, days = book_of(path), scenario_for(name), days_of(plan)
    casting = casting_for(seats, scenario)
    first_ms = days[0].begins_ms if days else int(datetime.now(UTC).timestamp()) * SECOND_MS
    began_ms = int(start.replace(tzinfo=UTC).timestamp()) * SECOND_MS if start else first_ms
    first = opening(scenario, game_seed(seed, 0))
    played: list[tuple[Came, ...]] = []
    openings = [opening(scenario, game_seed(seed, number)) for number in range(games)]
    casts = [bots(casting, lambda country, number=number: bot_seed(seed, country, number)) for number in range(games)]  # type: ignore[misc]  # bound by its default
    for match in play_many(openings, casts):
        course = Course(book.rows, match.opening)
        for entry, at_ms in zip(match.entries, scheduled_ms(match.entries, match.opening, began_ms, days), strict=True):
            course.add(entry, at_ms)
        played.append(course.found(sent=False))
    played = played or [Course(book.rows, first).found()]
    told = [_summed(cases) for cases in zip(*played, strict=True)]
    out.print(_table(book, told, games))
    blocked = [came for cases in zip(*played, strict=True) for came in cases[:1] if any(case.fate == "blocked" for case in cases)]
    out.print(f"{len(book.rows)} events, {games} games of bots; blocked: {len(blocked)}.", soft_wrap=True)
    if to is not None:
        book.add_columns(("Rehearsal", "Rehearsed in"), {came.row.at: told[k] for k, came in enumerate(played[0])})
        _saved(book, to, out)
    return not blocked


def _summed(cases: Sequence[Came]) -> tuple[str, str]:
    """How often an event came in some games, and in which turns; or why it did not."""
    fates = Counter(case.fate for case in cases)
    came = [case for case in cases if case.fate == "fired"]
    turns = sorted({case.turn for case in came if case.turn is not None})
    share = ", ".join(f"{fate} {count}" for fate, count in fates.most_common()) if len(cases) > 1 else cases[0].fate
    why = next((case.why for case in cases if case.fate == "blocked"), "" if came else cases[0].why)
    span = f"turn {turns[0]}" if len(turns) == 1 else f"turns {turns[0]} to {turns[-1]}" if turns else ""
    return share, "; ".join(part for part in (span, why) if part)


def _table(book: Book, told: Sequence[tuple[str, str]], games: int) -> Shown:
    table = Shown(title=f"The list in {games} games of bots" if games else "The list, not played", title_justify="left")
    for heading in ("number", "text", "outcome", "when, or why not"):
        table.add_column(heading)
    for row, (share, when) in zip(book.rows, told, strict=True):
        text = row["text"]
        table.add_row(row.number, text if len(text) <= TEXT_SHOWN else f"{text[:TEXT_SHOWN]}…", share, when)
    return table


def report(
    path: Path, log: Path, to: Path, *, banner: str, scenario: str | None, plan: Path | None, talk: Path | None, out: Console
) -> None:
    """Write the after-action report of a game that was logged, with the plan that it was made from and what was asked of the white cell.

    Raises:
        Misuse: the list, the log, the plan or the talk cannot be used.
    """
    book, game = book_of(path), open_log(log, scenario)
    times = tuple(int(json.loads(line).get("at_ms", 0)) for line in lines_of(log)[1:])
    course = Course(book.rows, game.opening)
    for entry, at_ms in zip(game.entries, times, strict=True):
        course.add(entry, at_ms)
    found, source = course.found(), Source(game.opening, game.entries, times, game.chain)
    add_review(book, found, source)
    asked = _add_talk(book, talk) if talk else None
    if plan is not None:
        frozen = _frozen(plan)
        if frozen.plan.days:
            book.add_sheet(by_day(read_days(frozen.plan.days), source, found, asked), "Days")
        book.add_sheet(plan_table(frozen, differs(frozen, game.head)), "Plan")
        out.print(f"The plan is {frozen.hash}.", soft_wrap=True)
    if banner:
        book.mark(banner)
    fates = Counter(came.fate for came in found)
    out.print(", ".join(f"{fate} {count}" for fate, count in fates.most_common()) + ".")
    _saved(book, to, out)


def _add_talk(book: Book, talk: Path) -> Table:
    """The sheets of what was asked of the white cell and noted by it; the former.  Raises Misuse."""
    try:
        asked, notes = requests(lines_of(talk))
    except BadRequests as error:
        raise Misuse(str(error)) from error
    book.add_sheet(asked, "Requests")
    book.add_sheet(notes, "Notes")
    return asked


def _saved(book: Book, to: Path, out: Console) -> None:
    try:
        book.save(to)
    except OSError as error:
        raise Misuse(f"--out: {to} cannot be written: {error.strerror}.") from error
    out.print(f"Written to {to.absolute()}.", soft_wrap=True)


def follow(
    path: Path, session: str, url: str, *, token_file: Path | None, plan: Path | None, once: bool, to: Path | None, out: Console
) -> None:
    """Send each event into a running session when it is due, and let it rest between the days; started again, it goes on.

    Raises:
        Misuse: the list, the plan, the token or the server cannot be used.
    """
    book, token, days = book_of(path), _token(token_file), days_of(plan)
    try:
        found = asyncio.run(_followed(book, session, url, token, out, once=once, days=days))
    except LobbyRefused as error:
        raise Misuse(str(error)) from error
    if to is not None:
        add_outcomes(book, found)
        _saved(book, to, out)


def _token(file: Path | None) -> str:
    try:
        token = os.environ.get(TOKEN, "") if file is None else file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Misuse(f"--token-file: {file} cannot be read: {error.strerror}.") from error
    if not token:
        raise Misuse(f"Say the control token of the session in the environment, as {TOKEN}, or in a file by --token-file.")
    return token


async def _followed(
    book: Book, session: str, url: str, token: str, out: Console, *, once: bool, days: Sequence[Day] = ()
) -> tuple[Came, ...]:
    course: Course | None = None
    nights, seen = Nights(days), 0
    async with Lobby(url) as lobby:
        while True:
            try:
                log, times = await _log(lobby, session, token)
                course = course or Course(book.rows, log.opening)
                for entry, at_ms in list(zip(log.entries, times, strict=True))[seen:]:
                    course.add(entry, at_ms)
                    nights.add(entry.order)
                seen, now_ms = len(log.entries), int(time.time() * SECOND_MS)
                for event in course.look(now_ms):
                    await _send(lobby, session, token, event, course.game.moment.branch, out)
                if bell := nights.due(now_ms, course.game.moment.status):
                    await _ring(lobby, session, token, bell, out)
            except (aiohttp.ClientError, TimeoutError, LobbyRefused) as error:
                if isinstance(error, LobbyRefused) and error.status not in FOR_NOW:
                    raise
                if once:
                    raise Misuse(f"The server at {url} gives no answer: {error}") from error
                why = error.sentence if isinstance(error, LobbyRefused) else type(error).__name__
                out.print(f"The server gives no answer ({why}); trying again.", soft_wrap=True)
            if course is not None and (once or course.game.moment.status == "over"):
                return course.found()
            await asyncio.sleep(LOOK_SECONDS)


async def _log(lobby: Lobby, session: str, token: str) -> tuple[LogFile, tuple[int, ...]]:
    lines = [line async for line in lobby.log(session, token)]
    try:
        head, entries, chain = read(lines)
    except BadLog as error:
        raise Misuse(f"The log of {session} cannot be read: {error}") from error
    times = tuple(int(json.loads(line).get("at_ms", 0)) for line in lines[1:])
    return opened(Path(session), head, entries, chain, None), times


async def _send(lobby: Lobby, session: str, token: str, event: Planned, branch: int, out: Console) -> None:
    """One event; its id is its own, so that it comes once however often it is sent."""
    order = event.order(branch)
    assert isinstance(order.act, Inject), "events are injects"
    name = order.id.removeprefix("control:")
    await lobby.control(session, token, "inject", id=name, text=order.act.text, to=order.act.to, reason=order.act.reason)
    out.print(f"{datetime.now(UTC):%H:%M:%S} event {event.row.number} sent to {', '.join(event.to) or 'everybody'}", soft_wrap=True)


async def _ring(lobby: Lobby, session: str, token: str, bell: Bell, out: Console) -> None:
    """Let the game rest or go on; if somebody was quicker, what they did stands."""
    details = {"reason": bell.reason} if bell.verb == "pause" else {}
    try:
        await lobby.control(session, token, bell.verb, id=bell.id, **details)
    except LobbyRefused as error:
        out.print(f"{datetime.now(UTC):%H:%M:%S} {bell.reason}: {error}", soft_wrap=True)
    else:
        out.print(f"{datetime.now(UTC):%H:%M:%S} {bell.reason}: the game {'rests' if bell.verb == 'pause' else 'goes on'}", soft_wrap=True)
