"""What follows from the adoption of a text and from its failure, as one player sees it: war or peace, with or without a mandate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from client.bots.embargo import ties_cut
from client.bots.leading import whose_war
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
from rules.state import find_draft, issue_column
from rules.vocabulary import Action, Draft, Operation


class Text(NamedTuple):
    """What a draft says, whoever tabled it."""

    council: str
    issue: str
    action: Action
    target: str


class Fate(NamedTuple):
    """A text that is adopted, or refused, or never put to the vote (None)."""

    text: Text
    adopted: bool | None


@dataclass(frozen=True)
class Course:
    """What follows from the fate of a text.

    Position of the issue, chance of war and of winning it, chance that the council is passed over, and what the leader's bill and the
    target's defeat cost every state (shape [state], payoff).
    """

    position: float
    war: float
    winning: float
    bypassed: float
    harm: Array


def course(outlook: Outlook, fate: Fate, leader: str) -> Course:
    """What follows from the fate of a text, as this player sees it: ``leader`` would lead the war, if there is one."""
    view, text = outlook.view, fate.text
    now = float(view.world.positions[issue_column(view, text.issue)])
    operation = prepared(outlook, leader, text.target, text.issue)
    _, then = settled(outlook, operation)
    authorised, refused = as_things_stand(outlook, operation)
    if text.action == "authorise force" and fate.adopted is not None:
        authorised, refused = fate.adopted, not fate.adopted
    chance, harm = _war(outlook, operation, authorised=authorised, refused=refused)
    place = now + chance * (then - now)
    if fate.adopted and text.action != "authorise force":
        place = max(now + view.parameters.action_pull * max(reach(view.parameters, text.action) - now, 0.0), place)
    return Course(place, chance, winning(outlook, operation), 0.0 if authorised else chance, harm)


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
    """What hangs on one fate rather than another, shape [state]: how much nearer it brings each issue's position, what it saves of standing
    and of harm.

    ``defeated``: how much likelier it makes the target's defeat, which is worth more or less to whom as each player fears the target.
    """

    nearer: Array
    standing: Array
    harm_not: Array
    harm: Array
    defeated: float

    def worth(self, rows: int | slice, parameters: Parameters, salience: float, policy: float, standing: float) -> Array:
        """All of it together, for rows of states that mind so much, in payoff."""
        nearer = parameters.policy_value * salience * self.nearer[rows] * policy
        worth: Array = nearer + self.standing[rows] * standing + self.harm_not[rows] - self.harm[rows]
        return worth


def outcome_gap(outlook: Outlook, draft: Draft) -> Array:
    """What a yes of the council is worth against a no, to every state, whatever it votes itself.  Shape [state], payoff.

    An amendment is taken for the choice between two texts, as if the one that it leaves were adopted: everybody is for the text it prefers.
    """
    text, main = said(draft), find_draft(outlook.view, draft.amends) if draft.amends else None
    return gap_of(outlook, text) if main is None else gap_between(outlook, Fate(text, adopted=True), Fate(said(main), adopted=True))


def said(draft: Draft) -> Text:
    """What a draft says."""
    return Text(draft.council, draft.issue, draft.action, draft.target)


def gap_of(outlook: Outlook, text: Text) -> Array:
    """What adoption is worth against failure, of a text that nobody need have tabled."""
    return gap_between(outlook, Fate(text, adopted=True), Fate(text, adopted=False))


def gap_between(outlook: Outlook, one: Fate, other: Fate) -> Array:
    """What one fate is worth against another, of texts on one issue about one state.  Shape [state], payoff.

    Others are guessed at by the public defaults, by every player alike; only the own row differs.
    """
    return outlook.remember((one, other), lambda: _gap(outlook, one, other))


def _gap(outlook: Outlook, one: Fate, other: Fate) -> Array:
    leader = whose_war(outlook, one.text.target, one.text.issue)
    if outlook.view.viewer == leader:  # reads its plans off its own weights, others guess them
        stakes, guess = _guess(outlook, one, other, leader)
    else:
        key = (outlook.skill, one, other, leader)
        stakes, guess = outlook.in_public(key, lambda: _guess(outlook.stranger, one, other, leader))
    me, gap = outlook.me, guess.copy()
    weights, salience = outlook.weights[me], outlook.salience[me, issue_column(outlook.view, one.text.issue)]
    gap[me] = stakes.worth(me, outlook.view.parameters, salience, weights[POLICY], weights[STANDING])
    if stakes.defeated:
        gap += stakes.defeated * menace(outlook, outlook.rows[one.text.target])
    for fate, sign in ((one, -1.0), (other, 1.0)):
        if fate.adopted and fate.text.action == "sanction":
            cut = sign * ties_cut(outlook, fate.text.council, fate.text.target)
            gap += cut
            gap[me] -= cut[me] * (1.0 - weights[WELFARE])
    return gap


def _guess(eyes: Outlook, one: Fate, other: Fate, leader: str) -> tuple[Stakes, Array]:
    """What hangs on one fate rather than the other, and what it is worth to each state by the public defaults."""
    view, parameters = eyes.view, eyes.view.parameters
    this, that = course(eyes, one, leader), course(eyes, other, leader)
    ideal = view.atlas.ideal[:, issue_column(view, one.text.issue)]
    nearer = np.abs(ideal - that.position) - np.abs(ideal - this.position)
    stake = eyes.in_public(("stake", leader), lambda: at_stake(eyes, leader))
    standing = parameters.standing_value * (that.bypassed - this.bypassed) * stake
    stakes = Stakes(nearer, standing, that.harm, this.harm, (this.war - that.war) * this.winning)
    alike = eyes.board.defaults
    return stakes, stakes.worth(slice(None), parameters, 1.0, alike[POLICY], alike[STANDING])
