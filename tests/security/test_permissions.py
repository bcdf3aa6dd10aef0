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
from server.reasons import CloseCode
from server.sessions.roles import ACTS, RIGHTS, may
from server.web.http import ROUTES
from tests.rules.stage import at, tiny
from tests.server.site import Answer, Site, site

POSTS = ("director", "adjudicator", "cell", "evaluator", "observer", "controller-ARD", "controller-BRV")
ROLES = ("nobody", "stranger", "public", "seat", "other seat", "control", *POSTS)
OPEN = frozenset(ROLES)
SEAT, SEATS = frozenset({"seat"}), frozenset({"seat", "other seat"})
SEEING = frozenset({"seat", "other seat", "public", *POSTS})
DIRECTING = frozenset({"control", "director"})
SECRETS = DIRECTING | {"adjudicator", "evaluator"}
ANSWERING = DIRECTING | {"adjudicator", "cell", "controller-ARD"}
PERMITTED: dict[str, frozenset[str]] = {
    **dict.fromkeys(("scenarios", "find", "sessions", "make", "state", "watch", "health", "ready", "openapi", "schema"), OPEN),
    **dict.fromkeys(("revoke", "control", "seal", "people", "purge"), DIRECTING),
    **dict.fromkeys(("panel", "preview", "log", "talk_log", "what_if", "what_ifs", "roles", "records", "participation"), SECRETS),
    "rule": ANSWERING,
    "claim": DIRECTING,  # of a seat that is taken; a free one anybody may take
    "posts": SEEING | DIRECTING,
    **dict.fromkeys(("desk", "story", "why", "ledger"), SEEING),
    **dict.fromkeys(("weigh", "sheet", "keep", "say"), SEATS),
    **dict.fromkeys(("devices", "admit", "dismiss", "rename", "invite"), SEAT | DIRECTING),
    "hear": SEATS | ANSWERING | {"controller-BRV", "evaluator"},
    "debrief": SEEING | DIRECTING,
}
"""Route -> roles.  The seat of the path is ARD, which "seat" holds; "other seat" holds BRV."""
ELSEWHERE = frozenset({"metrics", "scenario"})
"""Routes with tests of their own: who may read figures depends on the machine, and cards of scenarios are no secret."""
DEAR = frozenset({"records", "participation", "what_if"})
"""Routes that take seconds to answer: of those who may ask, one does."""
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
    return place.tokens["umpire"] if role == "control" else shown.get(role) or place.tokens.get(role)


async def asked(place: Site, name: str, role: str) -> Answer:
    """The answer that a role gets from a route."""
    route = next(route for route in ROUTES if route.name == name)
    path = route.path.replace("{session}", place.session)
    for word, value in PATHS.items():
        path = path.replace(word, value)
    return await place.ask(route.method, path, BODIES.get(name), token_of(place, role))


async def opened(place: Site) -> None:
    """A session with two seats and every post held."""
    await place.open(seats=("ARD", "BRV"))
    for post in POSTS:
        await place.appoint(post)


def test_the_table_has_every_route() -> None:
    """A new route must say who may ask."""
    assert set(PERMITTED) | ELSEWHERE >= {route.name for route in ROUTES}
    assert set(PERMITTED) <= {route.name for route in ROUTES}


@pytest.mark.parametrize("name", sorted(PERMITTED))
def test_a_route_answers_those_who_may_ask_and_nobody_else(name: str) -> None:
    """Refused with 401, 403, or, for a seat that is taken, 409; those who may are not refused for who they are."""

    async def scene() -> None:
        async with site() as place:
            await opened(place)
            for role in sorted(ROLES, key=lambda role: role in PERMITTED[name]):  # the refused leave everything as it was
                if name in DEAR and role in PERMITTED[name] - {"evaluator"}:
                    continue
                answer = await asked(place, name, role)
                if role in PERMITTED[name]:
                    assert answer.status not in (401, 403), (name, role)
                else:
                    assert answer.status in (401, 403, 409), (name, role, answer.status)
                    assert answer.body["code"] in ("token/refused", "role/cannot", "seat/cannot-act", "seat/taken"), (name, role)
                if answer.status < 400 and next(route for route in ROUTES if route.name == name).method != "GET":
                    await opened(place)

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


