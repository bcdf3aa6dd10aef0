"""In the councils: what to table, what to say, when to withdraw, how to vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from client.bots.amending import ASKED, TABLING_COST, amendments, pending, staked
from client.bots.dice import Dice
from client.bots.forecast import Case, Forecast, forecasts
from client.bots.futures import Text, gap_of, outcome_gap
from client.bots.leading import whose_war
from client.bots.outlook import Outlook, is_over
from client.bots.thought import Thought
from rules.orders import Act, Declare, Sponsor, Table, Vote, Withdraw
from rules.state import Council, Issue
from rules.vocabulary import CHOICES, Action, Ballot, Choice, Draft

HOPE = 0.3  # chance of adoption that a sponsor goes by before it has bargained; who took a draft back, or lost the vote, counts votes


def seats(outlook: Outlook) -> tuple[Council, ...]:
    """The councils in which the player sits."""
    return tuple(c for c in outlook.view.atlas.councils if outlook.view.viewer in c.members)


def on_table(outlook: Outlook) -> tuple[Draft, ...]:
    """Drafts that wait for a vote."""
    return tuple(d for d in outlook.view.drafts if d.status == "tabled")


def open_drafts(outlook: Outlook) -> tuple[Draft, ...]:
    """What bargaining is about: drafts on the table, and a mandate for force that may be worth the trouble of whose war it would be."""
    tabled = on_table(outlook)
    found = list(tabled)
    for council in outlook.view.atlas.councils:
        for issue in outlook.view.atlas.issues:
            known = any(d.issue == issue.id and d.action == "authorise force" for d in tabled)
            if issue.target is None or known or not _arguable(outlook, council, issue):
                continue
            leader = whose_war(outlook, issue.target, issue.id)
            if leader in council.members:
                mandate = _mandate(outlook, council, issue, leader)
                if float(outcome_gap(outlook, mandate)[outlook.rows[leader]]) > TABLING_COST:
                    found.append(mandate)
    return tuple(found)


def _mandate(outlook: Outlook, council: Council, issue: Issue, leader: str) -> Draft:
    """The draft by which a state would ask for authority to use force."""
    key = ("mandate", council.id, issue.id, leader)
    return outlook.in_public(key, lambda: imagined(outlook, council, issue, "authorise force", leader))


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
        if (action != "authorise force" or whose_war(outlook, str(issue.target), issue.id) == view.viewer)
        and float(gap_of(outlook, Text(council.id, issue.id, action, str(issue.target)))[outlook.me]) > TABLING_COST
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
    counted = any((d.issue, d.author) == (draft.issue, draft.author) and d.status in ("withdrawn", "failed") for d in outlook.view.drafts)
    passes = expected[draft.id].passes if draft.id in expected else 0.0
    return max(passes, 0.0 if counted else HOPE) * gap - TABLING_COST


def debate(outlook: Outlook, dice: Dice) -> Thought[tuple[Act, ...]]:
    """What to change, what to take back and what to declare."""
    drafts = on_table(outlook)
    found = yield from forecasts(Case(outlook, draft) for draft in drafts)
    changed = yield from amendments(outlook, dice, found)
    gone = {e.draft.id for e in found if _changes(outlook, e.draft, changed)}
    taken_back = [Withdraw(draft=e.draft.id) for e in found if e.draft.id not in gone and _gives_up(outlook, dice, e)]
    gone |= {act.draft for act in taken_back}
    declared = yield from _declarations(outlook, dice, [e for e in found if e.draft.id not in gone])
    return (*changed, *taken_back, *declared)


def _changes(outlook: Outlook, draft: Draft, acts: Sequence[Act]) -> bool:
    """Whether one of the player's acts gives its own draft another text, which has to be thought over anew."""
    accepted = {act.draft for act in acts if isinstance(act, Sponsor)}
    into = {d.amends for d in outlook.view.drafts if d.id in accepted} | {act.amends for act in acts if isinstance(act, Table)}
    return draft.author == outlook.view.viewer and draft.id in into


def _gives_up(outlook: Outlook, dice: Dice, expected: Forecast) -> bool:
    """Whether to take one's own draft off the table: to be refused weighs on what follows, a vote for the record counts at home."""
    draft = expected.draft
    return draft.author == outlook.view.viewer and dice.agrees(-staked(outlook, expected), outlook.skill, "withdraw", draft.id)


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
    drafts, me = on_table(outlook), outlook.view.viewer
    found = yield from forecasts(Case(outlook, draft) for draft in drafts)
    otherwise = yield from _if_amended(outlook, found)
    acts: list[Act] = []
    for expected in found:
        draft = expected.draft.id
        if expected.seat(me) >= 0:
            changed = _ballot(otherwise[draft], me, outlook, dice, "vote if amended") if draft in otherwise else None
            acts.append(Vote(draft=draft, choice=_ballot(expected, me, outlook, dice, "vote"), if_amended=changed))
    return tuple(acts)


def _if_amended(outlook: Outlook, found: Sequence[Forecast]) -> Thought[dict[str, Forecast]]:
    """How the vote on each text will go if it is changed by the likeliest of the amendments that are voted on before it."""
    carried = {e.draft.id: e.passes for e in found}
    likeliest = {c.main.id: c for c in sorted(pending([e.draft for e in found]), key=lambda c: carried[c.amendment.id])}
    changes = [change for change in likeliest.values() if not change.main.amended]
    after = yield from forecasts(Case(outlook, change.changed) for change in changes)
    return {change.main.id: then for change, then in zip(changes, after, strict=True)}


def _ballot(expected: Forecast, country: str, outlook: Outlook, dice: Dice, purpose: str) -> Choice:
    values = [float(v) for v in expected.worth[expected.seat(country)]]
    return CHOICES[dice.choose(values, outlook.skill, purpose, expected.draft.id)]
