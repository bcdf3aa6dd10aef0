"""Reading the documents: the shell commands they show, the parts of a decision, the reasons for
dependencies.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from tests.architecture.places import Finding

_FENCE = re.compile(r"^\s*```\s*(?P<language>\w*)")
_SHELLS = frozenset({"sh", "bash", "shell", "console"})
_ASSIGNMENT = re.compile(r"^[A-Z_]+=")
_ENDS = frozenset({"&&", "||", ";", "|", "&"})
ALWAYS_THERE = frozenset({"git", "cd"})
DECISION_PARTS = ("Status", "Decision", "Reason")
DECISION_LINES_MAX = 40


def shell_commands(markdown: str) -> Iterator[tuple[int, list[str]]]:
    """The commands in fenced shell blocks, as (line, words); in `console` blocks only lines after a `$`
    are commands.
    """
    language, pending, start = "", "", 0
    for number, line in enumerate(markdown.splitlines(), start=1):
        fence = _FENCE.match(line)
        if fence:
            language = "" if language else fence["language"] or "text"
        elif language in _SHELLS:
            typed = line.strip()
            if language == "console" and not pending and not typed.startswith("$"):
                continue
            start = start if pending else number
            pending += typed.removeprefix("$").strip()
            if pending.endswith("\\"):
                pending = pending[:-1] + " "
                continue
            yield from ((start, words) for words in _split(pending))
            pending = ""


def _split(line: str) -> Iterator[list[str]]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words: list[str] = []
    for word in lexer:
        if word in _ENDS:
            if words:
                yield words
            words = []
        elif words or not _ASSIGNMENT.match(word):
            words.append(word)
    if words:
        yield words


def unknown_commands(
    markdown: str, targets: Iterable[str], complaint: Callable[[list[str]], str | None], *, others: bool
) -> list[Finding]:
    """Commands the documents promise and the project does not have.

    `targets` are those of the Makefile; `complaint` says what is wrong with the words after `unipole`, or
    None; `others` allows commands that are neither of the two (in a how-to, not in the README).
    """
    known, findings = frozenset(targets), []
    for number, (program, *words) in shell_commands(markdown):
        name = PurePosixPath(program).name
        if name == "make":
            asked = [w for w in words if not _ASSIGNMENT.match(w) and not w.startswith("-")]
            findings += [Finding(number, f"make {w} is not a target") for w in asked if w not in known]
        elif name == "unipole":
            wrong = complaint(words)
            findings += [Finding(number, f"unipole {' '.join(words)}: {wrong}")] if wrong else []
        elif not others and name not in ALWAYS_THERE:
            findings.append(
                Finding(number, f"{program} is neither a target of the Makefile nor a command of unipole")
            )
    return findings


def targets_of(makefile: str) -> frozenset[str]:
    """The targets that the Makefile explains to a person."""
    return frozenset(re.findall(r"^([a-z]+):.*## ", makefile, flags=re.MULTILINE))


def unfit_decision(markdown: str) -> list[Finding]:
    """Parts that a decision lacks, has empty or out of order, and lines beyond the limit."""
    parts = re.findall(r"^## (\w+)\n+(?=[^#\s])", markdown, flags=re.MULTILINE)
    lines = len(markdown.splitlines())
    wanted = [part for part in parts if part in DECISION_PARTS]
    findings = (
        []
        if wanted == list(DECISION_PARTS)
        else [Finding(1, f"needs the parts {', '.join(DECISION_PARTS)}, in this order")]
    )
    return findings + (
        [Finding(lines, f"{lines} lines; at most {DECISION_LINES_MAX}")] if lines > DECISION_LINES_MAX else []
    )


def unreasoned(dependencies: Iterable[str], markdown: str) -> list[str]:
    """Dependencies that have not exactly one line of their own ("- `name` ...: reason") with a reason of
    at least five words.
    """
    reasons = re.findall(r"^- `([a-z0-9-]+)`[^:\n]*:(.*)$", markdown, flags=re.MULTILINE)
    told = [name for name, reason in reasons if len(reason.split()) >= 5]
    return [name for name in dependencies if told.count(name) != 1]
