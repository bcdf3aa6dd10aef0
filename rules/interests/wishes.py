"""What an objective can ask: one function a word, each about one country or the same for all.

Every word but ``authorised_or_none``, ``adopted`` and ``position``, which are the same for all, speaks about one country and uses only what
that country knows, so a player's view gives the engine's answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rules.exact import Array, total
from rules.force.bases import abroad, hosting
from rules.force.guarantees import protected
from rules.force.threat import Standpoint
from rules.interests.payoff import own_payoff, payoff
from rules.society.domestic import weighed
from rules.state import TERMS, Sight, View, index, issue_index
from rules.vocabulary import Ballot, Defend, Operation, SpendAtLeast

Subject = Literal["self", "issue", "commitment", "nothing"]
Kind = Literal["truth", "number", "payoff"]


class BadPredicate(ValueError):
    """A predicate cannot be read or asked: ``position`` (characters from 0), what is wrong, and the
    ``remedy``.
    """

    def __init__(self, position: int, wrong: str, remedy: str) -> None:
        super().__init__(f"at character {position}: {wrong} {remedy}")
        self.position = position
        self.wrong = wrong
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the language: what it is about, what it yields, and how it is found out."""

    subject: Subject
    kind: Kind
    ask: Callable[[Sight, str, str], float]


def position(sight: Sight, _: str, issue: str) -> float:
    """Where an issue stands, 0..1.  Raises BadPredicate: the game has no such issue."""
    column = issue_index(sight, issue)
    if column is None:
        raise BadPredicate(0, f"the game has no issue {issue!r}.", "Ask about one of its issues.")
    return float(sight.world.positions[column])


def adopted(sight: Sight, _: str, issue: str) -> float:
    """Whether any council has adopted a draft that authorises force on the issue, against whomever (W64)."""
    return float(any((d.action, d.issue, d.status) == ("authorise force", issue, "adopted") for d in sight.drafts))


def authorised_or_none(sight: Sight, _country: str, _subject: str) -> float:
    """Whether no operation was launched without an authorisation of its target and issue given by then (W64,
    Voeten 2001).
    """
    return float(all(_authorised(sight, o) for o in sight.operations if o.status == "launched"))


def _authorised(sight: Sight, launched: Operation) -> bool:
    about = ("authorise force", launched.issue, launched.target)
    return any((d.action, d.issue, d.target) == about and d.status == "adopted" and d.turn <= launched.turn for d in sight.drafts)


def breaches(sight: Sight, country: str, _: str) -> float:
    """Open breaches of the country's own promises so far (W107)."""
    return float(sight.world.breaches[index(sight, country)])


def war_share(sight: Sight, country: str, _: str) -> float:
    """The country's part of what all states together have spent on operations, 0..1; 0 if nothing was spent
    (W64).
    """
    bills = sight.world.war_cost * sight.world.economy
    everything = float(total(bills))
    return float(bills[index(sight, country)]) / everything if everything > 0.0 else 0.0


def joined(sight: Sight, country: str, _: str) -> float:
    """Whether the way into the unipole's protection is complete or open (W98, W135).

    Complete: a commitment in force obliges the unipole to defend the country.  Open: the unipole's goodwill
    towards it is above 0.
    """
    unipole = sight.atlas.unipole
    complete = any(
        isinstance(clause, Defend) and clause.debtor == unipole and country in protected(commitment, clause)
        for commitment in sight.commitments
        if not {unipole, country} & commitment.departing
        for clause in commitment.terms.clauses
    )
    return float(complete or sight.world.goodwill[index(sight, unipole), index(sight, country)] > 0.0)


def company(sight: Sight, country: str, _: str) -> float:
    """How many other states stand where the country stands: in the field or in a council, whichever are more
    (W62, W131).

    In the field: those on its side of the last operation, cancelled ones aside, in which it takes part.  In a
    council: those that cast the same ballot in the last roll call in which it cast one.  0 if it has done
    neither.
    """
    sides = [_beside(o, country) for o in sight.operations if o.status != "cancelled"]
    votes = [_agreeing(d.ballots, country) for d in sight.drafts]
    field = next((number for number in reversed(sides) if number is not None), 0)
    council = next((number for number in reversed(votes) if number is not None), 0)
    return float(max(field, council))


