"""The lobby: sessions are made, seats claimed and the clock controlled over HTTP, with ``aiohttp``.

Tokens are shown once, by the answer that brings them; a token goes in a header or in the first frame of a
socket, never in an address.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import Annotated, Final, Literal, Self, TypeVar

import aiohttp
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from client.sdk.backoff import Backoff
from client.sdk.errors import LobbyRefused
from client.sdk.seat import Seat, connect
from rules.orders import SeatAct
from rules.wire.codec import MSGPACK, Subprotocol
from rules.wire.frames import Pace

TOTAL_SECONDS: Final = 30.0
LINE_BYTES_MAX: Final = 4 * 1024 * 1024
"""Of one line of a log."""
ControlAct = Literal[
    "start", "pause", "resume", "extend", "force", "undo", "override", "inject", "broadcast", "replace", "kick", "retry", "trouble"
]
Asks = Literal["", "information", "action", "ruling"]
Told = Literal["asker", "everybody", "news"]
Detail = str | int | float | Sequence[str] | None
F = TypeVar("F", bound="_Answer")


class _Answer(BaseModel):
    """An answer of the lobby.  Fields unknown here are passed over: a newer server may say more."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class Made(_Answer):
    """A new session, with the tokens of control and of the public view."""

    session: str
    control_token: str
    public_token: str


class _Claimed(_Answer):
    token: str


class SeatState(_Answer):
    """A seat, and whether somebody holds a token for it."""

    country: str
    name: str
    claimed: bool


class PublicState(_Answer):
    """What everybody may know of a session."""

    session: str
    scenario: str
    title: str
    pace: Pace
    status: str
    turn: int
    turns: int
    phase: str
    round: int
    due_in_ms: int | None
    parked: bool
    seats: tuple[SeatState, ...]


class Card(_Answer):
    """A session in the list; ``status`` is None while the server has it on disk alone."""

    session: str
    scenario: str
    pace: Pace
    status: str | None


class _Cards(_Answer):
    sessions: tuple[Card, ...]


class ScenarioCard(_Answer):
    """A scenario in the list."""

    scenario: str
    title: str
    turns: int
    seats: int


class _ScenarioCards(_Answer):
    scenarios: tuple[ScenarioCard, ...]


class Device(_Answer):
    """A device of a seat: its name, since when (ms since 1970), and how many sockets it has open."""

    device: str
    issued_ms: int
    sockets: int


class _Devices(_Answer):
    devices: tuple[Device, ...]


class Sheet(_Answer):
    """What a seat has prepared for a step: acts, and notes; number 0 means that there is none yet."""

    number: int = 0
    step: str | None = None
    acts: tuple[Annotated[SeatAct, Field(discriminator="kind")], ...] = ()
    notes: str = ""


class Heard(_Answer):
    """Something heard in a room; ``held``: it waits for control; ``withheld``: it will not be said, with the reason.

    What ``asks`` is a request to the white cell: held while it waits, said when it is answered, withheld when it is declined.
    """

    number: int
    message: str
    status: Literal["said", "held", "withheld"]
    author: str
    device: str | None
    room: tuple[str, ...]
    text: str
    reason: str
    asks: str = ""
    addressee: str = ""
    by: str = ""
    told: str = "asker"
    at_ms: int


class Talk(_Answer):
    """What a seat hears: the number of all, whether control moderates or hears everything, and the messages asked for."""

    total: int
    talk: str
    overheard: bool
    heard: tuple[Heard, ...]


class _Done(_Answer):
    trouble: str | None


class _Nothing(_Answer):
    pass


class _Denial(_Answer):
    code: str
    field: str
    sentence: str


