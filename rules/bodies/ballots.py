"""What a vote does and what it is worth to the voter: the mechanics behind every ballot.

After a roll call each member's goodwill towards each other moves with agreement and disagreement; whoever pressed the draft minds more; the
displeasure at dissent is divided among those who dissent, which is the shelter of company (W60, W63).  Votes with a pressing unipole are
deference (W37); opinion at home looks at the vote as such.  Bots price a ballot by exactly these functions, in expectation.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules.effects import Columns, Effect, Term
from rules.exact import Array, Rows, frozen, power, total
from rules.lately import lately
from rules.parameters import Parameters
from rules.society.reputation import audience, regime_weight
from rules.state import Council, Game, Sight, find_council, find_draft, index, issue_column
from rules.vocabulary import Action, Choice, Draft

COUNCILS_KEPT = 1024  # one of each body of each session in use
VOTES_KEPT = 64  # drafts whose ballots are at hand while several mechanisms look at them


def reach(parameters: Parameters, action: Action) -> float:
    """How far towards 1 on its issue a text of this action goes."""
    return {
        "condemn": parameters.reach_condemn,
        "appoint": parameters.reach_appoint,
        "demand": parameters.reach_demand,
        "establish": parameters.reach_establish,
        "sanction": parameters.reach_sanction,
        "recognise": parameters.reach_recognise,
        "authorise force": parameters.reach_force,
        "adjourn": 0.0,
    }[action]


def stand(parameters: Parameters, choice: Choice | None) -> float:
    """Where a ballot puts its voter between no (0) and yes (1); no ballot is absence."""
    return {"yes": 1.0, "no": 0.0, "abstain": parameters.stand_abstain, None: parameters.stand_absent}[choice]


def members(sight: Sight, council: Council) -> Rows:
    """State indices of a council's members, in its order."""
    return _rows(sight.atlas.countries, council)


@lately(COUNCILS_KEPT)
def _rows(countries: tuple[str, ...], council: Council) -> Rows:
    rows: Rows = np.array([countries.index(c) for c in council.members])
    rows.setflags(write=False)
    return rows


def pressure(sight: Sight, draft: Draft, council: Council) -> Array:
    """How much each member minds the others' votes: 1, or more for sponsors of a pressed draft.  Shape [member]."""
    factor = sight.parameters.press_factor
    weights: Array = np.array([factor if draft.pressed and c in draft.sponsors else 1.0 for c in council.members])
    return weights


def goodwill_moves(sight: Sight, draft: Draft, council: Council, stands: Array, mine: Array) -> Array:
    """Change of each member's goodwill towards each voter.  ``stands [member]``, ``mine [..., voter]`` -> ``[..., member, voter]``.

    Agreement a = 1 - 2 |s_j - s_i|, sharpened for pressing sponsors, to whom who is not with them is against them (W103).
    Displeasure is divided by (number who disagree with j) ** shelter.
    """
    moves: Array = sympathy(stands, mine, pressure(sight, draft, council), sight.parameters)
    return moves


def sympathy(stands: Array, mine: Array, pressed: Array, parameters: Parameters) -> Array:
    """The same for many votes at once: ``stands``, ``pressed`` ``[..., member]``, ``mine`` ``[..., voter]`` -> ``[..., member, voter]``."""
    edge = 2.0 + np.where(pressed > 1.0, 2.0 * parameters.press_edge, 0.0)[..., None]
    apart = edge * np.abs(stands[..., None] - stands[..., None, :])
    from_mine = apart if mine is stands else edge * np.abs(stands[..., None] - mine[..., None, :])
    agreement, gaps = np.maximum(1.0 - from_mine, -1.0), np.minimum(np.maximum(apart - 1.0, 0.0), 1.0)
    divided = power(np.maximum(total(gaps), 1.0), parameters.shelter)[..., None]
    felt: Array = np.where(agreement < 0.0, agreement / divided, agreement)
    return parameters.goodwill_step * pressed[..., None] * felt


