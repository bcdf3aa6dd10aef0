"""Tables of what happened: what a row of each says beside the record itself."""

from __future__ import annotations

from client.laboratory.course import Course
from client.laboratory.playing import MAIN, Plan, Run, courses
from client.laboratory.rows import TABLES
from tests.client.laboratory.small import ENTRY, small

SPOKEN = ENTRY.replace('cast = "*=random"', 'cast = "*=hold"').replace(
    "[control]",
    """
figures = [{ figure = "hostile", of = "@others", towards = "@unipole", set = 0.9 }]
orders = [
    { turn = 1, phase = "negotiation", by = "ARD", act = TABLED },
    { turn = 1, phase = "negotiation", round = 2, by = "COR", act = { kind = "declare", draft = "@draft", choice = "yes" } },
]
[control]""".replace("TABLED", '{ kind = "table", council = "four", action = "demand", issue = "dorn-force", target = "DOR" }'),
)


def played(text: str) -> Course:
    """The first game of the first cell."""
    ((_, course),) = courses(small(text), Plan(7, "tuning"), Run(MAIN, 1), ("control",), (0,))
    return course


def test_a_label_says_what_it_rests_on() -> None:
    """A state that only spoke for the power it fears is told from one that bound itself."""
    sided = [row for row in TABLES["labels"](played(SPOKEN)) if row["label"] == "bandwagoning from fear"]
    assert [(row["country"], row["by"]) for row in sided] == [("COR", ("words",))]
    assert not [row for row in TABLES["labels"](played(SPOKEN.replace('choice = "yes"', 'choice = "no"'))) if row["by"] == ("words",)]
