"""What is wrong with a scenario, said so that its author can put it right: file, key, fault and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

M = TypeVar("M", bound=BaseModel)
SHOWN_MAX = 60  # characters of a wrong value that a fault repeats


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: ``file`` within the scenario's folder, ``key`` the path of the value, ``wrong`` what it is,
    ``remedy`` what to do.
    """

    file: str
    key: str
    wrong: str
    remedy: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.key}" if self.key else self.file
        return f"{where}: {self.wrong} {self.remedy}"


class BadScenario(ValueError):
    """A scenario cannot be used; ``faults`` lists everything that was found wrong, at least one."""

    def __init__(self, name: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join([f"Scenario {name} cannot be used:", *(f"- {fault}" for fault in self.faults)]))


def nearest(word: str, known: Iterable[str]) -> str:
    """A sentence that names the known word most like ``word``, or all of them if none is."""
    listed = sorted(known)
    close = get_close_matches(word, listed, n=1)
    if close:
        return f"Did you mean {close[0]!r}?"
    return f"Known are: {', '.join(listed)}." if listed else "None is defined."


def parsed(model: type[M], data: Mapping[str, object], file: str) -> tuple[M | None, tuple[Fault, ...]]:
    """The data as a model, or None and every fault of form that they have."""
    try:
        return model.model_validate(_tuples(data)), ()
    except ValidationError as error:
        return None, tuple(_fault(detail, model, data, file) for detail in error.errors(include_url=False))


def _tuples(value: object) -> object:
    """The same value with tuples for lists: the models are frozen and strict."""
    if isinstance(value, dict):
        return {key: _tuples(item) for key, item in value.items()}
    if isinstance(value, list):
        return tuple(_tuples(item) for item in value)
    return value


def _fault(detail: ErrorDetails, model: type[BaseModel], data: Mapping[str, object], file: str) -> Fault:
    spots = tuple(spot for spot in detail["loc"] if spot != "[key]")
    key = key_path(spots, data)
    table = table_at(model, spots[:-1])
    known = {info.alias or name: info for name, info in table.model_fields.items()} if table else {}
    info = known.get(str(spots[-1])) if spots else None
    match detail["type"]:
        case "missing":
            meaning = info.description if info else None
            return Fault(file, key, "is missing.", f"Add it: {meaning}." if meaning else "Add it.")
        case "extra_forbidden":
            return Fault(
                file,
                key,
                "is not a key of this table.",
                f"{nearest(str(spots[-1]), known)} Otherwise remove it.",
            )
        case _:
            said = detail["msg"][:1].lower() + detail["msg"][1:]
            wanted = f" ({info.description})" if info else ""
            return Fault(file, key, f"{said}, not {_short(detail['input'])}.", f"Give a value that fits{wanted}.")


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN_MAX else f"{text[:SHOWN_MAX]}..."


def key_path(spots: Sequence[int | str], data: object) -> str:
    """A path such as ``country[FRA].figures.gdp``: tables in lists go by what names them rather than by their
    number.
    """
    path = ""
    for spot in spots:
        if isinstance(spot, int):
            data = data[spot] if isinstance(data, Sequence) and spot < len(data) else None
            path += f"[{name_of(data) or spot + 1}]"
        else:
            data = data.get(spot) if isinstance(data, Mapping) else None
            path += f".{spot}" if path else spot
    return path


def name_of(item: object) -> str:
    """What a table in a list is called: its id, its country, its two ends and kind, or its turn."""
    if not isinstance(item, Mapping):
        return ""
    table = cast(Mapping[str, object], item)
    if isinstance(table.get("from"), str) and isinstance(table.get("to"), str):
        return f"{table['from']}-{table['to']} {table.get('kind', '?')}"
    named = next((table[key] for key in ("id", "country", "turn") if key in table), "")
    return str(named)


def table_at(model: type[BaseModel], spots: Sequence[int | str]) -> type[BaseModel] | None:
    """The model of the table that a path leads to, or None if it leads to no table."""
    table: type[BaseModel] | None = model
    for spot in spots:
        if isinstance(spot, int) or table is None:
            continue
        info = next((i for name, i in table.model_fields.items() if (i.alias or name) == spot), None)
        if info is not None:
            table = inner_model(info.annotation)
    return table


def inner_model(annotation: object) -> type[BaseModel] | None:
    """The model inside an annotation such as ``tuple[Land, ...]`` or ``dict[Key, Source]``, if there is
    one.
    """
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inside = (inner_model(part) for part in getattr(annotation, "__args__", ()))
    return next((found for found in inside if found is not None), None)
