"""Every bot plays every seat equally often, and what cannot be equal is said."""

from __future__ import annotations

from collections import Counter

import pytest

from client.tournament.design import fixtures, notes

SEATS = ["ARD", "BRV", "COR", "DOR"]


@pytest.mark.parametrize("many", [2, 3, 4, 5, 9])
@pytest.mark.parametrize("blocks", [1, 3])
def test_a_block_gives_every_bot_every_seat_once(many: int, blocks: int) -> None:
    """With fewer bots than seats, as many, and more."""
    bots = [f"bot{k}" for k in range(many)]
    found = fixtures(bots, SEATS, "tiny", 7, blocks * many)
    played = Counter((seat, bot) for fixture in found for seat, bot in fixture.seats)
    assert set(played.values()) == {blocks}
    assert len(played) == many * len(SEATS)
    assert [fixture.key for fixture in found] == [f"tiny:{k}" for k in range(blocks * many)]
    assert not any("no whole blocks" in note for note in notes(found, bots))


def test_more_bots_than_seats_never_sit_twice_in_a_game() -> None:
    """And fewer share the seats as equally as they can."""
    for fixture in fixtures([f"b{k}" for k in range(6)], SEATS, "tiny", 7, 12):
        assert len(fixture.bots) == len(SEATS)
    for fixture in fixtures(["a", "b", "c"], SEATS, "tiny", 7, 6):
        assert sorted(Counter(bot for _, bot in fixture.seats).values()) == [1, 1, 2]


def test_what_is_not_equal_is_said() -> None:
    """Broken blocks, seats that cannot be shared, meetings that differ; an exact design says nothing."""
    four, three, six = ["a", "b", "c", "d"], ["a", "b", "c"], ["a", "b", "c", "d", "e", "f"]
    assert notes(fixtures(four, SEATS, "tiny", 7, 4), four) == []
    assert notes(fixtures(four, SEATS, "tiny", 7, 5), four) == ["tiny: 5 games are no whole blocks of 4: a bot plays a seat 1 to 2 times."]
    shared = "tiny: 4 seats cannot be shared equally by 3 bots: 1 to 2 seats each in a game."
    assert notes(fixtures(three, SEATS, "tiny", 7, 3), three) == [shared]
    assert any("two bots meet in" in note for note in notes(fixtures(six, SEATS, "tiny", 7, 6), six))
    assert notes([], four) == ["No games."]


def test_the_order_of_bots_is_drawn_anew_for_each_block() -> None:
    """By the seed: the same seed gives the same games."""
    bots = [f"bot{k}" for k in range(5)]
    again = [fixtures(bots, SEATS, "tiny", seed, 15) for seed in (7, 7, 8)]
    assert again[0] == again[1] != again[2]
    first, second = again[0][0], again[0][5]
    assert first.seats != second.seats
