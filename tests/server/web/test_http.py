"""The HTTP interface: what is made, taken, controlled and read, and every way to be refused."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from client.arena import play
from rules.wire.frames import Seen
from rules.wire.logbook import read, record_hash
from scenarios import names, opening
from server.log.errors import LogUnavailable
from server.log.memory import MemoryLog
from server.log.protocol import KEEP, Deadline, Entry, Keep, Outcome
from server.reasons import CloseCode, Reason
from server.sessions.recovery import scenario_named
from server.settings import Limits, Settings
from server.web.doors import HEADERS
from server.web.http import ROUTES
from tests.server.site import site
from tests.server.stage import SEATS


def test_scenarios_sessions_and_the_public_state() -> None:
    """Everything that needs no token."""

    async def scene() -> None:
        async with site() as here:
            cards = (await here.ask("GET", "/api/scenarios")).body["scenarios"]
            assert [card["scenario"] for card in cards] == list(names())
            await here.open()
            (card,) = (await here.ask("GET", "/api/sessions")).body["sessions"]
            assert card == {"session": here.session, "scenario": "tiny", "pace": "live", "status": "running"}
            state = (await here.ask("GET", f"/api/sessions/{here.session}")).body
            assert [seat["country"] for seat in state["seats"]] == list(SEATS)
            assert all(seat["claimed"] for seat in state["seats"])
            assert (state["turn"], state["phase"], state["parked"]) == (1, "briefing", False)
            assert 0 < state["due_in_ms"] <= 30_000

    asyncio.run(scene())


def test_a_session_may_be_shorter_than_its_case() -> None:
    """For a lesson with less time; the list of cases says how long a turn takes, and more turns than there are is refused in words."""

    async def scene() -> None:
        async with site() as here:
            card = next(c for c in (await here.ask("GET", "/api/scenarios")).body["scenarios"] if c["scenario"] == "tiny")
            await here.open(turns=card["turns"] - 1)
            assert (await here.state())["turns"] == card["turns"] - 1
            panel = await here.ask("GET", f"/api/sessions/{here.session}/control", token=here.tokens["umpire"])
            assert panel.body["left_seconds"] <= (card["turns"] - 1) * card["turn_seconds"]
            await here.play_out()
            refused = await here.ask("POST", "/api/sessions", {"scenario": "tiny", "turns": card["turns"] + 1})
            assert (refused.status, refused.body["code"]) == (400, Reason.BAD_REQUEST)
            assert f"There are {card['turns']} turns" in refused.body["sentence"]

    asyncio.run(scene())


def test_a_seat_is_taken_by_a_post_alone_and_once() -> None:
    """Reading takes nothing; the second claim is refused; control gives out a new token."""

    async def scene() -> None:
        async with site() as here:
            made = (await here.ask("POST", "/api/sessions", {"scenario": "tiny"})).body
            here.session, here.tokens = made["session"], {"umpire": made["control_token"]}
            path = here.seat_path("ARD")
            looked = await here.ask("GET", path)
            assert (looked.status, looked.headers["Allow"]) == (405, "DELETE,POST")
            assert (await here.ask("HEAD", path)).status == 405
            first = await here.ask("POST", path)
            assert first.status == 201
            taken = await here.ask("POST", path)
            assert (taken.status, taken.body["code"]) == (409, Reason.TAKEN)
            here.tokens["ARD"] = first.body["token"]
            client = await here.client("ARD")
            again = await here.ask("POST", path, token=made["control_token"])
            assert again.status == 201
            assert await client.code() == CloseCode.POLICY
            here.tokens["ARD"] = again.body["token"]
            newer = await here.client("ARD")
            gone = await here.ask("DELETE", path, token=made["control_token"])
            assert gone.status == 200
            assert await newer.code() == CloseCode.POLICY

    asyncio.run(scene())


def test_any_screen_may_show_the_public_view() -> None:
    """Where anybody may take a seat, and nowhere else; the token opens what everybody may know and no more."""

    async def scene() -> None:
        async with site() as here:
            for open_seats in (True, False):
                made = (await here.ask("POST", "/api/sessions", {"scenario": "tiny", "open_seats": open_seats})).body
                path = f"/api/sessions/{made['session']}"
                answer = await here.ask("GET", f"{path}/watch")
                assert answer.status == (200 if open_seats else 401)
                if open_seats:
                    assert answer.body == {"session": made["session"], "token": made["public_token"]}
                    desk = (await here.ask("GET", f"{path}/desk", token=made["public_token"])).body["desk"]
                    assert (desk["viewer"], desk["role"], desk["groups"]) == ("public", None, [])
            assert (await here.ask("GET", "/api/sessions/tiny-zzzzzz/watch")).status == 404

    asyncio.run(scene())


def test_forty_claims_at_once_give_each_seat_to_one() -> None:
    """A class that clicks at the same moment."""

    async def scene() -> None:
        async with site() as here:
            made = (await here.ask("POST", "/api/sessions", {"scenario": "tiny"})).body
            here.session = made["session"]
            answers = await asyncio.gather(*(here.ask("POST", here.seat_path(seat)) for seat in SEATS * 10))
            assert sorted(a.body["country"] for a in answers if a.status == 201) == sorted(SEATS)
            assert {a.status for a in answers} == {201, 409}

    asyncio.run(scene())


def test_control_starts_pauses_resumes_extends_and_closes() -> None:
    """Each act once per id; a refusal of the rules comes with its code."""

    async def scene() -> None:
        async with site() as here:
            await here.open(start=False)
            assert (await here.control(act="pause", reason="x")).body["code"] == "game/not-running"
            assert (await here.control(act="start")).status == 200
            assert (await here.control(act="start")).status == 200
            assert (await here.control(act="extend", seconds=600, id="e")).status == 200
            assert (await here.control(act="extend", seconds=600, id="e")).status == 200
            assert (await here.control(act="extend", seconds=60, id="e")).body["code"] == Reason.ID_REUSED
            state = (await here.ask("GET", f"/api/sessions/{here.session}")).body
            assert 600_000 < state["due_in_ms"] <= 630_000
            assert (await here.control(act="pause", reason="lunch")).status == 200
            assert (await here.ask("GET", f"/api/sessions/{here.session}")).body["due_in_ms"] is None
            assert (await here.control(act="resume")).status == 200
            for _ in range(2):
                assert (await here.control(act="force", id="f")).status == 200
                assert [(await here.state())[key] for key in ("phase", "round")] == ["negotiation", 1]
            assert (await here.control(act="force", id="e")).body["code"] == Reason.ID_REUSED
            assert (await here.control(act="force", id="f", step="clock:0:1:negotiation:1:0")).body["code"] == Reason.ID_REUSED
            assert (await here.control(act="trouble")).body == {"session": here.session, "trouble": None}
            assert (await here.control(act="retry")).status == 200

    asyncio.run(scene())


def test_the_exported_log_is_that_of_the_arena() -> None:
    """Head, entries and chain of hashes can be read back, with the hand of control where the clock's was; nobody but control gets it."""

    async def scene() -> None:
        async with site() as here:
            await here.open("rounds")
            while (await here.ask("GET", f"/api/sessions/{here.session}")).body["status"] != "over":
                await here.control(act="force")
            path = f"/api/sessions/{here.session}/log"
            lines = (await here.ask("GET", path, token=here.tokens["umpire"])).body.splitlines()
            head, entries, chain = read(lines)
            match = play(opening(scenario_named("tiny"), "site"), {})
            assert [entry.events for entry in entries] == [entry.events for entry in match.entries]
            assert [entry.order.act for entry in entries] == [entry.order.act for entry in match.entries]
            assert {entry.order.author for entry in entries} == {"clock", "control"}  # what is only read closes by itself
            assert chain == record_hash(head, entries)
            for token in (None, here.tokens["public"], here.tokens["ARD"]):
                assert (await here.ask("GET", path, token=token)).status == 401

    asyncio.run(scene())


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "/api/sessions", {"scenario": "nowhere"}, 404, Reason.UNKNOWN_SCENARIO),
        ("POST", "/api/sessions", {"scenario": "../tiny"}, 400, Reason.BAD_REQUEST),
        ("POST", "/api/sessions", {"scenario": "tiny", "parameters": {"nothing": 1.0}}, 422, Reason.BAD_PARAMETER),
        ("POST", "/api/sessions", {"scenario": "tiny", "pace": "fast"}, 400, Reason.BAD_REQUEST),
        ("POST", "/api/sessions", {"scenario": "tiny", "more": 1}, 400, Reason.BAD_REQUEST),
        ("POST", "/api/sessions", {"scenario": "tiny", "seed": "x" * 70_000}, 413, Reason.TOO_LONG),
        ("POST", "/api/sessions", None, 400, Reason.BAD_REQUEST),
        ("GET", "/api/sessions/nowhere", None, 404, Reason.UNKNOWN_SESSION),
        ("GET", "/api/sessions/..%2f..", None, 404, Reason.UNKNOWN_SESSION),
        ("GET", "/api/sessions/~server", None, 404, Reason.UNKNOWN_SESSION),
        ("POST", "/api/sessions/{session}/seats/ZZZ", None, 404, Reason.UNKNOWN_SEAT),
        ("POST", "/api/sessions/{session}/control", {"act": "start"}, 401, Reason.TOKEN),
        ("DELETE", "/api/sessions/{session}/seats/ARD", None, 401, Reason.TOKEN),
        ("GET", "/nowhere", None, 404, Reason.NOT_FOUND),
        ("PUT", "/api/sessions", None, 405, Reason.BAD_REQUEST),
        ("GET", "/ws", None, 400, Reason.BAD_REQUEST),
    ],
)
def test_refusals_have_a_code_and_a_sentence(
    method: str, path: str, body: object, status: int, code: Reason
) -> None:
    """And the headers of every answer; what was sent is not repeated."""

    async def scene() -> None:
        async with site() as here:
            await here.open(start=False)
            answer = await here.ask(method, path.replace("{session}", here.session), body)
            assert (answer.status, answer.body["code"]) == (status, code)
            assert set(answer.body) == {"code", "field", "sentence"}
            assert answer.body["sentence"]
            assert HEADERS.items() <= answer.headers.items()

    asyncio.run(scene())


