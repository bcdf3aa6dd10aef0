"""Which fields the rows of each table can have: what a condition may ask for, and a value may sum up.

Those of records are read off their types, whatever a game comes to; those of states follow from who plays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import get_args

from pydantic import BaseModel

from client.laboratory.rows import OF_THE_DRAFT, columns_of
from client.laboratory.schema import Table
from rules.events import EventKinds, Judged
from rules.orders import ControlAct, SeatAct
from rules.state import Game
from rules.vocabulary import Clause, Contribution, Draft, Operation

BESIDE: Mapping[Table, tuple[str, ...]] = {
    "events": ("turn", "phase", "author"),
    "orders": ("turn", "phase", "author"),
    "seats": ("turn", "country", "share"),
    "commitments": (
        *("turn", "id", "kinds", "debtors", "named", "covered", "parties", "formal", "secret", "institution", "size", "share", "power"),
        "inherited",
    ),
    "clauses": ("turn", "id", "parties", "formal", "secret", "conditional", "inherited"),
    "blocs": ("turn", "against", "named", "members", "size", "share", "power"),
    "drafts": (),
    "ballots": (*sorted(OF_THE_DRAFT), "draft", "country", "choice"),
    "operations": ("size", "launched", "cost", "partners_cost"),
    "contributions": ("operation", "leader", "target", "status", "turn", "lent"),
    "verdicts": (),
    "labels": ("turn", "country", "fears", "label", "by"),
}
"""What a table says beside the record itself."""
RECORDS: Mapping[Table, object] = {
    "events": EventKinds,
    "orders": SeatAct | ControlAct,
    "clauses": Clause,
    "drafts": Draft,
    "operations": Operation,
    "contributions": Contribution,
}


def fields(table: Table, game: Game) -> frozenset[str]:
    """All fields that rows of a table can have in games of this world."""
    own = frozenset(name for name, _ in columns_of(game)) if table == "seats" else _of_records(table)
    return own.union(BESIDE[table])


@cache
def of_acts() -> frozenset[str]:
    """All fields that acts can have."""
    return frozenset(_dotted(SeatAct | ControlAct))


@cache
def _of_records(table: Table) -> frozenset[str]:
    if table == "verdicts":
        return frozenset(name.removeprefix("verdict.") for name in _dotted(Judged))
    return frozenset(_dotted(RECORDS[table]) if table in RECORDS else ())


def _dotted(kind: object) -> Iterator[str]:
    """The names of the fields of these records, and of the records in them."""
    for model in _models(kind):
        for name, field in model.model_fields.items():
            yield name
            yield from (f"{name}.{inner}" for inner in _dotted(field.annotation))


def _models(kind: object) -> Iterator[type[BaseModel]]:
    """The records that a type is made of, however deep they stand in it."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    else:
        for part in get_args(kind):
            yield from _models(part)
