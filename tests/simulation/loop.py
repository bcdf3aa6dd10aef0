"""An event loop whose time is virtual: it jumps to the next timer instead of waiting for it.

Nothing in it depends on the machine: tasks run in the order in which they became ready, so the same program
with the same seed does the same, however slow the machine is.  A loop on which nothing can ever happen again
says so instead of standing still.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class Deadlock(Exception):
    """Every task waits for something that nobody will do."""


class _Selector(selectors.SelectSelector):
    """Instead of waiting it moves the loop's time on."""

    loop: VirtualLoop

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Never waits."""
        if timeout is None:
            raise Deadlock("every task waits, and no timer runs")
        self.loop.now_s += max(0.0, timeout)
        return []  # no socket and no thread takes part


class VirtualLoop(asyncio.SelectorEventLoop):
    """The loop; ``now_s`` starts at 0."""

    def __init__(self) -> None:
        self.now_s = 0.0
        selector = _Selector()
        selector.loop = self
        super().__init__(selector)

    def time(self) -> float:
        """Virtual seconds since the loop was made."""
        return self.now_s


def run_virtually(main: Coroutine[Any, Any, T]) -> T:
    """Run to the end in virtual time; an exception in a callback is raised at the end."""
    noted: list[Mapping[str, Any]] = []
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.get_loop().set_exception_handler(lambda _loop, context: noted.append(context))
        result = runner.run(main)
    if noted:
        raise AssertionError(f"an error that nobody took: {noted[0]}")
    return result
