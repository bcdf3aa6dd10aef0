"""Questions for the talk after the game, made of what happened: they ask what was weighed, and never who was right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules import events as ev
from rules.bodies.councils import is_text
from server.debrief.ballots import stands
from server.debrief.promises import Word, tallies, words
from server.debrief.words import count, say
from server.narrate.amounts import figure, percent
from server.narrate.turns import Turns
from server.narrate.words import draft_title, first, heading, listed, name

QUESTIONS_MAX = 10
NEAR = 50.0  # per cent of alignment, below which a state stood against more than with


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the event it came from ("" if from many)."""

    text: str
    place: str = ""


def questions(turns: Turns) -> list[Question]:
    """At most ten, from the particular to the general."""
    found = [*_votes(turns), *_wars(turns), *_words(turns), *_secrets(turns), *_allies(turns)]
    return [*found[: QUESTIONS_MAX - 1], Question(say("questions.last", unipole=name(turns.game, turns.game.atlas.unipole)))]


def _votes(turns: Turns) -> Iterator[Question]:
    for turn in turns.told:
        for place, event in turn.events:
            if isinstance(event, ev.DraftWithdrawn):
                draft = next((d for d in turn.after.drafts if d.id == event.draft), None)
                if draft and is_text(draft):
                    who = first(name(turn.after, draft.author))
                    yield Question(say("questions.withdrawn", who=who, what=draft_title(turn.after, draft.id)), place)
            elif isinstance(event, ev.RollCall):
                what = draft_title(turn.after, event.draft)
                aside = [b.country for b in event.ballots if b.choice == "abstain"]
                if aside:
                    yield Question(say("questions.abstained", who=first(listed(turn.after, aside, limit=4)), what=what), place)
                elif not event.adopted:
                    yield Question(say("questions.failed", what=first(what)), place)


def _wars(turns: Turns) -> Iterator[Question]:
    for turn in turns.told:
        for launch in turn.launches:
            operation = launch.event.operation
            key = "authorised" if launch.event.authorised else "unauthorised"
            leader, target = name(turn.after, operation.leader), name(turn.after, operation.target)
            said = say(f"questions.{key}", leader=first(leader), target=target, legitimacy=percent(operation.legitimacy))
            yield Question(said, launch.place)


def _words(turns: Turns) -> Iterator[Question]:
    broken = [word for word in words(turns) if word.key == "broken"]
    for tally in tallies(turns)[:1]:
        mine = [word for word in broken if word.who == first(tally.name)] or broken
        if tally.of("broken"):
            text = count("questions.broke", tally.of("broken"), who=tally.name, about=_about(mine))
            yield Question(text, mine[0].place if mine else "")
    for word in broken:
        if word.cost:
            yield Question(say("questions.price", who=word.who, turn=word.turn, cost=word.cost), word.place)
            return


def _about(found: list[Word]) -> str:
    return found[0].promise.rstrip(".") if found else ""


def _secrets(turns: Turns) -> Iterator[Question]:
    for turn in turns.told:
        for place, event in turn.events:
            if isinstance(event, ev.CommitmentDetected):
                who = listed(turn.after, event.commitment.terms.parties)
                yield Question(say("questions.found", who=who, turn=turn.number), place)
                return


def _allies(turns: Turns) -> Iterator[Question]:
    """A formal ally of the unipole that stood against it more than with it."""
    atlas = turns.game.atlas
    allies = {c for pact in turns.opening.commitments if atlas.unipole in pact.terms.formal for c in pact.terms.formal}
    titles = {heading(turns.game, country) for country in allies}
    for title, figures in reversed(stands(turns)):
        if title in titles and (figures[-1] or 0.0) < NEAR:
            yield Question(say("questions.ally", who=title, unipole=name(turns.game, atlas.unipole), share=figure(figures[-1] or 0.0, 0)))
            return
