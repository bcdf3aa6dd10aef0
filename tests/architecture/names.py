"""Names that say nothing: a class or file called so has not been understood yet."""

from __future__ import annotations

import ast
import re
from pathlib import PurePath

from tests.architecture.places import Finding

ROLES = frozenset(
    {"manager", "handler", "helper", "helpers", "util", "utils"}
)  # refused as any word of a name
DRAWERS = frozenset(
    {"common", "base", "misc"}
)  # refused as a whole name only: a military base is a noun of the field
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


def _says_nothing(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    return not ROLES.isdisjoint(words) or (len(words) == 1 and words[0] in DRAWERS)


def empty_names(path: PurePath, source: str) -> list[Finding]:
    """The parts of the path (relative to the root) and the classes in `source` whose names are refused."""
    parts = [*path.parent.parts, path.stem]
    findings = [
        Finding(1, f"{part} as the name of a file or folder") for part in parts if _says_nothing(part)
    ]
    classes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef))
    findings += [
        Finding(c.lineno, f"{c.name} as the name of a class") for c in classes if _says_nothing(c.name)
    ]
    return sorted(findings)
