"""Amendments: another action for a text on the table, where the changed text does better than the text as it is.

An author whose text is expected to fail may take less, if less finds the missing votes, rather than take it back; a member who would
rather see another text adopted may ask for a vote on it.  To a member an amendment is worth the vote on the changed text less the vote on
the text, and what it saves or costs that the one fails rather than the other: to be refused a mandate weighs on a war, a demand does not
(W64).
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from client.bots.dice import Dice
from client.bots.forecast import Case, Forecast, forecasts
from client.bots.futures import Fate, gap_between, gap_of, said
from client.bots.outlook import Outlook
from client.bots.thought import Thought
from rules.bodies.councils import check_table, is_text
from rules.errors import Refused
from rules.orders import Act, Sponsor, Table
from rules.vocabulary import Action, Draft

ASKED: tuple[Action, ...] = ("condemn", "demand", "sanction", "authorise force")  # what bots ask councils for
TABLING_COST = 0.05  # payoff: what it takes to carry a draft through a council (W148: attention binds)
AMENDERS_MAX = 15  # members of a body who think of amendments to a text: in an assembly of all states not everybody drafts (W148)
LIKELY = 0.5  # chance from which a text is taken to pass, so that its author leaves it alone


@dataclass(frozen=True, eq=False)
class Change:
    """An amendment that might be tabled, or is: the text as it is, the amendment, and the text as it would be."""

    main: Draft
    amendment: Draft
    changed: Draft


def pending(drafts: Sequence[Draft]) -> list[Change]:
    """The amendments on the table, each with the text that it would change."""
    texts = {draft.id: draft for draft in drafts}
    return [change_of(texts[d.amends], d) for d in drafts if d.amends in texts]


def change_of(main: Draft, amendment: Draft) -> Change:
    """What an amendment would make of a text."""
    sponsors = (*main.sponsors, *(c for c in amendment.sponsors if c not in main.sponsors))
    text = {"action": amendment.action, "target": amendment.target, "sponsors": sponsors, "amended": True, "declared": ()}
    return Change(main, amendment, main.model_copy(update=text))


def amendments(outlook: Outlook, dice: Dice, found: Sequence[Forecast]) -> Thought[list[Act]]:
    """Amendments to table, and others' to accept: for each text the one that is worth most, if it is worth the trouble."""
    best: dict[str, tuple[float, Act]] = {}
    valued = yield from _valued(outlook, list(_possible(outlook, found)), {e.draft.id: e for e in found})
    for change, value in valued:
        known = change.amendment.status == "tabled" and change.amendment in outlook.view.drafts
        act: Act = Sponsor(draft=change.amendment.id) if known else _tabling(change)
        if change.main.id not in best or value > best[change.main.id][0]:
            best[change.main.id] = (value, act)
    worthwhile = {text: (value - TABLING_COST, act) for text, (value, act) in best.items() if value > TABLING_COST}
    return [act for text, (value, act) in worthwhile.items() if dice.agrees(value, outlook.skill, "amend", text)]


def _possible(outlook: Outlook, found: Sequence[Forecast]) -> Iterator[Change]:
    """Amendments that might be worth more than they take, without counting votes."""
    me, drafts = outlook.view.viewer, [e.draft for e in found]
    waiting = pending(drafts)
    yield from (c for c in waiting if c.main.author == me and me not in c.amendment.sponsors)
    taken, texts = {c.main.id for c in waiting if c.amendment.author == me}, {(d.council, d.issue, d.action) for d in drafts if is_text(d)}
    for expected in found:
        main = expected.draft
        if is_text(main) and expected.seat(me) >= 0 and main.id not in taken:
            yield from _thinkable(outlook, expected, texts)


