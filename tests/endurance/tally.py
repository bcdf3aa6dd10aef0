"""What one portion of a campaign found, and one line of the record of all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one portion; all zero from ``lost`` on is what we promise, and ``worst_s`` is the longest wait for play to go on."""

    points: int
    acked: int = 0
    lost: int = 0
    doubled: int = 0
    broken: int = 0
    worst_s: float = 0.0

    @property
    def is_clean(self) -> bool:
        """No promise was broken."""
        return not (self.lost or self.doubled or self.broken)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.points + other.points,
            self.acked + other.acked,
            self.lost + other.lost,
            self.doubled + other.doubled,
            self.broken + other.broken,
            max(self.worst_s, other.worst_s),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """What the portions ``first`` to ``last`` of a campaign found at one commit."""

    campaign: str
    commit: str
    first: int
    last: int
    tally: Tally
    seconds: float

    def joined(self, later: Row) -> Row | None:
        """Both as one, if the later one goes on where this one stops."""
        if (later.campaign, later.commit, later.first) != (self.campaign, self.commit, self.last + 1):
            return None
        return replace(self, last=later.last, tally=self.tally + later.tally, seconds=self.seconds + later.seconds)
