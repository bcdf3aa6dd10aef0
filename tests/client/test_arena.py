"""The arena plays a session to its end, by the rules of the server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pytest

from client.arena import START_ID, Match, abreast, play, play_many
from client.bots.protocol import Bot
from client.bots.random_legal import RandomLegal
from rules.evolve import evolve_all
from rules.orders import Act, Order, Vote
from rules.problems import problems
from rules.sequence import Recorded
from rules.state import Game, View
from rules.wire.canonical import game_hash
from tests.rules.stage import tiny


class Intruder:
    """A bot that asks for what is never open to it."""

    def choose(self, view: View) -> tuple[Act, ...]:
        """A ballot on nothing."""
        return (Vote(draft=f"none-{view.moment.turn}", choice="yes"),)


def test_a_session_without_bots_runs_to_its_end() -> None:
    """Seats hold; the clock alone writes the log."""
    match = play(tiny(), {})
    assert match.game.moment.status == "over"
    assert {entry.order.author for entry in match.entries} == {"control", "clock"}
    assert match.entries[0].order.id == START_ID
    assert match.declined == ()


def test_the_entries_give_the_game_again() -> None:
    """From the opening, event by event."""
    match = play(tiny(), {country: RandomLegal("arena") for country in tiny().atlas.countries})
    game = evolve_all(match.opening, (event for entry in match.entries for event in entry.events))
    assert game_hash(game) == game_hash(match.game)
    assert problems(game) == []
    assert len({entry.order.id for entry in match.entries}) == len(match.entries)


def test_refused_acts_are_kept_apart() -> None:
    """They are in no entry and change nothing."""
    match = play(tiny(), {"COR": Intruder()})
    assert {declined.order.author for declined in match.declined} == {"COR"}
    assert game_hash(match.game) == game_hash(play(tiny(), {}).game)


def test_who_watches_sees_every_step() -> None:
    """The start and each step with the game after it; together the steps are the log."""
    seen: list[tuple[Game, tuple[Recorded, ...]]] = []
    match = play(tiny(), {"ARD": RandomLegal("watched")}, lambda game, entries: seen.append((game, entries)))
    assert tuple(entry for _, entries in seen for entry in entries) == match.entries
    assert seen[-1][0] is match.game
    assert len(seen) == 1 + 3 * 7


@dataclass(frozen=True, slots=True)
class Chorus:
    """Random legal acts, thought of in one call for all seats; ``asked`` notes how many were."""

    seed: str
    asked: list[int]

    def choose(self, view: View) -> tuple[Act, ...]:
        """As the random bot does."""
        return RandomLegal(self.seed).choose(view)

    @classmethod
    def choose_together(cls, bots: Sequence[Chorus], views: Sequence[View]) -> list[tuple[Act, ...]]:
        """Each for itself."""
        bots[0].asked.append(len(bots))
        return [bot.choose(sight) for bot, sight in zip(bots, views, strict=True)]


def games(count: int) -> list[Game]:
    """Openings that differ in their seed, and in one parameter."""
    return [
        replace(tiny(), seed=f"many-{number}", parameters=replace(tiny().parameters, proximity=1.0 + number / 100))
        for number in range(count)
    ]


def casts(count: int, asked: list[int]) -> list[Mapping[str, Bot]]:
    """Two seats that think together, one alone, one that holds."""
    return [{"ARD": Chorus(f"a{k}", asked), "COR": RandomLegal(f"c{k}"), "DOR": Chorus(f"d{k}", asked)} for k in range(count)]


def refusals(match: Match) -> list[tuple[Order, str]]:
    """What was refused and why."""
    return [(declined.order, str(declined.refusal)) for declined in match.declined]


@pytest.mark.parametrize("together", [1, 2, 5])
def test_games_in_lockstep_are_the_games_alone(together: int) -> None:
    """Entry by entry and refusal by refusal, in the order of the openings, however many step together."""
    asked: list[int] = []
    found = list(play_many(games(5), casts(5, asked), together=together))
    alone = [play(game, bots) for game, bots in zip(games(5), casts(5, []), strict=True)]
    assert [match.entries for match in found] == [match.entries for match in alone]
    assert [refusals(match) for match in found] == [refusals(match) for match in alone]
    assert [game_hash(match.game) for match in found] == [game_hash(match.game) for match in alone]
    assert max(asked) == 2 * together


def test_games_are_begun_as_they_are_wanted() -> None:
    """Of a hundred openings only those are taken that were needed for the first match; nothing is kept of it but what was watched."""
    taken: list[int] = []

    def openings() -> Iterator[Game]:
        for number, game in enumerate(games(100)):
            taken.append(number)
            yield game

    steps: list[int] = []
    matches = play_many(openings(), ({} for _ in range(100)), together=3, keep=False, watch=lambda number, _, __: steps.append(number))
    first = next(matches)
    assert (first.game.moment.status, first.entries, first.declined) == ("over", (), ())
    assert taken == [0, 1, 2]
    assert steps == [0, 1, 2] * (len(steps) // 3)


def test_as_many_casts_as_openings() -> None:
    """A game without its cast is an error, not a game that is left out."""
    with pytest.raises(ValueError, match="shorter"):
        list(play_many(games(2), casts(1, [])))


def test_great_worlds_are_played_by_few() -> None:
    """Sixteen small games side by side, two of every member of the United Nations, and never none."""
    assert [abreast(seats) for seats in (1, 8, 26, 193, 10_000)] == [16, 16, 16, 2, 1]
