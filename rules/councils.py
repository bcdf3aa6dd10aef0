"""Councils: tabling, debate, the open roll call, the bar, the veto and the reason of failure (W154, W155).

A council is data (members, threshold, veto), so the same code counts a Security Council and a committee of four.  Abstention and absence
are not vetoes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import takewhile
from math import comb

from rules import events as ev
from rules.chance import Key
from rules.errors import Code, Refused
from rules.orders import Declare, Sponsor, Table, Vote, Withdraw
from rules.state import Council, Game, Sight, find_council, find_draft, find_issue
from rules.vocabulary import Action, Ballot, Draft

STAND: dict[str, float] = {"yes": 1.0, "abstain": 0.5, "no": 0.0}
REACH: dict[Action, float] = {"condemn": 0.25, "demand": 0.5, "authorise force": 1.0}
"""How far towards 1 on its issue each action goes."""
DRAFTS_A_TURN_MAX = 3  # of one author


@dataclass(frozen=True, slots=True)
class Bar:
    """The state of a count: votes, what is missing, who vetoes, whether it passes and why."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    abstain: tuple[str, ...]
    silent: tuple[str, ...]
    needed: int
    vetoes: tuple[str, ...]
    passes: bool
    reason: str


def bar(council: Council, ballots: tuple[Ballot, ...]) -> Bar:
    """Count ballots (or declared stances) against the council's rule."""
    cast = {ballot.country: ballot.choice for ballot in ballots}
    sides = {
        choice: tuple(c for c in council.members if cast.get(c) == choice) for choice in ("yes", "no", "abstain")
    }
    silent = tuple(c for c in council.members if c not in cast)
    vetoes = tuple(c for c in sides["no"] if council.veto and c in council.permanent)
    missing = council.threshold - len(sides["yes"])
    passes = missing <= 0 and not vetoes
    reason = _reason(council, len(sides["yes"]), missing, vetoes)
    return Bar(sides["yes"], sides["no"], sides["abstain"], silent, council.threshold, vetoes, passes, reason)


def _reason(council: Council, yes: int, missing: int, vetoes: tuple[str, ...]) -> str:
    count = f"{yes} of {len(council.members)} in favour, {council.threshold} needed"
    if vetoes and missing <= 0:
        return f"vetoed by {', '.join(vetoes)}: {count}"
    if missing > 0:
        veto = f"; also opposed by {', '.join(vetoes)}, who may veto" if vetoes else ""
        return f"{missing} short: {count}{veto}"
    return f"adopted: {count}, no veto"


@lru_cache(maxsize=64)
def voting_power(council: Council) -> dict[str, float]:
    """Shapley-Shubik index of each member, from the council's rule (permanent .1963, elected .00186 for 5 + 10 and nine)."""
    vetoers = len(council.permanent) if council.veto else 0
    size = len(council.members)
    others = size - vetoers
    ordinary = _ordinary_index(size, vetoers, others, council.threshold)
    rest = (1 - others * ordinary) / vetoers if vetoers else Fraction(0)
    return {c: float(rest if vetoers and c in council.permanent else ordinary) for c in council.members}


def _ordinary_index(size: int, vetoers: int, others: int, threshold: int) -> Fraction:
    """Chance that a member without veto is the one that turns a random order of members into a winning coalition."""
    needed = threshold - vetoers  # yes votes of ordinary members, the pivot included
    if needed <= 0 or others == 0:
        return Fraction(0)
    before = vetoers + needed - 1  # all with a veto and needed - 1 others stand before the pivot
    return Fraction(comb(others - 1, needed - 1), comb(size - 1, before) * size)


def draft_on_table(sight: Sight, draft_id: str) -> Draft:
    """A draft that can still be debated.

    Raises:
        Refused: no such draft, or it is decided.
    """
    draft = find_draft(sight, draft_id)
    if draft is None:
        raise Refused(Code.UNKNOWN_DRAFT, "draft", f"There is no draft {draft_id}.")
    if draft.status != "tabled":
        raise Refused(Code.DRAFT_INVALID, "draft", f"Draft {draft_id} is {draft.status}; the debate is over.")
    return draft


def _member(sight: Sight, council_id: str, country: str) -> Council:
    council = find_council(sight, council_id)
    if council is None:
        raise Refused(Code.DRAFT_INVALID, "council", f"There is no council {council_id} in this scenario.")
    if country not in council.members:
        raise Refused(Code.NOT_MEMBER, "author", f"{country} has no seat in {council.title}.")
    return council


