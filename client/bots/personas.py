"""Personas: players who weigh the terms of the payoff otherwise than their role sheet says, and null players who know one thing only.

A persona is a set of factors on the weights of the six payoff terms.  It changes what a bot wants, never what it knows or may do.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from rules.exact import Array, frozen
from rules.state import TERMS

SAFETY_ALONE = {**dict.fromkeys(TERMS, 0.0), "security": 1.0}


@dataclass(frozen=True, eq=False)
class Persona:
    """``factors`` multiply the weights, shape [term]; who is ``wary`` takes every state for an aggressor, so that power alone is feared."""

    name: str
    sentence: str
    factors: Array = field(default_factory=lambda: frozen(np.ones(len(TERMS))))
    wary: bool = False


def _persona(name: str, sentence: str, factors: dict[str, float], *, wary: bool = False) -> Persona:
    return Persona(name, sentence, frozen([factors.get(term, 1.0) for term in TERMS]), wary)


PLAIN = Persona("payoff", "weighs the terms as its role sheet says")
PERSONAS: dict[str, Persona] = {
    persona.name: persona
    for persona in (
        PLAIN,
        _persona("autonomist", "cannot bear to follow: deference and formal duties weigh three times as much", {"autonomy": 3.0}),
        _persona("loyalist", "follows easily: deference and formal duties weigh a fifth", {"autonomy": 0.2}),
        _persona("free-rider", "lets others pay: welfare weighs more than twice as much, safety half", {"welfare": 2.5, "security": 0.5}),
        _persona("revisionist", "wants the issues its way: policy weighs more than twice as much", {"policy": 2.5, "standing": 0.3}),
        _persona("institutionalist", "guards the councils: their authority weighs four times as much", {"standing": 4.0}),
        _persona("threat-only", "a null player: nothing but safety counts", SAFETY_ALONE),
        _persona("balancer", "a null player: nothing but safety counts, and all power is feared alike", SAFETY_ALONE, wary=True),
    )
}
