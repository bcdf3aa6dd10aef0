"""Views on the wire: what comes back is the same to the last bit, and nothing else is taken for a view."""

from __future__ import annotations

import copy
import dataclasses
import json
import re
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.exact import Array, frozen
from rules.orders import CONTROL, Order, Start
from rules.sequence import play_step, take
from rules.state import Game, View, World
from rules.turn import clock_id
from rules.view import PUBLIC_VIEWER, view
from rules.wire import views as w
from rules.wire.codec import SUBPROTOCOLS, decode_out, encode
from rules.wire.frames import Seen
from scenarios.loader import load
from scenarios.opening import opening

SCENARIOS = ("tiny", "iraq-2003")
DOUBLES = st.floats(allow_nan=False, allow_infinity=False)


@cache
def played(scenario: str, steps: int) -> Game:
    """A game some steps after its start, in which everybody held."""
    if steps == 0:
        start = Order(id="control:0", author=CONTROL, act=Start())
        return take(opening(load(scenario), "seed"), start)[0]
    return play_step(played(scenario, steps - 1), {}).game


def difference(one: object, other: object, path: str = "view") -> str | None:
    """Where two views differ, types, shapes and bits included; None if they do not."""
    if type(one) is not type(other):
        return f"{path}: {type(one).__name__} is not {type(other).__name__}"
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        same = (one.shape, one.dtype, one.tobytes()) == (other.shape, other.dtype, other.tobytes())
        return None if same else f"{path}: {one} is not {other}"
    if dataclasses.is_dataclass(one):
        names = [f.name for f in dataclasses.fields(one)]
        found = (difference(getattr(one, name), getattr(other, name), f"{path}.{name}") for name in names)
        return next((item for item in found if item), None)
    if isinstance(one, float) and isinstance(other, float):
        return None if np.float64(one).tobytes() == np.float64(other).tobytes() else f"{path}: {one}, {other}"
    return None if one == other else f"{path}: {one} is not {other}"


def seen(packed: dict[str, object]) -> Seen:
    """A frame with a packed view."""
    return Seen(total=1, step="clock:0:1:orders:1:0", due_in_ms=None, view=packed)


@pytest.mark.parametrize("subprotocol", SUBPROTOCOLS)
@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("steps", [0, 3])
def test_views_come_back_bit_for_bit(scenario: str, steps: int, subprotocol: str) -> None:
    """For every seat and the public, whole and without the static part, through both spellings."""
    game = played(scenario, steps)
    for viewer in (*game.atlas.countries[:3], PUBLIC_VIEWER):
        sight = view(game, viewer)
        whole, moving = w.pack_view(sight), w.pack_view(sight, static=False)
        assert set(whole) - set(moving) == set(w.STATIC)
        for packed, known in ((whole, None), (moving, sight), (whole, sight)):
            frame = decode_out(encode(seen(packed), subprotocol), subprotocol)
            assert isinstance(frame, Seen)
            assert difference(w.unpack_view(frame.view, known), sight) is None


def crowded(scenario: str) -> View:
    """A first view of a world in which everybody has a figure of its own towards everybody, none of them short to write."""
    shown = view(played(scenario, 0), "FRA")
    every: dict[str, Any] = {f.name: getattr(shown.world, f.name) for f in dataclasses.fields(World)}
    full = {name: long_figures(value) for name, value in every.items() if isinstance(value, np.ndarray) and value.ndim}
    atlas = dataclasses.replace(shown.atlas, distance=long_figures(shown.atlas.distance), dependence=long_figures(shown.atlas.dependence))
    return dataclasses.replace(shown, world=dataclasses.replace(shown.world, **full), atlas=atlas)


def long_figures(like: Array) -> Array:
    """An array of the same shape, full of numbers with as many digits as there can be."""
    return frozen(np.full(like.shape, -1.0 / 3.0))


@pytest.mark.parametrize("subprotocol", SUBPROTOCOLS)
def test_a_view_of_every_state_of_the_world_is_one_frame(subprotocol: str) -> None:
    """However full of figures it is: a frame that is too long would keep everybody out of the session."""
    shown = crowded("un-193")
    assert len(shown.atlas.countries) == 193
    frame = Seen(total=0, step=clock_id(shown.moment), due_in_ms=None, view=w.pack_view(shown))
    read = decode_out(encode(frame, subprotocol), subprotocol)
    assert isinstance(read, Seen)
    assert w.unpack_view(read.view).world.goodwill.tobytes() == shown.world.goodwill.tobytes()


