"""Worlds of any size: the states of ``octet`` again and again, moved around the globe, so that only the number of states differs."""

from __future__ import annotations

from dataclasses import replace

from rules.state import Game
from scenarios.loader import Scenario, load
from scenarios.opening import opening
from scenarios.schema import Land, Place

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
EIGHT = 8
EASTWARD = 47.0  # degrees between one set of eight and the next
FULL_CIRCLE = 360.0


def name(number: int) -> str:
    """The three letters of a state by its number."""
    return LETTERS[number // EIGHT // len(LETTERS)] + LETTERS[number // EIGHT % len(LETTERS)] + LETTERS[number % EIGHT]


def world(states: int, turns: int, seed: str) -> Game:
    """A game of so many states and turns: all sit in one council, ties and treaties are those among the first eight."""
    return opening(_scenario(states, turns), seed)


def _scenario(states: int, turns: int) -> Scenario:
    whole = load("octet")
    data = whole.data
    old = [land.id for land in data.country]
    new = {country: name(number) for number, country in enumerate(old)}
    kept = {country for number, country in enumerate(old) if number < states}
    lands = tuple(_moved(data.country[number % EIGHT], number) for number in range(states))
    seats = tuple(_seated(data.seat[number % EIGHT], number) for number in range(states))
    among = [tie for tie in data.tie if {tie.holder, tie.partner} <= kept]
    ties = [tie.model_copy(update={"holder": new[tie.holder], "partner": new[tie.partner]}) for tie in among]
    bound = [pact for pact in data.commitment if set(pact.parties) <= kept]
    pacts = [pact.model_copy(update={"parties": tuple(new[c] for c in pact.parties)}) for pact in bound]
    issues = [issue.model_copy(update={"target": new[issue.target] if issue.target in kept else None}) for issue in data.issue]
    body = data.council[0]
    members = tuple(land.id for land in lands)
    council = body.model_copy(
        update={"members": members, "permanent": tuple(new[c] for c in body.permanent if c in kept), "threshold": states // 2 + 1}
    )
    heading = data.scenario.model_copy(update={"turns": turns, "unipole": new[data.scenario.unipole]})
    changes = {"scenario": heading, "country": lands, "seat": seats, "tie": tuple(ties), "commitment": tuple(pacts)}
    larger = data.model_copy(update={**changes, "issue": tuple(issues), "council": (council,), "news": ()})
    contents = ((f"{states} states, {turns} turns", b""),)
    return replace(whole, data=larger, public_briefs=("",) * states, secret_briefs=("",) * states, contents=contents)


def _moved(land: Land, number: int) -> Land:
    figures = land.figures
    east = (figures.longitude.value + EASTWARD * (number // EIGHT) + FULL_CIRCLE / 2) % FULL_CIRCLE - FULL_CIRCLE / 2
    there = figures.model_copy(update={"longitude": figures.longitude.model_copy(update={"value": east})})
    return land.model_copy(update={"id": name(number), "figures": there})


def _seated(place: Place, number: int) -> Place:
    return place.model_copy(update={"country": name(number), "objectives": ()})
