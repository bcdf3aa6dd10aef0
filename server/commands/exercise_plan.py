"""``unipole exercise freeze`` and ``open``: a plan with its hash, and the session that is made from it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import aiohttp
from rich.console import Console

from client.sdk.errors import LobbyRefused
from client.sdk.lobby import Lobby, Made
from scenarios.faults import BadScenario
from scenarios.opening import opening
from server.commands.exercise import book_of
from server.commands.misuse import Misuse
from server.commands.run import scenario_for
from server.exercise.course import Came, Course
from server.exercise.plan import BadPlan, Frozen, Plan, freeze, read_frozen, read_plan, require_same

OWN_MODE = 0o600


def write_frozen(path: Path, to: Path | None, out: Console) -> bool:
    """Freeze a plan; whether every event of its list can be sent.

    Raises:
        Misuse: the plan or the list cannot be used.
    """
    try:
        plan = read_plan(path)
        frozen = freeze(plan, path.parent)
    except (BadPlan, BadScenario) as error:
        raise Misuse(str(error)) from error
    blocked = [came for came in _listed(plan, path.parent) if came.fate == "blocked"]
    for came in blocked:
        out.print(f"event {came.row.number} is blocked: {came.why}", soft_wrap=True)
    target = to or path.with_suffix(".frozen.json")
    try:
        target.write_text(frozen.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise Misuse(f"--out: {target} cannot be written: {error.strerror}.") from error
    out.print(f"Frozen as {frozen.hash}\nWritten to {target.absolute()}.", soft_wrap=True)
    return not blocked


def _listed(plan: Plan, folder: Path) -> tuple[Came, ...]:
    return Course(book_of(folder / plan.events).rows, opening(scenario_for(plan.scenario), "frozen")).found()


def open_session(path: Path, url: str, *, token_file: Path, out: Console) -> None:
    """Make a session from a frozen plan, if nothing that it rests on was changed.

    Raises:
        Misuse: something was changed, or the server cannot be used.
    """
    try:
        frozen = read_frozen(path)
        require_same(frozen, path.parent)
        token_file.touch(mode=OWN_MODE)  # before the session is made: nobody could direct it without its token
        token_file.chmod(OWN_MODE)
        made = asyncio.run(_made(frozen, url))
        token_file.write_text(made.control_token + "\n", encoding="utf-8")
    except (BadPlan, BadScenario, LobbyRefused) as error:
        raise Misuse(str(error)) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Misuse(f"The server at {url} gives no answer: {error}") from error
    except OSError as error:
        raise Misuse(f"--token-file: {token_file} cannot be written: {error.strerror}.") from error
    out.print(f"Session {made.session}, from the plan {frozen.hash[:12]}; the control token is in {token_file.absolute()}.", soft_wrap=True)
    if frozen.plan.critical:
        out.print(f"To be filled before the start: {', '.join(frozen.plan.critical)}.", soft_wrap=True)


async def _made(frozen: Frozen, url: str) -> Made:
    plan = frozen.plan
    async with Lobby(url) as lobby:
        return await lobby.make(
            plan.scenario, plan.pace, parameters=plan.parameters, open_seats=plan.open_seats, bots=plan.bots, talk=plan.talk,
            overheard=plan.overheard, critical=plan.critical, frozen=frozen.hash,
        )  # fmt: skip