def test_a_closed_session_gives_out_no_seats_by_itself() -> None:
    """Made without open seats, only control does, and the simulation cell, which takes what nobody holds."""

    async def scene() -> None:
        async with site() as here:
            await here.open(open_seats=False, start=False, seats=())
            assert (await here.ask("POST", here.seat_path("ARD"))).status == 401
            assert (await here.ask("POST", here.seat_path("ARD"), token=here.tokens["umpire"])).status == 201
            wrong = await here.ask("POST", here.seat_path("BRV"), token="x" * 43)
            assert (wrong.status, wrong.body["code"]) == (401, Reason.TOKEN)
            await here.appoint("cell")
            assert (await here.control(act="replace", country="COR", by="bot", reason="out")).status == 200
            for seat in ("BRV", "COR"):  # one that nobody holds, and one that a bot plays
                assert (await here.ask("POST", here.seat_path(seat), token=here.tokens["cell"])).status == 201
            for held in ("ARD", "BRV"):
                assert (await here.ask("POST", here.seat_path(held), token=here.tokens["cell"])).status == 409
            assert [seat["bot"] for seat in (await here.state())["seats"]] == [False] * 4

    asyncio.run(scene())


class Full(MemoryLog):
    """A log that takes nothing more once it is told so."""

    full = False

    async def append(self, game_id: str, version: int, entries: Sequence[Entry], deadline: Deadline | Keep | None = KEEP) -> Outcome:
        """Stored, or refused."""
        if self.full:
            raise LogUnavailable("full")
        return await super().append(game_id, version, entries, deadline)


