"""A bot at a seat, in rounds: see the open step, choose, hand in the envelope, wait for the next."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from client.sdk.conversation import place
from client.sdk.errors import OrderRefused
from client.sdk.notices import Sight
from client.sdk.seat import Seat
from rules.frames import Receipt
from rules.orders import Act
from rules.state import View
from rules.turn import open_acts


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
    async with asyncio.TaskGroup() as waiting:
        done = ""
        async for sight in seat.sights():
            if sight.view.moment.status == "over":
                break
            if place(sight.step) != done and _can_act(sight):
                done = place(sight.step)
                view = sight.view
                acts = await asyncio.to_thread(bot.choose, view) if threaded else bot.choose(view)
                waiting.create_task(_handed_in(seat, acts, sight.step, played))
    return played


def _can_act(sight: Sight) -> bool:
    return bool(open_acts(sight.view)) and sight.view.viewer not in sight.view.moment.done


async def _handed_in(seat: Seat, acts: tuple[Act, ...], step: str, played: Played) -> None:
    try:
        played.receipts.append(await seat.envelope(acts, step))
    except OrderRefused as refusal:
        played.refusals.append(refusal)
