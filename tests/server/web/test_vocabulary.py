"""The schema of the page's types holds everything that is said."""

from __future__ import annotations

from typing import Any, cast

from server.web.http import ROUTES
from server.web.vocabulary import vocabulary


def test_frames_orders_and_answers_are_in_it() -> None:
    """Each answer of a route, each frame, and the acts of seats."""
    schema = cast(dict[str, Any], vocabulary())
    answers = {route.answer.__name__ for route in ROUTES if route.answer is not None}
    assert answers | {"FrameIn", "FrameOut", "AnyAct", "Weigh"} <= set(schema["properties"])
    assert {"Hello", "Seen", "Propose", "Desk", "Line"} <= set(schema["$defs"])


def test_what_tells_records_apart_is_always_there() -> None:
    """A kind has one value and is required, so that types narrow by it."""
    parts = cast(dict[str, Any], vocabulary())["$defs"]
    constant = [(name, field) for name, part in parts.items() for field, kind in part.get("properties", {}).items() if "const" in kind]
    assert len(constant) > 50
    assert all(field in parts[name]["required"] for name, field in constant)
