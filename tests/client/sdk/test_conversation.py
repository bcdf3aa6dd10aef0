"""The client's side of the protocol, under networks that lose, repeat, delay and cut: events come once and in
order, and every order is answered once.
"""

from __future__ import annotations

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from client.sdk import conversation as c
from client.sdk import notices as n
from client.sdk.errors import TooMuchWaiting
from rules import events as ev
from rules.orders import Done, Reject, Withdraw
from rules.wire import frames as f
from tests.client.sdk.peer import SESSION, TOKEN, Peer


class Network(RuleBasedStateMachine):
    """A conversation and a peer, with a network between them that loses, repeats, delays and cuts."""

    def __init__(self) -> None:
        super().__init__()
        self.peer = Peer()
        self.talk = self.conversation()
        self.up: list[f.InKinds] = []  # on the present connection
        self.down: list[f.OutKinds] = []
        self.late: list[f.InKinds] = []  # sent on connections that are gone, still on their way
        self.told = 0  # to the present connection
        self.open = self.seated = False
        self.orders: dict[str, bool] = {}  # id -> whether the peer accepts it
        self.filed: set[str] = set()
        self.news: list[ev.EventKinds] = []
        self.sights: list[n.Sight] = []
        self.answers: dict[str, list[n.Answered]] = {}
        self.receipts: dict[str, int] = {}

    def conversation(self) -> c.Conversation:
        """The client under test; a planted fault replaces it."""
        return c.Conversation(SESSION, TOKEN)

    # ---- plumbing --------------------------------------------------------------------------------

    def note(self) -> None:
        """Take what the conversation puts out."""
        if self.open:
            self.up += self.talk.outgoing()
        for notice in self.talk.notices():
            match notice:
                case n.News(number, event):
                    assert number == len(self.news) + 1
                    self.news.append(event)
                case n.Sight():
                    assert notice.total <= len(self.news)
                    assert not self.sights or self.sights[-1].total <= notice.total
                    self.sights.append(notice)
                case n.Answered(name):
                    self.answers.setdefault(name, []).append(notice)
                case n.Filed(where) | n.Returned(where):
                    self.receipts[where] = self.receipts.get(where, 0) + 1
                case n.Severed(reason, final):
                    assert not final, reason
                    self.cut(0)
                case _:
                    pass

    def tell(self) -> None:
        """The peer writes what is new to the present connection."""
        if self.open and self.seated and self.told < len(self.peer.events):
            self.down += self.peer.news(self.told)
            self.told = len(self.peer.events)
            self.down.append(self.peer.seen())

    def serve(self, frame: f.InKinds, *, late: bool) -> None:
        """The peer takes one frame; answers to a connection that is gone are lost."""
        if isinstance(frame, f.Hello):
            if not late:
                self.down += self.peer.greeted(frame)
                self.seated, self.told = True, len(self.peer.events)
        else:
            answers = self.peer.asked(frame)
            if not late:
                self.down += answers
        self.tell()

    # ---- the network -----------------------------------------------------------------------------

    @precondition(lambda self: not self.open)
    @rule()
    def connect(self) -> None:
        """A new connection."""
        self.open, self.seated = True, False
        self.talk.connected()
        self.note()

    @precondition(lambda self: self.open)
    @rule(sent=st.integers(0, 3))
    def cut(self, sent: int) -> None:
        """The connection dies; the first few frames under way reach the peer later."""
        self.late += self.up[:sent]
        self.up, self.down, self.open, self.seated = [], [], False, False
        self.talk.disconnected()
        self.note()

    @precondition(lambda self: self.up)
    @rule()
    def arrive(self) -> None:
        """One frame reaches the peer."""
        self.serve(self.up.pop(0), late=False)

    @precondition(lambda self: self.late)
    @rule(data=st.data())
    def arrive_late(self, data: st.DataObject) -> None:
        """A frame of an old connection reaches the peer after newer ones."""
        self.serve(self.late.pop(data.draw(st.integers(0, len(self.late) - 1))), late=True)

    @precondition(lambda self: self.down)
    @rule(twice=st.booleans())
    def return_(self, twice: bool) -> None:  # drawn by Hypothesis
        """One frame, maybe twice, reaches the client."""
        frame = self.down.pop(0)
        for _ in range(1 + (twice and not isinstance(frame, f.Welcome))):
            if self.open:
                self.talk.received(frame)
                self.note()

    @precondition(lambda self: self.down and isinstance(self.down[-1], f.Seen))
    @rule(places=st.integers(1, 4))
    def overtake(self, places: int) -> None:
        """A view is sent before older frames, as by a server that puts the newest in an older one's place."""
        view = self.down.pop()
        at = max(len(self.down) - places, int(any(isinstance(frame, f.Welcome) for frame in self.down)))
        self.down.insert(at, view)

    @precondition(lambda self: any(isinstance(frame, f.Told) for frame in self.down))
    @rule()
    def lose(self) -> None:
        """A frame of events is lost, as no sound network does: the gap must be noticed."""
        k = next(k for k, frame in enumerate(self.down) if isinstance(frame, f.Told))
        del self.down[k]
        self.peer.happen("after the loss")
        self.tell()

    # ---- the program and the game ----------------------------------------------------------------

    @rule(good=st.booleans())
    def order(self, good: bool) -> None:  # drawn by Hypothesis
        """The program gives an order."""
        name = f"o{len(self.orders)}"
        self.orders[name] = good
        self.talk.submit(name, Reject(offer="x") if good else Withdraw(draft="x"))
        self.note()

    @precondition(lambda self: self.sights and len(self.filed) < 10)
    @rule(acts=st.integers(0, 2))
    def enclose(self, acts: int) -> None:
        """The program hands in an envelope for the step it sees."""
        step = self.sights[-1].step
        if c.place(step) not in self.receipts:
            self.filed.add(c.place(step))
            self.talk.file(step, [Done()] * acts)
            self.note()

    @rule(what=st.sampled_from(["happen", "close", "extend", "busy", "look", "again"]))
    def go_on(self, what: str) -> None:
        """Something happens by itself."""
        if what == "happen":
            self.peer.happen("by itself")
        elif what == "close":
            receipt = self.peer.close_step()
            self.down += [receipt] if receipt is not None and self.open and self.seated else []
        elif what == "extend":
            self.peer.extend()
        elif what == "busy":
            self.peer.busy += 1
        elif what == "look":
            self.talk.look()
        else:
            self.talk.again()
        self.tell()
        self.note()

    @invariant()
    def nothing_twice(self) -> None:
        """No order is in the log twice, none is answered twice, no event is made up."""
        names = [name for name, _ in self.peer.log]
        assert len(names) == len(set(names))
        assert all(len(answers) == 1 for answers in self.answers.values())
        assert all(count == 1 for count in self.receipts.values())
        assert self.news == self.peer.events[: len(self.news)]

    def teardown(self) -> None:
        """Once the network heals, nothing is left open."""
        for _ in range(3):
            self.settle()
            self.go_on("close")
        self.settle()
        assert self.news == self.peer.events
        logged = dict(self.peer.log)
        assert set(self.answers) == set(self.orders)
        for name, good in self.orders.items():
            refusal = self.answers[name][0].refusal
            assert (refusal is None, name in logged) == (good, good)
        assert set(self.receipts) == self.filed

    def settle(self) -> None:
        """On good connections everything arrives, until nothing is under way."""
        for _ in range(20):
            if not self.open:
                self.connect()
            while self.open and (self.up or self.down):
                if self.up:
                    self.arrive()
                else:
                    self.return_(twice=False)
            self.talk.again()
            self.note()
            if self.open and not self.up:
                return
        raise AssertionError("the conversation does not come to rest")


