"""Councils: tabling, debate, the open roll call, the bar, the veto and the reason of failure (W154, W155).

A council is data, so the same code counts a Security Council, an Assembly, an alliance that decides by consensus and a committee of four.
Abstention and absence are not vetoes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import get_args

from rules import events as ev
from rules.bodies.decision_rule import (
    ABSTAIN,
    NO,
    YES,
    Rule,
    Tally,
    carried,
    in_favour,
    of_those_voting,
    present,
    reached,
)
from rules.bodies.voting_power import shapley_shubik
from rules.chance import Key
from rules.desk import sealed_acts
from rules.errors import Code, Refused
from rules.lately import lately
from rules.orders import Declare, Sponsor, Table, Vote, Withdraw
from rules.state import Council, Game, Sight, find_council, find_draft, find_issue
from rules.vocabulary import CHOICES, Action, Ballot, Draft

ACTIONS: tuple[Action, ...] = get_args(Action)
PROCEDURAL: frozenset[Action] = frozenset({"adjourn"})
"""Questions on which nobody has a veto."""
WORDS_ONLY: frozenset[Action] = frozenset({"demand", "condemn", "recognise", "adjourn"})
"""What a forum can say."""
VOTES = ("in favour", "of those voting", "anybody in favour")
"""Tallies that a count of the votes tells by itself."""
RULES_KEPT = 1024  # one of each body and kind of question of each session in use
DRAFTS_A_TURN_MAX = 3  # of one author


@dataclass(frozen=True, slots=True)
class Bar:
    """The state of a count: who stands where, what is missing, who vetoes, whether it passes and why.

    ``votes`` in favour (by weight) of ``needed``, where the rule asks for a number; ``missing`` tells what else is not fulfilled.
    """

    yes: tuple[str, ...]
    no: tuple[str, ...]
    abstain: tuple[str, ...]
    silent: tuple[str, ...]
    votes: int
    needed: int
    missing: tuple[str, ...]
    vetoes: tuple[str, ...]
    passes: bool
    reason: str


@lru_cache(maxsize=1024)
def rule_of(council: Council, action: Action | None = None) -> Rule:
    """The decision rule of a council, for a draft of this action where it matters: important questions, and no veto on procedure.

    Actions that are decided alike share one rule.
    """
    return _decided(council, action in council.important, action in PROCEDURAL)


@lately(RULES_KEPT)
def _decided(council: Council, important: bool, procedural: bool) -> Rule:
    return _rule(council, important=important, procedural=procedural)


@lru_cache(maxsize=256)
def _rule(council: Council, *, important: bool, procedural: bool) -> Rule:
    size = len(council.members)
    weights = council.weights or (1,) * size
    tallies: list[Tally] = []
    unanimous = council.method in ("consensus", "forum")
    match council.method:
        case "count":
            tallies.append(in_favour(weights, council.threshold))
        case "majority" | "two thirds" if council.method == "two thirds" or important:
            tallies += [of_those_voting(weights, 2, 3, more=False), in_favour((1,) * size, 1, "anybody in favour")]
        case "majority":
            tallies.append(of_those_voting(weights, 1, 2, more=True))
        case _:  # nobody may object, and no yes is asked for
            pass
    if council.heads:
        tallies.append(in_favour((1,) * size, council.heads, "members in favour"))
    if council.people_needed:
        tallies.append(in_favour(council.people, council.people_needed, "people behind the votes in favour"))
    if council.quorum:
        tallies.append(present(size, council.quorum))
    may_veto = council.veto and not procedural
    return Rule(tuple(tallies), tuple(unanimous or (may_veto and c in council.permanent) for c in council.members))


def bar(council: Council, ballots: tuple[Ballot, ...], action: Action | None = None) -> Bar:
    """Count ballots (or declared stances) on a draft of this action against the council's rule."""
    rule = rule_of(council, action)
    cast = {ballot.country: CHOICES.index(ballot.choice) for ballot in ballots}
    places = {k: cast[c] for k, c in enumerate(council.members) if c in cast}
    yes, no, abstain = (tuple(council.members[k] for k, place in places.items() if place == side) for side in (YES, NO, ABSTAIN))
    silent = tuple(c for c in council.members if c not in cast)
    vetoes = tuple(council.members[k] for k, place in places.items() if place == NO and rule.veto[k])
    weight = dict(zip(council.members, council.weights or (1,) * len(council.members), strict=True))
    votes, against = (sum(int(weight[c]) for c in side) for side in (yes, no))
    needed, count = _count(council, action, votes, against)
    points = {tally.name: reached(tally, places) for tally in rule.tallies}
    missing = tuple(f"{t.name}: {points[t.name]} of {t.needed}" for t in rule.tallies if t.name not in VOTES and points[t.name] < t.needed)
    passes = carried(rule, places)
    reason = _reason(count, max(needed - votes, 0), vetoes, missing, has_veto=any(rule.veto))
    return Bar(yes, no, abstain, silent, votes, needed, missing, vetoes, passes, reason)


