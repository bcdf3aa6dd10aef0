"""The record adds up, a campaign goes on where it stopped, and the page says what the record says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.endurance import page, record
from tests.endurance.campaigns import CAMPAIGNS, Campaign
from tests.endurance.tally import Row, Tally

ROW = Row("kills", "abc1234", 0, 3, Tally(100, 900, worst_s=1.5), 20.0)
NEXT = Row("kills", "abc1234", 4, 4, Tally(25, 200, 1, 2, 3, 0.5), 5.0)


def test_portions_that_follow_each_other_are_one_row(tmp_path: Path) -> None:
    """Counts are added, the longest wait stays, and another commit is another row."""
    path = tmp_path / "record.tsv"
    for row in (ROW, NEXT, replace(NEXT, commit="def5678", first=5, last=5), replace(NEXT, campaign="cuts")):
        record.add(row, path)
    joined, other, cuts = record.read(path)
    assert joined == Row("kills", "abc1234", 0, 4, Tally(125, 1100, 1, 2, 3, 1.5), 25.0)
    assert (other.first, other.commit) == (5, "def5678")
    assert record.next_portion(record.read(path), "kills") == 6
    assert record.next_portion([cuts], "kills") == 0


def test_the_page_says_what_the_record_says() -> None:
    """Rewritten by every run; every row is of a campaign that exists."""
    rows = record.read()
    assert {row.campaign for row in rows} <= set(CAMPAIGNS)
    said = page.PAGE.read_text(encoding="utf-8")
    assert page.filled(said, rows) == said, "python -m tests.endurance --page"


def test_what_is_recorded_came_out_as_it_should() -> None:
    """No row of the record breaks a promise, and every control has lost."""
    assert [row for row in record.read() if not CAMPAIGNS[row.campaign].is_well(row.tally)] == []


def test_a_control_has_to_lose() -> None:
    """Otherwise it shows nothing."""
    campaign = Campaign("x", "x", "x", 10, 3, Tally)
    assert campaign.portions == 4
    control = replace(campaign, must_lose=True)
    for tally, well, seen in ((Tally(1), True, False), (Tally(1, lost=1), False, True), (Tally(1, broken=1), False, False)):
        assert (campaign.is_well(tally), control.is_well(tally)) == (well, seen)
