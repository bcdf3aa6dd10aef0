"""``decide(game, order) -> events``: the only judge of what may be done.  Pure; raises ``Refused`` and changes nothing."""

from __future__ import annotations

from typing import assert_never

from rules import events as ev
from rules import orders as o
from rules.adjudication import close_step, closed
from rules.bodies import councils
from rules.errors import Code, Refused
from rules.evolve import evolve_all
from rules.force import bases, economy, operations, sanctions
from rules.pacts import claims, commitments, departures
from rules.society import forums, influence, motives, statements
from rules.state import Game
from rules.turn import open_acts, phase
from rules.umpire.control import STATUS, control


def decide(game: Game, order: o.Order) -> tuple[ev.EventKinds, ...]:
    """What happens when ``order`` is given in ``game``.

    Raises:
        Refused: the order is not accepted; the game is as it was.
    """
    match order.act:
        case o.Start() | o.Pause() | o.Resume() | o.Extend() | o.Undo() | o.Override() | o.Inject() | o.Reseat():
            return control(game, order)
        case o.Advance():
            _check_clock(game, order, order.act)
            return close_step(game)
        case o.Miss():
            return _missed(game, order, order.act)
        case _:
            return _seat(game, order)


def decide_and_apply(game: Game, order: o.Order) -> tuple[Game, tuple[ev.EventKinds, ...]]:
    """The game after an order, and what happened.

    Raises:
        Refused: the order is not accepted; the game is as it was.
    """
    if isinstance(order.act, o.Advance):
        _check_clock(game, order, order.act)
        return closed(game)
    events = decide(game, order)
    return evolve_all(game, events), events


def _missed(game: Game, order: o.Order, act: o.Miss) -> tuple[ev.EventKinds, ...]:
    if order.author != o.CLOCK:
        raise Refused(Code.NOT_YOURS, "author", "Only the clock can say whose order is missing.")
    if game.moment.status != "running":
        raise Refused(Code.NOT_RUNNING, "act", f"The clock stands still: the session is {STATUS[game.moment.status]}.")
    if act.country not in game.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, "country", f"There is no country {act.country} in this scenario.")
    return (ev.OrderMissed(country=act.country, instead=act.instead),)


def _check_clock(game: Game, order: o.Order, act: o.Advance) -> None:
    if order.author not in (o.CLOCK, o.CONTROL):
        raise Refused(Code.NOT_YOURS, "author", "Only the clock and control can close a step.")
    now = game.moment
    if now.status != "running":
        raise Refused(Code.NOT_RUNNING, "act", f"The clock stands still: the session is {STATUS[now.status]}.")
    if (act.turn, act.phase, act.round, act.revision) != (now.turn, now.phase, now.round, now.revision):
        raise Refused(Code.STALE_CLOCK, "act", "This deadline is no longer the current one.")


def _seat(game: Game, order: o.Order) -> tuple[ev.EventKinds, ...]:
    country = order.author
    if country not in game.atlas.countries:
        raise Refused(Code.NOT_YOURS, "author", f"{country} is not a country of this scenario.")
    if game.moment.status != "running":
        raise Refused(Code.NOT_RUNNING, "act", f"The session is {STATUS[game.moment.status]}.")
    if order.act.kind not in open_acts(game):
        raise Refused(Code.WRONG_PHASE, "act.kind", _when(game, order.act.kind))
    if country in game.moment.done:
        raise Refused(Code.SEAT_DONE, "author", "You said you were done; wait for the next step.")
    if order.act.kind in phase(game.moment.phase).sealed:
        _check_sealed(game, country, order.act)
        return (ev.ActSealed.believed(country=country, act=order.act),)
    if isinstance(order.act, o.MakeStatement):
        return statements.make_statement(game, country, order.act)
    if isinstance(order.act, o.NoteMotive):
        return motives.note(game, country, order.act)
    return _open_act(game, country, order)


def _when(game: Game, kind: str) -> str:
    allowed = ", ".join(sorted(open_acts(game))) or "nothing"
    return f"{kind} is not possible in {game.moment.phase}, round {game.moment.round}; possible now: {allowed}."


def _open_act(game: Game, country: str, order: o.Order) -> tuple[ev.EventKinds, ...]:
    match order.act:
        case o.Propose() as act:
            return commitments.propose(game, country, act, order.id)
        case o.Sign() as act:
            return commitments.sign(game, country, act)
        case o.Reject() as act:
            return commitments.reject(game, country, act)
        case o.Retract() as act:
            return commitments.retract(game, country, act)
        case o.Renounce() | o.Call() | o.Waive() as act:
            return _pact_act(game, country, act)
        case o.Table() as act:
            return councils.table(game, country, act)
        case o.Sponsor() as act:
            return councils.sponsor(game, country, act)
        case o.Withdraw() as act:
            return councils.withdraw(game, country, act)
        case o.Declare() as act:
            return councils.declare(game, country, act)
        case o.Done():
            return (ev.SeatDone.believed(country=country),)
        case _:
            raise Refused(Code.WRONG_PHASE, "act.kind", f"{order.act.kind} waits for the close of a step.")


def _pact_act(game: Game, country: str, act: o.Renounce | o.Call | o.Waive) -> tuple[ev.EventKinds, ...]:
    """An act about a commitment in force."""
    match act:
        case o.Renounce():
            return departures.renounce(game, country, act)
        case o.Call():
            return claims.call(game, country, act)
        case o.Waive():
            return claims.waive(game, country, act)
        case _:
            assert_never(act)


def _check_sealed(game: Game, country: str, act: o.Act) -> None:
    match act:
        case o.Vote():
            councils.check_vote(game, country, act)
        case o.Budget():
            economy.check_budget(game, country, act)
        case o.Withhold():
            claims.check_withhold(game, country, act)
        case o.Aid():
            economy.check_aid(game, country, act)
        case o.Sanction():
            sanctions.check_sanction(game, country, act)
        case o.BaseRight():
            bases.check_base(game, country, act)
        case o.Announce():
            operations.check_announce(game, country, act)
        case o.Influence():
            influence.check_influence(game, country, act)
        case o.Dialogue():
            forums.check_dialogue(game, country, act)
        case o.Join():
            operations.check_join(game, country, act)
        case o.Launch() | o.Cancel():
            operations.check_lead(game, country, act)
        case _:
            raise Refused(Code.WRONG_PHASE, "act.kind", f"{act.kind} is not sealed.")
