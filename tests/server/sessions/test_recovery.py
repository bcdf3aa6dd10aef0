"""A log is carried on by the program that began it, or refused with a sentence."""

from __future__ import annotations

import pytest

from rules.wire.canonical import canonical
from rules.wire.logbook import Head
from scenarios import load
from scenarios.loader import shortened
from scenarios.pin import head_of
from server.log.protocol import Entry
from server.sessions.recovery import CannotContinue, UnknownSession, beginning, head_entry, read_on, recover
from tests.server.stage import SESSION, head, memory_log, staged
from tests.simulation.loop import run_virtually


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rules_hash": "0" * 64}, "with other rules"),
        ({"scenario_hash": "0" * 64}, "was changed"),
        ({"scenario": "nowhere"}, "cannot be opened"),
        ({"format": 99}, "format 99"),
        ({"parameters": {"no_such_coefficient": 1.0}}, "cannot be opened"),
        ({"parameters": {}}, "parameters"),
    ],
)
def test_another_head_is_refused_with_a_sentence(change: dict[str, object], words: str) -> None:
    """Each way in which a head can differ has its own words."""
    with pytest.raises(CannotContinue, match=words):
        beginning(head().model_copy(update=change))


def test_the_own_head_is_continued() -> None:
    """The control of the test above."""
    assert beginning(head()).game.moment.status == "lobby"


def test_a_shorter_case_is_continued_as_one() -> None:
    """The head says how many turns are played, and nobody can change that afterwards; older heads say nothing."""
    short = head_of(shortened(load("tiny"), 2), "short", {})
    assert beginning(short).game.atlas.turns == 2
    with pytest.raises(CannotContinue, match="was changed"):
        beginning(short.model_copy(update={"turns": 3}))
    with pytest.raises(CannotContinue, match="cannot be opened"):
        beginning(short.model_copy(update={"turns": 4}))


def test_what_is_no_log_is_refused() -> None:
    """No entries, no head, a spoilt entry, a gap."""

    async def scene() -> None:
        log = memory_log()
        with pytest.raises(UnknownSession):
            await recover(log, SESSION)
        await log.append("a", 0, [Entry("head", "00", b"{}")], None)
        with pytest.raises(CannotContinue, match="head"):
            await recover(log, "a")
        await log.append("b", 0, [head_entry(head()), Entry("x", "00", b"{}")], None)
        with pytest.raises(CannotContinue, match="Entry 2"):
            await recover(log, "b")
        async with staged(log=log) as stage:
            await stage.start()
            rows = await log.read(SESSION, 1)
            with pytest.raises(CannotContinue, match="gap"):
                read_on(stage.history, rows)

    run_virtually(scene())


def test_the_head_is_stored_canonically() -> None:
    """The first line of an exported log has the same bytes."""
    entry = head_entry(head())
    assert entry.order_id == "head"
    assert canonical(Head.model_validate_json(entry.body)) == entry.body
