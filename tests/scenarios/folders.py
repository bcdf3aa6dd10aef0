"""A scenario folder that a test may spoil: the small built-in case, copied to a temporary place."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copytree

import pytest

from scenarios import BadScenario, Fault, load

MAIN = "scenario.toml"


def copy_of_tiny(place: Path) -> Path:
    """A copy of the small case that may be written to."""
    with as_file(files("scenarios") / "tiny") as source:
        return Path(copytree(source, place / "tiny"))


def edit(folder: Path, old: str, new: str, file: str = MAIN) -> None:
    """Replace the first occurrence of a text that must be there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def faults_after(place: Path, spoil: Callable[[Path], object]) -> tuple[Fault, ...]:
    """What loading says about the small case after it was spoiled."""
    folder = copy_of_tiny(place)
    spoil(folder)
    with pytest.raises(BadScenario) as caught:
        load(folder)
    assert caught.value.faults
    assert all(str(fault) in str(caught.value) for fault in caught.value.faults)
    return caught.value.faults
