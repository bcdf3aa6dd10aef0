"""Politics at home: political capital, what foreign company costs, and governments that come and go (S5, S6, W144; Mattes 2012).

What a country thinks is fixed (``Atlas.ideal``); what its leader wants (``World.leaning``) changes with leaders and lobbies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rules.chance import draw
from rules.effects import Effect, Term
from rules.exact import Array, add, frozen
from rules.parameters import Parameters
from rules.society.events import LeaderChanged
from rules.society.reputation import regime_weight
from rules.society.rhetoric import step
from rules.state import TERMS, Game, index
from rules.vocabulary import Commitment

EVEN = 0.5
TWICE = 2.0
SYSTEMIC = ("security", "standing")
"""Payoff terms that come from the system of states, against ``domestic``."""


def weighed(weights: Array, temper: Array, parameters: Parameters) -> Array:
    """Weights of the payoff terms as the present leader feels them.  Both ``[..., term]``.

    Whether structure or politics at home weighs more is where the sources differ (S5): ``w_sys`` and ``w_dom``.
    """
    felt: Array = weights * temper * _scale(parameters.w_sys, parameters.w_dom)
    return felt


@lru_cache(maxsize=64)
def _scale(systemic: float, domestic: float) -> Array:
    return frozen([systemic if t in SYSTEMIC else domestic if t == "domestic" else 1.0 for t in TERMS])


def capital(game: Game, _: str) -> Sequence[Effect]:
    """Political capital follows approval with a lag."""
    rate = game.parameters.capital_step
    effects = []
    for i in range(len(game.atlas.countries)):
        gap = float(game.world.approval[i]) - float(game.world.capital[i])
        effects.append(step(game, "capital", (i,), rate * gap, Term("approval less capital", gap)))
    return effects


def hosting(game: Game, _: str) -> Sequence[Effect]:
    """Open, formal ties with the unipole cost approval where the country thinks otherwise, more if it is little esteemed (W144, J5)."""
    atlas, leader = game.atlas, index(game, game.atlas.unipole)
    scorn = TWICE * (1.0 - float(game.world.esteem[leader]))
    effects = []
    clients = _clients(game.commitments, atlas.unipole)
    for i, country in enumerate(atlas.countries):
        if country not in clients:
            continue
        away = [abs(float(a) - float(b)) for a, b in zip(atlas.ideal[i], game.world.leaning[leader], strict=True)]
        far = add(away) / len(away)
        regime = float(regime_weight(float(atlas.democracy[i]), game.parameters))
        price = game.parameters.host_cost * regime * far * scorn
        effects.append(step(game, "approval", (i,), -price, Term("distance from the unipole", far), Term("lack of esteem", scorn)))
    return effects


def _clients(commitments: Iterable[Commitment], unipole: str) -> frozenset[str]:
    """Those bound to the unipole, or it to them, in the open and in form."""
    open_ties = [c for c in commitments if not c.terms.secret and unipole in c.terms.parties and c.terms.formal]
    return frozenset(party for c in open_ties for party in c.terms.parties if party != unipole)


def chance_of_change(game: Game, row: int) -> float:
    """Chance that the leader changes this turn: more in democracies, more without political capital (S6)."""
    parameters = game.parameters
    regime = (1.0 - parameters.turnover_regime) + parameters.turnover_regime * float(game.atlas.democracy[row])
    return min(parameters.turnover * regime * TWICE * (1.0 - float(game.world.capital[row])), 1.0)


def changes(game: Game) -> tuple[LeaderChanged, ...]:
    """New leaders at the end of the turn, by keyed chance."""
    return tuple(
        LeaderChanged(country=country, reason="the government fell")
        for row, country in enumerate(game.atlas.countries)
        if draw(game.seed, game.moment.branch, game.moment.turn, "turnover", country) < chance_of_change(game, row)
    )


def _room(game: Game, row: int) -> float:
    """How far a new leader can differ from the country: less in democracies (S6)."""
    return 1.0 - game.parameters.turnover_regime * float(game.atlas.democracy[row])


def new_leaning(game: Game, subject: str) -> Sequence[Effect]:
    """A new leader has views of its own, drawn around what the country thinks."""
    row, effects = index(game, subject), []
    room = game.parameters.leader_drift * _room(game, row)
    for column, issue in enumerate(game.atlas.issues):
        luck = TWICE * draw(game.seed, game.moment.branch, game.moment.turn, "leaning", subject, issue.id) - 1.0
        country = float(game.atlas.ideal[row, column])
        value = min(max(country + room * luck, 0.0), 1.0)
        terms = (Term("what the country thinks", country), Term("own view", value - country))
        effects.append(Effect("leaning", (row, column), value, terms))
    return effects


def new_temper(game: Game, subject: str) -> Sequence[Effect]:
    """A new leader weighs security, welfare and the rest in its own way, drawn around the scenario's weights."""
    row, effects = index(game, subject), []
    room = game.parameters.leader_temper * _room(game, row)
    for column, name in enumerate(TERMS):
        luck = TWICE * draw(game.seed, game.moment.branch, game.moment.turn, "temper", subject, name) - 1.0
        effects.append(Effect("temper", (row, column), 1.0 + room * luck, (Term(f"weight of {name}", room * luck),)))
    return effects


def honeymoon(game: Game, subject: str) -> Sequence[Effect]:
    """A new leader starts with political capital."""
    row = index(game, subject)
    return (Effect("capital", (row,), game.parameters.honeymoon, (Term("before", float(game.world.capital[row])),)),)


def new_in_office(game: Game, subject: str) -> Sequence[Effect]:
    """A new leader's time in office begins."""
    row, now = index(game, subject), float(game.moment.turn)
    return (Effect("entered", (row,), now, (Term("before", float(game.world.entered[row])),)),)


def exit_relief(game: Game, row: int, institutionalised: float = 0.0) -> float:
    """Share of the price of leaving a commitment that a new leader is spared: it did not sign.  Institutions lock successors in (S6)."""
    fresh = 1.0 if float(game.moment.turn) - float(game.world.entered[row]) < game.parameters.newness else 0.0
    return game.parameters.new_leader_relief * fresh * (1.0 - min(institutionalised, 1.0))
