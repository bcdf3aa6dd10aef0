"""Treaties of the opening: clause by clause they become terms in force, and the world is as they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.interests.objectives import holds, parse
from rules.pacts.clauses import Consult, Defend, HostBase, KeepSanctions, SpendAtLeast
from rules.state import Game, index
from scenarios import load, opening
from scenarios.check import check
from tests.scenarios.folders import MAIN, copy_of_tiny, faults_after

COMPACT = """
[[commitment]]
id = "compact"
title = "A compact of many parts"
parties = ["ARD", "COR"]
clauses = [
    { kind = "consult", debtor = "each" },
    { kind = "defend", debtor = "ARD", ally = "COR" },
    { kind = "base", debtor = "COR", guest = "ARD", until = 2 },
    { kind = "sanction", debtor = "COR", target = "DOR", level = 0.4 },
    { kind = "sanction", debtor = "ARD", target = "DOR", level = 0.2, since = 2 },
    { kind = "spend", debtor = "COR", share = 0.01, pooled = true },
]
formality = "formal"
formal = ["ARD"]
visibility = "public"
institution = 2
notice = 1
remedies = ["release"]
source = "invented"

[[tie]]
from = "BRV"
to = "DOR"
kind = "sanction"
value = 0.7
unit = "level"
source = "invented"
"""


def _with(place: Path, text: str) -> Game:
    folder = copy_of_tiny(place)
    path = folder / MAIN
    path.write_text(path.read_text() + text)
    scenario = load(folder)
    assert [f.sentence for f in check(scenario) if f.level == "error"] == []
    return opening(scenario, "seed")


def test_clauses_become_terms(tmp_path: Path) -> None:
    """One clause a debtor, in the order of the file, from the first turn to beyond the last unless said otherwise."""
    game = _with(tmp_path, COMPACT)
    terms = next(c.terms for c in game.commitments if c.id == "compact")
    beyond = game.atlas.turns + 1
    assert terms.clauses == (
        Consult(debtor="ARD", since=1, until=beyond),
        Consult(debtor="COR", since=1, until=beyond),
        Defend(debtor="ARD", ally="COR", since=1, until=beyond),
        HostBase(debtor="COR", guest="ARD", since=1, until=2),
        KeepSanctions(debtor="COR", target="DOR", level=0.4, since=1, until=beyond),
        KeepSanctions(debtor="ARD", target="DOR", level=0.2, since=2, until=beyond),
        SpendAtLeast(debtor="COR", share=0.01, pooled=True, since=1, until=beyond),
    )
    assert (terms.formal, terms.institution, terms.notice, terms.remedies) == (("ARD",), 2, 1, ("release",))


def test_the_world_begins_as_treaties_and_ties_say(tmp_path: Path) -> None:
    """The base is open, sanctions that run from the start are in force, later ones are not."""
    game = _with(tmp_path, COMPACT)
    at = {country: index(game, country) for country in game.atlas.countries}
    assert game.world.bases.sum() == game.world.bases[at["COR"], at["ARD"]] == 1.0
    assert game.world.sanctions[at["COR"], at["DOR"]] == 0.4
    assert game.world.sanctions[at["BRV"], at["DOR"]] == 0.7
    assert game.world.sanctions[at["ARD"], at["DOR"]] == 0.0


def test_objectives_can_ask_about_bases_sanctions_and_common_forces(tmp_path: Path) -> None:
    """The four numbers that such a treaty gives a role to want or to fear."""
    game = _with(tmp_path, COMPACT)
    asked = {"hosts(self) == 1": "COR", "bases(self) == 1": "ARD", "sanctions(self) == 2": "DOR", "pooled(self) >= 0.01": "COR"}
    assert all(holds(parse(text), game, country) for text, country in asked.items())
    assert not any(holds(parse(text), game, "BRV") for text in asked)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{ kind = "base", debtor = "COR" }', "does not fit a clause of the kind 'base'"),
        ('{ kind = "consult", debtor = "COR", guest = "ARD" }', "does not fit a clause of the kind 'consult'"),
        ('{ kind = "defend", debtor = "DOR" }', "DOR is not a party"),
        ('{ kind = "defend", debtor = "COR", against = "ZZZ" }', "ZZZ is not a country"),
    ],
)
def test_a_clause_that_does_not_fit_is_refused(line: str, said: str, tmp_path: Path) -> None:
    """Each with the line and the key at fault."""
    head, rest = COMPACT.split("clauses = [", 1)
    text = f"{head}clauses = [{line}]{rest.split(']', 1)[1]}"
    found = faults_after(tmp_path, lambda folder: (folder / MAIN).write_text((folder / MAIN).read_text() + text))
    assert any(said in str(fault) and "commitment[compact]" in str(fault) for fault in found)


def test_a_treaty_about_nothing_is_refused(tmp_path: Path) -> None:
    """Either a kind or clauses; and those bound in form are parties."""
    text = COMPACT[: COMPACT.index("clauses")] + COMPACT[COMPACT.index("formality") :].replace('formal = ["ARD"]', 'formal = ["DOR"]')
    found = faults_after(tmp_path, lambda folder: (folder / MAIN).write_text((folder / MAIN).read_text() + text))
    assert any("nothing that anybody owes" in str(fault) for fault in found)
    assert any("DOR is not a party" in str(fault) for fault in found)


def test_terms_that_the_rules_refuse_are_found(tmp_path: Path) -> None:
    """A base whose guest is no party loads, and is an error of the check."""
    folder = copy_of_tiny(tmp_path)
    path = folder / MAIN
    path.write_text(path.read_text() + COMPACT.replace('guest = "ARD"', 'guest = "BRV"'))
    errors = [f.sentence for f in check(load(folder)) if f.level == "error"]
    assert len(errors) == 1
    assert "BRV must be another party" in errors[0]
