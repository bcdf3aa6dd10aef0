"""The log in one process's memory: for tests, simulations and bots-only runs.

It obeys the same contract as the log in Redis and is the plainest statement of it. Nothing here survives
the process. The clock is given from outside, so that a simulation may run it at any speed; ``append`` has
no await inside, so it is atomic among tasks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from server.log.bells import Bells
from server.log.protocol import (
    KEEP,
    Appended,
    Conflict,
    Deadline,
    Entry,
    IdReused,
    Keep,
    Outcome,
    Seen,
    Stored,
    check_append,
    check_game_id,
    check_range,
)


@dataclass(slots=True)
class _Game:
    rows: list[Stored] = field(default_factory=list)
    ids: dict[str, Stored] = field(default_factory=dict)
    deadline: Deadline | None = None


class MemoryLog:
    """A ``Log`` that is gone with the process. ``clock`` gives the time in ms since 1970."""

    def __init__(self, clock: Callable[[], int]) -> None:
        self._clock = clock
        self._games: dict[str, _Game] = {}
        self._bells = Bells()
        self._listeners: list[Callable[[str, str], None]] = []

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """Store the entries if none is known and the version is right; see ``Log.append``."""
        check_append(game_id, version, entries, deadline)
        game = self._games.get(game_id) or _Game()
        known = [game.ids[entry.order_id] for entry in entries if entry.order_id in game.ids]
        offered = {entry.order_id: entry.digest for entry in entries}
        for row in known:
            if row.entry.digest != offered[row.entry.order_id]:
                return IdReused(row.entry.order_id)
        if known:
            return Seen({row.entry.order_id: row.version for row in known})
        if len(game.rows) != version:
            return Conflict(len(game.rows))
        self._games[game_id] = game
        at_ms = self._clock()
        for entry in entries:
            row = Stored(len(game.rows) + 1, entry, at_ms)
            game.rows.append(row)
            game.ids[entry.order_id] = row
        if deadline is not KEEP:
            game.deadline = deadline
        self._bells.ring(game_id, len(game.rows))
        return Appended(len(game.rows), at_ms)

    async def read(self, game_id: str, since: int = 0, limit: int | None = None) -> tuple[Stored, ...]:
        """Entries after ``since``; see ``Log.read``."""
        check_game_id(game_id)
        check_range(since, limit)
        game = self._games.get(game_id)
        if game is None:
            return ()
        return tuple(game.rows[since : None if limit is None else since + limit])

    async def version(self, game_id: str) -> int:
        """The number of entries."""
        check_game_id(game_id)
        game = self._games.get(game_id)
        return 0 if game is None else len(game.rows)

    async def versions(self, game_ids: Sequence[str]) -> tuple[int, ...]:
        """The number of entries of each."""
        return tuple([await self.version(game_id) for game_id in game_ids])

    async def games(self) -> tuple[str, ...]:
        """Ids of all games, sorted."""
        return tuple(sorted(self._games))

    async def deadline(self, game_id: str) -> Deadline | None:
        """When the game falls due."""
        check_game_id(game_id)
        game = self._games.get(game_id)
        return None if game is None else game.deadline

    async def due(self, now_ms: int) -> tuple[tuple[str, Deadline], ...]:
        """Overdue games, the most overdue first."""
        found = [
            (game_id, game.deadline)
            for game_id, game in self._games.items()
            if game.deadline is not None and game.deadline.due_ms <= now_ms
        ]
        return tuple(sorted(found, key=lambda pair: (pair[1].due_ms, pair[0])))

    async def now_ms(self) -> int:
        """The injected clock."""
        return self._clock()

    async def wait(self, game_id: str, version: int, timeout_s: float) -> int:
        """The version once it is above ``version``, or when the time is over; no bell gets lost here."""
        check_game_id(game_id)
        return await self._bells.wait(game_id, version, self.version, timeout_s=timeout_s)

    async def hint(self, game_id: str, word: str) -> None:
        """No word gets lost here."""
        check_game_id(game_id)
        for heard in self._listeners:
            heard(game_id, word)

    def listen(self, heard: Callable[[str, str], None]) -> None:
        """Hear words."""
        self._listeners.append(heard)

    async def close(self) -> None:
        """Nothing runs in the background."""
