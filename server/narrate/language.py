"""In which language somebody is told: messages by key, out of one catalogue for each language.

The code chooses a message and hands over its arguments; word order, cases, gender and number stand in the catalogue (``messages/``).
A hole is filled by ``str.format``, and its format asks the argument for a form (see ``phrases``).  The language is that of whoever reads,
so it belongs to the task that writes for a reader, as a time zone would: ``with speaking("ru")`` sets it for everything said inside.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Literal, get_args

from server.narrate.phrases import CASES, Case, Count, Phrase

Language = Literal["en", "ru"]
Message = str | tuple[str, ...]
"""A text; or a noun: its gender and a text in which ``{case:...}`` bends, or its gender and a text for each case."""
LANGUAGES: tuple[Language, ...] = get_args(Language)
_speaking: ContextVar[Language] = ContextVar("language", default="en")


def language() -> Language:
    """The language of whoever is told something now."""
    return _speaking.get()


def speak(tongue: Language) -> None:
    """The rest of this task is said in this language."""
    _speaking.set(tongue)


@contextmanager
def speaking(tongue: Language) -> Iterator[None]:
    """Everything said inside is said in this language."""
    token = _speaking.set(tongue)
    try:
        yield
    finally:
        _speaking.reset(token)


def say(message: str, /, **arguments: object) -> str:
    """The message with its holes filled."""
    text = catalogue(_speaking.get())[message]
    assert isinstance(text, str), f"{message} is a noun"
    return text.format_map(_counted(arguments)) if arguments else text


def say_if_known(message: str, otherwise: str) -> str:
    """The message without holes, if there is one."""
    return say(message) if message in catalogue(_speaking.get()) else otherwise


def noun(message: str, /, **arguments: object) -> Phrase:
    """The message as the name of a thing, which can stand in every case."""
    text = catalogue(_speaking.get())[message]
    if isinstance(text, str):
        return Phrase((text.format_map(_counted(arguments)),))
    gender, *templates = text
    if len(templates) == 1:
        templates *= len(CASES)
    counted = _counted(arguments)
    return Phrase([t.format_map({**counted, "case": Case(case)}) for t, case in zip(templates, CASES, strict=True)], gender)


def _counted(arguments: Mapping[str, object]) -> dict[str, object]:
    return {name: Count(value) if type(value) is int else value for name, value in arguments.items()}


def agreeing(value: object) -> object:
    """A value that takes the form which a hole asks for: a number that counts, a text that stays as it is in all cases."""
    return Count(value) if type(value) is int else Phrase((value,)) if type(value) is str else value


@cache
def catalogue(tongue: Language) -> Mapping[str, Message]:
    """All messages of a language by their keys, which are those of the files with a dot between the parts."""
    folder = files("server.narrate") / "messages" / tongue
    found: dict[str, Message] = {}
    for file in sorted(folder.iterdir(), key=lambda item: item.name):
        for group, messages in table(file).items():
            assert isinstance(messages, dict), "messages stand in groups"
            found |= {f"{group}.{key}": tuple(text) if isinstance(text, list) else text for key, text in messages.items()}
    return found


def table(file: Traversable) -> dict[str, object]:
    """A file of messages or names."""
    return tomllib.loads(file.read_text("utf-8"))
