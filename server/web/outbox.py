"""What one socket still has to be sent, without I/O.

Answers wait here, encoded and bounded: 64 or 1 MiB of them mean that the client does not read, and the
socket is given up.  Events and views do not wait anywhere: the outbox only remembers how far its client is,
and takes the next from the session when the socket can send.  So a slow reader costs the server nothing, a
long absence is made up in frames of bounded size, and of several new views only the newest is ever sent.

The order is: answers, then events, then the view, which thus never runs ahead of the events it contains.
"""

from __future__ import annotations

from collections import deque
from typing import Protocol

from rules.wire.codec import BadFrame, encode
from rules.wire.frames import OutKinds, Seen, Told
from server.settings import Limits

LOAD_BYTES = 64 * 1024


class Source(Protocol):
    """What an outbox reads: a session."""

    def told(self, viewer: str, since: int, limit: int) -> Told | None:
        """The next events; None if there are none."""

    def seen(self, viewer: str, *, whole: bool) -> Seen:
        """The view of now."""

    def mark(self) -> str:
        """Changes when a new view is due."""


class Outbox:
    """The way out to one socket of ``viewer``, who has seen ``since`` events."""

    def __init__(self, viewer: str, since: int, subprotocol: str, limits: Limits) -> None:
        self.viewer = viewer
        self.overflowed = False
        self.is_empty = True  # at the last look
        self._since = since
        self._subprotocol = subprotocol
        self._limits = limits
        self._answers: deque[bytes | str] = deque()
        self._size = 0
        self._mark: str | None = None
        self._whole = True

    def post(self, frame: OutKinds) -> None:
        """Let an answer wait.  If there is no room ``overflowed`` is set, and the socket should be closed."""
        data = encode(frame, self._subprotocol)
        self._size += len(data)
        full = len(self._answers) >= self._limits.outbox_frames_max
        if full or self._size > self._limits.outbox_bytes_max:
            self.overflowed = True
        else:
            self._answers.append(data)

    def look(self) -> None:
        """Let the next view be sent, whole, whether it is new or not."""
        self._mark, self._whole = None, True

    def answers(self) -> tuple[bytes | str, ...]:
        """The answers that still wait, for a last word; they wait no longer."""
        waiting = tuple(self._answers)
        self._answers.clear()
        self._size = 0
        return waiting

    def load(self, source: Source) -> list[bytes | str]:
        """What to send now in one piece: everything, or about ``LOAD_BYTES`` of it and the rest later."""
        messages: list[bytes | str] = []
        before = self._size
        while self._answers and before - self._size < LOAD_BYTES:
            messages.append(data := self._answers.popleft())
            self._size -= len(data)
        room = self._add_events(source, messages, LOAD_BYTES - before + self._size)
        if room > 0 and (view := self._view(source)) is not None:
            room -= len(view)
            messages.append(view)
        self.is_empty = room > 0
        return messages

    def _add_events(self, source: Source, messages: list[bytes | str], room: int) -> int:
        """The events that the client does not have yet, while there is room; gives the room that is left."""
        most = limit = self._limits.told_events_max
        while room > 0 and (told := source.told(self.viewer, self._since, limit)) is not None:
            count = len(told.events)
            data = self._fitting(told)
            if data is None:
                limit = count // 2
                continue
            self._since += count
            room -= len(data)
            messages.append(data)
            if count < limit:
                break  # these were the last
            limit = most
        return room

    def _view(self, source: Source) -> bytes | str | None:
        mark = source.mark()
        if mark == self._mark:
            return None
        data = encode(source.seen(self.viewer, whole=self._whole), self._subprotocol)
        self._mark, self._whole = mark, False
        return data

    def _fitting(self, told: Told) -> bytes | str | None:
        """The frame, or None if fewer events should go into it; one alone cannot be cut."""
        alone = len(told.events) == 1
        try:
            data = encode(told, self._subprotocol)
        except BadFrame:
            if alone:
                raise
            return None
        return data if alone or len(data) <= self._limits.frame_out_bytes_max else None