def check_table(sight: Sight, country: str, act: Table) -> Council:
    """The council that takes a draft.

    Raises:
        Refused: unknown council, issue or target, not a member, a draft like it is on the table, or too many.
    """
    council = _member(sight, act.council, country)
    issue = find_issue(sight, act.issue)
    if issue is None:
        raise Refused(Code.DRAFT_INVALID, "issue", f"There is no issue {act.issue} in this scenario.")
    if act.target not in sight.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, "target", f"There is no country {act.target} in this scenario.")
    if act.target == country or issue.target not in (None, act.target):
        raise Refused(Code.DRAFT_INVALID, "target", f"A draft on this issue is about {issue.target or 'another country than its author'}.")
    content, same_turn = (council.id, act.issue, act.target, act.action), of_this_turn(sight)
    if any(d.status == "tabled" and (d.council, d.issue, d.target, d.action) == content for d in same_turn):
        raise Refused(Code.DRAFT_INVALID, "issue", "A draft with this action on this issue is already on the table.")
    if len([d for d in same_turn if d.author == country]) >= DRAFTS_A_TURN_MAX:
        raise Refused(Code.TOO_MANY, "council", f"You can table at most {DRAFTS_A_TURN_MAX} drafts in a turn.")
    return council


def of_this_turn(sight: Sight) -> list[Draft]:
    """Drafts tabled this turn, the latest first; they stand at the end of the list."""
    return list(takewhile(lambda draft: draft.turn == sight.moment.turn, reversed(sight.drafts)))


def table(sight: Sight, country: str, act: Table) -> tuple[ev.EventKinds, ...]:
    """Put a draft before a council."""
    council = check_table(sight, country, act)
    number: Key = len(of_this_turn(sight)) + 1
    draft = Draft(
        id=f"{council.id}-{sight.moment.turn}-{number}",
        council=council.id,
        author=country,
        action=act.action,
        issue=act.issue,
        target=act.target,
        pressed=act.pressed,
        turn=sight.moment.turn,
        sponsors=(country,),
    )
    return (ev.DraftTabled(draft=draft),)


def sponsor(sight: Sight, country: str, act: Sponsor) -> tuple[ev.EventKinds, ...]:
    """Put one's name to another's draft."""
    draft = draft_on_table(sight, act.draft)
    _member(sight, draft.council, country)
    if country in draft.sponsors:
        raise Refused(Code.DRAFT_INVALID, "draft", f"{country} sponsors {draft.id} already.")
    return (ev.DraftSponsored(draft=draft.id, country=country),)


def withdraw(sight: Sight, country: str, act: Withdraw) -> tuple[ev.EventKinds, ...]:
    """Take one's own draft off the table."""
    draft = draft_on_table(sight, act.draft)
    if country != draft.author:
        raise Refused(Code.NOT_YOURS, "draft", f"Only {draft.author}, who tabled {draft.id}, can withdraw it.")
    return (ev.DraftWithdrawn(draft=draft.id, reason=f"withdrawn by {country} before the vote"),)


def declare(sight: Sight, country: str, act: Declare) -> tuple[ev.EventKinds, ...]:
    """Say in public how one will vote."""
    draft = draft_on_table(sight, act.draft)
    _member(sight, draft.council, country)
    if any(ballot.country == country for ballot in draft.declared):
        raise Refused(Code.DRAFT_INVALID, "draft", "You have declared yourself; you can vote otherwise, at a price at home.")
    return (ev.StanceDeclared(draft=draft.id, ballot=Ballot(country=country, choice=act.choice)),)


def check_vote(sight: Sight, country: str, act: Vote) -> None:
    """Whether a ballot may be cast.

    Raises:
        Refused: no such draft, decided already, or not a member.
    """
    _member(sight, draft_on_table(sight, act.draft).council, country)


def roll_call(game: Game, draft: Draft) -> ev.RollCall:
    """Open the ballots on one draft; members without a ballot are absent."""
    council = find_council(game, draft.council)
    assert council is not None, "a tabled draft has a council"
    cast = {s.country: s.act.choice for s in game.desk if isinstance(s.act, Vote) and s.act.draft == draft.id}
    ballots = tuple(Ballot(country=c, choice=cast[c]) for c in council.members if c in cast)
    result = bar(council, ballots)
    return ev.RollCall(draft=draft.id, ballots=ballots, adopted=result.passes, reason=result.reason)
