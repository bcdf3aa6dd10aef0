"""Those who look on at one session through this process: its sockets, by viewer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Iterator

from rules.view import PUBLIC_VIEWER
from rules.wire.frames import OutKinds, Pace
from server.reasons import CloseCode
from server.settings import Limits
from server.web.outbox import Outbox
from server.web.rates import Bucket


class Onlooker:
    """One socket as the gallery knows it: its outbox, who heeds its bell, and whether it should go."""

    def __init__(self, outbox: Outbox, proof: str, holder: str = "") -> None:
        self.outbox = outbox
        self.holder = holder or outbox.viewer  # whose token it showed; a post looks through the eyes of another
        self.proof = proof  # the hash of the token that it showed
        self.heed: Callable[[], None] | None = None  # called once for all rings of one turn of the loop
        self.leaving: tuple[CloseCode, str] | None = None
        self._loop = asyncio.get_running_loop()
        self.active_s = self._loop.time()
        self._rung = False

    def touch(self) -> None:
        """Something came or went."""
        self.active_s = self._loop.time()

    def ring(self) -> None:
        """There may be something to send."""
        if not self._rung:
            self._rung = True
            self._loop.call_soon(self._heard)

    def post(self, frame: OutKinds) -> None:
        """Let a frame wait for this socket."""
        self.outbox.post(frame)
        if self.outbox.overflowed:
            self.leave(CloseCode.TRY_LATER, "answers are not being read")
        self.ring()

    def leave(self, code: CloseCode, reason: str) -> None:
        """Ask the socket to close; the first reason stands."""
        self.leaving = self.leaving or (code, reason)
        self.ring()

    def _heard(self) -> None:
        self._rung = False
        if self.heed is not None:
            self.heed()


class Gallery:
    """The audience of one session."""

    def __init__(self, limits: Limits, pace: Pace) -> None:
        self._limits = limits
        self._rate = limits.live_rate if pace == "live" else limits.rounds_rate
        self._onlookers: dict[str, list[Onlooker]] = {}
        self._buckets: dict[str, Bucket] = {}
        self.present = asyncio.Event()

    def ring(self, viewers: Collection[str] | None = None) -> None:
        """Something may be new for those who look through these eyes; None: for everybody."""
        for onlooker in self:
            if viewers is None or onlooker.outbox.viewer in viewers:
                onlooker.ring()

    def post(self, viewer: str, frame: OutKinds) -> None:
        """A frame for all sockets of a viewer."""
        for onlooker in self._onlookers.get(viewer, ()):
            onlooker.post(frame)

    def join(self, onlooker: Onlooker) -> None:
        """Let a socket in.  A device that has too many loses its oldest: half-open ones stay behind.

        All screens share a token, so of them the newcomer has to go: who was put out would come back, and put out the next.
        """
        present = self._onlookers.setdefault(onlooker.holder, [])
        present.append(onlooker)
        self.present.set()
        own = [other for other in present if other.proof == onlooker.proof]
        if onlooker.holder != PUBLIC_VIEWER:
            for oldest in own[: -self._limits.sockets_per_token_max]:
                oldest.leave(CloseCode.POLICY, "newer sockets of this device took its place")
        elif len(own) > self._limits.screens_max:
            onlooker.leave(CloseCode.TRY_LATER, "as many screens show this session as may")

    def part(self, onlooker: Onlooker) -> None:
        """A socket is gone."""
        present = self._onlookers.get(onlooker.holder, [])
        if onlooker in present:
            present.remove(onlooker)
        if not present:
            self._onlookers.pop(onlooker.holder, None)
        if not self._onlookers:
            self.present.clear()

    def bucket(self, viewer: str) -> Bucket:
        """What a seat may send, all its sockets together."""
        now_s = asyncio.get_running_loop().time()
        return self._buckets.setdefault(viewer, Bucket(self._rate, now_s))

    def sweep(self, proofs: Iterable[str]) -> None:
        """Ask those to leave whose token is not among the valid ones, and those that are idle."""
        valid = frozenset(proofs)
        idle_s = asyncio.get_running_loop().time() - self._limits.idle_seconds
        for onlooker in self:
            if onlooker.proof not in valid:
                onlooker.leave(CloseCode.POLICY, "the token was revoked")
            elif onlooker.active_s < idle_s:
                onlooker.leave(CloseCode.GOING_AWAY, "idle")

    def dismiss(self, code: CloseCode, reason: str) -> None:
        """Ask everybody to leave."""
        for onlooker in self:
            onlooker.leave(code, reason)

    def viewers(self) -> tuple[str, ...]:
        """Who is here, sorted."""
        return tuple(sorted(self._onlookers))

    def __iter__(self) -> Iterator[Onlooker]:
        return iter([onlooker for present in self._onlookers.values() for onlooker in present])

    def __len__(self) -> int:
        return sum(len(present) for present in self._onlookers.values())
