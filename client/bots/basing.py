"""Whether to have a protector's forces in the country: what they add to safety against what they cost (W93, W97, W99, W144).

From a base the guest brings more and is believed more, and is itself more to be feared.  The player counts all of it by the engine's own
formula, on the world as it would be.
"""

from __future__ import annotations

from dataclasses import replace

from client.bots.dice import Dice
from client.bots.guarding import protectors
from client.bots.outlook import AUTONOMY, DOMESTIC, SECURITY, Outlook
from client.bots.safety import fears, feel
from client.bots.thought import Thought
from rules.exact import frozen, total
from rules.force.threat import insecurity, own
from rules.orders import Act, BaseRight
from rules.society.reputation import regime_weight


def basing(outlook: Outlook, dice: Dice) -> Thought[list[Act]]:
    """Open a base to the strongest protector that has none, if it pays."""
    view, me = outlook.view, outlook.me
    guests = [row for row in protectors(outlook, me) if not view.world.bases[me, row]]
    if not guests or view.moment.turn >= view.atlas.turns:
        return []
    fear = yield from feel(outlook)
    most = view.parameters.security_value * float(total(fear.loss[me])) * float(outlook.weights[me, SECURITY])
    price = hosting_price(outlook)
    if most <= price:  # a base cannot take away more than all that is feared
        return []
    guest = max(guests, key=lambda row: (float(fear.there[me, row]), -row))
    value = safer_with(outlook, guest) - price
    if not dice.lean([0.0, value], outlook.skill, "base", guest):
        return []
    return [BaseRight(host=view.viewer, guest=view.atlas.countries[guest], granted=True)]


def hosting_price(outlook: Outlook) -> float:
    """What it costs the player at home and in autonomy to let foreign forces in."""
    view, parameters, weights = outlook.view, outlook.view.parameters, outlook.weights[outlook.me]
    felt = parameters.host_cost * float(regime_weight(float(view.atlas.democracy[outlook.me]), parameters))
    return parameters.host_autonomy * float(weights[AUTONOMY]) + parameters.domestic_value * felt * float(weights[DOMESTIC])


def safer_with(outlook: Outlook, guest: int) -> float:
    """What a base of the guest's in the country would be worth in safety, in payoff."""
    view = outlook.view
    bases = view.world.bases.copy()
    bases[outlook.me, guest] = 1.0
    then = replace(view, world=replace(view.world, bases=frozen(bases)))
    after = float(insecurity(then, own(then), view.commitments)[0])
    now = float(total(fears([outlook])[0].loss[outlook.me]))
    return view.parameters.security_value * (now - after) * float(outlook.weights[outlook.me, SECURITY])
