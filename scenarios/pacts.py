"""Treaties of the opening: ``[[commitment]]`` as terms in force, and what follows from them in the first state of the world.

A base that somebody owes to a guest is open at the start, and sanctions that are owed are in force; otherwise the first turn would
begin with a breach that nobody chose.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np
from pydantic import TypeAdapter, ValidationError

from rules.exact import Array, frozen
from rules.pacts.clauses import Clause, HostBase, KeepSanctions
from rules.pacts.treaties import Commitment, Terms
from scenarios.faults import Fault, nearest
from scenarios.folder import MAIN
from scenarios.pact_schema import Duty, Pact
from scenarios.schema import ScenarioFile

TURNS_BEYOND = 1
"""Treaties of the opening outlast the session: were their last turn the game's last, each would have run out
when objectives are asked.
"""
EACH = "each"
NAMED = ("debtor", "ally", "against", "towards", "to", "guest", "target", "of")
"""Keys of a clause that name a country."""
_CLAUSE: TypeAdapter[Clause] = TypeAdapter(Clause)


def commitment(pact: Pact, turns: int) -> Commitment:
    """A treaty in force since the first turn."""
    formal = (pact.formal or pact.parties) if pact.formality == "formal" else ()
    terms = Terms(
        parties=pact.parties,
        clauses=tuple(clauses(pact, turns)),
        formal=formal,
        secret=pact.visibility == "secret",
        institution=pact.institution,
        arrangement=pact.arrangement,
        head=pact.head,
        notice=pact.notice,
        decision=pact.decision,
        remedies=pact.remedies,
    )
    return Commitment(id=pact.id, terms=terms, since=1)


def clauses(pact: Pact, turns: int) -> Iterator[Clause]:
    """What the parties owe, line by line; ``each`` stands for all of them."""
    for duty in duties(pact):
        for debtor in pact.parties if duty.debtor == EACH else (duty.debtor,):
            yield _clause(duty, debtor, turns)


def duties(pact: Pact) -> tuple[Duty, ...]:
    """The lines of a treaty; one of mutual defence has one line."""
    mutual = () if pact.kind is None else (Duty(kind=pact.kind, debtor=EACH),)
    return (*mutual, *pact.clauses)


def _clause(duty: Duty, debtor: str, turns: int) -> Clause:
    span = {"since": duty.since or 1, "until": duty.until or turns + TURNS_BEYOND}
    return _CLAUSE.validate_python({**duty.model_dump(exclude_none=True), **span, "debtor": debtor})


def bases(data: ScenarioFile) -> Array:
    """1 where a treaty of the opening keeps a base open.  Shape [host, guest]."""
    rows = {land.id: row for row, land in enumerate(data.country)}
    table = np.zeros((len(rows), len(rows)))
    for clause in _owed(data):
        if isinstance(clause, HostBase):
            table[rows[clause.debtor], rows[clause.guest]] = 1.0
    return frozen(table)


def sanctions(data: ScenarioFile) -> Array:
    """How far each state cuts its ties with each other at the start, by its own will or by treaty.  Shape [sender, target]."""
    rows = {land.id: row for row, land in enumerate(data.country)}
    table = np.zeros((len(rows), len(rows)))
    for tie in data.tie:
        if tie.kind == "sanction":
            table[rows[tie.holder], rows[tie.partner]] = tie.value
    for clause in _owed(data):
        if isinstance(clause, KeepSanctions):
            at = (rows[clause.debtor], rows[clause.target])
            table[at] = max(float(table[at]), clause.level)
    return frozen(table)


def _owed(data: ScenarioFile) -> Iterator[Clause]:
    for pact in data.commitment:
        yield from (clause for clause in clauses(pact, data.scenario.turns) if clause.since == 1)


def faults(pact: Pact, countries: Collection[str], turns: int) -> Iterator[Fault]:
    """What cannot be in a treaty: strangers, nothing owed, a clause with keys that do not belong to its kind."""
    key = f"commitment[{pact.id}]"
    for party in pact.parties:
        yield from _known(f"{key}.parties", party, countries)
    for name in (*pact.formal, *((pact.head,) if pact.head else ())):
        if name not in pact.parties:
            yield Fault(MAIN, key, f"{name} is not a party.", f"Use one of {', '.join(pact.parties)}.")
    if not duties(pact):
        yield Fault(MAIN, key, "says nothing that anybody owes.", 'Write kind = "defend", or clauses.')
    for number, duty in enumerate(pact.clauses, start=1):
        yield from _duty(f"{key}.clauses[{number}]", pact, duty, countries, turns)


def _duty(key: str, pact: Pact, duty: Duty, countries: Collection[str], turns: int) -> Iterator[Fault]:
    if duty.debtor not in (EACH, *pact.parties):
        yield Fault(MAIN, f"{key}.debtor", f"{duty.debtor} is not a party.", f"Use 'each' or one of {', '.join(pact.parties)}.")
    for name in NAMED[1:]:
        country = getattr(duty, name)
        if country is not None:
            yield from _known(f"{key}.{name}", country, countries)
    try:
        _clause(duty, pact.parties[0], turns)
    except ValidationError as error:
        for detail in error.errors():
            spot = str(detail["loc"][-1])
            yield Fault(MAIN, f"{key}.{spot}", f"does not fit a clause of the kind {duty.kind!r}.", f"{detail['msg']}.")


def _known(key: str, country: str, countries: Collection[str]) -> Iterator[Fault]:
    if country not in countries:
        yield Fault(MAIN, key, f"{country} is not a country of this scenario.", nearest(country, countries))
