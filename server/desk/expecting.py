"""What a seat can expect of an act, from what it knows: what each party gets, what luck decides, what breaking the word would cost.

The guesses are those that payoff bots act on, made from the seat's own view; the price of a breach is the rules' own.
"""

from __future__ import annotations

from dataclasses import dataclass

from client.bots.appraisal import Table as Matters
from client.bots.appraisal import lay, worths
from client.bots.assembly import imagined, on_table, open_drafts, prospect
from client.bots.campaign import arming
from client.bots.forecast import Forecast, forecast
from client.bots.joining import join_values
from client.bots.outlook import Outlook, as_things_stand, leader_value, prepared, winning, with_partner
from client.bots.prices import aid_worth, breaking
from client.bots.seats import SKILL_DEFAULT
from client.bots.thought import alone
from rules import orders as o
from rules.errors import Refused
from rules.pacts.consequences import price_of_breach
from rules.pacts.drafting import check_terms
from rules.state import View, find_council
from rules.vocabulary import CHOICES, LEVELS, Ballot, Draft, Operation, Terms
from server.desk.weights import Breach, Share

PARTIES_WEIGHED_MAX = 6


@dataclass(frozen=True, slots=True)
class Expected:
    """Of one act; None where nothing can be said.

    ``worth``: to the seat itself, against leaving it.  ``chance``: that the operation succeeds, or that the draft is adopted.
    """

    shares: tuple[Share, ...] = ()
    worth: float | None = None
    chance: float | None = None
    breaches: tuple[Breach, ...] = ()


NOTHING = Expected()


class Guess:
    """The guesses of one seat at one moment; what several acts need is found once."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._outlook = Outlook(view, SKILL_DEFAULT)
        self._laid: Matters | None = None

    def of(self, act: o.SeatAct) -> Expected:
        """What the seat can expect of an act, were it accepted."""
        match act:
            case o.Propose():
                return self._of_terms(act.terms)
            case o.Sign():
                offer = next((offer for offer in self._view.offers if offer.id == act.offer), None)
                return NOTHING if offer is None else self._of_terms(offer.terms)
            case o.Declare() | o.Vote():
                return self._of_voice(act)
            case o.Table():
                return self._of_draft(act)
            case o.Announce() | o.Join() | o.Launch():
                return self._of_force(act)
            case o.Aid():
                return Expected(worth=-aid_worth(self._outlook, self._view.viewer, act.amount))
            case o.Budget():
                return self._of_budget(act)
            case _:
                return NOTHING

    # ---- words ------------------------------------------------------------------------------------------

    def _of_terms(self, terms: Terms) -> Expected:
        me, view = self._view.viewer, self._view
        if view.moment.phase != "negotiation":
            return NOTHING
        try:
            check_terms(view, me, terms)
        except Refused:
            return NOTHING
        parties = (me, *(party for party in terms.parties if party != me))[:PARTIES_WEIGHED_MAX]
        (found,) = alone(worths(self._matters(), [(terms, parties)]))
        shares = tuple(Share(country=party, worth=found[party]) for party in parties)
        owing = {clause.debtor for clause in terms.clauses}
        return Expected(shares, found[me], breaches=tuple(self._breach(terms, party) for party in parties if party in owing))

    def _breach(self, terms: Terms, debtor: str) -> Breach:
        price = price_of_breach(self._view, terms, debtor)
        return Breach(
            country=debtor,
            approval=price.approval,
            goodwill=price.goodwill,
            record=price.record,
            seen=not terms.secret,
            worth=-breaking(self._outlook, terms) if debtor == self._view.viewer else None,
        )

    def _matters(self) -> Matters:
        if self._laid is None:
            self._laid = alone(lay(self._outlook, open_drafts(self._outlook)))
        return self._laid

    # ---- councils ---------------------------------------------------------------------------------------

    def _of_voice(self, act: o.Declare | o.Vote) -> Expected:
        draft = next((draft for draft in on_table(self._outlook) if draft.id == act.draft), None)
        expected = None if draft is None else forecast(self._outlook, draft)
        if draft is None or expected is None or expected.seat(self._view.viewer) < 0:
            return NOTHING
        if isinstance(act, o.Declare):
            return self._of_declaring(act, draft, expected)
        seat, column = expected.seat(self._view.viewer), CHOICES.index(act.choice)
        return Expected(worth=float(expected.worth[seat, column]), chance=float(expected.adopted[seat, column]))

    def _of_declaring(self, act: o.Declare, draft: Draft, before: Forecast) -> Expected:
        said = draft.model_copy(update={"declared": (*draft.declared, Ballot(country=self._view.viewer, choice=act.choice))})
        after, seat = forecast(self._outlook, said), before.seat(self._view.viewer)
        return Expected(worth=after.expected(seat) - before.expected(seat), chance=after.passes)

    def _of_draft(self, act: o.Table) -> Expected:
        council = find_council(self._view, act.council)
        issue = next((issue for issue in self._view.atlas.issues if issue.id == act.issue and issue.target == act.target), None)
        if council is None or issue is None or issue.target is None:
            return NOTHING
        draft = imagined(self._outlook, council, issue, act.action, self._view.viewer)
        expected = forecast(self._outlook, draft)
        return Expected(worth=prospect(self._outlook, draft, {draft.id: expected}), chance=expected.passes)

    # ---- orders -----------------------------------------------------------------------------------------

    def _of_force(self, act: o.Announce | o.Join | o.Launch) -> Expected:
        if isinstance(act, o.Announce):
            return self._of_leading(prepared(self._outlook, self._view.viewer, act.target, act.issue))
        operation = next((one for one in self._view.operations if one.id == act.operation), None)
        if operation is None:
            return NOTHING
        if isinstance(act, o.Launch):
            return self._of_leading(operation)
        me = self._view.viewer
        worth = float(join_values(self._outlook, operation, self._outlook.me, act.side)[1 + LEVELS.index(act.level)])
        bigger = with_partner(operation, me, act.level, owed=False, paid=False) if act.side == "attack" else operation
        return Expected(worth=worth, chance=winning(self._outlook, bigger))

    def _of_leading(self, operation: Operation) -> Expected:
        authorised, refused = as_things_stand(self._outlook, operation)
        worth = leader_value(self._outlook, operation, authorised=authorised, refused=refused)
        return Expected(worth=worth, chance=winning(self._outlook, operation))

    def _of_budget(self, act: o.Budget) -> Expected:
        guns = float(self._view.world.guns[self._outlook.me])
        if act.guns is None or guns <= 0.0:
            return NOTHING
        as_now, then = alone(arming(self._outlook, (1.0, act.guns / guns)))
        return Expected(worth=then - as_now)
