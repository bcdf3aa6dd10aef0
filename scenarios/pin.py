"""Pins: what a session was opened with, as hashes, so that no process carries it on with other rules or
another case.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rules.parameters import Setting, registry
from rules.wire.logbook import FORMAT, Head
from scenarios import folder
from scenarios.loader import Scenario
from scenarios.opening import parameters

_LENGTH_BYTES = 8
_LANGUAGE_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Pins:
    """The identity of a session's start; hashes are SHA-256 in hexadecimal, ``parameters`` has every
    coefficient.
    """

    scenario: str
    scenario_hash: str
    rules_hash: str
    parameters: dict[str, Setting]


def pins(scenario: Scenario, overrides: Mapping[str, Setting] | None = None) -> Pins:
    """The pins of a game opened from a scenario.

    Raises:
        rules.parameters.BadParameter: an override is unknown or out of bounds.
    """
    own = parameters(scenario, overrides)
    values: dict[str, Setting] = {name: getattr(own, name) for name in registry()}
    return Pins(scenario.id, _scenario_hash(scenario), rules_hash(), values)


def head_of(scenario: Scenario, seed: str, overrides: Mapping[str, Setting]) -> Head:
    """The head of a new log.

    Raises:
        BadParameter: an override is unknown or out of bounds.
    """
    pinned = pins(scenario, overrides)
    return Head(
        format=FORMAT,
        scenario=pinned.scenario,
        scenario_hash=pinned.scenario_hash,
        rules_hash=pinned.rules_hash,
        parameters=pinned.parameters,
        seed=seed,
        turns=scenario.data.scenario.turns,
    )


@lru_cache(maxsize=64)
def _scenario_hash(scenario: Scenario) -> str:
    """Every process that opens a session asks for it."""
    return fingerprint(_played(scenario.contents))


def _played(contents: folder.Contents) -> folder.Contents:
    """What the game is made of.  Its words in other languages (folders with a code of two letters) change nothing in it."""
    return tuple((path, data) for path, data in contents if len(path.partition("/")[0]) != _LANGUAGE_LETTERS)


@cache
def rules_hash() -> str:
    """The fingerprint of the sources of the rules that are in memory: read once, for the files may change under a running program."""
    sources = folder.walk(files("rules"))
    return fingerprint((path, item.read_bytes()) for path, item in sources if path.endswith(".py"))


def fingerprint(contents: Iterable[tuple[str, bytes]]) -> str:
    """One hash over names and bytes in sorted order; lengths are hashed too, so no byte can move from one
    file to the next.
    """
    state = hashlib.sha256()
    for path, data in sorted(contents):
        for part in (path.encode(), data):
            state.update(len(part).to_bytes(_LENGTH_BYTES, "big"))
            state.update(part)
    return state.hexdigest()
