"""The affront of a pact: whoever is named as the enemy of an open alliance takes it ill, and can make its members feel it (W50, W82).

The displeasure is divided among those who are bound, as it is among those who dissent in a vote: there is shelter in company.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.effects import Effect, Term
from rules.exact import Array, power, power_one
from rules.parameters import Parameters
from rules.state import Game, index
from rules.vocabulary import Defend, Terms


def bound_against(terms: Terms) -> dict[str, tuple[str, ...]]:
    """Enemy -> the parties that open terms bind to fight it."""
    found: dict[str, tuple[str, ...]] = {}
    for clause in () if terms.secret else terms.clauses:
        if isinstance(clause, Defend) and clause.against is not None and clause.debtor not in found.get(clause.against, ()):
            found[clause.against] = (*found.get(clause.against, ()), clause.debtor)
    return found


def taken_ill(members: Array, parameters: Parameters) -> Array:
    """Goodwill that each of some ``members`` loses with the state they are bound against.  Element by element."""
    loss: Array = parameters.affront / power(members, parameters.shelter)
    return loss


def taken_ill_by_one(members: int, parameters: Parameters) -> float:
    """The same for one number of members."""
    return parameters.affront / power_one(float(members), parameters.shelter)


def affronts(game: Game, subject: str) -> Sequence[Effect]:
    """Goodwill towards the members of a new pact of the state that it is aimed at."""
    commitment = next(c for c in game.commitments if c.id == subject)
    effects = []
    for enemy, members in bound_against(commitment.terms).items():
        loss = taken_ill_by_one(len(members), game.parameters)
        for member in members:
            at = (index(game, enemy), index(game, member))
            before = float(game.world.goodwill[at])
            terms = (Term("before", before), Term("members", float(len(members))), Term("affront", -loss))
            effects.append(Effect("goodwill", at, max(before - loss, -1.0), terms))
    return effects
