"""Drives a server of the ``diplomacy`` package by its own client: diplomacy_driver.py ADDRESS SESSIONS SEATS SECONDS EVERY_S."""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from typing import Any
from urllib.parse import urlsplit

from diplomacy.client.connection import connect

POWERS = ("AUSTRIA", "ENGLAND", "FRANCE", "GERMANY", "ITALY", "RUSSIA", "TURKEY")
HOMES = {"AUSTRIA": "VIE", "ENGLAND": "LVP", "FRANCE": "PAR", "GERMANY": "BER", "ITALY": "ROM", "RUSSIA": "WAR", "TURKEY": "CON"}


def step(word: str) -> None:
    """Say how far it is, and wait until it may go on."""
    print(word, flush=True)
    sys.stdin.readline()


async def speak(game: Any, power: str, every_s: float, end_s: float, waits: list[float]) -> None:  # noqa: ANN401 - a game of that package
    """Orders until the time is over; ``wait`` keeps the phase open, so that each replaces the one before."""
    next_s = time.monotonic() + random.random() * every_s  # noqa: S311 - spreads the load, no more
    while True:
        if every_s:
            await asyncio.sleep(max(0.0, next_s - time.monotonic()))
            next_s += every_s
        if time.monotonic() > end_s:
            return
        began_s = time.monotonic()
        await game.set_orders(power_name=power, orders=[f"A {HOMES[power]} H"], wait=True)
        waits.append(time.monotonic() - began_s)


async def main() -> None:
    """Make, connect, speak, report."""
    address, sessions, seats, seconds, every_s = sys.argv[1:6]
    place = urlsplit(address)
    connection = await connect(place.hostname, place.port)
    maker = await connection.authenticate("maker", "password")
    rules = ["NO_PRESS", "IGNORE_ERRORS", "POWER_CHOICE"]
    ids = [(await maker.create_game(rules=rules, deadline=0, n_controls=7)).game_id for _ in range(int(sessions))]
    step("made")
    games = []
    for game_id in ids:
        for power in POWERS[: int(seats)]:
            own = await connect(place.hostname, place.port)
            channel = await own.authenticate(f"u{len(games)}", "password")
            games.append((await channel.join_game(game_id=game_id, power_name=power), power))
    step("connected")
    waits: list[float] = []
    began_s = time.monotonic()
    await asyncio.gather(*(speak(game, power, float(every_s), began_s + float(seconds), waits) for game, power in games))
    taken_s = time.monotonic() - began_s
    ordered = sorted(waits) or [0.0]
    p50_ms, p99_ms = (1e3 * ordered[len(ordered) * share // 100] for share in (50, 99))
    found = {"answers": len(waits), "seconds": taken_s, "p50_ms": p50_ms, "p99_ms": p99_ms}
    print(json.dumps(found), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    asyncio.run(main())
