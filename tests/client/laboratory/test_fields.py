"""Which fields a table has: all that its rows have in games, and no more than their records can have."""

from __future__ import annotations

import pytest

from client.laboratory.course import Course
from client.laboratory.faults import BadExperiment
from client.laboratory.fields import BESIDE, RECORDS, fields, of_acts
from client.laboratory.playing import MAIN, Plan, Run, courses
from client.laboratory.rows import TABLES
from client.laboratory.schema import Table
from tests.client.laboratory.small import ENTRY, small


@pytest.fixture(scope="module")
def busy() -> list[Course]:
    """Games of random bots, in which much happens."""
    text = ENTRY.replace("turns = 1", "turns = 6")
    return [course for _, course in courses(small(text), Plan(7, "tuning"), Run(MAIN, 1), ("control",), range(4))]


@pytest.mark.parametrize("table", BESIDE)
def test_rows_have_no_field_that_is_not_known(busy: list[Course], table: Table) -> None:
    """And what a table adds to its records, or has without any, every row has."""
    rows, known = [row for course in busy for row in TABLES[table](course)], fields(table, busy[0].opening)
    assert rows
    assert {name for row in rows for name in row} <= known
    if table not in RECORDS and table != "verdicts":
        assert all(set(row) == known for row in rows)
    assert all(set(BESIDE[table]) <= set(row) for row in rows)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('country = "DOR"', 'contry = "DOR"', "metric.forces.where: no row of seats has a field 'contry'. Did you mean 'country'?"),
        ('"sum forces"', '"sum force"', "metric.forces.value: no row of seats has a field 'force'. Did you mean 'forces'?"),
        ('country = "DOR"', '"hostile.DON" = 1', "Did you mean 'hostile.DOR'?"),
        ("[treatment]", "[treatment]\nwithhold = [{ act = { knid = 'table' } }]", "no act has a field 'knid'. Did you mean 'kind'?"),
    ],
)
def test_a_field_that_no_row_has_is_refused_with_the_one_that_was_meant(old: str, new: str, part: str) -> None:
    """Else no row would fit, and every figure would be nought."""
    assert old in ENTRY
    with pytest.raises(BadExperiment) as refusal:
        small(ENTRY.replace(old, new, 1))
    assert part in str(refusal.value)


def test_fields_of_records_in_records_are_known_by_their_path() -> None:
    """However deep they stand."""
    assert {"kind", "terms.parties", "terms.clauses.kind", "terms.clauses.when.issue"} <= of_acts()
