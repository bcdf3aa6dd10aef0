"""The press of a server: debriefs and what-ifs of its sessions, made by processes of their own, for which no order and no clock waits.

Such a process is the program's own command line with the log in a private folder that goes with it; it ends with its job, or is ended when
it takes too long.  Pages are kept for as long as a session stays as it is, what-ifs for as long as the server runs.
"""

from __future__ import annotations

import asyncio
import sys
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from server.debrief.forks import Fork, keep, stored
from server.narrate.language import Language, language

PAGES_KEPT = 8
PAGE_SECONDS_MAX, FORK_SECONDS_MAX = 60.0, 900.0
WAITING_MAX = 4
"""Jobs of one kind that may wait for their turn; each kind is done one at a time, so that a what-if never keeps a debrief waiting."""
LOG, PAGE = "game.jsonl", "page.html"
MISUSED = 2
SENTENCE = "unipole: "


class TooBusy(Exception):
    """There are too many jobs, or one took too long."""


class Unfit(Exception):
    """What was asked for cannot be made: the text says why."""


class _Desk:
    """One kind of job: one at a time, and not too many waiting."""

    def __init__(self, seconds_max: float) -> None:
        self._free = asyncio.Lock()
        self._waiting = 0
        self._seconds_max = seconds_max
        self._at_work: asyncio.subprocess.Process | None = None

    async def run(self, words: Iterable[str]) -> None:
        """Carry out a command.

        Raises:
            TooBusy: it was not begun, or not finished in time.
            Unfit: it was refused.
        """
        if self._waiting >= WAITING_MAX:
            raise TooBusy
        self._waiting += 1
        try:
            async with self._free:
                await self._worked(words)
        finally:
            self._waiting -= 1

    async def _worked(self, words: Iterable[str]) -> None:
        pipe = asyncio.subprocess.PIPE
        nothing = asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", "server", *words, stdin=nothing, stdout=nothing, stderr=pipe)
        self._at_work = process
        try:
            async with asyncio.timeout(self._seconds_max):
                _, said = await process.communicate()
        except TimeoutError:
            raise TooBusy from None
        finally:
            self.stop()
        if process.returncode == MISUSED:
            raise Unfit(said.decode(errors="replace").strip().removeprefix(SENTENCE))
        if process.returncode:
            raise TooBusy

    def stop(self) -> None:
        """End what is at work."""
        if self._at_work is not None and self._at_work.returncode is None:
            self._at_work.kill()
        self._at_work = None


class Press:
    """The press of one process."""

    def __init__(self) -> None:
        self._pages: OrderedDict[tuple[str, str, bool, Language], str] = OrderedDict()
        self._forks: dict[str, list[Fork]] = {}
        self._printing, self._playing = _Desk(PAGE_SECONDS_MAX), _Desk(FORK_SECONDS_MAX)

    async def page(self, session: str, lines: list[str], *, revealed: bool) -> str:
        """The debrief of a log, in the language of whoever asks.

        Raises:
            TooBusy: not now.
            Unfit: there is nothing to tell yet.
        """
        forks = self._forks.get(session, []) if revealed else []
        key = session, f"{len(lines)} {len(forks)}", revealed, language()
        if key not in self._pages:
            with TemporaryDirectory(prefix="unipole-") as folder:
                log = _laid(folder, lines)
                for fork in forks:
                    keep(log, fork)
                wishes = ["--lang", language(), *(["--reveal"] if revealed else [])]
                await self._printing.run(["debrief", str(log), "--out", str(log.with_name(PAGE)), *wishes])
                self._pages[key] = log.with_name(PAGE).read_text(encoding="utf-8")
            while len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(key)
        return self._pages[key]

    async def what_if(self, session: str, lines: list[str], event: str, act: str, games: int) -> Fork:
        """A what-if, played in one process; from then on it stands on the opened page.

        Raises:
            TooBusy: not now, or not in time.
            Unfit: the change cannot be made.
        """
        with TemporaryDirectory(prefix="unipole-") as folder:
            log = _laid(folder, lines)
            await self._playing.run(["fork", str(log), event, "--act", act, "--games", str(games), "--jobs", "1"])
            (found,) = stored(log)
        others = [old for old in self._forks.get(session, []) if (old.place, old.change) != (found.place, found.change)]
        self._forks[session] = [*others, found]
        for key in [key for key in self._pages if key[0] == session and key[2]]:
            del self._pages[key]
        return found

    def close(self) -> None:
        """End what is at work."""
        self._printing.stop()
        self._playing.stop()


def _laid(folder: str, lines: list[str]) -> Path:
    log = Path(folder) / LOG
    log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return log
