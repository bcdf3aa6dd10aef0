"""Statements as phrases and sentences."""

from __future__ import annotations

from typing import assert_never

from rules import orders as o
from rules import society_events as ev
from rules.speech import Manner, Means, Outcome, Statement
from rules.state import Sight
from server.narrate.words import MANY, first, in_names, issue_title, listed, name, percent, subject

Spoken = ev.Stated | ev.StatementTested
Silent = ev.FabricationExposed | ev.Influenced | ev.LeaderChanged | ev.DialogueHeld | ev.MotiveNoted


def spoken_phrase(sight: Sight, act: o.MakeStatement) -> str:
    """What a government can say, as a phrase: ``warn others of Dorn``."""
    made_up = ", on evidence that is made up" if act.fabricated else ""
    until = f", to hold until turn {act.until}" if act.until else ""
    return _said(sight, act.says, act.about, act.issue, act.place) + until + made_up


def _said(sight: Sight, says: Manner, about: str | None, issue: str | None, place: float | None) -> str:
    who = name(sight, about or "")
    where = f"{percent(place or 0.0)} of the way on {issue_title(sight, issue or '')}"
    phrases: dict[Manner, str] = {
        "position": f"declare where it stands: {where}",
        "frame": f"warn others that {who} is a threat",
        "threaten": f"threaten {who} unless it gives in: {where}",
        "reassure": f"pledge restraint towards {who}",
        "demand": f"demand that all take sides: {where}",
        "delegitimise": f"denounce the leadership of {who}",
        "rebuke": f"rebuke {who}",
        "support": f"speak up for {who}",
    }
    return phrases[says]


def campaign_phrase(sight: Sight, act: o.Influence | ev.Influenced) -> str:
    """How a government works on another's politics, as a phrase: ``lobby Arden on Force against Dorn (effort 50 %)``."""
    who = name(sight, act.target)
    phrases: dict[Means, str] = {
        "bond": f"tie bonds with the leaders of {who}",
        "ingratiate": f"take up the agenda of {who}",
        "lobby": f"lobby {who} on {issue_title(sight, act.issue or '')}",
        "oppose": f"support the opposition in {who}",
    }
    return f"{phrases[act.by]} (effort {percent(act.effort)})"


def society_phrase(sight: Sight, act: o.MakeStatement | o.Influence | o.Dialogue | o.NoteMotive) -> str:
    """Words, influence, talks and motives, as phrases that follow "to"."""
    match act:
        case o.MakeStatement():
            return spoken_phrase(sight, act)
        case o.Influence():
            return campaign_phrase(sight, act)
        case o.Dialogue():
            return f"join talks on {issue_title(sight, act.issue)} to which {name(sight, act.host)} invites"
        case o.NoteMotive():
            return f"note a motive: {act.motive}{_motive_of(sight, act.act, act.about)}"
        case _:
            assert_never(act)


def _motive_of(sight: Sight, act: str | None, about: str | None) -> str:
    of = f", for {act}" if act else ""
    return f"{of}, about {name(sight, about)}" if about else of


def silent_sentence(sight: Sight, event: Silent) -> str:
    """What is told and moves nothing by itself."""
    match event:
        case ev.FabricationExposed():
            return f"What {name(sight, event.speaker)} had said of {name(sight, event.about)} was found to be made up."
        case ev.Influenced():
            return f"{subject(sight, event.country)} set out to {campaign_phrase(sight, event)}."
        case ev.LeaderChanged():
            return f"{subject(sight, event.country)} has a new leader: {event.reason.rstrip('.')}."
        case ev.DialogueHeld():
            return f"{first(listed(sight, event.participants, limit=MANY))} held talks on {issue_title(sight, event.issue)}."
        case ev.MotiveNoted():
            said = f"{event.motive}{_motive_of(sight, event.act, event.about)}"
            return f"{subject(sight, event.country)} noted a motive: {said}."
        case _:
            assert_never(event)


def statement_title(sight: Sight, statement: str) -> str:
    """``the threat of Arden against Dorn``; the id alone if the statement is not known."""
    found = next((s for s in sight.statements if s.id == statement), None)
    if found is None:
        return f"statement {statement}"
    return f"what {name(sight, found.speaker)} said ({_of(sight, found)})"


def _of(sight: Sight, said: Statement) -> str:
    return _said(sight, said.says, said.about, said.issue, said.place)


RESULTS: dict[Outcome, str] = {
    "met": "had its way",
    "carried out": "carried out its threat",
    "empty": "did not carry out its threat",
    "kept": "kept its pledge of restraint",
    "broken": "broke its word",
}


def spoken_sentence(sight: Sight, event: Spoken) -> str:
    """A statement, or what became of one."""
    match event:
        case ev.Stated():
            said = event.statement
            until = f", to hold until turn {said.until}" if said.status == "standing" else ""
            return f"{subject(sight, said.speaker)} spoke in public to {_of(sight, said)}{until}."
        case ev.StatementTested():
            found = next((s for s in sight.statements if s.id == event.statement), None)
            who = subject(sight, found.speaker) if found else "A government"
            return f"{who} {RESULTS[event.outcome]}: {in_names(sight, event.reason)}."
        case _:
            assert_never(event)
