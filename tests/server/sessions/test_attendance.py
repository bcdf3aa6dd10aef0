"""Attendance: each person's own counts, once each; nothing of people who are signed out, nothing that is no count."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Mapping
from typing import Any

import pytest

from rules.orders import Budget, Done, Vote
from rules.wire import frames as f
from server.log.errors import LogUnavailable
from server.log.shelf import MemoryShelf
from server.sessions.attendance import FIELD, SPANS_MAX, Attendance, Attended, attended, joined
from server.sessions.tokens import Proven, Tokens
from server.settings import Limits
from tests.server.site import Site, site

SESSION = "tiny-1"
MINUTE_MS = 60_000


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at_ms = 1_000_000

    def now_ms(self) -> int:
        """The time."""
        return self.at_ms

    async def exact_ms(self) -> int:
        """The time."""
        return self.at_ms


async def people(place: Site, *, names: bool = False, token: str | None = None) -> list[dict[str, str]]:
    """The table as the board hands it out."""
    path = f"/api/sessions/{place.session}/records/people?names={str(names).lower()}"
    answer = await place.ask("GET", path, token=token or place.tokens["umpire"])
    assert answer.status == 200, answer.body
    return list(csv.DictReader(io.StringIO(answer.body)))


async def joined_by_another(place: Site) -> dict[str, Any]:
    """A second device at a seat."""
    found = await place.ask("POST", f"{place.seat_path('ARD')}/devices", token=place.tokens["ARD"])
    device: dict[str, Any] = found.body
    return device


def test_each_of_a_seats_people_has_counts_of_their_own() -> None:
    """Orders, sheets and messages go to the device that sent them; names only if asked for; words never."""

    async def scene() -> None:
        async with site() as place:
            await place.open()
            second = await joined_by_another(place)
            place.tokens["second"], place.tokens["first"] = second["token"], place.tokens["ARD"]
            await place.ask("PUT", f"{place.seat_path('ARD')}/devices/{second['device']}", {"name": "Anna"}, place.tokens["ARD"])
            await place.force("orders")
            one = await place.client("ARD")
            for _ in range(2):
                await one.send(f.Submit(id="a", act=Budget(guns=0.1, aid=0.0)))
                await one.until(f.Acked)
            await one.send(f.Submit(id="b", act=Vote(draft="d9", choice="yes")))
            await one.until(f.Refusal)
            place.tokens["ARD"] = second["token"]
            two = await place.client("ARD")
            await two.send(f.Submit(id="c", act=Done()))
            await two.until(f.Acked)
            path = f"/api/sessions/{place.session}"
            await place.ask("PUT", f"{path}/sheet", {"number": 0, "notes": "canary"}, place.tokens["second"])
            await place.ask("POST", f"{path}/talk", {"id": "m", "to": ["BRV"], "text": "canary"}, place.tokens["first"])
            await place.ask("POST", f"{path}/talk", {"id": "n", "to": [], "text": "canary"}, place.tokens["second"])
            rows = await people(place)
            assert [row["person"] for row in rows] == ["ARD-1", "ARD-2", "BRV-1", "COR-1", "DOR-1"]
            counts = ("acts", "done", "sheet_changes", "messages_to_others", "messages_in_seat")
            assert [[row[name] for name in counts] for row in rows[:3]] == [
                ["1", "0", "0", "1", "0"], ["1", "1", "1", "0", "1"], ["0", "0", "0", "0", "0"],
            ]  # fmt: skip
            assert all(row["first_at"] for row in rows[:2])
            assert rows[2]["first_at"] == ""
            assert {row["name"] for row in rows} == {""}
            assert [row["name"] for row in await people(place, names=True)] == ["", "Anna", "", "", ""]
            assert "canary" not in json.dumps(rows)
            for socket in (one, two):
                await socket.close()
            refused = await place.ask("GET", f"{path}/records/people?names=all", token=place.tokens["umpire"])
            assert refused.status == 400

    asyncio.run(scene())


def test_a_resend_counts_once_and_an_envelope_takes_the_place_of_the_one_before() -> None:
    """By the id of the order and the step of the envelope; refusals do not count; control and the public are nobody's people."""
    attendance, shelf, hands = Attendance(clock := Hands()), MemoryShelf(), Limits()

    async def scene() -> dict[str, int]:
        tokens = Tokens(shelf, clock, hands)
        proven = await tokens.proven(SESSION, await tokens.issue(SESSION, "ARD"))
        assert proven is not None
        budget, step = Budget(guns=0.1, aid=0.0), "clock:0:1:orders:1:0"
        control = Proven("umpire", "0" * 64)
        attendance.came(proven)
        attendance.came(control)
        for sent, answer in (
            (f.Submit(id="a", act=budget), f.Acked(id="a")),
            (f.Submit(id="a", act=budget), f.Acked(id="a")),
            (f.Submit(id="b", act=budget), f.Refusal(id="b", code="x/y", field="", sentence="No.")),
            (f.Envelope(step=step, acts=(budget, Done())), f.Held(step=step)),
            (f.Envelope(step=step, acts=(Done(),)), f.Held(step=step)),
        ):
            attendance.answered(proven, sent, answer)
            attendance.answered(control, sent, answer)
        await attendance.keep(SESSION, shelf, tokens)
        (found,) = attended(await shelf.all(SESSION)).values()
        return found.acts

    assert asyncio.run(scene()) == {"budget": 1, "done": 1}


