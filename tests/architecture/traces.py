"""What must not be in a tracked file: paths of one machine, addresses of package registries, marks of
unfinished work.
"""

from __future__ import annotations

import re

from tests.architecture.places import Finding

# Each pattern is written so that it does not match its own text.
PATTERNS = {
    "a path of one machine": re.compile(r"(?<![A-Za-z0-9_.])/(?:work|farm|root|Users)/"),
    "the address of a package registry": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.(?:npmjs|yarnpkg)\.|(?:deb|security)\.debian\.org|crates\.io|proxy\.golang\.org"
        r"|\bindex[-]url\b|\bfind[-]links\b|registry *[=] *\"?http|\"resolved\"[:] *\"http"
    ),
    "a mark of unfinished work": re.compile(r"\b(?:TO[D]O|FIX[M]E|X[X]X|HA[C]K|NotImplemented[E]rror)\b"),
}


def traces(text: str) -> list[Finding]:
    """Every line of `text` that matches one of the patterns, with the name of the pattern."""
    return [
        Finding(number, kind)
        for number, line in enumerate(text.splitlines(), start=1)
        for kind, pattern in PATTERNS.items()
        if pattern.search(line)
    ]
