"""Objectives: a small language in which a role says what it wants to hold at the end.

    [not] name[(subject)] [comparison (number | start)]

The subject is ``self`` (the country whose objective it is) or the id of an issue or commitment in double
quotes.  A comparison is one of ``>= <= > < == !=``.  ``start`` is the same payoff term at the opening and
stands beside payoff terms only.  Reading a predicate never looks at a game; asking whether it holds never
changes one.  Every predicate but ``authorised_or_none``, ``adopted`` and ``position``, which are the same for
all, speaks about one country and uses only what that country knows, so a player's view gives the engine's
answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from operator import eq, ge, gt, le, lt, ne
from typing import Literal

import numpy as np

from rules.bases import abroad, hosting
from rules.domestic import weighed
from rules.exact import Array, total
from rules.payoff import own_payoff, payoff
from rules.state import TERMS, Sight, View, index, issue_index
from rules.threat import Standpoint, protected
from rules.vocabulary import Ballot, Defend, Operation, SpendAtLeast

Subject = Literal["self", "issue", "commitment", "nothing"]
Kind = Literal["truth", "number", "payoff"]
Comparison = Callable[[float, float], bool]
COMPARISONS: dict[str, Comparison] = {">=": ge, "<=": le, "==": eq, "!=": ne, ">": gt, "<": lt}
LENGTH_MAX = 200
SAME_PAYOFF = 1e-6
"""Payoffs closer to the start than this count as the start: nobody can see or feel the difference."""
_ID = r"[a-z0-9][a-z0-9.:-]{0,63}"


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


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate that was read.  ``bound`` is None for a truth, a number, or ``"start"``."""

    negated: bool
    name: str
    subject: str
    comparison: str
    bound: float | Literal["start"] | None


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


def holds(predicate: Predicate, sight: Sight, country: str) -> bool:
    """Whether a predicate holds for a country, in the whole game or in that country's own view.

    Raises:
        BadPredicate: it names an issue that the game does not have.
        ValueError: there is no such country, or the view is another's and the predicate needs private
        figures.
    """
    if country not in sight.atlas.countries:
        raise ValueError(f"there is no country {country} in this game")
    value, bound = measured(predicate, sight, country)
    found = value != 0.0 if bound is None else COMPARISONS[predicate.comparison](value, bound)
    return found != predicate.negated


def measured(predicate: Predicate, sight: Sight, country: str) -> tuple[float, float | None]:
    """What a predicate finds for a country, and the number it is compared with (None for a truth); raises like ``holds``."""
    value = WORDS[predicate.name].ask(sight, country, predicate.subject)
    if predicate.bound != "start":
        return value, predicate.bound
    bound = _start(sight, country, predicate.name)
    return (bound if abs(value - bound) <= SAME_PAYOFF else value), bound


def _start(sight: Sight, country: str, term: str) -> float:
    terms = np.atleast_1d(sight.atlas.opening) if isinstance(sight, View) else sight.atlas.opening[index(sight, country)]
    return float(terms[TERMS.index(term)])


def parse(text: str) -> Predicate:
    """Read a predicate.

    Raises:
        BadPredicate: with the position of the first character that does not fit, and the remedy.
    """
    if len(text) > LENGTH_MAX:
        raise BadPredicate(LENGTH_MAX, "the predicate is too long.", f"Use at most {LENGTH_MAX} characters.")
    reader = _Reader(text)
    negated = reader.take(r"not\b") is not None
    start = reader.at
    name = reader.take(r"[a-z_]+") or ""
    if name not in WORDS:
        close = get_close_matches(name, sorted(WORDS), n=1)
        remedy = f"Did you mean {close[0]}?" if close else f"Use one of: {', '.join(sorted(WORDS))}."
        raise BadPredicate(start, f"{name or reader.here()} is not a predicate.", remedy)
    word = WORDS[name]
    subject = "" if word.subject == "nothing" else _subject(reader, name, word.subject)
    comparison, bound = _bound(reader, word.kind)
    if not reader.ended():
        raise reader.misfit("End the predicate here; make two objectives of two wishes.")
    return Predicate(negated, name, subject, comparison, bound)


class _Reader:
    """A place in a text; ``at`` never stands on a blank."""

    def __init__(self, text: str) -> None:
        self.text = text.rstrip()
        self.at = len(self.text) - len(self.text.lstrip())

    def take(self, pattern: str) -> str | None:
        """The text that fits here, stepping over it and the blanks after it; None if it does not fit."""
        match = re.compile(rf"({pattern})\s*").match(self.text, self.at)
        if match is None:
            return None
        self.at = match.end()
        return match[1]

    def ended(self) -> bool:
        return self.at == len(self.text)

    def here(self) -> str:
        return "the end" if self.ended() else self.text[self.at :].split()[0]

    def misfit(self, remedy: str) -> BadPredicate:
        return BadPredicate(self.at, f"{self.here()} does not fit here.", remedy)


def _subject(reader: _Reader, name: str, subject: Subject) -> str:
    wanted = "self" if subject == "self" else f'"{subject}-id"'
    pattern = r"self\b" if subject == "self" else f'"{_ID}"'
    found = ""
    for part in (r"\(", pattern, r"\)"):
        taken = reader.take(part)
        if taken is None:
            raise reader.misfit(f"Write {name}({wanted}).")
        found = taken if part == pattern else found
    return found.strip('"')


def _bound(reader: _Reader, kind: Kind) -> tuple[str, float | Literal["start"] | None]:
    signs = "|".join(COMPARISONS)
    if kind == "truth":
        if re.match(signs, reader.text[reader.at :]):
            raise reader.misfit("This predicate is true or false: leave the comparison out.")
        return "", None
    comparison = reader.take(signs)
    if comparison is None:
        raise reader.misfit(f"A comparison is needed here, one of: {' '.join(COMPARISONS)}.")
    number = reader.take(r"-?[0-9]+(?:\.[0-9]+)?(?![\w.])")
    if number is not None:
        return comparison, float(number)
    if kind == "payoff" and reader.take(r"start\b"):
        return comparison, "start"
    raise reader.misfit("Compare with a number or with start." if kind == "payoff" else "Compare with a number.")
