"""The person's seat on the server: views and events in, envelopes out, and as much time as a person needs."""

from __future__ import annotations

from collections.abc import AsyncIterator

from rich.console import Console

from client.sdk import OrderRefused, Seat
from client.sdk.conversation import place
from rules.events import EventKinds
from rules.turn import open_acts
from server.demo.stage import Stage
from server.narrate.language import say
from server.narrate.retold import translated
from server.terminal.keys import Keys, apart
from server.terminal.seat import Person

HOUR_SECONDS = 3_600


async def play_person(stage: Stage, country: str, keys: Keys, out: Console) -> None:
    """Let a person play a seat until the session is over.

    Raises:
        SeatLost: the seat is lost.
    """
    seat, person = stage.seats[country], Person(keys, out)
    events, heard, done = seat.events(), 0, ""
    before = None
    async for sight in seat.sights():
        view = sight.view
        told = await _next(events, sight.total - heard)
        heard = sight.total
        if before is None:
            before = view
            await apart(lambda view=view: person.greet(view))  # type: ignore[misc]  # the default binds this turn's view
        person.hear(before, view, told)
        before = view
        if view.moment.status == "over":
            person.end(view)
            return
        if place(sight.step) != done and open_acts(view):
            done = place(sight.step)
            await stage.lobby.control(stage.made.session, stage.made.control_token, "extend", seconds=HOUR_SECONDS)
            acts = await apart(lambda view=view: person.choose(view))  # type: ignore[misc]  # the same
            await _hand_in(seat, person, acts, sight.step)


async def _next(events: AsyncIterator[tuple[int, EventKinds]], count: int) -> list[EventKinds]:
    """The next ``count`` events, which were told before the view that counts them."""
    return [(await anext(events))[1] for _ in range(count)]


async def _hand_in(seat: Seat, person: Person, acts: tuple[object, ...], step: str) -> None:
    try:
        person.answered(await seat.envelope(acts, step))  # type: ignore[arg-type]  # what the person chose are acts
    except OrderRefused as refusal:
        person.say(f"{say('seat.refused')}: {translated(refusal.sentence)}")
