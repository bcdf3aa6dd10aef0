"""Where each setting comes from: a flag, else the environment, else a file, else what it is by itself.

A file is TOML with the names of ``server.settings.Settings``, and a table ``[limits]``.  The environment has the same names in capitals
behind ``UNIPOLE_``, those of limits behind ``UNIPOLE_LIMITS_``; lists are written with commas, a rate as ``12,24`` (a second, at once).
What is unknown or out of place is refused by name: a misspelt limit that is silently left alone is one that an operator relies on in vain.
"""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_type_hints

from pydantic import ConfigDict, TypeAdapter, ValidationError

from server.journal import without_secrets
from server.settings import Limits, Rate, Settings

PREFIX = "UNIPOLE_"
FILE = "UNIPOLE_CONFIG"
ELSEWHERE = frozenset((FILE, "UNIPOLE_KILLS", "UNIPOLE_SERVER_KILLS", "UNIPOLE_STEPS", "UNIPOLE_ORDERS"))
"""Names that are no settings: where the file is, and how long the tests run."""
LIMITS = "limits"
KEPT_BACK = frozenset(("metrics_token",))
HINTS: dict[str, Any] = get_type_hints(Settings) | {f"{LIMITS}.{name}": hint for name, hint in get_type_hints(Limits).items()}
del HINTS[LIMITS]


class BadSetting(Exception):
    """A setting cannot be what somebody wants it to be; says who and why."""


@dataclass(frozen=True, slots=True)
class Configured:
    """Settings, and for each name that somebody set, who did."""

    settings: Settings
    sources: Mapping[str, str]

    def table(self) -> list[tuple[str, str, str]]:
        """Name, value and source of everything; secrets are kept back."""
        limits = self.settings.limits
        values = {name: getattr(limits if "." in name else self.settings, name.rpartition(".")[2]) for name in HINTS}
        return [(name, _shown(name, value), self.sources.get(name, "default")) for name, value in values.items()]


def configured(flags: Mapping[str, object], environment: Mapping[str, str], file: Path | None, base: Settings) -> Configured:
    """Settings from all layers; of ``flags`` those that are None were not given.

    Raises:
        BadSetting: a name is unknown, a value does not fit, or the file cannot be read.
    """
    file = file or (Path(environment[FILE]) if environment.get(FILE) else None)
    found: dict[str, object] = {}
    sources: dict[str, str] = {}
    layers = ((str(file), _of_file(file)), ("environment", _of_environment(environment)), ("flag", _given(flags)))
    for source, values in layers:
        for name, value in values.items():
            said = f"{_variable(name)} in the environment" if source == "environment" else source
            found[name] = _fitting(name, value, said)
            sources[name] = said
    inner = {name.rpartition(".")[2]: value for name, value in found.items() if "." in name}
    outer: dict[str, Any] = {name: value for name, value in found.items() if "." not in name}
    limits = dataclasses.replace(base.limits, **inner)  # type: ignore[arg-type]  # each value was checked against its field
    return Configured(dataclasses.replace(base, limits=limits, **outer), sources)


def _given(flags: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in flags.items() if value is not None}


def _of_file(file: Path | None) -> dict[str, object]:
    if file is None:
        return {}
    try:
        rows = tomllib.loads(file.read_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadSetting(f"{file} cannot be read as settings: {error}") from error
    limits = rows.pop(LIMITS, {})
    if not isinstance(limits, dict):
        raise BadSetting(f"{file}: limits is a table, [limits].")
    return rows | {f"{LIMITS}.{name}": value for name, value in limits.items()}


def _of_environment(environment: Mapping[str, str]) -> dict[str, object]:
    names = {_variable(name): name for name in HINTS}
    ours = {key: text for key, text in environment.items() if key.startswith(PREFIX) and key not in ELSEWHERE}
    for key in ours:
        if key not in names:
            raise BadSetting(f"{key} in the environment is no setting of this program.")
    return {names[key]: _parsed(HINTS[names[key]], text) for key, text in ours.items()}


def _variable(name: str) -> str:
    return PREFIX + name.upper().replace(".", "_")


def _parsed(hint: object, text: str) -> object:
    """A text of the environment in the shape in which a file would have it."""
    if hint == tuple[str, ...]:
        return [part.strip() for part in text.split(",") if part.strip()]
    if hint is Rate:
        per_second, _, burst = text.partition(",")
        return {"per_second": per_second, "burst": burst}
    return None if text == "" and isinstance(hint, UnionType) and type(None) in get_args(hint) else text


def _fitting(name: str, value: object, source: str) -> object:
    hint = HINTS.get(name)
    if hint is None:
        raise BadSetting(f"{source}: {name} is no setting of this program.")
    try:
        return _adapter(hint).validate_python(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        raise BadSetting(f"{source}: {name} does not fit: {first['msg']}.") from None


def _adapter(hint: Any) -> TypeAdapter[object]:  # noqa: ANN401 - a type, whatever it is
    if dataclasses.is_dataclass(hint):
        return TypeAdapter(hint)
    return TypeAdapter(hint, config=ConfigDict(allow_inf_nan=False))


def _shown(name: str, value: object) -> str:
    if name in KEPT_BACK:
        return "not set" if value is None else "set"
    match value:
        case Rate():
            return f"{value.per_second:g},{value.burst}"
        case tuple():
            return ",".join(map(str, value)) or "none"
        case bool():
            return "yes" if value else "no"
        case None:
            return "none"
        case _:
            return without_secrets(str(value))
