"""The pages: orders, events, frames, errors.  Each is a function of the code alone."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from typing import get_args

from pydantic import BaseModel

from rules import state, vocabulary
from rules.errors import Code
from rules.events import EventKinds, Move
from rules.orders import ControlAct, Order, SeatAct
from rules.pacts.clauses import CLAUSES
from rules.pacts.conditions import CONDITIONS
from rules.pacts.treaties import Claim, Departure, Waiver
from rules.society.speech import Statement
from rules.turn import TABLE
from rules.visibility import Record
from rules.wire import frames as f
from rules.wire.codec import FrameCode
from server.reasons import SENTENCES, CloseCode, Reason
from server.web.connection import CLOSE_CODES
from tests.reference import curves, curves_of_words
from tests.reference.balance import balance_page
from tests.reference.laboratory import experiment_page
from tests.reference.systems import switches_page, systems_page
from tests.reference.words import patterns, rows

RECORDS = (
    Move,       vocabulary.Terms, vocabulary.Signature, vocabulary.Offer, vocabulary.Commitment, Departure, Claim, Waiver,
    vocabulary.Verdict, vocabulary.Ballot, vocabulary.Draft, vocabulary.Contribution, vocabulary.Operation,
    vocabulary.Payment, Statement,
)  # fmt: skip
VIEW = (
    state.View, state.Atlas, state.Moment, state.World, state.Council, state.Issue, state.Step, state.Bulletin, state.Shift,
    state.SealedAct, vocabulary.Objective,
)  # fmt: skip
NOTE = "Written from the code by `python -m tests.reference`; a test compares the two.\n"

ENGINE: dict[Code, str] = {
    Code.NOT_RUNNING: "The session has not started, is paused or is over.",
    Code.WRONG_PHASE: "This kind of act is not possible in the present phase or round; the sentence names those that are.",
    Code.STALE_CLOCK: "A clock's order for a step that is no longer open, or whose deadline was moved.",
    Code.NOT_YOURS: "Only somebody else can do this: the author of an offer or draft, the leader, control, the clock.",
    Code.SEAT_DONE: "The seat said that it was done with this step.",
    Code.UNKNOWN_COUNTRY: "There is no such country in this scenario.",
    Code.UNKNOWN_OFFER: "There is no such offer among those that the seat may know of.",
    Code.OFFER_INVALID: "The terms contradict themselves or the rules; the field says where.",
    Code.OFFER_DECIDED: "The seat has signed, rejected or renounced this already.",
    Code.UNKNOWN_COMMITMENT: "There is no such commitment in force among those that the seat is bound by.",
    Code.UNKNOWN_DRAFT: "There is no such draft.",
    Code.DRAFT_INVALID: "The draft cannot be tabled, sponsored or voted on as asked; the field says why.",
    Code.NOT_MEMBER: "The country does not sit in this council.",
    Code.UNKNOWN_OPERATION: "There is no such operation.",
    Code.OPERATION_INVALID: "The operation cannot be announced, joined, launched or cancelled as asked.",
    Code.STATEMENT_INVALID: "The statement names too little, too much, itself, or what was said already; the field says which.",
    Code.INFLUENCE_INVALID: "The campaign is aimed at oneself, or an issue is missing or out of place.",
    Code.DIALOGUE_INVALID: "There is no such issue to talk about.",
    Code.BUDGET_INVALID: "Guns and aid take more than there is, or aid goes where it cannot.",
    Code.SANCTION_INVALID: "Sanctions against oneself, or at the level they have already.",
    Code.BASE_INVALID: "Host and guest are the same, or the base is open (or closed) already.",
    Code.UNKNOWN_STEP: "The step was not played in this branch of the session, so the game cannot be put back to it.",
    Code.OVERRIDE_INVALID: "There is no such figure or place, or the value is out of bounds or the same; the field says which.",
    Code.INJECT_INVALID: "News can be planned for later turns only.",
    Code.TOO_MANY: "A limit of the rules: open offers, drafts in a turn, operations in preparation.",
}
FRAME: dict[FrameCode, str] = {
    FrameCode.KIND: "A text message where binary is spoken, or the reverse.",
    FrameCode.LONG: "The message has more bytes than the limit.",
    FrameCode.SYNTAX: "The message is not exactly one msgpack or JSON value of the kinds that frames are made of.",
    FrameCode.LIMIT: "Too deep, too many items, a string or an integer too large.",
    FrameCode.INVALID: "Well spelt, but not a frame of the protocol; the field says where.",
}


def _title(text: str) -> str:
    return " ".join(text.split())


def _table(head: tuple[str, ...], body: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _fields(cls: type) -> str:
    body = [(f"`{name}`", kind, seen, remark) for name, kind, seen, remark in rows(cls)]
    return _table(("field", "type", "seen by", "remark"), body) if body else "No fields.\n"


def _audience(cls: type[BaseModel]) -> str:
    """Who is told, from the class's own words about its audience."""
    method = cls.audience if issubclass(cls, Record) else None
    if method is None or method is Record.audience:
        return "Told to everybody.\n"
    return f"Told to: {_title(inspect.getdoc(method) or '').rstrip('.').lower()}.\n"


def _section(cls: type, name: str, *more: str) -> str:
    about = "\n".join(line.strip() for line in (inspect.getdoc(cls) or "").splitlines()).strip()
    return "\n".join([f"### {name}\n", about + "\n", *more, _fields(cls)])


def _kinds(union: object) -> tuple[type[BaseModel], ...]:
    return get_args(union)


def _kind(cls: type[BaseModel], key: str = "kind") -> str:
    return str(cls.model_fields[key].default)


def _records(classes: Iterable[type], heading: str, about: str) -> Iterator[str]:
    yield f"## {heading}\n"
    yield about + "\n"
    for cls in classes:
        yield _section(cls, cls.__name__)


