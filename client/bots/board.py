"""What everybody can see, found once for all players of one game, and kept from one step to the next while it holds.

Nothing that rests on a private figure may go there, except under a key that names whose it is.  There are two kinds of notes.  What *lasts*
follows from the figures, the commitments and what was said and judged of them alone; all else, from the operations and from what was
decided of drafts as well.  Notes hold as long as what they follow from are the very same objects; none may follow from anything else (the
drafts on the table, the offers, the round), but from what is named in its key.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import numpy as np

from rules.exact import Array
from rules.force.guarantees import quarrel, stake
from rules.force.power import NOTHING
from rules.force.threat import Standpoint, deterrent, offence, reaching
from rules.interests.payoff import council_weight, deference_price
from rules.lately import lately, once
from rules.society.domestic import weighed
from rules.society.reputation import audience
from rules.state import TERMS, View
from rules.vocabulary import Draft

T = TypeVar("T")
Notes = dict[Hashable, Any]
KEPT_STATES_MAX = 48  # of a world whose notes are kept: nine tables of them squared a player
NOTES_KEPT = 512  # of players and of what they all see: some for each seat of each game that is being played
TABLES_KEPT = 64  # of drafts: one or two for each game that is being played


def lasting(view: View, *whose: object) -> Notes:
    """The notes of somebody (or of everybody) that hold while nothing changes of what they may rest on.

    ``whose`` are objects that outlive the step, as they are recognised and not compared.  Where there are many states, what each finds of
    all others takes too much room to be kept.
    """
    if len(view.atlas.countries) > KEPT_STATES_MAX:
        return {}
    return _notes(view.atlas, view.parameters, view.world, view.commitments, view.verdicts, view.statements, view.moment.turn, *whose)


@lately(NOTES_KEPT)
def _notes(*_: object) -> Notes:
    return {}


def settling(view: View, *whose: object) -> Notes:
    """The same of what follows as well from the operations, and from the drafts that are no longer on the table."""
    return lasting(view, view.operations, _decided(view.drafts), *whose)


@lately(TABLES_KEPT)
def _decided(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    return _same(*(draft for draft in drafts if draft.status != "tabled"))


@lately(TABLES_KEPT)
def _same(*drafts: Draft) -> tuple[Draft, ...]:
    """The very same list for the very same drafts."""
    return drafts


class Board:
    """What follows from the public side of a view: of any player's, for it is the same in all of them."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._found, self._lasting = settling(view), lasting(view)
        self.rows: dict[str, int] = {country: row for row, country in enumerate(view.atlas.countries)}
        nothing = np.zeros((0, 0))
        self.everyone = Standpoint(tuple(range(len(self.rows))), nothing, nothing, nothing, nothing, nothing)

    def find(self, key: Hashable, make: Callable[[], T]) -> T:
        """What ``make`` gives, found once for each key, as long as no draft is decided and no operation changes."""
        found = self._found
        if key not in found:
            found[key] = make()
        value: T = found[key]
        return value

    def last(self, key: Hashable, make: Callable[[], T]) -> T:
        """The same for what rests on no draft and no operation."""
        found = self._lasting
        if key not in found:
            found[key] = make()
        value: T = found[key]
        return value

    @once
    def there(self) -> Array:
        """Power of each column that reaches each row.  Shape [state, state]."""
        return self.last("there", lambda: reaching(self._view, self.everyone))

    @once
    def offensive(self) -> Array:
        """Offensive capability, shape [state]."""
        return self.last("offensive", lambda: offence(self._view))

    @once
    def deterrent(self) -> Array:
        """How much of any power that reaches it each state's weapons hold off.  Shape [state]."""
        return self.last("deterrent", lambda: deterrent(self._view))

    @once
    def quarrel(self) -> Array:
        """How much of a quarrel each state is seen to have with each other.  Shape [state, state]."""
        return self.last("quarrel", lambda: quarrel(self._view))

    @once
    def stakes(self) -> Array:
        """How far each guarantor's own quarrel with each state makes its word against it believable.  Shape [guarantor, state]."""
        return self.last("stakes", lambda: stake(self._view))

    @once
    def favour(self) -> Array:
        """How far it would be a favour for each state to fight each other one: nothing if it has a quarrel with it anyway (W95).

        Less, too, the weaker the enemy is.  Shape [state, state], 0..1.
        """
        return self.last("favour", self._favour)

    def _favour(self) -> Array:
        forces = self._view.world.forces
        effort = np.minimum(forces / np.maximum(forces[:, None], NOTHING), 1.0)
        wish: Array = (1.0 - self.quarrel) * effort
        return wish

    @once
    def dependence(self) -> list[list[float]]:
        """How much the welfare of each state hangs on each other one, as plain numbers."""
        return self.last("dependence", self._view.atlas.dependence.tolist)

    def shame(self, *, formal: bool) -> list[float]:
        """What breaking its word, given in form or not, costs each government at home, as plain numbers."""
        return self._shame[int(formal)]

    @once
    def _shame(self) -> tuple[list[float], list[float]]:
        democracy, parameters = self._view.atlas.democracy, self._view.parameters
        return self.last("shame", lambda: (audience(democracy, 0.0, parameters).tolist(), audience(democracy, 1.0, parameters).tolist()))

    @once
    def defaults(self) -> Array:
        """What anybody is guessed to weigh each term of the payoff by.  Shape [term]."""
        nobody = np.ones(len(TERMS))
        return self.last("defaults", lambda: weighed(nobody, nobody, self._view.parameters))

    @once
    def bowing(self) -> Array:
        """What one full act of deference costs each state, [state]."""
        return self.last("bowing", lambda: deference_price(self._view))

    @once
    def council_weight(self) -> Array:
        """Voting power, [state, council]."""
        return self.last("council weight", lambda: council_weight(self._view))
