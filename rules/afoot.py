"""What is under way in a game: drafts on the table, operations that are prepared, countries that are held.

The lists of a long game are long, and little in them is open; what is open is looked for once a state of the list.
"""

from __future__ import annotations

from rules.lately import lately
from rules.state import LISTS_KEPT, Sight
from rules.vocabulary import Draft, Operation


def tabled(sight: Sight) -> tuple[Draft, ...]:
    """The drafts that wait for a vote, in the order in which they were tabled."""
    return _tabled(sight.drafts)


@lately(LISTS_KEPT)
def _tabled(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    return tuple(draft for draft in drafts if draft.status == "tabled")


def prepared(sight: Sight) -> tuple[Operation, ...]:
    """Operations that are announced and neither carried out nor given up."""
    return _open(sight.operations)[0]


def held(sight: Sight) -> tuple[Operation, ...]:
    """The operations whose leader holds what it won."""
    return _open(sight.operations)[1]


@lately(LISTS_KEPT)
def _open(operations: tuple[Operation, ...]) -> tuple[tuple[Operation, ...], tuple[Operation, ...]]:
    return tuple(o for o in operations if o.status == "announced"), tuple(o for o in operations if o.held)
