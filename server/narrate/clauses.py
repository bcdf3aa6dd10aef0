"""Clauses and their conditions as sentences: who owes what to whom, and on what it hangs."""

from __future__ import annotations

from typing import assert_never

from rules.pacts import clauses
from rules.pacts.clauses import Clause
from rules.pacts.conditions import Adopted, Every, Honoured, Joined, Launched, Paid, Singles, Voted
from rules.state import Sight
from rules.words import Choice
from server.narrate.amounts import money, percent
from server.narrate.language import noun, say
from server.narrate.phrases import Phrase
from server.narrate.words import MANY, council_title, issue_title, listed, name

Parties = tuple[str, ...]


def clause_sentence(sight: Sight, clause: Clause, parties: Parties = ()) -> str:
    """One clause, without a full stop: ``France votes no on “Force against Iraq” if Russia does``."""
    asked = _asked(sight, clause, parties)
    when = clause.when
    if isinstance(clause, clauses.VotePledge) and isinstance(when, Voted) and (when.issue, when.choice) == (clause.issue, clause.choice):
        return say("clause.if-alike", clause=asked, other=name(sight, when.country))
    return asked + when_words(sight, when)


def _asked(sight: Sight, clause: Clause, parties: Parties) -> str:
    """What a clause asks of its debtor."""
    debtor = name(sight, clause.debtor)
    match clause:
        case clauses.VotePledge():
            return _votes(sight, clause.debtor, clause.choice, clause.issue)
        case clauses.GiveAid():
            return say("clause.aid", debtor=debtor, to=name(sight, clause.to), amount=money(clause.amount))
        case clauses.JoinCoalition():
            return say(f"clause.join-{clause.level}", debtor=debtor, target=name(sight, clause.target))
        case clauses.Defend():
            whom = _whom(sight, clause, clause.ally, parties)
            return say("clause.defend", debtor=debtor, whom=whom, enemy=attack_by(sight, clause.against))
        case clauses.Consult():
            return say("clause.consult", debtor=debtor, whom=_whom(sight, clause, None, parties))
        case clauses.ShareIntelligence():
            return say("clause.intelligence", debtor=debtor, whom=_whom(sight, clause, clause.to, parties))
        case clauses.KeepSanctions() | clauses.HostBase() | clauses.RenounceProgramme() | clauses.SpendAtLeast():
            return _kept_up(sight, clause)
        case clauses.Neutrality() | clauses.NonAggression() | clauses.Restraint() | clauses.RemainInFramework() | clauses.NonRecognition():
            return _forborne(sight, clause, parties)
        case _:
            assert_never(clause)


def _kept_up(
    sight: Sight, clause: clauses.KeepSanctions | clauses.HostBase | clauses.RenounceProgramme | clauses.SpendAtLeast
) -> str:
    """A state of things that a clause asks its debtor to keep."""
    debtor = name(sight, clause.debtor)
    match clause:
        case clauses.KeepSanctions():
            message = "clause.sanction" if clause.level else "clause.no-sanction"
            return say(message, debtor=debtor, target=name(sight, clause.target), share=percent(clause.level))
        case clauses.HostBase():
            return say("clause.base", debtor=debtor, guest=name(sight, clause.guest))
        case clauses.RenounceProgramme():
            return say("clause.renounce", debtor=debtor)
        case clauses.SpendAtLeast():
            return say("clause.spend-in-common" if clause.pooled else "clause.spend", debtor=debtor, share=percent(clause.share))
        case _:
            assert_never(clause)


def _forborne(sight: Sight, clause: clauses.Forbearance, parties: Parties) -> str:
    """What a clause asks its debtor to leave undone."""
    debtor = name(sight, clause.debtor)
    match clause:
        case clauses.Neutrality():
            if clause.towards is None:
                return say("clause.neutrality", debtor=debtor)
            return say("clause.neutrality-towards", debtor=debtor, towards=name(sight, clause.towards))
        case clauses.NonAggression():
            return say("clause.non-aggression", debtor=debtor, whom=_whom(sight, clause, clause.ally, parties))
        case clauses.Restraint():
            return say(f"clause.restraint-{clause.short_of}", debtor=debtor, towards=name(sight, clause.towards))
        case clauses.RemainInFramework():
            return say("clause.framework", debtor=debtor, whom=_whom(sight, clause, None, parties))
        case clauses.NonRecognition():
            return say("clause.non-recognition", debtor=debtor, of=name(sight, clause.of))
        case _:
            assert_never(clause)


def _votes(sight: Sight, country: str, choice: Choice, issue: str) -> str:
    return say(f"clause.vote-{choice}", debtor=name(sight, country), issue=issue_title(sight, issue))


def _whom(sight: Sight, clause: Clause, named: str | None, parties: Parties) -> Phrase:
    if named is not None:
        return name(sight, named)
    others = [party for party in parties if party != clause.debtor]
    return listed(sight, others, limit=MANY) if others else noun("clause.other-parties")


def attack_by(sight: Sight, enemy: str | None) -> Phrase:
    """``an attack by Iraq``, ``any attack``."""
    return noun("clause.any-attack") if enemy is None else noun("clause.attack", enemy=name(sight, enemy))


def when_words(sight: Sight, when: Singles | Every | None) -> str:
    """`` if France votes no on “Force against Iraq”``; nothing for a clause without condition."""
    if when is None:
        return ""
    parts = [_single(sight, single) for single in (when.of if isinstance(when, Every) else (when,))]
    return say("when.if", conditions=say("when.and").join(parts))


def _single(sight: Sight, when: Singles) -> str:
    match when:
        case Voted():
            return _votes(sight, when.country, when.choice, when.issue)
        case Adopted():
            body = council_title(sight, when.council) if when.council else noun("when.a-council")
            return say("when.adopted", body=body, issue=issue_title(sight, when.issue))
        case Launched():
            leader, target = (name(sight, side) if side else noun("when.anybody") for side in (when.leader, when.target))
            return say("when.launched", leader=leader, target=target)
        case Joined():
            return say("when.joined", country=name(sight, when.country), target=name(sight, when.target))
        case Paid():
            return say("when.paid", country=name(sight, when.country), to=name(sight, when.to), amount=money(when.amount))
        case Honoured():
            where = noun("when.these-terms") if when.commitment is None else noun("commitment.unknown", id=when.commitment)
            return say("when.honoured", country=name(sight, when.country), where=where)
        case _:
            assert_never(when)
