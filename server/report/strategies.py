"""What each state did, turn by turn: labels of behaviour with their evidence, as plain records for a page or a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rules.behaviour import MEANT, WALT, Conduct, Definitions, behaviour
from rules.chapters import Chapter, Happened
from rules.state import Game
from server.narrate.turns import Turns
from server.narrate.words import first, in_names, name


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
class Course:
    """One state through all turns."""

    code: str
    name: str
    cells: tuple[Cell, ...]


def chapters_of(turns: Turns) -> list[Chapter]:
    """The turns of a told game as the labels want them."""
    return [Chapter(turn.before, tuple(Happened(*item) for item in turn.events), turn.after) for turn in turns.told]


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
    return Course(code, first(name(games[0], code)), cells)


def _cell(game: Game, conduct: Conduct) -> Cell:
    labels = []
    for finding in conduct.findings:
        proofs = (Proof(s.place if s.fresh and "." in s.place else "", in_names(game, s.words)) for s in finding.evidence)
        labels.append((str(finding.label), tuple(dict.fromkeys(proofs))))
    return Cell(conduct.turn, first(name(game, conduct.fears)) if conduct.fears else "", tuple(labels))


def meanings() -> list[tuple[str, str, str]]:
    """(label, what it says, propositions) of every label."""
    return [(label, meant.sentence, " ".join(meant.cites)) for label, meant in MEANT.items()]
