"""Marks: every field has one, or the class cannot be made."""

from __future__ import annotations

import dataclasses
import pickle
from typing import Annotated

import pytest
from pydantic import Field

from rules.visibility import OWN, PUBLIC, Mark, Record, Unclassified, classified, marks_of


def test_marks_are_read_from_records_and_dataclasses() -> None:
    """Field by field; a child has its parent's fields too."""

    class Parent(Record):
        shown: Annotated[int, PUBLIC]

    class Child(Parent):
        kept: Annotated[int, OWN]

    @classified
    @dataclasses.dataclass(frozen=True)
    class Plain:
        shown: Annotated[int, PUBLIC]

    assert marks_of(Child) == {"shown": Mark.PUBLIC, "kept": Mark.OWN}
    assert marks_of(Plain) == {"shown": Mark.PUBLIC}


def test_a_field_without_a_mark_is_an_error_at_once() -> None:
    """Also where other annotations are there."""
    with pytest.raises(Unclassified, match=r"Open\.kept has no visibility mark"):

        class Open(Record):
            kept: Annotated[int, "a note"]

    @dataclasses.dataclass(frozen=True)
    class Bare:
        kept: int

    with pytest.raises(Unclassified, match=r"Bare\.kept has no visibility mark"):
        classified(Bare)
    with pytest.raises(Unclassified, match="Bare is not classified"):
        marks_of(Bare)


def test_a_copy_is_shallow_unless_it_is_asked_to_be_deep() -> None:
    """Both are equal to the record and take changes; only the deep one shares nothing inside."""

    class Holder(Record):
        inside: Annotated[list[int], PUBLIC]
        name: Annotated[str, PUBLIC] = "a"

    held = Holder(inside=[1])
    shallow, deep = held.model_copy(update={"name": "b"}), held.model_copy(update={"name": "b"}, deep=True)
    assert shallow == deep == Holder(inside=[1], name="b")
    assert shallow.inside is held.inside
    assert deep.inside is not held.inside
    assert held.name == "a"


def test_a_record_that_is_believed_is_a_record_like_any_other() -> None:
    """It has what was left to defaults, and is asked, copied, compared and sent to another process as one that was checked."""

    class Held(Record):
        names: Annotated[tuple[str, ...], PUBLIC] = Field(default_factory=tuple)

    assert Held.believed() == Held()
    checked, believed = Sent(number=1), Sent.believed(number=1)
    assert believed == checked
    assert (believed.model_fields_set, believed.__pydantic_private__) == (set(), None)
    assert pickle.loads(pickle.dumps(believed)) == believed
    assert believed.model_copy(update={"number": 2}, deep=True) == Sent(number=2)


class Sent(Record):
    """Known by name, so that it can be pickled."""

    number: Annotated[int, PUBLIC]
