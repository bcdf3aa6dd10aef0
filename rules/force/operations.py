"""Operations and coalitions of the willing: announced in the open, joined freely, carried out or given up (W65, W131, W156).

The unipole's power to go it alone is nothing special: anybody may launch what it announced.  What differs is the price, which falls with
legitimacy and with partners that carry a share (W32, W64).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules import events as ev
from rules.afoot import held, prepared
from rules.bodies.legitimacy import authorisation, legitimacy, level_weight, mandate, visibly_owed, visibly_paid
from rules.chance import draw
from rules.desk import by_seat, sealed_acts, sealed_by
from rules.effects import Effect, Term
from rules.errors import Code, Refused
from rules.exact import Array, clip, log_one, logistic_one
from rules.force.power import arrival
from rules.force.threat import armed
from rules.orders import Announce, Cancel, Join, Launch
from rules.state import Game, Sight, find_operation, index, issue_column, issue_index
from rules.vocabulary import Contribution, Operation, Side

OPERATIONS_OPEN_MAX = 4


def _invalid(field: str, sentence: str) -> Refused:
    return Refused(Code.OPERATION_INVALID, field, sentence)


def check_announce(sight: Sight, country: str, act: Announce) -> None:
    """Whether an operation may be announced.

    Raises:
        Refused: unknown target or issue, oneself as target, one already prepared, or too many.
    """
    if act.target not in sight.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, "target", f"There is no country {act.target} in this scenario.")
    if act.target == country:
        raise _invalid("target", "A state does not attack itself.")
    if issue_index(sight, act.issue) is None:
        raise _invalid("issue", f"There is no issue {act.issue} in this scenario.")
    mine = [o for o in prepared(sight) if o.leader == country]
    planned = {s.act.target for s in sealed_by(sight, country) if isinstance(s.act, Announce)} | {act.target}
    if any(o.target == act.target for o in mine):
        raise _invalid("target", f"You are preparing an operation against {act.target} already.")
    if any(o.target == act.target and o.leader == country for o in held(sight)):
        raise _invalid("target", f"You hold {act.target} already.")
    if len(mine) + len(planned) > OPERATIONS_OPEN_MAX:
        raise Refused(Code.TOO_MANY, "target", f"At most {OPERATIONS_OPEN_MAX} operations can be in preparation.")


def announced(sight: Sight, operation_id: str) -> Operation:
    """An operation that is still in preparation.

    Raises:
        Refused: there is none of this name, or it is over.
    """
    operation = find_operation(sight, operation_id)
    if operation is None:
        raise Refused(Code.UNKNOWN_OPERATION, "operation", f"There is no operation {operation_id}.")
    if operation.status != "announced":
        raise _invalid("operation", f"Operation {operation_id} is {operation.status}.")
    return operation


def check_join(sight: Sight, country: str, act: Join) -> None:
    """Whether a state may join a side.

    Raises:
        Refused: no such operation, or the state is its leader or its target on the wrong side.
    """
    operation = announced(sight, act.operation)
    if country in (operation.leader, operation.target):
        raise _invalid("operation", "Leader and target are in it already.")


def check_lead(sight: Sight, country: str, act: Launch | Cancel) -> None:
    """Whether a state may launch or cancel an operation.

    Raises:
        Refused: no such operation, or another leads it.
    """
    found = find_operation(sight, act.operation)
    if isinstance(act, Cancel) and found is not None and found.held and country in holders(found):
        return
    operation = announced(sight, act.operation)
    if country != operation.leader:
        raise Refused(Code.NOT_YOURS, "operation", f"{operation.leader} leads operation {operation.id}.")
    ready = ready_turn(sight, operation)
    if isinstance(act, Launch) and sight.moment.turn < ready:
        raise _invalid("operation", f"Operation {operation.id} is still being prepared; it can be launched from turn {ready}.")


def holders(operation: Operation) -> tuple[str, ...]:
    """The leader, and those who came to its side: who is in the country if the operation holds it."""
    return (operation.leader, *(c.country for c in operation.coalition if c.side == "attack"))


def ready_turn(sight: Sight, operation: Operation) -> int:
    """The first turn in which an announced operation can be launched (W8, W10)."""
    return operation.turn + int(sight.parameters.mobilisation_lag)


def orders(game: Game) -> tuple[ev.EventKinds, ...]:
    """Announcements, contributions and cancellations as sealed, in the order of seats; launches come last."""
    events: list[ev.EventKinds] = []
    given_up = {act.operation for _, act in sealed_acts(game, Cancel)}
    orders = [(s.country, s.act) for s in game.desk if isinstance(s.act, Announce | Join | Cancel)]
    for country, act in by_seat(game, orders):
        if not (isinstance(act, Join) and act.operation in given_up):
            events.extend(_order(game, country, act))
    return tuple(events)


def _order(game: Game, country: str, act: object) -> tuple[ev.EventKinds, ...]:
    match act:
        case Announce():
            name = f"{country.lower()}-{act.target.lower()}-{game.moment.turn}"
            operation = Operation(
                id=name, leader=country, target=act.target, issue=act.issue, turn=game.moment.turn
            )
            return (ev.OperationAnnounced(operation=operation),)
        case Join():
            return (ev.OperationJoined.believed(operation=act.operation, contribution=_contribution(game, country, act)),)
        case Cancel():
            found = find_operation(game, act.operation)
            if found is not None and found.held:
                return (ev.OperationLeft(operation=act.operation, country=country),)
            return (ev.OperationCancelled(operation=act.operation, reason=f"given up by {country}"),)
        case _:
            return ()


def _contribution(game: Game, country: str, act: Join) -> Contribution:
    operation = announced(game, act.operation)
    attack = act.side == "attack"
    return Contribution.believed(
        country=country,
        side=act.side,
        level=act.level,
        owed=attack and visibly_owed(game, country, operation),
        paid=attack and visibly_paid(game, country, operation),
    )


def ordered(game: Game) -> tuple[str, ...]:
    """Operations to be carried out this turn, in the order of their announcement."""
    sealed = {act.operation for _, act in sealed_acts(game, Launch)}
    return tuple(o.id for o in prepared(game) if o.id in sealed)


def launch(game: Game, name: str) -> ev.OperationLaunched:
    """The battle: success is drawn with the chance that the forces give as battles before it left them."""
    operation = announced(game, name)
    luck = draw(game.seed, game.moment.branch, game.moment.turn, "battle", operation.id)
    won = luck < success(game, operation)
    done = operation.model_copy(
        update={
            "status": "launched",
            "turn": game.moment.turn,
            "legitimacy": legitimacy(game, operation),
            "success": won,
            "held": won and all(o.target != operation.target for o in held(game)),
        }
    )
    return ev.OperationLaunched(operation=done, authorised=authorisation(game, operation))


def success(sight: Sight, operation: Operation) -> float:
    """Chance of winning the battle: logistic in the log ratio of forces at the target's place (W9, W10)."""
    attack, against = sides(sight, operation)
    ratio = log_one(max(attack, 1e-9)) - log_one(max(against, 1e-9))
    return logistic_one(sight.parameters.battle_scale * ratio)


