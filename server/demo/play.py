"""``unipole demo``: a whole game on a real server, told as it happens, with a log and a debrief at the end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import webbrowser
from collections.abc import Callable, Coroutine, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from client.bots.protocol import Bot
from client.bots.seats import bots, cast
from client.sdk import SeatLost
from client.sdk.errors import LobbyRefused
from client.seeds import bot_seed, game_seed
from rules.view import UMPIRE_VIEWER
from rules.wire.logbook import read
from scenarios.faults import nearest
from scenarios.folder import names
from scenarios.loader import Scenario
from scenarios.opening import opening
from server.commands.misuse import Misuse
from server.commands.run import scenario_for
from server.commands.verify import verify
from server.demo.leave_open import leave_open
from server.demo.stage import Stage, entries, lines, play_bots, staged
from server.log.errors import LogUnavailable, NoRedisBinary, RedisDidNotStart
from server.narrate.language import say
from server.narrate.names import worded
from server.narrate.screen import show_line, show_objectives, show_turn
from server.narrate.turns import Turns
from server.runtime import run
from server.terminal.keys import Keyboard
from server.terminal.play import play_person

LOG_NAME, PAGE_NAME = "game.jsonl", "debrief.html"
TROUBLE = (SeatLost, LobbyRefused, LogUnavailable, NoRedisBinary, RedisDidNotStart, TimeoutError, OSError)
STAY_SECONDS = 10.0  # that the session at the end stays open where nobody could end it
PATIENCE_SECONDS = 600.0  # for a game of bots; none takes a quarter of it


@dataclass(frozen=True, slots=True)
class Showing:
    """What is played and where it is told."""

    scenario: Scenario
    seed: int
    take: str | None
    out: Console

    @property
    def countries(self) -> list[str]:
        """All seats."""
        return [land.id for land in self.scenario.data.country]

    def bots(self) -> Mapping[str, Bot]:
        """A bot for every seat but the person's."""
        players = bots(cast("", self.countries), lambda country: bot_seed(self.seed, country))
        return {country: bot for country, bot in players.items() if country != self.take}


def demo(name: str, *, take: str | None, seed: int, folder: Path, open_report: bool, serve: bool | None, out: Console) -> bool:
    """Play, tell, write, and leave a session open for a browser; True if the log holds.

    Raises:
        Misuse: the scenario, the seat or the folder cannot be used, or no server could be started.
    """
    scenario = scenario_for(name)
    if scenario.id not in names():
        raise Misuse(f"--scenario: the demo plays what ships with the program ({', '.join(names())}); `unipole run` plays any folder.")
    countries = [land.id for land in scenario.data.country]
    if take is not None and take.upper() not in countries:
        raise Misuse(f"--take: there is no seat {take!r} in {scenario.id}. {nearest(take.upper(), countries)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misuse(f"--out: {folder} cannot be made: {error.strerror}.") from error
    showing = Showing(scenario, seed, take.upper() if take else None, out)
    found = _played(showing)
    good = _kept(showing, found, folder, open_report=open_report)
    if serve or (serve is None and take is None):
        stay_s = None if serve or _has_terminal() else STAY_SECONDS
        _carried_out(lambda: leave_open(scenario.id, stay_s, out))
    return good


def _played(showing: Showing) -> list[str]:
    """The lines of the log of the game, once it is over.

    Raises:
        Misuse: the server could not be started or was lost; says why.
        KeyboardInterrupt: somebody stopped the program.
    """
    found: list[str] = []

    async def main() -> None:
        with _stoppable():
            try:
                found.extend(await _session(showing))
            except BaseExceptionGroup as group:
                raise _first(group) from group

    _carried_out(main)
    return found


def _carried_out(main: Callable[[], Coroutine[object, object, None]]) -> None:
    try:
        run(main)
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None
    except BrokenPipeError:  # whoever read along has seen enough
        raise
    except TROUBLE as error:
        raise Misuse(f"The demo cannot go on: {str(error) or type(error).__name__}") from error


@contextmanager
def _stoppable() -> Iterator[None]:
    """Let SIGTERM end this task as Ctrl-C does, so that the server and its folder go too."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    assert task is not None, "this runs in a task"
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)


def _first(error: BaseException) -> BaseException:
    """What went wrong first, out of the groups of tasks around it."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


async def _session(showing: Showing) -> list[str]:
    out, scenario = showing.out, showing.scenario
    seed = game_seed(showing.seed)
    async with staged(scenario.id, seed, showing.countries) as stage:
        server = say("demo.opened", seed=showing.seed, url=stage.lobby.url, seats=len(stage.seats))
        out.print(f"[bold]{escape(worded(scenario.data.scenario.title))}[/bold]{escape(server)}", highlight=False)
        await stage.lobby.control(stage.made.session, stage.made.control_token, "start")
        async with _limit(showing), asyncio.TaskGroup() as group:
            group.create_task(play_bots(stage, showing.bots()))
            if showing.take is None:
                group.create_task(_tell(stage, showing, Turns(opening(scenario, seed))))
            else:
                group.create_task(play_person(stage, showing.take, Keyboard(), out))
        return await lines(stage)


def _limit(showing: Showing) -> AbstractAsyncContextManager[object]:
    return asyncio.timeout(PATIENCE_SECONDS) if showing.take is None else nullcontext()


async def _tell(stage: Stage, showing: Showing, turns: Turns) -> None:
    """Show every step when it has closed, and every turn when it is over."""
    out, shown = showing.out, 0
    async for entry in entries(stage):
        said = turns.add(entry)
        while len(turns.told) > shown:
            if shown:
                show_turn(out, turns.told[shown - 1])
            shown += 1
            out.rule(f"[bold]{say('seat.turn', turn=shown, turns=turns.opening.atlas.turns)}[/bold]", align="left")
        for line in said:
            show_line(out, line)
    if turns.told:
        show_turn(out, turns.told[-1])


def _kept(showing: Showing, found: list[str], folder: Path, *, open_report: bool) -> bool:
    """Write log and debrief, check the log, and say where everything is."""
    from server.debrief.page import write_debrief  # templates take a moment to load, which is better spent at the end
    from server.debrief.telling import Telling

    out = showing.out
    head, recorded, chain = read(found)
    turns = Turns(opening(showing.scenario, head.seed, head.parameters)).add_all(recorded)
    show_objectives(out, turns.game)
    log, page = folder / LOG_NAME, folder / PAGE_NAME
    try:
        log.write_text("".join(f"{line}\n" for line in found))
        whole = opening(showing.scenario, head.seed, head.parameters)
        write_debrief(page, Telling(whole, recorded, chain, viewer=UMPIRE_VIEWER, seed=showing.seed, person=showing.take))
    except OSError as error:
        raise Misuse(f"--out: {error.filename} cannot be written: {error.strerror}.") from error
    good = verify(log, out)
    out.print(say("demo.debrief", path=page.absolute()), soft_wrap=True)
    out.print(say("demo.log", path=log.absolute()), soft_wrap=True)
    if open_report and _has_screen():
        webbrowser.open(page.absolute().as_uri())
    return good


def _has_terminal() -> bool:
    """Whether somebody is there who can press Ctrl-C."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _has_screen() -> bool:
    """Whether there is somebody at a screen on which a browser could open."""
    return sys.stdout.isatty() and (sys.platform == "darwin" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY")))
