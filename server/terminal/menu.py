"""What a seat can do now, as a few groups of numbered options, each with what it can expect from what it knows.

Expectations come from the functions that payoff bots use, applied to the seat's own view: they are guesses about the others, not knowledge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from client.bots.appraisal import Table, lay, worth_of
from client.bots.assembly import imagined, on_table, open_drafts, prospect, seats
from client.bots.bargaining import proposals
from client.bots.board import Board
from client.bots.campaign import GUNS_STEPS
from client.bots.forecast import forecast
from client.bots.joining import join_values
from client.bots.outlook import Outlook, as_things_stand, is_over, leader_value, prepared
from client.bots.seats import SKILL_DEFAULT
from client.bots.thought import alone
from rules import orders as o
from rules.bodies.councils import ACTIONS, PROCEDURAL
from rules.errors import Refused
from rules.exact import total
from rules.force.operations import check_announce
from rules.state import SPENDING, View
from rules.turn import open_acts
from rules.vocabulary import CHOICES, LEVELS, Ballot, Draft, GiveAid, Offer, Operation
from server.narrate.acts import act_phrase
from server.narrate.amounts import likelihood, money, payoff, percent
from server.narrate.clauses import when_words
from server.narrate.language import say
from server.narrate.terms import terms_sentence
from server.narrate.words import draft_about, first, issue_title, listed, name, operation_about
from server.terminal.instruments import instruments

SUGGESTIONS_MAX = 6
Kind = Literal[
    "answer", "suggested", "debate", "new drafts", "ballot", "owed", "budget", "join", "lead", "prepare", "bound",
    "state", "base", "sanction", "spending",
]  # fmt: skip
INSTRUMENTS: dict[str, Kind] = {"state": "state", "base": "base", "sanction": "sanction", "budget": "spending"}
FUND_MARGIN = 1.000001  # against rounding: a fund a hair larger than the payments


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what it says, the act it stands for, and what the viewer can expect from it, if that can be said."""

    text: str
    act: o.SeatAct
    worth: float | None = None

    @property
    def label(self) -> str:
        """The text with the expectation in brackets."""
        return self.text if self.worth is None else f"{self.text}  [{say('menu.expect', worth=payoff(self.worth, signed=True))}]"


@dataclass(frozen=True, slots=True)
class Group:
    """Choices that belong together: of one ``kind``, ``about`` the offer, draft or operation of this name; a draft has its ``chance``."""

    title: str
    options: tuple[Option, ...]
    kind: Kind
    about: str = ""
    chance: float | None = None


def menu(view: View, board: Board | None = None) -> tuple[Group, ...]:
    """Everything open to the viewer now, in groups; groups without options are left out.

    ``board`` holds what menus of other seats at the same moment of the same game found out in public, to be found once.
    """
    allowed = open_acts(view)
    outlook = Outlook(view, SKILL_DEFAULT, board)
    groups: list[Group] = []
    if "propose" in allowed:
        table = alone(lay(outlook, open_drafts(outlook)))
        groups += [_answer(table, offer) for offer in view.offers if _waits(view, offer)]
        groups.append(_suggested(table))
    if "table" in allowed:
        groups += [_debate(outlook, draft) for draft in on_table(outlook)]
        groups.append(_new_drafts(outlook))
    if "vote" in allowed:
        groups += [_ballot(outlook, draft) for draft in on_table(outlook)]
    if "budget" in allowed:
        groups += [_owed(view), _budget(view), *_operations(outlook)]
    groups += [_instrument(view, title, acts) for title, acts in instruments(view, frozenset(allowed))]
    if "renounce" in allowed:
        groups.append(_bound(view))
    return tuple(group for group in groups if group.options)


def _instrument(view: View, title: str, acts: tuple[o.SeatAct, ...]) -> Group:
    kind = INSTRUMENTS[acts[0].kind] if acts else "state"
    return Group(title, tuple(_option(view, act) for act in acts), kind)


def _option(view: View, act: o.SeatAct, value: float | None = None) -> Option:
    return Option(first(act_phrase(view, act)), act, value)


# ---- bargaining -----------------------------------------------------------------------------------------------------------------------


def _waits(view: View, offer: Offer) -> bool:
    signed = any(s.country == view.viewer for s in offer.signatures)
    return offer.author != view.viewer and not signed and view.viewer not in offer.rejected


