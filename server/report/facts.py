"""What the report shows, as plain records: sentences and numbers, no markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rules.councils import bar
from rules.exact import total
from rules.state import TERMS, Game, find_council
from rules.vocabulary import CHOICES, Choice, Draft
from server.narrate.alignment import alignment
from server.narrate.clauses import clause_sentence
from server.narrate.outcome import Aim, adoptions, aims, breaches, failures, kept, wars
from server.narrate.turns import Line, Turn, Turns
from server.narrate.words import council_title, draft_about, first, in_names, listed, name, operation_about, percent

FINDINGS = {"kept": "kept", "breached": "broken", "excused": "excused", "not called": "not called upon"}
WORDS: dict[Choice, str] = {"yes": "Yes", "no": "No", "abstain": "Abstained"}
VISIBLE = 0.005  # smaller figures are shown as 0
UNTOLD = frozenset({"news", "offer-made", "offer-signed", "offer-rejected", "offer-closed", "judged", "seat-done", "started", "ended"})
TOGETHER = {
    "stance-declared": "{count} declarations of how members would vote",
    "operation-joined": "{count} states took a side in an operation",
    "aid-sent": "{count} payments of aid",
    "draft-sponsored": "{count} members put their names to drafts",
}
TOGETHER_MIN = 3


@dataclass(frozen=True, slots=True)
class Tile:
    """A number with its name."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What belongs together on the timeline: one line, or several of one kind under a ``summary``."""

    summary: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One part of a roll call: the word, how many, their share of the members in per cent, and their names."""

    key: str
    word: str
    count: int
    share: float
    names: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A draft and what became of it.  ``needed_share``: where the bar stands, in per cent of the members."""

    place: str
    turn: int
    title: str
    council: str
    sponsors: str
    pressed: bool
    status: str
    reason: str
    sides: tuple[Side, ...]
    needed: int
    needed_share: float
    declared: str


@dataclass(frozen=True, slots=True)
class Word:
    """A promise and the act."""

    place: str
    turn: int
    who: str
    promise: str
    secret: bool
    finding: str
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class War:
    """An operation that was carried out."""

    place: str
    turn: int
    title: str
    outcome: str
    legitimacy: str
    parts: tuple[tuple[str, str], ...]
    chance: str
    partners: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat's payoff by term, its change since the start, and its objectives."""

    code: str
    name: str
    terms: tuple[str, ...]
    total: str
    change: str
    change_width: float
    is_gain: bool
    aims: tuple[Aim, ...]
    met: int


def tiles(turns: Turns) -> list[Tile]:
    """The game in eight numbers."""
    game = turns.game
    drafts = [draft for draft in game.drafts if draft.status == "withdrawn"]
    secret = [line for turn in turns.told for line in turn.lines if line.kind == "commitment-made" and line.secret]
    made = [line for turn in turns.told for line in turn.lines if line.kind == "commitment-made"]
    return [
        Tile(str(adoptions(game)), "drafts adopted"),
        Tile(str(failures(game)), "drafts voted down"),
        Tile(str(len(drafts)), "drafts withdrawn"),
        Tile(str(wars(game)), "operations carried out"),
        Tile(str(len(made)), f"agreements made, {len(secret)} of them secret"),
        Tile(str(len(kept(game))), "times a word was kept"),
        Tile(str(len(breaches(game))), "times a word was broken"),
    ]


def happenings(turn: Turn) -> list[Happening]:
    """The timeline of a turn, without bargaining that came to nothing and without the bulletins, which stand above it."""
    found = []
    for kind, group in groupby((line for line in turn.lines if line.kind not in UNTOLD), key=lambda line: line.kind):
        lines = tuple(group)
        if kind in TOGETHER and len(lines) >= TOGETHER_MIN:
            found.append(Happening(TOGETHER[kind].format(count=len(lines)), lines))
        else:
            found += [Happening("", (line,)) for line in lines]
    return found


def issues(turns: Turns) -> list[tuple[str, str, float, float]]:
    """(title, what the ends mean, start, end) of every issue."""
    start, end = turns.opening.world.positions, turns.game.world.positions
    return [(i.title, i.text, float(start[k]), float(end[k])) for k, i in enumerate(turns.opening.atlas.issues)]


def votes(turns: Turns) -> Iterator[Vote]:
    """Every draft, in the order of tabling."""
    for turn in turns.told:
        for draft in turn.after.drafts:
            if draft.turn == turn.number:
                yield _vote(turn, draft)


