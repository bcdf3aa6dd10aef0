"""What each viewer was told is a function of the log, counted without gaps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from client.arena import Match, play
from client.bots.random_legal import RandomLegal
from rules.view import tell
from scenarios import opening
from server.log.protocol import Deadline
from server.sessions.history import History, step_key, stored_entry
from server.sessions.recovery import beginning, scenario_named
from tests.server.stage import SEATS, head

MATCH: Match = play(opening(scenario_named("tiny"), "stage"), {seat: RandomLegal(seat) for seat in SEATS})
VIEWERS = (*SEATS, "public", "umpire")


def history(entries: int) -> History:
    """The history of the first entries of the match."""
    made = beginning(head())
    for number, entry in enumerate(MATCH.entries[:entries]):
        made.add(entry, 1000 * number)
    return made


FULL = history(len(MATCH.entries))
TOLD = {
    viewer: [
        told
        for entry in MATCH.entries
        for event in entry.events
        if (told := tell(FULL.game, event, viewer)) is not None
    ]
    for viewer in VIEWERS
}


@given(st.sampled_from(VIEWERS), st.integers(0, 300), st.integers(1, 40))
def test_any_gap_is_told_exactly(viewer: str, since: int, limit: int) -> None:
    """From any number on, with any limit: the very events, none twice, none missing."""
    since = min(since, len(TOLD[viewer]))
    assert list(FULL.told(viewer, since, limit)) == TOLD[viewer][since : since + limit]


@given(st.sampled_from(VIEWERS), st.integers(0, len(MATCH.entries)))
def test_counts_do_not_depend_on_when_they_are_asked(viewer: str, entries: int) -> None:
    """Asking half way and at the end gives what asking at the end gives."""
    made = history(entries)
    half = made.total(viewer)
    for number, entry in enumerate(MATCH.entries[entries:]):
        made.add(entry, number)
    assert made.total(viewer) == len(TOLD[viewer]) == FULL.total(viewer)
    assert made.told(viewer, half, 1) == tuple(TOLD[viewer][half : half + 1])


def test_news_are_for_whoever_was_told_something() -> None:
    """Orders of seats are news for those who hear of them and have asked before; what control or the clock does is for everybody."""
    made, few = beginning(head()), 0
    before = {viewer: made.total(viewer) for viewer in VIEWERS if viewer != "DOR"}
    for number, entry in enumerate(MATCH.entries):
        made.take(made.ahead().after(entry, number), number, [stored_entry(entry)])
        news = made.news()
        told = {viewer for viewer, total in before.items() if made.total(viewer) > total}
        if entry.order.author in SEATS:
            assert news == told
            few += len(told) < len(before)
        else:
            assert news is None
        assert made.news() == set(), "once"
        before = {viewer: made.total(viewer) for viewer in before}
    assert few > 10  # else there is nothing that others do not hear
    made.add(MATCH.entries[-1], 0)
    assert made.news() is None


def test_viewers_count_differently() -> None:
    """Control is told everything, others less: hidden events leave no number behind."""
    totals = {viewer: FULL.total(viewer) for viewer in VIEWERS}
    assert totals["umpire"] == sum(len(entry.events) for entry in MATCH.entries)
    assert all(totals["public"] < totals[seat] < totals["umpire"] for seat in SEATS)


def test_the_deadline_goes_with_the_entries() -> None:
    """Ahead of the history, the deadline is that of the step that would be open."""
    made = beginning(head())
    ahead = made.ahead().given(MATCH.entries[0].order, 5000)
    assert ahead.deadline() == Deadline(5000 + 30_000, "clock:0:1:briefing:1:0")
    assert made.version == 1
    assert FULL.ahead().deadline() is None


def test_a_step_is_known_by_its_place_and_not_by_its_revision() -> None:
    """Pauses and extensions change the clock id, not the step."""
    assert step_key("clock:0:1:orders:1:0") == step_key("clock:0:1:orders:1:7")
    assert step_key("clock:0:1:orders:1:0") != step_key("clock:0:1:orders:2:0")
    assert "clock:0:1:negotiation:1" in FULL.closed


def test_stored_entries_have_the_id_of_the_order() -> None:
    """The log knows an entry by it."""
    assert stored_entry(MATCH.entries[0]).order_id == "control:start"