def opinion_moves(sight: Sight, draft: Draft, rows: Rows, stand: Array) -> Array:
    """Change of approval: opinion at home against the ballot cast.  ``rows [row]``, ``stand [..., row]`` -> ``[..., row]``."""
    parameters, atlas = sight.parameters, sight.atlas
    column = issue_column(sight, draft.issue)
    regime = regime_weight(atlas.democracy[rows], parameters)
    away: Array = np.abs(atlas.ideal[rows, column] - reach(parameters, draft.action) * stand)
    return parameters.opinion * regime * (1.0 - 2.0 * away)


def is_unipoles(sight: Sight, draft: Draft) -> bool:
    """Whether the draft is a pressed wish of the unipole."""
    return draft.pressed and sight.atlas.unipole in draft.sponsors


def cast(game: Game, subject: str) -> tuple[Draft, Council, Array]:
    """A draft that was put to the vote, its council, and where each member stood."""
    draft = find_draft(game, subject)
    assert draft is not None, "the subject of a roll call's mechanism is a draft"
    council = find_council(game, draft.council)
    assert council is not None, "a draft is before a council of the scenario"
    return draft, council, _stands(draft, council, game.parameters)


@lately(VOTES_KEPT)
def _stands(draft: Draft, council: Council, parameters: Parameters) -> Array:
    """Where each member stood, from its ballot."""
    given = {b.country: b.choice for b in draft.ballots}
    return frozen([stand(parameters, given.get(c)) for c in council.members])


def relations(game: Game, subject: str) -> Sequence[Effect]:
    """Goodwill after a roll call."""
    draft, council, stands = cast(game, subject)
    moves = goodwill_moves(game, draft, council, stands, stands)
    rows = members(game, council)
    before = game.world.goodwill[rows[:, None], rows]
    after = np.minimum(np.maximum(before + moves, -1.0), 1.0)
    one, other = np.nonzero((after != before) & (rows[:, None] != rows))
    values: list[float] = after[one, other].tolist()
    return Columns(
        "goodwill", list(zip(rows[one].tolist(), rows[other].tolist(), strict=True)), values,
        lambda k: (Term("before", float(before[one[k], other[k]])), Term("agreement and company", float(moves[one[k], other[k]]))),
    )


def deference(game: Game, subject: str) -> Sequence[Effect]:
    """Deference shown by votes on the unipole's pressed drafts."""
    draft, council, stands = cast(game, subject)
    if not is_unipoles(game, draft):
        return ()
    effects = []
    for country, stand in zip(council.members, stands, strict=True):
        if country != game.atlas.unipole and stand > 0.0:
            row = index(game, country)
            before = float(game.world.deference[row])
            effects.append(Effect("deference", (row,), before + float(stand), (Term("before", before),)))
    return effects


def opinion(game: Game, subject: str) -> Sequence[Effect]:
    """Approval at home after a roll call."""
    draft, council, stands = cast(game, subject)
    rows = members(game, council)
    moves = opinion_moves(game, draft, rows, stands)
    was, step = game.world.approval[rows].tolist(), moves.tolist()
    values = [min(max(before + by, 0.0), 1.0) for before, by in zip(was, step, strict=True)]
    places = [(row,) for row in rows.tolist()]
    return Columns("approval", places, values, lambda k: (Term("before", was[k]), Term("opinion", step[k])))


def reversal_cost(sight: Sight, rows: Rows) -> Array:
    """Approval lost by voting otherwise than one declared (W62; Fearon 1994).  Shape [row]."""
    return audience(sight.atlas.democracy[rows], 0.0, sight.parameters)


def reversal(game: Game, subject: str) -> Sequence[Effect]:
    """What it costs at home to vote otherwise than declared, or to stay away after declaring."""
    draft, _, _ = cast(game, subject)
    given = {b.country: b.choice for b in draft.ballots}
    effects = []
    for ballot in draft.declared:
        if given.get(ballot.country) != ballot.choice:
            row = index(game, ballot.country)
            before, cost = float(game.world.approval[row]), float(reversal_cost(game, np.array([row]))[0])
            terms = (Term("before", before), Term("voted otherwise than declared", -cost))
            effects.append(Effect("approval", (row,), max(before - cost, 0.0), terms))
    return effects
