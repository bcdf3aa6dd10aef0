"""Where things are, and what a checker says about them.

Checkers are functions from source text to findings, so that the same function reads the real files and the
planted faults.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("rules", "scenarios", "client", "server")


@dataclass(frozen=True, order=True)
class Finding:
    """A broken promise: the line it stands on and one sentence about it."""

    line: int
    sentence: str


def tracked() -> list[Path]:
    """Every file that is or would be committed, as absolute paths in sorted order; without git, every file
    outside dot-folders.
    """
    git = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listing = subprocess.run(git, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        found = [
            p for p in ROOT.rglob("*") if not any(part.startswith(".") for part in p.relative_to(ROOT).parts)
        ]
        return sorted(p for p in found if p.is_file())
    return sorted({ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()})


def python_files(*folders: str) -> list[Path]:
    """The tracked Python files under the given folders (relative to the root)."""
    roots = [ROOT / folder for folder in folders]
    return [p for p in tracked() if p.suffix == ".py" and any(p.is_relative_to(r) for r in roots)]


def expect_none(findings: Iterator[tuple[Path, Finding]]) -> None:
    """Pass when there are no findings.

    Raises:
        AssertionError: there are some; its message has a line `path:line: sentence` for each, sorted.
    """
    lines = sorted(f"{path.relative_to(ROOT)}:{f.line}: {f.sentence}" for path, f in findings)
    if lines:
        raise AssertionError("\n".join(["", *lines]))


def dotted(node: ast.expr) -> str | None:
    """`a.b.c` for a chain of names, None for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        owner = dotted(node.value)
        return None if owner is None else f"{owner}.{node.attr}"
    return None