def _thinkable(outlook: Outlook, expected: Forecast, others: Container[tuple[str, str, Action]]) -> Iterator[Change]:
    """Other actions for a text; what ``others`` on the table say already need not be made of this one."""
    main, me = expected.draft, outlook.view.viewer
    if main.author == me and expected.passes > LIKELY:
        return
    for action in ASKED:
        if action == main.action or (main.council, main.issue, action) in others:
            continue
        update = {"id": f"{main.id}-{action[0]}", "author": me, "action": action, "amends": main.id, "pressed": False, "sponsors": (me,)}
        change = change_of(main, main.model_copy(update={**update, "declared": (), "amended": False}))
        if _prize(outlook, change) > TABLING_COST and _foremost(outlook, change, expected) and _may_table(outlook, change):
            yield change


def _foremost(outlook: Outlook, change: Change, expected: Forecast) -> bool:
    """Whether the player is the author, or one of those to whom the change matters most by anybody's guess: others leave it to them."""
    if change.main.author == outlook.view.viewer or len(expected.council.members) <= AMENDERS_MAX:
        return True
    rather = gap_between(outlook.stranger, Fate(said(change.changed), adopted=True), Fate(said(change.main), adopted=True))
    members = [outlook.rows[country] for country in expected.council.members]
    before = [row for row in members if rather[row] > rather[outlook.me]]
    return len(before) < AMENDERS_MAX


def _prize(outlook: Outlook, change: Change) -> float:
    """The most that there could be in it for the player: the changed text adopted, rather than the text adopted, or refused."""
    rather = gap_between(outlook, Fate(said(change.changed), adopted=True), Fate(said(change.main), adopted=True))
    return max(float(rather[outlook.me]), float(gap_of(outlook, said(change.changed))[outlook.me]) + _spared(outlook, change))


def _spared(outlook: Outlook, change: Change) -> float:
    """What it is worth that the changed text fails rather than the text."""
    spared = gap_between(outlook, Fate(said(change.changed), adopted=False), Fate(said(change.main), adopted=False))
    return float(spared[outlook.me])


def _may_table(outlook: Outlook, change: Change) -> bool:
    try:
        check_table(outlook.view, outlook.view.viewer, _tabling(change))
    except Refused:
        return False
    return True


def _tabling(change: Change) -> Table:
    amendment = change.amendment
    return Table(
        council=amendment.council, action=amendment.action, issue=amendment.issue, target=amendment.target, amends=change.main.id
    )


def _valued(outlook: Outlook, changes: Sequence[Change], found: dict[str, Forecast]) -> Thought[list[tuple[Change, float]]]:
    """What each amendment is worth to the player, as likely as it is to be carried.

    An author decides on its own text alone, and could take it back instead.  Others count the votes only where it would be
    worth their trouble if the amendment were certain to be carried.
    """
    me = outlook.view.viewer
    after = yield from forecasts(Case(outlook, change.changed) for change in changes)
    most = [_at_most(outlook, change, then, found[change.main.id]) for change, then in zip(changes, after, strict=True)]
    doubtful = [k for k, change in enumerate(changes) if change.main.author != me and most[k] > TABLING_COST]
    votes = yield from forecasts(Case(outlook, changes[k].amendment) for k in doubtful)
    passes = dict(zip(doubtful, (vote.passes for vote in votes), strict=True))
    return [(change, passes.get(k, 1.0) * most[k]) for k, change in enumerate(changes)]


def _at_most(outlook: Outlook, change: Change, then: Forecast, before: Forecast) -> float:
    """What a change is worth to the player if it is certain to be made."""
    me = outlook.view.viewer
    if change.main.author == me:
        return staked(outlook, then) - max(staked(outlook, before), 0.0)
    return then.expected(then.seat(me)) - before.expected(before.seat(me)) + _spared(outlook, change)


def staked(outlook: Outlook, expected: Forecast) -> float:
    """What it is worth to the author to put its draft to the vote rather than take it back.

    Beside adoption there is what a vote does by being taken: at home, and with those who vote the same and those who do not; and a mandate
    that is refused is worse than none.
    """
    worth, text = expected.expected(expected.seat(outlook.view.viewer)), said(expected.draft)
    if expected.draft.amends is not None:
        return worth
    return worth + float(gap_between(outlook, Fate(text, adopted=False), Fate(text, adopted=None))[outlook.me])
