"""In the councils: what to table, what to say, when to withdraw, how to vote."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from client.bots.dice import Dice
from client.bots.forecast import Case, Forecast, forecasts
from client.bots.futures import Text, gap_of, outcome_gap
from client.bots.outlook import Outlook, is_over
from client.bots.thought import Thought
from rules.orders import Act, Declare, Table, Vote, Withdraw
from rules.state import Council, Issue
from rules.vocabulary import CHOICES, Action, Ballot, Draft

ASKED: tuple[Action, ...] = ("condemn", "demand", "sanction", "authorise force")  # what bots ask councils for
HOPE = 0.3  # chance of adoption that a sponsor goes by before it has bargained; less after each draft taken back
TABLING_COST = 0.05  # payoff: what it takes to carry a draft through a council (W148: attention binds)


def seats(outlook: Outlook) -> tuple[Council, ...]:
    """The councils in which the player sits."""
    return tuple(c for c in outlook.view.atlas.councils if outlook.view.viewer in c.members)


def on_table(outlook: Outlook) -> tuple[Draft, ...]:
    """Drafts that wait for a vote."""
    return tuple(d for d in outlook.view.drafts if d.status == "tabled")


def open_drafts(outlook: Outlook) -> tuple[Draft, ...]:
    """What bargaining is about: drafts on the table, and a mandate for force that may be worth the unipole's trouble."""
    tabled = on_table(outlook)
    found = list(tabled)
    for council in outlook.view.atlas.councils:
        for issue in outlook.view.atlas.issues:
            known = any(d.issue == issue.id and d.action == "authorise force" for d in tabled)
            if not known and _arguable(outlook, council, issue) and outlook.view.atlas.unipole in council.members:
                mandate = _mandate(outlook, council, issue)
                if float(outcome_gap(outlook, mandate)[outlook.rows[mandate.author]]) > TABLING_COST:
                    found.append(mandate)
    return tuple(found)


def _mandate(outlook: Outlook, council: Council, issue: Issue) -> Draft:
    """The draft by which the unipole would ask for authority to use force."""
    key = ("mandate", council.id, issue.id)
    return outlook.in_public(key, lambda: imagined(outlook, council, issue, "authorise force", outlook.view.atlas.unipole))


def _arguable(outlook: Outlook, council: Council, issue: Issue) -> bool:
    """Whether force over the issue is still a question: it has a target, no mandate yet, and no war was fought."""
    if issue.target is None or is_over(outlook, issue.target):
        return False
    return (council.id, issue.id) not in outlook.in_public("mandates", lambda: _mandates(outlook))


def _mandates(outlook: Outlook) -> frozenset[tuple[str, str]]:
    """The councils that authorised force, and over which issue."""
    given = (d for d in outlook.view.drafts if (d.action, d.status) == ("authorise force", "adopted"))
    return frozenset((d.council, d.issue) for d in given)


def imagined(outlook: Outlook, council: Council, issue: Issue, action: Action, author: str) -> Draft:
    """A draft as it would be if ``author`` tabled it now."""
    assert issue.target is not None, "only issues with a target are argued over"
    return Draft.believed(
        id=f"imagined-{council.id}-{issue.id}-{len(action)}",
        council=council.id,
        author=author,
        action=action,
        issue=issue.id,
        target=issue.target,
        pressed=True,
        turn=outlook.view.moment.turn,
        sponsors=(author,),
    )


def possible_drafts(outlook: Outlook) -> tuple[Draft, ...]:
    """The drafts that the player might table now: of the actions on each open issue those whose adoption could be worth the trouble."""
    view = outlook.view
    if view.moment.round != 1:
        return ()
    known = {draft.issue for draft in on_table(outlook)}
    questions = [
        (council, issue)
        for council in seats(outlook)
        for issue in view.atlas.issues
        if issue.id not in known and issue.target != view.viewer and _arguable(outlook, council, issue)
    ]
    return tuple(
        imagined(outlook, council, issue, action, view.viewer)
        for council, issue in questions
        for action in ASKED
        if float(gap_of(outlook, Text(council.id, issue.id, action, str(issue.target)))[outlook.me]) > TABLING_COST
    )


