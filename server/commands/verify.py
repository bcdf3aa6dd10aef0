"""``unipole verify``: whether a log is what these rules make of its orders, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from rules.decide import decide
from rules.errors import Refused
from rules.evolve import evolve_all
from rules.problems import problems
from rules.sequence import Recorded
from rules.state import Game
from rules.wire.canonical import digest
from rules.wire.logbook import BadLog, Head, read
from server.commands.logs import LogFile, lines_of, opened
from server.narrate.language import say

HASH_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a log is not what it should be: the line (from 1) and a sentence."""

    line: int
    sentence: str


def verify(path: Path, out: Console, scenario: str | None = None) -> bool:
    """Check a log file and say what was found; True if everything agrees.

    Raises:
        Misuse: the file or its scenario cannot be opened.
    """
    try:
        head, entries, chain = read(lines_of(path))
    except BadLog as error:
        out.print(f"{path} differs in line {error.line}: {error.sentence}.", soft_wrap=True, markup=False)
        return False
    log = opened(path, head, entries, chain, scenario)
    found = list(differences(log))
    for difference in found:
        out.print(f"{path} differs in line {difference.line}: {difference.sentence}", soft_wrap=True, markup=False)
    if not found:
        events = sum(len(entry.events) for entry in log.entries)
        out.print(say("log.holds", path=path, orders=len(log.entries), events=events), soft_wrap=True, markup=False)
        out.print(say("log.hash", chain=chain), soft_wrap=True)
    return not found


def differences(log: LogFile) -> Iterator[Difference]:
    """What the head pins that is not so here, then the first entry that these rules would not have written."""
    yield from _pins(log.own, log.head)
    game = log.opening
    for line, entry in enumerate(log.entries, start=2):
        sentence = _decided_otherwise(game, entry)
        if sentence:
            yield Difference(line, sentence)
            return
        game = evolve_all(game, entry.events)
    for sentence in problems(game):
        yield Difference(len(log.entries) + 1, f"it leads to a state that cannot be: {sentence}.")


def _pins(own: Head, head: Head) -> Iterator[Difference]:
    if own.format != head.format:
        yield Difference(1, f"it has format {head.format}, this program writes format {own.format}.")
    for what, mine, theirs in (("rules", own.rules_hash, head.rules_hash), ("scenario", own.scenario_hash, head.scenario_hash)):
        if mine != theirs:
            yield Difference(1, f"it was written with another version of the {what} ({theirs[:HASH_SHOWN]}; this is {mine[:HASH_SHOWN]}).")
    if own.parameters != head.parameters:
        names = sorted(own.parameters.keys() ^ head.parameters.keys())
        yield Difference(1, f"its parameters are not those of this program: {', '.join(names)}.")


def _decided_otherwise(game: Game, entry: Recorded) -> str | None:
    """How these rules decide the order of an entry differently; None if they do not."""
    order = entry.order
    try:
        events = decide(game, order)
    except Refused as refusal:
        return f"order {order.id} of {order.author} would be refused here: {refusal.sentence}"
    if len(events) != len(entry.events):
        return f"order {order.id} of {order.author} gives {len(events)} events here, {len(entry.events)} in the log."
    for number, (mine, theirs) in enumerate(zip(events, entry.events, strict=True), start=1):
        if digest(mine) != digest(theirs):
            return f"order {order.id} of {order.author} gives another event {number} ({mine.kind}) than the log ({theirs.kind})."
    return None