def _count(council: Council, action: Action | None, votes: int, against: int) -> tuple[int, str]:
    """Votes in favour that are needed as the others stand, and how the count is told."""
    all_votes = sum(int(w) for w in council.weights) or len(council.members)
    match council.method:
        case "count":
            unit = " votes" if council.weights else ""
            return council.threshold, f"{votes} of {all_votes}{unit} in favour, {council.threshold} needed"
        case "majority" | "two thirds" if council.method == "two thirds" or action in council.important:
            return max(2 * against, 1), f"{votes} in favour, {against} against, two thirds of those voting needed"
        case "majority":
            return against + 1, f"{votes} in favour, {against} against, a majority of those voting needed"
        case _:
            return 0, f"{votes} in favour, {against} against, nobody may object"


def _reason(count: str, short: int, vetoes: tuple[str, ...], missing: tuple[str, ...], *, has_veto: bool) -> str:
    told = "; ".join([count, *missing])
    if short:
        veto = f"; also opposed by {', '.join(vetoes)}, who may veto" if vetoes else ""
        return f"{short} short: {told}{veto}"
    if vetoes:
        return f"vetoed by {', '.join(vetoes)}: {told}"
    if missing:
        return f"not carried: {told}"
    return f"adopted: {told}" + (", no veto" if has_veto else "")


@lru_cache(maxsize=64)
def voting_power(council: Council) -> dict[str, float]:
    """Shapley-Shubik index of each member, from the council's rule (permanent .1963, elected .00186 for 5 + 10 and nine)."""
    return dict(zip(council.members, map(float, shapley_shubik(rule_of(council))), strict=True))


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
    if council.method == "forum" and act.action not in WORDS_ONLY:
        raise Refused(Code.DRAFT_INVALID, "action", f"{council.title} takes no decisions; it can make a demand, condemn or recognise.")
    if act.amends is not None:
        _check_amendment(sight, act)
    content, same_turn = (council.id, act.issue, act.target, act.action, act.amends), of_this_turn(sight)
    if any(d.status == "tabled" and (d.council, d.issue, d.target, d.action, d.amends) == content for d in same_turn):
        raise Refused(Code.DRAFT_INVALID, "issue", "A draft with this action on this issue is already on the table.")
    if len([d for d in same_turn if d.author == country]) >= DRAFTS_A_TURN_MAX:
        raise Refused(Code.TOO_MANY, "council", f"You can table at most {DRAFTS_A_TURN_MAX} drafts in a turn.")
    return council


def _check_amendment(sight: Sight, act: Table) -> None:
    draft = draft_on_table(sight, act.amends or "")
    if (draft.council, draft.issue) != (act.council, act.issue):
        raise Refused(Code.DRAFT_INVALID, "amends", f"Draft {draft.id} is before another council or on another issue.")
    if not is_text(draft) or act.action in PROCEDURAL:
        raise Refused(Code.DRAFT_INVALID, "amends", "Amendments and motions to adjourn cannot be amended, nor a text be made one.")
    if (draft.action, draft.target) == (act.action, act.target):
        raise Refused(Code.DRAFT_INVALID, "amends", "The amendment changes nothing.")


def is_text(draft: Draft) -> bool:
    """Whether a draft is a text of its own, neither an amendment nor a motion."""
    return draft.amends is None and draft.action not in PROCEDURAL


def of_this_turn(sight: Sight) -> list[Draft]:
    """Drafts tabled this turn, the latest first; they stand at the end of the list."""
    return list(takewhile(lambda draft: draft.turn == sight.moment.turn, reversed(sight.drafts)))


