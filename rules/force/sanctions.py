"""Sanctions: what they cost target and sender, and why many bite harder than few (W79, W157).

Each state says how far it cuts its ties with another, from 0 to 1.  The target suffers by how much its welfare hangs on those who joined;
what others go on selling leaks through, so that pain grows faster than the number of participants.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.desk import sealed_acts
from rules.effects import Effect, Term
from rules.errors import Code, Refused
from rules.exact import Array, total
from rules.orders import Sanction
from rules.state import Game, Sight, index


def check_sanction(sight: Sight, country: str, act: Sanction) -> None:
    """Whether a state may set sanctions against another.

    Raises:
        Refused: unknown or own country, or the level is what it is already.
    """
    if act.target not in sight.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, "target", f"There is no country {act.target} in this scenario.")
    if act.target == country:
        raise Refused(Code.SANCTION_INVALID, "target", "A state does not sanction itself.")
    if act.level == float(sight.world.sanctions[index(sight, country), index(sight, act.target)]):
        raise Refused(Code.SANCTION_INVALID, "level", f"Your sanctions against {act.target} stand at {act.level:g} already.")


def joined(sight: Sight) -> Array:
    """Share of the economies outside the target that takes part in sanctions against it, by level.  Shape [target]."""
    economy = sight.world.economy
    outside = total(economy) - economy
    part: Array = total(sight.world.sanctions.T * economy) / outside
    return part


def pain(sight: Sight) -> Array:
    """What sanctions take from each target: its dependence on the senders by level, less what leaks through.  Shape [target]."""
    direct = total(sight.world.sanctions.T * sight.atlas.dependence)
    suffered: Array = direct * (1.0 - sight.parameters.evasion * (1.0 - joined(sight)))
    return suffered


def own_price(sight: Sight) -> Array:
    """What a sender gives up: its own dependence on those it sanctions, by level.  Shape [sender]."""
    given_up: Array = total(sight.world.sanctions * sight.atlas.dependence)
    return given_up


def loss(sight: Sight) -> Array:
    """Welfare lost to sanctions, as target and as sender.  Shape [state]."""
    parameters = sight.parameters
    lost: Array = parameters.sanction_value * pain(sight) + parameters.sanction_own * own_price(sight)
    return lost


def orders(game: Game, _: str) -> Sequence[Effect]:
    """The levels that seats set this turn, and what the targets think of it."""
    effects: list[Effect] = []
    resent: dict[tuple[int, int], float] = {}
    for country, act in sealed_acts(game, Sanction):
        at = (index(game, country), index(game, act.target))
        before = float(game.world.sanctions[at])
        effects.append(Effect("sanctions", at, act.level, (Term("before", before), Term("ordered level", act.level))))
        resent[at[1], at[0]] = -game.parameters.sanction_goodwill * (act.level - before)
    for where, step in resent.items():
        goodwill = float(game.world.goodwill[where])
        terms = (Term("before", goodwill), Term("sanctions raised or lifted", step))
        effects.append(Effect("goodwill", where, min(max(goodwill + step, -1.0), 1.0), terms))
    return effects