class Lobby:
    """The lobby at ``url`` (``http://`` or ``https://``); use it as an asynchronous context.

    Every method raises ``LobbyRefused`` for a refusal, and ``aiohttp.ClientError`` or ``TimeoutError`` when
    the server cannot be reached.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open."""
        timeout = aiohttp.ClientTimeout(total=TOTAL_SECONDS)
        self._http = aiohttp.ClientSession(timeout=timeout, read_bufsize=LINE_BYTES_MAX)
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Close."""
        assert self._http is not None, "leaving follows entering"
        await self._http.close()

    async def scenarios(self) -> tuple[ScenarioCard, ...]:
        """The scenarios that the server can play."""
        return (await self._ask("GET", "/api/scenarios", _ScenarioCards)).scenarios

    async def sessions(self) -> tuple[Card, ...]:
        """All sessions of the server."""
        return (await self._ask("GET", "/api/sessions", _Cards)).sessions

    async def make(
        self,
        scenario: str,
        pace: Pace = "live",
        *,
        seed: str | None = None,
        parameters: Mapping[str, float] | None = None,
        open_seats: bool = True,
        bots: bool = False,
        talk: Literal["open", "moderated", "off"] = "open",
        overheard: bool = False,
        **more: Detail,
    ) -> Made:
        """Make a session.  Without ``open_seats`` only control gives out seats; with ``bots``, bots play the seats that nobody holds.

        ``talk``: whether seats talk in rooms, and whether what they say waits for control; if ``overheard``, control hears all of it.
        ``more``: other fields of the route, such as ``critical``, seats and posts that have to be filled before the start.
        """
        wish: dict[str, object] = {"scenario": scenario, "pace": pace, "open_seats": open_seats, "bots": bots, "talk": talk}
        wish |= {"overheard": overheard, **more}
        wish |= {} if seed is None else {"seed": seed}
        wish |= {} if parameters is None else {"parameters": dict(parameters)}
        return await self._ask("POST", "/api/sessions", Made, body=wish)

    async def state(self, session: str) -> PublicState:
        """What everybody may know of a session."""
        return await self._ask("GET", f"/api/sessions/{session}", PublicState)

    async def claim(self, session: str, country: str, control_token: str | None = None) -> str:
        """The token of a seat: of a free one, or with ``control_token`` a new one for any."""
        path = f"/api/sessions/{session}/seats/{country}"
        return (await self._ask("POST", path, _Claimed, token=control_token)).token

    async def revoke(self, session: str, country: str, control_token: str) -> None:
        """Make the token of a seat void."""
        path = f"/api/sessions/{session}/seats/{country}"
        await self._ask("DELETE", path, _Nothing, token=control_token)

    async def admit(self, session: str, country: str, token: str) -> str:
        """The token of one more device of a seat, asked for with the seat's own token or control's."""
        return (await self._ask("POST", f"/api/sessions/{session}/seats/{country}/devices", _Claimed, token=token)).token

    async def devices(self, session: str, country: str, token: str) -> tuple[Device, ...]:
        """The devices of a seat."""
        return (await self._ask("GET", f"/api/sessions/{session}/seats/{country}/devices", _Devices, token=token)).devices

    async def dismiss(self, session: str, country: str, device: str, token: str) -> None:
        """Make the token of one device void."""
        await self._ask("DELETE", f"/api/sessions/{session}/seats/{country}/devices/{device}", _Nothing, token=token)

    async def sheet(self, session: str, token: str) -> Sheet:
        """What the seat has prepared and not sent."""
        return await self._ask("GET", f"/api/sessions/{session}/sheet", Sheet, token=token)

    async def keep(self, session: str, token: str, sheet: Sheet) -> Sheet:
        """Keep a sheet in the place of the one that has its number; the sheet with its new number.

        A refusal ``sheet/changed`` means that another device was quicker: nothing was overwritten.
        """
        return await self._ask("PUT", f"/api/sessions/{session}/sheet", Sheet, token=token, body=sheet.model_dump(mode="json"))

    async def talk(self, session: str, token: str, since: int = 0) -> Talk:
        """What the seat hears in its rooms after number ``since``, at most 200 messages."""
        return await self._ask("GET", f"/api/sessions/{session}/talk?since={since}", Talk, token=token)

    async def say(
        self, session: str, token: str, text: str, to: Sequence[str] = (), message_id: str | None = None, *, asks: Asks = ""
    ) -> Talk:
        """Say something to some seats, or among the people of the seat itself; with ``asks`` it is a request to the white cell.

        Lost, the outcome is unknown; the same text with the same ``message_id`` settles it.
        """
        body = {"id": message_id or secrets.token_hex(8), "to": list(to), "text": text, "asks": asks}
        return await self._ask("POST", f"/api/sessions/{session}/talk", Talk, token=token, body=body)

    async def rule(
        self, session: str, control_token: str, message: str, *, passes: bool, reason: str = "", told: Told = "asker"
    ) -> None:
        """Control lets a held message pass, or withholds it; answers a request, or declines it."""
        body = {"passes": passes, "reason": reason, "told": told}
        await self._ask("POST", f"/api/sessions/{session}/talk/{message}", _Nothing, token=control_token, body=body)

    async def control(self, session: str, control_token: str, act: ControlAct, **details: Detail) -> str | None:
        """Start (``practice``), pause (``reason``), resume, extend (``seconds``), force, retry, ask for trouble.

        Or interfere, with a ``reason``: undo (``turn``, ``phase``, ``round``), override (``figure``, ``at``, ``value``), inject and
        broadcast (``text``, ``to``), replace (``country``, ``by``), kick (``country``).

        Returns why the session does not go on, or None if it does.
        """
        path, body = f"/api/sessions/{session}/control", {"act": act, **details}
        return (await self._ask("POST", path, _Done, token=control_token, body=body)).trouble

    async def log(self, session: str, control_token: str) -> AsyncIterator[str]:
        """The lines of the session's log, for ``rules.wire.logbook.read``."""
        headers = _bearer(control_token)
        async with self._session().get(f"{self.url}/api/sessions/{session}/log", headers=headers) as answer:
            if not answer.ok:
                raise _refusal(answer.status, await answer.read())
            async for line in answer.content:
                yield line.decode().removesuffix("\n")

    @asynccontextmanager
    async def seat(
        self,
        session: str,
        token: str,
        *,
        since: int = 0,
        subprotocol: Subprotocol = MSGPACK,
        backoff: Backoff | None = None,
    ) -> AsyncIterator[Seat]:
        """``connect`` to the socket of this server."""
        url = f"ws{self.url.removeprefix('http')}/ws"
        async with connect(url, session, token, since=since, subprotocol=subprotocol, backoff=backoff) as seat:
            yield seat

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            raise RuntimeError("a lobby is used inside `async with`")
        return self._http

    async def _ask(self, method: str, path: str, form: type[F], *, token: str | None = None, body: object = None) -> F:
        headers = {} if token is None else _bearer(token)
        async with self._session().request(method, self.url + path, json=body, headers=headers) as answer:
            data = await answer.read()
        if not answer.ok:
            raise _refusal(answer.status, data)
        try:
            return form.model_validate_json(data)
        except ValidationError as error:
            raise _unreadable(answer.status) from error


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _refusal(status: int, data: bytes) -> LobbyRefused:
    try:
        denial = _Denial.model_validate_json(data)
    except ValidationError:  # a proxy's page, say
        return _unreadable(status)
    return LobbyRefused(status, denial.code, denial.field, denial.sentence)


def _unreadable(status: int) -> LobbyRefused:
    return LobbyRefused(status, "answer/unreadable", "", "The answer is not one of this protocol.")
