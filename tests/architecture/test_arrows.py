"""Who may import whom: the contracts of the project file hold, and a planted import breaks each of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.places import ROOMS, ROOT, expect_none, python_files
from tests.architecture.purity import DOORS, doors_out

LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


NEVER_IN_RULES = frozenset(
    """
    asyncio socket redis aiohttp websockets time random datetime os pathlib secrets uuid threading subprocess
    tempfile logging scenarios client server
    """.split()
)


def broken_contracts(root: Path) -> list[str]:
    """The names of the contracts broken by the rooms under `root`, in the order of the project file."""
    environment = {**os.environ, "PYTHONPATH": str(root), "COLUMNS": "200", "NO_COLOR": "1"}
    run = subprocess.run(
        [sys.executable, "-c", LINT],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    broken = [line.removesuffix(" BROKEN") for line in run.stdout.splitlines() if line.endswith(" BROKEN")]
    kept = [line for line in run.stdout.splitlines() if line.endswith(" KEPT")]
    assert (run.returncode == 0) == (not broken), run.stdout + run.stderr
    assert broken or kept, run.stdout + run.stderr
    return broken


def copy_of_the_rooms(folder: Path) -> Path:
    """The project file and the Python files of the four rooms, with every module that a contract names."""
    shutil.copy(ROOT / "pyproject.toml", folder)
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=_not_python)
    for package in ("sdk", "bots", "arena", "laboratory"):
        module = folder / "client" / package
        if not module.with_suffix(".py").exists():
            module.mkdir(exist_ok=True)
            (module / "__init__.py").touch()
    return folder


def _not_python(where: str, names: list[str]) -> list[str]:
    return [n for n in names if n == "__pycache__" or (Path(where, n).is_file() and not n.endswith(".py"))]


def test_the_arrows_hold() -> None:
    """Every contract is kept by the code as it is."""
    assert broken_contracts(ROOT) == []


@pytest.mark.parametrize(
    ("module", "planted", "contract"),
    [
        ("rules", "import asyncio", "rules touch no clock"),
        ("rules", "import time", "rules touch no clock"),
        ("rules", "from redis import asyncio", "rules touch no clock"),
        ("rules", "import scenarios", "rules <- scenarios"),
        ("scenarios", "import client.bots", "scenarios are data"),
        ("scenarios", "import asyncio", "scenarios are data"),
        ("client/arena", "import server", "nothing in the client"),
        ("client/sdk", "import scenarios", "rules <- scenarios"),
        ("client/sdk", "import client.bots", "rules <- scenarios"),
        ("rules", "from rules.labels.behaviour import behaviour", "labels of behaviour feed nothing"),
        ("rules", "from rules.labels import chapters", "labels of behaviour feed nothing"),
        ("client/bots", "from rules.labels.behaviour import behaviour", "labels of behaviour feed nothing"),
    ],
)
def test_a_planted_import_is_found(tmp_path: Path, module: str, planted: str, contract: str) -> None:
    """One bad import in a copy of the code breaks the contract that forbids it."""
    copy = copy_of_the_rooms(tmp_path)
    package = copy / module
    with (package / "planted.py" if package.is_dir() else package.with_suffix(".py")).open("a") as file:
        file.write(f"\n{planted}\n")
    assert [name for name in broken_contracts(copy) if name.startswith(contract)]


def test_the_contract_of_the_rules_names_every_way_out() -> None:
    """The list in the project file holds at least what the decision on the house names."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = {c["id"]: c for c in project["tool"]["importlinter"]["contracts"]}
    assert set(contracts["pure-rules"]["forbidden_modules"]) >= NEVER_IN_RULES


def test_the_rules_open_nothing() -> None:
    """No file of the engine reads, writes or runs anything through a builtin."""
    files = python_files("rules")
    assert files
    expect_none((p, f) for p in files for f in doors_out(p.read_text()))


@pytest.mark.parametrize("door", sorted(DOORS))
def test_a_planted_door_is_found(door: str) -> None:
    """Each builtin is found when called and when only handed on."""
    assert [f.line for f in doors_out(f"x = 1\n{door}(x)\ny = map({door}, z)\n")] == [2, 3]
