"""Acts fed in by script, and acts withheld: a seat whose player is helped or kept from something.

The player behind the seat goes on as before; a scripted act comes first in its envelope.  Names that the engine makes up as it goes
(operations, drafts, offers) are written ``@operation``, ``@draft`` or ``@offer``, with ``:COUNTRY`` for the newest one of that country.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from pydantic import TypeAdapter, ValidationError

from client.bots.protocol import Bot, Panel
from client.laboratory.conditions import fits, flattened
from client.laboratory.faults import BadExperiment
from client.laboratory.openings import Groups, chosen
from client.laboratory.schema import Change, Scripted, Withheld
from rules.orders import Act
from rules.state import Atlas, View

ACT: TypeAdapter[Act] = TypeAdapter(Act)
_MADE = {"@operation": ("operations", "leader"), "@draft": ("drafts", "author"), "@offer": ("offers", "author")}


@dataclass(frozen=True, slots=True)
class Scriptbound:
    """A seat with a script: ``player`` chooses, ``script`` adds, ``kept_from`` takes away."""

    player: Bot | None
    script: tuple[Scripted, ...]
    kept_from: tuple[Withheld, ...]

    def choose(self, view: View) -> tuple[Act, ...]:
        """What the script says for this step, then what the player chooses and is not kept from."""
        return self.filtered(view, () if self.player is None else self.player.choose(view))

    @classmethod
    def choose_together(cls, bots: Sequence[Self], views: Sequence[View]) -> Sequence[tuple[Act, ...]]:
        """The same for many seats; players of one kind that can think together do so."""
        thought: dict[int, tuple[Act, ...]] = {}
        panels: dict[type[Panel], list[tuple[int, Panel]]] = {}
        for place, bot in enumerate(bots):
            if isinstance(bot.player, Panel):
                panels.setdefault(type(bot.player), []).append((place, bot.player))
            else:
                thought[place] = () if bot.player is None else bot.player.choose(views[place])
        for panel, seats in panels.items():
            chosen = panel.choose_together([player for _, player in seats], [views[place] for place, _ in seats])
            thought.update({place: acts for (place, _), acts in zip(seats, chosen, strict=True)})
        return [bot.filtered(views[place], thought[place]) for place, bot in enumerate(bots)]

    def filtered(self, view: View, acts: Sequence[Act]) -> tuple[Act, ...]:
        """The player's acts as the script has them."""
        now = view.moment
        due = [s for s in self.script if (s.turn, s.phase, s.round) == (now.turn, now.phase, now.round)]
        told = [act for act in (scripted(view, item) for item in due) if act is not None]
        free = [act for act in acts if not self._withheld(view, act)]
        return (*told, *free)

    def _withheld(self, view: View, act: Act) -> bool:
        row = flattened(act)
        return any(fits(row, rule.act, view.atlas, {}) for rule in self.kept_from)


def bound(bots: Mapping[str, Bot], changes: Sequence[Change], atlas: Atlas, groups: Groups) -> dict[str, Bot]:
    """The players, each with its script if it has one."""
    found = dict(bots)
    for country in atlas.countries:
        script = tuple(s for change in changes for s in change.orders if _means(s.by, country, atlas, groups))
        kept_from = tuple(w for change in changes for w in change.withhold if _means(w.by, country, atlas, groups))
        if script or kept_from:
            found[country] = Scriptbound(bots.get(country), script, kept_from)
    return found


def _means(selection: str | tuple[str, ...], country: str, atlas: Atlas, groups: Groups) -> bool:
    return atlas.countries.index(country) in chosen(selection, atlas.countries, atlas.unipole, groups)


def scripted(view: View, item: Scripted) -> Act | None:
    """The act of a line of the script, or None if what it names is not there."""
    data = _resolved(view, item.act)
    if data is None:
        return None
    try:
        return ACT.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        spot = ".".join(str(part) for part in first["loc"])
        raise BadExperiment(f"orders.act.{spot}", f"{first['msg']}.", "Write the act as in the list of orders.") from error


def _resolved(view: View, value: object) -> object | None:
    """The value with names filled in; None if one of them stands for nothing yet."""
    if isinstance(value, str) and value.startswith("@"):
        return _name(view, value)
    if isinstance(value, dict):
        pairs = {key: _resolved(view, item) for key, item in value.items()}
        return None if any(item is None for item in pairs.values()) else pairs
    if isinstance(value, tuple | list):
        items = tuple(_resolved(view, item) for item in value)
        return None if any(item is None for item in items) else items
    return value


def _name(view: View, word: str) -> str | None:
    if word in ("@unipole", "@self"):
        return view.atlas.unipole if word == "@unipole" else view.viewer
    kind, _, country = word.partition(":")
    if kind not in _MADE:
        raise BadExperiment("orders.act", f"{word} stands for nothing.", f"Known are @unipole, @self, {', '.join(_MADE)}.")
    where, owner = _MADE[kind]
    records = [r for r in getattr(view, where) if not country or getattr(r, owner) == country]
    return str(records[-1].id) if records else None
