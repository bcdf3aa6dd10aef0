"""How long a file and a function may be, so that each can be read at one sitting."""

from __future__ import annotations

import ast

from tests.architecture.places import Finding

FILE_LINES_MAX = 350
FUNCTION_LINES_MAX = 50


def too_long(source: str) -> list[Finding]:
    """The file itself and each of its functions (docstring included, decorators not) that exceed the
    limits.
    """
    lines = len(source.splitlines())
    findings = [Finding(1, f"{lines} lines; at most {FILE_LINES_MAX}")] if lines > FILE_LINES_MAX else []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES_MAX:
                findings.append(
                    Finding(node.lineno, f"{node.name} has {length} lines; at most {FUNCTION_LINES_MAX}")
                )
    return sorted(findings)
