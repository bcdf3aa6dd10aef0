"""Who plays which seat, as one line of text: ``USA=payoff:60,FRA=random,*=payoff``.

| kind | plays |
|---|---|
| ``payoff`` or ``payoff:60`` | for its payoff, with the given skill (lambda of the logit choice; 0 is a coin) |
| ``autonomist``, ``loyalist``, ``free-rider``, ``revisionist``, ``institutionalist`` | the same with other weights |
| ``threat-only``, ``balancer`` | null players: for safety alone, or against power as such |
| ``random`` | a few legal acts by chance |
| ``hold`` | nothing at all |

``*`` stands for every seat that is not named.  Without it those seats are played by ``payoff``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from difflib import get_close_matches
from math import isfinite

from client.bots.payoff_bot import PayoffBot
from client.bots.personas import PERSONAS
from client.bots.protocol import Bot
from client.bots.random_legal import RandomLegal

KINDS: tuple[str, ...] = (*PERSONAS, "random", "hold")
SKILLS: dict[str, float] = {"novice": 15.0, "able": 60.0, "expert": 240.0}
"""Words for three skills, which may stand for the number."""
SKILL_DEFAULT = float(next(f.default for f in fields(PayoffBot) if f.name == "skill"))  # type: ignore[arg-type]  # a float by definition
SKILL_MAX = 10_000.0
REST = "*"


class BadSeats(ValueError):
    """The line cannot be read: ``part`` is what is at fault; the text of the error is one sentence with the remedy."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part


@dataclass(frozen=True, slots=True)
class Casting:
    """What plays a seat."""

    kind: str
    skill: float = SKILL_DEFAULT

    def __str__(self) -> str:
        return f"{self.kind}:{self.skill:g}" if self.kind in PERSONAS else self.kind


def cast(spec: str, countries: Sequence[str]) -> dict[str, Casting]:
    """The casting of every country, in the order of ``countries``.

    Raises:
        BadSeats: a part is unreadable, names no country or kind of this game, or names a seat twice.
    """
    named: dict[str, Casting] = {}
    for part in (piece.strip() for piece in spec.split(",")):
        if not part:
            continue
        country, sign, kind = (text.strip() for text in part.partition("="))
        if not sign:
            raise BadSeats(part, f"{part!r} says nothing about a seat: write COUNTRY=KIND, such as {countries[0]}=payoff.")
        if country != REST and country not in countries:
            raise BadSeats(part, f"There is no seat {country!r} in this scenario. {_nearest(country.upper(), countries)}")
        if country in named:
            raise BadSeats(part, f"Seat {country} is named twice.")
        named[country] = _casting(part, kind)
    rest = named.get(REST, Casting("payoff"))
    return {country: named.get(country, rest) for country in countries}


def _casting(part: str, text: str) -> Casting:
    name, colon, number = text.partition(":")
    kind = next((known for known in KINDS if known == name), None)
    if kind is None:
        raise BadSeats(part, f"There is no kind of player {name!r}. {_nearest(name, KINDS)}")
    if not colon:
        return Casting(kind)
    if kind not in PERSONAS:
        raise BadSeats(part, f"Only players for payoff take a skill; write {part.partition(':')[0]!r}.")
    try:
        skill = SKILLS[number] if number in SKILLS else float(number)
    except ValueError:
        skill = float("nan")
    if not (isfinite(skill) and 0.0 <= skill <= SKILL_MAX):
        raise BadSeats(part, f"The skill {number!r} is no number from 0 to {SKILL_MAX:g}; {SKILL_DEFAULT:g} is usual.")
    return Casting(kind, skill)


def _nearest(word: str, known: Sequence[str]) -> str:
    close = get_close_matches(word, known, n=1)
    return f"Did you mean {close[0]}?" if close else f"Known are: {', '.join(known)}."


def bots(casting: Mapping[str, Casting], seed_of: Callable[[str], str]) -> dict[str, Bot]:
    """A bot for every seat that is played by one; ``seed_of`` gives the seed of a country's bot.  Seats that hold have none."""
    found: dict[str, Bot] = {}
    for country, player in casting.items():
        match player.kind:
            case "random":
                found[country] = RandomLegal(seed_of(country))
            case "hold":
                pass
            case name:
                found[country] = PayoffBot(seed_of(country), player.skill, PERSONAS[name])
    return found