class Forgetful(c.Conversation):
    """A planted fault: what has no answer is not sent again."""

    def disconnected(self) -> None:
        """Forget."""
        super().disconnected()
        self._orders.clear()


class Credulous(c.Conversation):
    """A planted fault: events are believed to be new."""

    def _told(self, frame: f.Told) -> None:
        for event in frame.events:
            self.known += 1
            self._notices.append(n.News(self.known, event))


class Hasty(c.Conversation):
    """A planted fault: views are shown when they come."""

    def _seen(self, frame: f.Seen) -> None:
        super()._seen(frame)
        if self._ahead is not None:
            self._show(self._ahead)


class Renaming(c.Conversation):
    """A planted fault: orders sent again have new ids."""

    def connected(self) -> None:
        """Rename."""
        super().connected()
        frames = [f.Submit(id=f"{name}x", act=frame.act) for name, frame in self._orders.items()]
        self._orders = {frame.id: frame for frame in frames}


Network.TestCase.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
TestNetwork = Network.TestCase


@pytest.mark.parametrize("fault", [Forgetful, Credulous, Hasty, Renaming])
def test_a_planted_fault_is_found(fault: type[c.Conversation]) -> None:
    """The machine above fails for clients that lose, repeat, hurry or rename."""

    class Planted(Network):
        def conversation(self) -> c.Conversation:
            return fault(SESSION, TOKEN)

    Planted.TestCase.settings = settings(
        max_examples=400,
        stateful_step_count=60,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
    )
    with pytest.raises(AssertionError):
        Planted.TestCase().runTest()


