"""Acts weighed before they are sent: what they say, what the parties can expect, and in which words the rules would refuse them.

The rules themselves are asked, on the game as it is, and the answer is thrown away but for its refusal, which speaks of nothing that its
author does not know.  Expectations are the seat's own guess, from its view.
"""

from __future__ import annotations

from client.bots.appraisal import Table, lay, worth_of
from client.bots.assembly import open_drafts
from client.bots.outlook import Outlook
from client.bots.seats import SKILL_DEFAULT
from client.bots.thought import alone
from rules.decide import decide
from rules.drafting import check_terms
from rules.errors import Refused
from rules.evolve import evolve
from rules.orders import Order, Propose, SeatAct
from rules.state import Game, View
from server.desk.papers import Share, Weighed, Weighing
from server.narrate.acts import act_phrase
from server.narrate.terms import terms_sentences
from server.narrate.words import first, in_names
from server.terminal.menu import with_fund

PARTIES_WEIGHED_MAX = 6


def weigh(game: Game, view: View, acts: tuple[SeatAct, ...]) -> Weighing:
    """The acts one after the other, each on the game as those before would leave it."""
    found = []
    for number, act in enumerate(with_fund(view, acts)):
        code, field, sentence = None, "", ""
        try:
            for event in decide(game, Order(id=f"{view.viewer}:weighed:{number}", author=view.viewer, act=act)):
                game = evolve(game, event)
        except Refused as refused:
            code, field, sentence = refused.code.value, refused.field, in_names(view, refused.sentence)
        found.append(Weighed(text=_text(view, act), act=act, shares=_shares(view, act), code=code, field=field, sentence=sentence))
    return Weighing(acts=tuple(found))


def _text(view: View, act: SeatAct) -> str:
    """An offer is told by its terms alone: to whom it goes is plain from them."""
    return "; ".join(terms_sentences(view, act.terms)) if isinstance(act, Propose) else first(act_phrase(view, act))


def _shares(view: View, act: SeatAct) -> tuple[Share, ...]:
    if not isinstance(act, Propose) or view.moment.phase != "negotiation":
        return ()
    try:
        check_terms(view, view.viewer, act.terms)
    except Refused:
        return ()
    table = _table(view)
    parties = [view.viewer, *(party for party in act.terms.parties if party != view.viewer)]
    return tuple(Share(country=party, worth=worth_of(table, act.terms, party)) for party in parties[:PARTIES_WEIGHED_MAX])


def _table(view: View) -> Table:
    outlook = Outlook(view, SKILL_DEFAULT)
    return alone(lay(outlook, open_drafts(outlook)))
