"""The arena plays a session to its end, by the rules of the server."""

from __future__ import annotations

from client.arena import START_ID, play
from client.bots.random_legal import RandomLegal
from rules.canonical import game_hash
from rules.evolve import evolve_all
from rules.orders import Act, Vote
from rules.problems import problems
from rules.sequence import Recorded
from rules.state import Game, View
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