def sides(sight: Sight, operation: Operation) -> tuple[float, float]:
    """Forces that attacker and defender bring to the target's place; contributions count by their level."""
    place = index(sight, operation.target)
    there = sight.world.forces * arrival(sight)[place]
    attack = float(there[index(sight, operation.leader)])
    against = float(sight.world.forces[place])
    for contribution in operation.coalition:
        brought = level_weight(sight.parameters, contribution.level) * float(there[index(sight, contribution.country)])
        brought = 0.0 if contribution.level == "statement" else brought * fit(sight, operation, contribution)
        if contribution.side == "attack":
            attack += brought
        else:
            against += brought
    return attack, against


def fit(sight: Sight, operation: Operation, contribution: Contribution) -> float:
    """How well a contribution fits: by treaty or for the occasion (S2), and into forces that complement or repeat each other (S17-S20)."""
    parameters, factor = sight.parameters, 1.0
    if parameters.war_form != "neither":
        lead = operation.leader if contribution.side == "attack" else operation.target
        both = {lead, contribution.country}
        allied = any(both <= set(c.terms.parties) and contribution.country in c.terms.formal for c in sight.commitments)
        factor += parameters.war_gain if allied == (parameters.war_form == "alliance") else 0.0
    if parameters.org_form != "sum":
        others = len([c for c in operation.coalition if c.side == contribution.side and c.level != "statement"])
        overlap = parameters.org_effect * (others - 1) / max(others, 1)
        factor *= 1.0 + (overlap if parameters.org_form == "specialised" else -overlap)
    return factor


def burden(sight: Sight, operation: Operation) -> float:
    """Share of a full coalition that partners make up, 0..1: their economies by level, against the leader's (W32)."""
    economy = sight.world.economy
    partners = 0.0
    for c in operation.coalition:
        if c.side == "attack" and c.level != "statement":
            partners += level_weight(sight.parameters, c.level) * float(economy[index(sight, c.country)])
    return partners / (partners + float(economy[index(sight, operation.leader)]))