@given(values=st.lists(st.lists(DOUBLES, min_size=4, max_size=4), min_size=4, max_size=4), one=DOUBLES)
def test_all_doubles_come_back(values: list[list[float]], one: float) -> None:
    """Denormal numbers, minus zero, the largest: in matrices, in rows and in the seat's own figure."""
    sight = view(played("tiny", 0), "ARD")
    world = dataclasses.replace(
        sight.world, goodwill=frozen(values), economy=frozen(values[0]), aid=frozen(one)[()]
    )
    changed = dataclasses.replace(sight, world=world)
    for subprotocol in SUBPROTOCOLS:
        frame = decode_out(encode(seen(w.pack_view(changed)), subprotocol), subprotocol)
        assert isinstance(frame, Seen)
        assert difference(w.unpack_view(frame.view), changed) is None


def test_the_difference_sees_a_bit() -> None:
    """The comparison above notices a sign of zero, a last bit, a shape and a type."""
    sight = view(played("tiny", 0), "ARD")
    for economy in (-0.0 * sight.world.economy, np.nextafter(sight.world.economy, np.inf)):
        world = dataclasses.replace(sight.world, economy=economy)
        assert difference(sight, dataclasses.replace(sight, world=world))
    flat = dataclasses.replace(sight.world, goodwill=sight.world.goodwill.ravel())
    assert difference(sight, dataclasses.replace(sight, world=flat))
    assert difference(sight, dataclasses.replace(sight, viewer=None))  # type: ignore[arg-type]  # wrong on purpose


def test_unpacked_arrays_are_read_only() -> None:
    """A bot cannot change its view by accident."""
    back = w.unpack_view(w.pack_view(view(played("tiny", 0), "ARD")))
    with pytest.raises(ValueError, match="read-only"):
        back.world.economy[0] = 1.0


def test_the_public_sees_empty_rows_in_their_shape() -> None:
    """An array without rows still says how many columns it has."""
    sight = view(played("tiny", 0), PUBLIC_VIEWER)
    packed = w.pack_view(sight)
    atlas = packed["atlas"]
    assert isinstance(atlas, dict)
    assert atlas["salience"] == {"shape": [0, len(sight.atlas.issues)]}
    assert w.unpack_view(packed).atlas.salience.shape == (0, len(sight.atlas.issues))


def test_a_packed_view_holds_plain_values_only() -> None:
    """Any encoder can spell it."""
    plain = {dict, list, str, int, float, bool, type(None), tuple}

    def kinds(value: object) -> set[type]:
        inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
        return {type(value)}.union(*map(kinds, inner))

    assert kinds(w.pack_view(view(played("iraq-2003", 3), "USA"))) <= plain


def test_the_static_part_is_most_of_the_bytes() -> None:
    """Leaving it out is worth the trouble."""
    sight = view(played("iraq-2003", 3), "USA")
    sizes = [len(encode(seen(w.pack_view(sight, static=s)), SUBPROTOCOLS[0])) for s in (True, False)]
    assert sizes[0] > 2 * sizes[1]


def test_without_the_static_part_something_must_be_known() -> None:
    """A partial view alone is none; half a static part is none either."""
    sight = view(played("tiny", 0), "ARD")
    with pytest.raises(w.BadView):
        w.unpack_view(w.pack_view(sight, static=False))
    half = w.pack_view(sight)
    del half["atlas"]
    with pytest.raises(w.BadView) as caught:
        w.unpack_view(half, sight)
    assert caught.value.field == "atlas"


