"""Circumstances: what happened this turn that a promise can hang on, and whether a condition came about (W155).

A condition has three values: it came about, it did not, or it was not put to the test (None), in which case nothing is due and nothing is
said.
"""

from __future__ import annotations

from typing import assert_never

from rules.exact import add
from rules.pacts.conditions import Adopted, Every, Honoured, Joined, Launched, Paid, Singles, Voted, hangs_on_words, singles
from rules.pacts.treaties import Commitment
from rules.state import Game, Sight, find_council
from rules.vocabulary import Draft, Level, Operation, Side

ARMED: tuple[Level, ...] = ("token", "full")
ROUNDING = 1e-9  # relative: money that differs by less is what was promised


def decided(game: Game, issue: str) -> tuple[Draft, ...]:
    """Drafts on an issue that were put to the vote this turn."""
    return tuple(
        d for d in game.drafts if d.turn == game.moment.turn and d.issue == issue and d.status in ("adopted", "failed")
    )


def sits(sight: Sight, draft: Draft, country: str) -> bool:
    """Whether the country has a vote on the draft."""
    council = find_council(sight, draft.council)
    return council is not None and country in council.members


def ballot_of(draft: Draft, country: str) -> str:
    """How a country voted; ``absent`` if it did not."""
    return next((b.choice for b in draft.ballots if b.country == country), "absent")


def launched(game: Game) -> tuple[Operation, ...]:
    """Operations launched this turn."""
    return tuple(o for o in game.operations if o.status == "launched" and o.turn == game.moment.turn)


def given(operation: Operation, country: str, side: Side) -> Level | None:
    """What a country brings to one side of an operation; its leader brings all it has."""
    if side == "attack" and operation.leader == country:
        return "full"
    return next((c.level for c in operation.coalition if c.country == country and c.side == side), None)


def fights(operation: Operation, country: str, side: Side) -> bool:
    """Whether a country sends forces to one side."""
    return given(operation, country, side) in ARMED


def sent(game: Game, sender: str, receiver: str) -> float:
    """Aid sent between two states this turn, bn USD."""
    return add(p.amount for p in game.payments if (p.sender, p.receiver, p.form) == (sender, receiver, "money"))


def known_to(other: Commitment, commitment: Commitment) -> bool:
    """Whether all who hear of ``commitment`` know of ``other`` too, so that what is found on the first may speak of the second."""
    audience, outer = other.audience(), commitment.audience()
    return audience is None or (outer is not None and outer <= audience)


def condition(game: Game, when: Singles | Every, commitment: Commitment | None = None) -> bool | None:
    """Whether the condition of a clause came about this turn; None if it was not put to the test."""
    if isinstance(when, Every):
        found = [condition(game, single, commitment) for single in when.of]
        return False if False in found else None if None in found else True
    match when:
        case Voted():
            drafts = [d for d in decided(game, when.issue) if sits(game, d, when.country)]
            return all(ballot_of(draft, when.country) == when.choice for draft in drafts) if drafts else None
        case Adopted():
            texts = [d for d in decided(game, when.issue) if when.council in (None, d.council)]
            return any(draft.status == "adopted" for draft in texts) if texts else None
        case Launched():
            return any(when.leader in (None, o.leader) and when.target in (None, o.target) for o in launched(game)) or None
        case Joined():
            attacks = [o for o in launched(game) if o.target == when.target]
            return any(fights(o, when.country, "attack") for o in attacks) if attacks else None
        case Paid():
            return sent(game, when.country, when.to) >= when.amount * (1.0 - ROUNDING) or None
        case Honoured():
            name = when.commitment if when.commitment is not None else commitment.id if commitment else ""
            return not any(v.finding == "breached" and (v.commitment, v.debtor) == (name, when.country) for v in game.verdicts)
        case _:
            assert_never(when)


def counts(sight: Sight, commitment: Commitment, when: Singles | Every | None) -> bool:
    """Whether a clause can be counted on now: it hangs on nothing, or on words that were kept so far."""
    if when is None:
        return True
    broken = {(v.commitment, v.debtor) for v in sight.verdicts if v.finding == "breached"}
    return hangs_on_words(when) and not any(
        isinstance(single, Honoured) and (single.commitment or commitment.id, single.country) in broken for single in singles(when)
    )


def unmet(when: Singles | Every) -> str:
    """Why a condition failed, in words."""
    match when:
        case Voted():
            return f"{when.country} did not vote {when.choice}"
        case Adopted():
            return "the council did not adopt it"
        case Joined():
            return f"{when.country} sent nothing against {when.target}"
        case Honoured():
            return f"{when.country} had broken its word"
        case Launched() | Paid():
            return "the case did not arise"
        case Every():
            return "not all of its conditions came about"
        case _:
            assert_never(when)
