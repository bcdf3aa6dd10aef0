"""Clauses and terms as sentences: who owes what to whom, until when, and on what condition."""

from __future__ import annotations

from typing import assert_never

from rules.state import Sight
from rules.vocabulary import Clause, Defend, GiveAid, JoinCoalition, Terms, Voted, VotePledge
from server.narrate.words import issue_title, listed, money, name

LEAST = {"statement": "at least in words", "token": "with at least a token contribution", "full": "with a full contribution"}


def clause_sentence(sight: Sight, clause: Clause, parties: tuple[str, ...] = ()) -> str:
    """One clause, without a full stop: ``France votes no on Force against Iraq if Russia does``."""
    debtor = name(sight, clause.debtor)
    match clause:
        case VotePledge():
            said = f"{debtor} votes {clause.choice} on {issue_title(sight, clause.issue)}"
            same = clause.when is not None and (clause.when.issue, clause.when.choice) == (clause.issue, clause.choice)
            return f"{said} if {name(sight, clause.when.country)} does" if clause.when and same else said + _when(sight, clause.when)
        case GiveAid():
            given = f"{debtor} gives {name(sight, clause.to)} {money(clause.amount)} a turn"
            return given + _when(sight, clause.when)
        case JoinCoalition():
            return f"{debtor} joins an operation against {name(sight, clause.target)} {LEAST[clause.level]}" + _when(sight, clause.when)
        case Defend():
            return f"{debtor} defends {_allies(sight, clause, parties)} against {_enemy(sight, clause)}" + _when(sight, clause.when)
        case _:
            assert_never(clause)


def _allies(sight: Sight, clause: Defend, parties: tuple[str, ...]) -> str:
    if clause.ally is not None:
        return name(sight, clause.ally)
    others = [party for party in parties if party != clause.debtor]
    return listed(sight, others, limit=6) if others else "the other parties"


def _enemy(sight: Sight, clause: Defend) -> str:
    return "any attack" if clause.against is None else f"an attack by {name(sight, clause.against)}"


def _when(sight: Sight, when: Voted | None) -> str:
    return f" if {name(sight, when.country)} votes {when.choice} on {issue_title(sight, when.issue)}" if when else ""


def terms_sentences(sight: Sight, terms: Terms) -> list[str]:
    """Every clause, then what holds for all: who is formally bound, until when, how many it takes."""
    said = _mutual(sight, terms) or _in_chorus(sight, terms)
    said = said or [clause_sentence(sight, clause, terms.parties) for clause in terms.clauses]
    return said + _conditions(sight, terms)


def _mutual(sight: Sight, terms: Terms) -> list[str]:
    """A pact in which every party defends every other, as one sentence instead of many."""
    alike = all(isinstance(c, Defend) and c.ally is None and c.when is None for c in terms.clauses)
    enemies = {c.against for c in terms.clauses if isinstance(c, Defend)}
    if not alike or len(enemies) != 1 or {c.debtor for c in terms.clauses} != set(terms.parties):
        return []
    enemy = next(iter(enemies))
    attack = "any attack" if enemy is None else f"an attack by {name(sight, enemy)}"
    return [f"{listed(sight, terms.parties, limit=6)} defend each other against {attack}"]


def _in_chorus(sight: Sight, terms: Terms) -> list[str]:
    """A joint declaration to vote alike, as one sentence, if nothing else is in the terms."""
    pledges = [c for c in terms.clauses if isinstance(c, VotePledge)]
    leaders = [c for c in pledges if c.when is None]
    if len(pledges) != len(terms.clauses) or len(leaders) != 1 or len(pledges) < 3:  # noqa: PLR2004 - two are said in full
        return []
    leader = leaders[0]
    wanted = (leader.debtor, leader.issue, leader.choice)
    others = [c for c in pledges if c is not leader]
    for c in others:
        if c.when is None or (c.when.country, c.when.issue, c.when.choice) != wanted or (c.issue, c.choice) != wanted[1:]:
            return []
    lead = clause_sentence(sight, leader)
    return [f"{lead}, and {listed(sight, [c.debtor for c in others])} do so if {name(sight, leader.debtor)} does"]


def _conditions(sight: Sight, terms: Terms) -> list[str]:
    said = []
    until = max(clause.until for clause in terms.clauses)
    if sight.moment.turn and until <= sight.atlas.turns:
        said.append(f"it runs to turn {until}")
    if terms.formal:
        whom = "all parties" if set(terms.formal) == set(terms.parties) else listed(sight, terms.formal, limit=6)
        said.append(f"formally binding for {whom}")
    if terms.quorum > 2:  # noqa: PLR2004 - two are the fewest parties there can be
        said.append(f"in force only if {terms.quorum} of {len(terms.parties)} sign")
    if terms.secret:
        said.append("secret")
    return said


def terms_sentence(sight: Sight, terms: Terms) -> str:
    """The terms as one sentence without a full stop."""
    return "; ".join(terms_sentences(sight, terms))
