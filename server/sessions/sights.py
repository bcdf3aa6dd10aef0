"""What viewers read of a session: frames made from its history, once a viewer however many look on.

The part of a view that never changes is most of its bytes; it is packed once and left out wherever the
other side has it.
"""

from __future__ import annotations

from rules.frames import Seen, Told
from rules.turn import clock_id
from rules.view import view
from rules.wire import STATIC, pack_view
from server.sessions.history import History


class Sights:
    """Frames of one session for all its viewers."""

    def __init__(self) -> None:
        self._static: dict[str, dict[str, object]] = {}
        self._moving: dict[str, tuple[int, dict[str, object]]] = {}
        self._told: dict[str, tuple[tuple[int, int, int], Told | None]] = {}

    def told(self, history: History, viewer: str, since: int, limit: int) -> Told | None:
        """The events after ``since``, at most ``limit``; None if there are none."""
        asked = (history.version, since, limit)
        kept = self._told.get(viewer)
        if kept is not None and kept[0] == asked:
            return kept[1]
        events = history.told(viewer, since, limit)
        told = Told(first=since + 1, events=events) if events else None
        self._told[viewer] = (asked, told)
        return told

    def seen(self, history: History, viewer: str, now_ms: int, *, whole: bool) -> Seen:
        """The state as the viewer may know it; with ``whole`` the part that never changes as well."""
        packed = self._packed(history, viewer)
        due_ms = history.timer.due_ms
        return Seen(
            total=history.total(viewer),
            step=clock_id(history.game.moment),
            due_in_ms=None if due_ms is None else max(0, due_ms - now_ms),
            view={**self._static[viewer], **packed} if whole else packed,
        )

    def _packed(self, history: History, viewer: str) -> dict[str, object]:
        kept = self._moving.get(viewer)
        if kept is not None and kept[0] == history.version:
            return kept[1]
        shown = view(history.game, viewer)
        if viewer not in self._static:
            self._static[viewer] = {k: v for k, v in pack_view(shown).items() if k in STATIC}
        packed = pack_view(shown, static=False)
        self._moving[viewer] = (history.version, packed)
        return packed