def test_spans_of_being_connected() -> None:
    """A short pause is none; a long one parts them; two devices are two people; what two processes counted is one person's."""
    clock, shelf = Hands(), MemoryShelf()
    here, there = Attendance(clock), Attendance(clock)

    async def scene() -> list[Attended]:
        tokens = Tokens(shelf, clock, Limits())
        proven = await tokens.proven(SESSION, await tokens.issue(SESSION, "ARD"))
        assert proven is not None
        for place, away_ms in ((here, 1_000), (here, 10 * MINUTE_MS), (there, 0)):
            place.came(proven)
            clock.at_ms += MINUTE_MS
            place.left(proven)
            clock.at_ms += away_ms
            await place.keep(SESSION, shelf, tokens)
        return list(attended(await shelf.all(SESSION)).values())

    (found,) = asyncio.run(scene())
    lengths = [until_ms - since_ms for since_ms, until_ms in found.spans]
    assert lengths == [2 * MINUTE_MS + 1_000, MINUTE_MS]
    many = [(k * 10 * MINUTE_MS, k * 10 * MINUTE_MS + 1) for k in range(3 * SPANS_MAX)]
    assert (len(joined(many)), joined(many)[-1][1]) == (SPANS_MAX, many[-1][1])


def test_nothing_is_kept_of_a_token_that_is_void() -> None:
    """After people are purged nothing comes back, from whichever process."""
    clock, shelf = Hands(), MemoryShelf()

    async def scene() -> dict[str, str]:
        tokens, attendance = Tokens(shelf, clock, Limits()), Attendance(clock)
        proven = await tokens.proven(SESSION, await tokens.issue(SESSION, "ARD"))
        assert proven is not None
        attendance.came(proven)
        await attendance.keep(SESSION, shelf, tokens)
        for name in await shelf.all(SESSION):
            await shelf.drop(SESSION, name)
        attendance.left(proven)
        await attendance.keep(SESSION, shelf, tokens)
        return await shelf.all(SESSION)

    assert asyncio.run(scene()) == {}


def test_what_could_not_be_kept_is_kept_the_next_time() -> None:
    """All people of a session in one piece, of which nothing is lost with its answer."""

    class Ailing(MemoryShelf):
        """The first that is laid down finds nobody."""

        asked = 0

        async def put_all(self, game_id: str, fields: Mapping[str, str]) -> None:
            """Fail, once."""
            self.asked += 1
            if self.asked == 1:
                raise LogUnavailable("no answer")
            await super().put_all(game_id, fields)

    clock, shelf = Hands(), Ailing()

    async def scene() -> dict[str, str]:
        tokens, attendance = Tokens(shelf, clock, Limits()), Attendance(clock)
        for seat in ("ARD", "BRV"):
            proven = await tokens.proven(SESSION, await tokens.issue(SESSION, seat))
            assert proven is not None
            attendance.came(proven)
        with pytest.raises(LogUnavailable):
            await attendance.keep(SESSION, shelf, tokens)
        await attendance.keep(SESSION, shelf, tokens)
        await attendance.keep(SESSION, shelf, tokens)
        return await shelf.all(SESSION)

    assert {person.seat for person in attended(asyncio.run(scene()))} == {"ARD", "BRV"}
    assert shelf.asked == 2, "nothing new, nothing laid down"


def test_what_another_program_counted_is_passed_over() -> None:
    """It is no reason to fail."""
    assert attended({f"{FIELD}ARD/first/1/aa": "{}", f"{FIELD}BRV/first/1/aa": '{"more": 1}', "token:ARD": "x 1"}).keys() == {
        ("ARD", "first", 1)
    }
