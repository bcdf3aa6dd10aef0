"""Help that was meant to stay hidden, and what it costs when it comes to light (W56, W67, W68, W165)."""

from __future__ import annotations

from collections.abc import Sequence

from rules.afoot import held
from rules.chance import draw
from rules.effects import Effect, Term
from rules.events import HelpExposed
from rules.state import Game, index
from rules.vocabulary import Payment


def exposures(game: Game) -> tuple[HelpExposed, ...]:
    """Which help of this turn comes to light: each with its own chance; money is nobody's business."""
    found = []
    for payment in game.payments:
        if payment.form != "money":
            now = game.moment
            luck = draw(game.seed, now.branch, now.turn, "exposure", payment.sender, payment.receiver, payment.form)
            if luck < game.parameters.help_detection:
                found.append(HelpExposed(payment=payment))
    return tuple(found)


def name_of(payment: Payment) -> str:
    """The subject of the mechanism that follows an exposure."""
    return f"{payment.sender} {payment.receiver} {payment.form}"


def offence_taken(game: Game, subject: str) -> Sequence[Effect]:
    """Who minds that help came to light: occupiers whose enemies were fed; of arms and know-how those who bear the receiver ill will."""
    sender, receiver, form = subject.split()
    giver, place = index(game, sender), index(game, receiver)
    holders = {o.leader for o in held(game) if o.target == receiver}
    holders |= {c.country for o in held(game) if o.target == receiver for c in o.coalition if c.side == "attack"}
    effects = []
    for row, country in enumerate(game.atlas.countries):
        minds = float(country in holders) if form == "insurgents" else max(-float(game.world.goodwill[row, place]), 0.0)
        step = -game.parameters.exposure_goodwill * minds
        if step and row != giver:
            before = float(game.world.goodwill[row, giver])
            terms = (Term("before", before), Term("help that came to light", step))
            effects.append(Effect("goodwill", (row, giver), max(before + step, -1.0), terms))
    return effects
