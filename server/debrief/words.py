"""The words of the page: one catalogue a language, each message once, found by its key.

A message that does not exist is an error, and so is an argument that is missing, so that no page is written with a hole in it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from server.narrate.language import Language, agreeing, language


@cache
def catalogue(tongue: Language = "en") -> dict[str, str]:
    """All messages by key: ``part.message``."""
    text = files("server.debrief").joinpath(f"words.{tongue}.toml").read_text(encoding="utf-8")
    return {f"{part}.{key}": message for part, messages in tomllib.loads(text).items() for key, message in messages.items()}


def say(key: str, **arguments: object) -> str:
    """A message with its arguments in place.

    Raises:
        KeyError: there is no such message, or it wants an argument that was not given.
    """
    return catalogue(language())[key].format_map({name: agreeing(value) for name, value in arguments.items()})


def count(key: str, number: int, **arguments: object) -> str:
    """A message that counts: the one of ``key.one`` for one thing, of ``key.many`` for any other number."""
    return say(f"{key}_{'one' if number == 1 else 'many'}", number=number, **arguments)
