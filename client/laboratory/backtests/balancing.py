"""No hard balancing after 1991: whether states that could have done so conclude a pact of defence against the unipole, over many games.

Three kinds of players hold the seats in question, in two worlds: as it was, and with the unipole moved into their midst and believed to
be aggressive.  ``payoff`` is what is tested; the null players are one who fears all power alike and wants nothing but safety, which
should sign in nearly every game, and one who never signs, which must pass the first half and fail the second.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

import numpy as np

from client.arena import play_many
from client.bots.protocol import Bot
from client.bots.seats import Casting, bots
from client.laboratory.backtests.cases import Cases, Folder
from client.laboratory.backtests.format import BacktestFile
from client.seeds import bot_seed, game_seed
from rules import events as ev
from rules.exact import Array, frozen
from rules.force.guarantees import protected
from rules.force.threat import defence, everybody, reaching, threat, unshielded
from rules.pacts.clauses import Defend
from rules.pacts.treaties import Commitment
from rules.sequence import Recorded
from rules.state import Game, index
from scenarios.loader import load
from scenarios.opening import opening
from scenarios.ties import distance

SEED = 1991
CASTS: dict[str, str] = {"engine": "payoff", "balancer": "balancer", "never": "hold"}
TOGETHER = 8


def predicted(test: BacktestFile, _: Folder, games: int, told: Callable[[int, int], None]) -> Cases:
    """One row a game: 1 where a pact was concluded (or none), by the kind of player and the world; and in which turn it came."""
    among = _names(test, "among")
    columns: dict[str, Sequence[float | None]] = {"nobody_signed": [1.0] * games, "somebody_signed": [1.0] * games}
    notes, done, of = [], 0, 2 * len(CASTS) * games
    for world in ("far", "near"):
        for name, kind in CASTS.items():
            turns: list[int | None] = []
            for first in range(0, games, TOGETHER):
                numbers = range(first, min(first + TOGETHER, games))
                turns += _turns(test, numbers, among, kind, near=world == "near")
                told(done + numbers.stop, of)
            done += games
            signed = [float(turn is not None) for turn in turns]
            columns[f"{name}_{world}"] = [1.0 - value for value in signed] if world == "far" else signed
            columns[f"{name}_{world}_turn"] = [None if turn is None else float(turn) for turn in turns]
            seen = sorted(turn for turn in turns if turn is not None)
            when = f", first in turn {seen[0]}, half of them by turn {seen[len(seen) // 2]}" if seen else ""
            notes.append(f"Unipole {world}, seats held by {name} ({kind}): a pact in {len(seen)} of {games} games{when}.")
    return Cases(tuple(f"game {number + 1}" for number in range(games)), columns, tuple(notes))


def _names(test: BacktestFile, option: str) -> tuple[str, ...]:
    listed = test.options.get(option, ())
    return tuple(str(name) for name in listed) if isinstance(listed, tuple) else (str(listed),)


def _number(test: BacktestFile, option: str, default: float) -> float:
    return float(str(test.options.get(option, default)))


def _turns(test: BacktestFile, numbers: range, among: Sequence[str], kind: str, *, near: bool) -> list[int | None]:
    """The turn of the first pact against the unipole in each of some games, or None."""
    openings = [opened(test, game_seed(SEED, number), near=near) for number in numbers]
    casts = [_cast(game, among, kind, number) for game, number in zip(openings, numbers, strict=True)]
    found: dict[int, int] = {}

    inherited = [frozenset(c.id for c in game.commitments) for game in openings]

    def watch(place: int, game: Game, entries: tuple[Recorded, ...]) -> None:
        if place not in found and concluded(game, entries, among, inherited[place]):
            found[place] = game.moment.turn

    for _ in play_many(openings, casts, together=len(openings), keep=False, watch=watch):
        pass
    return [found.get(place) for place in range(len(openings))]


def _cast(game: Game, among: Sequence[str], kind: str, number: int) -> dict[str, Bot]:
    players = {country: Casting(kind if country in among else "payoff") for country in game.atlas.countries}
    return bots(players, lambda country: bot_seed(SEED, country, number))


def opened(test: BacktestFile, seed: str, *, near: bool) -> Game:
    """The scenario as it is; or with the unipole's capital among the others, and the unipole believed to be aggressive by all."""
    game = opening(load(test.scenario), seed)
    game = replace(game, atlas=replace(game.atlas, turns=min(game.atlas.turns, int(_number(test, "turns", game.atlas.turns)))))
    if not near:
        return game
    atlas, row = game.atlas, index(game, game.atlas.unipole)
    latitude, longitude, hostile, prior = (array.copy() for array in (atlas.latitude, atlas.longitude, game.world.hostile, atlas.prior))
    latitude[row], longitude[row] = _number(test, "near_latitude", 50.0), _number(test, "near_longitude", 20.0)
    for belief in (hostile, prior):
        belief[:, row] = np.where(np.arange(len(belief)) == row, 0.0, _number(test, "near_intent", 0.8))
    moved = replace(
        atlas,
        latitude=frozen(latitude),
        longitude=frozen(longitude),
        distance=distance(latitude, longitude),
        prior=frozen(prior),
    )
    return replace(game, atlas=moved, world=replace(game.world, hostile=frozen(hostile)))


def concluded(game: Game, entries: Sequence[Recorded], among: Sequence[str], inherited: Collection[str] = ()) -> bool:
    """Whether a pact against the unipole among at least two of these states entered into force in this step.

    A treaty ``inherited`` from before the start is no such pact, whoever leaves it or changes its terms.
    """
    new = (event.commitment for entry in entries for event in entry.events if isinstance(event, ev.CommitmentMade))
    made = (commitment for commitment in new if commitment.id not in inherited)
    return any(_against(game, commitment, among) for commitment in made)


def _against(game: Game, commitment: Commitment, among: Sequence[str]) -> bool:
    """A promise of defence between two of them that names the unipole; or a general one without it that relieves its danger most."""
    unipole = game.atlas.unipole
    for clause in commitment.terms.clauses:
        if not isinstance(clause, Defend) or clause.debtor not in among or clause.against not in (None, unipole):
            continue
        guarded = [country for country in protected(commitment, clause) if country in among and country != clause.debtor]
        if clause.against == unipole and guarded:
            return True
        if unipole not in commitment.terms.parties and any(_relieved_most(game, commitment, country) == unipole for country in guarded):
            return True
    return False


def _relieved_most(game: Game, commitment: Commitment, country: str) -> str | None:
    """The state of whose danger a commitment takes most from a country; None if it takes nothing."""
    others = tuple(c for c in game.commitments if c.id != commitment.id)
    eased = _danger(game, others, country) - _danger(game, (*others, commitment), country)
    row = int(np.argmax(eased))
    return game.atlas.countries[row] if eased[row] > 0.0 else None


def _danger(game: Game, commitments: tuple[Commitment, ...], country: str) -> Array:
    """What of each state's threat gets past a country's defence under these commitments.  Shape [state]."""
    at, row = everybody(game), index(game, country)
    there = reaching(game, at)
    past: Array = unshielded(threat(game, at), defence(game, at, commitments), there, game.parameters)[row]
    return past
