"""What a parameter of the rules means, in the reader's language: the rules say it in English, ``messages/parameters.*.toml`` in others."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from rules.parameters import registry
from server.narrate.language import Language, language, table


def meaning(name: str) -> str:
    """The sentence of a parameter."""
    return _words(language(), "words").get(name, registry()[name].sentence)


def layer(name: str) -> str:
    """On which layer of the theory it lies."""
    found = registry()[name].layer
    return _words(language(), "layers").get(found, found)


@cache
def _words(tongue: Language, group: str) -> Mapping[str, str]:
    file = files("server.narrate") / "messages" / f"parameters.{tongue}.toml"
    found = table(file).get(group, {}) if file.is_file() else {}
    assert isinstance(found, dict), "words stand in groups"
    return found
