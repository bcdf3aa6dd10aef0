"""Reading who plays which seat: what is understood, what is refused, and with which words."""

from __future__ import annotations

import pytest

from client.bots.payoff_bot import PayoffBot
from client.bots.random_legal import RandomLegal
from client.bots.seats import SKILL_DEFAULT, BadSeats, Casting, bots, cast
from rules.state import TERMS

COUNTRIES = ("USA", "FRA", "RUS")


def test_named_seats_and_the_rest() -> None:
    """Names first, the star for all others, in the order of the countries."""
    found = cast("FRA=random, *=hold ,USA=payoff:12.5", COUNTRIES)
    assert found == {"USA": Casting("payoff", 12.5), "FRA": Casting("random"), "RUS": Casting("hold")}
    assert list(found) == list(COUNTRIES)


@pytest.mark.parametrize("spec", ["", " , ", "*=payoff", "USA=payoff"])
def test_without_a_word_all_play_for_payoff(spec: str) -> None:
    """Seats that are not named play for their payoff, with the usual skill."""
    assert set(cast(spec, COUNTRIES).values()) == {Casting("payoff", SKILL_DEFAULT)}


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("FRA", "COUNTRY=KIND"),
        ("FRB=hold", "Did you mean FRA?"),
        ("fra=hold", "Did you mean FRA?"),
        ("XYZ=hold", "Known are: USA, FRA, RUS."),
        ("FRA=payof", "Did you mean payoff?"),
        ("FRA=", "Known are: payoff, autonomist,"),
        ("FRA=hold,FRA=random", "named twice"),
        ("*=hold,*=random", "named twice"),
        ("FRA=random:3", "Only players for payoff take a skill"),
        ("FRA=payoff:", "no number"),
        ("FRA=payoff:many", "no number"),
        ("FRA=payoff:-1", "no number"),
        ("FRA=payoff:inf", "no number"),
        ("FRA=payoff:nan", "no number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_remedy(spec: str, words: str) -> None:
    """Every fault has its sentence."""
    with pytest.raises(BadSeats, match=r"\.$|\?$") as caught:
        cast(spec, COUNTRIES)
    assert words in str(caught.value)


def test_bots_get_their_own_seeds() -> None:
    """A bot for each seat that has one, with the seed of its country."""
    found = bots(cast("FRA=random,RUS=hold", COUNTRIES), lambda country: f"seed of {country}")
    assert found == {"USA": PayoffBot("seed of USA"), "FRA": RandomLegal("seed of FRA")}


def test_personas_and_words_for_skill() -> None:
    """Personas are cast like any player, with a skill as a word or a number, and weigh terms otherwise."""
    casting = cast("FRA=autonomist:expert,DEU=balancer,*=payoff:novice", ("FRA", "DEU", "USA"))
    assert [str(player) for player in casting.values()] == ["autonomist:240", "balancer:60", "payoff:15"]
    made = bots(casting, lambda country: country)
    personas = [bot.persona for bot in made.values() if isinstance(bot, PayoffBot)]
    assert [persona.name for persona in personas] == ["autonomist", "balancer", "payoff"]
    assert personas[0].factors[TERMS.index("autonomy")] == 3.0
    assert personas[1].wary
    assert not personas[1].factors[1:].any()
