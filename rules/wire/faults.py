"""What the models say against a well-spelt value that is no frame: the first fault, by its path and in a sentence."""

from __future__ import annotations

from typing import Final

from pydantic import ValidationError

SENTENCE_CHARS_MAX: Final = 300
FIELD_CHARS_MAX: Final = 120


def fault(error: ValidationError, frame: object) -> tuple[str, str]:
    """The field and the sentence of the first fault; nothing of the frame's own text is repeated beyond its field names."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    path = _path(first["loc"], frame)
    sentence = _OWN_WORDS.get(first["type"], f"{first['msg']}.")
    return path[:FIELD_CHARS_MAX], sentence[:SENTENCE_CHARS_MAX]


_OWN_WORDS = {
    "union_tag_invalid": "The frame, act or clause is of no known kind.",
    "union_tag_not_found": "The kind of the frame, act or clause is missing.",
    "extra_forbidden": "There is no such field.",
    "missing": "The field is missing.",
}


def _path(location: tuple[int | str, ...], frame: object) -> str:
    """Dotted path of a fault, without the kinds by which pydantic names the members of unions."""
    parts: list[str] = []
    here: object = frame
    for part in location:
        if isinstance(here, dict) and part not in here and part in (here.get("type"), here.get("kind")):
            continue
        known = isinstance(part, int) or (part.isascii() and part.isidentifier())
        parts.append(str(part) if known else "?")
        here = _member(here, part)
    return ".".join(parts)


def _member(value: object, part: int | str) -> object:
    if isinstance(value, dict):
        return value.get(part)
    return value[part] if isinstance(value, tuple) and isinstance(part, int) and part < len(value) else None
