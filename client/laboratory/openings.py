"""From a base and a list of changes to the opening of one game.

Order matters and is always the same: the base, the world drawn for this pair of games, then the changes one after the other; coefficients
are those of the base, moved by a draw of coefficients if there is one, then those of the changes.  Payoffs at the start are found last,
since objectives compare with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace

import numpy as np
from pydantic import ValidationError

from client.laboratory.faults import BadExperiment
from client.laboratory.schema import Alteration, Change, Selection
from rules.chance import draw
from rules.exact import Array, frozen
from rules.force.threat import everybody
from rules.interests.payoff import payoff
from rules.parameters import BadParameter, Setting
from rules.problems import problems
from rules.state import TERMS, Atlas, Game, World
from rules.vocabulary import Commitment, Terms
from scenarios.faults import nearest
from scenarios.loader import Scenario
from scenarios.opening import opening, parameters

SHARE = "share"
UNIT_FIGURES = frozenset(
    ("approval", "authority", "positions", "hostile", "guns", "offence", "wmd", "democracy", "dependence", "ideal", "salience")
)
SIGNED_FIGURES = frozenset(("goodwill",))
NOT_FIGURES = frozenset(("payoff", "opening", "latitude", "longitude"))
Groups = Mapping[str, Sequence[str]]


def figures(game: Game) -> dict[str, Array]:
    """Every figure that an experiment may change, by name."""
    found: dict[str, Array] = {}
    for place in (game.atlas, game.world):
        for field in fields(place):
            value = getattr(place, field.name)
            if isinstance(value, np.ndarray) and value.dtype.kind == "f" and field.name not in NOT_FIGURES:
                found[field.name] = value
    return found


def opened(
    scenario: Scenario,
    changes: Sequence[Change],
    seed: str,
    *,
    groups: Groups,
    spread: Mapping[str, float],
    coefficients: Mapping[str, Setting],
) -> Game:
    """The opening of a game.

    Raises:
        BadExperiment: a change cannot be made; says why.
    """
    game = opening(scenario, seed, _coefficients(scenario, changes, coefficients))
    for name, relative in spread.items():
        game = _with_figure(game, name, _drawn(game, name, relative, seed))
    for change in changes:
        game = _changed(game, change, groups)
    wrong = problems(game)
    if wrong:
        raise BadExperiment("figures", f"the opening would not be sound: {wrong[0]}.", "Change the figure within its bounds.")
    table = frozen(payoff(game, everybody(game), game.world.received, game.commitments))
    return replace(game, atlas=replace(game.atlas, opening=table), world=replace(game.world, payoff=table))


def _coefficients(scenario: Scenario, changes: Sequence[Change], drawn: Mapping[str, Setting]) -> dict[str, Setting]:
    """Coefficients on top of the scenario's; what the design sets is not drawn."""
    own = {name: value for change in changes for name, value in change.parameters.items()}
    try:
        parameters(scenario, own)
    except BadParameter as error:
        raise BadExperiment("parameters", f"{error}.", "Use a coefficient from the list, within its bounds.") from error
    return {**drawn, **own}


def _changed(game: Game, change: Change, groups: Groups) -> Game:
    if change.turns is not None:
        game = replace(game, atlas=replace(game.atlas, turns=change.turns))
    for alteration in change.figures:
        game = _altered(game, alteration, groups)
    if change.drop:
        known = [c.id for c in game.commitments]
        for name in change.drop:
            if name not in known:
                raise BadExperiment("drop", f"no treaty {name!r} is in force at the start.", nearest(name, known))
        game = replace(game, commitments=tuple(c for c in game.commitments if c.id not in change.drop))
    added = tuple(_commitment(game, number, data) for number, data in enumerate(change.commitments))
    return replace(game, commitments=(*game.commitments, *added)) if added else game


def _commitment(game: Game, number: int, data: Mapping[str, object]) -> Commitment:
    """Terms in force from the first turn."""
    text = {key: named(game, value) for key, value in data.items()}
    name = text.pop("id", None)
    try:
        terms = Terms.model_validate(text)
        return Commitment(id=str(name) if name else f"inherited-{len(game.commitments)}-{number}", terms=terms, since=1)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        spot = ".".join(str(part) for part in first["loc"])
        raise BadExperiment(f"commitments[{number + 1}].{spot}", f"{first['msg']}.", "Write the terms as in a proposal.") from error


