"""What governments say in public, as records: a closed list of manners, and the statements that stand until they are put to the test."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rules.visibility import PUBLIC, UMPIRE, Record
from rules.vocabulary import Country, Name, Turn

Manner = Literal["position", "frame", "threaten", "reassure", "demand", "delegitimise", "rebuke", "support"]
Standing = Literal["said", "standing", "met", "carried out", "empty", "kept", "broken"]
Outcome = Literal["met", "carried out", "empty", "kept", "broken"]
Place = Annotated[float, Field(ge=0.0, le=1.0)]

Means = Literal["bond", "ingratiate", "lobby", "oppose"]
"""Ways to gain influence in another country (W138, W139, W141)."""
Reason = Literal[
    "fear of the unipole", "fear of a neighbour", "profit", "influence over an ally", "shelter in company", "ideology", "opinion at home",
    "danger at home", "autonomy", "principle", "habit",
]
"""Reasons that a government may give itself (W18, W89)."""

ABOUT_ISSUES: frozenset[Manner] = frozenset(("position", "threaten", "demand"))
"""Manners that need an issue and a place on its line; all but position and demand need a country."""
AT_LARGE: frozenset[Manner] = frozenset(("position", "demand"))
"""Manners that are addressed to nobody in particular."""
TESTED: frozenset[Manner] = frozenset(("threaten", "reassure"))
"""Manners that bind the speaker's name to what it does later."""


class Statement(Record):
    """A public statement.  ``start`` is where the issue stood, so that one can tell whether it moved as demanded."""

    id: Annotated[Name, PUBLIC]
    speaker: Annotated[Country, PUBLIC]
    says: Annotated[Manner, PUBLIC]
    turn: Annotated[Turn, PUBLIC]
    until: Annotated[Turn, PUBLIC]
    about: Annotated[Country | None, PUBLIC] = None
    issue: Annotated[Name | None, PUBLIC] = None
    place: Annotated[Place | None, PUBLIC] = None
    start: Annotated[float, PUBLIC] = 0.0
    fabricated: Annotated[bool, UMPIRE] = False
    status: Annotated[Standing, PUBLIC] = "said"
