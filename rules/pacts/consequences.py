"""Consequences of verdicts and notices: records, goodwill, and what is thought at home (W106, W107, I8, S6; Fearon 1994)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rules.copying import changed
from rules.effects import Effect, Term
from rules.pacts.departures import released
from rules.pacts.institutions import firm, stiffness
from rules.pacts.treaties import Commitment, Terms, Verdict
from rules.society.domestic import exit_relief
from rules.society.reputation import audience
from rules.state import Game, Sight

Change = tuple[tuple[str, tuple[int, ...]], float]
"""A figure, where, and by how much it moves."""
RANGE = {"approval": (0.0, 1.0), "goodwill": (-1.0, 1.0)}


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
    return _moved(game, tally, "from this turn's verdicts")


def _moved(game: Game, tally: dict[tuple[str, tuple[int, ...]], float], words: str) -> Sequence[Effect]:
    effects = []
    for (field, at), amount in tally.items():
        before = float(getattr(game.world, field)[at])
        low, high = RANGE.get(field, (0.0, float("inf")))
        value = min(max(before + amount, low), high)
        terms = (Term("before", before), Term(words, amount))
        effects.append(Effect(field, at, value, terms))  # type: ignore[arg-type]  # the keys are figure names
    return effects


def notices(game: Game, _: str) -> Sequence[Effect]:
    """What it costs to leave a firm, open commitment: less than a breach, but not nothing (I8, S6, W106).

    At home, in the goodwill of those who stay, and in everybody's belief in the next promise.
    """
    tally: dict[tuple[str, tuple[int, ...]], float] = {}
    for commitment in game.commitments:
        for country in [d.country for d in commitment.leaving if d.given == game.moment.turn]:
            if firm(commitment.terms, country) and not commitment.hidden and not released(game, country, commitment):
                for key, amount in _left(game, commitment, country):
                    tally[key] = tally.get(key, 0.0) + amount
    return _moved(game, tally, "commitments renounced")


def _left(game: Game, commitment: Commitment, country: str) -> Iterator[Change]:
    """What one who leaves loses: of each consequence of a breach the share that is the price of an exit."""
    countries, parameters, terms = game.atlas.countries, game.parameters, commitment.terms
    row, part = countries.index(country), parameters.exit_cost
    shame = float(audience(float(game.atlas.democracy[row]), 1.0, parameters)) * stiffness(terms, parameters)
    yield ("approval", (row,)), -part * shame * (1.0 - exit_relief(game, row))
    gone = {d.country for d in commitment.leaving}
    for other in terms.parties:
        if other not in gone:
            yield ("goodwill", (countries.index(other), row)), -part * parameters.breach_goodwill
    weight = parameters.record_step * (1.0 + (parameters.formal_record if country in terms.formal else 0.0))
    for i in range(len(countries)):
        if i != row:
            yield ("broken", (i, row)), part * weight


class BreachPrice(NamedTuple):
    """What a breach takes: approval at home, goodwill of each other party, and how heavily it counts in a record."""

    approval: float
    goodwill: float
    record: float


def price_of_breach(sight: Sight, terms: Terms, debtor: str) -> BreachPrice:
    """What it would cost a party to break its word under these terms, were they in force: the consequences of a verdict to be."""
    imagined = Commitment.believed(id="imagined", terms=terms, since=sight.moment.turn)
    witnesses = tuple(party for party in terms.parties if party != debtor) if terms.secret else ()
    verdict = Verdict.believed(
        commitment=imagined.id, clause=0, debtor=debtor, turn=sight.moment.turn, finding="breached", reason="", witnesses=witnesses
    )
    found = _consequences(changed(sight, commitments=(*sight.commitments, imagined)), verdict)
    most = {field: max((-amount for (name, _), amount in found if name == field), default=0.0) for field in RANGE}
    return BreachPrice(most["approval"], most["goodwill"], max((amount for (name, _), amount in found if name == "broken"), default=0.0))


def _consequences(game: Sight, verdict: Verdict) -> list[Change]:
    countries = game.atlas.countries
    debtor = countries.index(verdict.debtor)
    observers = [countries.index(c) for c in verdict.witnesses or countries if c != verdict.debtor]
    field = "kept" if verdict.finding == "kept" else "broken"
    formal = 1.0 if _was_formal(game, verdict) else 0.0
    weight = game.parameters.record_step * (1.0 + game.parameters.formal_record * formal)
    found: list[Change] = [((field, (i, debtor)), weight) for i in observers]
    kept, broken = game.parameters.kept_goodwill, -game.parameters.breach_goodwill
    step = kept if verdict.finding == "kept" else broken
    found += [(("goodwill", (countries.index(c), debtor)), step) for c in _others(game, verdict)]
    if verdict.finding == "breached" and not verdict.witnesses:
        cost = audience(float(game.atlas.democracy[debtor]), formal, game.parameters) * _stiffness(game, verdict.commitment)
        found.append((("approval", (debtor,)), -float(cost)))
        found.append((("breaches", (debtor,)), 1.0))
    return found


def _others(game: Sight, verdict: Verdict) -> tuple[str, ...]:
    """The other parties of an open commitment that was judged; goodwill is public, so secret dealings must not move it."""
    if verdict.witnesses:
        return ()
    parties = next((c.terms.parties for c in game.commitments if c.id == verdict.commitment), ())
    return tuple(c for c in parties if c != verdict.debtor)


def _stiffness(game: Sight, name: str) -> float:
    return next((stiffness(c.terms, game.parameters) for c in game.commitments if c.id == name), 1.0)


def _was_formal(game: Sight, verdict: Verdict) -> bool:
    return any(c.id == verdict.commitment and verdict.debtor in c.terms.formal for c in game.commitments)


def forgetting(game: Game, _: str) -> Sequence[Effect]:
    """Records fade: a part of what was seen kept and broken is forgotten in a turn (W106)."""
    part = game.parameters.record_decay
    effects: list[Effect] = []
    fields: tuple[Literal["kept", "broken"], ...] = ("kept", "broken")
    for field in fields:
        table = getattr(game.world, field)
        for i, j in zip(*(places.tolist() for places in table.nonzero()), strict=True):
            before = float(table[i, j])
            effects.append(Effect(field, (i, j), before * (1.0 - part), (Term("before", before), Term("part forgotten", part))))
    return effects