def named(game: Game, value: object) -> object:
    """The value with ``@unipole`` replaced by the country, at every depth."""
    if isinstance(value, str):
        return game.atlas.unipole if value == "@unipole" else value
    if isinstance(value, dict):
        return {key: named(game, item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return tuple(named(game, item) for item in value)
    return value


# --- figures --------------------------------------------------------------------------------------------------------------------------


def chosen(selection: Selection, names: Sequence[str], unipole: str, groups: Groups) -> tuple[int, ...]:
    """The rows that a selection means, in the order of ``names``.

    Raises:
        BadExperiment: a name is unknown.
    """
    wanted: list[str] = []
    for word in (selection,) if isinstance(selection, str) else selection:
        if word == "*":
            wanted.extend(names)
        elif word == "@unipole":
            wanted.append(unipole)
        elif word == "@others":
            wanted.extend(name for name in names if name != unipole)
        elif word.startswith("@"):
            if word[1:] not in groups:
                raise BadExperiment("groups", f"there is no group {word}.", nearest(word[1:], groups))
            wanted.extend(groups[word[1:]])
        else:
            wanted.append(word)
    for word in wanted:
        if word not in names:
            raise BadExperiment("figures", f"{word} is not there.", nearest(word, names))
    return tuple(row for row, name in enumerate(names) if name in wanted)


def axes_of(game: Game, name: str, array: Array) -> tuple[tuple[str, ...], ...]:
    """The names along each axis of a figure."""
    atlas = game.atlas
    states, issues = atlas.countries, tuple(issue.id for issue in atlas.issues)
    if name == "authority":
        return (tuple(council.id for council in atlas.councils),)
    if name == "positions":
        return (issues,)
    if array.ndim == 1:
        return (states,)
    second = {"ideal": issues, "salience": issues, "weights": TERMS}.get(name, states)
    return (states, second)


def _altered(game: Game, change: Alteration, groups: Groups) -> Game:
    unipole = game.atlas.unipole
    if change.figure == SHARE:
        return _shared(game, change, chosen(change.of, game.atlas.countries, unipole, groups))
    known = figures(game)
    if change.figure not in known:
        raise BadExperiment("figures", f"there is no figure {change.figure!r}.", nearest(change.figure, (*known, SHARE)))
    array = np.array(known[change.figure])
    axes = axes_of(game, change.figure, array)
    if array.ndim > len(axes) or array.shape != tuple(len(axis) for axis in axes):
        raise BadExperiment("figures", f"{change.figure} is not a figure of states, issues or councils.", "Choose another.")
    for spot in _spots(change, axes, unipole, groups, square=array.ndim > 1 and axes[0] == axes[1]):
        array[spot] = _new(float(array[spot]), change)
    return _with_figure(game, change.figure, array)


def _spots(
    change: Alteration, axes: tuple[tuple[str, ...], ...], unipole: str, groups: Groups, *, square: bool
) -> Iterator[tuple[int, ...]]:
    rows = chosen(change.of, axes[0], unipole, groups)
    if len(axes) == 1:
        yield from ((row,) for row in rows)
        return
    columns = chosen(change.towards or "*", axes[1], unipole, groups)
    spots = {(i, j) for i in rows for j in columns if not square or i != j}
    if change.both:
        spots |= {(j, i) for i, j in spots}
    yield from sorted(spots)


def _new(value: float, change: Alteration) -> float:
    value = value if change.set is None else change.set
    value = value if change.times is None else value * change.times
    return value if change.plus is None else value + change.plus


def _shared(game: Game, change: Alteration, rows: tuple[int, ...]) -> Game:
    """Forces and economy of a state scaled so that its share of all forces is as asked; others keep theirs."""
    for row in rows:
        forces = game.world.forces
        rest = float(np.add.accumulate(np.delete(forces, row))[-1])
        share = _new(float(forces[row]) / (rest + float(forces[row])), change)
        if not 0.0 < share < 1.0:
            raise BadExperiment("figures", f"a share of {share:g} is impossible.", "Give a share between 0 and 1.")
        factor = share / (1.0 - share) * rest / float(forces[row])
        for name in ("forces", "economy"):
            array = np.array(getattr(game.world, name))
            array[row] = array[row] * factor
            game = _with_figure(game, name, array)
    return game


def _drawn(game: Game, name: str, relative: float, seed: str) -> Array:
    """The figure with every number moved by chance within a relative spread; the same for all games with the seed."""
    known = figures(game)
    if name not in known:
        raise BadExperiment("draw", f"there is no figure {name!r}.", nearest(name, known))
    array = np.array(known[name])
    for spot in np.ndindex(array.shape):
        key = tuple(sorted(spot)) if name == "distance" else spot
        array[spot] *= 1.0 + relative * (2.0 * draw(seed, "world", name, *key) - 1.0)
    low = -1.0 if name in SIGNED_FIGURES else 0.0
    return np.clip(array, low, 1.0) if name in UNIT_FIGURES | SIGNED_FIGURES else array


def _with_figure(game: Game, name: str, array: Array) -> Game:
    """The game with a figure changed, in the world and in the atlas: what moves may return to where it began."""
    changed = {name: frozen(array)}
    if name in {field.name for field in fields(World)}:
        game = replace(game, world=replace(game.world, **changed))
    if name in {field.name for field in fields(Atlas)}:
        game = replace(game, atlas=replace(game.atlas, **changed))  # type: ignore[arg-type]  # one of its arrays, as just found
    return game
