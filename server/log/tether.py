"""Ties a program's life to that of the process that started it, then becomes that program.

Run as ``python -I -S tether.py <parent's pid> <program> <arguments...>``. On Linux the kernel is asked to
send SIGTERM when the parent is gone, however it went (PR_SET_PDEATHSIG outlives exec); elsewhere nothing is
tied and an orphan is adopted by the next start. A separate step is needed because running Python between
fork and exec can deadlock in a process with threads. The kernel's "parent" is the *thread* that started us:
start servers from the thread that runs the event loop.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def tied(command: list[str]) -> list[str]:
    """The command to start instead, so that ``command`` ends with its parent where that is possible."""
    if sys.platform != "linux":
        return command
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *command]


def main(arguments: list[str]) -> None:
    """Tie, then exec; returns only if the parent is gone already."""
    parent, program = int(arguments[0]), arguments[1:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            return
    os.execv(program[0], program)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
