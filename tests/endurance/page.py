"""The generated part of docs/reference/reliability.md: what each campaign was meant to reach, what it reached, and what it found."""

from __future__ import annotations

from pathlib import Path

from tests.endurance import record
from tests.endurance.campaigns import CAMPAIGNS
from tests.endurance.tally import Row

PAGE = record.RECORD.with_name("reliability.md")
BEGIN, END = "<!-- from endurance.tsv: begin -->", "<!-- from endurance.tsv: end -->"
HEADS = ("campaign", "commit", "portions", "points", "acknowledged", "lost", "doubled", "otherwise broken", "longest wait", "time")


def table(rows: list[Row]) -> str:
    """Every row of the record, campaigns in their order, and what is still to do."""
    lines = ["| " + " | ".join(HEADS) + " |", "|---|---|---|" + "---:|" * (len(HEADS) - 3)]
    for campaign in CAMPAIGNS.values():
        own = [row for row in rows if row.campaign == campaign.name]
        lines += ["| " + " | ".join(_cells(row)) + " |" for row in own]
    lines.append("")
    for campaign in CAMPAIGNS.values():
        reached = sum(row.tally.points for row in rows if row.campaign == campaign.name)
        lines.append(f"- `{campaign.name}`: {campaign.sentence} {reached:,} of {campaign.points:,} {campaign.unit}.")
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    tally = row.tally
    counts = (tally.points, tally.acked, tally.lost, tally.doubled, tally.broken)
    waited = f"{tally.worst_s:.2f} s" if tally.worst_s else "-"
    numbers = (f"{count:,}" for count in counts)
    return (f"`{row.campaign}`", row.commit, f"{row.first}-{row.last}", *numbers, waited, f"{row.seconds:,.0f} s")


def filled(page: str, rows: list[Row]) -> str:
    """The page with the table in its place."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(rows)}\n{END}{after}"


def write(path: Path = PAGE) -> None:
    """Put the record's table into the page."""
    path.write_text(filled(path.read_text(encoding="utf-8"), record.read()), encoding="utf-8")
