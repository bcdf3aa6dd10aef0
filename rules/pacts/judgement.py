"""Judgement: every turn the engine compares what was owed with what was done, and says why (W1, W106, W155).

A clause that is due is *kept*, *breached* or *excused*; one whose condition did not come about, or that ran out without its case
arising, was *not called*.  A clause that is simply not due yet is not mentioned.  What each kind asks for is found in ``compliance`` (acts)
and ``restraints`` (things left undone).
"""

from __future__ import annotations

from typing import assert_never

from rules import events as ev
from rules.pacts import clauses, compliance, restraints
from rules.pacts.circumstances import condition, unmet
from rules.pacts.clauses import Clause, Forbearance, Upkeep
from rules.pacts.compliance import Found
from rules.pacts.excuses import excuse
from rules.pacts.treaties import Commitment, Verdict
from rules.state import Game
from rules.words import Finding


def judge(game: Game) -> tuple[ev.EventKinds, ...]:
    """Verdicts on all clauses of all commitments for this turn."""
    events = []
    for commitment in game.commitments:
        for number, clause in enumerate(commitment.terms.clauses):
            found = finding(game, commitment, clause)
            if found is not None:
                events.append(ev.Judged.believed(verdict=_verdict(game, commitment, number, clause, *found)))
    return tuple(events)


def _verdict(
    game: Game, commitment: Commitment, number: int, clause: Clause, found: Finding, reason: str
) -> Verdict:
    return Verdict.believed(
        commitment=commitment.id,
        clause=number,
        debtor=clause.debtor,
        turn=game.moment.turn,
        finding=found,
        reason=reason,
        witnesses=commitment.terms.parties if commitment.hidden else (),
    )


def finding(game: Game, commitment: Commitment, clause: Clause) -> Found:
    """What the engine finds on one clause this turn, or None if it was not due."""
    if not clause.since <= game.moment.turn <= clause.until:
        return None
    found = _due(game, commitment, clause)
    if found is not None and found[0] == "breached":
        excused = excuse(game, commitment, clause)
        return ("excused", excused) if excused else found
    if found is None and clause.until == game.moment.turn:
        return "not called", "the clause ran out before its case arose"
    return found


def _due(game: Game, commitment: Commitment, clause: Clause) -> Found:
    if clause.when is not None:
        met = condition(game, clause.when, commitment)
        if met is None:
            return None
        if not met:
            return "not called", unmet(clause.when)
    return _asked(game, commitment, clause)


def _asked(game: Game, commitment: Commitment, clause: Clause) -> Found:
    """What was found on a clause that asks for an act."""
    match clause:
        case clauses.VotePledge():
            return compliance.vote(game, commitment, clause)
        case clauses.GiveAid():
            return compliance.aid(game, commitment, clause)
        case clauses.JoinCoalition():
            return compliance.join(game, commitment, clause)
        case clauses.Defend():
            return compliance.defend(game, commitment, clause)
        case clauses.Consult():
            return compliance.consult(game, commitment, clause)
        case clauses.ShareIntelligence():
            return compliance.intelligence(game, commitment, clause)
        case clauses.SpendAtLeast() | clauses.KeepSanctions() | clauses.HostBase() | clauses.RenounceProgramme():
            return _standing(game, commitment, clause)
        case clauses.Neutrality() | clauses.NonAggression() | clauses.Restraint() | clauses.RemainInFramework() | clauses.NonRecognition():
            return _forborne(game, commitment, clause)
        case _:
            assert_never(clause)


def _standing(game: Game, commitment: Commitment, clause: Upkeep) -> Found:
    """What was found on a clause that asks for a state of things."""
    match clause:
        case clauses.SpendAtLeast():
            return compliance.spend(game, commitment, clause)
        case clauses.KeepSanctions():
            return compliance.sanction(game, commitment, clause)
        case clauses.HostBase():
            return compliance.base(game, commitment, clause)
        case clauses.RenounceProgramme():
            return compliance.programme(game, commitment, clause)
        case _:
            assert_never(clause)


def _forborne(game: Game, commitment: Commitment, clause: Forbearance) -> Found:
    """What was found on a clause that asks for leaving something undone."""
    match clause:
        case clauses.Neutrality():
            return restraints.neutrality(game, commitment, clause)
        case clauses.NonAggression():
            return restraints.non_aggression(game, commitment, clause)
        case clauses.Restraint():
            return restraints.restraint(game, commitment, clause)
        case clauses.RemainInFramework():
            return restraints.framework(game, commitment, clause)
        case clauses.NonRecognition():
            return restraints.non_recognition(game, commitment, clause)
        case _:
            assert_never(clause)
