"""Types and marks in words, for tables that people read."""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import numpy as np
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from rules import orders, vocabulary
from rules.pacts import clauses, conditions
from rules.visibility import Mark, Unclassified, marks_of
from rules.wire import frames

MARKS = {
    Mark.PUBLIC: "everybody",
    Mark.OWN: "its own seat",
    Mark.PARTIES: "the parties",
    Mark.UMPIRE: "control alone",
}
_ALIASES = {
    "country": vocabulary.Country,
    "name": vocabulary.Name,
    "short name": vocabulary.ShortName,
    "order id": orders.OrderId,
    "author": orders.Author,
    "session id": frames.SessionId,
    "token": frames.Token,
    "step id": frames.StepId,
}
_BY_PATTERN = {alias.__metadata__[0].pattern: word for word, alias in _ALIASES.items()}  # type: ignore[attr-defined]  # of Annotated types
_SCALARS: dict[object, str] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "true or false",
    type(None): "nothing",
    dict[str, object]: "map",
}
_REMARK = re.compile(r"^    (\w+): .*?  # (?!type:|noqa)(.+)$", re.MULTILINE)
Row = tuple[str, str, str, str]


def patterns() -> list[tuple[str, str]]:
    """(word, regular expression) of every kind of name."""
    return [(word, pattern) for pattern, word in _BY_PATTERN.items()]


def rows(cls: type) -> list[Row]:
    """(field, type, who may see it, remark) of a record or dataclass, in the order of definition."""
    remarks = dict(_REMARK.findall(inspect.getsource(cls)))
    if issubclass(cls, BaseModel):
        return [_record_row(cls, name, info, remarks) for name, info in cls.model_fields.items()]
    hints = get_type_hints(cls, include_extras=True)
    return [(name, in_words(hints[name]), _seen_by(cls, name), remarks.get(name, "")) for name in fields_of(cls)]


def fields_of(cls: type) -> list[str]:
    """The names of the fields of a record or dataclass."""
    if issubclass(cls, BaseModel):
        return list(cls.model_fields)
    assert dataclasses.is_dataclass(cls), "the state is made of records and dataclasses"
    return [field.name for field in dataclasses.fields(cls)]


def _record_row(cls: type[BaseModel], name: str, info: FieldInfo, remarks: dict[str, str]) -> Row:
    known = info.is_required() or (get_origin(info.annotation) is Literal and len(get_args(info.annotation)) == 1)
    default = "" if known else f"default {_shown(info.get_default())}"
    remark = "; ".join(part for part in (default, remarks.get(name, "")) if part)
    return name, _bounded(info.annotation, tuple(info.metadata)), _seen_by(cls, name), remark


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return {"None": "nothing", "()": "none", "": "empty"}.get(str(value), f"`{value}`")


def _seen_by(cls: type, name: str) -> str:
    try:
        return MARKS[marks_of(cls)[name]]
    except Unclassified:
        return MARKS[Mark.PUBLIC]


def in_words(hint: Any) -> str:  # noqa: ANN401  # any type
    """A type as a reader calls it."""
    origin = get_origin(hint)
    if origin is Annotated:
        return _bounded(get_args(hint)[0], get_args(hint)[1:])
    if origin is Literal:
        return ", ".join(f"`{choice}`" for choice in get_args(hint)) or "empty"
    if origin in (Union, types.UnionType):
        return _choice(get_args(hint))
    if origin is tuple:
        return f"list of {in_words(get_args(hint)[0])}"
    if origin is np.ndarray:
        return "array"
    if hint in _SCALARS:
        return _SCALARS[hint]
    return str(hint.__name__)


def _choice(members: tuple[Any, ...]) -> str:
    named = {orders.SeatAct: "seat's act", orders.ControlAct: "act of control"}
    for union, word in named.items():
        if set(members) == set(get_args(union)):
            return word
    if set(members) == set(get_args(orders.SeatAct)) | set(get_args(orders.ControlAct)):
        return "act"
    if set(members) == set(clauses.CLAUSES):
        return "clause"
    if set(members) >= set(conditions.CONDITIONS[:-1]):
        return "condition"
    if len(members) > len(vocabulary.LEVELS) + 2:
        return "event"
    return " or ".join(in_words(member) for member in members)


def _bounded(hint: Any, marks: tuple[Any, ...]) -> str:  # noqa: ANN401  # any type
    parts = [part for mark in marks for part in (mark.metadata if isinstance(mark, FieldInfo) else (mark,))]
    bounds = {
        name: getattr(part, name)
        for part in parts
        for name in ("pattern", "ge", "le", "min_length", "max_length")
        if getattr(part, name, None) is not None
    }
    if "pattern" in bounds:
        return _BY_PATTERN[bounds["pattern"]]
    words = in_words(hint)
    if "ge" in bounds:
        return f"{words}, {bounds['ge']:g} or more" if "le" not in bounds else _between(words, bounds)
    if "min_length" in bounds:
        return f"{words}, {bounds['min_length']} to {bounds['max_length']}"
    return f"{words}, at most {bounds['max_length']}" if "max_length" in bounds else words


def _between(words: str, bounds: dict[str, Any]) -> str:
    return f"{words}, {bounds['ge']:g} to {bounds['le']:g}"