def spoilt(path: str, value: object) -> dict[str, object]:
    """A packed view with one value replaced, or taken out (``...``)."""
    packed = copy.deepcopy(w.pack_view(view(played("tiny", 0), "ARD")))
    here: Any = packed
    *steps, last = path.split(".")
    for step in steps:
        here = here[int(step) if isinstance(here, list) else step]
    if value is ...:
        del here[last]
    else:
        here[int(last) if isinstance(here, list) else last] = value
    return packed


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("viewer", 1, "viewer"),
        ("viewer", ..., "viewer"),
        ("extra", 1, "extra"),
        ("atlas", None, "atlas"),
        ("atlas", [], "atlas"),
        ("atlas.turns", 1.5, "atlas.turns"),
        ("atlas.turns", ..., "atlas.turns"),
        ("atlas.extra", 1, "atlas.extra"),
        ("atlas.countries", "ARD", "atlas.countries"),
        ("atlas.news", [{}], "atlas.news"),
        ("atlas.objectives", [{"id": "x"}], "atlas.objectives"),
        ("atlas.secret_briefs", 1, "atlas.secret_briefs"),
        ("parameters.growth", "0", "parameters.growth"),
        ("parameters.growth", 99.0, "parameters"),
        ("parameters.growth", float("nan"), "parameters.growth"),
        ("moment.phase", "lunch", "moment.phase"),
        ("moment.done", ["ARD", 1], "moment.done.1"),
        ("world.economy", None, "world.economy"),
        ("world.economy", 1.0, "world.economy"),
        ("world.economy", "1.0", "world.economy"),
        ("world.economy.0", "1.0", "world.economy"),
        ("world.economy.0", True, "world.economy"),
        ("world.economy.0", None, "world.economy"),
        ("world.economy.0", [1.0], "world.economy"),
        ("world.economy.0", 10**400, "world.economy"),
        ("world.economy.0", float("inf"), "world.economy"),
        ("world.goodwill.0", [1.0], "world.goodwill"),
        ("world.goodwill.0", 1.0, "world.goodwill"),
        ("world.goodwill.0.0", [1.0], "world.goodwill"),
        ("world.goodwill", {"shape": [0, 2], "x": 1}, "world.goodwill"),
        ("world.goodwill", {"shape": [0]}, "world.goodwill"),
        ("world.goodwill", {"shape": [1, 2]}, "world.goodwill"),
        ("world.goodwill", {"shape": [0, -1]}, "world.goodwill"),
        ("world.goodwill", {"shape": [0, 10**9]}, "world.goodwill"),
        ("world.goodwill", {"shape": [False, 2]}, "world.goodwill"),
        ("world.aid", "0", "world.aid"),
        ("world.aid", 10**400, "world.aid"),
        ("offers", [{}], "offers.0.id"),
        ("offers", None, "offers"),
        ("desk", [{"country": "ARD", "act": {"kind": "start"}}], "desk.0.act"),
    ],
)
def test_what_is_no_view_is_refused_by_name(path: str, value: object, field: str) -> None:
    """Anything missing, unknown, of another type or shape, or out of bounds."""
    with pytest.raises(w.BadView) as caught:
        w.unpack_view(spoilt(path, value))
    assert caught.value.field.startswith(field)
    assert caught.value.sentence


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.binary(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
)


@given(data=st.data())
def test_junk_anywhere_is_refused_or_read(data: st.DataObject) -> None:
    """Whatever stands in a field, the outcome is a View or a BadView."""
    room = data.draw(st.sampled_from(["", "atlas.", "world.", "moment.", "parameters."]))
    cls = {"": View, "world.": World}.get(room)
    packed = w.pack_view(view(played("tiny", 0), "ARD"))
    names = [f.name for f in dataclasses.fields(cls)] if cls else list(packed[room[:-1]])  # type: ignore[call-overload]  # it is a map
    path = room + data.draw(st.sampled_from(names))
    try:
        back = w.unpack_view(spoilt(path, data.draw(JUNK)))
    except w.BadView:
        return
    assert isinstance(back, View)


def matches(value: Any, schema: dict[str, Any], defs: dict[str, Any]) -> bool:  # noqa: ANN401  # any JSON value
    """As much of JSON Schema as the schema of views uses."""
    if "$ref" in schema:
        return matches(value, defs[schema["$ref"].removeprefix("#/$defs/")], defs)
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return any(matches(value, choice, defs) for choice in choices)
    if "const" in schema or "enum" in schema:
        return value in schema.get("enum", [schema.get("const")])
    match schema.get("type"):
        case "object":
            inner = schema["properties"]
            known = set(schema.get("required", ())) <= set(value) <= set(inner) if isinstance(value, dict) else False
            return known and all(matches(item, inner[name], defs) for name, item in value.items())
        case "array":
            sized = isinstance(value, list) and len(value) <= schema.get("maxItems", len(value))
            inner = schema.get("items", {})
            return sized and len(value) >= schema.get("minItems", 0) and all(matches(v, inner, defs) for v in value)
        case "number":
            return type(value) in (int, float)
        case kind:
            named: dict[object, type] = {"string": str, "integer": int, "boolean": bool, "null": type(None)}
            return type(value) is named[kind]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_schema_describes_packed_views(scenario: str) -> None:
    """Whole or partial, of a seat or of the public; and it refuses what unpacking refuses."""
    schema: dict[str, Any] = w.view_schema()
    game = played(scenario, 3)
    for viewer in (game.atlas.countries[0], PUBLIC_VIEWER):
        for static in (True, False):
            packed = json.loads(json.dumps(w.pack_view(view(game, viewer), static=static)))
            assert matches(packed, schema, schema["$defs"])
    for path, value in (("viewer", 1), ("extra", 1), ("world.economy.0", "1"), ("moment.phase", "lunch")):
        assert not matches(spoilt(path, value), schema, schema["$defs"])


def test_the_schema_is_closed_and_complete() -> None:
    """Every field of the state's classes stands in it, and every reference leads somewhere."""
    schema: dict[str, Any] = w.view_schema()
    assert list(schema["properties"]) == [f.name for f in dataclasses.fields(View)]
    world = schema["properties"]["world"]
    assert list(world["properties"]) == [f.name for f in dataclasses.fields(World)]
    assert world["additionalProperties"] is False
    references = set(re.findall(r'"#/\$defs/(\w+)"', json.dumps(schema)))
    assert references == set(schema["$defs"])