ACTING: dict[str, tuple[dict[str, object], frozenset[str]]] = {
    "pause": ({"act": "pause", "reason": "x"}, DIRECTING),
    "resume": ({"act": "resume"}, DIRECTING),
    "extend": ({"act": "extend", "seconds": 60}, DIRECTING),
    "inject": ({"act": "inject", "text": "x", "reason": "x"}, DIRECTING | {"cell", "adjudicator"}),
    "broadcast": ({"act": "broadcast", "text": "x"}, DIRECTING | {"cell", "adjudicator"}),
    "override": ({"act": "override", "figure": "none", "at": ("ARD",), "value": 1.0, "reason": "x"}, DIRECTING | {"adjudicator"}),
    "undo": ({"act": "undo", "turn": 9, "reason": "x"}, DIRECTING | {"adjudicator"}),
    "replace": ({"act": "replace", "country": "COR", "by": "bot", "reason": "x"}, DIRECTING),
    "kick": ({"act": "kick", "country": "COR", "reason": "x"}, DIRECTING),
    "start": ({"act": "start"}, DIRECTING),
    "force": ({"act": "force"}, DIRECTING),
    "retry": ({"act": "retry"}, DIRECTING),
    "trouble": ({"act": "trouble"}, DIRECTING),
}
"""Act of control over HTTP -> body, and the roles for which it is not refused for who they are."""


def test_each_act_of_control_is_for_the_roles_that_have_its_right() -> None:
    """Every act against every role; whoever may is refused by the rules alone, if at all."""
    assert set(ACTING) == set(ACTS)

    async def scene() -> None:
        async with site() as place:
            await opened(place)
            for name, (body, permitted) in ACTING.items():
                for role in ROLES:
                    answer = await place.ask("POST", f"/api/sessions/{place.session}/control", body, token_of(place, role))
                    assert (answer.status not in (401, 403)) is (role in permitted), (name, role, answer.body)

    asyncio.run(scene())


def test_posts_are_denied_by_default_and_nobody_appoints_himself() -> None:
    """A holder that is in no row may do nothing; only control and directors hand out posts, and one is ended alone, sockets and all."""
    assert not any(may(holder, right) for holder in ("", "king", "seat", "controller", "observer-ARD", "ARDE") for right in RIGHTS)

    async def scene() -> None:
        async with site() as place:
            await opened(place)
            path = f"{place.seat_path('adjudicator')}/devices"
            for role in ROLES:
                answer = await place.ask("POST", path, token=token_of(place, role))
                assert (answer.status == 201) is (role in DIRECTING), (role, answer.body)
            assert (await place.ask("POST", f"{place.seat_path('controller-QQQ')}/devices", token=place.tokens["umpire"])).status == 404
            watcher = await place.client("adjudicator", sees="public")
            devices = (await place.ask("GET", path, token=place.tokens["director"])).body["devices"]
            for device in devices:
                await place.ask("DELETE", f"{path}/{device['device']}", token=place.tokens["director"])
            assert await watcher.code() == CloseCode.POLICY
            assert (await place.ask("GET", f"/api/sessions/{place.session}/log", token=place.tokens["adjudicator"])).status == 401

    asyncio.run(scene())


@pytest.mark.parametrize("post", POSTS)
def test_a_post_sees_through_its_eyes_and_acts_for_no_seat(post: str) -> None:
    """Over a socket: the view of everybody, or of its team; what it submits is refused."""

    async def scene() -> None:
        async with site() as place:
            await opened(place)
            await place.force("negotiation")
            client = await place.client(post, sees=post.partition("-")[2] or "public")
            await client.send(f.Submit(id="1", act=o.Done()))
            assert (await client.until(f.Refusal)).code == "seat/cannot-act"

    asyncio.run(scene())


def test_who_acted_for_control_stands_in_the_log() -> None:
    """The id of an order names the post and the person's device; that of the session's own control does not."""

    async def scene() -> None:
        async with site() as place:
            await opened(place)
            body = {"act": "inject", "text": "x", "reason": "x", "id": "one"}
            for role in ("cell", "control"):
                await place.ask("POST", f"/api/sessions/{place.session}/control", body, token_of(place, role))
            log = (await place.ask("GET", f"/api/sessions/{place.session}/log", token=place.tokens["evaluator"])).body
            given = await place.ask("GET", f"{place.seat_path('cell')}/devices", token=place.tokens["umpire"])
            assert f'"control:one:cell.{given.body["devices"][0]["device"]}"' in log
            assert '"control:one"' in log

    asyncio.run(scene())