def _answer(table: Table, offer: Offer) -> Group:
    view = table.view
    value = worth_of(table, offer.terms, view.viewer)
    title = first(say("menu.answer", author=name(view, offer.author), terms=terms_sentence(view, offer.terms)))
    options = [Option(say("menu.sign"), o.Sign(offer=offer.id, needs=(offer.author,)), value)]
    others = [c for c in offer.terms.parties if c not in (view.viewer, offer.author)]
    if others:
        everybody = o.Sign(offer=offer.id, needs=tuple(c for c in offer.terms.parties if c != view.viewer))
        options.append(Option(say("menu.sign-together", needs=listed(view, everybody.needs)), everybody))
    options.append(Option(say("menu.reject"), o.Reject(offer=offer.id), 0.0))
    return Group(title, tuple(options), "answer", offer.id)


def _suggested(table: Table) -> Group:
    view = table.view
    found = sorted(proposals(table), key=lambda item: (-item[1], item[0].parties))[:SUGGESTIONS_MAX]
    acts = [(o.Propose(terms=terms, until=view.moment.turn), value) for terms, value in found]
    options = tuple(_option(view, act, value) for act, value in acts)
    return Group(say("menu.suggested"), options, "suggested")


def _bound(view: View) -> Group:
    mine = [offer for offer in view.offers if offer.author == view.viewer]
    bound = [c for c in view.commitments if view.viewer in c.terms.parties and view.viewer not in c.departing]
    acts: list[o.SeatAct] = [*(o.Retract(offer=offer.id) for offer in mine), *(o.Renounce(commitment=c.id) for c in bound)]
    return Group(say("menu.bound"), tuple(_option(view, act) for act in acts), "bound")


# ---- councils -------------------------------------------------------------------------------------------------------------------------


def _debate(outlook: Outlook, draft: Draft) -> Group:
    view = outlook.view
    expected = forecast(outlook, draft)
    seat = expected.seat(view.viewer)
    if seat < 0:
        return Group("", (), "debate")
    by = say("menu.yours") if draft.author == view.viewer else say("menu.by", sponsors=listed(view, draft.sponsors))
    title = first(say("menu.debate", draft=draft_about(view, draft), by=by, chance=likelihood(expected.passes)))
    options = []
    for choice in CHOICES:
        said = draft.model_copy(update={"declared": (*draft.declared, Ballot(country=view.viewer, choice=choice))})
        value = forecast(outlook, said).expected(seat) - expected.expected(seat)
        options.append(Option(say(f"menu.declare-{choice}"), o.Declare(draft=draft.id, choice=choice), value))
    if view.viewer not in draft.sponsors:
        options.append(Option(say("menu.sponsor"), o.Sponsor(draft=draft.id)))
    if view.viewer == draft.author:
        options.append(Option(say("menu.withdraw"), o.Withdraw(draft=draft.id)))
    return Group(title, tuple(options), "debate", draft.id, expected.passes)


def _new_drafts(outlook: Outlook) -> Group:
    view, options = outlook.view, []
    tabled = {(d.issue, d.action) for d in on_table(outlook)}
    for council in seats(outlook):
        for issue in view.atlas.issues:
            for action in ACTIONS:
                if action in PROCEDURAL or issue.target in (None, view.viewer) or (issue.id, action) in tabled:
                    continue
                draft = imagined(outlook, council, issue, action, view.viewer)
                value = prospect(outlook, draft, {draft.id: forecast(outlook, draft)})
                act = o.Table(council=council.id, action=action, issue=issue.id, target=issue.target, pressed=True)
                options.append(_option(view, act, value))
    return Group(say("menu.new-drafts"), tuple(options), "new drafts")


def _ballot(outlook: Outlook, draft: Draft) -> Group:
    view = outlook.view
    expected = forecast(outlook, draft)
    seat = expected.seat(view.viewer)
    if seat < 0:
        return Group("", (), "ballot")
    options = []
    for column, choice in enumerate(CHOICES):
        text = say(f"menu.vote-{choice}", chance=likelihood(float(expected.adopted[seat, column])))
        options.append(Option(text, o.Vote(draft=draft.id, choice=choice), float(expected.worth[seat, column])))
    return Group(first(draft_about(view, draft)), tuple(options), "ballot", draft.id, expected.passes)


# ---- orders ---------------------------------------------------------------------------------------------------------------------------


