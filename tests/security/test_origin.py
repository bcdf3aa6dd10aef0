"""Pages of other sites: forty spellings of an origin, at every door through which something can be changed."""

from __future__ import annotations

import asyncio

import pytest
from websockets.exceptions import InvalidStatus

from server.reasons import Reason
from server.settings import Settings
from tests.server.site import dial, site

FRIEND = "https://class.example"
FOREIGN = (
    "null",
    "",
    " ",
    "*",
    "https://evil.example",
    "http://class.example",
    "https://class.example.evil.example",
    "https://evilclass.example",
    "https://class.example:8443",
    "https://class.example:443",
    "https://class.example/",
    "https://class.example/path",
    "https://class.example?",
    "https://class.example#",
    "https://CLASS.example",
    "HTTPS://class.example",
    "https://class.example.",
    "https://class.example@evil.example",
    "https://user@class.example",
    "https://class.example%2eevil.example",
    "https://xn--class-.example",
    "https://cl\u0430ss.example".encode("idna").decode(),
    "https:/class.example",
    "//class.example",
    "class.example",
    "https://class",
    "wss://class.example",
    "ftp://class.example",
    "file://",
    "data:text/html,x",
    "javascript:alert(1)",
    "chrome-extension://abcdef",
    "http://localhost",
    "http://localhost:1",
    "https://127.0.0.1:{port}",
    "http://127.0.0.2:{port}",
    "http://127.0.0.1.evil.example:{port}",
    "http://127.0.0.1:{port}0",
    "http://[::2]:{port}",
    "http://0:{port}",
    "https://class.example https://evil.example",
    "https://class.example, https://evil.example",
)
WELCOME = (FRIEND, "http://127.0.0.1:{port}", "http://localhost:{port}", "http://[::1]:{port}", None)


def test_a_page_from_the_number_it_speaks_to_is_our_own() -> None:
    """As in a class, where nobody gave the machine a name; a name could be made to point here, a number cannot."""

    async def scene() -> None:
        async with site() as here:
            number, name = f"192.168.1.20:{here.address.port}", f"evil.example:{here.address.port}"
            cases = (
                (f"http://{number}", number, 404),
                ("http://[fd00::1]:80", "[fd00::1]:80", 404),
                (f"http://{name}", name, 403),
                (f"http://{number}", name, 403),
                (f"http://{number}", number + "0", 403),
                (f"http://{number}/", number, 403),
                ("http://evil.example", "127.0.0.1", 403),
            )
            for origin, host, status in cases:
                answer = await here.ask("POST", "/api/sessions", {"scenario": "nowhere"}, Origin=origin, Host=host)
                assert answer.status == status, (origin, host)

    asyncio.run(scene())


def headers(origin: str | None, port: int) -> dict[str, str]:
    """What a browser would send."""
    return {} if origin is None else {"Origin": origin.replace("{port}", str(port))}


def test_foreign_pages_change_nothing() -> None:
    """Neither by a request nor by a socket; reading is harmless, and no header lets them read."""

    async def scene() -> None:
        async with site(Settings(allowed_origins=(FRIEND,))) as here:
            assert len(FOREIGN) >= 40
            for origin in FOREIGN:
                sent = headers(origin, here.address.port)
                answer = await here.ask("POST", "/api/sessions", {"scenario": "tiny"}, **sent)
                assert (answer.status, answer.body["code"]) == (403, Reason.ORIGIN), origin
                with pytest.raises(InvalidStatus) as refused:
                    await dial(here.address, additional_headers=sent)
                assert refused.value.response.status_code == 403, origin
                health = await here.ask("GET", "/health", **sent)
                assert not any(name.startswith("Access-Control") for name in health.headers)
            assert (await here.ask("GET", "/api/sessions")).body == {"sessions": []}

    asyncio.run(scene())


@pytest.mark.parametrize("origin", WELCOME)
def test_own_pages_listed_pages_and_programs_are_let_in(origin: str | None) -> None:
    """The control of the test above."""

    async def scene() -> None:
        async with site(Settings(allowed_origins=(FRIEND,))) as here:
            sent = headers(origin, here.address.port)
            assert (await here.ask("POST", "/api/sessions", {"scenario": "tiny"}, **sent)).status == 201
            client = await dial(here.address, additional_headers=sent)
            await client.close()

    asyncio.run(scene())
