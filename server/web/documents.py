"""Documents made from the models: ``/openapi.json`` and ``/schema.json``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

from pydantic import BaseModel, TypeAdapter

from rules.wire.codec import SUBPROTOCOLS
from rules.wire.frames import FRAME_IN, FRAME_OUT, PROTOCOL
from rules.wire.views import view_schema
from server.web.forms import Denial

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TITLE = "unipole"
UNINSTALLED = "0"
"""The version of a source tree that was never installed."""
Json = dict[str, object]


class Described(Protocol):
    """A route, as far as it is documented."""

    @property
    def method(self) -> str:
        """GET, POST or DELETE."""

    @property
    def path(self) -> str:
        """With ``{name}`` for what varies."""

    @property
    def name(self) -> str:
        """The operation's id."""

    @property
    def summary(self) -> str:
        """One line."""

    @property
    def answer(self) -> type[BaseModel] | None:
        """The body of the answer; None if it is no form."""

    @property
    def body(self) -> TypeAdapter[object] | None:
        """The body of the request."""

    @property
    def bearer(self) -> str:
        """Who must be named in the Authorization header."""

    @property
    def status(self) -> int:
        """Of success."""


@lru_cache(maxsize=1)
def frame_schema() -> Json:
    """JSON Schema of what goes over the socket, in both directions, and of a packed view."""
    return {
        "$schema": DIALECT,
        "title": f"{PROTOCOL} over WebSocket at /ws; subprotocols {', '.join(SUBPROTOCOLS)}",
        "in": _with_tags(FRAME_IN.json_schema()),
        "out": _with_tags(FRAME_OUT.json_schema()),
        "view": view_schema(),
    }


def _with_tags(node: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """The schema with every tag required: what tells the forms of a union apart has to be sent, though it has a default in Python."""
    if isinstance(node, list):
        return [_with_tags(part) for part in node]
    if not isinstance(node, dict):
        return node
    parts = {name: _with_tags(part) for name, part in node.items()}
    properties = parts.get("properties")
    if isinstance(properties, dict):
        tags = [name for name, part in properties.items() if isinstance(part, dict) and "const" in part]
        if missing := [name for name in tags if name not in parts.get("required", ())]:
            parts["required"] = [*missing, *parts.get("required", ())]
    return parts


def openapi(routes: Iterable[Described]) -> Json:
    """The OpenAPI 3.1 document of the routes."""
    schemas: Json = {}
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas)
    schemas["Denial"] = _schema(TypeAdapter(Denial), schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": _version()},
        "paths": paths,
        "components": {
            "schemas": _with_tags(schemas),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _version() -> str:
    try:
        return version(TITLE)
    except PackageNotFoundError:
        return UNINSTALLED


def _operation(route: Described, schemas: Json) -> Json:
    success: Json = {"description": "Done."}
    if route.answer is not None:
        schemas[route.answer.__name__] = _schema(TypeAdapter(route.answer), schemas)
        success["content"] = _json({"$ref": f"#/components/schemas/{route.answer.__name__}"})
    refusal = {"description": "Refused.", "content": _json({"$ref": "#/components/schemas/Denial"})}
    operation: Json = {
        "operationId": route.name,
        "summary": route.summary,
        "parameters": [_parameter(part) for part in route.path.split("/") if part.startswith("{")],
        "responses": {str(route.status): success, "default": refusal},
    }
    if route.body is not None:
        operation["requestBody"] = {"required": True, "content": _json(_with_tags(_schema(route.body, schemas)))}
    if route.bearer:
        operation["security"] = [{"token": []}, {}] if "unless" in route.bearer else [{"token": []}]
    return operation


def _schema(adapter: TypeAdapter[Any], schemas: Json) -> Json:
    """The schema of a form; what it refers to is added to ``schemas``."""
    schema = adapter.json_schema(ref_template="#/components/schemas/{model}")
    definitions = schema.pop("$defs", {})
    assert isinstance(definitions, dict)
    schemas.update(definitions)
    return schema


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _parameter(part: str) -> Json:
    return {"name": part.strip("{}"), "in": "path", "required": True, "schema": {"type": "string"}}