def _owed(view: View) -> Group:
    """Aid that a commitment obliges the viewer to send this turn, if its condition came about or has none."""
    options = []
    for commitment in view.commitments:
        for clause in commitment.terms.clauses:
            if not isinstance(clause, GiveAid) or clause.debtor != view.viewer:
                continue
            if clause.since <= view.moment.turn <= clause.until:
                message, when = "menu.owed-if" if clause.when else "menu.owed", when_words(view, clause.when)
                text = say(message, to=name(view, clause.to), amount=money(clause.amount), when=when)
                options.append(Option(text, o.Aid(to=clause.to, amount=clause.amount)))
    return Group(say("menu.pay"), tuple(options), "owed")


def _budget(view: View) -> Group:
    guns = float(view.world.guns[view.me])
    free = 1.0 - float(total(view.world.spending[view.me]))
    shares = [min(guns * step, free) for step in GUNS_STEPS]
    named = zip(("less", "as-now", "more"), shares, strict=True)
    options = [Option(say(f"menu.{word}", share=percent(share)), o.Budget(guns=share, aid=0.0)) for word, share in named]
    return Group(say("menu.budget"), tuple(options), "budget")


def _operations(outlook: Outlook) -> Iterator[Group]:
    view = outlook.view
    for operation in view.operations:
        if operation.status == "announced" and view.viewer not in (operation.leader, operation.target):
            yield _join(outlook, operation)
        elif operation.status == "announced" and view.viewer == operation.leader:
            yield _lead(outlook, operation)
    options = []
    for issue in view.atlas.issues:
        if issue.target is None or is_over(outlook, issue.target):
            continue
        act = o.Announce(target=issue.target, issue=issue.id)
        try:
            check_announce(view, view.viewer, act)
        except Refused:
            continue
        value = _leads_to(outlook, prepared(outlook, view.viewer, issue.target, issue.id))
        text = say("menu.announce", target=name(view, issue.target), issue=issue_title(view, issue.id))
        options.append(Option(text, act, value))
    yield Group(say("menu.prepare"), tuple(options), "prepare")


def _leads_to(outlook: Outlook, operation: Operation) -> float:
    authorised, refused = as_things_stand(outlook, operation)
    return leader_value(outlook, operation, authorised=authorised, refused=refused)


def _lead(outlook: Outlook, operation: Operation) -> Group:
    launch = Option(say("menu.launch"), o.Launch(operation=operation.id), _leads_to(outlook, operation))
    give_up = Option(say("menu.give-up"), o.Cancel(operation=operation.id))
    return Group(say("menu.lead", target=name(outlook.view, operation.target)), (launch, give_up), "lead", operation.id)


def _join(outlook: Outlook, operation: Operation) -> Group:
    values = join_values(outlook, operation, outlook.me)
    words = {level: say(f"level.{level}") for level in LEVELS}
    options = [
        Option(say("menu.join", level=words[level]), o.Join(operation=operation.id, side="attack", level=level), float(values[1 + k]))
        for k, level in enumerate(LEVELS)
    ]
    options += [
        Option(say("menu.help", level=words[level]), o.Join(operation=operation.id, side="defence", level=level)) for level in LEVELS
    ]
    return Group(first(operation_about(outlook.view, operation)), tuple(options), "join", operation.id)


# ---- an envelope that holds together --------------------------------------------------------------------------------------------------


def with_fund(view: View, acts: tuple[o.SeatAct, ...]) -> tuple[o.SeatAct, ...]:
    """The same acts with one budget, which says what all of them said and sets aside what the payments of aid need."""
    acts = _one_budget(acts)
    paid = sum(act.amount for act in acts if isinstance(act, o.Aid))
    if not paid:
        return acts
    share = min(paid / float(view.world.economy[view.me]) * FUND_MARGIN, view.parameters.aid_share_max)
    ordered = next((act for act in acts if isinstance(act, o.Budget)), o.Budget())
    wished = float(view.world.guns[view.me]) if ordered.guns is None else ordered.guns
    kept = dict(zip(SPENDING, view.world.spending[view.me].tolist(), strict=True))
    besides = sum(kept[part] if getattr(ordered, part) is None else getattr(ordered, part) for part in SPENDING)
    budget = ordered.model_copy(update={"guns": max(min(wished, 1.0 - share - besides), 0.0), "aid": share})
    return (budget, *(act for act in acts if not isinstance(act, o.Budget)))


def _one_budget(acts: tuple[o.SeatAct, ...]) -> tuple[o.SeatAct, ...]:
    """The same acts with all budgets made one; where two speak of one share, the later holds."""
    said = {name: value for act in acts if isinstance(act, o.Budget) for name, value in act.model_dump(exclude_none=True).items()}
    rest = tuple(act for act in acts if not isinstance(act, o.Budget))
    return (o.Budget.model_validate(said), *rest) if said else rest
