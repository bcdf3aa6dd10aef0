"""Views on the wire: plain values and back, bit for bit, driven by the type hints and marks of the state.

A packed view is a map of the fields of ``rules.state.View``.  Arrays are nested lists of doubles, one row of
a one-dimensional array is a double, records are maps.  A field marked OWN holds the viewer's row, or nothing
for the public; an array without elements but with columns keeps its shape as ``{"shape": [0, columns]}``.

Two of the fields, ``atlas`` and ``parameters``, never change in a session and are most of the bytes.  They
may be left out once the other side has them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, Literal, cast, get_args, get_origin, get_type_hints

import numpy as np
from pydantic import ConfigDict, TypeAdapter, ValidationError

from rules.exact import Array, frozen
from rules.parameters import BadParameter
from rules.state import View
from rules.visibility import Mark, Record, Unclassified, marks_of

STATIC: Final = ("atlas", "parameters")
"""The fields of a view that stay the same for a whole session."""
_SIDE_MAX: Final = 4096
_DIMENSIONS_MAX: Final = 2
_STRICT = ConfigDict(strict=True, allow_inf_nan=False)
Read = Callable[[object, str], object]
"""Reads a plain value that stands at a path."""


class BadView(ValueError):
    """A mapping that is no packed view: ``field`` (path in it) and ``sentence``."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"[{field}]: {sentence}")
        self.field = field
        self.sentence = sentence


def pack_view(view: View, *, static: bool = True) -> dict[str, object]:
    """The view as plain values (maps, lists, strings, numbers), for the field ``view`` of a ``Seen`` frame.

    With ``static=False`` the fields named in ``STATIC`` are left out.  For a server this means: the first
    ``Seen`` written to a socket, and every answer to ``Look``, is packed whole; every later one on that
    socket may be packed with ``static=False``.  If a newer view replaces one that waits to be sent, the newer
    must be whole when the replaced one was.  A client that has lost the static part sends ``Look``.
    """
    names = [f.name for f in dataclasses.fields(view) if static or f.name not in STATIC]
    return {name: packed_value(getattr(view, name)) for name in names}


def unpack_view(packed: Mapping[str, object], static: View | None = None) -> View:
    """The view of plain values: ``unpack_view(pack_view(v))`` equals ``v`` bit for bit.

    ``static`` is any earlier view of the same viewer in the same session; its atlas and parameters serve if
    ``packed`` leaves them out.  Arrays are read-only.

    Raises:
        BadView: the mapping is no packed view, or leaves out the static part and ``static`` is None.
    """
    if static is None or any(name in packed for name in STATIC):
        return cast(View, _dataclass(View, packed, ""))
    readers = {name: read for name, read in _readers(View).items() if name not in STATIC}
    kept = {name: getattr(static, name) for name in STATIC}
    return View(**kept, **_members(readers, packed, ""))  # type: ignore[arg-type]  # each read by its own hint


# ---- packing ------------------------------------------------------------------------------------------


