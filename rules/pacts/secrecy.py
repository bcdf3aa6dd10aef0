"""Secrecy: what is agreed in secret may come to light, and then has its price (W56, W67, W134).

Each secret commitment is tried once a turn with a chance that grows with the number of pairs that know of it, and with every outsider with
whom a party has agreed to share intelligence and does.  What has come to light is known to everybody from then on: it counts like any open
commitment, those it was directed against take it ill, and so do democratic publics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rules import events as ev
from rules.chance import draw
from rules.effects import Effect, Term
from rules.exact import power
from rules.pacts.clauses import Clause, Defend, JoinCoalition, KeepSanctions, NonRecognition, ShareIntelligence, creditors
from rules.pacts.compliance import withheld
from rules.pacts.treaties import Commitment
from rules.society.reputation import regime_weight
from rules.state import Game, index

PAIR = 2.0


def leak_terms(game: Game, commitment: Commitment) -> tuple[Term, ...]:
    """The parts of the chance that a secret commitment comes to light this turn."""
    parameters = game.parameters
    parties = float(len(commitment.terms.parties))
    pairs = parties * (parties - 1.0) / PAIR
    listeners = len(_told(game, commitment))
    audience = frozenset(commitment.terms.parties)
    return (
        Term("those who know", parameters.leak_chance * float(power(pairs, parameters.leak_crowd)), audience),
        Term("intelligence shared with outsiders", parameters.leak_intelligence * listeners, audience),
    )


def leak_chance(game: Game, commitment: Commitment) -> float:
    """The chance itself, at most 1."""
    crowd, shared = leak_terms(game, commitment)
    return min(crowd.value + shared.value, 1.0)


def _told(game: Game, commitment: Commitment) -> frozenset[str]:
    """Outsiders with whom a party shares what it knows, by a clause that runs and is not withheld."""
    inside = frozenset(commitment.terms.parties)
    told: set[str] = set()
    for other in game.commitments:
        for clause in other.terms.clauses:
            shares = isinstance(clause, ShareIntelligence) and clause.debtor in inside and _runs(game, clause)
            if shares and not withheld(game, other, clause):
                told.update(creditors(other.terms.parties, clause))
    return frozenset(told) - inside


def _runs(game: Game, clause: Clause) -> bool:
    return clause.since <= game.moment.turn <= clause.until and clause.when is None


def leaks(game: Game) -> tuple[ev.CommitmentDetected, ...]:
    """Which secrets come to light this turn."""
    return tuple(
        ev.CommitmentDetected(commitment=commitment.model_copy(update={"leaked": True}))
        for commitment in game.commitments
        if commitment.hidden and _drawn(game, commitment) < leak_chance(game, commitment)
    )


def _drawn(game: Game, commitment: Commitment) -> float:
    return draw(game.seed, "leak", game.moment.branch, game.moment.turn, commitment.id)


def against(commitment: Commitment) -> frozenset[str]:
    """The states that a commitment names as those it is directed against, parties left aside."""
    named = {country for clause in commitment.terms.clauses for country in _named(clause)}
    return frozenset(named) - frozenset(commitment.terms.parties)


def _named(clause: Clause) -> Iterator[str]:
    match clause:
        case Defend() if clause.against is not None:
            yield clause.against
        case JoinCoalition():
            yield clause.target
        case KeepSanctions() if clause.level > 0.0:
            yield clause.target
        case NonRecognition():
            yield clause.of
        case _:
            return


def exposure(game: Game, subject: str) -> Sequence[Effect]:
    """What a secret costs its parties when it comes to light: goodwill of its targets, and approval at home (W67, W134)."""
    commitment = next(c for c in game.commitments if c.id == subject)
    parameters, effects = game.parameters, []
    for country in commitment.terms.parties:
        row = index(game, country)
        for target in sorted(against(commitment)):
            at = (index(game, target), row)
            before = float(game.world.goodwill[at])
            terms = (Term("before", before), Term("the secret was directed against it", -parameters.leak_goodwill))
            effects.append(Effect("goodwill", at, max(before - parameters.leak_goodwill, -1.0), terms))
        before = float(game.world.approval[row])
        cost = parameters.leak_audience * float(regime_weight(float(game.atlas.democracy[row]), parameters))
        effects.append(Effect("approval", (row,), max(before - cost, 0.0), (Term("before", before), Term("a secret came to light", -cost))))
    return effects
