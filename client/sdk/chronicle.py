"""The chronicle: the events told to a seat, kept in order, with any number of readers, each at its own place."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator
from typing import Final

from client.sdk.answers import Bell
from client.sdk.errors import Overrun
from rules.events import EventKinds

EVENTS_KEPT_MAX: Final = 100_000


class Chronicle:
    """Events number ``since + 1`` onward, the last ``EVENTS_KEPT_MAX`` of them."""

    def __init__(self, since: int, bell: Bell, kept_max: int = EVENTS_KEPT_MAX) -> None:
        self._events: deque[EventKinds] = deque(maxlen=kept_max)
        self._last = since
        self._bell = bell
        self.closed = False

    def add(self, number: int, event: EventKinds) -> None:
        """The next event."""
        assert number == self._last + 1, "the conversation numbers events without gaps"
        self._events.append(event)
        self._last = number

    async def read(self, after: int | None) -> AsyncIterator[tuple[int, EventKinds]]:
        """(number, event) of all events after number ``after`` (None: of all that are kept), as they come.

        Ends when the seat is closed and everything was read.

        Raises:
            Overrun: the next event is no longer kept.
        """
        number = (self._last - len(self._events) if after is None else after) + 1
        while await self._reaches(number):
            place = number - (self._last - len(self._events)) - 1
            if place < 0:
                raise Overrun(f"event {number} is no longer kept; read faster, or connect again with since")
            yield number, self._events[place]
            number += 1

    async def _reaches(self, number: int) -> bool:
        """Wait for event ``number``; False if it will never come."""
        await self._bell.heard(lambda: self.closed or number <= self._last)
        return number <= self._last
