"""Duties to leave something undone: neutrality, non-aggression, restraint, framework, non-recognition (W78, W79, W82, W102).

Such a duty is mentioned when it is broken, when it was put to the test and held, when a party calls it to account, and when it runs out.
"""

from __future__ import annotations

from rules.afoot import prepared
from rules.pacts.circumstances import fights, known_to, launched
from rules.pacts.clauses import (
    Clause,
    Defend,
    Neutrality,
    NonAggression,
    NonRecognition,
    RemainInFramework,
    Restraint,
    creditors,
)
from rules.pacts.compliance import Found, at_end
from rules.pacts.treaties import Commitment
from rules.state import Game


def _held(game: Game, commitment: Commitment, clause: Clause, *, tested: str = "") -> Found:
    """Kept, if it was put to the test, called to account or is over."""
    if tested:
        return "kept", tested
    return ("kept", "held to it to the end of the turn") if at_end(game, commitment, clause) else None


def neutrality(game: Game, commitment: Commitment, clause: Neutrality) -> Found:
    """Forces sent to either side of another's quarrel break it; defending oneself does not."""
    quarrels = [
        o for o in launched(game) if clause.towards in (None, o.leader, o.target) and clause.debtor != o.target
    ]
    for operation in quarrels:
        if fights(operation, clause.debtor, "attack") or fights(operation, clause.debtor, "defence"):
            return "breached", f"took part in the operation of {operation.leader} against {operation.target}"
    tested = f"stayed out of the operation of {quarrels[0].leader} against {quarrels[0].target}" if quarrels else ""
    return _held(game, commitment, clause, tested=tested)


def non_aggression(game: Game, commitment: Commitment, clause: NonAggression) -> Found:
    """Forces sent against a party break it, unless that party attacked first."""
    spared = creditors(commitment.terms.parties, clause)
    attacks = [o for o in launched(game) if o.target in spared]
    for operation in attacks:
        if fights(operation, clause.debtor, "attack"):
            if _attacked_by(game, clause.debtor, operation.target):
                return "excused", f"{operation.target} attacked as well"
            return "breached", f"sent forces against {operation.target}"
    return _held(game, commitment, clause, tested=f"took no part in the attack on {attacks[0].target}" if attacks else "")


def restraint(game: Game, commitment: Commitment, clause: Restraint) -> Found:
    """Preparing, carrying out or joining an attack breaks the pledge, unless the spared state attacked first."""
    if clause.short_of == "occupation":
        ruled = any(o.held and (o.leader, o.target) == (clause.debtor, clause.towards) for o in game.operations)
        return ("breached", f"holds {clause.towards}") if ruled else _held(game, commitment, clause)
    about = [o for o in (*prepared(game), *launched(game)) if o.target == clause.towards]
    for operation in about:
        joins = any(c.country == clause.debtor and c.side == "attack" for c in operation.coalition)
        if operation.leader == clause.debtor or joins:
            if _attacked_by(game, clause.debtor, clause.towards):
                return "excused", f"{clause.towards} attacked as well"
            did = "joined" if joins else "prepared" if operation.status == "announced" else "carried out"
            return "breached", f"{did} an operation against {clause.towards}"
    return _held(game, commitment, clause, tested=f"took no part in the operation against {clause.towards}" if about else "")


def _attacked_by(game: Game, country: str, other: str) -> bool:
    return any(o.target == country and fights(o, other, "attack") for o in launched(game))


def _entered(game: Game, commitment: Commitment, clause: Clause) -> list[Commitment]:
    """What the debtor concluded this turn besides this commitment, as far as all who hear of the finding may know."""
    now = game.moment.turn
    return [
        other
        for other in game.commitments
        if other.id != commitment.id and other.since == now and clause.debtor in other.terms.parties and known_to(other, commitment)
    ]


def framework(game: Game, commitment: Commitment, clause: RemainInFramework) -> Found:
    """A new defence arrangement that leaves out a party breaks the promise to stay within this one."""
    for other in _entered(game, commitment, clause):
        outside = [c for c in commitment.terms.parties if c not in other.terms.parties]
        if outside and any(isinstance(c, Defend) for c in other.terms.clauses):
            return "breached", f"arranged its defence without {outside[0]}"
    return _held(game, commitment, clause)


def non_recognition(game: Game, commitment: Commitment, clause: NonRecognition) -> Found:
    """An open agreement with the state in question recognises it."""
    for other in _entered(game, commitment, clause):
        if clause.of in other.terms.parties and not other.hidden:
            return "breached", f"came to an agreement with {clause.of} in the open"
    return _held(game, commitment, clause)
