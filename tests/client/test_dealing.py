"""Work dealt to processes comes to the same as work done here."""

from __future__ import annotations

import pytest

from client.dealing import dealt, lots


@pytest.mark.parametrize("processes", [1, 2])
def test_every_job_is_done_once(processes: int) -> None:
    """In order in one process; in whatever order in several, and more jobs than are dealt ahead."""
    found = list(dealt(range(-12, 0), abs, processes))
    assert sorted(found) == list(range(1, 13))
    assert processes > 1 or found == sorted(found, reverse=True)


def test_whoever_stops_listening_leaves_nothing_behind() -> None:
    """The first result is enough for some."""
    assert next(dealt(range(5), abs, 1)) == 0
    with pytest.raises(TypeError):
        list(dealt(["x"], abs, 1))  # type: ignore[arg-type]  # what fails there fails here


@pytest.mark.parametrize(
    ("items", "processes", "sizes"),
    [(100, 1, {16, 4}), (100, 4, {6, 4}), (16, 2, {4}), (7, 2, {3, 1}), (9, 8, {1}), (3, 8, {1}), (0, 2, set())],
)
def test_lots_hold_everything_and_are_small_enough(items: int, processes: int, sizes: set[int]) -> None:
    """Several for each process, or one of few items; none larger than the most that go together."""
    found = lots(range(items), processes, 16)
    assert [item for lot in found for item in lot] == list(range(items))
    assert {len(lot) for lot in found} == sizes
