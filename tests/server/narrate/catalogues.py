"""What is wrong with catalogues of messages: keys, holes, and which of them the code asks for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import Formatter

from server.narrate.language import Message

SPEAKERS = ("say", "noun")
Holes = frozenset[str]
RULES_SILENT = re.compile(r"codec|objectives|wishes|wire|spec|.*parameters")  # their sentences go to authors and programs, not to players


def holes(message: Message) -> Holes:
    """What a message asks for; the case of a noun is given by its place."""
    templates = (message,) if isinstance(message, str) else message[1:]
    return frozenset(hole for text in templates for _, hole, _, _ in Formatter().parse(text) if hole and hole != "case")


def differences(one: Mapping[str, Message], other: Mapping[str, Message]) -> list[str]:
    """Messages that only one of two catalogues has."""
    return [f"{message} stands in one catalogue alone" for message in sorted(one.keys() ^ other.keys())]


def unfilled(messages: Mapping[str, Message], calls: Iterable[tuple[str, Holes]]) -> list[str]:
    """Messages with a hole for which no call that names them has an argument."""
    known = list(calls)
    found = []
    for key, message in messages.items():
        by_name = [arguments for pattern, arguments in known if pattern == re.escape(key)]
        given = by_name or [arguments for pattern, arguments in known if re.fullmatch(pattern, key)]
        if holes(message) - frozenset().union(*given):
            found.append(key)
    return found


def calls(sources: Iterable[Path]) -> Iterator[tuple[str, Holes]]:
    """(pattern of the message, names of the arguments) of all that sources say."""
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SPEAKERS and node.args:
                given = frozenset(keyword.arg or "" for keyword in node.keywords)
                yield from ((pattern, given) for pattern in _keys(node.args[0]))


def _keys(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (pattern for branch in (node.body, node.orelse) for pattern in _keys(branch))
    elif isinstance(node, ast.Constant):
        yield re.escape(str(node.value))
    else:
        yield _pattern(node) if isinstance(node, ast.JoinedStr) else ".+"


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_-]+" for part in node.values)


def asked_for(sources: Iterable[Path]) -> Iterator[str]:
    """Patterns of all messages that sources ask for: what is put together as the program runs stands for anything."""
    for source in sources:
        nodes = list(ast.walk(ast.parse(source.read_text())))
        made = [node for node in nodes if isinstance(node, ast.JoinedStr)]
        parts = {id(part) for joined in made for part in joined.values}
        yield from (_pattern(joined) for joined in made if re.match(r"[a-z]+\\\.", _pattern(joined)))
        words = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in parts]
        yield from (re.escape(word) for word in words if re.fullmatch(r"[a-z]+\.[a-z0-9_-]+", word))


def unused(messages: Iterable[str], patterns: Iterable[str]) -> list[str]:
    """Messages that nothing asks for."""
    known = [re.compile(pattern) for pattern in patterns]
    return [message for message in messages if not any(pattern.fullmatch(message) for pattern in known)]


def rules_say(sources: Iterable[Path]) -> Iterator[str]:
    """Every sentence of a refusal and every reason of an event or a finding in the sources of the rules, with ``X`` in the holes."""
    for source in sources:
        if not RULES_SILENT.fullmatch(source.stem):
            for node in ast.walk(ast.parse(source.read_text())):
                yield from _texts(node)


def returned(sources: Iterable[Path]) -> Iterator[str]:
    """Every text that functions of these sources return."""
    for source in sources:
        for node in ast.walk(ast.parse(source.read_text())):
            if isinstance(node, ast.Return) and node.value is not None:
                yield from (text for text in _filled(node.value) if " " in text)


def _texts(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if called in ("Refused", "invalid", "_invalid") and node.args:
            yield from _filled(node.args[-1])
        yield from (text for keyword in node.keywords if keyword.arg == "reason" for text in _filled(keyword.value))
    elif isinstance(node, ast.Tuple) and len(node.elts) == 2:
        found = node.elts[0]
        if isinstance(found, ast.Constant) and found.value in FINDINGS:
            yield from _filled(node.elts[1])


FINDINGS = ("kept", "breached", "excused", "not called", "met", "carried out", "empty", "broken")


def _filled(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.IfExp):
        yield from (text for branch in (node.body, node.orelse) for text in _filled(branch))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield from [node.value] if " " in node.value else []
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "X" for part in node.values)
