"""The opening: a scenario's figures and ties as the first state of a game, in the lobby.

After reading, only correctly rounded operations in a fixed order are used, so that every machine opens with
the same bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from rules.copying import changed
from rules.exact import Array, frozen
from rules.force.power import basis, poles
from rules.force.threat import everybody
from rules.interests.payoff import payoff
from rules.parameters import Parameters, Setting, with_overrides
from rules.state import SPENDING, TERMS, Atlas, Bulletin, Game, Issue, Moment, Shift, Step, World
from rules.turn import TABLE
from rules.vocabulary import Objective
from scenarios import bodies, pacts, ties
from scenarios.loader import Scenario
from scenarios.schema import Notice, Place, ScenarioFile, Weights

OPENINGS_KEPT = 64  # of different scenarios or parameters
APPROVAL, AUTHORITY, MIDDLE, ESTEEM = 0.5, 1.0, 0.5, 0.5
LONG_AGO = -100.0  # turn in which the leaders of the opening came into office: none of them is new


def opening(scenario: Scenario, seed: str, overrides: Mapping[str, Setting] | None = None) -> Game:
    """The game at the start, status lobby.  ``overrides`` change parameters on top of those of the scenario.

    Raises:
        rules.parameters.BadParameter: an override is unknown or out of bounds.
    """
    return changed(_opened(scenario, tuple(sorted((overrides or {}).items()))), seed=seed)


@lru_cache(maxsize=OPENINGS_KEPT)
def _opened(scenario: Scenario, overrides: tuple[tuple[str, float], ...]) -> Game:
    """The opening without its seed.  Nothing in it can change, so games that begin alike share it, and whatever is found once about it."""
    data = scenario.data
    weights = parameters(scenario, dict(overrides))
    countries = tuple(land.id for land in data.country)
    zeros = frozen(np.zeros((len(countries), len(TERMS))))
    game = Game(
        atlas=_atlas(scenario, weights, zeros),
        parameters=weights,
        moment=Moment(),
        world=_world(data, weights, zeros),
        offers=(),
        commitments=tuple(pacts.commitment(pact, data.scenario.turns) for pact in data.commitment),
        verdicts=(),
        drafts=(),
        operations=(),
        payments=(),
        desk=(),
        statements=(),
        seed="",
    )
    first = poles(basis(game), weights)
    marks = frozen([float(k in first) for k in range(len(countries))])
    game = replace(game, world=replace(game.world, poles=marks))
    table = frozen(payoff(game, everybody(game), game.world.received, game.commitments))
    return replace(game, atlas=replace(game.atlas, opening=table), world=replace(game.world, payoff=table))


def parameters(scenario: Scenario, overrides: Mapping[str, Setting] | None = None) -> Parameters:
    """The coefficients of a game: defaults, then the scenario's, then the overrides.

    Raises:
        rules.parameters.BadParameter: an override is unknown or out of bounds.
    """
    own = {name: override.value for name, override in scenario.data.parameters.items()}
    return with_overrides({**own, **(overrides or {})})


def _each(values: Iterable[float]) -> Array:
    return frozen(list(values))


def _atlas(scenario: Scenario, weights: Parameters, zeros: Array) -> Atlas:
    data = scenario.data
    lands = data.country
    forces = _each(land.figures.milex.value for land in lands)
    latitude = _each(land.figures.latitude.value for land in lands)
    longitude = _each(land.figures.longitude.value for land in lands)
    seats = _seats(data)
    return Atlas(
        scenario=data.scenario.id,
        title=data.scenario.title,
        span=data.scenario.span,
        turns=data.scenario.turns,
        schedule=_schedule(data),
        unipole=data.scenario.unipole,
        countries=tuple(land.id for land in lands),
        names=tuple(land.name for land in lands),
        councils=tuple(bodies.council(body) for body in data.council),
        issues=tuple(Issue(id=question.id, title=question.title, text=question.text, target=question.target) for question in data.issue),
        regions=tuple(land.region for land in lands),
        population=_each(land.figures.population.value for land in lands),
        latitude=latitude,
        longitude=longitude,
        distance=ties.distance(latitude, longitude),
        reach=_each(land.figures.reach.value for land in lands),
        offence=_each(land.figures.offence.value for land in lands),
        democracy=_each(land.figures.democracy.value for land in lands),
        dependence=ties.dependence(data, forces, weights),
        ideal=_ideal(data),
        salience=frozen([[_salience(seat, question.id) for question in data.issue] for seat in seats]),
        weights=frozen([_weights(seat) for seat in seats]),
        opening=zeros,
        objectives=tuple(_objectives(seat) for seat in seats),
        public_briefs=scenario.public_briefs,
        secret_briefs=scenario.secret_briefs,
        news=tuple(_bulletin(number, notice) for number, notice in enumerate(data.news, start=1)),
        prior=ties.hostile(data, weights),
    )


def _bulletin(number: int, notice: Notice) -> Bulletin:
    """A text of the deck, with what it changes."""
    return Bulletin(
        turn=notice.turn,
        text=notice.text,
        id=notice.id or f"news-{number}",
        until=notice.until or notice.turn,
        chance=notice.chance,
        trend=notice.trend,
        changes=tuple(Shift(figure=e.figure, at=e.at, times=e.times, plus=e.plus) for e in notice.changes),
        new_leader=notice.new_leader,
    )


def _seats(data: ScenarioFile) -> tuple[Place | None, ...]:
    """The seat of each country, in the order of countries; None where nobody plays it."""
    places = {place.country: place for place in data.seat}
    return tuple(places.get(land.id) for land in data.country)


def _schedule(data: ScenarioFile) -> tuple[Step, ...]:
    timings = [(row.name, data.schedule.of(row.name)) for row in TABLE]
    return tuple(Step(phase=name, rounds=timing.rounds, seconds=timing.seconds) for name, timing in timings)


def _ideal(data: ScenarioFile) -> Array:
    """One scale for all issues, 0 for the country at its low end and 1 at its high end.  Shape [state,
    issue].
    """
    raw = [land.figures.ideal.value for land in data.country]
    low, high = min(raw), max(raw)
    places = [(value - low) / (high - low) if high > low else MIDDLE for value in raw]
    return frozen([[place] * len(data.issue) for place in places])


def _salience(seat: Place | None, issue: str) -> float:
    return 1.0 if seat is None else seat.salience.get(issue, 1.0)


def _weights(seat: Place | None) -> list[float]:
    weights = Weights() if seat is None else seat.weights
    return [float(getattr(weights, term)) for term in TERMS]


def _objectives(seat: Place | None) -> tuple[Objective, ...]:
    aims = () if seat is None else seat.objectives
    return tuple(Objective(id=aim.id, sentence=aim.sentence, predicate=aim.predicate) for aim in aims)


def _world(data: ScenarioFile, weights: Parameters, zeros: Array) -> World:
    states, councils = len(data.country), len(data.council)
    nothing = frozen(np.zeros(states))
    unknown = frozen(np.zeros((states, states)))
    economy = _each(land.figures.gdp.value for land in data.country)
    forces = _each(land.figures.milex.value for land in data.country)
    return World(
        economy=economy,
        forces=forces,
        poles=nothing,
        guns=frozen(forces / economy),
        spending=frozen(np.zeros((states, len(SPENDING)))),
        mustered=nothing,
        reach=_each(land.figures.reach.value for land in data.country),
        wmd=_each(land.figures.wmd.value for land in data.country),
        bases=pacts.bases(data),
        sanctions=pacts.sanctions(data),
        insurgency=nothing,
        competence=frozen(np.ones(states)),
        aid=nothing,
        approval=frozen(np.full(states, APPROVAL)),
        deference=nothing,
        breaches=nothing,
        war_cost=nothing,
        received=nothing,
        authority=frozen(np.full(councils, AUTHORITY)),
        positions=_each(question.status_quo.value for question in data.issue),
        goodwill=ties.goodwill(data, weights),
        hostile=ties.hostile(data, weights),
        kept=unknown,
        broken=unknown,
        payoff=zeros,
        esteem=frozen(np.full(states, ESTEEM)),
        yielded=unknown,
        access=unknown,
        leaning=_ideal(data),
        capital=frozen(np.full(states, APPROVAL)),
        entered=frozen(np.full(states, LONG_AGO)),
        temper=frozen(np.ones((states, len(TERMS)))),
    )
