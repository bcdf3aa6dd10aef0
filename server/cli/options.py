"""What several commands take alike, and where they print."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number
from rich.console import Console

Flag = Annotated[bool, Parameter(negative=())]
Jobs = Annotated[int | None, Parameter(validator=Number(gte=1, lte=1024))]
Seed = Annotated[int, Parameter(validator=Number(gte=0, lte=2**63 - 1))]


def console() -> Console:
    """Where a command prints: plain where no terminal is, and never with colours of its own guessing."""
    return Console(highlight=False)
