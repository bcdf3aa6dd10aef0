"""A bot without any idea: a few legal acts, drawn at random.  The null bot of every experiment, and the fuzzer of the rules."""

from __future__ import annotations

from dataclasses import dataclass

from rules.chance import draw_many
from rules.legal import legal_draw
from rules.orders import Act
from rules.state import View
from rules.turn import clock_id

ACTS_A_STEP_MAX = 3


@dataclass(frozen=True, slots=True)
class RandomLegal:
    """Picks up to three legal acts a step: first a kind, then one of that kind, so that rare kinds come up too."""

    seed: str

    def choose(self, view: View) -> tuple[Act, ...]:
        """A few of the legal acts."""
        first, *places = draw_many(self.seed, 1 + 2 * ACTS_A_STEP_MAX, clock_id(view.moment), view.viewer)
        count = int(first * (ACTS_A_STEP_MAX + 1))
        drawn = [legal_draw(view, places[2 * number], places[2 * number + 1]) for number in range(count)]
        return tuple(act for act in drawn if act is not None)
