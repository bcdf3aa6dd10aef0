"""The floor: what it costs to take a message from a socket, have it on disk, and answer; no rules, no views, no session.

    python -m benchmarks.servers.floor FILE

Messages that wait for the disk together are written and synced together, as a store does that syncs before each reply.
"""

from __future__ import annotations

import asyncio
import os
import sys

from aiohttp import web

from server.runtime import run

ANSWER = b"acked"


async def main() -> None:
    """Serve until killed."""
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    waiting: list[tuple[bytes, asyncio.Future[None]]] = []
    news = asyncio.Event()

    def kept(rows: list[bytes]) -> None:
        os.write(log, b"".join(rows))
        os.fsync(log)

    async def keep() -> None:
        while True:
            await news.wait()
            news.clear()
            batch, waiting[:] = list(waiting), []
            await asyncio.to_thread(kept, [data for data, _ in batch])
            for _, done in batch:
                done.set_result(None)

    async def talk(request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        async for message in socket:
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            waiting.append((message.data, done))
            news.set()
            await done
            await socket.send_bytes(ANSWER)
        return socket

    app = web.Application()
    app.add_routes([web.get("/ws", talk)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(f"Listening on http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await keep()


if __name__ == "__main__":
    run(main)
