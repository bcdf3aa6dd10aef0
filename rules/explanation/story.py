"""A story: a log with, for each event, the game before it, and who last moved each figure and touched each record."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from rules import events as ev
from rules.evolve import evolve
from rules.explanation.inputs import Place, collections, key
from rules.orders import Order
from rules.sequence import Recorded
from rules.standing import Standing
from rules.state import Game
from rules.visibility import Record


@dataclass(frozen=True, slots=True)
class Page:
    """One event: its number in the story (from 0), its place (``12.3``), the order that brought it, the game before it."""

    number: int
    place: str
    order: Order
    fore: Game
    event: ev.EventKinds


class Story:
    """Everything that happened, in order, up to the end of the given entries."""

    def __init__(self, opening: Game, entries: Iterable[Recorded]) -> None:
        self.opening = self.game = opening
        self.pages: list[Page] = []
        self._places: dict[str, Page] = {}
        self._movers: dict[Place, list[int]] = {}
        self._makers: dict[Hashable, list[int]] = {}
        self._standing = Standing(0)
        self._undone: list[tuple[int, int]] = []
        for entry, recorded in enumerate(entries, start=1):
            for number, event in enumerate(recorded.events, start=1):
                self._add(f"{entry}.{number}", recorded.order, event)

    def _add(self, place: str, order: Order, event: ev.EventKinds) -> None:
        page = Page(len(self.pages), place, order, self.game, event)
        back = self._standing.after(event, page.number)
        if back < page.number:
            self._undone.append((back, page.number))
        if isinstance(event, ev.Overridden):
            self._movers.setdefault((event.figure, event.at), []).append(page.number)
        self.pages.append(page)
        self._places[place] = page
        self.game = evolve(page.fore, event)
        for change in event.changes if isinstance(event, ev.Moved) else ():
            self._movers.setdefault((change.field, change.at), []).append(page.number)
        for record in _touched(page.fore, self.game):
            self._makers.setdefault(record, []).append(page.number)

    def page(self, place: str) -> Page | None:
        """The event at a place, or None."""
        return self._places.get(place)

    def mover(self, figure: Place, before: Page) -> Page | None:
        """The last event before a page that moved a figure; None if it stands as it opened."""
        return self._last(self._movers.get(figure, []), before)

    def makers(self, collection: str, record: Record, before: Page) -> tuple[Page, ...]:
        """The events before a page that made a record or changed it; none if the scenario brought it.

        What has no id does not change: of several alike only the last counts.
        """
        numbers = self._makers.get(key(collection, record), [])
        earlier = [n for n in numbers[: bisect_left(numbers, before.number)] if self._holds(n, before)]
        return tuple(self.pages[n] for n in (earlier if hasattr(record, "id") else earlier[-1:]))

    def _last(self, numbers: Sequence[int], before: Page) -> Page | None:
        earlier = reversed(numbers[: bisect_left(numbers, before.number)])
        return next((self.pages[n] for n in earlier if self._holds(n, before)), None)

    def _holds(self, number: int, before: Page) -> bool:
        """Whether an event still counted when a later one happened: it was not undone in between."""
        return not any(first <= number < last < before.number for first, last in self._undone)


def _touched(fore: Game, after: Game) -> list[Hashable]:
    """The records that came or changed with an event."""
    found: list[Hashable] = []
    olds = dict(collections(fore))
    for name, new in collections(after):
        old = olds[name]
        if new is not old:
            same = next((k for k, pair in enumerate(zip(old, new, strict=False)) if pair[0] is not pair[1]), min(len(old), len(new)))
            rest = old[same:]
            found.extend(key(name, record) for record in new[same:] if not any(record is other for other in rest))
    return found
