"""Bots in other languages: a program that reads a view as a line of JSON and answers with a line of acts.

One program plays one seat of one game.  It is started when it is first asked, told ``end`` when the game is over, and killed if it does not
go.  What it writes to its error stream is left alone.
"""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from typing import IO

from pydantic import TypeAdapter, ValidationError

from rules.orders import SeatAct
from rules.state import View
from rules.wire.views import pack_view

LINE_BYTES_MAX = 1_000_000
ACTS_MAX = 256
GRACE_SECONDS = 2.0  # for a program to go once it was told that the game is over
PROTOCOL = 1
_ACTS: TypeAdapter[tuple[SeatAct, ...]] = TypeAdapter(tuple[SeatAct, ...])


class BotFailed(Exception):
    """A bot gave no usable answer; the text says why."""


class OutOfTime(BotFailed):
    """No answer came before the time bank was empty."""


class Script:
    """A seat that is played by a program."""

    def __init__(self, command: Sequence[str], folder: Path, country: str, seed: str) -> None:
        self.command, self.folder, self.country, self.seed = tuple(command), folder, country, seed
        self._process: subprocess.Popen[bytes] | None = None
        self._lines: Queue[bytes | None] = Queue()
        self._told_atlas = False

    def choose_within(self, view: View, seconds: float) -> tuple[SeatAct, ...]:
        """The acts for this step, if they come in time.

        Raises:
            OutOfTime: they did not; the program is stopped.
            BotFailed: the program is gone, or its answer is no list of acts.
        """
        process = self._started()
        packed = pack_view(view, static=not self._told_atlas)
        self._told_atlas = True
        self._say(process, {"type": "choose", "seat": self.country, "seconds_left": seconds, "view": packed})
        try:
            line = self._lines.get(timeout=seconds)
        except Empty:
            self.close()
            raise OutOfTime("no answer in time") from None
        if line is None:
            self.close()
            raise BotFailed("the program has ended")
        return _acts(line)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._lines, self._told_atlas = Queue(), False
            try:
                self._process = subprocess.Popen(  # noqa: S603 - the command is the entrant's own, named by whoever runs the tournament
                    self.command, cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
                )
            except OSError as error:
                raise BotFailed(f"the program cannot be started: {error}") from error
            assert self._process.stdout is not None, "a pipe was asked for"
            threading.Thread(target=_listen, args=(self._process.stdout, self._lines), daemon=True).start()
            self._say(self._process, {"type": "begin", "protocol": PROTOCOL, "seat": self.country, "seed": self.seed})
        return self._process

    def _say(self, process: subprocess.Popen[bytes], message: dict[str, object]) -> None:
        assert process.stdin is not None, "a pipe was asked for"
        try:
            process.stdin.write(json.dumps(message).encode() + b"\n")
            process.stdin.flush()
        except OSError as error:
            self.close()
            raise BotFailed(f"the program does not listen: {error}") from error

    def close(self) -> None:
        """Tell the program that the game is over, and see to it that it goes."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            if process.stdin is not None:
                process.stdin.write(b'{"type": "end"}\n')
                process.stdin.close()
        try:
            process.wait(timeout=GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _listen(pipe: IO[bytes], lines: Queue[bytes | None]) -> None:
    """Hand on what a program says, line by line, and its end."""
    with suppress(OSError, ValueError):  # closed under our hands: that is the end as well
        while line := pipe.readline(LINE_BYTES_MAX + 1):
            lines.put(line)
    lines.put(None)


def _acts(line: bytes) -> tuple[SeatAct, ...]:
    """The acts of an answer such as ``{"acts": [{"kind": "done"}]}``.

    Raises:
        BotFailed: the line is too long, no JSON, or holds something else than acts.
    """
    if len(line) > LINE_BYTES_MAX:
        raise BotFailed(f"an answer of more than {LINE_BYTES_MAX} bytes")
    try:
        acts = json.loads(line)["acts"]
        found = _ACTS.validate_json(json.dumps(acts))
    except (ValueError, KeyError, TypeError, RecursionError, ValidationError) as error:
        raise BotFailed(f"an answer that is no list of acts: {str(error).splitlines()[0]}") from error
    return found[:ACTS_MAX]