def _vote(turn: Turn, draft: Draft) -> Vote:
    game = turn.after
    council = find_council(game, draft.council)
    assert council is not None, "a draft is before a council of the scenario"
    size = len(council.members)
    count = bar(council, draft.ballots, draft.action)
    cast = {"yes": count.yes, "no": count.no, "abstain": count.abstain}
    sides = [Side(c, WORDS[c], len(cast[c]), 100.0 * len(cast[c]) / size, listed(game, cast[c])) for c in CHOICES if cast[c]]
    if draft.ballots and count.silent:
        sides.append(Side("silent", "Absent", len(count.silent), 100.0 * len(count.silent) / size, listed(game, count.silent)))
    said = {c: [b.country for b in draft.declared if b.choice == c] for c in CHOICES}
    declared = "; ".join(f"{c}: {listed(game, found)}" for c, found in said.items() if found)
    return Vote(
        place=turn.places.get(draft.id, ""),
        turn=turn.number,
        title=first(draft_about(game, draft)),
        council=council_title(game, draft.council),
        sponsors=listed(game, draft.sponsors),
        pressed=draft.pressed,
        status=draft.status,
        reason=in_names(game, draft.reason.removeprefix("adopted: ")),
        sides=tuple(sides),
        needed=count.needed,
        needed_share=100.0 * min(count.needed / (sum(council.weights) or size), 1.0),
        declared=declared,
    )


def words(turns: Turns) -> Iterator[Word]:
    """Every verdict on a promise: first what was broken, then the rest, each in the order of turns."""
    found = [(turn, judgement) for turn in turns.told for judgement in turn.judgements]
    found.sort(key=lambda item: item[1].verdict.finding != "breached")
    for turn, judgement in found:
        verdict, game = judgement.verdict, turn.after
        parties = judgement.terms.parties if judgement.terms else ()
        promise = clause_sentence(game, judgement.clause, parties) if judgement.clause else verdict.commitment
        yield Word(
            place=judgement.place,
            turn=turn.number,
            who=first(name(game, verdict.debtor)),
            promise=first(promise),
            secret=bool(judgement.terms and judgement.terms.secret),
            finding=FINDINGS[verdict.finding],
            key=verdict.finding.replace(" ", "-"),
            reason=first(in_names(game, verdict.reason)),
        )


def wars_fought(turns: Turns) -> Iterator[War]:
    """Every operation that was carried out, with the terms of its legitimacy."""
    for turn in turns.told:
        for launch in turn.launches:
            operation, game = launch.event.operation, turn.after
            parts = [(t.name.removeprefix("legitimacy: "), _shown(t.value, "+")) for t in launch.terms if t.name.startswith("legitimacy: ")]
            chance = next((t.value for t in launch.terms if t.name == "chance of success"), None)
            partners = []
            for side, of in (("attack", "with it"), ("defence", "with the target")):
                for level, how in (("full", "full contributions"), ("token", "token contributions"), ("statement", "in words")):
                    members = [c.country for c in operation.coalition if (c.side, c.level) == (side, level)]
                    if members:
                        partners.append((f"{of}, {how}", listed(game, members)))
            mandate = "with the authority of a council" if launch.event.authorised else "without the authority of a council"
            yield War(
                place=launch.place,
                turn=turn.number,
                title=first(operation_about(game, operation)),
                outcome=f"Carried out {mandate}; it {'succeeded' if operation.success else 'failed'}",
                legitimacy=percent(operation.legitimacy),
                parts=tuple(parts),
                chance="" if chance is None else percent(chance),
                partners=tuple(partners),
            )


def seats(game: Game) -> list[Seat]:
    """Every seat, from the largest gain to the largest loss."""
    now, then = total(game.world.payoff), total(game.atlas.opening)
    changes = now - then
    widest = max((abs(float(change)) for change in changes), default=0.0) or 1.0
    found = []
    for row, code in enumerate(game.atlas.countries):
        asked, change = aims(game, code), float(changes[row])
        found.append(
            Seat(
                code=code,
                name=game.atlas.names[row],
                terms=tuple(_shown(float(value)) for value in game.world.payoff[row]),
                total=_shown(float(now[row])),
                change=_shown(change, "+"),
                change_width=50.0 * abs(change) / widest,
                is_gain=change >= 0.0,
                aims=asked,
                met=len([aim for aim in asked if aim.met]),
            )
        )
    return sorted(found, key=lambda seat: -float(seat.change))


def _shown(value: float, sign: str = "") -> str:
    return f"{value:{sign}.2f}" if abs(value) >= VISIBLE else "0.00"


def stands(turns: Turns) -> list[tuple[str, tuple[float | None, ...]]]:
    """(name, alignment after each turn in per cent) of every state that had an occasion, the nearest to the unipole first."""
    game = turns.game
    by_turn = [alignment(game, turn.number) for turn in turns.told]
    rows = []
    for row, title in enumerate(game.atlas.names):
        figures = tuple(None if found[row] is None else 100.0 * float(found[row] or 0.0) for found in by_turn)
        if any(figure is not None for figure in figures):
            rows.append((title, figures))
    return sorted(rows, key=lambda item: (-(item[1][-1] or 0.0), item[0]))


def term_names() -> tuple[str, ...]:
    """The headings of the payoff table."""
    return TERMS
