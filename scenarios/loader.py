"""From a name or a folder to a scenario that fits together, or to a list of everything that is wrong with
it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from os import PathLike, fspath, sep
from pathlib import Path

from scenarios import columns, crowd, folder, references
from scenarios.faults import BadScenario, Fault, nearest, parsed
from scenarios.folder import MAIN, Contents
from scenarios.schema import ScenarioFile

SHORTENED_KEPT = 32


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """A scenario that was read and fits together.

    ``data`` is its file; ``public_briefs`` and ``secret_briefs`` have one text a country, in the order of
    ``data.country`` (empty where there is no seat); ``contents`` are the bytes of every file of its folder,
    in sorted order.
    """

    data: ScenarioFile = field(hash=False)  # made of the contents, which are hashed
    public_briefs: tuple[str, ...]
    secret_briefs: tuple[str, ...]
    contents: Contents

    @property
    def id(self) -> str:
        """The scenario's name."""
        return self.data.scenario.id


@lru_cache(maxsize=SHORTENED_KEPT)
def shortened(scenario: Scenario, turns: int | None) -> Scenario:
    """The same case ended after fewer turns, which is another case to hashes; itself if nothing is said or it has so many.

    Raises:
        BadScenario: it has fewer turns than that, or nothing would be played.
    """
    head = scenario.data.scenario
    if turns in (None, head.turns):
        return scenario
    if not 1 <= turns < head.turns:
        fault = Fault(MAIN, "scenario.turns", f"There are {head.turns} turns, not {turns}.", f"Play 1 to {head.turns}.")
        raise BadScenario(scenario.id, [fault])
    data = scenario.data.model_copy(update={"scenario": head.model_copy(update={"turns": turns})})
    return replace(scenario, data=data, contents=(*scenario.contents, ("turns", str(turns).encode())))


def load(name: str | PathLike[str]) -> Scenario:
    """The scenario of a built-in name (see ``names``) or of a folder that holds ``scenario.toml`` and the
    role sheets.

    Raises:
        BadScenario: it does not exist or cannot be used; ``faults`` lists file, key, fault and remedy of
        each.
    """
    shown = fspath(name)
    is_path = not isinstance(name, str)
    return _read_once(shown) if not is_path and _is_built_in(shown) else _read(shown, is_path=is_path)


@cache
def _read_once(built_in: str) -> Scenario:
    """What ships with the program stays as it is while the program runs."""
    return _read(built_in, is_path=False)


def _read(shown: str, *, is_path: bool) -> Scenario:
    contents = folder.contents(_place(shown, is_path=is_path), shown)
    texts, unreadable = _texts(contents)
    if unreadable:
        raise BadScenario(shown, unreadable)
    data, made = crowd.seated(_parsed(shown, texts[MAIN]))
    texts |= made
    wrong = references.faults(data, texts.keys())
    if _is_built_in(shown) and data.scenario.id != shown:
        wrong.append(
            Fault(
                MAIN,
                "scenario.id",
                f"is {data.scenario.id}, but the folder says {shown}.",
                "Make them agree.",
            )
        )
    if wrong:
        raise BadScenario(shown, wrong)
    sheets = {place.country: (texts[place.public], texts[place.secret]) for place in data.seat}
    briefs = [sheets.get(land.id, ("", "")) for land in data.country]
    return Scenario(data, tuple(public for public, _ in briefs), tuple(secret for _, secret in briefs), contents)


def _is_built_in(shown: str) -> bool:
    return shown in folder.names()


def _place(shown: str, *, is_path: bool) -> Traversable:
    if not is_path and _is_built_in(shown):
        return folder.built_in(shown)
    path = Path(shown)
    if path.is_dir():
        return path
    if is_path or sep in shown:
        raise BadScenario(shown, [Fault(shown, "", "there is no such folder.", "Name a folder that holds scenario.toml.")])
    remedy = f"{nearest(shown, folder.names())} Or give the path of a folder."
    raise BadScenario(shown, [Fault(shown, "", "there is no scenario of this name.", remedy)])


def _texts(contents: Contents) -> tuple[dict[str, str], list[Fault]]:
    texts: dict[str, str] = {}
    unreadable: list[Fault] = []
    for path, data in contents:
        if not path.endswith((".md", ".toml")):
            continue
        try:
            texts[path] = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            unreadable.append(Fault(path, "", f"byte {error.start} is not UTF-8.", "Save the file as UTF-8."))
    return texts, unreadable


def _parsed(shown: str, text: str) -> ScenarioFile:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        remedy = "Correct the line; strings stand in quotes, tables in brackets."
        raise BadScenario(shown, [Fault(MAIN, "", f"is not TOML: {error}.", remedy)]) from error
    data, wrong = parsed(ScenarioFile, columns.filled(table), MAIN)
    if data is None:
        raise BadScenario(shown, wrong)
    return data
