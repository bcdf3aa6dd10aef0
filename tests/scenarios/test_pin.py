"""Pins: they stay while nothing changes and move with every byte of the case, the rules or the parameters."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.parameters import BadParameter, registry
from scenarios import load
from scenarios.pin import fingerprint, pins, rules_hash
from tests.scenarios.folders import copy_of_tiny, edit


def test_a_copy_has_the_same_pins(tmp_path: Path) -> None:
    """Where the folder lies does not matter, nor do hidden files and caches."""
    folder = copy_of_tiny(tmp_path)
    (folder / ".notes").write_text("private")
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert pins(load(folder)) == pins(load("tiny"))


@pytest.mark.parametrize("file", ["scenario.toml", "seats/COR.md", "seats/DOR.secret.md"])
def test_every_file_counts(tmp_path: Path, file: str) -> None:
    """One blank more in any file gives another hash."""
    folder = copy_of_tiny(tmp_path)
    edit(folder, " ", "  ", file)
    assert pins(load(folder)).scenario_hash != pins(load("tiny")).scenario_hash


def test_a_byte_that_moves_between_files_counts() -> None:
    """Names, lengths and order of parts are hashed, so contents cannot be shifted."""
    assert fingerprint([("a", b"bc")]) != fingerprint([("ab", b"c")])
    assert fingerprint([("a", b"x"), ("b", b"")]) != fingerprint([("a", b""), ("b", b"x")])
    assert fingerprint([("a", b"x"), ("b", b"y")]) == fingerprint([("b", b"y"), ("a", b"x")])


def test_parameters_are_complete_and_show_overrides() -> None:
    """Every coefficient is pinned, the scenario's and the session's included."""
    pinned = pins(load("tiny"), {"growth": 0.02})
    assert set(pinned.parameters) == set(registry())
    assert (pinned.parameters["growth"], pinned.parameters["unipole_match"]) == (0.02, 3.0)
    assert pinned.scenario == "tiny"


def test_hashes_are_sha256() -> None:
    """Both are 64 hexadecimal digits, and the rules' do not depend on the case."""
    one, other = pins(load("tiny")), pins(load("iraq-2003"))
    assert one.rules_hash == other.rules_hash == rules_hash()
    assert all(len(bytes.fromhex(value)) == 32 for value in (one.rules_hash, one.scenario_hash))


def test_a_wrong_override_is_refused() -> None:
    """Nothing is pinned for parameters that cannot be."""
    with pytest.raises(BadParameter):
        pins(load("tiny"), {"nonsense": 1.0})
