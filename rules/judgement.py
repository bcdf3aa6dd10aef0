"""Judgement: every turn the engine compares what was owed with what was done, and says why (W1, W106, W155).

A clause that is due is *kept*, *breached* or *excused*; one whose condition did not come about, or that ran out without its case
arising, was *not called*.  A clause that is simply not due yet is not mentioned.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules import events as ev
from rules.economy import means
from rules.effects import Effect, Term
from rules.exact import add
from rules.reputation import audience
from rules.state import Game, find_council
from rules.threat import protected
from rules.vocabulary import (
    LEVELS,
    Clause,
    Commitment,
    Defend,
    Draft,
    Finding,
    GiveAid,
    JoinCoalition,
    Level,
    Operation,
    Verdict,
    Voted,
    VotePledge,
)

Found = tuple[Finding, str] | None
RANGE = {"approval": (0.0, 1.0), "goodwill": (-1.0, 1.0)}
ROUNDING = 1e-9  # relative: aid that differs by less is what was promised


def judge(game: Game) -> tuple[ev.EventKinds, ...]:
    """Verdicts on all clauses of all commitments for this turn."""
    events = []
    for commitment in game.commitments:
        for number, clause in enumerate(commitment.terms.clauses):
            found = finding(game, commitment, clause)
            if found is not None:
                events.append(ev.Judged(verdict=_verdict(game, commitment, number, clause, *found)))
    return tuple(events)


def _verdict(
    game: Game, commitment: Commitment, number: int, clause: Clause, found: Finding, reason: str
) -> Verdict:
    return Verdict(
        commitment=commitment.id,
        clause=number,
        debtor=clause.debtor,
        turn=game.moment.turn,
        finding=found,
        reason=reason,
        witnesses=commitment.terms.parties if commitment.terms.secret else (),
    )


def finding(game: Game, commitment: Commitment, clause: Clause) -> Found:
    """What the engine finds on one clause this turn, or None if it was not due."""
    if not clause.since <= game.moment.turn <= clause.until:
        return None
    found = _due(game, commitment, clause)
    if found is None and clause.until == game.moment.turn:
        return "not called", "the clause ran out before its case arose"
    return found


def _due(game: Game, commitment: Commitment, clause: Clause) -> Found:
    if clause.when is not None:
        met = condition(game, clause.when)
        if met is None:
            return None
        if not met:
            return "not called", f"{clause.when.country} did not vote {clause.when.choice}"
    match clause:
        case VotePledge():
            return _vote(game, clause)
        case GiveAid():
            return _aid(game, commitment, clause)
        case JoinCoalition():
            return _join(game, clause)
        case Defend():
            return _defend(game, commitment, clause)


def decided(game: Game, issue: str) -> tuple[Draft, ...]:
    """Drafts on an issue that were put to the vote this turn."""
    return tuple(
        d for d in game.drafts if d.turn == game.moment.turn and d.issue == issue and d.status in ("adopted", "failed")
    )


def condition(game: Game, when: Voted) -> bool | None:
    """Whether the condition came about this turn; None if there was no vote on the issue."""
    drafts = [d for d in decided(game, when.issue) if _sits(game, d, when.country)]
    if not drafts:
        return None
    return all(_choice(draft, when.country) == when.choice for draft in drafts)


def _sits(game: Game, draft: Draft, country: str) -> bool:
    council = find_council(game, draft.council)
    return council is not None and country in council.members


def _choice(draft: Draft, country: str) -> str:
    return next((b.choice for b in draft.ballots if b.country == country), "absent")


def _vote(game: Game, clause: VotePledge) -> Found:
    cast = [_choice(d, clause.debtor) for d in decided(game, clause.issue) if _sits(game, d, clause.debtor)]
    if not cast:
        return None
    if all(choice == clause.choice for choice in cast):
        return "kept", f"voted {clause.choice} as pledged"
    return "breached", f"pledged {clause.choice}, voted {', '.join(cast)}"


def _aid(game: Game, commitment: Commitment, clause: GiveAid) -> Found:
    sent = add(p.amount for p in game.payments if (p.sender, p.receiver) == (clause.debtor, clause.to))
    paid = max(sent - _owed_before(game, commitment, clause), 0.0)
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
    for other in sorted(game.commitments, key=lambda c: c.terms.secret):
        for earlier in other.terms.clauses:
            if other.id == commitment.id and earlier == clause:
                return owed
            if isinstance(earlier, GiveAid) and (earlier.debtor, earlier.to) == (clause.debtor, clause.to):
                called = earlier.when is None or condition(game, earlier.when)
                if called and earlier.since <= game.moment.turn <= earlier.until:
                    owed += earlier.amount
    return owed


def launched(game: Game) -> tuple[Operation, ...]:
    """Operations launched this turn."""
    return tuple(o for o in game.operations if o.status == "launched" and o.turn == game.moment.turn)


def _join(game: Game, clause: JoinCoalition) -> Found:
    """Of several operations against the target, joining one well enough will do."""
    given = [
        "full" if operation.leader == clause.debtor else _level(operation, clause.debtor, "attack")
        for operation in launched(game)
        if operation.target == clause.target
    ]
    if not given:
        return None
    if any(level is not None and LEVELS.index(level) >= LEVELS.index(clause.level) for level in given):
        return "kept", f"joined the operation against {clause.target}"
    best = next((level for level in given if level is not None), "nothing")
    return "breached", f"owed a {clause.level} contribution against {clause.target}, gave {best}"


def _level(operation: Operation, country: str, side: str) -> Level | None:
    return next((c.level for c in operation.coalition if c.country == country and c.side == side), None)


def _defend(game: Game, commitment: Commitment, clause: Defend) -> Found:
    """One finding for all attacks on the protected: an attack of one's own is a breach, help against one attacker is enough."""
    shielded = protected(commitment, clause)
    attackers = {operation.leader for operation in launched(game)}
    attacks = [o for o in launched(game) if o.target in shielded and clause.against in (None, o.leader)]
    own = next((o for o in attacks if o.leader == clause.debtor), None)
    if own is not None:
        return "breached", f"attacked {own.target}, which it had promised to defend"
    provoked = [o for o in attacks if o.target in attackers]
    attacks = [o for o in attacks if o.target not in attackers]
    if not attacks:
        return ("excused", f"{provoked[0].target} attacked as well") if provoked else None
    for operation in attacks:
        if _level(operation, clause.debtor, "defence") in ("token", "full"):
            return "kept", f"came to the help of {operation.target}"
    return "breached", f"{attacks[0].target} was attacked by {attacks[0].leader} and got no help"


