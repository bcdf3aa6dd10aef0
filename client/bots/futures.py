"""What follows from the adoption of a draft and from its failure, as one player sees it: war or peace, with or without a mandate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from client.bots.embargo import ties_cut
from client.bots.menace import menace
from client.bots.outlook import (
    POLICY,
    STANDING,
    WELFARE,
    Outlook,
    as_things_stand,
    at_stake,
    defeat,
    launch_chance,
    leader_bill,
    prepared,
    settled,
    winning,
)
from rules.bodies.ballots import reach
from rules.exact import Array
from rules.parameters import Parameters
from rules.state import issue_column
from rules.vocabulary import Action, Draft, Operation


class Text(NamedTuple):
    """What a draft says, whoever tabled it."""

    council: str
    issue: str
    action: Action
    target: str


@dataclass(frozen=True)
class Futures:
    """What follows from adoption and from failure of a draft.

    Positions of the issue, the chance that the council is passed over, how much likelier adoption makes the target's defeat, and what the
    leader's bill and the target's defeat cost every state in either case (shape [state], payoff).
    """

    if_adopted: float
    if_not: float
    bypassed: float
    defeated: float
    harm_adopted: Array
    harm_not: Array


def futures(outlook: Outlook, text: Text) -> Futures:
    """The two futures of a draft, as this player sees them."""
    view = outlook.view
    column = issue_column(view, text.issue)
    now = float(view.world.positions[column])
    operation = prepared(outlook, view.atlas.unipole, text.target, text.issue)
    if text.target == operation.leader:
        nothing = np.zeros(len(view.atlas.countries))
        return Futures(now, now, 0.0, 0.0, nothing, nothing)
    _, then = settled(outlook, operation)
    if text.action != "authorise force":
        authorised, refused = as_things_stand(outlook, operation)
        chance, harm = _war(outlook, operation, authorised=authorised, refused=refused)
        anyway = now + chance * (then - now)
        pulled = now + view.parameters.action_pull * max(reach(view.parameters, text.action) - now, 0.0)
        return Futures(max(pulled, anyway), anyway, 0.0, 0.0, harm, harm)
    mandated, harm_adopted = _war(outlook, operation, authorised=True, refused=False)
    alone, harm_not = _war(outlook, operation, authorised=False, refused=True)
    defeated = (mandated - alone) * winning(outlook, operation)
    return Futures(now + mandated * (then - now), now + alone * (then - now), alone, defeated, harm_adopted, harm_not)


def _war(outlook: Outlook, operation: Operation, *, authorised: bool, refused: bool) -> tuple[float, Array]:
    """Chance of war, and the harm to be expected from it for leader and target."""
    key = ("war", operation.leader, operation.target, operation.issue, operation.coalition, authorised, refused)
    return outlook.remember(key, lambda: _fought(outlook, operation, authorised=authorised, refused=refused))


def _fought(outlook: Outlook, operation: Operation, *, authorised: bool, refused: bool) -> tuple[float, Array]:
    chance = launch_chance(outlook, operation, authorised=authorised, refused=refused)
    harm = defeat(outlook, operation)
    leader = outlook.view.atlas.countries.index(operation.leader)
    harm[leader] += leader_bill(outlook, operation, authorised=authorised, refused=refused)
    return chance, chance * harm


@dataclass(frozen=True)
class Stakes:
    """What hangs on adoption, shape [state]: how much nearer it brings each issue's position, what it saves of standing and of harm.

    ``defeated``: how much likelier it makes the target's defeat, which is worth more or less to whom as each player fears the target.
    """

    nearer: Array
    standing: Array
    harm_not: Array
    harm_adopted: Array
    defeated: float

    def worth(self, rows: int | slice, parameters: Parameters, salience: float, policy: float, standing: float) -> Array:
        """All of it together, for rows of states that mind so much, in payoff."""
        nearer = parameters.policy_value * salience * self.nearer[rows] * policy
        worth: Array = nearer + self.standing[rows] * standing + self.harm_not[rows] - self.harm_adopted[rows]
        return worth


def outcome_gap(outlook: Outlook, draft: Draft) -> Array:
    """What adoption is worth against failure, to every state, whatever it votes itself.  Shape [state], payoff."""
    return gap_of(outlook, Text(draft.council, draft.issue, draft.action, draft.target))


def gap_of(outlook: Outlook, text: Text) -> Array:
    """The same of a text that nobody need have tabled.

    Others are guessed at by the public defaults, by every player alike; only the own row differs.
    """
    return outlook.remember(text, lambda: _gap(outlook, text))


def _gap(outlook: Outlook, text: Text) -> Array:
    if outlook.view.viewer == outlook.view.atlas.unipole:  # reads its plans off its own weights, others guess them
        stakes, guess = _guess(outlook, text)
    else:
        stakes, guess = outlook.in_public((outlook.skill, text), lambda: _guess(outlook.stranger, text))
    me, gap = outlook.me, guess.copy()
    weights, salience = outlook.weights[me], outlook.salience[me, issue_column(outlook.view, text.issue)]
    gap[me] = stakes.worth(me, outlook.view.parameters, salience, weights[POLICY], weights[STANDING])
    if stakes.defeated:
        gap += stakes.defeated * menace(outlook, outlook.rows[text.target])
    if text.action == "sanction":
        cut = ties_cut(outlook, text.council, text.target)
        gap -= cut
        gap[me] += cut[me] * (1.0 - weights[WELFARE])
    return gap


def _guess(eyes: Outlook, text: Text) -> tuple[Stakes, Array]:
    """What hangs on adoption, and what it is worth to each state by the public defaults."""
    view, parameters = eyes.view, eyes.view.parameters
    ahead = futures(eyes, text)
    ideal = view.atlas.ideal[:, issue_column(view, text.issue)]
    nearer = np.abs(ideal - ahead.if_not) - np.abs(ideal - ahead.if_adopted)
    stake = eyes.in_public(("stake", view.atlas.unipole), lambda: at_stake(eyes, view.atlas.unipole))
    stakes = Stakes(nearer, parameters.standing_value * ahead.bypassed * stake, ahead.harm_not, ahead.harm_adopted, ahead.defeated)
    alike = eyes.board.defaults
    return stakes, stakes.worth(slice(None), parameters, 1.0, alike[POLICY], alike[STANDING])
