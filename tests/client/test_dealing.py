"""Work dealt to processes comes to the same as work done here."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from client.dealing import dealt, lots
from tests.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]
HOURS_S = 7200.0
INTERRUPTED = """
import time
from client.dealing import dealt

if __name__ == "__main__":
    try:
        for _ in dealt([1.0, 1.0, {hours}], time.sleep, 2):
            print("one is done", flush=True)
    except KeyboardInterrupt:
        print("stopped", flush=True)
"""


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


@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_ends_it_while_one_process_works_and_another_waits(times: int, tmp_path: Path) -> None:
    """It reaches all of them at once, and now and then twice; nobody is left behind with what the others wait for."""
    program = tmp_path / "program.py"
    program.write_text(INTERRUPTED.format(hours=HOURS_S))
    words, around = [sys.executable, str(program)], {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, start_new_session=True, env=around) as process:
        try:
            assert process.stdout is not None
            assert [process.stdout.readline() for _ in range(2)] == ["one is done\n"] * 2
            time.sleep(0.2)  # whoever has nothing to do waits for it by now
            for _ in range(times):
                os.killpg(process.pid, signal.SIGINT)
                time.sleep(0.1)
            assert process.wait(PATIENCE_S) in ((0,) if times == 1 else (0, 1, -signal.SIGINT))
        finally:
            os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize(
    ("items", "processes", "sizes"),
    [(100, 1, {16, 4}), (100, 4, {6, 4}), (16, 2, {4}), (7, 2, {3, 1}), (9, 8, {1}), (3, 8, {1}), (0, 2, set())],
)
def test_lots_hold_everything_and_are_small_enough(items: int, processes: int, sizes: set[int]) -> None:
    """Several for each process, or one of few items; none larger than the most that go together."""
    found = lots(range(items), processes, 16)
    assert [item for lot in found for item in lot] == list(range(items))
    assert {len(lot) for lot in found} == sizes
