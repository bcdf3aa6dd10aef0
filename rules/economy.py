"""Guns, butter and aid (S7), and how forces follow spending (W8)."""

from __future__ import annotations

from collections.abc import Sequence

from rules import events as ev
from rules.effects import Effect, Term
from rules.errors import Code, Refused
from rules.orders import Aid, Budget
from rules.state import Game, Sight, index
from rules.vocabulary import Payment

CENT = 1e-6  # bn USD: payments below this are nothing


def means(sight: Sight, country: str) -> float:
    """The most a country can give as aid in one turn, bn USD (S7)."""
    return sight.parameters.aid_share_max * float(sight.world.economy[index(sight, country)])


def check_budget(sight: Sight, act: Budget) -> None:
    """Whether a budget adds up.

    Raises:
        Refused: guns and aid exceed the economy, or aid exceeds what can be given in a turn.
    """
    if act.guns + act.aid > 1.0:
        raise Refused(Code.BUDGET_INVALID, "guns", f"Guns and aid take {act.guns + act.aid:.2f} of the economy.")
    limit = sight.parameters.aid_share_max
    if act.aid > limit:
        raise Refused(Code.BUDGET_INVALID, "aid", f"Aid may take at most {limit:g} of the economy in a turn.")


def check_aid(sight: Sight, country: str, act: Aid) -> None:
    """Whether aid goes to another country of the scenario.

    Raises:
        Refused: unknown or own country, or nothing sent.
    """
    if act.to not in sight.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, "to", f"There is no country {act.to} in this scenario.")
    if act.to == country or act.amount < CENT:
        raise Refused(Code.BUDGET_INVALID, "amount", "Aid is something given to another country.")


def budgets(game: Game, _: str) -> Sequence[Effect]:
    """The shares that seats set this turn."""
    effects: list[Effect] = []
    for sealed in game.desk:
        if isinstance(sealed.act, Budget):
            row = (index(game, sealed.country),)
            effects.append(Effect("guns", row, sealed.act.guns, (Term("ordered share for guns", sealed.act.guns),)))
            effects.append(Effect("aid", row, sealed.act.aid, (Term("ordered share for aid", sealed.act.aid),)))
    return effects


def payments(game: Game) -> tuple[ev.EventKinds, ...]:
    """Aid as ordered, in the order of seats, until a giver's fund for the turn is spent."""
    funds = {c: float(game.world.aid[i] * game.world.economy[i]) for i, c in enumerate(game.atlas.countries)}
    events: list[ev.EventKinds] = []
    for country in game.atlas.countries:
        for sealed in game.desk:
            if sealed.country == country and isinstance(sealed.act, Aid):
                amount = min(sealed.act.amount, funds[country])
                funds[country] -= amount
                if amount >= CENT:
                    payment = Payment(sender=country, receiver=sealed.act.to, amount=amount)
                    events.append(ev.AidSent(payment=payment))
    return tuple(events)


def transfers(game: Game, _: str) -> Sequence[Effect]:
    """What aid moved between states this turn."""
    net: dict[str, float] = {}
    for payment in game.payments:
        net[payment.sender] = net.get(payment.sender, 0.0) - payment.amount
        net[payment.receiver] = net.get(payment.receiver, 0.0) + payment.amount
    effects = []
    for country, amount in net.items():
        row = index(game, country)
        before = float(game.world.received[row])
        effects.append(
            Effect("received", (row,), before + amount, (Term("before", before), Term("net aid this turn", amount)))
        )
    return effects


def growth(game: Game, _: str) -> Sequence[Effect]:
    """Economies grow; forces drift towards what is spent on them."""
    parameters, world = game.parameters, game.world
    effects: list[Effect] = []
    for i in range(len(game.atlas.countries)):
        economy, forces, guns = float(world.economy[i]), float(world.forces[i]), float(world.guns[i])
        effects.append(Effect("economy", (i,), economy * (1.0 + parameters.growth), (Term("growth", parameters.growth),)))
        upkeep = parameters.arms_build * (guns * economy)
        drift = parameters.arms_wear * (upkeep - forces)
        terms = (Term("before", forces), Term("what spending sustains", upkeep), Term("drift", drift))
        effects.append(Effect("forces", (i,), max(forces + drift, 0.0), terms))
    return effects