# ---- single cases ---------------------------------------------------------------------------------------


def seated(peer: Peer, since: int = 0) -> c.Conversation:
    """A conversation that has been welcomed and has taken in everything."""
    talk = c.Conversation(SESSION, TOKEN, since)
    talk.connected()
    (hello,) = talk.outgoing()
    assert isinstance(hello, f.Hello)
    for frame in peer.greeted(hello):
        talk.received(frame)
    talk.notices()
    return talk


def test_hello_asks_for_what_is_missing() -> None:
    """``since`` is the number of the last event, over connections."""
    peer = Peer()
    talk = seated(peer)
    talk.disconnected()
    peer.happen("meanwhile")
    talk.connected()
    (hello,) = talk.outgoing()
    assert isinstance(hello, f.Hello)
    assert hello.since == 1
    for frame in peer.greeted(hello):
        talk.received(frame)
    assert [x.number for x in talk.notices() if isinstance(x, n.News)] == [2]


def test_a_gap_severs_and_is_not_final() -> None:
    """Missing events are fetched by another connection."""
    talk = seated(Peer())
    talk.received(f.Told(first=5, events=(ev.Ended(),)))
    (severed,) = talk.notices()
    assert isinstance(severed, n.Severed)
    assert not severed.final
    assert talk.outgoing() == []


@pytest.mark.parametrize(
    ("frame", "final"),
    [
        (f.Refusal(id=None, code="token/refused", field="", sentence="No."), True),
        (f.Refusal(id=None, code="resume/ahead", field="", sentence="No."), True),
        (f.Refusal(id=None, code="server/busy", field="", sentence="No."), False),
        (f.Refusal(id=None, code="limit/too-many", field="", sentence="No."), False),
        (f.Welcome(session="other", viewer="ARD", pace="live", total=3), True),
        (f.Welcome(session=SESSION, viewer="ARD", pace="live", total=2), True),
        (f.Acked(id="x"), True),
    ],
)
def test_what_ends_a_greeting(frame: f.OutKinds, final: bool) -> None:  # a parameter
    """Refusals, another session, fewer events than known, and frames before the welcome."""
    talk = c.Conversation(SESSION, TOKEN, since=3)
    talk.connected()
    talk.received(frame)
    (severed,) = talk.notices()
    assert isinstance(severed, n.Severed)
    assert severed.final is final
    talk.connected()
    assert bool(talk.outgoing()) is not final


