"""The payoff-driven bot: it lists what it could do, prices each option by the payoff its seat sees, and chooses by logit.

``skill`` (lambda) says how sharply it follows the better option: 0 is a coin, large is a calculator.  It knows no theory and no history;
whatever it does follows from figures, beliefs and prices.
"""

from __future__ import annotations

from dataclasses import dataclass

from client.bots.appraisal import Table
from client.bots.assembly import declarations, new_drafts, open_drafts, votes, withdrawals
from client.bots.bargaining import proposals
from client.bots.campaign import campaign
from client.bots.dice import Dice
from client.bots.outlook import Outlook
from client.bots.replies import replies
from rules.orders import Act, Propose
from rules.state import View
from rules.turn import clock_id, is_last_round
from rules.vocabulary import Terms

PROPOSALS_A_ROUND_MAX = 12


@dataclass(frozen=True, slots=True)
class PayoffBot:
    """Plays any seat of any scenario for its payoff."""

    seed: str
    skill: float = 60.0

    def choose(self, view: View) -> tuple[Act, ...]:
        """The acts for the current step."""
        outlook = Outlook(view, self.skill)
        dice = Dice(self.seed, f"{clock_id(view.moment)}:{view.viewer}")
        match view.moment.phase:
            case "negotiation":
                return self._negotiate(outlook, dice)
            case "assembly" if is_last_round(view):
                return votes(outlook, dice)
            case "assembly":
                taken_back = withdrawals(outlook, dice)
                return (*taken_back, *declarations(outlook, dice, {act.draft for act in taken_back}))
            case "orders":
                return campaign(outlook, dice)
            case _:
                return ()

    def _negotiate(self, outlook: Outlook, dice: Dice) -> tuple[Act, ...]:
        view = outlook.view
        table = Table(outlook, open_drafts(outlook))
        acts: list[Act] = [*new_drafts(outlook, dice), *replies(table, dice)]
        if view.moment.round == 1 or not is_last_round(view):
            acts.extend(self._propose(table, dice))
        return tuple(acts)

    def _propose(self, table: Table, dice: Dice) -> list[Act]:
        view = table.view
        standing = _standing_terms(view)
        worthwhile = [(terms, value) for terms, value in proposals(table) if _key(terms) not in standing]
        worthwhile.sort(key=lambda item: (-item[1], item[0].parties))
        acts: list[Act] = []
        for number, (terms, value) in enumerate(worthwhile[:PROPOSALS_A_ROUND_MAX]):
            if dice.agrees(value, self.skill, "propose", number):
                acts.append(Propose(terms=terms, until=view.moment.turn))
        return acts


def _key(terms: Terms) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What makes two offers the same for somebody who does not want to repeat itself."""
    return tuple(sorted(terms.parties)), tuple(sorted(f"{c.kind}:{c.debtor}" for c in terms.clauses))


def _standing_terms(view: View) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    offers = {_key(offer.terms) for offer in view.offers}
    return offers | {_key(commitment.terms) for commitment in view.commitments}
