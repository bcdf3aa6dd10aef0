"""What others have to fear of a state as far as a lost war would take it away: why some do not mind a war against it (W65).

The player takes others to fear whom it fears itself.  Help from others is left out: a menace is met by one's own forces and weapons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from client.bots.company import companies
from client.bots.outlook import SECURITY, Outlook
from client.bots.thought import Thought
from rules.exact import Array
from rules.force.threat import feared, unshielded


@dataclass(frozen=True, eq=False)
class Menaces:
    """The question what the defeat of those over whom there is an issue would do for everybody's safety."""

    outlook: Outlook

    @classmethod
    def answers(cls, questions: Sequence[Self]) -> Sequence[object]:
        """Nothing: the answers are remembered by each outlook, where ``menace`` finds them."""
        fresh = [q for q in questions if any(q.outlook.recall(("menace", row)) is None for row in _disputed(q.outlook))]
        for numbers in companies(fresh, lambda q: (q.outlook.view.atlas.issues, q.outlook.view.parameters)):
            outlooks = [fresh[number].outlook for number in numbers]
            targets = _disputed(outlooks[0])
            for outlook, found in zip(outlooks, _menaces(outlooks, targets), strict=True):
                for target, safer in zip(targets, found, strict=True):
                    outlook.note(("menace", target), safer)
        return [None] * len(questions)


def _disputed(outlook: Outlook) -> list[int]:
    """The rows of those over whom there is an issue, each once."""
    return [outlook.rows[c] for c in dict.fromkeys(issue.target for issue in outlook.view.atlas.issues) if c is not None]


def look_ahead(outlook: Outlook) -> Thought[None]:
    """Ask about the menaces that may matter, for all players at once."""
    yield Menaces(outlook)


def menace(outlook: Outlook, target: int) -> Array:
    """What it would do for every state's safety that the target lost a war.  Shape [state], payoff."""
    return outlook.last(("menace", target), lambda: _menaces([outlook], [target])[0][0])


def _menaces(outlooks: Sequence[Outlook], targets: Sequence[int]) -> Array:
    """The same for several players and targets.  Shape [player, target, state]."""
    parameters = outlooks[0].view.parameters
    there = np.array([o.board.there.T[targets] for o in outlooks])
    forces = np.array([o.view.world.forces for o in outlooks])[:, None, :]
    weapons = np.array([o.board.deterrent for o in outlooks])[:, None, :]
    offensive = np.array([o.board.offensive[targets] for o in outlooks])[..., None, None]
    belief = np.array([o.beliefs[targets] for o in outlooks])[..., None, None]
    losses = []
    for left in (there, there * (1.0 - parameters.war_damage)):
        felt = feared(left[..., None], forces, offensive, belief, parameters)[..., 0]
        losses.append(unshielded(felt, forces + weapons * left, left, parameters))
    safer: Array = parameters.security_value * (losses[0] - losses[1])
    safer[:, np.arange(len(targets)), targets] = 0.0
    me = [o.me for o in outlooks]
    safer[np.arange(len(outlooks)), :, me] *= np.array([o.weights[o.me, SECURITY] for o in outlooks])[:, None]
    return safer
