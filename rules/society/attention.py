"""Attention: a government can take only so many initiatives in a turn, whatever its forces (W148, W149)."""

from __future__ import annotations

from collections.abc import Sequence

from rules.desk import sealed_by
from rules.effects import Effect, Term
from rules.errors import Code, Refused
from rules.orders import Dialogue
from rules.state import Game, Sight, index, spoken_by
from rules.vocabulary import Commitment, Defend

DEMANDING = frozenset(("announce", "influence"))
"""Sealed acts that take up attention; every statement does."""


def initiatives(sight: Sight, country: str) -> float:
    """How many initiatives a government has taken this turn, as far as the viewer can know."""
    said = [s for s in spoken_by(sight, country) if s.turn == sight.moment.turn]
    ordered = [s for s in sealed_by(sight, country) if s.act.kind in DEMANDING or (isinstance(s.act, Dialogue) and s.act.host == country)]
    return float(len(said) + len(ordered))


def check_attention(sight: Sight, country: str) -> None:
    """Whether one more initiative is possible.

    Raises:
        Refused: the attention of the turn is used up.
    """
    if not attends(sight, country):
        most = int(points(sight, country))
        raise Refused(Code.TOO_MANY, "act", f"Your government can attend to {most} initiatives in a turn, and has.")


def attends(sight: Sight, country: str) -> bool:
    """Whether one more initiative is possible."""
    return initiatives(sight, country) + 1.0 <= points(sight, country)


def points(sight: Sight, country: str) -> float:
    """How many initiatives a government can attend to; the unipole's fewer if it disengages (W33, W123)."""
    engaged = sight.parameters.engagement if country == sight.atlas.unipole else 1.0
    return sight.parameters.attention_points * engaged


def charges(game: Game, country: str) -> tuple[Commitment, ...]:
    """The commitments by which a government owes others its help."""
    return tuple(
        c for c in game.commitments
        if any(isinstance(clause, Defend) and clause.debtor == country for clause in c.terms.clauses)
    )


def overload(game: Game, country: str) -> float:
    """Share of a guarantor's commitments for which it has no attention left, 0..1 (W148)."""
    needed = game.parameters.attention_upkeep * float(len(charges(game, country)))
    if needed <= 0.0:
        return 0.0
    running = float(len([o for o in game.operations if o.leader == country and (o.status == "announced" or o.turn == game.moment.turn)]))
    short = initiatives(game, country) + running + needed - points(game, country)
    return min(max(short / needed, 0.0), 1.0)


def neglect(game: Game, _: str) -> Sequence[Effect]:
    """Those to whom a distracted guarantor owes help doubt that it would come: a part of a broken word (W114, W148)."""
    doubt: dict[tuple[int, int], float] = {}
    for country in game.atlas.countries:
        share = overload(game, country)
        for commitment in charges(game, country) if share > 0.0 else ():
            for other in commitment.terms.parties:
                if other != country:
                    at = (index(game, other), index(game, country))
                    doubt[at] = max(doubt.get(at, 0.0), game.parameters.neglect_step * share)
    effects = []
    for at, by in doubt.items():
        before, own = float(game.world.broken[at]), frozenset((game.atlas.countries[at[0]],))
        effects.append(Effect("broken", at, before + by, (Term("before", before, own), Term("left unattended", by, own))))
    return effects
