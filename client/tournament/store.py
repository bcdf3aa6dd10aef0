"""The results file: one line a game, written as it ends, so that a tournament can be stopped and go on."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import ValidationError

from client.tournament.file import BadTournament, Tournament
from client.tournament.games import Played

FORMAT = 1


class Results:
    """The games of a file that have been played.  A line torn by a crash is cut off and its game played again.

    The head of another tournament of which no game was played, such as one with a bot that could not be made, gives way.
    """

    def __init__(self, path: Path, tournament: Tournament) -> None:
        self.path = path
        self._head = {"format": FORMAT, "tournament": tournament.hash()}
        self.games: dict[str, Played] = {}
        whole = self._read() if path.exists() else 0
        self._file = path.open("ab")
        if self._file.tell() != whole:
            self._file.truncate(whole)
        if whole == 0:
            self._write(self._head)

    def __enter__(self) -> Self:
        """Ready to add games."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close the file."""
        self._file.close()

    def _read(self) -> int:
        """Take in what is there, and say how many bytes of it are whole lines."""
        whole = 0
        lines = self.path.read_bytes().splitlines(keepends=True)
        for number, line in enumerate(lines):
            if not line.endswith(b"\n"):
                break
            try:
                if number == 0:
                    if json.loads(line) != self._head:
                        if len(lines) == 1:
                            return 0
                        raise BadTournament(f"{self.path} belongs to another tournament, or that was changed since. Name another folder.")
                else:
                    game = Played.model_validate_json(line)
                    self.games[game.key] = game
            except (ValueError, ValidationError) as error:
                if isinstance(error, BadTournament):
                    raise
                raise BadTournament(f"{self.path}, line {number + 1}: no result: {str(error).splitlines()[0]}.") from error
            whole += len(line)
        return whole

    def add(self, game: Played) -> None:
        """Keep a game."""
        self.games[game.key] = game
        self._write(game.model_dump(mode="json"))

    def _write(self, line: object) -> None:
        self._file.write(json.dumps(line).encode() + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())


def in_order(games: Iterable[Played]) -> list[Played]:
    """Games in the one order in which everything is computed, however they came."""
    return sorted(games, key=lambda game: (game.scenario, game.number, game.key))
