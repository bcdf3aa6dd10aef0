"""Votes: every draft with its count against the bar, and who voted with the unipole how often."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rules.bodies.ballots import stand
from rules.bodies.councils import bar, is_text
from rules.exact import add
from rules.state import Game, find_council
from rules.vocabulary import CHOICES, Choice, Draft
from server.debrief.words import say
from server.narrate.alignment import alignment
from server.narrate.phrases import Phrase
from server.narrate.turns import Turn, Turns
from server.narrate.words import council_title, draft_about, first, headings, in_names, listed


@dataclass(frozen=True, slots=True)
class Side:
    """One part of a roll call: the word, how many, and their names."""

    key: str
    word: str
    count: int
    names: str


@dataclass(frozen=True, slots=True)
class Vote:
    """A draft and what became of it.  ``needed`` of ``size`` votes are the bar."""

    place: str
    turn: int
    what: Phrase
    title: str
    is_text: bool
    council: str
    members: tuple[str, ...]
    sponsors: str
    pressed: bool
    status: str
    reason: str
    sides: tuple[Side, ...]
    needed: int
    size: int
    declared: str

    def cast(self, key: str) -> int:
        """How many cast such a ballot."""
        return next((side.count for side in self.sides if side.key == key), 0)


@dataclass(frozen=True, slots=True)
class Voter:
    """A state's ballots, draft by draft ("" for none), and how often it agreed with the unipole, in per cent."""

    name: str
    is_unipole: bool
    ballots: tuple[str, ...]
    agreement: float | None


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
    found = bar(council, draft.ballots, draft.action)
    cast = {"yes": found.yes, "no": found.no, "abstain": found.abstain}
    sides = [Side(c, say(f"votes.{c}"), len(cast[c]), listed(game, cast[c])) for c in CHOICES if cast[c]]
    if draft.ballots and found.silent:
        sides.append(Side("silent", say("votes.silent"), len(found.silent), listed(game, found.silent)))
    said = {c: [b.country for b in draft.declared if b.choice == c] for c in CHOICES}
    declared = "; ".join(f"{say(f'votes.{c}').lower()}: {listed(game, whom)}" for c, whom in said.items() if whom)
    return Vote(
        place=turn.places.get(draft.id, ""),
        turn=turn.number,
        what=draft_about(game, draft),
        title=first(draft_about(game, draft)),
        is_text=is_text(draft),
        council=council_title(game, draft.council),
        members=council.members,
        sponsors=listed(game, draft.sponsors),
        pressed=draft.pressed,
        status=draft.status,
        reason=in_names(game, draft.reason.removeprefix("adopted: ")),
        sides=tuple(sides),
        needed=found.needed,
        size=sum(council.weights) or len(council.members),
        declared=declared,
    )


def decisive(turns: Turns) -> Vote | None:
    """The roll call that settled most: of the texts the last that was adopted, or else the one that came nearest to its bar."""
    held = [vote for vote in votes(turns) if vote.is_text and vote.sides]
    adopted = [vote for vote in held if vote.status == "adopted"]
    return adopted[-1] if adopted else max(held, key=lambda vote: vote.cast("yes") - vote.needed, default=None)


def called(turns: Turns) -> list[tuple[str, str]]:
    """(place, title) of every roll call in which the unipole cast a ballot."""
    return [(_place(turns, draft), first(draft_about(turns.game, draft))) for draft in _with_unipole(turns.game)]


def voters(turns: Turns) -> list[Voter]:
    """Who voted how in these roll calls, from the nearest to the unipole to the farthest."""
    game, drafts = turns.game, _with_unipole(turns.game)
    rolls = [{ballot.country: ballot.choice for ballot in draft.ballots} for draft in drafts]
    rows = []
    for country, title in zip(game.atlas.countries, headings(game), strict=True):
        cast = tuple(roll.get(country, "") for roll in rolls)
        if any(cast):
            rows.append(Voter(title, country == game.atlas.unipole, cast, _agreement(game, rolls, country)))
    return sorted(rows, key=lambda row: (not row.is_unipole, -(row.agreement or 0.0), row.name))


def _with_unipole(game: Game) -> list[Draft]:
    return [draft for draft in game.drafts if any(b.country == game.atlas.unipole for b in draft.ballots)]


def _place(turns: Turns, draft: Draft) -> str:
    return next((turn.places[draft.id] for turn in turns.told if draft.id in turn.places), "")


def _agreement(game: Game, rolls: Sequence[Mapping[str, Choice]], country: str) -> float | None:
    """Agreement as Lijphart counted it in 1963, over the roll calls in which both voted, in per cent."""
    both = [(roll[country], roll[game.atlas.unipole]) for roll in rolls if country in roll]
    figures = [1.0 - abs(stand(game.parameters, own) - stand(game.parameters, other)) for own, other in both]
    return 100.0 * add(figures) / len(figures) if figures and country != game.atlas.unipole else None


def stands(turns: Turns) -> list[tuple[str, tuple[float | None, ...]]]:
    """(name, alignment after each turn in per cent) of every state that had an occasion, the nearest to the unipole first."""
    game = turns.game
    by_turn = [alignment(game, turn.number) for turn in turns.told]
    rows = []
    for row, title in enumerate(headings(game)):
        figures = tuple(None if found[row] is None else 100.0 * float(found[row] or 0.0) for found in by_turn)
        if any(figure is not None for figure in figures):
            rows.append((title, figures))
    return sorted(rows, key=lambda item: (-(item[1][-1] or 0.0), item[0]))