def _beside(operation: Operation, country: str) -> int | None:
    sides = {c.country: c.side for c in operation.coalition}
    sides |= {operation.leader: "attack", operation.target: "defence"}
    return _others_alike(dict(sides), country)


def _agreeing(ballots: tuple[Ballot, ...], country: str) -> int | None:
    return _others_alike({b.country: b.choice for b in ballots}, country)


def _others_alike(stands: dict[str, str], country: str) -> int | None:
    if country not in stands:
        return None
    return len([other for other, stand in stands.items() if other != country and stand == stands[country]])


def in_force(sight: Sight, country: str, commitment: str) -> float:
    """Whether the country is a party to a commitment in force and has not given notice (W130)."""
    return float(any(c.id == commitment and country in c.terms.parties and country not in c.departing for c in sight.commitments))


def governs(sight: Sight, country: str, _: str) -> float:
    """Whether no operation against the country has been launched with success (W9)."""
    return float(not any(o.target == country and o.status == "launched" and o.success for o in sight.operations))


def hosts(sight: Sight, country: str, _: str) -> float:
    """How many foreign bases there are on the country's soil (W144, W175)."""
    return float(hosting(sight)[index(sight, country)])


def bases(sight: Sight, country: str, _: str) -> float:
    """How many bases the country keeps abroad (W10, W97)."""
    return float(abroad(sight)[index(sight, country)])


def sanctions(sight: Sight, country: str, _: str) -> float:
    """How many states keep sanctions of any level against the country (W157)."""
    return float(len([level for level in sight.world.sanctions.T[index(sight, country)].tolist() if level > 0.0]))


def pooled(sight: Sight, country: str, _: str) -> float:
    """The largest share of its economy that the country owes to forces held in common (W73, W79)."""
    owed = [
        clause.share
        for commitment in sight.commitments
        for clause in commitment.terms.clauses
        if isinstance(clause, SpendAtLeast) and clause.pooled and clause.debtor == country
    ]
    return max(owed, default=0.0)


def now(sight: Sight, country: str) -> Array:
    """The country's payoff terms as things stand now, shape [term]."""
    if isinstance(sight, View):
        if sight.viewer != country:
            raise ValueError(f"the view of {sight.viewer} does not tell what {country} plays for")
        return own_payoff(sight)
    row = index(sight, country)
    world, atlas = sight.world, sight.atlas
    one = slice(row, row + 1)
    eyes = Standpoint(
        (row,),
        world.hostile[one],
        world.kept[one],
        world.broken[one],
        atlas.salience[one],
        weighed(atlas.weights[one], world.temper[one], sight.parameters),
    )
    terms: Array = payoff(sight, eyes, world.received[one], sight.commitments)[0]
    return terms


def _term(column: int) -> Callable[[Sight, str, str], float]:
    return lambda sight, country, _: float(now(sight, country)[column])


WORDS: dict[str, Word] = {
    "position": Word("issue", "number", position),
    "adopted": Word("issue", "truth", adopted),
    "authorised_or_none": Word("nothing", "truth", authorised_or_none),
    "breaches": Word("self", "number", breaches),
    "war_share": Word("self", "number", war_share),
    "joined": Word("self", "truth", joined),
    "company": Word("self", "number", company),
    "in_force": Word("commitment", "truth", in_force),
    "governs": Word("self", "truth", governs),
    "hosts": Word("self", "number", hosts),
    "bases": Word("self", "number", bases),
    "sanctions": Word("self", "number", sanctions),
    "pooled": Word("self", "number", pooled),
    **{name: Word("self", "payoff", _term(column)) for column, name in enumerate(TERMS)},
}
