"""A bot without any idea: a few legal acts, drawn at random.  The null bot of every experiment, and the fuzzer of the rules."""

from __future__ import annotations

from dataclasses import dataclass

from rules.chance import draw_many
from rules.legal import legal_kinds, legal_sample
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
        kinds = sorted(kind for kind in legal_kinds(view) if kind != "done")
        if not kinds:
            return ()
        draws = iter(draw_many(self.seed, 1 + 2 * ACTS_A_STEP_MAX, clock_id(view.moment), view.viewer))
        count = int(next(draws) * (ACTS_A_STEP_MAX + 1))
        return tuple(legal_sample(view, kinds[int(next(draws) * len(kinds))], next(draws)) for _ in range(count))
