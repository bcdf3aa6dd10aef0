"""What people say, as one process has read it: nothing is forgotten while others speak, all when it was removed."""

from __future__ import annotations

import asyncio

from server.log.memory import MemoryLog
from server.sessions.talk import Hearing, Said, Talk
from tests.server.stage import SESSION
from tests.simulation.loop import run_virtually


class Slow(MemoryLog):
    """A log whose word on how long it is takes a while to arrive."""

    late_s = 0.0

    async def version(self, game_id: str) -> int:
        """As it was when it was asked."""
        found = await super().version(game_id)
        await asyncio.sleep(self.late_s)
        return found


def said(number: int) -> Said:
    """A message."""
    return Said(id=str(number), author="ARD", device="first", room=("ARD", "BRV"), text=f"word {number}", held=False)


def test_whoever_speaks_while_another_reads_is_not_forgotten() -> None:
    """How long the log was is compared with what was known then."""

    async def scene() -> None:
        log = Slow(lambda: 0)
        talk = Talk(SESSION, Hearing(), log, tries_max=3)
        await talk.add(said(0))
        log.late_s = 1.0
        reading = asyncio.create_task(talk.catch_up())
        await asyncio.sleep(0.5)
        log.late_s = 0.0
        await talk.add(said(1))
        await reading
        assert [item.text for item in talk.heard("BRV")] == ["word 0", "word 1"]

    run_virtually(scene())


def test_what_was_removed_is_forgotten() -> None:
    """By every process that reads on."""

    async def scene() -> None:
        log = MemoryLog(lambda: 0)
        talk = Talk(SESSION, Hearing(), log, tries_max=3)
        await talk.add(said(0))
        log._games.clear()
        await talk.catch_up()
        assert (talk.total("BRV"), talk.words) == (0, [])

    run_virtually(scene())
