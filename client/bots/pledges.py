"""What hangs on a ballot besides the vote itself: pledges to vote, and aid that is paid for a vote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from client.bots.outlook import Outlook
from client.bots.prices import aid_worth, breach_cost
from client.bots.safety import forfeited
from rules.exact import Array, Rows
from rules.pacts.conditions import Condition, vote_of
from rules.state import Council
from rules.vocabulary import CHOICES, Clause, Commitment, Draft, GiveAid, Terms, VotePledge


class Pledge(NamedTuple):
    """``price`` is added to a member's ``choice``; if ``hangs``, only as far as member ``other`` is likely to make choice ``their``."""

    seat: int
    choice: int
    price: float
    hangs: bool = False
    other: int = 0
    their: int = 0


@dataclass(frozen=True, slots=True)
class Stakes:
    """Pledges of many votes as columns, shape [pledge]."""

    case: Rows
    seat: Rows
    choice: Rows
    price: Array
    hangs: np.typing.NDArray[np.bool_]
    other: Rows
    their: Rows


def stakes(given: Sequence[Array], more: Sequence[Sequence[Pledge]]) -> Stakes:
    """The pledges of several votes as columns: those given already, as tables, and more that are only thought of."""
    table, cases = np.concatenate((*given, _rows([pledge for pledges in more for pledge in pledges]))), np.arange(len(given))
    case = np.concatenate((np.repeat(cases, [len(rows) for rows in given]), np.repeat(cases, [len(pledges) for pledges in more])))
    seat, choice, other, their = (table[:, column].astype(np.intp) for column in (0, 1, 4, 5))
    return Stakes(case, seat, choice, table[:, 2], table[:, 3] > 0.0, other, their)


def pledged(outlook: Outlook, issue: str, council: Council) -> Array:
    """What terms in force add to the choices of members: pledges as rows, shape [pledge, field]."""
    return outlook.last(("pledged", issue, council.id), lambda: _rows(list(_standing(outlook, issue, council))))


def _rows(pledges: Sequence[Pledge]) -> Array:
    return np.array(pledges, dtype=np.float64).reshape(-1, len(Pledge._fields))


def _standing(outlook: Outlook, issue: str, council: Council) -> Iterator[Pledge]:
    """Under terms in force; those to which the player is no party everybody prices alike."""
    for commitment in outlook.promises:
        if outlook.view.viewer in commitment.terms.parties:
            yield from pledges_under(outlook, (commitment.terms,), issue, council)
        else:
            yield from _of_others(outlook, commitment, issue, council)


def _of_others(outlook: Outlook, commitment: Commitment, issue: str, council: Council) -> tuple[Pledge, ...]:
    key = ("pledged", commitment.id, issue, council.id)
    return outlook.board.last(key, lambda: tuple(pledges_under(outlook, (commitment.terms,), issue, council)))


def pledges_under(outlook: Outlook, every: tuple[Terms, ...], issue: str, council: Council) -> Iterator[Pledge]:
    """What terms, in force or only thought of, add to the choices of members."""
    now = outlook.view.moment.turn
    for terms in every:
        for clause in terms.clauses:
            if _on_issue(clause, issue) and clause.since <= now <= clause.until:
                yield from _stake(outlook, issue, council, terms, clause)


def _on_issue(clause: Clause, issue: str) -> bool:
    vote = vote_of(clause.when)
    return (isinstance(clause, VotePledge) and clause.issue == issue) or (vote is not None and vote.issue == issue)


def _stake(outlook: Outlook, issue: str, council: Council, terms: Terms, clause: Clause) -> Iterator[Pledge]:
    match clause:
        case VotePledge() if clause.debtor in council.members and clause.issue == issue:
            yield from _word(outlook, council, terms, clause)
        case GiveAid() if (vote := vote_of(clause.when)) is not None and vote.country == clause.to and clause.to in council.members:
            gain = outlook.view.parameters.cred_prior * aid_worth(outlook, clause.to, clause.amount)
            yield Pledge(council.members.index(clause.to), CHOICES.index(vote.choice), gain)


def _word(outlook: Outlook, council: Council, terms: Terms, clause: VotePledge) -> Iterator[Pledge]:
    """Every choice but the promised one is a breach, as far as the condition comes about."""
    seat, price = council.members.index(clause.debtor), breach_cost(outlook, clause.debtor, terms)
    price += forfeited(outlook, clause.debtor, terms)
    when = vote_of(clause.when)
    if price == 0.0 or (when is not None and (when.country not in council.members or when.issue != clause.issue)):
        return
    for choice, name in enumerate(CHOICES):
        if name != clause.choice and when is None:
            yield Pledge(seat, choice, -price)
        elif name != clause.choice and when is not None:
            other, their = council.members.index(when.country), CHOICES.index(when.choice)
            yield Pledge(seat, choice, -price, hangs=True, other=other, their=their)


def condition_chance(condition: Condition | None, draft: Draft, council: Council, chance: Array) -> float:
    """How likely the condition of a clause is to come about in this vote."""
    if condition is None:
        return 1.0
    when = vote_of(condition)
    if when is None or when.country not in council.members or when.issue != draft.issue:
        return 0.0
    return float(chance[council.members.index(when.country), CHOICES.index(when.choice)])
