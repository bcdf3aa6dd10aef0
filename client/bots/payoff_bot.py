"""The payoff-driven bot: it lists what it could do, prices each option by the payoff its seat sees, and chooses by logit.

``skill`` (lambda) says how sharply it follows the better option: 0 is a coin, large is a calculator.  It knows no theory and no history;
whatever it does follows from figures, beliefs and prices.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from client.bots.alignment import departures
from client.bots.appraisal import Table, lay, touches
from client.bots.assembly import debate, new_drafts, open_drafts, possible_drafts, votes
from client.bots.bargaining import alike, thought_out
from client.bots.board import Board
from client.bots.campaign import campaign
from client.bots.company import companies
from client.bots.dice import Dice
from client.bots.menace import look_ahead
from client.bots.outlook import Outlook
from client.bots.personas import PLAIN, Persona
from client.bots.prices import leaving
from client.bots.replies import replies, waiting
from client.bots.thought import Thought, together
from rules.afoot import tabled
from rules.orders import Act, Propose, Renounce
from rules.state import View
from rules.turn import clock_id, is_last_round

PROPOSALS_A_ROUND_MAX = 12


@dataclass(frozen=True, slots=True)
class PayoffBot:
    """Plays any seat of any scenario for its payoff."""

    seed: str
    skill: float = 60.0
    persona: Persona = PLAIN

    def choose(self, view: View) -> tuple[Act, ...]:
        """The acts for the current step."""
        return self.choose_together([self], [view])[0]

    @classmethod
    def choose_together(cls, bots: Sequence[Self], views: Sequence[View]) -> list[tuple[Act, ...]]:
        """The acts of many bots, each for its own view; none depends on the company."""
        boards: dict[int, Board] = {}
        for numbers in companies(views, lambda view: (view.moment,)):  # the views of one game share its moment
            boards |= dict.fromkeys(numbers, Board(views[numbers[0]]))
        return together([bot.think(view, boards[number]) for number, (bot, view) in enumerate(zip(bots, views, strict=True))])

    def think(self, view: View, board: Board) -> Thought[tuple[Act, ...]]:
        """The way to the acts for the current step.  ``board`` holds what players of the same game found out in public."""
        if _idle(view):
            return ()
        outlook = Outlook(view, self.skill, board, self.persona)
        dice = Dice(self.seed, f"{clock_id(view.moment)}:{view.viewer}")
        yield from look_ahead(outlook)
        match view.moment.phase:
            case "negotiation":
                return (yield from (_answer if _is_late(view) else _negotiate)(outlook, dice))
            case "assembly":
                return (yield from (votes if is_last_round(view) else debate)(outlook, dice))
            case _:
                return (yield from campaign(outlook, dice))


def _idle(view: View) -> bool:
    """Whether there is nothing to think about: no draft on the table of the councils, no offer to answer when it is too late for others."""
    match view.moment.phase:
        case "assembly":
            return not tabled(view)
        case "negotiation":
            return _is_late(view) and not waiting(view)
        case phase:
            return phase != "orders"


def _is_late(view: View) -> bool:
    """Whether offers are only answered now."""
    return view.moment.round > 1 and is_last_round(view)


def _negotiate(outlook: Outlook, dice: Dice) -> Thought[tuple[Act, ...]]:
    possible = possible_drafts(outlook)
    table = yield from lay(outlook, open_drafts(outlook), possible)
    drafts = new_drafts(outlook, dice, possible, table.plain)
    answers = yield from replies(table, dice)
    notices = yield from _notices(table, dice)
    offers = yield from _offers(table, dice)
    return (*drafts, *answers, *notices, *offers)


def _answer(outlook: Outlook, dice: Dice) -> Thought[tuple[Act, ...]]:
    """In the last round offers are answered and none is made: only the votes that these are about have to be thought over."""
    asked = waiting(outlook.view)
    drafts = [draft for draft in open_drafts(outlook) if any(touches(offer.terms, draft.issue) for offer in asked)]
    table = yield from lay(outlook, drafts)
    answers = yield from replies(table, dice)
    return tuple(answers)


def _notices(table: Table, dice: Dice) -> Thought[list[Act]]:
    """Leave the pacts that cost more than they give, if leaving is not dearer still."""
    if table.view.moment.round > 1:
        return []
    found = yield from departures(table)
    acts: list[Act] = []
    for commitment, worth in found:
        if dice.agrees(-worth - leaving(table.outlook, commitment.terms), table.outlook.skill, "renounce", commitment.id):
            acts.append(Renounce(commitment=commitment.id))
    return acts


def _offers(table: Table, dice: Dice) -> Thought[list[Act]]:
    view = table.view
    standing = {alike(offer.terms) for offer in view.offers} | {alike(commitment.terms) for commitment in view.commitments}
    found = yield from thought_out(table, standing)
    acts: list[Act] = []
    for number, (terms, value) in enumerate(found[:PROPOSALS_A_ROUND_MAX]):
        if dice.agrees(value, table.outlook.skill, "propose", number):
            acts.append(Propose(terms=terms, until=view.moment.turn))
    return acts
