"""The smallest words: names, choices, levels and amounts, of which clauses, orders, events and state are made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.:-]{0,63}$")]
ShortName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.:-]{0,23}$")]
"""Names of councils and issues, short enough that names of drafts and plans can be made of them."""
Choice = Literal["yes", "no", "abstain"]
Stance = Literal["yes", "no", "abstain"]
Level = Literal["statement", "token", "full"]
Side = Literal["attack", "defence"]
Finding = Literal["kept", "breached", "excused", "not called"]
Money = Annotated[float, Field(ge=0.0, le=10_000.0)]
Turn = Annotated[int, Field(ge=1, le=1000)]
Fraction = Annotated[float, Field(ge=0.0, le=1.0)]

CHOICES: tuple[Choice, ...] = ("yes", "no", "abstain")
LEVELS: tuple[Level, ...] = ("statement", "token", "full")
