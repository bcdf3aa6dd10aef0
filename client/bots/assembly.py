"""In the councils: what to table, what to say, when to withdraw, how to vote."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from client.bots.dice import Dice
from client.bots.forecast import forecast, outcome_gap
from client.bots.outlook import Outlook, is_over
from rules.councils import REACH
from rules.orders import Act, Declare, Table, Vote, Withdraw
from rules.state import Council, Issue
from rules.vocabulary import CHOICES, Ballot, Draft


def seats(outlook: Outlook) -> tuple[Council, ...]:
    """The councils in which the player sits."""
    return tuple(c for c in outlook.view.atlas.councils if outlook.view.viewer in c.members)


def on_table(outlook: Outlook) -> tuple[Draft, ...]:
    """Drafts that wait for a vote."""
    return tuple(d for d in outlook.view.drafts if d.status == "tabled")


def open_drafts(outlook: Outlook) -> tuple[Draft, ...]:
    """What bargaining is about: drafts on the table, and the mandate for force that the unipole may seek."""
    tabled = on_table(outlook)
    found = list(tabled)
    for council in outlook.view.atlas.councils:
        for issue in outlook.view.atlas.issues:
            known = any(d.issue == issue.id and d.action == "authorise force" for d in tabled)
            if not known and _arguable(outlook, council, issue) and outlook.view.atlas.unipole in council.members:
                found.append(imagined(outlook, council, issue, "authorise force", outlook.view.atlas.unipole))
    return tuple(found)


def _arguable(outlook: Outlook, council: Council, issue: Issue) -> bool:
    """Whether force over the issue is still a question: it has a target, no mandate yet, and no war was fought."""
    if issue.target is None or is_over(outlook, issue.target):
        return False
    adopted = any(
        (d.council, d.issue, d.action, d.status) == (council.id, issue.id, "authorise force", "adopted")
        for d in outlook.view.drafts
    )
    return not adopted


def imagined(outlook: Outlook, council: Council, issue: Issue, action: str, author: str) -> Draft:
    """A draft as it would be if ``author`` tabled it now."""
    assert issue.target is not None, "only issues with a target are argued over"
    return Draft(
        id=f"imagined-{council.id}-{issue.id}-{len(action)}",
        council=council.id,
        author=author,
        action=action,  # type: ignore[arg-type]  # one of REACH
        issue=issue.id,
        target=issue.target,
        pressed=True,
        turn=outlook.view.moment.turn,
        sponsors=(author,),
    )


def new_drafts(outlook: Outlook, dice: Dice) -> Sequence[Act]:
    """Table the draft that promises most, if any promises anything."""
    view = outlook.view
    acts: list[Act] = []
    if view.moment.round != 1:
        return []
    for council in seats(outlook):
        for issue in view.atlas.issues:
            known = any(d.issue == issue.id for d in on_table(outlook))
            if known or issue.target == view.viewer or not _arguable(outlook, council, issue):
                continue
            drafts = [imagined(outlook, council, issue, action, view.viewer) for action in REACH]
            values = [prospect(outlook, draft) for draft in drafts]
            best = int(np.argmax(values))
            if dice.agrees(values[best], outlook.skill, "table", council.id, issue.id):
                draft = drafts[best]
                acts.append(
                    Table(council=council.id, action=draft.action, issue=issue.id, target=draft.target, pressed=True)
                )
    return acts


def prospect(outlook: Outlook, draft: Draft) -> float:
    """What a vote on one's own draft is worth against there being none: chance of adoption times what adoption changes, less the fight."""
    gap = float(outcome_gap(outlook, draft)[outlook.me])
    taken_back = len([d for d in outlook.view.drafts if d.issue == draft.issue and d.status == "withdrawn"])
    return max(forecast(outlook, draft).passes, HOPE / (1 + taken_back)) * gap - TABLING_COST


HOPE = 0.3  # chance of adoption that a sponsor goes by before it has bargained; less after each draft taken back
TABLING_COST = 0.05  # payoff: what it takes to carry a draft through a council (W148: attention binds)


def withdrawals(outlook: Outlook, dice: Dice) -> list[Withdraw]:
    """Take one's own draft off the table when a vote is expected to fail, since refusal weighs on what follows."""
    acts: list[Withdraw] = []
    for draft in on_table(outlook):
        if draft.author == outlook.view.viewer:
            passes, gap = forecast(outlook, draft).passes, float(outcome_gap(outlook, draft)[outlook.me])
            refusal = outlook.view.parameters.legitimacy_denied if draft.action == "authorise force" else 0.0
            harm = refusal * outlook.view.parameters.legitimacy_cost * outlook.view.parameters.cost_value
            harm = harm * outlook.view.parameters.war_cost
            value = passes * gap - (1.0 - passes) * harm
            if dice.agrees(-value, outlook.skill, "withdraw", draft.id):
                acts.append(Withdraw(draft=draft.id))
    return acts


def declarations(outlook: Outlook, dice: Dice, taken_back: set[str]) -> Sequence[Act]:
    """Say in public what one is set on: binding oneself draws others along, and shelters them."""
    acts: list[Act] = []
    for draft in on_table(outlook):
        expected = forecast(outlook, draft)
        seat = expected.seat(outlook.view.viewer)
        spoken = any(b.country == outlook.view.viewer for b in draft.declared)
        if seat < 0 or spoken or draft.id in taken_back:
            continue
        best = int(np.argmax(expected.worth[seat]))
        said = draft.model_copy(
            update={"declared": (*draft.declared, Ballot(country=outlook.view.viewer, choice=CHOICES[best]))}
        )
        after = forecast(outlook, said)
        value = after.expected(seat) - expected.expected(seat)
        if dice.agrees(value, outlook.skill, "declare", draft.id):
            acts.append(Declare(draft=draft.id, choice=CHOICES[best]))
    return acts


def votes(outlook: Outlook, dice: Dice) -> tuple[Act, ...]:
    """A ballot on every draft, by logit on its worth."""
    acts: list[Act] = []
    for draft in on_table(outlook):
        expected = forecast(outlook, draft)
        seat = expected.seat(outlook.view.viewer)
        if seat >= 0:
            values = [float(v) for v in expected.worth[seat]]
            acts.append(Vote(draft=draft.id, choice=CHOICES[dice.choose(values, outlook.skill, "vote", draft.id)]))
    return tuple(acts)
