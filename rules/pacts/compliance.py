"""Compliance: one small function for each clause that asks for an act, which says what was found and why (W1, W106, W129, W155).

A clause that was *called* by a party it is owed to is due at once: help and company as soon as the operation is announced, a vote as soon
as the draft is on the table, talks at any time.
"""

from __future__ import annotations

from rules.afoot import prepared, tabled
from rules.desk import sealed_acts
from rules.force.economy import means
from rules.force.guarantees import protected
from rules.orders import Withhold
from rules.pacts.circumstances import ROUNDING, ballot_of, condition, decided, fights, given, launched, sent, sits
from rules.pacts.clauses import (
    Clause,
    Consult,
    Defend,
    GiveAid,
    HostBase,
    JoinCoalition,
    KeepSanctions,
    RenounceProgramme,
    ShareIntelligence,
    SpendAtLeast,
    VotePledge,
)
from rules.pacts.treaties import Commitment
from rules.state import SPENDING, Game, index
from rules.vocabulary import Operation
from rules.words import LEVELS, Finding

Found = tuple[Finding, str] | None


def called(game: Game, commitment: Commitment, clause: Clause) -> str | None:
    """Who called the clause this turn, if anybody did."""
    for claim in commitment.calls:
        if claim.turn == game.moment.turn and commitment.terms.clauses[claim.clause] == clause:
            return claim.country
    return None


def at_end(game: Game, commitment: Commitment, clause: Clause) -> bool:
    """Whether a standing duty is to be accounted for: it was called to account, or it runs out."""
    return clause.until == game.moment.turn or called(game, commitment, clause) is not None


def vote(game: Game, commitment: Commitment, clause: VotePledge) -> Found:
    """A vote pledged is kept by that vote; once called, by saying so before the vote."""
    cast = [ballot_of(d, clause.debtor) for d in decided(game, clause.issue) if sits(game, d, clause.debtor)]
    if cast:
        if all(choice == clause.choice for choice in cast):
            return "kept", f"voted {clause.choice} as pledged"
        if set(cast) == {"absent"}:
            return "breached", f"pledged {clause.choice}, did not vote"
        return "breached", f"pledged {clause.choice}, voted {', '.join(cast)}"
    caller = called(game, commitment, clause)
    waiting = [d for d in tabled(game) if d.issue == clause.issue and sits(game, d, clause.debtor)]
    if caller is None or not waiting:
        return None
    said = next((b.choice for b in waiting[-1].declared if b.country == clause.debtor), None)
    if said == clause.choice:
        return "kept", f"declared {clause.choice} when {caller} called for it"
    return "breached", f"{caller} called for a {clause.choice}, and it said {said or 'nothing'}"


def aid(game: Game, commitment: Commitment, clause: GiveAid) -> Found:
    """Aid is due every turn."""
    paid = max(sent(game, clause.debtor, clause.to) - _owed_before(game, commitment, clause), 0.0)
    if paid >= clause.amount * (1.0 - ROUNDING):
        return "kept", f"sent {clause.amount:g} bn USD to {clause.to}"
    limit = means(game, clause.debtor)
    if clause.amount > limit:
        return "excused", f"{clause.amount:g} bn USD is beyond its means ({limit:.3g} a turn)"
    return "breached", f"owed {clause.amount:g} bn USD to {clause.to}, sent {paid:g}"


def _owed_before(game: Game, commitment: Commitment, clause: GiveAid) -> float:
    """Aid due this turn between the same two under clauses that come first: one payment does not keep two promises.

    Open promises come before secret ones, so that what is found in the open says nothing about what is owed in secret.
    """
    owed = 0.0
    for other in sorted(game.commitments, key=lambda c: c.hidden):
        for earlier in other.terms.clauses:
            if other.id == commitment.id and earlier == clause:
                return owed
            if isinstance(earlier, GiveAid) and (earlier.debtor, earlier.to) == (clause.debtor, clause.to):
                due = earlier.when is None or condition(game, earlier.when, other)
                if due and earlier.since <= game.moment.turn <= earlier.until:
                    owed += earlier.amount
    return owed


def join(game: Game, commitment: Commitment, clause: JoinCoalition) -> Found:
    """Of several operations against the target, joining one well enough will do."""
    caller = called(game, commitment, clause)
    about = [*launched(game), *(prepared(game) if caller is not None else ())]
    brought = [given(operation, clause.debtor, "attack") for operation in about if operation.target == clause.target]
    if not brought:
        return None
    if any(level is not None and LEVELS.index(level) >= LEVELS.index(clause.level) for level in brought):
        return "kept", f"joined the operation against {clause.target}"
    best = next((level for level in brought if level is not None), "nothing")
    return "breached", f"owed a {clause.level} contribution against {clause.target}, gave {best}"


