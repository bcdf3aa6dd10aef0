"""Log files: read, checked and opened, for the commands that look back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rules.events import EventKinds
from rules.evolve import evolve
from rules.parameters import BadParameter
from rules.sequence import Recorded
from rules.state import Game
from rules.wire.logbook import BadLog, Head, read
from scenarios.faults import BadScenario
from scenarios.loader import load, shortened
from scenarios.opening import opening
from scenarios.pin import head_of
from server.commands.misuse import Misuse


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log whose hashes fit: head, entries, the last hash, and the game that this program opens from its head.

    ``own`` is the head that this program would write: where it differs, the log is of other rules or another scenario.
    """

    path: Path
    head: Head
    entries: tuple[Recorded, ...]
    chain: str
    opening: Game
    own: Head


def lines_of(path: Path) -> list[str]:
    """The lines of a file.

    Raises:
        Misuse: it cannot be read as text.
    """
    try:
        return path.read_text().splitlines()
    except FileNotFoundError:
        raise Misuse(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise Misuse(f"{path} is a folder; name a log file, such as one written by `unipole run --log`.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"{path} cannot be read: {error}.") from error


def open_log(path: Path, scenario: str | None = None) -> LogFile:
    """A log file, ready to be looked through.  ``scenario`` names a folder if its scenario does not ship with the program.

    Raises:
        Misuse: there is no such file, it is no log, or its scenario cannot be opened here.
    """
    try:
        head, entries, chain = read(lines_of(path))
    except BadLog as error:
        raise Misuse(f"{path}, {error}. `unipole verify` tells more.") from error
    return opened(path, head, entries, chain, scenario)


def opened(path: Path, head: Head, entries: tuple[Recorded, ...], chain: str, scenario: str | None) -> LogFile:
    """The same for a log that was read.

    Raises:
        Misuse: its scenario cannot be opened here.
    """
    try:
        case = shortened(load(scenario or head.scenario), head.turns)
        own = head_of(case, head.seed, head.parameters)
        game = opening(case, head.seed, head.parameters)
    except BadScenario as error:
        hint = "" if scenario else " If it is a scenario of your own, name its folder with --scenario."
        raise Misuse(f"{error}{hint}") from error
    except BadParameter as error:
        raise Misuse(f"{path} has parameters that this program does not know: {error}.") from error
    return LogFile(path, head, entries, chain, game, own)


@dataclass(frozen=True, slots=True)
class Told:
    """One event in its place: entry and event number (from 1), the game before it, the event."""

    entry: int
    number: int
    before: Game
    event: EventKinds

    @property
    def place(self) -> str:
        """The place as it is typed: ``12.3``."""
        return f"{self.entry}.{self.number}"


def told(log: LogFile) -> Iterator[Told]:
    """Every event of a log in order."""
    game = log.opening
    for entry, recorded in enumerate(log.entries, start=1):
        for number, event in enumerate(recorded.events, start=1):
            yield Told(entry, number, game, event)
            game = evolve(game, event)