def new_drafts(outlook: Outlook, dice: Dice, drafts: tuple[Draft, ...], expected: Mapping[str, Forecast]) -> list[Act]:
    """Table the draft that promises most on each issue, if any promises anything."""
    groups: dict[tuple[str, str], list[Draft]] = {}
    for draft in drafts:
        groups.setdefault((draft.council, draft.issue), []).append(draft)
    acts: list[Act] = []
    for (council, issue), group in groups.items():
        values = [prospect(outlook, draft, expected) for draft in group]
        best = int(np.argmax(values))
        if dice.agrees(values[best], outlook.skill, "table", council, issue):
            acts.append(Table(council=council, action=group[best].action, issue=issue, target=group[best].target, pressed=True))
    return acts


def prospect(outlook: Outlook, draft: Draft, expected: Mapping[str, Forecast]) -> float:
    """What a vote on one's own draft is worth against there being none: chance of adoption times what adoption changes, less the fight."""
    gap = float(outcome_gap(outlook, draft)[outlook.me])
    taken_back = len([d for d in outlook.view.drafts if d.issue == draft.issue and d.status == "withdrawn"])
    passes = expected[draft.id].passes if draft.id in expected else 0.0
    return max(passes, HOPE / (1 + taken_back)) * gap - TABLING_COST


def debate(outlook: Outlook, dice: Dice) -> Thought[tuple[Act, ...]]:
    """What to take back and what to declare."""
    drafts = on_table(outlook)
    found = yield from forecasts(Case(outlook, draft) for draft in drafts)
    taken_back = [Withdraw(draft=e.draft.id) for e in found if _gives_up(outlook, dice, e)]
    gone = {act.draft for act in taken_back}
    declared = yield from _declarations(outlook, dice, [e for e in found if e.draft.id not in gone])
    return (*taken_back, *declared)


def _gives_up(outlook: Outlook, dice: Dice, expected: Forecast) -> bool:
    """Whether to take one's own draft off the table: when a vote is expected to fail, refusal weighs on what follows."""
    draft, parameters = expected.draft, outlook.view.parameters
    if draft.author != outlook.view.viewer:
        return False
    passes, gap = expected.passes, float(outcome_gap(outlook, draft)[outlook.me])
    refusal = parameters.legitimacy_denied if draft.action == "authorise force" else 0.0
    harm = refusal * parameters.legitimacy_cost * parameters.cost_value * parameters.war_cost
    return dice.agrees((1.0 - passes) * harm - passes * gap, outlook.skill, "withdraw", draft.id)


def _declarations(outlook: Outlook, dice: Dice, found: list[Forecast]) -> Thought[list[Act]]:
    """Say in public what one is set on: binding oneself draws others along, and shelters them."""
    me = outlook.view.viewer
    open_to = [e for e in found if e.seat(me) >= 0 and e.doubtful(me) and all(b.country != me for b in e.draft.declared)]
    said = [_saying(e, me) for e in open_to]
    after = yield from forecasts(Case(outlook, draft) for draft in said)
    acts: list[Act] = []
    for before, draft, then in zip(open_to, said, after, strict=True):
        seat = before.seat(me)
        if dice.agrees(then.expected(seat) - before.expected(seat), outlook.skill, "declare", draft.id):
            acts.append(Declare(draft=draft.id, choice=draft.declared[-1].choice))
    return acts


def _saying(expected: Forecast, me: str) -> Draft:
    """The draft after the player declared the choice it is set on."""
    best = CHOICES[int(np.argmax(expected.worth[expected.seat(me)]))]
    return expected.draft.model_copy(update={"declared": (*expected.draft.declared, Ballot(country=me, choice=best))})


def votes(outlook: Outlook, dice: Dice) -> Thought[tuple[Act, ...]]:
    """A ballot on every draft, by logit on its worth."""
    found = yield from forecasts(Case(outlook, draft) for draft in on_table(outlook))
    acts: list[Act] = []
    for expected in found:
        seat = expected.seat(outlook.view.viewer)
        if seat >= 0:
            values = [float(v) for v in expected.worth[seat]]
            acts.append(Vote(draft=expected.draft.id, choice=CHOICES[dice.choose(values, outlook.skill, "vote", expected.draft.id)]))
    return tuple(acts)
