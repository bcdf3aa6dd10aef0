"""A bot at a seat, in rounds: see the open step, choose, hand in the envelope, wait for the next."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from client.sdk.conversation import place
from client.sdk.errors import OrderRefused
from client.sdk.seat import Seat
from rules.orders import Act
from rules.state import View
from rules.turn import open_acts
from rules.wire.frames import Receipt


class Chooser(Protocol):
    """Whatever chooses acts from what its seat may see: a bot, a model, a person at a prompt."""

    def choose(self, view: View) -> tuple[Act, ...]:
        """The acts for the current step, in order; empty to hold."""
        ...


@dataclass(slots=True)
class Played:
    """What came of a bot's envelopes, in the order of the steps."""

    receipts: list[Receipt] = field(default_factory=list)
    refusals: list[OrderRefused] = field(default_factory=list)  # of whole envelopes


async def run_bot(seat: Seat, bot: Chooser, *, threaded: bool = False) -> Played:
    """Play until the session is over.  One envelope a step, also if the step's deadline moves.

    ``threaded`` lets the bot think in a thread of its own, so that a slow one does not stop the loop.

    Raises:
        SeatLost: the seat is lost.
        Exception: whatever the bot raises.
    """
    played = Played()
    try:
        async with asyncio.TaskGroup() as waiting:
            await _play(seat, bot, played, waiting, threaded=threaded)
    except BaseExceptionGroup as group:
        raise group.exceptions[0] from None  # the rest are waits that ended because of it
    return played


async def _play(
    seat: Seat, bot: Chooser, played: Played, waiting: asyncio.TaskGroup, *, threaded: bool
) -> None:
    done = ""
    async for sight in seat.sights():
        if sight.view.moment.status == "over":
            return
        if place(sight.step) == done or not _can_act(sight.view):
            continue
        done = place(sight.step)
        acts = await asyncio.to_thread(bot.choose, sight.view) if threaded else bot.choose(sight.view)
        waiting.create_task(_handed_in(seat, acts, sight.step, played))


def _can_act(view: View) -> bool:
    return view.viewer in view.atlas.countries and view.viewer not in view.moment.done and bool(open_acts(view))


async def _handed_in(seat: Seat, acts: tuple[Act, ...], step: str, played: Played) -> None:
    try:
        played.receipts.append(await seat.envelope(acts, step))
    except OrderRefused as refusal:
        played.refusals.append(refusal)
