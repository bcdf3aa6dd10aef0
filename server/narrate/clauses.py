"""Clauses and their conditions as sentences: who owes what to whom, and on what it hangs."""

from __future__ import annotations

from typing import assert_never

from rules import clauses
from rules.clauses import Clause, Forbearance
from rules.conditions import Adopted, Every, Honoured, Joined, Launched, Paid, Singles, Voted
from rules.state import Sight
from server.narrate.words import council_title, issue_title, listed, money, name, percent

LEAST = {"statement": "at least in words", "token": "with at least a token contribution", "full": "with a full contribution"}
Parties = tuple[str, ...]


def clause_sentence(sight: Sight, clause: Clause, parties: Parties = ()) -> str:
    """One clause, without a full stop: ``France votes no on Force against Iraq if Russia does``."""
    debtor = name(sight, clause.debtor)
    if isinstance(clause, clauses.VotePledge) and isinstance(clause.when, Voted):
        same = (clause.when.issue, clause.when.choice) == (clause.issue, clause.choice)
        if same:
            return f"{debtor} {_asked(sight, clause, parties)} if {name(sight, clause.when.country)} does"
    return f"{debtor} {_asked(sight, clause, parties)}{when_words(sight, clause.when)}"


def _asked(sight: Sight, clause: Clause, parties: Parties) -> str:
    """What a clause asks of its debtor."""
    match clause:
        case clauses.VotePledge():
            return f"votes {clause.choice} on {issue_title(sight, clause.issue)}"
        case clauses.GiveAid():
            return f"gives {name(sight, clause.to)} {money(clause.amount)} a turn"
        case clauses.JoinCoalition():
            return f"joins an operation against {name(sight, clause.target)} {LEAST[clause.level]}"
        case clauses.Defend():
            return f"defends {_whom(sight, clause, clause.ally, parties)} against {_enemy(sight, clause)}"
        case clauses.Consult():
            return f"talks with {_whom(sight, clause, None, parties)} when called to"
        case clauses.ShareIntelligence():
            return f"shares intelligence with {_whom(sight, clause, clause.to, parties)}"
        case clauses.KeepSanctions() | clauses.HostBase() | clauses.RenounceProgramme():
            return _kept_up(sight, clause)
        case clauses.SpendAtLeast():
            whose = "forces held in common" if clause.pooled else "arms"
            return f"spends at least {percent(clause.share)} of its economy on {whose}"
        case clauses.Neutrality() | clauses.NonAggression() | clauses.Restraint() | clauses.RemainInFramework() | clauses.NonRecognition():
            return _forborne(sight, clause, parties)
        case _:
            assert_never(clause)


def _kept_up(sight: Sight, clause: clauses.KeepSanctions | clauses.HostBase | clauses.RenounceProgramme) -> str:
    """A state of things that a clause asks its debtor to keep."""
    match clause:
        case clauses.KeepSanctions():
            target = name(sight, clause.target)
            cut = f"cuts at least {percent(clause.level)} of its ties with {target}"
            return cut if clause.level else f"keeps no sanctions against {target}"
        case clauses.HostBase():
            return f"keeps a base open to {name(sight, clause.guest)}"
        case clauses.RenounceProgramme():
            return "spends nothing on weapons of mass destruction"
        case _:
            assert_never(clause)


def _forborne(sight: Sight, clause: Forbearance, parties: Parties) -> str:
    """What a clause asks its debtor to leave undone."""
    match clause:
        case clauses.Neutrality():
            return f"stays neutral in wars of {name(sight, clause.towards)}" if clause.towards else "stays neutral in every war"
        case clauses.NonAggression():
            return f"sends no forces against {_whom(sight, clause, clause.ally, parties)}"
        case clauses.Restraint():
            spared = name(sight, clause.towards)
            return f"neither prepares nor joins an attack on {spared}" if clause.short_of == "attack" else f"does not occupy {spared}"
        case clauses.RemainInFramework():
            return f"arranges its defence only together with {_whom(sight, clause, None, parties)}"
        case clauses.NonRecognition():
            return f"concludes nothing in the open with {name(sight, clause.of)}"
        case _:
            assert_never(clause)


def _whom(sight: Sight, clause: Clause, named: str | None, parties: Parties) -> str:
    if named is not None:
        return name(sight, named)
    others = [party for party in parties if party != clause.debtor]
    return listed(sight, others, limit=6) if others else "the other parties"


def _enemy(sight: Sight, clause: clauses.Defend) -> str:
    return "any attack" if clause.against is None else f"an attack by {name(sight, clause.against)}"


def when_words(sight: Sight, when: Singles | Every | None) -> str:
    """`` if France votes no on Force against Iraq``; nothing for a clause without condition."""
    if when is None:
        return ""
    parts = when.of if isinstance(when, Every) else (when,)
    return " if " + " and ".join(_single(sight, single) for single in parts)


def _single(sight: Sight, when: Singles) -> str:
    match when:
        case Voted():
            return f"{name(sight, when.country)} votes {when.choice} on {issue_title(sight, when.issue)}"
        case Adopted():
            body = council_title(sight, when.council) if when.council else "a council"
            return f"{body} adopts a text on {issue_title(sight, when.issue)}"
        case Launched():
            whom = name(sight, when.target) if when.target else "anybody"
            return f"{name(sight, when.leader) if when.leader else 'anybody'} attacks {whom}"
        case Joined():
            return f"{name(sight, when.country)} sends forces against {name(sight, when.target)}"
        case Paid():
            return f"{name(sight, when.country)} sends {name(sight, when.to)} at least {money(when.amount)}"
        case Honoured():
            where = "it" if when.commitment is None else f"commitment {when.commitment}"
            return f"{name(sight, when.country)} has broken nothing of {where}"
        case _:
            assert_never(when)
