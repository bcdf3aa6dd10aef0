"""The vocabulary of the wire is closed, and its schema is drawn from the models."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from rules.visibility import marks_of
from rules.wire import frames as f
from tests.fuzz.samples import FRAMES_IN, FRAMES_OUT

ALL = FRAMES_IN + FRAMES_OUT


@pytest.mark.parametrize("kind", ALL)
def test_frames_are_closed_and_frozen(kind: type[BaseModel]) -> None:
    """No extra fields, no changes, nothing read as another type, nothing infinite."""
    config = kind.model_config
    assert (config["frozen"], config["extra"], config["strict"]) == (True, "forbid", True)
    assert config["allow_inf_nan"] is False


@pytest.mark.parametrize("kind", ALL)
def test_fields_are_marked_and_explained(kind: type[BaseModel]) -> None:
    """Every field says who may see it, and every frame what it is for."""
    assert set(marks_of(kind)) == set(kind.model_fields)
    assert kind.__doc__


def test_every_type_is_one_frame() -> None:
    """The discriminators are distinct, in both directions together."""
    types = [str(kind.model_fields["type"].default) for kind in ALL]
    assert len(set(types)) == len(types)


@pytest.mark.parametrize(("adapter", "kinds"), [(f.FRAME_IN, FRAMES_IN), (f.FRAME_OUT, FRAMES_OUT)])
def test_the_schema_has_every_frame(adapter: TypeAdapter[object], kinds: tuple[type[BaseModel], ...]) -> None:
    """One definition each, closed, told apart by ``type``."""
    schema = adapter.json_schema()
    assert schema["discriminator"]["propertyName"] == "type"
    for kind in kinds:
        definition = schema["$defs"][kind.__name__]
        assert definition["additionalProperties"] is False
        assert set(definition["properties"]) == set(kind.model_fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"session": "UPPER", "token": "t" * 43},
        {"session": "s", "token": "t" * 42},
        {"session": "s", "token": "t" * 42 + "\n"},
        {"session": "s", "token": "t" * 43, "since": -1},
        {"session": "s", "token": "t" * 43, "protocol": "unipole.v2"},
    ],
)
def test_a_hello_is_checked(fields: dict[str, object]) -> None:
    """Session names, tokens, counts and the protocol have their forms."""
    with pytest.raises(ValidationError):
        f.Hello(**fields)  # type: ignore[arg-type]  # wrong on purpose


def test_an_envelope_is_bounded() -> None:
    """At most 64 acts, under a clock id."""
    with pytest.raises(ValidationError):
        f.FRAME_IN.validate_python(
            {"type": "envelope", "step": "clock:0:1:orders:1:0", "acts": ({"kind": "done"},) * 65}
        )
    with pytest.raises(ValidationError):
        f.FRAME_IN.validate_python({"type": "envelope", "step": "orders", "acts": ()})
