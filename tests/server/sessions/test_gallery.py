"""Who looks on: bells, posts, places, sweeping."""

from __future__ import annotations

import asyncio
from functools import partial

from rules.view import PUBLIC_VIEWER
from rules.wire import frames as f
from rules.wire.codec import MSGPACK
from server.reasons import CloseCode
from server.sessions.gallery import Gallery, Onlooker
from server.settings import Limits
from server.web.outbox import Outbox
from tests.simulation.loop import run_virtually

LIMITS = Limits(sockets_per_token_max=2, screens_max=3, idle_seconds=100.0, outbox_frames_max=3)


def onlooker(viewer: str, proof: str = "p") -> Onlooker:
    """A socket of a viewer."""
    return Onlooker(Outbox(viewer, 0, MSGPACK, LIMITS), proof)


def test_a_frame_goes_to_all_devices_of_a_viewer_and_to_nobody_else() -> None:
    """A bell goes to everybody."""

    async def scene() -> None:
        gallery = Gallery(LIMITS, "live")
        people, heard = [onlooker("ARD"), onlooker("ARD"), onlooker("BRV")], list[int]()
        for number, person in enumerate(people):
            person.heed = partial(heard.append, number)
            gallery.join(person)
        gallery.post("ARD", f.Acked(id="1"))
        assert [len(person.outbox.answers()) for person in people] == [1, 1, 0]
        await asyncio.sleep(0)
        assert heard == [0, 1]
        gallery.ring()
        gallery.ring()
        await asyncio.sleep(0)
        assert heard == [0, 1, 0, 1, 2], "once for all rings of one turn of the loop"
        gallery.ring({"BRV", "COR"})
        gallery.ring(frozenset())
        await asyncio.sleep(0)
        assert heard[5:] == [2], "nobody for whom there is nothing"
        assert gallery.viewers() == ("ARD", "BRV")
        for person in people:
            gallery.part(person)
        assert (len(gallery), gallery.viewers()) == (0, ())
        gallery.part(people[0])

    run_virtually(scene())


def test_the_oldest_device_makes_room() -> None:
    """Beyond the number of a device; the other devices of the seat stay."""

    async def scene() -> None:
        gallery = Gallery(LIMITS, "live")
        people = [onlooker("ARD", proof) for proof in ("p", "q", "p", "q", "p")]
        for person in people:
            gallery.join(person)
        assert [person.leaving is not None for person in people] == [True, False, False, False, False]

    run_virtually(scene())


def test_a_screen_too_many_is_sent_away_and_no_other() -> None:
    """Any screen has the same token: if one took another's place, that would come back and take the next one's, for ever."""

    async def scene() -> None:
        gallery = Gallery(LIMITS, "live")
        screens = [onlooker(PUBLIC_VIEWER) for _ in range(4)]
        for screen in screens:
            gallery.join(screen)
        assert [screen.leaving and screen.leaving[0] for screen in screens] == [None, None, None, CloseCode.TRY_LATER]
        gallery.part(screens[0])
        gallery.part(screens[3])
        gallery.join(new := onlooker(PUBLIC_VIEWER))
        assert new.leaving is None

    run_virtually(scene())


def test_sweeping_takes_the_revoked_and_the_idle() -> None:
    """Each with its code."""

    async def scene() -> None:
        gallery = Gallery(LIMITS, "live")
        revoked, idle, well = onlooker("ARD", "old"), onlooker("BRV", "b"), onlooker("COR", "c")
        for person in (revoked, idle, well):
            gallery.join(person)
        await asyncio.sleep(101.0)
        revoked.active_s = well.active_s = asyncio.get_running_loop().time()
        gallery.sweep(["b", "c"])
        assert [p.leaving and p.leaving[0] for p in (revoked, idle, well)] == [CloseCode.POLICY, CloseCode.GOING_AWAY, None]
        gallery.dismiss(CloseCode.GOING_AWAY, "stop")
        assert well.leaving == (CloseCode.GOING_AWAY, "stop")
        assert revoked.leaving is not None
        assert revoked.leaving[0] == CloseCode.POLICY

    run_virtually(scene())


def test_unread_answers_end_with_1013() -> None:
    """One socket; its seat's other one stays."""

    async def scene() -> None:
        person = onlooker("ARD")
        for number in range(5):
            person.post(f.Acked(id=str(number)))
        assert person.leaving is not None
        assert person.leaving[0] == CloseCode.TRY_LATER

    run_virtually(scene())


def test_a_seat_has_one_bucket_for_all_its_sockets() -> None:
    """Whose size follows from the pace."""

    async def scene() -> None:
        gallery = Gallery(LIMITS, "live")
        assert gallery.bucket("ARD") is gallery.bucket("ARD")
        assert gallery.bucket("ARD") is not gallery.bucket("BRV")
        taken = 0
        while gallery.bucket("ARD").take(0.0):
            taken += 1
        assert taken == LIMITS.live_rate.burst

    run_virtually(scene())
