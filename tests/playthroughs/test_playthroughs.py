"""The golden playthroughs are what the rules give today; who changes a rule sees here what it changes for a player.

After a wanted change: ``python -m tests.playthroughs --update``, and read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.bodies import councils
from rules.pacts import judgement
from rules.state import Council
from rules.vocabulary import Action, Ballot
from tests.playthroughs.tales import TALES, Tale

FOLDER = Path(__file__).parent
LINES_MAX = 120
NAMES = [tale.name for tale in TALES]


def golden(tale: Tale) -> str:
    """The stored text."""
    return (FOLDER / f"{tale.name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("tale", TALES, ids=NAMES)
def test_playthrough(tale: Tale) -> None:
    """Told again, it is the same to the letter."""
    assert tale.text() == golden(tale)


def test_there_are_enough_and_they_are_short() -> None:
    """At least six, each on a few pages, none left over."""
    assert len(TALES) >= 6
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(NAMES)
    assert max(len(golden(tale).splitlines()) for tale in TALES) <= LINES_MAX


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("broken-pledge", "VERDICT on COR: breached (pledged no, voted yes)"),
        ("secret-deal", "VERDICT on ARD: kept (sent 0.5 bn USD to COR)  [ARD, COR]"),
        ("all-or-none", "IN FORCE: BRV + COR + DOR"),
        ("vetoed-draft", "vetoed by FRA: 9 of 15 in favour, 9 needed"),
        ("pledges-hold", "VERDICT on RUS: kept"),
        ("pledges-unravel", "VERDICT on RUS: not called (FRA did not vote no)"),
        ("coalition-of-the-willing", "WAR: USA carries out usa-irq-1 without a mandate"),
        ("four-payoff-players", "The session ends."),
    ],
)
def test_each_tells_what_its_title_says(name: str, words: str) -> None:
    """An update that loses the point of a playthrough is not accepted."""
    assert words in golden(next(tale for tale in TALES if tale.name == name))


def test_a_wrong_rule_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the veto, or with every promise kept, a playthrough reads otherwise."""
    honest = councils.bar

    def without_veto(council: Council, ballots: tuple[Ballot, ...], action: Action | None = None) -> councils.Bar:
        return honest(council.model_copy(update={"veto": False}), ballots, action)

    tales = {tale.name: tale for tale in TALES}
    with monkeypatch.context() as patch:
        patch.setattr(councils, "bar", without_veto)
        assert tales["vetoed-draft"].text() != golden(tales["vetoed-draft"])
    monkeypatch.setattr(judgement, "finding", lambda game, commitment, clause: ("kept", "as always"))
    assert tales["broken-pledge"].text() != golden(tales["broken-pledge"])
