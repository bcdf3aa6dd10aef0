"""Alignment with the unipole: how near a state stood to it, in votes and in the field.

Each occasion gives a figure from 0 (against it) over 0.5 (apart) to 1 (with it): in a roll call 1 less the distance between the two ballots
on the line no - abstain - yes (agreement as Lijphart counted it in 1963), in an operation of the unipole 0.5 and more for its coalition,
0.5 and less for the other side, by the level of the contribution.  Alignment is the mean over all occasions so far.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules.bodies.ballots import stand
from rules.bodies.legitimacy import level_weight
from rules.exact import add
from rules.state import Sight
from rules.vocabulary import Draft, Operation

APART = 0.5


def alignment(game: Sight, turn: int) -> tuple[float | None, ...]:
    """Each country's alignment after ``turn``; None while there was no occasion, and for the unipole itself."""
    taken = list(_occasions(game, turn))
    found = []
    for country in game.atlas.countries:
        figures = [] if country == game.atlas.unipole else [occasion[country] for occasion in taken if country in occasion]
        found.append(add(figures) / len(figures) if figures else None)
    return tuple(found)


def _occasions(game: Sight, turn: int) -> Iterator[Mapping[str, float]]:
    """For each occasion the figures of those who had it."""
    for draft in game.drafts:
        if draft.turn <= turn:
            yield _agreement(game, draft)
    for operation in game.operations:
        if operation.status == "launched" and operation.leader == game.atlas.unipole and operation.turn <= turn:
            yield _company(game, operation)


def _agreement(game: Sight, draft: Draft) -> Mapping[str, float]:
    cast = {ballot.country: stand(game.parameters, ballot.choice) for ballot in draft.ballots}
    unipole = cast.get(game.atlas.unipole)
    return {} if unipole is None else {country: 1.0 - abs(own - unipole) for country, own in cast.items()}


def _company(game: Sight, operation: Operation) -> Mapping[str, float]:
    found = dict.fromkeys(game.atlas.countries, APART)
    for part in operation.coalition:
        step = APART * level_weight(game.parameters, part.level)
        found[part.country] = APART + step if part.side == "attack" else APART - step
    return found | {operation.target: 0.0}


def occasions(game: Sight) -> int:
    """How many roll calls with the unipole's ballot, and operations of the unipole, there were."""
    votes = [d for d in game.drafts if any(b.country == game.atlas.unipole for b in d.ballots)]
    wars = [o for o in game.operations if o.status == "launched" and o.leader == game.atlas.unipole]
    return len(votes) + len(wars)
