"""Whether giving in pays: the belief of being spared, and what it leaves of a threat (W82, W88, W45).

Nothing here says who bandwagons.  It says what a state that gave in can believe to have gained: less fear of the coercer, in so far as its
word is believed and its intent is not, at the price of a lowered guard.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from rules.exact import Array, exp, log, power
from rules.reputation import credibility
from rules.speech import Statement
from rules.state import Sight, index

if TYPE_CHECKING:
    from rules.threat import Standpoint


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


def spared(sight: Sight, at: Standpoint) -> Array:
    """Belief of each row that a state will spare it if it gives in.  Shape [row, state].

    (1 - h)^e, times the belief in its word, times a discount if a pledge is needed and none was given.  The more aggressive a coercer is
    thought to be, the less giving in is worth (W82, W88, W45).
    """
    parameters = sight.parameters
    word = credibility(at.kept, at.broken, parameters)
    peace = power(1.0 - at.hostile, parameters.spare_intent)
    told: Array = 1.0 - parameters.need_pledge * (1.0 - pledged(sight, at.rows))
    return peace * word * told


def submission(sight: Sight, at: Standpoint) -> Array:
    """How far each row has given in to each state.  Shape [row, state]."""
    yielded = np.atleast_2d(sight.world.yielded)
    given: Array = yielded if len(yielded) == len(at.rows) else yielded[np.array(at.rows)]
    return given


def appeased(sight: Sight, at: Standpoint, past: Array) -> Array:
    """What is left of each threat, given what the rows have yielded.  ``past``: the share that gets past the defence.  Shape [row, state].

    Giving in lowers one's guard (the defence counts for less) and takes away the part of the threat from which one is spared.  Whether that
    needs both hopeless resistance and a believed word, or only one of them, is where the text disagrees with itself (``bw_logic``).
    """
    parameters = sight.parameters
    gave = submission(sight, at)
    lowered = exp((1.0 - parameters.yield_exposure * gave) * log(np.maximum(past, SURE)))
    word = spared(sight, at)
    both, either = word * past, (word + past) - word * past
    chance = either if parameters.bw_logic == "either" else both
    left: Array = lowered * (1.0 - gave * chance)
    return left
