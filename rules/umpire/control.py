"""Acts of control: what each comes to, and in which words it is refused."""

from __future__ import annotations

from collections.abc import Sequence

from rules import events as ev
from rules import orders as o
from rules.adjudication import open_first, reopen
from rules.errors import Code, Refused
from rules.explanation.explain import figure_owner
from rules.past import LOBBY, as_the_turn_began, before
from rules.state import SPENDING, TERMS, Bulletin, Game, World
from rules.turn import TABLE
from rules.umpire.orders import Undo

STATUS = {"lobby": "not started", "running": "running", "paused": "paused", "over": "over"}
AXES: dict[str, tuple[str, ...]] = {
    "authority": ("council",),
    "positions": ("issue",),
    "leaning": ("country", "issue"),
    "spending": ("country", "spending"),
    "payoff": ("country", "term"),
    "temper": ("country", "term"),
}
"""What a figure belongs to, where that is not one country, or two."""
DERIVED = frozenset({"payoff", "poles", "entered"})
"""Figures that the rules find anew each turn, or that are dates."""
LIMITS: dict[str, tuple[float, float]] = {
    "goodwill": (-1.0, 1.0),
    "economy": (1e-6, 1e12),
    "received": (-1e12, 1e12),
    **dict.fromkeys(("forces", "mustered", "reach", "deference", "breaches", "war_cost", "kept", "broken", "temper"), (0.0, 1e12)),
}
UNIT = (0.0, 1.0)


def control(game: Game, order: o.Order) -> tuple[ev.EventKinds, ...]:
    """What an act of control comes to.

    Raises:
        Refused: it is not control's, or not possible now.
    """
    if order.author != o.CONTROL:
        raise Refused(Code.NOT_YOURS, "author", "Only control can do this.")
    match order.act:
        case o.Undo() as act:
            return undo(game, act)
        case o.Override() as act:
            return override(game, act)
        case o.Inject() as act:
            return inject(game, act)
        case o.Reseat() as act:
            return reseat(game, act)
        case _:
            return _clockwork(game, order.act)


def _clockwork(game: Game, act: o.Act) -> tuple[ev.EventKinds, ...]:
    status = game.moment.status
    match act:
        case o.Start() if status == "lobby":
            return open_first(game, practice=act.practice)
        case o.Pause() if status == "running":
            return (ev.Paused(reason=act.reason),)
        case o.Resume() if status == "paused":
            return (ev.Resumed(),)
        case o.Extend() if status in ("running", "paused"):
            return (ev.Extended(seconds=act.seconds),)
    raise Refused(Code.NOT_RUNNING, "act", f"A session that is {STATUS[status]} cannot {act.kind}.")


def undo(game: Game, act: Undo) -> tuple[ev.EventKinds, ...]:
    """The game as it was before a step, and that step opened again with whatever its opening brings."""
    phase = next((row.name for row in TABLE if row.name == act.phase), None)
    if phase is None or before(game, act.turn, phase, act.round) is None:
        raise Refused(Code.UNKNOWN_STEP, "act", _played(game))
    turn = act.turn
    phase, number = ("briefing", 1) if turn == LOBBY else (phase, act.round)
    return reopen(
        game, ev.Undone(turn=turn, phase=phase, round=number, branch=game.moment.branch + 1, reason=act.reason)
    )


def _played(game: Game) -> str:
    if game.past is None:
        return "No step was played that could be undone."
    now = game.moment
    return f"That step was not played in this branch; now is turn {now.turn}, {now.phase}, round {now.round}. Turn 0 is the lobby."


# --- figures ----------------------------------------------------------------------------------------------------------------------------


def override(game: Game, act: o.Override) -> tuple[ev.EventKinds, ...]:
    """A figure set by hand, beside what the rules made of it."""
    figure = act.figure
    if figure in DERIVED or figure not in World.__dataclass_fields__:
        raise Refused(Code.OVERRIDE_INVALID, "figure", f"There is no figure {figure!r} that could be set.")
    at = _row(game, figure, act.at)
    low, high = LIMITS.get(figure, UNIT)
    if not low <= act.value <= high:
        raise Refused(Code.OVERRIDE_INVALID, "value", f"{figure} lies between {low:g} and {high:g}.")
    proposed = figure_of(game, figure, at)
    if proposed == act.value:
        raise Refused(Code.OVERRIDE_INVALID, "value", f"{figure} has this value already.")
    owners = figure_owner(game, figure, at)
    return (
        ev.Overridden(
            figure=figure,
            at=at,
            before=figure_of(as_the_turn_began(game), figure, at),
            proposed=proposed,
            value=act.value,
            reason=act.reason,
            owner=next(iter(sorted(owners)), None) if owners else None,
        ),
    )


def figure_of(game: Game, figure: str, at: tuple[int, ...]) -> float:
    """The value of a figure of the world."""
    value: float = getattr(game.world, figure).item(at)
    return value


def axes(game: Game, figure: str) -> tuple[str, ...]:
    """What a figure of the world belongs to: countries, issues and so on, one word a place."""
    dimensions: int = getattr(game.world, figure).ndim
    return AXES.get(figure, ("country",) * dimensions)


def names_on(game: Game, axis: str) -> Sequence[str]:
    """The names that can stand in one place of a figure."""
    match axis:
        case "country":
            return game.atlas.countries
        case "term":
            return TERMS
        case "issue":
            return [issue.id for issue in game.atlas.issues]
        case "council":
            return [council.id for council in game.atlas.councils]
        case _:
            return SPENDING


def _row(game: Game, figure: str, words: tuple[str, ...]) -> tuple[int, ...]:
    wanted = axes(game, figure)
    if len(words) != len(wanted):
        raise Refused(Code.OVERRIDE_INVALID, "at", f"{figure} belongs to: {', '.join(wanted)}.")
    for number, (axis, word) in enumerate(zip(wanted, words, strict=True)):
        if word not in names_on(game, axis):
            raise Refused(Code.OVERRIDE_INVALID, f"at.{number}", f"There is no {axis} {word}.")
    return tuple(names_on(game, axis).index(word) for axis, word in zip(wanted, words, strict=True))


# --- words and seats --------------------------------------------------------------------------------------------------------------------


def inject(game: Game, act: o.Inject) -> tuple[ev.EventKinds, ...]:
    """A text read now, or kept ready for the opening of a later turn."""
    for number, country in enumerate(act.to):
        if country not in game.atlas.countries:
            raise Refused(Code.UNKNOWN_COUNTRY, f"to.{number}", f"There is no country {country} in this scenario.")
    to = tuple(country for country in game.atlas.countries if country in act.to)
    if act.turn is None:
        return (ev.NewsRead(text=act.text, witnesses=to, voice=act.voice),)
    if not game.moment.turn < act.turn <= game.atlas.turns:
        raise Refused(Code.INJECT_INVALID, "turn", f"Choose a turn after {game.moment.turn}, up to {game.atlas.turns}.")
    return (ev.NewsPlanned(bulletin=Bulletin(turn=act.turn, text=act.text, to=to, voice=act.voice), reason=act.reason),)


def reseat(game: Game, act: o.Reseat) -> tuple[ev.EventKinds, ...]:
    """Another player for a seat."""
    if act.country not in game.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, "country", f"There is no country {act.country} in this scenario.")
    return (ev.SeatHeld(country=act.country, holder=act.holder, reason=act.reason),)
