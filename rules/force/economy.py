"""Guns, butter and aid (S7), and how forces follow spending (W8)."""

from __future__ import annotations

from collections.abc import Sequence

from rules import events as ev
from rules.afoot import held
from rules.desk import by_seat, sealed_acts
from rules.effects import Effect, Term
from rules.errors import Code, Refused
from rules.exact import add
from rules.force.arms import investment
from rules.force.sanctions import pain
from rules.orders import Aid, Budget
from rules.state import SPENDING, Game, Sight, View, index
from rules.vocabulary import Payment

SHARES = ("guns", "aid", *SPENDING)
CENT = 1e-6  # bn USD: payments below this are nothing


def means(sight: Sight, country: str) -> float:
    """The most a country can give as aid in one turn, bn USD (S7)."""
    return sight.parameters.aid_share_max * float(sight.world.economy[index(sight, country)])


def shares(sight: Sight, country: str, act: Budget) -> dict[str, float]:
    """Every share of a country's economy if the budget takes effect; what the act leaves out keeps its value."""
    world, row, ordered = sight.world, index(sight, country), vars(act)
    aid = world.aid if isinstance(sight, View) else world.aid[row]
    kept = zip(SHARES, (world.guns.item(row), float(aid), *world.spending[row].tolist()), strict=True)
    return {name: value if ordered[name] is None else ordered[name] for name, value in kept}


def check_budget(sight: Sight, country: str, act: Budget) -> None:
    """Whether a budget adds up.

    Raises:
        Refused: the shares exceed the economy, or aid exceeds what can be given in a turn.
    """
    wished = shares(sight, country, act)
    spent = add(wished.values())
    if spent > 1.0:
        raise Refused(Code.BUDGET_INVALID, "guns", f"Arms, aid and the other shares take {spent:.2f} of the economy.")
    limit = sight.parameters.aid_share_max
    if act.aid is not None and act.aid > limit:
        raise Refused(Code.BUDGET_INVALID, "aid", f"Aid may take at most {limit:g} of the economy in a turn.")


def check_aid(sight: Sight, country: str, act: Aid) -> None:
    """Whether aid goes to another country of the scenario.

    Raises:
        Refused: unknown or own country, or nothing sent.
    """
    if act.to not in sight.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, "to", f"There is no country {act.to} in this scenario.")
    if act.form == "insurgents" and not any(o.target == act.to and o.leader != country for o in held(sight)):
        raise Refused(Code.BUDGET_INVALID, "form", f"Nobody else holds {act.to}: there are no insurgents to support.")
    if act.to == country or act.amount < CENT:
        raise Refused(Code.BUDGET_INVALID, "amount", "Aid is something given to another country.")


def budgets(game: Game, _: str) -> Sequence[Effect]:
    """The shares that seats set this turn."""
    effects: list[Effect] = []
    for country, act in sealed_acts(game, Budget):
        row, wished = index(game, country), shares(game, country, act)
        effects.append(Effect("guns", (row,), wished["guns"], (Term("ordered share for guns", wished["guns"]),)))
        effects.append(Effect("aid", (row,), wished["aid"], (Term("ordered share for aid", wished["aid"]),)))
        effects += [
            Effect("spending", (row, k), wished[name], (Term(f"ordered share for {name}", wished[name]),))
            for k, name in enumerate(SPENDING)
        ]
    return effects


def payments(game: Game) -> tuple[ev.EventKinds, ...]:
    """Aid as ordered, in the order of seats, until a giver's fund for the turn is spent."""
    funds = {c: float(game.world.aid[i] * game.world.economy[i]) for i, c in enumerate(game.atlas.countries)}
    events: list[ev.EventKinds] = []
    for country, act in by_seat(game, sealed_acts(game, Aid)):
        amount = min(act.amount, funds[country])
        funds[country] -= amount
        if amount >= CENT:
            payment = Payment(sender=country, receiver=act.to, amount=amount, form=act.form)
            events.append(ev.AidSent(payment=payment))
    return tuple(events)


def transfers(game: Game, _: str) -> Sequence[Effect]:
    """What aid moved between states this turn."""
    net: dict[str, float] = {}
    for payment in game.payments:
        net[payment.sender] = net.get(payment.sender, 0.0) - payment.amount
        if payment.form == "money":
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
    suffering = pain(game)
    effects: list[Effect] = []
    for i in range(len(game.atlas.countries)):
        economy, forces, guns = float(world.economy[i]), float(world.forces[i]), float(world.guns[i])
        invested = investment(game, i)
        hindered = parameters.sanction_growth * float(suffering[i])
        grown = economy * max(1.0 + ((parameters.growth + invested) - hindered), 0.0)
        terms = (Term("growth", parameters.growth), Term("investment", invested), Term("sanctions", -hindered))
        effects.append(Effect("economy", (i,), grown, terms))
        upkeep = parameters.arms_build * (guns * economy)
        drift = parameters.arms_wear * (upkeep - forces)
        drifts = (Term("before", forces), Term("what spending sustains", upkeep), Term("drift", drift))
        effects.append(Effect("forces", (i,), max(forces + drift, 0.0), drifts))
    return effects
