"""The design: which bot plays which seat in which game.

A block rotates the bots through the seats: in its game g, seat j goes to bot (j + g) mod n in an order drawn anew for each block.  After n
games (n bots) every bot has played every seat exactly once, whether there are more bots than seats, as many, or fewer.  What a block cannot
make equal is said in the notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from rules.chance import derive


@dataclass(frozen=True, slots=True)
class Fixture:
    """One game: its key (unique in the tournament), scenario, number within it from 0, and the bot in each contested seat."""

    key: str
    scenario: str
    number: int
    seats: tuple[tuple[str, str], ...]

    @property
    def bots(self) -> tuple[str, ...]:
        """The bots that take part, each once, in the order of seats."""
        return tuple(dict.fromkeys(bot for _, bot in self.seats))


def shuffled(bots: Sequence[str], seed: int, scenario: str, block: int) -> list[str]:
    """The bots in the order of one block; the same for the same seed."""
    return sorted(bots, key=lambda bot: derive(str(seed), "order", scenario, block, bot))


def fixtures(bots: Sequence[str], seats: Sequence[str], scenario: str, seed: int, games: int) -> list[Fixture]:
    """The games of one scenario; ``games`` is a multiple of the number of bots if blocks are whole."""
    found = []
    for number in range(games):
        block, turn = divmod(number, len(bots))
        order = shuffled(bots, seed, scenario, block)
        line = tuple((seat, order[(place + turn) % len(bots)]) for place, seat in enumerate(seats))
        found.append(Fixture(f"{scenario}:{number}", scenario, number, line))
    return found


def notes(found: Sequence[Fixture], bots: Sequence[str]) -> list[str]:
    """What is not equal about a design, in sentences; empty if it is exact."""
    said = []
    if not found:
        return ["No games."]
    scenario = found[0].scenario
    played = Counter((seat, bot) for fixture in found for seat, bot in fixture.seats)
    counts = [played[seat, bot] for seat, _ in found[0].seats for bot in bots]
    if min(counts) != max(counts):
        often = f"a bot plays a seat {min(counts)} to {max(counts)} times"
        said.append(f"{scenario}: {len(found)} games are no whole blocks of {len(bots)}: {often}.")
    per_game = [Counter(bot for _, bot in fixture.seats) for fixture in found]
    if len(bots) < len(found[0].seats) and len(found[0].seats) % len(bots):
        low, high = min(min(c.values()) for c in per_game), max(max(c.values()) for c in per_game)
        share = f"{low} to {high} seats each in a game"
        said.append(f"{scenario}: {len(found[0].seats)} seats cannot be shared equally by {len(bots)} bots: {share}.")
    met = Counter(pair for fixture in found for pair in combinations(sorted(fixture.bots), 2))
    pairs = [met[pair] for pair in combinations(sorted(bots), 2)]
    if min(pairs) != max(pairs):
        said.append(f"{scenario}: two bots meet in {min(pairs)} to {max(pairs)} games.")
    return said