def orders_page() -> str:
    """Everything that can be asked."""
    open_in = {_kind(cls): _open_in(_kind(cls)) for cls in _kinds(SeatAct)}
    parts = [
        "# Orders\n",
        NOTE,
        (
            "What can be asked of a game. In pace `live` an act travels in a `submit` frame, in pace `rounds` several travel "
            "in an `envelope`; see [frames](frames.md). Refusals are listed under [errors](errors.md).\n"
        ),
        _section(Order, "Order"),
        "## Acts of seats\n",
        *(_section(cls, f"`{_kind(cls)}`", open_in[_kind(cls)]) for cls in _kinds(SeatAct)),
        "## Acts of control and the clock\n",
        *(_section(cls, f"`{_kind(cls)}`") for cls in _kinds(ControlAct)),
        "## What terms are made of\n",
        _section(vocabulary.Terms, "Terms"),
        "A clause is one of the following, told apart by `kind`; it can hang on one of the conditions after them.\n",
        *(_section(cls, cls.__name__) for cls in (*CLAUSES, *CONDITIONS)),
        "## Names\n",
        _table(("kind of name", "form"), [(word, f"`{pattern.replace('|', chr(92) + '|')}`") for word, pattern in patterns()]),
    ]
    return "\n".join(parts)


def _open_in(kind: str) -> str:
    places = []
    for row in TABLE:
        if kind in row.earlier | row.last:
            when = "" if row.earlier == row.last else " (last round)" if kind in row.last else " (not in the last round)"
            sealed = ", sealed until the step closes" if kind in row.sealed else ""
            places.append(f"{row.name}{when}{sealed}")
    return f"Possible in: {'; '.join(places) or 'every step in which a seat can act'}.\n"


def events_page() -> str:
    """Everything that can happen."""
    parts = [
        "# Events\n",
        NOTE,
        (
            "What can happen, and who is told. Each viewer counts its own events, from 1; what it may not know leaves no gap. "
            "A field seen by control alone is empty for everybody else.\n"
        ),
        "## Kinds\n",
        *(_section(cls, f"`{_kind(cls)}`", _audience(cls)) for cls in _kinds(EventKinds)),
        *_records(RECORDS, "Records in events and views", "Terms and clauses are explained under [orders](orders.md)."),
        *(_section(cls, cls.__name__) for cls in CLAUSES),
    ]
    return "\n".join(parts)


def frames_page() -> str:
    """Everything that goes over the socket, and the view."""
    parts = [
        "# Frames\n",
        NOTE,
        (
            "What goes over the socket; [the protocol](protocol.md) says in which order. `/schema.json` of a running server has the "
            "same as JSON Schema.\n"
        ),
        "## From the client\n",
        *(_section(cls, f"`{_kind(cls, 'type')}`") for cls in _kinds(f.InKinds)),
        "## From the server\n",
        *(_section(cls, f"`{_kind(cls, 'type')}`") for cls in _kinds(f.OutKinds)),
        *_records(
            VIEW,
            "The view",
            "The field `view` of a `seen` frame. Arrays are nested lists of doubles; `[state]` counts the countries in the "
            "order of `atlas.countries`. Where the last column but one says \"its own seat\", a list or array with one row a "
            "state is cut down to the viewer's row (a number, a list, a text), and is empty for the public; an array without "
            "elements but with columns is written `{\"shape\": [0, columns]}`. `parameters` is a map of names to numbers, "
            "or to words for switches.",
        ),
    ]
    return "\n".join(parts)


def errors_page() -> str:
    """Every code, and what it means."""
    remarks = dict(re.findall(r"= (\d{4})  # (.+)", inspect.getsource(CloseCode)))
    parts = [
        "# Errors\n",
        NOTE,
        (
            "Every refusal has a `code` from these closed lists, the `field` at fault (a path such as `act.terms.clauses.0.since`, "
            "or empty) and a `sentence` for people. A refusal never changes the game.\n"
        ),
        "## The rules say no\n",
        _table(("code", "meaning"), [(f"`{code.value}`", ENGINE[code]) for code in Code]),
        "## Bytes that are no frame\n",
        (
            "A server that closes the socket for it uses the close code beside it. Once seated, `frame/invalid` closes only after "
            "many in a row.\n"
        ),
        _table(
            ("code", "close code", "meaning"),
            [(f"`{code.value}`", str(CLOSE_CODES[code].value), FRAME[code]) for code in FrameCode],
        ),
        "## The server says no\n",
        "By a `refusal` frame, or over HTTP as the body `{code, field, sentence}`.\n",
        _table(("code", "sentence"), [(f"`{r.value}`", SENTENCES.get(r, "Says what is wrong.")) for r in Reason]),
        "`limit/too-fast`, `server/busy` and `log/unavailable` ask for the same again in a moment, with the same id.\n",
        "## Close codes\n",
        _table(("code", "meaning"), [(str(code.value), remarks[str(code.value)]) for code in CloseCode]),
    ]
    return "\n".join(parts)


PAGES: dict[str, Callable[[], str]] = {
    "../theory/threat.svg": curves.threat_figure,
    "../theory/force.svg": curves.force_figure,
    "../theory/commitments.svg": curves_of_words.commitments_figure,
    "../theory/bodies.svg": curves_of_words.bodies_figure,
    "../theory/society.svg": curves_of_words.society_figure,
    "../theory/alignment.svg": curves_of_words.alignment_figure,
    "orders.md": orders_page,
    "events.md": events_page,
    "frames.md": frames_page,
    "errors.md": errors_page,
    "systems.md": systems_page,
    "balance.md": balance_page,
    "../theory/switches.md": switches_page,
    "experiment-format.md": experiment_page,
}
