"""What a game came to: wars, votes, broken words, payoffs, and which objectives were met."""

from __future__ import annotations

from dataclasses import dataclass

from rules.exact import total
from rules.interests.objectives import BadPredicate, holds, measured, parse
from rules.state import Game, index
from rules.vocabulary import Objective, Verdict


@dataclass(frozen=True, slots=True)
class Aim:
    """An objective of a seat and whether it holds; None if it cannot be asked of this game.

    ``value`` is what was found, ``bound`` what it was compared with, if anything.
    """

    objective: Objective
    met: bool | None
    value: float = 0.0
    bound: float | None = None


def aims(game: Game, country: str) -> tuple[Aim, ...]:
    """The objectives of a country as things stand."""
    found = []
    for objective in game.atlas.objectives[index(game, country)]:
        try:
            predicate = parse(objective.predicate)
            value, bound = measured(predicate, game, country)
            found.append(Aim(objective, holds(predicate, game, country), value, bound))
        except BadPredicate:
            found.append(Aim(objective, None))
    return tuple(found)


def wars(game: Game) -> int:
    """Operations carried out."""
    return len([o for o in game.operations if o.status == "launched"])


def adoptions(game: Game) -> int:
    """Drafts adopted."""
    return len([d for d in game.drafts if d.status == "adopted"])


def failures(game: Game) -> int:
    """Drafts voted down."""
    return len([d for d in game.drafts if d.status == "failed"])


def breaches(game: Game) -> tuple[Verdict, ...]:
    """Verdicts that found a word broken, open or secret."""
    return tuple(v for v in game.verdicts if v.finding == "breached")


def kept(game: Game) -> tuple[Verdict, ...]:
    """Verdicts that found a word kept."""
    return tuple(v for v in game.verdicts if v.finding == "kept")


def payoffs(game: Game) -> tuple[float, ...]:
    """The payoff of every country at the end of the last turn, all terms together."""
    return tuple(float(value) for value in total(game.world.payoff))


def payoffs_at_start(game: Game) -> tuple[float, ...]:
    """The same at the opening."""
    return tuple(float(value) for value in total(game.atlas.opening))
