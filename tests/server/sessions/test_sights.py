"""Frames for viewers: packed once a version, and without the static part where it is known."""

from __future__ import annotations

import pytest

from rules.events import EventKinds
from rules.state import Game, View
from rules.view import view
from rules.wire.frames import Told
from rules.wire.views import STATIC, unpack_view
from server.sessions import sights as module
from server.sessions.history import History
from server.sessions.sights import Sights
from tests.server.sessions.test_history import FULL, MATCH, TOLD, history


def test_a_view_is_that_of_the_rules() -> None:
    """Whole or not, with the time that is left."""
    made, sights = history(5), Sights()
    whole = sights.seen(made, "ARD", 0, whole=True)
    less = sights.seen(made, "ARD", 0, whole=False)
    assert not set(STATIC) & set(less.view)
    first = unpack_view(whole.view)
    assert unpack_view(less.view, first).moment == view(made.game, "ARD").moment
    assert whole.total == made.total("ARD")
    assert whole.due_in_ms == made.timer.due_ms
    assert made.timer.due_ms is not None
    assert sights.seen(made, "ARD", made.timer.due_ms + 5, whole=False).due_in_ms == 0


def test_a_view_is_made_once_a_version_and_viewer(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many of its devices look on, one after the other; only the last one is kept."""
    made, sights, calls = history(5), Sights(), list[str]()

    def counted(game: Game, viewer: str) -> View:
        calls.append(viewer)
        return view(game, viewer)

    monkeypatch.setattr(module, "view", counted)
    for viewer in ("ARD", "BRV", "ARD"):
        for _ in range(10):
            sights.seen(made, viewer, 0, whole=True)
    assert calls == ["ARD", "BRV", "ARD"]


def test_events_come_with_their_number() -> None:
    """And nothing comes when there is nothing."""
    told = Sights().told(FULL, "ARD", 3, 2)
    assert told is not None
    assert told.first == 4
    assert list(told.events) == TOLD["ARD"][3:5]
    assert Sights().told(FULL, "ARD", len(TOLD["ARD"]), 2) is None


def test_events_are_told_once_a_gap_however_many_look_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Until there are more of them."""
    made, sights, calls = history(5), Sights(), list[int]()
    real = History.told

    def counted(history: History, viewer: str, since: int, limit: int) -> tuple[EventKinds, ...]:
        calls.append(since)
        return real(history, viewer, since, limit)

    monkeypatch.setattr(History, "told", counted)
    for _ in range(10):
        assert sights.told(made, "ARD", 0, 5) == Told(first=1, events=tuple(TOLD["ARD"][:5]))
    assert calls == [0]
    sights.told(made, "ARD", 1, 5)
    made.add(MATCH.entries[5], 0)
    sights.told(made, "ARD", 1, 5)
    assert calls == [0, 1, 1]
