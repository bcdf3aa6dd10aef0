"""Every exception from a tool carries its code and, beside it, its reason."""

from __future__ import annotations

import io
import re
import tokenize

from tests.architecture.places import Finding

_EXCEPTION = re.compile(
    r"#\s*(?P<kind>(?:ruff:\s*)?noqa|type:\s*ignore|pragma:\s*no\s+(?:cover|branch)|fmt:\s*off|nosec)\b"
    r"(?P<code>\s*:\s*[A-Z]+[0-9]+(?:\s*,?\s*[A-Z]+[0-9]+)*|\[[a-z0-9, -]+\])?(?P<rest>.*)",
)
_NEEDS_CODE = ("noqa", "ignore")
_WORDS_MIN = 2
_LISTED = re.compile(r'^\s+"[A-Z]+[0-9]*",?\s*(?P<reason>#\s*\S+.*)?$')


def bare_exceptions(source: str) -> list[Finding]:
    """Comments in Python `source` that silence a tool without a code or without a reason of at least two
    words.
    """
    findings = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        found = _EXCEPTION.search(token.string) if token.type == tokenize.COMMENT else None
        if found is None:
            continue
        if found["kind"].endswith(_NEEDS_CODE) and not found["code"]:
            findings.append(Finding(token.start[0], f"{found['kind']} without a code"))
        if len(re.findall(r"[A-Za-z]{2,}", found["rest"])) < _WORDS_MIN:
            findings.append(Finding(token.start[0], f"{found['kind']} without a reason beside it"))
    return findings


def bare_ignores(configuration: str) -> list[Finding]:
    """Rules switched off in the ruff part of the project file, one a line, without a reason on that line."""
    findings, section, inside = [], "", False
    for number, line in enumerate(configuration.splitlines(), start=1):
        if line.startswith("["):
            section, inside = line.strip("[] "), False
        elif section.startswith("tool.ruff.lint"):
            if line.rstrip().endswith("= ["):
                inside = line.startswith("ignore") or section.endswith("per-file-ignores")
            elif line.startswith("]"):
                inside = False
            elif inside:
                listed = _LISTED.match(line)
                if listed is None:
                    findings.append(Finding(number, "one rule a line, so that each has room for its reason"))
                elif not listed["reason"]:
                    findings.append(Finding(number, f"{line.strip()} without a reason"))
    return findings
