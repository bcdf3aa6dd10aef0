"""Bases abroad: a host lets a guest keep forces on its soil, and either may end it (W10, W93, W97, W99, W144, W171, W175).

From a base the guest's power reaches further, and its guarantee to the host is believed more.  The host pays at home and in autonomy.
Where presence goes, those who lived under it think worse of their neighbours: the vacuum that others might fill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rules.desk import sealed_acts
from rules.effects import Effect, Term
from rules.errors import Code, Refused
from rules.exact import Array, frozen, total
from rules.force.power import arrival, nearness
from rules.orders import BaseRight
from rules.society.reputation import regime_weight
from rules.state import Game, Sight, index


def check_base(sight: Sight, country: str, act: BaseRight) -> None:
    """Whether a base may be opened or closed by this country.

    Raises:
        Refused: unknown country, host and guest the same, somebody else's affair, or nothing would change.
    """
    for field, named in (("host", act.host), ("guest", act.guest)):
        if named not in sight.atlas.countries:
            raise Refused(Code.UNKNOWN_COUNTRY, field, f"There is no country {named} in this scenario.")
    if act.host == act.guest:
        raise Refused(Code.BASE_INVALID, "guest", "A base abroad has a host and a guest.")
    if country != act.host and (act.granted or country != act.guest):
        raise Refused(Code.NOT_YOURS, "host", f"Only {act.host} can open a base there, and only host or guest can close it.")
    is_open = bool(sight.world.bases[index(sight, act.host), index(sight, act.guest)])
    if act.granted == is_open:
        raise Refused(Code.BASE_INVALID, "granted", f"{act.guest} has {'a base' if is_open else 'no base'} in {act.host} already.")


def _changes(game: Game) -> dict[tuple[int, int], tuple[int, bool]]:
    """(host, guest) -> who changed it, and to what; who closes prevails over who opens."""
    found: dict[tuple[int, int], tuple[int, bool]] = {}
    for country, act in sealed_acts(game, BaseRight):
        at = (index(game, act.host), index(game, act.guest))
        if at not in found or not act.granted:
            found[at] = (index(game, country), act.granted)
    return found


def orders(game: Game, _: str) -> Sequence[Effect]:
    """Bases open and close; opening is felt at the host's home, closing by the one who is left (W144)."""
    parameters, world = game.parameters, game.world
    effects: list[Effect] = []
    approval = {host: float(world.approval[host]) for (host, _guest) in _changes(game)}
    for (host, guest), (author, opened) in _changes(game).items():
        effects.append(Effect("bases", (host, guest), float(opened), (Term("opened" if opened else "closed", 1.0),)))
        if opened:
            step = -parameters.host_cost * float(regime_weight(float(game.atlas.democracy[host]), parameters))
            terms = (Term("before", approval[host]), Term("foreign forces in the country", step))
            approval[host] = max(approval[host] + step, 0.0)
            effects.append(Effect("approval", (host,), approval[host], terms))
        else:
            left = guest if author == host else host
            before = float(world.goodwill[left, author])
            terms = (Term("before", before), Term("a base was lost", -parameters.base_loss))
            effects.append(Effect("goodwill", (left, author), max(before - parameters.base_loss, -1.0), terms))
    return effects


def vacuum(game: Game, _: str) -> Sequence[Effect]:
    """Who lived under a presence that goes thinks worse of its neighbours (W97, W99)."""
    closed = {at for at, (_author, opened) in _changes(game).items() if not opened}
    if not closed:
        return ()
    gone = _presence_lost(game, closed)
    near = nearness(game.atlas, game.parameters.proximity)
    guests = {guest for _host, guest in closed}
    effects = []
    for i, country in enumerate(game.atlas.countries):
        for k in range(len(game.atlas.countries)):
            step = game.parameters.vacuum_alarm * float(gone[i]) * float(near[i, k])
            if step and i != k and not {i, k} & guests:
                before, alone = float(game.world.hostile[i, k]), frozenset((country,))
                terms = (Term("before", before, alone), Term("presence lost", float(gone[i])), Term("nearness", float(near[i, k])))
                effects.append(Effect("hostile", (i, k), min(before + step, 1.0), terms))
    return effects


def _presence_lost(game: Game, closed: set[tuple[int, int]]) -> Array:
    """Share of all power at each place that went with the bases closed this turn.  Shape [state].

    The mechanism runs after the bases are closed, so the presence that was is found by opening them again.
    """
    bases = game.world.bases.copy()
    for at in sorted(closed):
        bases[at] = 1.0
    before = replace(game, world=replace(game.world, bases=frozen(bases)))
    had, has = game.world.forces * arrival(before), game.world.forces * arrival(game)
    lost: Array = total(np.maximum(had - has, 0.0)) / np.maximum(total(had), 1e-9)
    return lost


def hosting(sight: Sight) -> Array:
    """Bases of others that each state hosts.  Shape [state]."""
    return total(sight.world.bases)


def abroad(sight: Sight) -> Array:
    """Bases that each state keeps abroad.  Shape [state]."""
    return total(sight.world.bases.T)
