"""The campaigns, in the order of what they are worth: each is a fault, and one portion of it is quick enough to be lost without regret."""

from __future__ import annotations

import asyncio
import gc
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash import ailing, clocks, fleet, kill_redis, power, soak
from tests.endurance.tally import Tally
from tests.fuzz.door import assault
from tests.security.siege import lay
from tests.server.log import lost_replies
from tests.server.log.servers import program, server
from tests.simulation.world import usual_world

LEAK_MIB_MAX = 5.0


@dataclass(frozen=True)
class Campaign:
    """``portion`` takes a seed; ``points`` is the goal, of which one portion has ``size``."""

    name: str
    sentence: str
    unit: str
    points: int
    size: int
    portion: Callable[[int], Tally]
    must_lose: bool = False
    """A control: the same check where loss is certain, which shows that it sees what is lost."""

    @property
    def portions(self) -> int:
        """How many make up the goal."""
        return -(-self.points // self.size)

    def is_well(self, tally: Tally) -> bool:
        """Whether a portion came out as it should."""
        return tally.lost > 0 if self.must_lose else tally.is_clean


def store_of(seed: int) -> Path:
    """The bundled Valkey and, where it is installed, Debian's Redis by turns."""
    return program("redis" if seed % 2 and shutil.which("redis-server") else "valkey")


def store_kills(seed: int) -> Tally:
    """Kills of the store."""
    return told(asyncio.run(kill_redis.run(seed, KILLS, store_of(seed))))


def power_cuts(seed: int) -> Tally:
    """Kills of the store on a disk that forgets what was not synced."""
    return told(power.cut(seed, KILLS, store_of(seed)))


def lazy_cuts(seed: int) -> Tally:
    """The same with a store that answers first and syncs each second."""
    return told(power.cut(seed, KILLS, store_of(seed), "everysec"))


def told(result: kill_redis.Run) -> Tally:
    """What the judge of the log found."""
    found = result.verdict
    return Tally(result.points, found.acked, found.lost, found.doubled, found.disordered)


def fault_of(fault: fleet.Fault, processes: int, points: int, *, fresh: bool = False) -> Callable[[int], Tally]:
    """Kills, pauses or partings of processes that serve one session."""

    def portion(seed: int) -> Tally:
        return played_on(asyncio.run(fleet.run(seed, points, fault, processes=processes, fresh=fresh)))

    return portion


def ailments(seed: int) -> Tally:
    """A store that cannot keep what it is given."""
    return played_on(ailing.ail(seed, AILMENTS, store_of(seed)))


def set_clocks(seed: int) -> Tally:
    """The store's clock set while steps of a second run; ``acked`` counts the steps."""
    result = asyncio.run(clocks.run(seed, JUMPS, store_of(seed)))
    return Tally(JUMPS, result.steps, 0, result.doubled, result.early, result.late_s)


def played_on(result: fleet.Run) -> Tally:
    """What became of the orders of four seats."""
    return Tally(result.points, result.acked, result.lost, result.doubled, result.drifted, result.waits_s[-1])


def lost(seed: int) -> Tally:
    """Orders over a wire that loses replies."""
    with server("valkey") as url, TemporaryDirectory(prefix="unipole-wire-") as folder:
        through = asyncio.run(lost_replies.write_through_faults(url, Path(folder), REPLIES, seed=seed))
    found = through.verdict
    return Tally(REPLIES, found.acked, found.lost, found.doubled, found.disordered + abs(through.rows - found.acked))


def worlds(seed: int) -> Tally:
    """Seeds of the simulation."""
    gc.freeze()  # what there is stays, and need not be gone through again and again
    ended = [usual_world(seed * WORLDS + number) for number in range(WORLDS)]
    found = [finding.partition(":")[0] for world in ended for finding in world.findings]
    acked, lost_, doubled = sum(world.acked for world in ended), found.count("P1"), found.count("P2")
    return Tally(WORLDS, acked, lost_, doubled, len(found) - lost_ - doubled)


def messages(seed: int) -> Tally:
    """Hostile messages at the door; what escapes ends the campaign with its message."""
    outcome = assault(MESSAGES, seed)
    return Tally(MESSAGES, broken=int(outcome.grown_mib > LEAK_MIB_MAX))


def siege(seed: int) -> Tally:
    """Hostile messages over live sockets, and all that goes with them; ``acked`` are the answers to a seat that plays on."""
    laid = asyncio.run(lay(LIVE, SOCKETS, seed))
    return Tally(LIVE, len(laid.waits_s), broken=len(laid.faults()), worst_s=max(laid.waits_s, default=0.0))


def everyday(seed: int) -> Tally:
    """Games that end and people who come and go; ``acked`` are the games."""
    found = asyncio.run(soak.soak(GAMES, RETURNS, seed))
    return Tally(RETURNS, GAMES, broken=len(found.faults()))


LIVE, SOCKETS = 10_000, 50
GAMES, RETURNS = 100, 10_000
KILLS, AILMENTS, JUMPS, REPLIES, WORLDS, MESSAGES = 25, 8, 20, 2_000, 500, 2_000_000

CAMPAIGNS = {
    campaign.name: campaign
    for campaign in (
        Campaign("kills", "`kill -9` of the store while eight writers append.", "kills", 10_000, KILLS, store_kills),
        Campaign("cuts", "Power cuts under the store while eight writers append.", "cuts", 1_000, KILLS, power_cuts),
        Campaign(
            "lazy-cuts", "The control: a store that syncs each second has to lose.", "cuts", 100, KILLS, lazy_cuts, must_lose=True
        ),
        Campaign("deaths", "`kill -9` of the one process that serves four seats.", "kills", 1_000, 20, fault_of(fleet.kill, 1, 20)),
        Campaign("deaths-of-three", "The same for one of three.", "kills", 1_000, 20, fault_of(fleet.kill, 3, 20)),
        Campaign("crashes", "The same for a whole program: new interpreter.", "kills", 100, 10, fault_of(fleet.kill, 1, 10, fresh=True)),
        Campaign("replies", "Orders over a wire that loses one reply in twenty.", "orders", 100_000, REPLIES, lost),
        Campaign("pauses", "SIGSTOP of one of three, 10 ms to 10 s.", "pauses", 2_000, 10, fault_of(fleet.pause, 3, 10)),
        Campaign("partings", "One of three parted from the store as long.", "partings", 500, 10, fault_of(fleet.part, 3, 10)),
        Campaign("ailing", "A store that is full, short of memory, demoted or loading, by turns.", "ailments", 200, AILMENTS, ailments),
        Campaign("clocks", "The store's clock set by up to an hour; acknowledged are steps.", "jumps", 1_000, JUMPS, set_clocks),
        Campaign(
            "siege",
            "Hostile messages over live sockets, beside handshakes that never end, readers that do not read, and a seat that plays on.",
            "messages",
            1_000_000,
            LIVE,
            siege,
        ),
        Campaign(
            "soak",
            "A hundred games that end, beside sockets that come back: files, sessions and keys as before, memory within 8 MiB.",
            "returns",
            100_000,
            RETURNS,
            everyday,
        ),
        Campaign(
            "seeds",
            "Whole sessions in virtual time: two seats and one turn in bad weather, every 101st with four seats and three turns.",
            "sessions",
            200_000,
            WORLDS,
            worlds,
        ),
        Campaign(
            "messages",
            "Hostile messages at the door: one in thirty-three is thought about, the others are cut out of valid frames.",
            "messages",
            500_000_000,
            MESSAGES,
            messages,
        ),
    )
}
