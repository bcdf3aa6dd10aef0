"""``python -m server.web.vocabulary``: what goes between page and server as one JSON Schema, from which the page's types are made.

So a change in a frame, an order or a form that the page does not follow stops its build.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

from pydantic import BaseModel, TypeAdapter

from rules.orders import Act
from rules.wire.frames import FRAME_IN, FRAME_OUT
from server.web import forms
from server.web.documents import DIALECT, Json
from server.web.http import ROUTES

NAMED: dict[str, TypeAdapter[object]] = {
    "FrameIn": FRAME_IN,  # type: ignore[dict-item]  # an adapter is used for its schema only
    "FrameOut": FRAME_OUT,  # type: ignore[dict-item]  # the same
    "AnyAct": TypeAdapter(Act),
    "ControlAct": forms.CONTROL_ACT,  # type: ignore[dict-item]  # the same
    "NewSession": TypeAdapter(forms.NewSession),
    "Weigh": next(route.body for route in ROUTES if route.name == "weigh" and route.body is not None),
    "Denial": TypeAdapter(forms.Denial),
}


def vocabulary() -> Json:
    """The schema: one property for each thing that is said, definitions for their parts."""
    adapters = {**NAMED, **{answer.__name__: TypeAdapter[object](answer) for answer in _answers()}}
    inputs = [(name, "validation", adapter) for name, adapter in adapters.items()]
    schemas, shared = TypeAdapter.json_schemas(inputs)  # type: ignore[arg-type]  # names are as good keys as any
    properties = {name: schemas[name, "validation"] for name in adapters}
    found: Json = {
        "$schema": DIALECT,
        "title": "Vocabulary",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
        "$defs": shared["$defs"],
    }
    _require_constants(found)
    return found


def _answers() -> Iterator[type[BaseModel]]:
    seen: dict[str, type[BaseModel]] = {route.answer.__name__: route.answer for route in ROUTES if route.answer is not None}
    yield from (form for name, form in seen.items() if name not in NAMED)


def _require_constants(schema: object) -> None:
    """A field with one possible value tells records apart, so types must always have it, whatever its default."""
    if isinstance(schema, dict):
        fields = schema.get("properties")
        if isinstance(fields, dict):
            constants = [name for name, field in fields.items() if isinstance(field, dict) and "const" in field]
            schema["required"] = sorted({*schema.get("required", []), *constants})
        for part in schema.values():
            _require_constants(part)
    elif isinstance(schema, list):
        for part in schema:
            _require_constants(part)


if __name__ == "__main__":
    json.dump(vocabulary(), sys.stdout, indent=1, sort_keys=True)
