"""Ways out of a pure room that need no import: the builtins that read, write, or run text."""

from __future__ import annotations

import ast

from tests.architecture.places import Finding

DOORS = frozenset({"open", "print", "input", "exec", "eval", "compile", "breakpoint", "__import__"})


def doors_out(source: str) -> list[Finding]:
    """Every use, called or passed on, of a builtin that leads out of the program's own values."""
    names = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name))
    return sorted(Finding(n.lineno, f"{n.id} leads out of the pure room") for n in names if n.id in DOORS)