def table(sight: Sight, country: str, act: Table) -> tuple[ev.EventKinds, ...]:
    """Put a draft before a council."""
    council = check_table(sight, country, act)
    number: Key = len(of_this_turn(sight)) + 1
    draft = Draft.believed(
        id=f"{council.id}-{sight.moment.turn}-{number}",
        council=council.id,
        author=country,
        action=act.action,
        issue=act.issue,
        target=act.target,
        pressed=act.pressed,
        turn=sight.moment.turn,
        amends=act.amends,
        sponsors=(country,),
    )
    own = find_draft(sight, act.amends) if act.amends else None
    accepted = (_accepted(own, draft),) if own is not None and own.author == country else ()
    return (ev.DraftTabled.believed(draft=draft), *accepted)


def _accepted(draft: Draft, amendment: Draft) -> ev.DraftAmended:
    """A friendly amendment: the author takes it over, and who proposed it becomes a sponsor."""
    sponsors = (*draft.sponsors, *(c for c in amendment.sponsors if c not in draft.sponsors))
    return amended(draft, amendment, sponsors, f"accepted by {draft.author}")


def amended(draft: Draft, amendment: Draft, sponsors: tuple[str, ...], reason: str) -> ev.DraftAmended:
    """The event by which a draft takes over the action and the target of an amendment."""
    return ev.DraftAmended(
        draft=draft.id, amendment=amendment.id, action=amendment.action, target=amendment.target, sponsors=sponsors, reason=reason
    )


def sponsor(sight: Sight, country: str, act: Sponsor) -> tuple[ev.EventKinds, ...]:
    """Put one's name to another's draft; the author of a draft accepts an amendment to it in this way."""
    draft = draft_on_table(sight, act.draft)
    _member(sight, draft.council, country)
    if country in draft.sponsors:
        raise Refused(Code.DRAFT_INVALID, "draft", f"{country} sponsors {draft.id} already.")
    main = find_draft(sight, draft.amends) if draft.amends else None
    accepted = (_accepted(main, draft),) if main is not None and main.author == country and main.status == "tabled" else ()
    return (ev.DraftSponsored.believed(draft=draft.id, country=country), *accepted)


def withdraw(sight: Sight, country: str, act: Withdraw) -> tuple[ev.EventKinds, ...]:
    """Take one's own draft off the table, and with a text the amendments to it."""
    draft = draft_on_table(sight, act.draft)
    if country != draft.author:
        raise Refused(Code.NOT_YOURS, "draft", f"Only {draft.author}, who tabled {draft.id}, can withdraw it.")
    behind = takewhile(lambda other: other.id != draft.id, reversed(sight.drafts))  # an amendment is tabled later than its text
    fallen = [d for d in behind if d.amends == draft.id and d.status == "tabled"][::-1]
    return (
        ev.DraftWithdrawn(draft=draft.id, reason=f"withdrawn by {country} before the vote"),
        *(ev.DraftWithdrawn(draft=d.id, reason=f"not put to the vote: {draft.id} was withdrawn") for d in fallen),
    )


def declare(sight: Sight, country: str, act: Declare) -> tuple[ev.EventKinds, ...]:
    """Say in public how one will vote."""
    draft = draft_on_table(sight, act.draft)
    _member(sight, draft.council, country)
    if any(ballot.country == country for ballot in draft.declared):
        raise Refused(Code.DRAFT_INVALID, "draft", "You have declared yourself; you can vote otherwise, at a price at home.")
    return (ev.StanceDeclared.believed(draft=draft.id, ballot=Ballot.believed(country=country, choice=act.choice)),)


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
    cast = {country: act for country, act in sealed_acts(game, Vote) if act.draft == draft.id}
    ballots = tuple(_ballot(c, cast[c], draft) for c in council.members if c in cast)
    result = bar(council, ballots, draft.action)
    return ev.RollCall.believed(draft=draft.id, ballots=ballots, adopted=result.passes, reason=result.reason)


def _ballot(country: str, act: Vote, draft: Draft) -> Ballot:
    choice = act.if_amended if draft.amended and act.if_amended else act.choice
    return Ballot.believed(country=country, choice=choice, because=act.because)
