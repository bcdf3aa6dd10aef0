"""The ledgers are what the rules give today, to nine digits; who changes a rule sees here which figures it moves.

After a wanted change: ``python -m tests.playthroughs --update``, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.bodies import ballots
from rules.mechanisms import AFTER_LAUNCH, AFTER_VOTE, MECHANISMS
from tests.playthroughs.ledgers import LEDGERS, Ledger

FOLDER = Path(__file__).parent / "ledgers"
NAMES = [ledger.name for ledger in LEDGERS]


def stored(ledger: Ledger) -> str:
    """What was written down."""
    return (FOLDER / f"{ledger.name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("ledger", LEDGERS, ids=NAMES)
def test_ledger(ledger: Ledger) -> None:
    """Played again, every figure is the same."""
    assert ledger.text().splitlines() == stored(ledger).splitlines()


def test_nearly_every_mechanism_has_its_lines() -> None:
    """And none is left over in the folder."""
    causes = {line.split(" ", 1)[1].partition(": ")[0] for ledger in LEDGERS for line in stored(ledger).splitlines()[1:]}
    assert set(AFTER_VOTE) | set(AFTER_LAUNCH) <= causes
    assert len(set(MECHANISMS) & causes) >= 0.9 * len(MECHANISMS), sorted(set(MECHANISMS) - causes)
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(NAMES)


def test_a_small_change_of_a_rule_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousandth more opinion at home is enough."""
    honest = ballots.opinion_moves
    monkeypatch.setattr(ballots, "opinion_moves", lambda *given: honest(*given) * 1.001)
    assert LEDGERS[0].text() != stored(LEDGERS[0])
