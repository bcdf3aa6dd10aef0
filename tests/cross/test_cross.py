"""One scenario, one seed, the same bots: the same log to the byte, whatever process plays it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.places import ROOT
from tests.cross.hashes import GAMES, hashes

OTHER_PYTHON = ROOT / ".venv-3.13" / "bin" / "python"
SECONDS_MAX = 150


def elsewhere(python: Path | str, hash_seed: str, code: str = "") -> list[str]:
    """The lines printed by another process; ``code`` is run there first."""
    run = f"{code}\nimport runpy\nrunpy.run_module('tests.cross.hashes', run_name='__main__')"
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [str(python), "-c", run], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=SECONDS_MAX, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def here() -> list[str]:
    """The lines of this process."""
    return list(hashes())


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_the_hash_seed_of_the_process_does_not_matter(here: list[str], hash_seed: str) -> None:
    """Nothing follows the order in which a set happens to lie."""
    assert len(here) == len(GAMES)
    assert elsewhere(sys.executable, hash_seed) == here


def test_the_version_of_python_does_not_matter(here: list[str]) -> None:
    """3.13 sums, sorts and hashes differently in places, and gives the same games."""
    if not OTHER_PYTHON.exists():
        sentence = "there is no environment .venv-3.13; `make setup` makes one where Python 3.13 is installed"
        assert not os.environ.get("CI"), sentence
        pytest.skip(sentence)
    version = subprocess.run(
        [str(OTHER_PYTHON), "-c", "import sys; print(sys.version_info[:2])"], capture_output=True, text=True, check=True
    )
    assert version.stdout.strip() == "(3, 13)"
    assert elsewhere(OTHER_PYTHON, "3") == here


@pytest.mark.parametrize(
    "planted",
    [
        "import rules.sequence as s; s.awaited = lambda game: tuple(game.atlas.countries)[::-1]",
        "import rules.pacts.commitments as c, random; c.token = lambda *parts: f'{random.random()}'[2:]",
        "import rules.exact as e, numpy as np, rules.force.threat as t; t.exp = lambda x: np.exp(x) * (1 + 1e-15)",
    ],
)
def test_a_planted_difference_shows(here: list[str], planted: str) -> None:
    """Another name for an offer, or another last bit, is another hash; the order of asking the bots is none."""
    same = "awaited" in planted  # envelopes are applied in the order of seats, so this one must not matter
    assert (elsewhere(sys.executable, "1", planted) == here) is same
