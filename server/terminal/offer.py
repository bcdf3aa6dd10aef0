"""Composing an offer at the terminal: partner, kind, terms; then what it is worth, and whether to send it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from client.bots.appraisal import lay, worth_of
from client.bots.assembly import open_drafts
from client.bots.outlook import Outlook
from client.bots.seats import SKILL_DEFAULT
from client.bots.thought import alone
from rules.economy import means
from rules.orders import Propose
from rules.state import View
from rules.vocabulary import CHOICES, Choice, Clause, Defend, GiveAid, JoinCoalition, Terms, Voted, VotePledge
from server.narrate.screen import figure
from server.narrate.terms import terms_sentence
from server.narrate.words import first, name
from server.terminal import kinds as kinds_of


class Prompts(Protocol):
    """How the terminal asks."""

    def pick(self, question: str, labels: list[str]) -> int | None:
        """The index of a choice; None to leave."""
        ...

    def number(self, question: str, largest: float) -> float | None:
        """A number above 0; None to leave."""
        ...

    def yes(self, question: str) -> bool:
        """Yes or no."""
        ...

    def say(self, text: str) -> None:
        """Show a line."""
        ...


def compose(view: View, ask: Prompts) -> Propose | None:
    """An offer that the person wants to send, or None."""
    others = [c for c in view.atlas.countries if c != view.viewer]
    chosen = ask.pick("To whom?", [first(name(view, c)) for c in others])
    if chosen is None:
        return None
    partner = others[chosen]
    them = name(view, partner)
    kinds: list[tuple[str, Callable[[], Terms | None]]] = [
        (f"You vote alike: {them} first, you on the condition that it does", lambda: _alike(view, partner, ask)),
        (f"You give {them} aid for a vote", lambda: _bought(view, view.viewer, partner, ask)),
        (f"{first(them)} gives you aid for your vote", lambda: _bought(view, partner, view.viewer, ask)),
        ("You defend each other", lambda: _mutual(view, partner)),
        (f"{first(them)} joins an operation, for aid if you like", lambda: _company(view, partner, ask)),
        ("Neither of you attacks the other", lambda: kinds_of.restraint(view, partner, ask)),
        ("One of you keeps a base open to the other", lambda: kinds_of.base(view, partner, ask)),
        ("You both begin or end sanctions against a third", lambda: kinds_of.sanctions(view, partner, ask)),
        ("You consult each other, with institutions if you like", lambda: kinds_of.talks(view, partner, ask)),
        ("You hold forces in common", lambda: kinds_of.common_forces(view, partner, ask)),
    ]
    kind = ask.pick("What?", [label for label, _ in kinds])
    terms = None if kind is None else kinds[kind][1]()
    if terms is None:
        return None
    terms = terms.model_copy(update={"secret": ask.yes("Keep it secret?")})
    table = alone(lay(outlook := Outlook(view, SKILL_DEFAULT), open_drafts(outlook)))
    ask.say(f"You offer: {terms_sentence(view, terms)}.")
    mine, theirs = worth_of(table, terms, view.viewer), worth_of(table, terms, partner)
    ask.say(f"You can expect {figure(mine, '+')} from it; {them}, by your guess, {figure(theirs, '+')}.")
    return Propose(terms=terms, until=view.moment.turn) if ask.yes("Send it?") else None


def _issue(view: View, ask: Prompts) -> str | None:
    if len(view.atlas.issues) == 1:
        return view.atlas.issues[0].id
    chosen = ask.pick("On which issue?", [issue.title for issue in view.atlas.issues])
    return None if chosen is None else view.atlas.issues[chosen].id


def _choice(ask: Prompts) -> Choice | None:
    chosen = ask.pick("Which vote?", list(CHOICES))
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
    return ask.number(f"How much a turn, in billions? {first(name(view, payer))} can give at most {limit:.3g}.", limit)


def _mutual(view: View, partner: str) -> Terms:
    now, last = view.moment.turn, view.atlas.turns
    clauses = tuple(Defend(debtor=c, since=now, until=last) for c in (view.viewer, partner))
    return _terms(view, partner, clauses, formal=True)


def _company(view: View, partner: str, ask: Prompts) -> Terms | None:
    targets = [c for c in view.atlas.countries if c not in (view.viewer, partner)]
    likely = [c for c in targets if any(issue.target == c for issue in view.atlas.issues)]
    targets = likely or targets
    chosen = 0 if len(targets) == 1 else ask.pick("Against whom?", [first(name(view, c)) for c in targets])
    if chosen is None:
        return None
    now, last = view.moment.turn, view.atlas.turns
    clauses: list[Clause] = [JoinCoalition(debtor=partner, since=now, until=last, target=targets[chosen], level="token")]
    if ask.yes("With aid from you?"):
        amount = _amount(view, view.viewer, ask)
        if amount is None:
            return None
        clauses.append(GiveAid(debtor=view.viewer, since=now, until=last, to=partner, amount=amount))
    return _terms(view, partner, tuple(clauses))
