"""Arms beyond standing forces: mobilisation, reach, weapons of mass destruction, and help with any of them (W8, W10, W54, W68).

Power has two stocks: what a state could raise (its economy) and what stands under arms (its forces).  A share for mobilisation turns the
first into the second after a lag; what the ordinary budget does not sustain wears away again.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.effects import Effect, Term
from rules.state import INVESTMENT, MOBILISATION, PROGRAMME, PROJECTION, Game, index
from rules.vocabulary import Form

ARMED = 1.0


def helped(game: Game, form: Form) -> dict[int, float]:
    """Row of the receiver -> help of that form this turn, bn USD; help with a programme is worth what the sender knows itself."""
    found: dict[int, float] = {}
    for payment in game.payments:
        if payment.form == form:
            row = index(game, payment.receiver)
            known = float(game.world.wmd[index(game, payment.sender)]) if form == "programme" else 1.0
            found[row] = found.get(row, 0.0) + payment.amount * known
    return found


def mobilisation(game: Game, _: str) -> Sequence[Effect]:
    """Those called up join the forces after a lag, and others are called up (W8)."""
    parameters, world = game.parameters, game.world
    effects: list[Effect] = []
    for i in range(len(game.atlas.countries)):
        waiting, forces = float(world.mustered[i]), float(world.forces[i])
        arriving = waiting / parameters.mobilisation_lag
        called = parameters.muster_yield * (float(world.spending[i, MOBILISATION]) * float(world.economy[i]))
        if not waiting and not called:
            continue
        terms = (Term("before", waiting), Term("called up", called), Term("joined the forces", -arriving))
        effects.append(Effect("mustered", (i,), max((waiting - arriving) + called, 0.0), terms))
        joined = (Term("before", forces), Term("called up earlier", arriving))
        effects.append(Effect("forces", (i,), forces + arriving, joined))
    return effects


def deliveries(game: Game, _: str) -> Sequence[Effect]:
    """Arms that others gave join the forces (W56, W68)."""
    effects = []
    for row, amount in helped(game, "arms").items():
        forces, gained = float(game.world.forces[row]), game.parameters.arms_transfer * amount
        alone = frozenset((game.atlas.countries[row],))
        terms = (Term("before", forces), Term("arms given by others", gained, alone))
        effects.append(Effect("forces", (row,), forces + gained, terms))
    return effects


def projection(game: Game, _: str) -> Sequence[Effect]:
    """Reach grows with what is spent on it, and drifts back to that of the opening (W10)."""
    parameters, world = game.parameters, game.world
    effects = []
    for i in range(len(game.atlas.countries)):
        reach, home = float(world.reach[i]), float(game.atlas.reach[i])
        built = parameters.reach_build * (float(world.spending[i, PROJECTION]) * reach)
        worn = parameters.reach_wear * (reach - home)
        if built or worn:
            terms = (Term("before", reach), Term("built", built), Term("worn", -worn))
            effects.append(Effect("reach", (i,), max((reach + built) - worn, home), terms))
    return effects


def programmes(game: Game, _: str) -> Sequence[Effect]:
    """Weapons of mass destruction come nearer by what is spent on them and by help; an idle programme decays, weapons stay (W54, W68)."""
    parameters, world = game.parameters, game.world
    help_with = helped(game, "programme")
    effects = []
    for i, country in enumerate(game.atlas.countries):
        before = float(world.wmd[i])
        own = float(world.spending[i, PROGRAMME]) * float(world.economy[i])
        effort = parameters.programme_yield * (own + parameters.know_how * help_with.get(i, 0.0))
        lost = parameters.programme_decay * before if not effort and before < ARMED else 0.0
        if effort or lost:
            alone = frozenset((country,))
            terms = (
                Term("before", before), Term("own spending", own, alone), Term("help of others", help_with.get(i, 0.0), alone),
                Term("progress", effort, alone), Term("decay", -lost),
            )  # fmt: skip
            effects.append(Effect("wmd", (i,), min(max((before + effort) - lost, 0.0), ARMED), terms))
    return effects


def investment(game: Game, row: int) -> float:
    """What investment adds to the growth of an economy in a turn."""
    return game.parameters.invest_yield * float(game.world.spending[row, INVESTMENT])
