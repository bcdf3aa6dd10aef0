"""Mixed company: players for every seat, drawn by chance, as different from each other as people are.

A scenario judged by payoff players of one skill alone would be judged by one way of playing.  Here a seat may be played well or badly,
for more safety or more freedom than its sheet says, or with a few legal acts by chance.
"""

from __future__ import annotations

from collections.abc import Sequence

from client.bots.seats import SKILLS, Casting
from rules.chance import draw

DECK: tuple[Casting, ...] = (
    *(Casting("payoff"),) * 8,
    *(Casting("payoff", SKILLS["novice"]),) * 2,
    *(Casting(kind) for kind in ("autonomist", "loyalist", "free-rider", "revisionist", "institutionalist")),
    *(Casting(kind, SKILLS["novice"]) for kind in ("autonomist", "free-rider", "revisionist")),
    *(Casting("random"),) * 2,
)
"""Each seat draws one of these, the same card as often as it likes."""


def company(seed: int, number: int, countries: Sequence[str]) -> dict[str, Casting]:
    """Who plays in game ``number`` of a batch."""
    return {country: DECK[int(draw(str(seed), "company", number, country) * len(DECK))] for country in countries}
