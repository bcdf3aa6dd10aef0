"""A stand-in for the server, without I/O: as much of a session as the client can see.

Orders of kind ``withdraw`` are refused, all others are accepted and told as news that carry their id.  An
envelope is kept until ``close_step``.  The log is the list of what was accepted; nothing is taken twice.
"""

from __future__ import annotations

import dataclasses
from functools import cache

from rules import events as ev
from rules.orders import Act, SeatAct
from rules.state import Moment, View
from rules.turn import clock_id
from rules.view import view
from rules.wire import frames as f
from rules.wire.views import pack_view
from scenarios.loader import load
from scenarios.opening import opening

SESSION = "test-1"
TOKEN = "t" * 43
SEAT = "ARD"


@cache
def first_view() -> View:
    """The view of one seat at the start of the smallest scenario."""
    return view(opening(load("tiny"), "seed"), SEAT)


class Peer:
    """One session with one seat."""

    def __init__(self, pace: f.Pace = "live", turns: int = 1000) -> None:
        self.pace: f.Pace = pace
        self.turns = turns
        self.moment = Moment(status="running", turn=1, phase="negotiation", round=1)
        self.events: list[ev.EventKinds] = [ev.Started()]
        self.log: list[tuple[str, Act]] = []
        self.envelope: f.Envelope | None = None
        self.receipts: dict[str, f.Receipt] = {}
        self.busy = 0
        """How many of the next requests are put off."""

    # ---- what a socket is told -------------------------------------------------------------------

    def greeted(self, hello: f.Hello) -> list[f.OutKinds]:
        """The answer to a hello."""
        if hello.token != TOKEN:
            return [f.Refusal(id=None, code="token/refused", field="token", sentence="No.")]
        welcome = f.Welcome(session=hello.session, viewer=SEAT, pace=self.pace, total=len(self.events))
        return [welcome, *self.news(hello.since), self.seen(whole=True)]

    def news(self, since: int) -> list[f.OutKinds]:
        """What was told after event number ``since``, two events a frame."""
        parts = range(since, len(self.events), 2)
        return [f.Told(first=k + 1, events=tuple(self.events[k : k + 2])) for k in parts]

    def seen(self, *, whole: bool = False) -> f.Seen:
        """The state now."""
        now = dataclasses.replace(first_view(), moment=self.moment)
        packed = pack_view(now, static=whole)
        return f.Seen(total=len(self.events), step=clock_id(self.moment), due_in_ms=None, view=packed)

    # ---- what is asked ---------------------------------------------------------------------------

    def asked(self, frame: f.InKinds) -> list[f.OutKinds]:
        """The answers to a frame of a seated socket, not counting what it makes happen."""
        if isinstance(frame, f.Look):
            return [self.seen(whole=True)]
        if isinstance(frame, f.Hello):
            return []
        if self.busy:
            self.busy -= 1
            name = frame.id if isinstance(frame, f.Submit) else None
            return [f.Refusal(id=name, code="server/busy", field="", sentence="In a moment.")]
        return [self._ordered(frame) if isinstance(frame, f.Submit) else self._enclosed(frame)]

    def _ordered(self, frame: f.Submit) -> f.OutKinds:
        known = dict(self.log).get(frame.id)
        if known is not None and known != frame.act:
            return f.Refusal(id=frame.id, code="order/id-reused", field="id", sentence="Another act.")
        if known is None and frame.act.kind == "withdraw":
            return f.Refusal(id=frame.id, code="draft/unknown", field="act.draft", sentence="No draft.")
        if known is None:
            self.take(frame.id, frame.act)
        return f.Acked(id=frame.id)

    def take(self, name: str, act: Act) -> None:
        """Something was accepted."""
        self.log.append((name, act))
        self.events.append(ev.NewsRead(text=name))

    def _enclosed(self, frame: f.Envelope) -> f.OutKinds:
        where = frame.step.rpartition(":")[0]
        if where in self.receipts:
            return self.receipts[where].model_copy(update={"step": frame.step})
        if where != clock_id(self.moment).rpartition(":")[0]:
            return f.Refusal(id=None, code="step/not-open", field="step", sentence="Not open.")
        self.envelope = frame
        return f.Held(step=frame.step)

    # ---- what happens ----------------------------------------------------------------------------

    def close_step(self) -> f.Receipt | None:
        """The step closes, with the envelope that lies here, if one does."""
        step = clock_id(self.moment)
        where, receipt = step.rpartition(":")[0], None
        if self.envelope is not None:
            receipt = self._receipt(self.envelope, where)
        self.envelope = None
        self.moment = dataclasses.replace(self.moment, turn=self.moment.turn + 1, revision=0)
        if self.moment.turn > self.turns:
            self.moment = dataclasses.replace(self.moment, status="over")
        self.events.append(ev.StepOpened(turn=self.moment.turn, phase="negotiation", round=1))
        return receipt

    def _receipt(self, envelope: f.Envelope, where: str) -> f.Receipt:
        ids = [f"{SEAT}:{where.removeprefix('clock:')}:{k}" for k in range(len(envelope.acts))]
        for name, act in zip(ids, envelope.acts, strict=True):
            self.take(name, act)
        self.receipts[where] = f.Receipt(step=envelope.step, accepted=tuple(ids), refused=())
        return self.receipts[where]

    def extend(self) -> None:
        """The deadline moves: the step has a new clock id."""
        self.moment = dataclasses.replace(self.moment, revision=self.moment.revision + 1)
        self.events.append(ev.Extended(seconds=60))

    def happen(self, text: str) -> None:
        """Something that no order of this seat caused."""
        self.events.append(ev.NewsRead(text=text))


def is_accepted(act: SeatAct) -> bool:
    """Whether the peer accepts an act."""
    return act.kind != "withdraw"