def leader_cost(sight: Sight, operation: Operation, lent: float) -> float:
    """Cost to the leader as a share of its economy, for a given legitimacy (W64)."""
    parameters = sight.parameters
    denied_price = 1.0 + parameters.legitimacy_cost * (1.0 - lent)
    deterred = 1.0 + parameters.wmd_price * float(armed(sight)[index(sight, operation.target)])
    return (parameters.war_cost * denied_price * deterred) * (1.0 - parameters.burden_relief * burden(sight, operation))


def partner_cost(sight: Sight, level: str, lent: float, side: Side = "attack") -> float:
    """Cost to a partner as a share of its economy; doubtful legitimacy makes an attack dearer (W64, W131, W156)."""
    parameters = sight.parameters
    price = {"statement": 0.0, "token": parameters.token_cost, "full": parameters.full_cost}[level]
    doubt = 1.0 - lent if side == "attack" else 0.0  # who helps the attacked needs no excuse
    return price * (1.0 + parameters.legitimacy_cost * doubt)


def following(sight: Sight, operation: Operation) -> Array:
    """How much of a deference it is for each state to come along: less for whoever wants what the operation is for (W37, W131).

    In full for those who would rather have things left as they are; nothing for those to whom every step towards its aim is welcome.
    Shape [state], 0..1.
    """
    column, parameters = issue_column(sight, operation.issue), sight.parameters
    ideal, now = sight.atlas.ideal[:, column], float(sight.world.positions[column])
    way = max(1.0 - parameters.occupation_gap, now) - now
    worse = np.abs(ideal - (now + way)) - np.abs(ideal - now)
    unwanted = clip(worse / way, 0.0, 1.0) if way > 0.0 else np.ones(len(ideal))
    part: Array = 1.0 - parameters.follow_wish * (1.0 - unwanted)
    return part


def costs(game: Game, subject: str) -> Sequence[Effect]:
    """What an operation costs its leader and partners."""
    operation = launched(game, subject)
    lent = operation.legitimacy
    bills = [(operation.leader, leader_cost(game, operation, lent))]
    bills += [(c.country, partner_cost(game, c.level, lent, c.side)) for c in operation.coalition]
    effects = []
    for country, bill in bills:
        row = index(game, country)
        before = float(game.world.war_cost[row])
        terms = (Term("before", before), Term("legitimacy", lent), Term("cost as share of the economy", bill))
        effects.append(Effect("war_cost", (row,), before + bill, terms))
    return effects


def outcome(game: Game, subject: str) -> Sequence[Effect]:
    """What a won operation changes: the issue, and the target's forces (battle is easier than occupation, W34)."""
    operation = launched(game, subject)
    if not operation.success:
        return ()
    parameters = game.parameters
    column, row = issue_column(game, operation.issue), index(game, operation.target)
    forces = float(game.world.forces[row])
    settled = 1.0 - parameters.occupation_gap
    spent = float(game.world.war_cost[row])
    return (
        Effect("war_cost", (row,), spent + parameters.defeat_cost, (Term("before", spent),)),
        Effect("positions", (column,), max(settled, float(game.world.positions[column]))),
        Effect("forces", (row,), forces * (1.0 - parameters.war_damage), (Term("before", forces),)),
    )


def waiting(game: Game, _: str) -> Sequence[Effect]:
    """What it costs to keep an announced operation ready for another turn (W27)."""
    price = game.parameters.wait_cost
    effects = []
    for row, country in enumerate(game.atlas.countries):
        ready = len([o for o in prepared(game) if o.leader == country])
        before = float(game.world.war_cost[row])
        if ready:
            terms = (Term("before", before), Term("operations kept ready", float(ready)), Term("price of each", price))
            effects.append(Effect("war_cost", (row,), before + price * ready, terms))
    return effects


def bypass(game: Game, subject: str) -> Sequence[Effect]:
    """Councils that were passed over lose authority (Voeten 2001)."""
    operation = launched(game, subject)
    effects = []
    for row, loss in enumerate(authority_at_stake(game, operation.leader, mandate(game, operation))):
        before = float(game.world.authority[row])
        effects.append(Effect("authority", (row,), before - float(loss), (Term("before", before), Term("passed over", -float(loss)))))
    return effects


def authority_at_stake(sight: Sight, leader: str, authorised: float = 0.0) -> Array:
    """What each council loses if ``leader``, being a member, acts without its authority or that of one as weighty.  Shape [council]."""
    member = np.array([1.0 if leader in c.members and c.mandate > authorised else 0.0 for c in sight.atlas.councils])
    stake: Array = member * np.minimum(sight.world.authority, sight.parameters.authority_step)
    return stake


def launched(game: Game, subject: str) -> Operation:
    """The operation that a mechanism is about."""
    operation = find_operation(game, subject)
    assert operation is not None, "the subject of an operation's mechanism is an operation"
    return operation
