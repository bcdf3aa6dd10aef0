"""Composing an offer at the terminal: partner, kind, terms; then what it is worth, and whether to send it."""

from __future__ import annotations

from collections.abc import Callable

from client.bots.appraisal import lay, worth_of
from client.bots.assembly import open_drafts
from client.bots.outlook import Outlook
from client.bots.seats import SKILL_DEFAULT
from client.bots.thought import alone
from rules.force.economy import means
from rules.orders import Propose
from rules.state import View
from rules.vocabulary import CHOICES, Choice, Clause, Defend, GiveAid, JoinCoalition, Terms, Voted, VotePledge
from server.narrate.amounts import decimal, payoff
from server.narrate.language import say
from server.narrate.names import worded
from server.narrate.terms import terms_sentence
from server.narrate.words import first, name
from server.terminal import kinds as kinds_of
from server.terminal.prompts import Prompts


def compose(view: View, ask: Prompts) -> Propose | None:
    """An offer that the person wants to send, or None."""
    others = [c for c in view.atlas.countries if c != view.viewer]
    chosen = ask.pick(say("compose.to"), [first(name(view, c)) for c in others])
    if chosen is None:
        return None
    partner = others[chosen]
    them = name(view, partner)
    kinds: list[tuple[str, Callable[[], Terms | None]]] = [
        (say("compose.alike", them=them), lambda: _alike(view, partner, ask)),
        (say("compose.buy", them=them), lambda: _bought(view, view.viewer, partner, ask)),
        (first(say("compose.sell", them=them)), lambda: _bought(view, partner, view.viewer, ask)),
        (say("compose.mutual"), lambda: _mutual(view, partner)),
        (first(say("compose.company", them=them)), lambda: _company(view, partner, ask)),
        (say("compose.restraint"), lambda: kinds_of.restraint(view, partner, ask)),
        (say("compose.base"), lambda: kinds_of.base(view, partner, ask)),
        (say("compose.sanctions"), lambda: kinds_of.sanctions(view, partner, ask)),
        (say("compose.talks"), lambda: kinds_of.talks(view, partner, ask)),
        (say("compose.common-forces"), lambda: kinds_of.common_forces(view, partner, ask)),
    ]
    kind = ask.pick(say("compose.what"), [label for label, _ in kinds])
    terms = None if kind is None else kinds[kind][1]()
    if terms is None:
        return None
    terms = terms.model_copy(update={"secret": ask.yes(say("compose.secret"))})
    table = alone(lay(outlook := Outlook(view, SKILL_DEFAULT), open_drafts(outlook)))
    ask.say(f"{say('seat.you-offer', terms=terms_sentence(view, terms))}.")
    mine, theirs = worth_of(table, terms, view.viewer), worth_of(table, terms, partner)
    ask.say(say("compose.expect", mine=payoff(mine, signed=True), them=them, theirs=payoff(theirs, signed=True)))
    return Propose(terms=terms, until=view.moment.turn) if ask.yes(say("compose.send")) else None


def _issue(view: View, ask: Prompts) -> str | None:
    if len(view.atlas.issues) == 1:
        return view.atlas.issues[0].id
    chosen = ask.pick(say("compose.issue"), [worded(issue.title) for issue in view.atlas.issues])
    return None if chosen is None else view.atlas.issues[chosen].id


def _choice(ask: Prompts) -> Choice | None:
    chosen = ask.pick(say("compose.vote"), [say(f"choice.{choice}") for choice in CHOICES])
    return None if chosen is None else CHOICES[chosen]


def _terms(view: View, partner: str, clauses: tuple[Clause, ...], *, formal: bool = False) -> Terms:
    parties = (view.viewer, partner)
    return Terms(parties=parties, clauses=clauses, formal=parties if formal else ())


def _alike(view: View, partner: str, ask: Prompts) -> Terms | None:
    issue, choice = _issue(view, ask), _choice(ask)
    if issue is None or choice is None:
        return None
    now, last = view.moment.turn, view.atlas.turns
    theirs = VotePledge(debtor=partner, since=now, until=last, issue=issue, choice=choice)
    when = Voted(country=partner, issue=issue, choice=choice)
    mine = VotePledge(debtor=view.viewer, since=now, until=last, issue=issue, choice=choice, when=when)
    return _terms(view, partner, (theirs, mine))


def _bought(view: View, payer: str, voter: str, ask: Prompts) -> Terms | None:
    issue, choice = _issue(view, ask), _choice(ask)
    amount = _amount(view, payer, ask)
    if issue is None or choice is None or amount is None:
        return None
    now, last = view.moment.turn, min(view.moment.turn + 1, view.atlas.turns)
    pledge = VotePledge(debtor=voter, since=now, until=last, issue=issue, choice=choice)
    when = Voted(country=voter, issue=issue, choice=choice)
    aid = GiveAid(debtor=payer, since=now, until=last, to=voter, amount=amount, when=when)
    return _terms(view, voter if payer == view.viewer else payer, (pledge, aid))


def _amount(view: View, payer: str, ask: Prompts) -> float | None:
    """A sum that the payer can give in a turn."""
    limit = means(view, payer)
    return ask.number(say("compose.amount", payer=first(name(view, payer)), limit=decimal(limit)), limit)


def _mutual(view: View, partner: str) -> Terms:
    now, last = view.moment.turn, view.atlas.turns
    clauses = tuple(Defend(debtor=c, since=now, until=last) for c in (view.viewer, partner))
    return _terms(view, partner, clauses, formal=True)


def _company(view: View, partner: str, ask: Prompts) -> Terms | None:
    targets = [c for c in view.atlas.countries if c not in (view.viewer, partner)]
    likely = [c for c in targets if any(issue.target == c for issue in view.atlas.issues)]
    targets = likely or targets
    chosen = 0 if len(targets) == 1 else ask.pick(say("compose.against"), [first(name(view, c)) for c in targets])
    if chosen is None:
        return None
    now, last = view.moment.turn, view.atlas.turns
    clauses: list[Clause] = [JoinCoalition(debtor=partner, since=now, until=last, target=targets[chosen], level="token")]
    if ask.yes(say("compose.with-aid")):
        amount = _amount(view, view.viewer, ask)
        if amount is None:
            return None
        clauses.append(GiveAid(debtor=view.viewer, since=now, until=last, to=partner, amount=amount))
    return _terms(view, partner, tuple(clauses))
