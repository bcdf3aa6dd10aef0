"""Who plays which seat, from one line of text."""

from __future__ import annotations

import pytest

from client.bots.payoff_bot import PayoffBot
from client.bots.random_legal import RandomLegal
from client.bots.seats import SKILL_DEFAULT, SKILL_MAX, BadSeats, Casting, bots, cast
from client.seeds import bot_seed, game_seed

COUNTRIES = ("ARD", "BRV", "COR", "DOR")


def test_a_line_casts_every_seat_in_order() -> None:
    """Seats that are not named are the rest; blanks do not matter."""
    assert cast("", COUNTRIES) == dict.fromkeys(COUNTRIES, Casting("payoff"))
    found = cast(" DOR = hold ,ARD=payoff:5, *=random,", COUNTRIES)
    assert list(found) == list(COUNTRIES)
    assert found == {"ARD": Casting("payoff", 5.0), "BRV": Casting("random"), "COR": Casting("random"), "DOR": Casting("hold")}
    assert [str(casting) for casting in found.values()] == ["payoff:5", "random", "random", "hold"]
    assert cast("ARD=payoff:0", COUNTRIES)["ARD"].skill == 0.0
    assert cast(f"ARD=payoff:{SKILL_MAX}", COUNTRIES)["BRV"].skill == SKILL_DEFAULT


@pytest.mark.parametrize(
    ("line", "part", "words"),
    [
        ("ARD", "ARD", "says nothing about a seat: write COUNTRY=KIND"),
        ("ARX=hold", "ARX=hold", "no seat 'ARX' in this scenario. Did you mean ARD?"),
        ("ard=hold", "ard=hold", "Did you mean ARD?"),
        ("QQQ=hold", "QQQ=hold", "Known are: ARD, BRV, COR, DOR."),
        ("ARD=hold,ARD=random", "ARD=random", "Seat ARD is named twice."),
        ("*=hold,*=random", "*=random", "Seat * is named twice."),
        ("ARD=holt", "ARD=holt", "Did you mean hold?"),
        ("ARD=zzz", "ARD=zzz", "Known are: payoff, random, hold."),
        ("ARD=random:5", "ARD=random:5", "Only payoff takes a skill; write 'ARD=random'."),
        ("ARD=payoff:", "ARD=payoff:", "is no number from 0 to"),
        ("ARD=payoff:x", "ARD=payoff:x", "is no number from 0 to"),
        ("ARD=payoff:-1", "ARD=payoff:-1", "is no number from 0 to"),
        ("ARD=payoff:nan", "ARD=payoff:nan", "is no number from 0 to"),
        ("ARD=payoff:1e9", "ARD=payoff:1e9", "is no number from 0 to"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_remedy(line: str, part: str, words: str) -> None:
    """The part at fault and a sentence."""
    with pytest.raises(BadSeats) as caught:
        cast(line, COUNTRIES)
    assert caught.value.part == part
    assert words in str(caught.value)


def test_castings_become_bots() -> None:
    """With a seed of its own each; seats that hold have none."""
    found = bots(cast("ARD=payoff:7,BRV=random,*=hold", COUNTRIES), lambda country: f"seed of {country}")
    assert found == {"ARD": PayoffBot("seed of ARD", 7.0), "BRV": RandomLegal("seed of BRV")}


def test_seeds_follow_from_one_number() -> None:
    """Game 0 of a batch is the game of that number alone; every game and every bot has its own."""
    assert game_seed(7) == game_seed(7, 0)
    assert bot_seed(7, "ARD") == bot_seed(7, "ARD", 0)
    seeds = [game_seed(s, n) for s in (7, 8) for n in range(3)] + [bot_seed(s, c, n) for s in (7, 8) for c in COUNTRIES for n in range(3)]
    assert len(set(seeds)) == len(seeds)
