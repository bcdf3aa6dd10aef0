"""The press of a server: debriefs and what-ifs of its sessions, made by processes of their own, for which no order and no clock waits.

Such a process is the program's own command line with the log in a private folder that goes with it; it ends with its job, or is ended when
it takes too long.  Pages are kept for as long as a session stays as it is, what-ifs for as long as the server runs.  A class that asks for
the same page at once gets one that is printed once.
"""

from __future__ import annotations

import asyncio
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER
from server.debrief.forks import Fork, keep, stored
from server.narrate.language import Language, language

PAGES_KEPT = 64
PAGE_SECONDS_MAX, FORK_SECONDS_MAX = 60.0, 900.0
WAITING_MAX = 30
"""Jobs of one kind that may wait for their turn; each kind is done one at a time, so that a what-if never keeps a debrief waiting."""
LOG, PAGE = "game.jsonl", "page.html"
MISUSED = 2
SENTENCE = "unipole: "
_Page = tuple[str, str, str, Language]


class TooBusy(Exception):
    """There are too many jobs, or one took too long."""


class Unfit(Exception):
    """What was asked for cannot be made: the text says why."""


@dataclass(slots=True)
class Playing:
    """A what-if that is being played: ``done`` of so many games, in both arms together."""

    event: str
    act: str
    games: int
    done: int = 0


class _Desk:
    """One kind of job: one at a time, and not too many waiting."""

    def __init__(self, seconds_max: float) -> None:
        self._free = asyncio.Lock()
        self._waiting = 0
        self._seconds_max = seconds_max

    async def run(self, words: Iterable[str], hear: Callable[[str], None] = lambda _: None) -> None:
        """Carry out a command; ``hear`` is told each line that it prints.

        Raises:
            TooBusy: it was not begun, or not finished in time.
            Unfit: it was refused.
        """
        if self._waiting >= WAITING_MAX:
            raise TooBusy
        self._waiting += 1
        try:
            async with self._free:
                await self._worked(words, hear)
        finally:
            self._waiting -= 1

    async def _worked(self, words: Iterable[str], hear: Callable[[str], None]) -> None:
        pipe = asyncio.subprocess.PIPE
        nothing = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "server", *words, stdin=nothing, stdout=pipe, stderr=pipe)
        assert process.stdout is not None, "it was piped"
        assert process.stderr is not None, "it was piped"
        try:
            async with asyncio.timeout(self._seconds_max):
                said, _ = await asyncio.gather(process.stderr.read(), _heard(process.stdout, hear))
                await process.wait()
        except TimeoutError:
            raise TooBusy from None
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        if process.returncode == MISUSED:
            raise Unfit(said.decode(errors="replace").strip().removeprefix(SENTENCE))
        if process.returncode:
            raise TooBusy


async def _heard(stream: asyncio.StreamReader, hear: Callable[[str], None]) -> None:
    async for line in stream:
        hear(line.decode(errors="replace").strip())


class Press:
    """The press of one process."""

    def __init__(self) -> None:
        self._pages: OrderedDict[_Page, str] = OrderedDict()
        self._printed: dict[_Page, asyncio.Task[str]] = {}
        self._forks: dict[str, list[Fork]] = {}
        self._now: dict[str, Playing] = {}
        self._printing, self._playing = _Desk(PAGE_SECONDS_MAX), _Desk(FORK_SECONDS_MAX)

    async def page(self, session: str, lines: list[str], viewer: str = PUBLIC_VIEWER) -> str:
        """The debrief of a log through the eyes of a viewer, in the language of whoever asks.

        Raises:
            TooBusy: not now.
            Unfit: there is nothing to tell yet.
        """
        forks = self._forks.get(session, []) if viewer == UMPIRE_VIEWER else []
        key = session, f"{len(lines)} {len(forks)}", viewer, language()
        if key not in self._pages:
            if key not in self._printed:
                self._printed[key] = asyncio.create_task(self._print(key, lines, tuple(forks)), name="press")
                self._printed[key].add_done_callback(lambda _: self._printed.pop(key, None))
            return await asyncio.shield(self._printed[key])  # somebody who leaves does not take it from the others
        self._pages.move_to_end(key)
        return self._pages[key]

    async def _print(self, key: _Page, lines: list[str], forks: Iterable[Fork]) -> str:
        _, _, viewer, spoken = key
        with TemporaryDirectory(prefix="unipole-") as folder:
            log = _laid(folder, lines)
            for fork in forks:
                keep(log, fork)
            eyes = ["--reveal"] if viewer == UMPIRE_VIEWER else [] if viewer == PUBLIC_VIEWER else ["--seat", viewer]
            await self._printing.run(["debrief", str(log), "--out", str(log.with_name(PAGE)), "--lang", spoken, *eyes])
            page = log.with_name(PAGE).read_text(encoding="utf-8")
        self._pages[key] = page
        while len(self._pages) > PAGES_KEPT:
            self._pages.popitem(last=False)
        return page

    async def what_if(self, session: str, lines: list[str], event: str, act: str, games: int) -> Fork:
        """A what-if, played in one process; from then on it stands on the opened page.

        Raises:
            TooBusy: not now, or not in time; or this session has one that is not done.
            Unfit: the change cannot be made.
        """
        if session in self._now:
            raise TooBusy
        now = self._now[session] = Playing(event, act, 2 * games)
        try:
            with TemporaryDirectory(prefix="unipole-") as folder:
                log = _laid(folder, lines)
                words = ["fork", str(log), event, "--act", act, "--games", str(games), "--jobs", "1", "--count"]
                await self._playing.run(words, lambda line: _counted(now, line))
                (found,) = stored(log)
        finally:
            del self._now[session]
        others = [old for old in self._forks.get(session, []) if (old.place, old.change) != (found.place, found.change)]
        self._forks[session] = [*others, found]
        for key in [key for key in self._pages if key[0] == session and key[2] == UMPIRE_VIEWER]:
            del self._pages[key]
        return found

    async def records(self, lines: list[str], formats: Iterable[str]) -> dict[str, bytes]:
        """The tables of a log and their codebook, by the name of their files.

        Raises:
            TooBusy: not now.
            Unfit: they cannot be made.
        """
        with TemporaryDirectory(prefix="unipole-") as folder:
            tables = Path(folder) / "tables"
            wishes = [word for name in formats for word in ("--format", name)]
            await self._printing.run(["records", str(_laid(folder, lines)), "--out", str(tables), *wishes])
            return {path.name: path.read_bytes() for path in tables.iterdir()}

    def playing(self, session: str) -> Playing | None:
        """The what-if of a session that is being played or waits."""
        return self._now.get(session)

    def forks(self, session: str) -> tuple[Fork, ...]:
        """The what-ifs of a session that were played here."""
        return tuple(self._forks.get(session, ()))

    async def close(self) -> None:
        """End what is being printed; whoever waits for a what-if ends it by leaving."""
        printing = list(self._printed.values())
        for task in printing:
            task.cancel()
        await asyncio.gather(*printing, return_exceptions=True)


def _counted(now: Playing, line: str) -> None:
    if line.isdecimal():
        now.done = int(line)


def _laid(folder: str, lines: list[str]) -> Path:
    log = Path(folder) / LOG
    log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return log
