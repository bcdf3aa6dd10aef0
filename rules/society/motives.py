"""Motives: what a government says to itself, in private, about why it acts (W17, W18).

A motive is logged for whoever later asks for reasons; it moves nothing and nobody else in the game can read it.
"""

from __future__ import annotations

from rules.errors import Code, Refused
from rules.orders import NoteMotive
from rules.society.events import MotiveNoted
from rules.state import Sight


def note(sight: Sight, country: str, act: NoteMotive) -> tuple[MotiveNoted, ...]:
    """The motive, told to nobody but its author.

    Raises:
        Refused: it is about a country that does not exist.
    """
    if act.about is not None and act.about not in sight.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, "about", f"There is no country {act.about} in this scenario.")
    return (MotiveNoted.believed(country=country, motive=act.motive, act=act.act, about=act.about),)