def test_a_claim_that_fails_halfway_leaves_the_seat_as_it_was() -> None:
    """A bot's seat, while the log takes nothing: no token is out that nobody has, and the same request succeeds later."""

    async def scene() -> None:
        log = Full(lambda: 1_000)
        async with site(log=log) as here:
            await here.open(seats=SEATS[:3])
            await here.appoint("cell")
            assert (await here.control(act="replace", country="DOR", by="bot", reason="nobody came")).status == 200
            log.full = True
            assert (await here.ask("POST", here.seat_path("DOR"), token=here.tokens["cell"])).status == 503
            log.full = False
            assert (await here.ask("POST", here.seat_path("DOR"), token=here.tokens["cell"])).status == 201

    asyncio.run(scene())


def test_the_number_of_sessions_is_bounded() -> None:
    """And so is the number of requests that change something."""

    async def scene() -> None:
        async with site(Settings(limits=Limits(sessions_max=2))) as here:
            answers = [await here.ask("POST", "/api/sessions", {"scenario": "tiny"}) for _ in range(3)]
            assert [a.status for a in answers] == [201, 201, 429]
        async with site() as here:
            answers = await asyncio.gather(*(here.ask("POST", "/api/sessions", {}) for _ in range(400)))
            assert Reason.TOO_FAST in {answer.body["code"] for answer in answers}
            assert (await here.ask("GET", "/health")).status == 200

    asyncio.run(scene())


class Mute(MemoryLog):
    """A log that gives no answer once it is told so."""

    mute = False

    async def now_ms(self) -> int:
        """The clock, or silence."""
        if self.mute:
            raise LogUnavailable("silence")
        return await super().now_ms()

    async def games(self) -> tuple[str, ...]:
        """The games, or silence, or a fault of ours."""
        if self.mute:
            raise ZeroDivisionError("secret")
        return await super().games()


def test_health_readiness_and_the_last_resort() -> None:
    """The process lives; it is ready when its log answers; a fault says nothing of what failed."""

    async def scene() -> None:
        log = Mute(lambda: 1_000)
        async with site(log=log) as here:
            assert (await here.ask("GET", "/health")).body == {"status": "ok"}
            assert (await here.ask("GET", "/ready")).status == 200
            log.mute = True
            assert (await here.ask("GET", "/health")).status == 200
            ready = await here.ask("GET", "/ready")
            assert (ready.status, ready.body["code"]) == (503, Reason.LOG)
            failed = await here.ask("GET", "/api/sessions")
            assert (failed.status, failed.body["code"]) == (500, Reason.FAILED)
            assert "secret" not in str(failed.body)

    asyncio.run(scene())


def test_the_documents_name_every_route_and_frame() -> None:
    """They are made from what is served."""

    async def scene() -> None:
        async with site() as here:
            openapi = (await here.ask("GET", "/openapi.json")).body
            assert {(route.method.lower(), route.path) for route in ROUTES} == {
                (method, path) for path, methods in openapi["paths"].items() for method in methods
            }
            assert "Denial" in openapi["components"]["schemas"]
            schema = (await here.ask("GET", "/schema.json")).body
            assert Seen.model_fields["type"].default in str(schema["out"])
            assert "type" in schema["out"]["$defs"]["Seen"]["required"]
            assert "kind" in openapi["components"]["schemas"]["Budget"]["required"]
            assert "atlas" in schema["view"]["properties"]

    asyncio.run(scene())
