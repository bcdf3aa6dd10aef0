"""Listens to everything that is logged while a test runs, and knows every token that was issued meanwhile: none may be in what it heard.

Tokens are taken where the server turns them into what it keeps, so no way of issuing one is forgotten. Records are taken before the journal
strikes anything out, with their extra fields and tracebacks: striking out is the second line, not the first.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from server.sessions.tokens import Tokens

TALKATIVE = ("server", "rules", "client", "aiohttp", "redis")
"""Who is heard down to the last word where ``closely``; libraries of the tests' own clients show what they send."""


class Eavesdropper(logging.Handler):
    """What was issued and what was said."""

    def __init__(self) -> None:
        super().__init__()
        self.issued: set[str] = set()
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Hear a record whole."""
        self.said.append(f"{self.format(record)} {vars(record)}")

    def betrayed(self) -> list[str]:
        """What was said that has a token in it."""
        return [line for line in self.said if any(token in line for token in self.issued)]


@contextmanager
def eavesdropping(*, closely: bool) -> Iterator[Eavesdropper]:
    """Listen for the time of the block."""
    ear, row = Eavesdropper(), Tokens._row

    def noted(tokens: Tokens, token: str) -> str:
        ear.issued.add(token)
        return row(tokens, token)

    root, levels = logging.getLogger(), {name: logging.getLogger(name).level for name in TALKATIVE}
    root.addHandler(ear)
    for name in TALKATIVE if closely else ():
        logging.getLogger(name).setLevel(logging.DEBUG)
    try:
        with patch.object(Tokens, "_row", noted):
            yield ear
    finally:
        root.removeHandler(ear)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
