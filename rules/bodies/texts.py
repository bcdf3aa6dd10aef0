"""What texts do to the world once a council has voted on them (W70, W72).

An adopted text pulls its issue towards what it asks for, moves the regard in which its target is held, and gives the council back some of
the authority it lost.  A mission goes on working every turn.  A pressed text that was refused can make its sponsors give way.  All of it
weighs as much as the council's mandate.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules.bodies.ballots import cast, members, reach
from rules.effects import Effect, Term
from rules.exact import total
from rules.state import Council, Game, find_council, find_draft, index, issue_column
from rules.vocabulary import Action, Draft

REGARD: dict[Action, float] = {"condemn": -1.0, "sanction": -1.0, "recognise": 1.0, "appoint": 1.0}
"""Texts that blame or honour their target; the others are about what is to be done."""


def _adopted(game: Game, subject: str) -> tuple[Draft, Council] | None:
    draft = find_draft(game, subject)
    council = find_council(game, draft.council) if draft and draft.status == "adopted" else None
    return (draft, council) if draft and council else None


def pull(game: Game, subject: str) -> Sequence[Effect]:
    """What an adopted text short of force does to its issue (authority to use force moves nothing until it is used)."""
    found = _adopted(game, subject)
    if found is None or found[0].action == "authorise force":
        return ()
    draft, council = found
    column, asked = issue_column(game, draft.issue), reach(game.parameters, draft.action)
    before = float(game.world.positions[column])
    after = before + game.parameters.action_pull * council.mandate * max(asked - before, 0.0)
    return (Effect("positions", (column,), after, (Term("before", before), Term("called for", asked), Term("mandate", council.mandate))),)


def regard(game: Game, subject: str) -> Sequence[Effect]:
    """Blame and honour: goodwill of those in favour towards the target, and what its own people think."""
    found = _adopted(game, subject)
    sign = REGARD.get(found[0].action, 0.0) if found else 0.0
    if found is None or not sign:
        return ()
    draft, council = found
    target, parameters = index(game, draft.target), game.parameters
    step = sign * parameters.text_regard * council.mandate
    effects = []
    for ballot in draft.ballots:
        if ballot.choice == "yes" and ballot.country != draft.target:
            at = (index(game, ballot.country), target)
            before = float(game.world.goodwill[at])
            terms = (Term("before", before), Term("voted for the text", step))
            effects.append(Effect("goodwill", at, min(max(before + step, -1.0), 1.0), terms))
    approval, felt = float(game.world.approval[target]), sign * parameters.text_approval * council.mandate
    terms = (Term("before", approval), Term("said of the target", felt))
    effects.append(Effect("approval", (target,), min(max(approval + felt, 0.0), 1.0), terms))
    return effects


def authority(game: Game, subject: str) -> Sequence[Effect]:
    """A council that decides regains authority (W64)."""
    found = _adopted(game, subject)
    if found is None:
        return ()
    row = game.atlas.councils.index(found[1])
    before = float(game.world.authority[row])
    after = min(before + game.parameters.authority_gain, 1.0)
    return (Effect("authority", (row,), after, (Term("before", before), Term("decided", after - before))),)


def give_way(game: Game, subject: str) -> Sequence[Effect]:
    """A pressed text that was refused: its issue moves towards where those against it stand, by their share of the votes (W161)."""
    draft = find_draft(game, subject)
    if draft is None or draft.status != "failed" or not draft.pressed or not game.parameters.policy_adjustment:
        return ()
    _, council, stands = cast(game, subject)
    column = issue_column(game, draft.issue)
    against = stands == 0.0
    if not against.any():
        return ()
    share = float(np.count_nonzero(against)) / len(stands)
    ideals = game.atlas.ideal[members(game, council), column]
    wanted = float(total(ideals[against])) / float(np.count_nonzero(against))
    before = float(game.world.positions[column])
    after = before + game.parameters.policy_adjustment * share * (wanted - before)
    terms = (Term("before", before), Term("share against", share), Term("where they stand", wanted))
    return (Effect("positions", (column,), min(max(after, 0.0), 1.0), terms),)


def missions(game: Game, _: str) -> Sequence[Effect]:
    """The work of missions that councils established: they move their issue every turn, and their sponsors pay."""
    parameters = game.parameters
    positions = {k: float(value) for k, value in enumerate(game.world.positions)}
    costs: dict[int, float] = {}
    for draft in game.drafts:
        found = _adopted(game, draft.id) if draft.action == "establish" else None
        if found is None:
            continue
        column, asked = issue_column(game, draft.issue), reach(parameters, "establish")
        positions[column] += parameters.mission_pull * found[1].mandate * max(asked - positions[column], 0.0)
        for country in draft.sponsors:
            row = index(game, country)
            costs[row] = costs.get(row, 0.0) + parameters.mission_cost
    moved = [
        Effect("positions", (k,), value, (Term("before", float(game.world.positions[k])),))
        for k, value in positions.items()
        if value != float(game.world.positions[k])
    ]
    paid = [
        Effect("war_cost", (row,), before + cost, (Term("before", before), Term("missions", cost)))
        for row, cost in sorted(costs.items())
        for before in (float(game.world.war_cost[row]),)
    ]
    return (*moved, *paid)