def reputations(game: Game, _: str) -> Sequence[Effect]:
    """What this turn's verdicts do to records, and to the approval of those who broke their word in the open.

    A commitment counts once a turn for each debtor, by the worst that was found, however many clauses it has.
    """
    worst: dict[tuple[str, str], Verdict] = {}
    for verdict in game.verdicts:
        if verdict.turn == game.moment.turn and verdict.finding in ("kept", "breached"):
            known = worst.setdefault((verdict.commitment, verdict.debtor), verdict)
            if known.finding == "kept":
                worst[verdict.commitment, verdict.debtor] = verdict
    tally: dict[tuple[str, tuple[int, ...]], float] = {}
    for verdict in worst.values():
        for key, amount in _consequences(game, verdict):
            tally[key] = tally.get(key, 0.0) + amount
    effects = []
    for (field, at), amount in tally.items():
        before = float(getattr(game.world, field)[at])
        low, high = RANGE.get(field, (0.0, float("inf")))
        value = min(max(before + amount, low), high)
        terms = (Term("before", before), Term("from this turn's verdicts", amount))
        effects.append(Effect(field, at, value, terms))  # type: ignore[arg-type]  # the keys below are figure names
    return effects


def notices(game: Game, _: str) -> Sequence[Effect]:
    """What it costs at home to leave a formal, open commitment: less than a breach, but not nothing (I8, S6)."""
    bills: dict[int, float] = {}
    for commitment in game.commitments:
        for country in commitment.leaving:
            if country in commitment.terms.formal and not commitment.terms.secret:
                row = game.atlas.countries.index(country)
                price = float(audience(float(game.atlas.democracy[row]), 1.0, game.parameters))
                bills[row] = bills.get(row, 0.0) + game.parameters.exit_cost * price
    effects = []
    for row, bill in bills.items():
        before = float(game.world.approval[row])
        terms = (Term("before", before), Term("commitments renounced", -bill))
        effects.append(Effect("approval", (row,), max(before - bill, 0.0), terms))
    return effects


def _consequences(game: Game, verdict: Verdict) -> list[tuple[tuple[str, tuple[int, ...]], float]]:
    countries = game.atlas.countries
    debtor = countries.index(verdict.debtor)
    observers = [countries.index(c) for c in verdict.witnesses or countries if c != verdict.debtor]
    field = "kept" if verdict.finding == "kept" else "broken"
    formal = 1.0 if _was_formal(game, verdict) else 0.0
    weight = game.parameters.record_step * (1.0 + game.parameters.formal_bonus * formal)
    found: list[tuple[tuple[str, tuple[int, ...]], float]] = [((field, (i, debtor)), weight) for i in observers]
    kept, broken = game.parameters.kept_goodwill, -game.parameters.breach_goodwill
    step = kept if verdict.finding == "kept" else broken
    found += [(("goodwill", (countries.index(c), debtor)), step) for c in _others(game, verdict)]
    if verdict.finding == "breached" and not verdict.witnesses:
        cost = audience(float(game.atlas.democracy[debtor]), formal, game.parameters)
        found.append((("approval", (debtor,)), -float(cost)))
        found.append((("breaches", (debtor,)), 1.0))
    return found


def _others(game: Game, verdict: Verdict) -> tuple[str, ...]:
    """The other parties of an open commitment that was judged; goodwill is public, so secret dealings must not move it."""
    if verdict.witnesses:
        return ()
    parties = next((c.terms.parties for c in game.commitments if c.id == verdict.commitment), ())
    return tuple(c for c in parties if c != verdict.debtor)


def _was_formal(game: Game, verdict: Verdict) -> bool:
    return any(c.id == verdict.commitment and verdict.debtor in c.terms.formal for c in game.commitments)
