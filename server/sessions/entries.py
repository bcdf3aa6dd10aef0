"""The entries of a log as they are asked for: what a snapshot made unnecessary to read stays bytes until somebody wants it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import overload

from rules.sequence import Recorded
from rules.wire.logbook import unpack


class Entries(Sequence[Recorded]):
    """Entries in their order, each unpacked when it is first asked for."""

    def __init__(self, bodies: Iterable[bytes] = ()) -> None:
        self._kept: list[Recorded | bytes] = [*bodies]

    def __len__(self) -> int:
        return len(self._kept)

    @overload
    def __getitem__(self, place: int) -> Recorded: ...
    @overload
    def __getitem__(self, place: slice) -> list[Recorded]: ...
    def __getitem__(self, place: int | slice) -> Recorded | list[Recorded]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self._kept)))]
        kept = self._kept[place]
        if isinstance(kept, bytes):
            kept = self._kept[place] = unpack(kept)
        return kept

    def add(self, entries: Iterable[Recorded]) -> None:
        """The next entries."""
        self._kept += entries
