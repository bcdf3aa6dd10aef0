"""Who may ask what: every route and every kind of order against every role, and everything that is not allowed is refused."""

from __future__ import annotations

import asyncio
from typing import get_args

import pytest

from rules import orders as o
from rules.decide import decide
from rules.errors import Refused
from rules.orders import CLOCK, CONTROL, Order
from rules.state import Game
from rules.wire import frames as f
from server.web.http import ROUTES
from tests.rules.stage import at, tiny
from tests.server.site import Answer, Site, site

ROLES = ("nobody", "stranger", "public", "seat", "other seat", "control")
OPEN = frozenset(ROLES)
SEAT, SEATS = frozenset({"seat"}), frozenset({"seat", "other seat"})
SEEING = frozenset({"seat", "other seat", "public"})
CONTROL_ONLY = frozenset({"control"})
PERMITTED: dict[str, frozenset[str]] = {
    **dict.fromkeys(("scenarios", "find", "sessions", "make", "state", "watch", "health", "ready", "openapi", "schema"), OPEN),
    **dict.fromkeys(("revoke", "control", "panel", "preview", "log", "rule", "talk_log", "what_if", "what_ifs"), CONTROL_ONLY),
    **dict.fromkeys(("roles", "seal", "records", "participation", "people", "purge"), CONTROL_ONLY),
    "claim": CONTROL_ONLY,  # of a seat that is taken; a free one anybody may take
    **dict.fromkeys(("desk", "story", "why", "ledger"), SEEING),
    **dict.fromkeys(("weigh", "sheet", "keep", "say"), SEATS),
    **dict.fromkeys(("devices", "admit", "dismiss", "rename", "invite"), SEAT | CONTROL_ONLY),
    "hear": SEATS | CONTROL_ONLY,
    "debrief": SEEING | CONTROL_ONLY,
}
"""Route -> roles.  The seat of the path is ARD, which "seat" holds; "other seat" holds BRV."""
ELSEWHERE = frozenset({"metrics", "scenario"})
"""Routes with tests of their own: who may read figures depends on the machine, and cards of scenarios are no secret."""
BODIES: dict[str, object] = {
    "make": {"scenario": "tiny"},
    "control": {"act": "trouble"},
    "preview": {"times": 1},
    "weigh": {"acts": []},
    "keep": {"number": 0},
    "say": {"id": "x", "to": ["COR"], "text": "hello"},
    "rule": {"passes": True},
    "rename": {"name": "Ada"},
    "seal": {"opened": True, "reason": "x"},
    "what_if": {"event": "1.1", "act": "FRA yes", "games": 1},
}
PATHS = {"{country}": "ARD", "{device}": "first", "{message}": "ARD:x", "{code}": "222222"}


def token_of(place: Site, role: str) -> str | None:
    """The token that a role shows."""
    shown = {"stranger": "A" * 43, "public": place.tokens["public"], "seat": place.tokens["ARD"], "other seat": place.tokens["BRV"]}
    return place.tokens["umpire"] if role == "control" else shown.get(role)


async def asked(place: Site, name: str, role: str) -> Answer:
    """The answer that a role gets from a route."""
    route = next(route for route in ROUTES if route.name == name)
    path = route.path.replace("{session}", place.session)
    for word, value in PATHS.items():
        path = path.replace(word, value)
    return await place.ask(route.method, path, BODIES.get(name), token_of(place, role))


def test_the_table_has_every_route() -> None:
    """A new route must say who may ask."""
    assert set(PERMITTED) | ELSEWHERE >= {route.name for route in ROUTES}
    assert set(PERMITTED) <= {route.name for route in ROUTES}


@pytest.mark.parametrize("name", sorted(PERMITTED))
def test_a_route_answers_those_who_may_ask_and_nobody_else(name: str) -> None:
    """Refused with 401, 403, or, for a seat that is taken, 409; those who may are not refused for who they are."""

    async def scene() -> None:
        async with site() as place:
            for role in ROLES:
                await place.open(seats=("ARD", "BRV"))
                answer = await asked(place, name, role)
                if role in PERMITTED[name]:
                    assert answer.status not in (401, 403) or (answer.body["code"], name) == ("talk/unheard", "talk_log"), (name, role)
                else:
                    assert answer.status in (401, 403, 409), (name, role, answer.status)
                    assert answer.body["code"] in ("token/refused", "seat/cannot-act", "seat/taken"), (name, role)

    asyncio.run(scene())


CONTROLS: tuple[o.Act, ...] = (
    o.Start(),
    o.Start(practice=True),
    o.Pause(reason="x"),
    o.Resume(),
    o.Extend(seconds=60),
    o.Advance(turn=1, phase="negotiation", round=1, revision=0),
    o.Undo(turn=0, reason="x"),
    o.Override(figure="forces", at=("ARD",), value=1.0, reason="x"),
    o.Inject(text="x", reason="x"),
    o.Reseat(country="ARD", holder="bot", reason="x"),
    o.Miss(country="ARD"),
)
MAY = {CONTROL: {"start", "pause", "resume", "extend", "advance", "undo", "override", "inject", "reseat"}, CLOCK: {"advance", "miss"}}


def test_every_act_of_control_is_in_the_table() -> None:
    """And no act of a seat is."""
    assert {type(act) for act in CONTROLS} == set(get_args(o.ControlAct))
    assert not {act.kind for act in CONTROLS} & set(o.seat_kinds())


@pytest.mark.parametrize("act", CONTROLS, ids=lambda act: act.kind)
@pytest.mark.parametrize("author", [CONTROL, CLOCK, "ARD", "BRV", "QQQ"])
def test_the_rules_refuse_an_act_of_control_by_anybody_else(author: str, act: o.Act) -> None:
    """In the lobby and in every phase: not yours, whatever the state of the game."""
    for game in (tiny(), at("1 briefing 1"), at("1 negotiation 1"), at("1 orders 1")):
        refused = code_of(game, Order(id="x", author=author, act=act)) == "seat/not-yours"
        assert refused is (act.kind not in MAY.get(author, ()))


def code_of(game: Game, order: Order) -> str | None:
    """With which code an order is refused; None if it is not."""
    try:
        decide(game, order)
    except Refused as refused:
        return refused.code.value
    return None


@pytest.mark.parametrize("act", CONTROLS, ids=lambda act: act.kind)
def test_no_seat_and_no_watcher_acts_for_control_over_a_socket(act: o.Act) -> None:
    """Whatever name it gives the order."""

    async def scene() -> None:
        async with site() as place:
            await place.open()
            await place.force("negotiation")
            for viewer in ("ARD", "public"):
                client = await place.client(viewer)
                await client.send(f.Submit(id="1", act=act))
                assert (await client.until(f.Refusal)).code in ("seat/not-yours", "seat/cannot-act")

    asyncio.run(scene())
