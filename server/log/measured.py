"""A log that is timed: every append, how large it was, and whether it was in vain."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from server.log.errors import LogUnavailable
from server.log.protocol import KEEP, Conflict, Deadline, Entry, Keep, Log, Outcome, Stored
from server.metrics import Metrics


class MeasuredLog:
    """A ``Log`` on another."""

    def __init__(self, log: Log, metrics: Metrics) -> None:
        self._log = log
        self._metrics = metrics

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """See ``Log.append``."""
        began_s = time.monotonic()
        try:
            outcome = await self._log.append(game_id, version, entries, deadline)
        except LogUnavailable:
            self._metrics.unanswered.inc()
            raise
        self._metrics.appended(len(entries), time.monotonic() - began_s)
        if isinstance(outcome, Conflict):
            self._metrics.conflicts.inc()
        return outcome

    async def read(self, game_id: str, since: int = 0, limit: int | None = None) -> tuple[Stored, ...]:
        """See ``Log.read``."""
        return await self._log.read(game_id, since, limit)

    async def version(self, game_id: str) -> int:
        """See ``Log.version``."""
        return await self._log.version(game_id)

    async def versions(self, game_ids: Sequence[str]) -> tuple[int, ...]:
        """See ``Log.versions``."""
        return await self._log.versions(game_ids)

    async def games(self) -> tuple[str, ...]:
        """See ``Log.games``."""
        return await self._log.games()

    async def deadline(self, game_id: str) -> Deadline | None:
        """See ``Log.deadline``."""
        return await self._log.deadline(game_id)

    async def due(self, now_ms: int) -> tuple[tuple[str, Deadline], ...]:
        """See ``Log.due``."""
        return await self._log.due(now_ms)

    async def now_ms(self) -> int:
        """See ``Log.now_ms``."""
        return await self._log.now_ms()

    async def wait(self, game_id: str, version: int, timeout_s: float) -> int:
        """See ``Log.wait``."""
        return await self._log.wait(game_id, version, timeout_s)

    async def hint(self, game_id: str, word: str) -> None:
        """See ``Log.hint``."""
        await self._log.hint(game_id, word)

    def listen(self, heard: Callable[[str, str], None]) -> None:
        """See ``Log.listen``."""
        self._log.listen(heard)

    async def close(self) -> None:
        """See ``Log.close``."""
        await self._log.close()
