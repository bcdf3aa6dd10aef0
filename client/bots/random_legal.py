"""A bot without any idea: a few legal acts, drawn at random.  The null bot of every experiment, and the fuzzer of the rules."""

from __future__ import annotations

from dataclasses import dataclass

from rules.chance import draw
from rules.legal import legal_orders
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
        kinds: dict[str, list[Act]] = {}
        for act in legal_orders(view):
            if act.kind != "done":
                kinds.setdefault(act.kind, []).append(act)
        if not kinds:
            return ()
        step = clock_id(view.moment)
        count = int(draw(self.seed, step, view.viewer, "count") * (ACTS_A_STEP_MAX + 1))
        acts = []
        for number in range(count):
            names = sorted(kinds)
            options = kinds[names[int(draw(self.seed, step, view.viewer, number, "kind") * len(names))]]
            acts.append(options[int(draw(self.seed, step, view.viewer, number, "act") * len(options))])
        return tuple(acts)
