"""``unipole exercise WORD``: a director's events list."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from server.cli.options import Flag, Seed, console
from server.commands.misuse import FAILED, OK

exercise_app = App(name="exercise", help="Rehearse, follow and report on a master scenario events list.", help_format="markdown")


@exercise_app.command
def rehearse(
    events: Path,
    scenario: str,
    /,
    *,
    games: Annotated[int, Parameter(validator=Number(gte=0, lte=10_000))] = 10,
    seats: str = "",
    seed: Seed = 7,
    start: datetime | None = None,
    plan: Path | None = None,
    out: Path | None = None,
) -> int:
    """Try a list in games of bots: each event has fired, has never come, or is blocked. Ends with code 1 if any is blocked.

    For example:

        unipole exercise rehearse events.xlsx iraq-2003
        unipole exercise rehearse events.xlsx iraq-2003 --games 0
        unipole exercise rehearse events.xlsx iraq-2003 --start 2026-11-24T09:00 --out rehearsed.xlsx

    Parameters
    ----------
    events
        The list, a workbook (.xlsx) with its headings in one of the first ten rows.
    scenario
        A name from `unipole scenario list`, or the folder of a scenario of your own.
    games
        How many games to play; 0 only reads the list.
    seats
        Who plays, as for `unipole run`.
    seed
        The number from which all chance is drawn.
    start
        When the exercise begins (UTC), for events that come by the clock; now, if it is left out.
    plan
        The frozen plan, if the game rests between its days; it begins with the first of them.
    out
        A copy of the list, with what came of each event beside it.
    """
    from server.commands.exercise import rehearse as work  # openpyxl and the bots are not needed by the other commands

    passed = work(events, scenario, seats=seats, games=games, seed=seed, start=start, plan=plan, to=out, out=console())
    return OK if passed else FAILED


@exercise_app.command
def follow(
    events: Path,
    session: str,
    /,
    *,
    server: str = "http://127.0.0.1:8000",
    token_file: Path | None = None,
    plan: Path | None = None,
    once: Flag = False,
    out: Path | None = None,
) -> None:
    """Send each event of a list into a running session when it is due, until the game is over. Stopped and started again, it goes on.

    For example:

        UNIPOLE_CONTROL_TOKEN=... unipole exercise follow events.xlsx iraq-2003-abcdef --out sent.xlsx
        unipole exercise follow events.xlsx iraq-2003-abcdef --token-file token.txt --plan plan.frozen.json

    Parameters
    ----------
    events
        The list.
    session
        The name of the session.
    server
        The address of the server.
    token_file
        A file with the control token; else it is in the environment, as UNIPOLE_CONTROL_TOKEN.
    plan
        The frozen plan, if the game is to rest between its days: it is paused as one ends, and goes on as the next begins.
    once
        Look once, send what is due, and stop.
    out
        A copy of the list, with what came of each event beside it.
    """
    from server.commands.exercise import follow as work  # see rehearse

    work(events, session, server, token_file=token_file, plan=plan, once=once, to=out, out=console())


@exercise_app.command
def report(
    events: Path,
    log: Path,
    /,
    *,
    out: Path = Path("after-action.xlsx"),
    banner: str = "EXERCISE EXERCISE EXERCISE",
    scenario: str | None = None,
    plan: Path | None = None,
    talk: Path | None = None,
) -> None:
    """Write the after-action report: the list with what became of each event, objectives, promises, votes, overrides, corrective actions.

    For example:

        unipole exercise report events.xlsx game.jsonl --out after-action.xlsx

    Parameters
    ----------
    events
        The list.
    log
        The log of the game, such as one from the board.
    out
        The workbook to write.
    banner
        The marking at head and foot of every printed page; empty for none.
    scenario
        Folder of the scenario, if it does not ship with the program.
    plan
        The frozen plan that the session was made from; its hash stands in the report.
    talk
        The requests to the white cell with their answers, as `talk/log` of the session gives them.
    """
    from server.commands.exercise import report as work  # see rehearse

    work(events, log, out, banner=banner, scenario=scenario, plan=plan, talk=talk, out=console())


@exercise_app.command
def freeze(plan: Path, /, *, out: Path | None = None) -> int:
    """Freeze a plan: hash it with its events list, scenario, rules and coefficients. Ends with code 1 if an event can never be sent.

    For example:

        unipole exercise freeze plan.toml

    Parameters
    ----------
    plan
        The plan, in TOML.
    out
        The frozen plan; beside the plan, if it is left out.
    """
    from server.commands.exercise_plan import write_frozen as work  # see rehearse

    return OK if work(plan, out, console()) else FAILED


@exercise_app.command(name="open")
def open_(frozen: Path, /, *, server: str = "http://127.0.0.1:8000", token_file: Path = Path("control-token.txt")) -> None:
    """Make a session from a frozen plan, unless something that it rests on was changed.

    For example:

        unipole exercise open plan.frozen.json --token-file token.txt

    Parameters
    ----------
    frozen
        The frozen plan, with its events list beside it.
    server
        The address of the server.
    token_file
        Where the control token is written, readable by its owner alone.
    """
    from server.commands.exercise_plan import open_session as work  # see rehearse

    work(frozen, server, token_file=token_file, out=console())
