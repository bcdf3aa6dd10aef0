"""The course of the issues, and the timeline with a column for each turn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from rules import events as ev
from rules.state import Game, find_draft
from rules.vocabulary import Commitment, Draft
from server.debrief.words import say
from server.narrate.amounts import figure
from server.narrate.names import worded
from server.narrate.turns import Line, Turn, Turns
from server.narrate.words import draft_about, first, listed, name

UNTOLD = frozenset({"news", "offer-made", "offer-signed", "offer-rejected", "offer-closed", "judged", "seat-done", "started", "ended"})
TOGETHER = frozenset({"stance-declared", "operation-joined", "aid-sent", "draft-sponsored", "renewal-due", "commitment-ended"})
WEIGHTY = frozenset({"roll-call", "operation-launched", "commitment-detected"})
TOGETHER_MIN = 3
LANES: dict[str, frozenset[str]] = {
    "news": frozenset({"news", "leader-changed"}),
    "said": frozenset({"stated", "statement-tested", "fabrication-exposed", "dialogue-held", "influenced"}),
    "agreed": frozenset({"commitment-made", "commitment-renounced", "commitment-detected", "clause-called", "clause-waived"}),
    "voted": frozenset({"draft-tabled", "draft-withdrawn", "draft-amended", "roll-call"}),
    "fought": frozenset({"operation-announced", "operation-launched", "operation-cancelled", "operation-left", "help-exposed"}),
}
"""What stands in which row of the timeline."""
CELL_MAX = 4  # items that stand open in a cell of the timeline
NEWS_CHARS = 150
SHOWN_PARTIES = 4
PAIR = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a cell of the timeline."""

    place: str
    text: str
    kind: str
    secret: bool


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of the timeline: for each turn what stands open and what is folded away."""

    key: str
    cells: tuple[tuple[tuple[Item, ...], tuple[Item, ...]], ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """What belongs together in the full account: one line, or several of one kind under a ``summary``."""

    summary: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """An issue, what its ends mean, and where it stood as the game opened and after each turn."""

    title: str
    text: str
    figures: tuple[float, ...]

    @property
    def start(self) -> str:
        """Where it began."""
        return figure(self.figures[0])

    @property
    def end(self) -> str:
        """Where it stands."""
        return figure(self.figures[-1])


def lanes(turns: Turns) -> list[Lane]:
    """The timeline: a row for each kind of thing, a cell for each turn; rows in which nothing happened are left out."""
    found = []
    for lane, kinds in LANES.items():
        cells = [_cell(turn, kinds) for turn in turns.told]
        if any(shown for shown, _ in cells):
            found.append(Lane(lane, tuple(cells)))
    return found


def _cell(turn: Turn, kinds: frozenset[str]) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    shown = {place: event for place, event in turn.events if event.kind in kinds}
    lines = sorted((line for line in turn.lines if line.kind in kinds), key=lambda line: line.kind not in WEIGHTY)
    items = [Item(line.place, _short(turn, line, shown[line.place]), _kind(shown[line.place]), line.secret) for line in lines]
    return tuple(items[:CELL_MAX]), tuple(items[CELL_MAX:])


def _kind(event: ev.EventKinds) -> str:
    """What an item is drawn as."""
    return "roll-call rejected" if isinstance(event, ev.RollCall) and not event.adopted else event.kind


def _short(turn: Turn, line: Line, event: ev.EventKinds) -> str:
    """An event in a few words."""
    game = turn.after
    match event:
        case ev.CommitmentMade() | ev.CommitmentDetected():
            return say(f"timeline.{event.kind}", parties=_parties(game, event.commitment), what=clauses(event.commitment))
        case ev.RollCall():
            draft = find_draft(game, event.draft)
            cast = [len([b for b in event.ballots if b.choice == choice]) for choice in ("yes", "no", "abstain")]
            what = _text(game, draft) if draft else event.draft
            return say("timeline.adopted" if event.adopted else "timeline.rejected", what=what, yes=cast[0], no=cast[1], abstain=cast[2])
        case ev.NewsRead():
            return _clipped(line.sentence)
        case ev.DraftTabled():
            return say("timeline.draft-tabled", who=first(name(game, event.draft.author)), what=_text(game, event.draft))
        case ev.DraftWithdrawn():
            draft = find_draft(game, event.draft)
            return say("timeline.draft-withdrawn", what=_text(game, draft) if draft else event.draft)
        case ev.CommitmentRenounced():
            left = next((c for c in turn.before.commitments if c.id == event.commitment), None)
            who = first(name(game, event.departure.country))
            said = {"who": who, "parties": _parties(game, left), "what": clauses(left)} if left else {}
            return say("timeline.commitment-renounced", **said) if said else line.sentence
        case ev.OperationLaunched() | ev.OperationAnnounced():
            of = event.operation
            return say(f"timeline.{event.kind}", leader=first(name(game, of.leader)), target=name(game, of.target))
        case _:
            return line.sentence


def _text(game: Game, draft: Draft) -> str:
    """What a draft is called: ``draft 1-1 authorising force against Iraq``."""
    return str(draft_about(game, draft))


def _clipped(text: str) -> str:
    """The first sentences of a text, as many as fit."""
    if len(text) <= NEWS_CHARS:
        return text
    cut = text.rfind(". ", 0, NEWS_CHARS)
    return text[: cut + 1] if cut > NEWS_CHARS // 3 else f"{text[: text.rfind(' ', 0, NEWS_CHARS)]} …"


def _parties(game: Game, commitment: Commitment) -> str:
    parties = commitment.terms.parties
    if len(parties) == PAIR:
        return " – ".join(first(name(game, c)) for c in parties)
    return first(listed(game, parties, limit=SHOWN_PARTIES))


def clauses(commitment: Commitment) -> str:
    """What an agreement is about, in a few words: ``vote, aid``."""
    return ", ".join(dict.fromkeys(say(f"clause.{clause.kind}") for clause in commitment.terms.clauses))


def happenings(turn: Turn) -> list[Happening]:
    """All that was told in a turn, without bargaining that came to nothing and without the bulletins, which stand above it."""
    found = []
    for kind, group in groupby((line for line in turn.lines if line.kind not in UNTOLD), key=lambda line: line.kind):
        lines = tuple(group)
        if kind in TOGETHER and len(lines) >= TOGETHER_MIN:
            found.append(Happening(say(f"together.{kind}", number=len(lines)), lines))
        else:
            found += [Happening("", (line,)) for line in lines]
    return found


def issues(turns: Turns) -> list[Course]:
    """Every issue through the turns."""
    games = [turns.opening, *(turn.after for turn in turns.told)]
    places = [[float(position) for position in game.world.positions] for game in games]
    return [Course(worded(i.title), worded(i.text), tuple(row[k] for row in places)) for k, i in enumerate(turns.opening.atlas.issues)]
