"""The register of systems and the table of disagreements name only what exists, and every core proposition is cited."""

from __future__ import annotations

from importlib.util import find_spec
from typing import get_args

import pytest

from rules.orders import ControlAct, seat_kinds
from rules.parameters import registry
from scenarios import load
from scenarios.faults import BadScenario
from tests.conformance.cases import all_cases
from tests.reference.systems import Row, cited, cited_in, core, switches, switches_page, systems, systems_page

SYSTEMS, SWITCHES = systems(), switches()
CASES = frozenset(case.id for case in all_cases())
ORDERS = frozenset(seat_kinds()) | {str(cls.model_fields["kind"].default) for cls in get_args(ControlAct)} | {"none"}
ROWS = [(f"system {row.number}", row) for row in SYSTEMS] + [(f"switch {row.number}", row) for row in SWITCHES]

# Rows that are not written down yet.  These lists only shrink: whoever fills a row takes its number out.
SYSTEMS_AHEAD: frozenset[int] = frozenset()
SWITCHES_AHEAD: frozenset[int] = frozenset()
ARGUMENTS = frozenset({14, 15})  # disagreements on what to call a behaviour: arguments of a report, not parameters of the game


def unknown(row: Row) -> list[str]:
    """The names in a row that nothing answers to."""
    known = {"orders": ORDERS, "parameters": frozenset(registry()) | {"none"}, "cases": CASES}
    found = [f"{kind} {name}" for kind, names in known.items() for name in row.lists.get(kind, ()) if name not in names]
    found += [f"module {name}" for name in row.lists.get("modules", ()) if not _module(name)]
    return found + [f"scenario {name}" for name in row.lists.get("scenarios", ()) if not _scenario(name)]


def _module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False


def _scenario(name: str) -> bool:
    try:
        load(name)
    except BadScenario:
        return False
    return True


@pytest.mark.parametrize("row", [row for _, row in ROWS], ids=[name for name, _ in ROWS])
def test_every_name_in_a_row_exists(row: Row) -> None:
    """Modules, orders, parameters, scenarios, cases."""
    assert unknown(row) == []


def test_a_name_that_nothing_answers_to_is_found() -> None:
    """In each of the lists."""
    lists = {"modules": ("rules.nowhere", "nothing.at.all"), "orders": ("conquer",), "parameters": ("luck",), "scenarios": ("mars",)}
    assert len(unknown(Row(0, "planted", "", (), "", {**lists, "cases": ("x",)}))) == 6


def test_rows_are_full_but_for_those_ahead() -> None:
    """A row without modules, cases or whatever else it needs is named as such; no other row has an empty list."""
    assert [(row.number, row.empty) for row in SYSTEMS if row.empty and row.number not in SYSTEMS_AHEAD] == []
    wanting = [row.number for row in SWITCHES if row.number not in SWITCHES_AHEAD and (row.empty or not row.positions)]
    assert set(wanting) <= ARGUMENTS
    assert all(not set(row.empty) - {"parameters"} and row.positions for row in SWITCHES if row.number in ARGUMENTS)


@pytest.mark.parametrize("row", [row for row in SWITCHES if row.lists["parameters"]], ids=lambda row: f"switch {row.number}")
def test_the_cases_of_a_disagreement_set_everything_that_takes_a_side(row: Row) -> None:
    """Each parameter of a row has another value in some part of some case of the row: both sides can be seen."""
    mine = [case for case in all_cases() if case.id in row.lists["cases"]]
    varied = {name for case in mine for special in (case.table, *case.worlds.values()) for name in special.get("parameters", {})}
    assert set(row.lists["parameters"]) <= varied


def test_rows_are_numbered_and_cite() -> None:
    """Forty-six systems, thirty-two disagreements, from 1 on."""
    assert [row.number for row in SYSTEMS] == list(range(1, 47))
    assert [row.number for row in SWITCHES] == list(range(1, 33))
    assert all(row.cites and all(cited_in(source) == {source} for source in row.cites) for row in SYSTEMS)
    assert {*SYSTEMS_AHEAD} <= {row.number for row in SYSTEMS}
    assert {*SWITCHES_AHEAD} <= {row.number for row in SWITCHES}


def test_every_core_proposition_is_cited_but_for_those_admitted() -> None:
    """By a case, an experiment or a sentence of the theory."""
    wanted, admitted = core()
    assert len(wanted) == len(set(wanted)) == 108
    assert set(admitted) <= set(wanted)
    assert [name for name in wanted if name not in cited() and name not in admitted] == []


def test_citations_are_read_with_their_ranges() -> None:
    """``W4-W8`` names five; numbers in other words are none."""
    assert cited_in("see W4-W8, I9 and S10 to S12; not W1234, NEW7 or 12") == {"W4", "W5", "W6", "W7", "W8", "I9", "S10", "S11", "S12"}


def test_the_pages_show_every_row() -> None:
    """Each with its number and name, and each case by its id."""
    for page, rows in ((systems_page(), SYSTEMS), (switches_page(), SWITCHES)):
        for row in rows:
            assert f"## {row.number}. {row.name}\n" in page
            assert all(f"`{case}`" in page for case in row.lists["cases"])
