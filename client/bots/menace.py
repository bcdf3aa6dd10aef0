"""What others have to fear of a state as far as a lost war would take it away: why some do not mind a war against it (W65).

The player takes others to fear whom it fears itself.  Help from others is left out: a menace is met by one's own forces and weapons.
"""

from __future__ import annotations

import numpy as np

from client.bots.outlook import SECURITY, Outlook
from rules.exact import Array
from rules.threat import feared, unshielded


def menace(outlook: Outlook, target: int) -> Array:
    """What it would do for every state's safety that the target lost a war.  Shape [state], payoff."""
    return outlook.remember(("menace", target), lambda: _menace(outlook, target))


def _menace(outlook: Outlook, target: int) -> Array:
    view, board, parameters = outlook.view, outlook.board, outlook.view.parameters
    forces, belief = view.world.forces, np.array([[float(outlook.beliefs[target])]])
    there = board.there[:, target]
    losses = []
    for left in (there, there * (1.0 - parameters.war_damage)):
        felt = feared(left[:, None], forces, board.offensive[[target]], belief, parameters)[:, 0]
        losses.append(unshielded(felt, forces + board.deterrent * left, left, parameters))
    safer: Array = parameters.security_value * (losses[0] - losses[1])
    safer[target] = 0.0
    safer[outlook.me] *= float(outlook.weights[outlook.me, SECURITY])
    return safer
