"""What the program says about itself while it runs: one line an event on standard error, for a person or as JSON for a collector.

Who reads a journal must not be able to play by it.  So whatever looks like a token, and any password in an address, is struck out of every
line before it is written, wherever it came from; and no line holds orders, messages, names or network addresses in the first place.
"""

from __future__ import annotations

import logging
import re
import sys
from typing import Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

Form = Literal["console", "json"]
STRUCK = "[struck out]"
_TOKEN = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
_PASSWORD = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*://)[^/@\s]*@")


def open_journal(form: Form, level: str, process: str = "", stream: TextIO | None = None) -> None:
    """Write the journal of this process from now on; ``process`` names it where there are several."""

    def named(_: object, __: str, event: EventDict) -> EventDict:
        return {**event, "process": process} if process else event

    first: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        named,
        strike_out,
    ]
    last: Processor = structlog.processors.JSONRenderer(sort_keys=True)
    if form == "console":
        last = structlog.dev.ConsoleRenderer(colors=False)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=first, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())


def strike_out(_: object, __: str, event: EventDict) -> EventDict:
    """Every text of the line without what could be a secret."""
    return {name: without_secrets(value) if isinstance(value, str) else value for name, value in event.items()}


def without_secrets(text: str) -> str:
    """A text in which tokens and passwords are struck out."""
    return _PASSWORD.sub(rf"\g<scheme>{STRUCK}@", _TOKEN.sub(STRUCK, text))
