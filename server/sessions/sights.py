"""What viewers read of a session: frames made from its history, once a viewer however many of its devices look on.

Devices of one viewer are rung one after the other, so the last frame is all that is worth keeping: a packed view is some ten thousand
small objects, and a server has thousands of viewers.  The part of a view that never changes is most of its bytes; it is left out wherever
the other side has it.
"""

from __future__ import annotations

from rules.turn import clock_id
from rules.view import view
from rules.wire.frames import Seen, Told
from rules.wire.views import pack_view
from server.sessions.history import History


class Sights:
    """Frames of one session for all its viewers."""

    def __init__(self) -> None:
        self._packed: tuple[tuple[str, int, bool], dict[str, object]] | None = None
        self._told: tuple[tuple[str, int, int, int], Told] | None = None

    def told(self, history: History, viewer: str, since: int, limit: int) -> Told | None:
        """The events after ``since``, at most ``limit``; None if there are none."""
        total = history.total(viewer)
        if since >= total:  # as most who look find
            return None
        asked = (viewer, total, since, limit)
        if self._told is None or self._told[0] != asked:
            self._told = (asked, Told.believed(first=since + 1, events=history.told(viewer, since, limit)))
        return self._told[1]

    def seen(self, history: History, viewer: str, now_ms: int, *, whole: bool) -> Seen:
        """The state as the viewer may know it; with ``whole`` the part that never changes as well."""
        due_ms = history.timer.due_ms
        return Seen(
            total=history.total(viewer),
            step=clock_id(history.game.moment),
            due_in_ms=None if due_ms is None else max(0, due_ms - now_ms),
            view=self._view(history, viewer, whole=whole),
        )

    def _view(self, history: History, viewer: str, *, whole: bool) -> dict[str, object]:
        asked = (viewer, history.version, whole)
        if self._packed is None or self._packed[0] != asked:
            self._packed = (asked, pack_view(view(history.game, viewer), static=whole))
        return self._packed[1]
