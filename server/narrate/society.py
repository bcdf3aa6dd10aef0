"""Statements, influence, talks and motives, as phrases and sentences."""

from __future__ import annotations

from typing import assert_never

from rules import orders as o
from rules.society import events as ev
from rules.society.speech import Statement
from rules.state import Sight
from server.narrate.amounts import percent
from server.narrate.language import noun, say, say_if_known
from server.narrate.phrases import Phrase
from server.narrate.words import MANY, draft_title, first, in_names, issue_title, key, listed, name, operation_title

Spoken = ev.Stated | ev.StatementTested
Silent = ev.FabricationExposed | ev.Influenced | ev.LeaderChanged | ev.DialogueHeld | ev.MotiveNoted


def _said(sight: Sight, said: o.MakeStatement | Statement) -> str:
    """What a government says, as a phrase: ``warn others that Dorn is a threat``."""
    return say(f"speech.{said.says}", about=name(sight, said.about or ""), place=_place(sight, said))


def _place(sight: Sight, said: o.MakeStatement | Statement) -> str:
    return say("speech.place", share=percent(said.place or 0.0), issue=issue_title(sight, said.issue or ""))


def campaign_phrase(sight: Sight, act: o.Influence | ev.Influenced) -> str:
    """How a government works on another's politics, as a phrase: ``lobby Arden on “Force against Dorn” (effort 50%)``."""
    issue = issue_title(sight, act.issue or "")
    return say(f"influence.{act.by}", who=name(sight, act.target), issue=issue, effort=percent(act.effort))


def society_phrase(sight: Sight, act: o.MakeStatement | o.Influence | o.Dialogue | o.NoteMotive) -> str:
    """Words, influence, talks and motives, as phrases that follow "to"."""
    match act:
        case o.MakeStatement():
            until = say("speech.until", turn=act.until) if act.until else ""
            return _said(sight, act) + until + (say("speech.made-up") if act.fabricated else "")
        case o.Influence():
            return campaign_phrase(sight, act)
        case o.Dialogue():
            return say("act.dialogue", issue=issue_title(sight, act.issue), host=name(sight, act.host))
        case o.NoteMotive():
            return say("act.motive", motive=_motive(sight, act))
        case _:
            assert_never(act)


def _motive(sight: Sight, noted: o.NoteMotive | ev.MotiveNoted) -> str:
    of = say("motive.of", act=act) if noted.act and (act := _acted(sight, noted.act)) else ""
    about = say("motive.about", who=name(sight, noted.about)) if noted.about else ""
    return say(f"motive.{key(noted.motive)}") + of + about


def _acted(sight: Sight, act: str) -> object:
    """What a motive is for: a kind of act, or the offer, draft or operation of this name; nothing for a name that says nothing."""
    for offer in sight.offers:
        if offer.id == act:
            return say("motive.offer", who=name(sight, offer.author))
    if any(draft.id == act for draft in sight.drafts):
        return draft_title(sight, act)
    if any(operation.id == act for operation in sight.operations):
        return operation_title(sight, act)
    return say_if_known(f"kind.{act}", "")


def silent_sentence(sight: Sight, event: Silent) -> str:
    """What is told and moves nothing by itself."""
    match event:
        case ev.FabricationExposed():
            return say("told.made-up", speaker=name(sight, event.speaker), about=name(sight, event.about))
        case ev.Influenced():
            return say("told.influence", who=name(sight, event.country), campaign=campaign_phrase(sight, event))
        case ev.LeaderChanged():
            return say("told.leader", who=name(sight, event.country), reason=in_names(sight, event.reason.rstrip(".")))
        case ev.DialogueHeld():
            who = listed(sight, event.participants, limit=MANY)
            return say("told.dialogue", who=who, issue=issue_title(sight, event.issue))
        case ev.MotiveNoted():
            return say("told.motive", who=name(sight, event.country), motive=_motive(sight, event))
        case _:
            assert_never(event)


def statement_title(sight: Sight, statement: str) -> Phrase:
    """``the statement by Arden (threaten Dorn ...)``; the id alone if the statement is not known."""
    found = next((s for s in sight.statements if s.id == statement), None)
    if found is None:
        return noun("statement.unknown", id=statement)
    return noun("statement.known", speaker=name(sight, found.speaker), said=_said(sight, found))


def spoken_sentence(sight: Sight, event: Spoken) -> str:
    """A statement, or what became of one."""
    match event:
        case ev.Stated():
            said = event.statement
            until = say("speech.until", turn=said.until) if said.status == "standing" else ""
            about = name(sight, said.about or "")
            return say(f"stated.{said.says}", who=name(sight, said.speaker), about=about, place=_place(sight, said)) + until + "."
        case ev.StatementTested():
            found = next((s for s in sight.statements if s.id == event.statement), None)
            who = name(sight, found.speaker) if found else noun("statement.a-government")
            return first(say(f"told.statement-{key(event.outcome)}", who=who, reason=in_names(sight, event.reason)))
        case _:
            assert_never(event)
