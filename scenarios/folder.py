"""The folder of a scenario as bytes: read once, bounded, the same whether it ships with the program or lies
in somebody's home.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from scenarios.faults import BadScenario, Fault

MAIN = "scenario.toml"
FILE_BYTES_MAX = 2_000_000
FILES_MAX = 400
DEPTH_MAX = 4
Contents = tuple[tuple[str, bytes], ...]
"""(path within the folder, bytes) in sorted order."""


def names() -> tuple[str, ...]:
    """The ids of the scenarios that ship with the program, sorted."""
    return tuple(sorted(_id(folder.name) for folder in files("scenarios").iterdir() if (folder / MAIN).is_file()))


def built_in(name: str) -> Traversable:
    """The folder of a scenario that ships with the program."""
    return next(folder for folder in files("scenarios").iterdir() if _id(folder.name) == name and (folder / MAIN).is_file())


def _id(folder: str) -> str:
    return folder.replace("_", "-")


def contents(folder: Traversable, name: str) -> Contents:
    """Every file of a folder but hidden ones and caches.

    Raises:
        BadScenario: there is no ``scenario.toml``, or the folder is larger than any scenario needs.
    """
    if not (folder / MAIN).is_file():
        raise BadScenario(name, [Fault(MAIN, "", f"there is no such file in {name}.", f"Put the scenario into {MAIN}.")])
    found: list[tuple[str, bytes]] = []
    for path, item in walk(folder):
        if len(found) >= FILES_MAX:
            raise BadScenario(
                name,
                [Fault(path, "", "is one file too many.", f"Keep at most {FILES_MAX} files in the folder.")],
            )
        with item.open("rb") as stream:
            data = stream.read(FILE_BYTES_MAX + 1)
        if len(data) > FILE_BYTES_MAX:
            raise BadScenario(name, [Fault(path, "", "is too large.", f"Keep each file below {FILE_BYTES_MAX:,} bytes.")])
        found.append((path, data))
    return tuple(sorted(found))


def walk(folder: Traversable, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, Traversable]]:
    """(path, file) of everything in a folder and the folders in it, by name; no hidden files, no caches."""
    for item in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if item.name.startswith(".") or item.name == "__pycache__":
            continue
        if item.is_file():
            yield f"{prefix}{item.name}", item
        elif item.is_dir() and depth < DEPTH_MAX:
            yield from walk(item, f"{prefix}{item.name}/", depth + 1)
