"""Figures of the theory pages on threat and force: response curves, drawn from the rules themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from rules.effects import Mechanism, moved
from rules.evolve import evolve_all
from rules.exact import Array, frozen, power
from rules.force.arms import mobilisation
from rules.force.economy import growth
from rules.force.occupation import resistance
from rules.force.power import projected
from rules.force.sanctions import pain
from rules.force.threat import feared, unshielded
from rules.parameters import Parameters, with_overrides
from rules.state import MOBILISATION, Game
from rules.vocabulary import Operation
from scenarios import load, opening
from tests.reference.drawing import Panel, curve, figure


def _array(*values: float) -> Array:
    return np.array(values, dtype=np.float64)


# --- threat ----------------------------------------------------------------------------------------------------------------------------


def _felt(distance: float, reach: float) -> float:
    there = projected(_array(10.0), _array(distance)[:, None], _array(reach), 1.0)
    return float(feared(there, _array(2.0), _array(0.8), _array(0.6), Parameters())[0, 0])


def _by_intent(intent: float, parameters: Parameters) -> float:
    return float(feared(_array(10.0), _array(2.0)[0], _array(0.8), _array(intent), parameters)[0])


def _lost(ratio: float, scale: float) -> float:
    return float(unshielded(_array(1.0), _array(ratio), _array(1.0), with_overrides({"conflict_scale": scale}))[0])


def _per_ally(number: float, publicness: float) -> float:
    return float(power(number, publicness - 1.0))


def threat_figure() -> str:
    """How threat answers to distance and intent, safety to forces, and help to the number of those helped."""
    mean = with_overrides({"threat_form": "mean"})
    return figure((
        Panel("Threat by distance", "thousand km", [
            (f"reach {reach:g}", curve(partial(_felt, reach=reach), 0.0, 15.0)) for reach in (2.0, 5.0, 10.0)
        ]),
        Panel("Threat by believed intent", "intent", [
            ("product", curve(partial(_by_intent, parameters=Parameters()), 0.0, 1.0)),
            ("mean", curve(partial(_by_intent, parameters=mean), 0.0, 1.0)),
        ]),
        Panel("Loss that gets past the defence", "defence / forces of the other", [
            (f"scale {m:g}", curve(partial(_lost, scale=m), 0.0, 3.0)) for m in (0.5, 1.0, 2.0)
        ]),
        Panel("Help that each ally gets", "allies of one guarantor", [
            (f"public {s:g}", curve(partial(_per_ally, publicness=s), 1.0, 10.0)) for s in (1.0, 0.5, 0.0)
        ]),
    ))  # fmt: skip


# --- force -----------------------------------------------------------------------------------------------------------------------------


def _tiny() -> Game:
    return opening(load("tiny"), "figures")


def _after(game: Game, steps: Sequence[Mechanism], turns: int, read: Callable[[Game], float]) -> list[tuple[float, float]]:
    points = [(0.0, read(game))]
    for turn in range(1, turns + 1):
        for step in steps:
            game = evolve_all(game, moved("figure", game, step(game, "")))
        points.append((float(turn), read(game)))
    return points


def _armed(mobilised: float, guns: float) -> list[tuple[float, float]]:
    game = _tiny()
    spending, shares = game.world.spending.copy(), game.world.guns.copy()
    spending[2, MOBILISATION], shares[2] = mobilised, guns
    game = replace(game, world=replace(game.world, spending=frozen(spending), guns=frozen(shares)))
    return _after(game, (growth, mobilisation), 12, lambda g: float(g.world.forces[2]))


def _sanctioned(joined: float, evasion: float) -> float:
    game = _tiny()
    dependence, sanctions = game.atlas.dependence.copy(), game.world.sanctions.copy()
    dependence[3], sanctions[:, 3] = 0.0, joined
    dependence[3, 1], sanctions[1, 3], sanctions[3, 3] = 0.3, 1.0, 0.0
    game = replace(
        game,
        atlas=replace(game.atlas, dependence=frozen(dependence)),
        world=replace(game.world, sanctions=frozen(sanctions)),
        parameters=with_overrides({"evasion": evasion}),
    )
    return float(pain(game)[3])


def _resisted(legitimacy: float) -> list[tuple[float, float]]:
    operation = Operation(
        id="figure", leader="ARD", target="DOR", issue="dorn-force", turn=1, status="launched", legitimacy=legitimacy, success=True,
        held=True,
    )  # fmt: skip
    game = replace(_tiny(), operations=(operation,))
    return _after(game, (resistance,), 12, lambda g: float(g.world.insurgency[3]))


def _programme(yearly: float) -> list[tuple[float, float]]:
    return curve(lambda turn: min(turn * yearly * Parameters().programme_yield, 1.0), 0.0, 20.0)


def force_figure() -> str:
    """Two stocks of power, weapons programmes, sanctions and their leaks, resistance."""
    return figure((
        Panel("Forces after turns", "turns", [("mobilised", _armed(0.1, 0.025)), ("budget", _armed(0.0, 0.125))]),
        Panel("A programme by what is spent on it", "turns", [(f"{x:g} bn", _programme(x)) for x in (1.0, 3.0, 6.0)]),
        Panel("Sanctions by how many join", "level of the others", [
            (f"leak {e:g}", curve(partial(_sanctioned, evasion=e), 0.0, 1.0)) for e in (0.0, 0.6, 0.9)
        ]),
        Panel("Resistance by legitimacy", "turns", [(f"leg. {x:g}", _resisted(x)) for x in (0.1, 0.5, 0.9)]),
    ))  # fmt: skip
