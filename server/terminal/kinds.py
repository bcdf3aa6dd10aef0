"""Kinds of offers beside votes, aid and defence, for composing one at the terminal: restraint, bases, sanctions, talks, common forces."""

from __future__ import annotations

from rules.pacts.clauses import Clause, Consult, HostBase, KeepSanctions, Restraint, SpendAtLeast
from rules.pacts.treaties import INSTITUTION_MAX, Terms
from rules.state import View
from server.narrate.language import say
from server.narrate.words import first, name
from server.terminal.prompts import Prompts

HALF = 0.5  # of the ties
SHARE_MAX = 0.05  # of the economy for forces in common, the most that the terminal proposes


def _pact(view: View, partner: str, clauses: tuple[Clause, ...], institution: int = 0) -> Terms:
    parties = (view.viewer, partner)
    return Terms(parties=parties, clauses=clauses, formal=parties, institution=institution)


def restraint(view: View, partner: str, _: Prompts) -> Terms:
    """Neither attacks the other."""
    pairs = ((view.viewer, partner), (partner, view.viewer))
    now, last = view.moment.turn, view.atlas.turns
    return _pact(view, partner, tuple(Restraint(debtor=one, towards=other, since=now, until=last) for one, other in pairs))


def base(view: View, partner: str, ask: Prompts) -> Terms | None:
    """One keeps a base open to the other."""
    them = name(view, partner)
    chosen = ask.pick(say("compose.whose-base"), [say("compose.base-there", them=them), say("compose.base-here", them=them)])
    if chosen is None:
        return None
    host, guest = ((partner, view.viewer), (view.viewer, partner))[chosen]
    return _pact(view, partner, (HostBase(debtor=host, guest=guest, since=view.moment.turn, until=view.atlas.turns),))


def sanctions(view: View, partner: str, ask: Prompts) -> Terms | None:
    """Both cut their ties with a third, or keep them whole."""
    others = [c for c in view.atlas.countries if c not in (view.viewer, partner)]
    chosen = ask.pick(say("compose.against"), [first(name(view, c)) for c in others])
    if chosen is None:
        return None
    level = 0.0 if ask.yes(say("compose.end-sanctions")) else HALF
    now, last, target = view.moment.turn, view.atlas.turns, others[chosen]
    both = (view.viewer, partner)
    return _pact(view, partner, tuple(KeepSanctions(debtor=c, target=target, level=level, since=now, until=last) for c in both))


def talks(view: View, partner: str, ask: Prompts) -> Terms | None:
    """They consult each other, with more or less firm institutions."""
    firm = ask.pick(say("compose.firm"), [say(f"compose.organs-{rung}") for rung in range(INSTITUTION_MAX + 1)])
    if firm is None:
        return None
    clauses = tuple(Consult(debtor=c, since=view.moment.turn, until=view.atlas.turns) for c in (view.viewer, partner))
    return _pact(view, partner, clauses, firm)


def common_forces(view: View, partner: str, ask: Prompts) -> Terms | None:
    """Each spends a share of its economy on forces held in common."""
    percent = ask.number(say("compose.share"), 100.0 * SHARE_MAX)
    if percent is None:
        return None
    share = percent / 100.0
    now, last, both = view.moment.turn, view.atlas.turns, (view.viewer, partner)
    return _pact(view, partner, tuple(SpendAtLeast(debtor=c, share=share, pooled=True, since=now, until=last) for c in both))
