"""Rows and conditions on them: records flattened to dotted fields, and what it means to fit.

A row is a map of field names to plain values.  A field of a list of records is the list of that field: ``terms.clauses.kind`` of an act
holds the kinds of all its clauses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel

from client.laboratory.openings import Groups
from client.laboratory.schema import Bound, Condition, Scalar
from rules.state import Atlas

Value = bool | float | str | None | tuple["Value", ...]
Row = Mapping[str, Value]


def flattened(record: BaseModel) -> dict[str, Value]:
    """The fields of a record and of the records in it, by dotted name."""
    found: dict[str, Value] = {}
    for name in type(record).model_fields:
        _add(found, name, getattr(record, name))
    return found


def _add(found: dict[str, Value], name: str, value: object) -> None:
    if isinstance(value, BaseModel):
        for key, inner in flattened(value).items():
            found[f"{name}.{key}"] = inner
    elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
        rows = [flattened(item) for item in value if isinstance(item, BaseModel)]
        for key in dict.fromkeys(key for row in rows for key in row):
            found[f"{name}.{key}"] = tuple(row.get(key) for row in rows)
    else:
        found[name] = _plain(value)


def _plain(value: object) -> Value:
    """Numbers as floats, tuples of whatever depth as such, anything else by its name."""
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value if isinstance(value, bool | float | str) or value is None else str(value)


def fits(row: Row, where: Mapping[str, Condition], atlas: Atlas, groups: Groups) -> bool:
    """Whether a row meets all conditions.  A field that the row does not have meets none."""
    return all(field in row and _meets(row[field], condition, atlas, groups) for field, condition in where.items())


def _meets(value: Value, condition: Condition, atlas: Atlas, groups: Groups) -> bool:
    if isinstance(condition, Bound):
        return _within(value, condition, atlas, groups)
    wanted = meant(condition, atlas, groups)
    held = value if isinstance(value, tuple) else (value,)
    return any(item in wanted for item in held)


def _within(value: Value, bound: Bound, atlas: Atlas, groups: Groups) -> bool:
    held = value if isinstance(value, tuple) else (value,)
    if bound.at_least is not None and not (isinstance(value, float) and value >= bound.at_least):
        return False
    if bound.at_most is not None and not (isinstance(value, float) and value <= bound.at_most):
        return False
    if bound.differs is not None and any(item in meant(bound.differs, atlas, groups) for item in held):
        return False
    if bound.lacks is not None and any(item in meant(bound.lacks, atlas, groups) for item in held):
        return False
    return bound.holds is None or all(item in held for item in meant(bound.holds, atlas, groups))


def meant(condition: Scalar | Sequence[Scalar], atlas: Atlas, groups: Groups) -> tuple[Value, ...]:
    """The values that a condition names, with ``@unipole``, ``@others`` and groups spelt out."""
    found: list[Value] = []
    for word in condition if isinstance(condition, tuple | list) else (condition,):
        match word:
            case "@unipole":
                found.append(atlas.unipole)
            case "@others":
                found.extend(c for c in atlas.countries if c != atlas.unipole)
            case str() if word.startswith("@") and word[1:] in groups:
                found.extend(country for name in groups[word[1:]] for country in _spelt(name, atlas))
            case bool() | str():
                found.append(word)
            case _:
                found.append(float(word))
    return tuple(found)


def _spelt(name: str, atlas: Atlas) -> tuple[str, ...]:
    return (atlas.unipole,) if name == "@unipole" else (name,)
