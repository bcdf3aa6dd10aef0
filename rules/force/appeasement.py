"""Whether giving in pays: the belief of being spared, and what it leaves of a threat (W82, W88, W45).

Nothing here says who bandwagons.  It says what a state that gave in can believe to have gained: less fear of the coercer, in so far as its
word is believed and its intent is not, at the price of a lowered guard.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules.exact import Array, exp, log, power
from rules.parameters import Parameters
from rules.society.speech import Statement
from rules.state import Sight, index

SURE = 1e-300  # a share of threat that is as good as nothing


def pledged(sight: Sight, rows: Sequence[int]) -> Array:
    """1 where a state has given a row its word: a pledge of restraint, or a threat that says what would end it.  Shape [row, state]."""
    marks = np.zeros((len(rows), len(sight.atlas.countries)))
    for said in sight.statements:
        if _spares(said) and index(sight, said.about or "") in rows:
            marks[list(rows).index(index(sight, said.about or "")), index(sight, said.speaker)] = 1.0
    return marks


def _spares(said: Statement) -> bool:
    return said.status in {"reassure": ("standing", "kept"), "threaten": ("standing", "met")}.get(said.says, ())


def hopes(hostile: Array, believed: Array, told: Array, parameters: Parameters) -> Array:
    """Belief that a state will spare who gives in to it.  Any shape, element by element.

    (1 - h)^e, times the belief in its word, times a discount if a pledge is needed and none was given (``told`` is 1 where one was).  The
    more aggressive a coercer is thought to be, the less giving in is worth (W82, W88, W45).
    """
    said: Array = 1.0 - parameters.need_pledge * (1.0 - told)
    hope: Array = power(1.0 - hostile, parameters.spare_intent) * believed * said
    return hope


def submission(sight: Sight, rows: Sequence[int]) -> Array:
    """How far each row has given in to each state.  Shape [row, state]."""
    yielded = np.atleast_2d(sight.world.yielded)
    given: Array = yielded if len(yielded) == len(rows) else yielded[np.array(rows)]
    return given


def appeased(past: Array, gave: Array, hope: Array, parameters: Parameters) -> Array:
    """What is left of a threat, given what was yielded.  ``past``: the share that gets past the defence.  Any shape.

    Giving in lowers one's guard (the defence counts for less) and takes away the part of the threat from which one is spared.  Whether that
    needs both hopeless resistance and a believed word, or only one of them, is where the text disagrees with itself (``bw_logic``).
    """
    lowered = exp((1.0 - parameters.yield_exposure * gave) * log(np.maximum(past, SURE)))
    both, either = hope * past, (hope + past) - hope * past
    chance = either if parameters.bw_logic == "either" else both
    left: Array = np.where(gave > 0.0, lowered * (1.0 - gave * chance), past)
    return left