def packed_value(value: object) -> object:
    """A field of a view or a game as plain values."""
    if isinstance(value, np.ndarray):
        shapeless = not value.size and value.ndim >= _DIMENSIONS_MAX
        listed: object = {"shape": list(value.shape)} if shapeless else value.tolist()
        return listed
    if isinstance(value, Record):
        return value.model_dump()
    if isinstance(value, tuple):
        return [packed_value(item) for item in value]
    if isinstance(value, float):  # numpy's doubles are floats, but not every encoder knows them
        return float(value)
    if dataclasses.is_dataclass(value):
        return {f.name: packed_value(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return value


# ---- unpacking ----------------------------------------------------------------------------------------


@cache
def _readers(cls: type) -> dict[str, Read]:
    """One reader for each field of a dataclass of the state."""
    return {name: reader(hint, mark) for name, (hint, mark) in _fields(cls).items()}


def _fields(cls: type) -> dict[str, tuple[object, Mark]]:
    """Field name -> its type as stored in a game, and its mark (PUBLIC where the class carries none)."""
    try:
        marks = marks_of(cls)
    except Unclassified:  # View and Parameters: all of a view is for the viewer, all parameters are public
        marks = {}
    hints = get_type_hints(cls)
    return {f.name: (hints[f.name], marks.get(f.name, Mark.PUBLIC)) for f in dataclasses.fields(cls)}


def reader(hint: object, mark: Mark) -> Read:
    """What reads a field of this type and mark back, and says in ``BadView`` what is wrong with it."""
    if _is_array(hint):
        return _row if mark is Mark.OWN else _array
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return lambda value, path: _dataclass(hint, value, path)
    adapter = _adapter(hint, mark)
    return lambda value, path: _validated(adapter, value, path)


def _is_array(hint: object) -> bool:
    return get_origin(hint) is np.ndarray


def _adapter(hint: object, mark: Mark) -> TypeAdapter[object]:
    """The validator of a field as it stands in a view, where OWN rows are taken out and UMPIRE is blank."""
    shown: Any = hint  # a type form; there is no narrower name for it before Python 3.15
    if mark is Mark.OWN:
        shown = get_args(hint)[0] | tuple[()]
    elif mark is Mark.UMPIRE:
        shown = Literal[""] if hint is str else tuple[()]
    return TypeAdapter(shown, config=None if _has_config(shown) else _STRICT)


def _has_config(shown: object) -> bool:
    return isinstance(shown, type) and issubclass(shown, Record)


def _validated(adapter: TypeAdapter[object], value: object, path: str) -> object:
    try:
        return adapter.validate_python(_tupled(value))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        raise BadView(".".join((path, *map(str, first["loc"]))), f"{first['msg']}.") from None


def _tupled(value: object) -> object:
    if isinstance(value, list | tuple):
        return tuple([_tupled(item) for item in value])
    if isinstance(value, dict):
        return {key: _tupled(item) for key, item in value.items()}
    return value


def _dataclass(cls: type, value: object, path: str) -> object:
    members = _members(_readers(cls), value, path)
    try:
        made: object = cls(**members)
    except BadParameter as error:
        raise BadView(path, f"{error}.") from error
    return made


def _members(readers: dict[str, Read], value: object, path: str) -> dict[str, object]:
    if not isinstance(value, Mapping):
        raise BadView(path, "A map is needed here.")
    odd = sorted(map(str, value.keys() ^ readers.keys()))
    if odd:
        raise BadView(_below(path, odd[0]), "The field is missing or unknown.")
    return {name: read(value[name], _below(path, name)) for name, read in readers.items()}


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _row(value: object, path: str) -> object:
    """An array, or the double that is one row of a one-dimensional array."""
    if type(value) in _NUMBERS:
        return _doubles(value, path)[()]
    return _array(value, path)


def _array(value: object, path: str) -> Array:
    if isinstance(value, Mapping):
        return frozen(np.zeros(_empty_shape(value, path)))
    if not isinstance(value, list | tuple):
        raise BadView(path, "An array is needed here.")
    rows = [row for row in value if isinstance(row, list | tuple)]
    if rows and (len(rows) != len(value) or len({len(row) for row in rows}) != 1):
        raise BadView(path, "The rows of an array must have one length.")
    if not all(set(map(type, row)) <= _NUMBERS for row in rows or (value,)):
        raise BadView(path, "An array holds numbers only.")
    return _doubles(value, path)


_NUMBERS = frozenset((float, int))


def _doubles(value: object, path: str) -> Array:
    try:
        array = frozen(value)
    except OverflowError:
        raise BadView(path, "A number is too large.") from None
    if not np.isfinite(array).all():
        raise BadView(path, "A number is not finite.")
    return array


def _empty_shape(value: Mapping[str, object], path: str) -> tuple[int, ...]:
    shape = value.get("shape")
    if len(value) == 1 and isinstance(shape, list | tuple) and 0 in shape:
        sides = tuple(side for side in shape if type(side) is int and 0 <= side <= _SIDE_MAX)
        if sides == tuple(shape) and len(sides) == _DIMENSIONS_MAX:
            return sides
    raise BadView(path, "An array without elements is written as {shape: [rows, columns]}.")


# ---- schema -------------------------------------------------------------------------------------------

_ARRAY_SCHEMA: Final[dict[str, object]] = {
    "description": "Doubles: one row, rows of one length, or (no elements) the shape.",
    "oneOf": [
        {"type": "array", "items": {"type": "number"}},
        {"type": "array", "minItems": 1, "items": {"type": "array", "items": {"type": "number"}}},
        {
            "type": "object",
            "properties": {
                "shape": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}
            },
            "required": ["shape"],
            "additionalProperties": False,
        },
    ],
}


def view_schema() -> dict[str, object]:
    """JSON Schema (2020-12) of a packed view, from the same hints and marks as the packing."""
    definitions: dict[str, object] = {"Array": _ARRAY_SCHEMA}
    schema = _object_schema(View, definitions)
    schema["required"] = [name for name in cast(list[str], schema["required"]) if name not in STATIC]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "$defs": definitions}


def _object_schema(cls: type, definitions: dict[str, object]) -> dict[str, object]:
    properties = {name: _field_schema(hint, mark, definitions) for name, (hint, mark) in _fields(cls).items()}
    return {
        "title": cls.__name__,
        "description": (cls.__doc__ or "").strip(),
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _field_schema(hint: object, mark: Mark, definitions: dict[str, object]) -> dict[str, object]:
    array: dict[str, object] = {"$ref": "#/$defs/Array"}
    if _is_array(hint):
        return {"anyOf": [{"type": "number"}, array]} if mark is Mark.OWN else array
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _object_schema(hint, definitions)
    schema = _adapter(hint, mark).json_schema()
    definitions.update(schema.pop("$defs", {}))
    return schema
