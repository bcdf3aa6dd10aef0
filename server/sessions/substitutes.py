"""What bots do when a step closes, whoever closes it: the clock, control, or people who are all done.

A seat that a bot plays keeps its word in any case: before a step of sealed orders closes, a bot that has not spoken in it does so.
What bots of this process chose in the step is completed from memory, in talks too; what they did through another process stands in the
log, whole, since the orders of one choice are appended together.  In talks that are cut short no bot is asked anew: whoever ends them ends
them for all.
Where orders of people are missing, the session's courtesy says what takes their place.

If no choice can be had, the step closes without it: one that never closes is worse for everybody.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Sequence

from rules.errors import Refused
from rules.orders import Act, Order
from rules.sequence import Recorded
from rules.state import Game
from rules.turn import clock_id, open_acts
from server.sessions.courtesy import in_their_place, is_sealed, made_up, missing, of_step
from server.sessions.history import Ahead, History, step_key
from server.sessions.plans import Plan
from server.sessions.surroundings import Surroundings

BY_BOT = ":bot:"
"""In the ids of orders that bots give."""


def bots_order(country: str, step: str, name: int | str, act: Act) -> Order:
    """An order of a bot in a step, under the same id from whichever process."""
    return Order(id=f"{country}{BY_BOT}{step_key(step).removeprefix('clock:')}:{name}", author=country, act=act)


def spoken(entries: Sequence[Recorded]) -> list[str]:
    """The seats for which bots gave orders in the open step, once for each order."""
    return [entry.order.author for entry in of_step(entries) if BY_BOT in entry.order.id]


def given_by_bots(entries: Sequence[Recorded], country: str) -> list[Act]:
    """What bots did for a seat in the open step."""
    return [entry.order.act for entry in of_step(entries) if entry.order.author == country and BY_BOT in entry.order.id]


class Substitutes:
    """The bots of one session at the close of its steps."""

    def __init__(self, plan: Plan, world: Surroundings) -> None:
        self._plan = plan
        self._world = world
        self._step = ""
        self._chosen: dict[str, dict[str, Order]] = {}

    def note(self, step: str, country: str, orders: Iterable[Order]) -> None:
        """A bot of this process chose these orders in a step; they may be in the log, or on their way.

        Who closes a step may ask a bot while the company does, under the same ids: what was said first counts.
        """
        if self._step != step_key(step):
            self._step, self._chosen = step_key(step), {}
        chosen = self._chosen.setdefault(country, {})
        for order in orders:
            chosen.setdefault(order.id, order)

    async def before_close(self, history: History, envelopes: Collection[str], now_ms: int) -> Ahead:
        """The game as it is when the open step closes: with what bots would do in it, and with missing orders noted.

        Raises:
            LogUnavailable: it is not known which seats bots play.
        """
        ahead, game, step = history.ahead(), history.game, clock_id(history.game.moment)
        if not open_acts(game):
            return ahead
        bots, policy = await self._bots(game), self._plan.courtesy.missing
        people = missing(game, history.entries, {*envelopes, *bots}) if policy != "ignore" else ()
        silent = self._silent(history, [country for country in bots if country not in envelopes]) if is_sealed(game) else []
        asked = [*silent, *(people if policy == "bot" else ())]
        acts = await in_their_place(self._world.stand_in, self._plan.session_id, game, asked)
        for country in self._silent(history, silent):  # without those who spoke meanwhile
            if country in acts:
                self.note(step, country, (bots_order(country, step, number, act) for number, act in enumerate(acts[country])))
        for country in bots:
            if country not in envelopes and self._step == step_key(step):
                ahead = _completed(ahead, self._chosen.get(country, {}).values(), history.digests, now_ms)
        for country in people:
            ahead = made_up(ahead, country, "bot" if country in acts else "hold", acts.get(country, ()), now_ms)
        return ahead

    async def _bots(self, game: Game) -> list[str]:
        """The seats that bots play now."""
        held = await self._world.held(self._plan.session_id) if self._plan.bots and self._world.held is not None else game.atlas.countries
        return [country for country in game.atlas.countries if country in game.moment.stand_ins or country not in held]

    def _silent(self, history: History, seats: Iterable[str]) -> list[str]:
        """Which of these seats no bot has spoken for in the open step."""
        game, heard = history.game, {*spoken(history.entries), *history.game.moment.done}
        noted = self._chosen if self._step == step_key(clock_id(game.moment)) else ()
        return [country for country in seats if country not in heard and country not in noted]


def _completed(ahead: Ahead, orders: Iterable[Order], known: Collection[str], now_ms: int) -> Ahead:
    """With those of a bot's orders that are not in the log; what it may not do after all, it leaves."""
    for order in orders:
        if order.id not in known:
            with contextlib.suppress(Refused):
                ahead = ahead.given(order, now_ms)
    return ahead
