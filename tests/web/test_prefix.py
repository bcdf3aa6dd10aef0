"""Below a path that a proxy gives it, the page works as it stands: every address in it is relative."""

from __future__ import annotations

import asyncio
import contextlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
from aiohttp import WSMsgType, web
from playwright.sync_api import expect

from tests.web.classroom import session
from tests.web.conftest import Newcomer

PREFIX = "/class/one"


End = web.WebSocketResponse | aiohttp.ClientWebSocketResponse
NOT_COPIED = frozenset({"Content-Length", "Server", "Date"})


async def _passed_on(source: End, sink: End) -> None:
    async for message in source:
        if message.type is WSMsgType.TEXT:
            await sink.send_str(message.data)
    await sink.close()


@contextmanager
def proxied(url: str) -> Iterator[str]:
    """The address of a proxy that puts a path before everything."""
    loop, stop, ready = asyncio.new_event_loop(), asyncio.Event(), threading.Event()
    found, clients = list[str](), list[aiohttp.ClientSession]()

    async def answer(request: web.Request) -> web.StreamResponse:
        target = url + request.path_qs.removeprefix(PREFIX)
        (http,) = clients
        if request.headers.get("Upgrade", "").lower() == "websocket":
            below = web.WebSocketResponse(protocols=("unipole.v1+json",))
            await below.prepare(request)
            headers = {"Origin": request.headers["Origin"], "Host": request.headers["Host"]}
            async with http.ws_connect(target, protocols=("unipole.v1+json",), headers=headers, max_msg_size=0) as above:
                with contextlib.suppress(ConnectionError):
                    await asyncio.gather(_passed_on(below, above), _passed_on(above, below))
            return below
        async with http.request(request.method, target, headers=request.headers, data=await request.read()) as said:
            headers = {name: value for name, value in said.headers.items() if name not in NOT_COPIED}
            return web.Response(status=said.status, body=await said.read(), headers=headers)

    async def main() -> None:
        app = web.Application()
        app.add_routes([web.route("*", PREFIX + "/{rest:.*}", answer)])
        async with aiohttp.ClientSession(auto_decompress=False) as http:
            clients.append(http)
            runner = web.AppRunner(app, shutdown_timeout=0.5)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            found.append(f"http://127.0.0.1:{runner.addresses[0][1]}{PREFIX}")
            ready.set()
            await stop.wait()
            await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(main()), name="proxy")
    thread.start()
    try:
        assert ready.wait(30), "the proxy did not start"
        yield found[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(30)
        loop.close()


def test_the_page_works_below_a_path(url: str, newcomer: Newcomer) -> None:
    """Join, take a seat, see the map, and be told over the socket that a step has opened."""
    class_ = session(url)
    class_.until("negotiation")
    with proxied(url) as below:
        who = newcomer()
        who.url = below
        who.sit(class_.code, "COR")
        who.look_at("World")
        expect(who.page.locator(".map circle").first).to_be_visible()
        who.look_at("Desk")
        who.page.get_by_role("button", name="I am done for this round").click()
        expect(who.page.get_by_text(re.compile("2/2"))).to_be_visible()
        who.context.close()
