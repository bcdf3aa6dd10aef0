"""Why acts of an envelope were refused in a step that another process closed, or this one without hearing the answer.

The log holds what was taken and not why the rest was not.  But envelopes are opened in the order of the seats and each act in its place, so
the game that refused an act can be found from the log, and asked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rules.decide import decide
from rules.errors import Refused
from rules.evolve import evolve_all
from rules.orders import Advance, Order
from rules.sequence import Recorded, order_id
from rules.state import Game
from rules.turn import clock_id
from rules.wire.frames import Envelope
from server.sessions.history import step_key
from server.sessions.mailbox import ids_in

Place = tuple[int, int]
"""(number of the seat, number of the act): in this order envelopes are opened, and after the last of them the step is closed."""


def refusals(game: Game, entries: Sequence[Recorded], held: Mapping[str, Envelope]) -> dict[str, Refused]:
    """Order id -> what the rules say against it, for acts of these envelopes that the entries, which follow on the game, leave out.

    Acts against which they say nothing are not in it: another envelope lay there when the step closed, or it is not closed.
    """
    asked, found = _left_out(game, entries, held), dict[str, Refused]()
    for entry in entries:
        if not asked:
            break
        step, here = step_key(clock_id(game.moment)), _place(game, entry.order)
        if here is not None:
            due = [order for key, place, order in asked if key == step and place < here]
            asked = [item for item in asked if item[2] not in due]
            found.update((order.id, why) for order in due if (why := _against(game, order)) is not None)
        game = evolve_all(game, entry.events)
    return found


def _left_out(game: Game, entries: Sequence[Recorded], held: Mapping[str, Envelope]) -> list[tuple[str, Place, Order]]:
    """The acts of these envelopes that the entries do not have, each with its step."""
    found: list[tuple[str, Place, Order]] = []
    taken = {entry.order.id for entry in entries} if held else set()
    for seat, country in enumerate(game.atlas.countries):
        envelope = held.get(country)
        if envelope is not None:
            acts = zip(ids_in(country, envelope), envelope.acts, strict=True)
            orders = [Order(id=name, author=country, act=act) for name, act in acts]
            step = step_key(envelope.step)
            found += [(step, (seat, number), order) for number, order in enumerate(orders) if order.id not in taken]
    return found


def _place(game: Game, order: Order) -> Place | None:
    """Where an order stood as the open step was played; None if it was given before."""
    countries = game.atlas.countries
    if isinstance(order.act, Advance):
        return len(countries), 0
    number = order.id.rpartition(":")[2]
    is_enclosed = number.isdecimal() and order.id == order_id(game.moment, order.author, int(number))
    return (countries.index(order.author), int(number)) if is_enclosed else None


def _against(game: Game, order: Order) -> Refused | None:
    try:
        decide(game, order)
    except Refused as why:
        return why.with_traceback(None)
    return None