def test_another_viewer_or_a_second_welcome_is_final() -> None:
    """A seat does not change its country, nor is it welcomed twice on one connection."""
    other = f.Welcome(session=SESSION, viewer="BRV", pace="live", total=1)
    talk = seated(Peer())
    talk.received(other)
    assert [x.final for x in talk.notices() if isinstance(x, n.Severed)] == [True]
    talk = seated(Peer())
    talk.disconnected()
    talk.connected()
    talk.received(other)
    assert [x.final for x in talk.notices() if isinstance(x, n.Severed)] == [True]


def test_few_orders_are_in_flight() -> None:
    """No more than the burst a server grants; the others follow the answers."""
    talk = seated(Peer())
    for k in range(c.IN_FLIGHT_MAX + 5):
        talk.submit(f"o{k}", Done())
    assert len(talk.outgoing()) == c.IN_FLIGHT_MAX
    talk.received(f.Acked(id="o0"))
    assert [x.id for x in talk.outgoing() if isinstance(x, f.Submit)] == [f"o{c.IN_FLIGHT_MAX}"]


def test_waiting_is_bounded() -> None:
    """Orders and envelopes without answers have their limits, and an id means one act."""
    talk = c.Conversation(SESSION, TOKEN)
    talk.submit("o", Done())
    talk.submit("o", Done())
    with pytest.raises(ValueError, match="waits already"):
        talk.submit("o", Reject(offer="x"))
    for k in range(c.ORDERS_WAITING_MAX - 1):
        talk.submit(f"o{k}", Done())
    with pytest.raises(TooMuchWaiting):
        talk.submit("one-more", Done())
    for k in range(c.ENVELOPES_WAITING_MAX):
        talk.file(f"clock:0:{k}:orders:1:0", [])
    with pytest.raises(TooMuchWaiting):
        talk.file("clock:0:99:orders:1:0", [])


def test_a_moving_deadline_takes_the_envelope_along() -> None:
    """A step that is extended has a new clock id; the same acts are filed under it."""
    peer = Peer("rounds")
    talk = seated(peer)
    talk.file("clock:0:1:negotiation:1:0", [Done()])
    assert len(talk.outgoing()) == 1
    peer.extend()
    for frame in (*peer.news(1), peer.seen()):
        talk.received(frame)
    (again,) = talk.outgoing()
    assert again == f.Envelope(step="clock:0:1:negotiation:1:1", acts=(Done(),))


def test_a_view_without_its_static_part_is_asked_for_whole() -> None:
    """Until the static part is known a partial view is of no use."""
    peer = Peer()
    talk = c.Conversation(SESSION, TOKEN)
    talk.connected()
    talk.received(f.Welcome(session=SESSION, viewer="ARD", pace="live", total=0))
    talk.notices(), talk.outgoing()
    talk.received(peer.seen())
    assert (talk.notices(), talk.outgoing()) == ([], [f.Look()])


def test_a_broken_view_is_final() -> None:
    """A server that sends what is no view speaks another protocol."""
    talk = seated(Peer())
    talk.received(f.Seen(total=1, step="clock:0:1:orders:1:0", due_in_ms=None, view={"viewer": "ARD"}))
    assert [x.final for x in talk.notices() if isinstance(x, n.Severed)] == [True]


def test_a_refusal_of_nothing_known_is_a_complaint() -> None:
    """Refusals that name no order, and of bytes that were no frame, are passed on."""
    talk = seated(Peer())
    talk.file("clock:0:1:negotiation:1:0", [])
    odd = f.Refusal(id="unknown", code="draft/unknown", field="", sentence="No.")
    bytes_ = f.Refusal(id=None, code="frame/invalid", field="", sentence="No.")
    named = f.Refusal(id="clock:0:1:negotiation:1:0", code="session/pace", field="", sentence="No.")
    for frame in (odd, bytes_, named, f.Held(step="clock:0:1:negotiation:1:0")):
        talk.received(frame)
    assert talk.notices() == [
        n.Complained(odd),
        n.Complained(bytes_),
        n.Returned("clock:0:1:negotiation:1", named),
    ]