def defend(game: Game, commitment: Commitment, clause: Defend) -> Found:
    """One finding for all attacks on the protected: an attack of one's own is a breach, help against one attacker is enough."""
    shielded = protected(commitment, clause)
    attackers = {operation.leader for operation in launched(game)}
    attacks = [o for o in launched(game) if o.target in shielded and clause.against in (None, o.leader)]
    own = next((o for o in attacks if o.leader == clause.debtor), None)
    if own is not None:
        return "breached", f"attacked {own.target}, which it had promised to defend"
    provoked = [o for o in attacks if o.target in attackers]
    attacks = [o for o in attacks if o.target not in attackers]
    caller = called(game, commitment, clause)
    if caller is not None:
        attacks += [o for o in prepared(game) if o.target in shielded and clause.against in (None, o.leader) and o.leader != clause.debtor]
    if not attacks:
        return ("excused", f"{provoked[0].target} attacked as well") if provoked else None
    return _helped(game, clause, attacks)


def _helped(game: Game, clause: Defend, attacks: list[Operation]) -> Found:
    for operation in attacks:
        if fights(operation, clause.debtor, "defence"):
            return "kept", f"came to the help of {operation.target}"
    if any(o.target == clause.debtor for o in launched(game)):
        return "excused", "was under attack itself"
    first = attacks[0]
    was = "was attacked" if first.status == "launched" else "called for help and was threatened"
    return "breached", f"{first.target} {was} by {first.leader} and got no help"


def consult(game: Game, commitment: Commitment, clause: Consult) -> Found:
    """Talks are due when a party calls for them; they take place unless they are withheld."""
    caller = called(game, commitment, clause)
    if caller is None:
        return None
    if withheld(game, commitment, clause):
        return "breached", f"would not talk when {caller} called for it"
    return "kept", f"talked when {caller} called for it"


def intelligence(game: Game, commitment: Commitment, clause: ShareIntelligence) -> Found:
    """What is known is shared unless it is withheld."""
    if withheld(game, commitment, clause):
        return "breached", "kept what it knew to itself"
    return ("kept", "shared what it knew") if at_end(game, commitment, clause) else None


def spend(game: Game, commitment: Commitment, clause: SpendAtLeast) -> Found:
    """A floor under spending is looked at every turn, and mentioned when it is broken, called to account or over."""
    share = float(game.world.guns[index(game, clause.debtor)])
    if share < clause.share * (1.0 - ROUNDING):
        return "breached", f"owed {clause.share:.3g} of its economy for guns, spent {share:.3g}"
    return ("kept", f"spent {share:.3g} of its economy on guns") if at_end(game, commitment, clause) else None


def sanction(game: Game, commitment: Commitment, clause: KeepSanctions) -> Found:
    """Sanctions that were promised, or promised to be lifted, are looked at every turn."""
    level = float(game.world.sanctions[index(game, clause.debtor), index(game, clause.target)])
    if clause.level == 0.0 and level > 0.0:
        return "breached", f"keeps sanctions of {level:.3g} against {clause.target}"
    if level < clause.level * (1.0 - ROUNDING):
        return "breached", f"owed sanctions of {clause.level:.3g} against {clause.target}, keeps {level:.3g}"
    done = f"kept sanctions against {clause.target}" if clause.level else f"left ties with {clause.target} whole"
    return ("kept", done) if at_end(game, commitment, clause) else None


def base(game: Game, commitment: Commitment, clause: HostBase) -> Found:
    """A base that was promised is open."""
    if not game.world.bases[index(game, clause.debtor), index(game, clause.guest)]:
        return "breached", f"has no base open to {clause.guest}"
    return ("kept", f"kept a base open to {clause.guest}") if at_end(game, commitment, clause) else None


def programme(game: Game, commitment: Commitment, clause: RenounceProgramme) -> Found:
    """Nothing is spent on the weapons that were renounced."""
    if float(game.world.spending[index(game, clause.debtor), SPENDING.index("programme")]) > 0.0:
        return "breached", "spent on weapons of mass destruction"
    return ("kept", "spent nothing on weapons of mass destruction") if at_end(game, commitment, clause) else None


def withheld(game: Game, commitment: Commitment, clause: Clause) -> bool:
    """Whether the debtor laid down under seal that it withholds what the clause asks for."""
    return any(
        country == clause.debtor
        and act.commitment == commitment.id
        and act.clause < len(commitment.terms.clauses)
        and commitment.terms.clauses[act.clause] == clause
        for country, act in sealed_acts(game, Withhold)
    )
