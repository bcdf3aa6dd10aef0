"""Time during which no process was alive is given back to the step whose deadline passed in it.

All processes together keep one mark, the last time at which any of them was alive.  A process that starts
and finds the mark old looks through the sessions that fell due meanwhile, before it marks anything itself.
The orders that give time back have fixed ids, so however many processes start at once, it is given once.
"""

from __future__ import annotations

from dataclasses import dataclass

from rules.orders import CONTROL, Extend, Order, Pause
from rules.turn import clock_id
from server.log.shelf import Shelf
from server.sessions.history import History
from server.settings import SECOND_MS

PLACE = "~server"
"""Where the mark lies on the shelf: no session is called so."""
FIELD = "alive_until_ms"
EXTENSION_SECONDS_MAX = 86_400


@dataclass(frozen=True, slots=True)
class Outage:
    """From the last sign of life to the start of this process, by the log's clock."""

    since_ms: int
    until_ms: int

    def restitution(self, history: History) -> Order | None:
        """What gives a session its time back: an extension, or after more than a day a pause.

        None if its deadline did not pass in the outage.
        """
        due_ms, moment = history.timer.due_ms, history.game.moment
        if due_ms is None or not self.since_ms < due_ms <= self.until_ms or moment.status != "running":
            return None
        order_id = f"outage:{clock_id(moment).removeprefix('clock:')}"
        lost_s = -(-(self.until_ms - self.since_ms) // SECOND_MS)
        if lost_s <= EXTENSION_SECONDS_MAX:
            return Order(id=order_id, author=CONTROL, act=Extend(seconds=lost_s))
        days = lost_s // EXTENSION_SECONDS_MAX
        reason = f"The server was away for {days} days and more. Resume when everybody is back."
        return Order(id=order_id, author=CONTROL, act=Pause(reason=reason))


async def outage_before(shelf: Shelf, now_ms: int, seconds_min: float) -> Outage | None:
    """The outage that ends now, if there was one worth the name."""
    text = await shelf.get(PLACE, FIELD)
    if text is None or now_ms - int(text) < seconds_min * SECOND_MS:
        return None
    return Outage(int(text), now_ms)


async def mark_alive(shelf: Shelf, now_ms: int) -> None:
    """Leave a sign of life."""
    await shelf.put(PLACE, FIELD, str(now_ms))
