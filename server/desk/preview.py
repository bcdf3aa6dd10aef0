"""What may come of the open step: it is resolved many times with other luck, and nothing of it is kept.

Each run draws from a seed of its own, made from the secret one, so that none of them is what will happen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import fmean

import numpy as np
from pydantic import BaseModel, ConfigDict

from rules import events as ev
from rules.chance import derive
from rules.copying import changed
from rules.evolve import evolve
from rules.explanation.explain import figure_name
from rules.orders import Act
from rules.sequence import play_step
from rules.state import Game, World
from server.narrate.sentences import sentence
from server.narrate.turns import SILENT

FIGURES_SHOWN = 60


class Outcome(BaseModel):
    """Something that happens in a share of the runs."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    sentence: str
    share: float


class Spread(BaseModel):
    """A figure as it stands and as the runs leave it."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    figure: str
    now: float
    least: float
    mean: float
    greatest: float


class Preview(BaseModel):
    """The spread of outcomes.  ``figures`` are those that luck decides, widest first; ``certain`` counts the others that move."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    step: str
    times: int
    outcomes: tuple[Outcome, ...]
    figures: tuple[Spread, ...]
    certain: int


def preview(game: Game, step: str, envelopes: Mapping[str, Sequence[Act]], times: int) -> Preview:
    """The open step resolved ``times`` times, with the acts that are in."""
    running = changed(game, moment=changed(game.moment, status="running"))
    told: Counter[str] = Counter()
    ends = []
    for number in range(times):
        fore = changed(running, seed=derive(game.seed, "preview", number))
        said: dict[str, None] = {}
        played = play_step(fore, envelopes)
        for event in (event for entry in played.recorded for event in entry.events):
            if not isinstance(event, (*SILENT, ev.NewsRead)):
                said[sentence(fore, event)] = None
            fore = evolve(fore, event)
        told.update(said.keys())
        ends.append(played.game)
    figures, certain = _figures(game, ends)
    outcomes = sorted(told.items(), key=lambda pair: (-pair[1], pair[0]))
    return Preview(
        step=step,
        times=times,
        outcomes=tuple(Outcome(sentence=text, share=count / times) for text, count in outcomes),
        figures=figures,
        certain=certain,
    )


def _figures(game: Game, ends: Sequence[Game]) -> tuple[tuple[Spread, ...], int]:
    spreads: list[tuple[float, Spread]] = []
    certain = 0
    for field in World.__dataclass_fields__:
        flat = [getattr(end.world, field) for end in ends]
        for at in _moved(getattr(game.world, field), flat):
            values = [float(array[at]) for array in flat]
            least, greatest = min(values), max(values)
            if least == greatest:
                certain += 1
                continue
            spread = Spread(
                figure=figure_name(game, field, at),
                now=float(getattr(game.world, field)[at]),
                least=least,
                mean=fmean(values),
                greatest=greatest,
            )
            spreads.append(((greatest - least) / max(abs(least), abs(greatest)), spread))
    spreads.sort(key=lambda pair: (-pair[0], pair[1].figure))
    return tuple(spread for _, spread in spreads[:FIGURES_SHOWN]), certain


def _moved(now: object, ends: Sequence[object]) -> list[tuple[int, ...]]:
    """The places of a figure that differ from now in any run."""
    assert isinstance(now, np.ndarray), "the world is made of arrays"
    differs = np.any([end != now for end in ends], axis=0)
    return [tuple(int(k) for k in place) for place in np.argwhere(differs)]
