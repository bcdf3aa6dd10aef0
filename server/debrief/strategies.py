"""What each state did, turn by turn: labels of behaviour with their evidence, as plain records for a page or a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.labels.behaviour import MEANT, WALT, Conduct, Definitions, behaviour
from rules.labels.chapters import Chapter
from rules.state import Game
from server.debrief.words import count, say
from server.narrate.names import worded
from server.narrate.retold import translated
from server.narrate.words import first, heading, in_names, name

NAMED = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+|(?<= on )[a-z]+$|(?<= по )[a-z]+$")
"""What may be the name of a draft, an issue or an operation, as the rules write it."""
PLACE = re.compile(r"\d+\.\d+|\d{1,6}")
"""Of an event, in the log or among what was told; anything else is the name of what was in force."""


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence: the place of the event, empty for what was in force from before, and what was seen there."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One state in one turn: its labels, and under each the evidence."""

    turn: int
    fears: str
    labels: tuple[tuple[str, tuple[Proof, ...]], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A label through all turns: ``when`` it held, and what was seen, each with the turn in which it was seen first."""

    label: str
    when: str
    proofs: tuple[tuple[int, Proof], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One state through all turns."""

    code: str
    name: str
    cells: tuple[Cell, ...]

    @property
    def spans(self) -> list[Span]:
        """The same by label, in the order in which they came."""
        held: dict[str, dict[int, tuple[Proof, ...]]] = {}
        for cell in self.cells:
            for label, proofs in cell.labels:
                held.setdefault(label, {})[cell.turn] = proofs
        found = []
        for label, by_turn in held.items():
            seen: dict[str, tuple[int, Proof]] = {}
            for turn, proofs in by_turn.items():
                for proof in proofs:
                    seen.setdefault(proof.place or proof.words, (turn, proof))
            when = count("strategies.turns", len(by_turn), turns=runs(list(by_turn)))
            found.append(Span(label, when, tuple(seen.values())))
        return found


def runs(numbers: Sequence[int]) -> str:
    """Numbers in rising order, those that follow each other as one: ``1–3, 5``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return ", ".join("–".join(map(str, part)) for part in parts)


def courses(chapters: Iterable[Chapter], by: Definitions = WALT) -> list[Course]:
    """Every state but the unipole, in the order of the countries, with one cell a turn."""
    told = [(chapter.after, behaviour(chapter, by)) for chapter in chapters]
    if not told:
        return []
    rows = zip(*(conducts for _, conducts in told), strict=True)
    games = [game for game, _ in told]
    return [_course(games, row) for row in rows]


def _course(games: Sequence[Game], conducts: Sequence[Conduct]) -> Course:
    code = conducts[0].country
    cells = tuple(_cell(game, conduct) for game, conduct in zip(games, conducts, strict=True))
    return Course(code, heading(games[0], code), cells)


def _cell(game: Game, conduct: Conduct) -> Cell:
    labels = []
    for finding in conduct.findings:
        places = [sign.place if sign.fresh and PLACE.fullmatch(sign.place) else "" for sign in finding.evidence]
        words = [plain(game, in_names(game, sign.words)) for sign in finding.evidence]
        proofs = (Proof(*proof) for proof in zip(places, words, strict=True))
        labels.append((translated(finding.label), tuple(dict.fromkeys(proofs))))
    return Cell(conduct.turn, first(name(game, conduct.fears)) if conduct.fears else "", tuple(labels))


def plain(game: Game, words: str) -> str:
    """Evidence in which drafts, issues and operations stand by what they are called."""
    return NAMED.sub(lambda found: _called(game, found[0]), words)


def _called(game: Game, key: str) -> str:
    """What a draft, an issue or an operation is called; as it is, if it is none."""
    for issue in game.atlas.issues:
        if issue.id == key:
            return say("strategies.issue", title=worded(issue.title))
    if any(draft.id == key for draft in game.drafts):
        return say("strategies.draft", number="-".join(key.split("-")[-2:]))
    for of in game.operations:
        if of.id == key:
            return say("strategies.operation", leader=name(game, of.leader), target=name(game, of.target))
    return key


def summary(found: Sequence[Course]) -> list[tuple[str, int]]:
    """(label, how many states showed it at least once), the most common first."""
    shown: dict[str, int] = {}
    for course in found:
        for label in {label for cell in course.cells for label, _ in cell.labels}:
            shown[label] = shown.get(label, 0) + 1
    return sorted(shown.items(), key=lambda item: (-item[1], item[0]))


def places(found: Iterable[Course]) -> frozenset[str]:
    """The events that labels rest on."""
    return frozenset(p.place for course in found for cell in course.cells for _, proofs in cell.labels for p in proofs if p.place)


def meanings() -> list[tuple[str, str, str]]:
    """(label, what it says, propositions) of every label."""
    return [(translated(label), translated(meant.sentence), " ".join(meant.cites)) for label, meant in MEANT.items()]
