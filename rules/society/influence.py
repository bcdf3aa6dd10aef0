"""Influence on another government: by bonds, by ingratiation, by lobbies and diasporas, by supporting its opposition (W138-W142).

All of it takes attention and money, and works as far as the other's politics are open: a closed government is hard to lobby.  What it
moves is public; who ran it is known to the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rules import events as ev
from rules.desk import by_seat, sealed_acts, sealed_by
from rules.effects import Effect, Term
from rules.errors import Code, Refused
from rules.events import Moving
from rules.exact import add
from rules.force.economy import means
from rules.orders import Influence
from rules.society.attention import check_attention
from rules.society.events import Influenced
from rules.society.reputation import regime_weight
from rules.society.rhetoric import BOUNDS
from rules.state import Game, Sight, index, issue_index

Part = tuple[Moving, tuple[int, ...], float, str]
"""One contribution to a figure: which, where, how much, and what it came from."""
OPEN_BOUNDS: dict[Moving, tuple[float, float]] = {**BOUNDS, "received": (-1e12, 1e12), "deference": (0.0, 1e12)}


def check_influence(sight: Sight, country: str, act: Influence) -> None:
    """Whether a campaign can be run.

    Raises:
        Refused: unknown or own country, an issue missing or out of place, or no attention left.
    """
    if act.target not in sight.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, "target", f"There is no country {act.target} in this scenario.")
    if act.target == country:
        raise Refused(Code.INFLUENCE_INVALID, "target", "A government does not lobby itself.")
    if (act.issue is not None) != (act.by == "lobby"):
        raise Refused(Code.INFLUENCE_INVALID, "issue", "A lobby works on an issue, and nothing else does.")
    if act.issue is not None and issue_index(sight, act.issue) is None:
        raise Refused(Code.INFLUENCE_INVALID, "issue", f"There is no issue {act.issue} in this scenario.")
    if act.target not in wooed(sight, country):
        check_attention(sight, country)


def wooed(sight: Sight, country: str) -> frozenset[str]:
    """The governments at which a country's campaigns of this turn are aimed: one more at any of them takes no attention."""
    return frozenset(s.act.target for s in sealed_by(sight, country) if isinstance(s.act, Influence))


def campaigns(game: Game) -> tuple[ev.EventKinds, ...]:
    """The campaigns of the turn, told to who runs and who suffers them."""
    return tuple(
        Influenced.believed(country=country, by=act.by, target=act.target, issue=act.issue, effort=act.effort)
        for country, act in sealed(game)
    )


def sealed(game: Game) -> tuple[tuple[str, Influence], ...]:
    """Who campaigns how, in the order of the seats."""
    return by_seat(game, sealed_acts(game, Influence))


def permeability(sight: Sight, row: int) -> float:
    """How open a government's politics are to others: the regime, and for the unipole its identity (W142)."""
    open_to = sight.parameters.permeability if sight.atlas.countries[row] == sight.atlas.unipole else 1.0
    return open_to * float(sight.atlas.democracy[row])


def tallied(game: Game, parts: Iterable[Part]) -> Sequence[Effect]:
    """Contributions added up figure by figure, held within bounds."""
    sums: dict[tuple[Moving, tuple[int, ...]], list[tuple[float, str]]] = {}
    for field, at, by, source in parts:
        sums.setdefault((field, at), []).append((by, source))
    effects = []
    for (field, at), items in sums.items():
        before = float(getattr(game.world, field)[at])
        low, high = OPEN_BOUNDS.get(field, (0.0, 1.0))
        value = min(max(before + add(by for by, _ in items), low), high)
        readers = frozenset(game.atlas.countries[k] for k in at) if len(at) > 1 else frozenset((game.atlas.countries[at[0]],))
        effects.append(Effect(field, at, value, (Term("before", before), *(Term(source, by, readers) for by, source in items))))
    return effects


def _rows(game: Game, country: str, act: Influence) -> tuple[int, int]:
    return index(game, country), index(game, act.target)


def ties(game: Game, _: str) -> Sequence[Effect]:
    """Bonds and lobbies build access to the other's elites; access not cared for is lost (W138, W141)."""
    parameters = game.parameters
    parts: list[Part] = []
    for country, act in sealed(game):
        if act.by in ("bond", "lobby"):
            i, j = _rows(game, country, act)
            parts.append(("access", (i, j), parameters.access_step * act.effort * permeability(game, j), f"{act.by} of {country}"))
    rows = range(len(game.atlas.countries))
    held = game.world.access
    parts += [
        ("access", (i, j), -parameters.name_fade * float(held[i, j]), "lost by neglect") for i in rows for j in rows if held[i, j] > 0.0
    ]
    return tallied(game, parts)


def courtship(game: Game, _: str) -> Sequence[Effect]:
    """Bonds and ingratiation please the other government; support for its opposition angers it (W138, W139)."""
    parameters = game.parameters
    worth = {"bond": parameters.bond_goodwill, "ingratiate": parameters.ingratiate_goodwill, "oppose": -parameters.oppose_anger}
    parts: list[Part] = []
    for country, act in sealed(game):
        if act.by in worth:
            i, j = _rows(game, country, act)
            parts.append(("goodwill", (j, i), worth[act.by] * act.effort, f"{act.by} of {country}"))
    return tallied(game, parts)


def ingratiation(game: Game, _: str) -> Sequence[Effect]:
    """To adopt another's agenda costs approval at home, the further it is from what the country thinks (W139, W144)."""
    parts: list[Part] = []
    for country, act in sealed(game):
        if act.by == "ingratiate":
            i, j = _rows(game, country, act)
            away = [abs(float(a) - float(b)) for a, b in zip(game.atlas.ideal[i], game.world.leaning[j], strict=True)]
            regime = float(regime_weight(float(game.atlas.democracy[i]), game.parameters))
            price = game.parameters.ingratiate_price * act.effort * regime * (add(away) / len(away))
            parts.append(("approval", (i,), -price, f"courts {act.target}"))
    return tallied(game, parts)


def courted(game: Game, _: str) -> Sequence[Effect]:
    """To adopt the unipole's agenda is deference (W37, W139)."""
    parts: list[Part] = [
        ("deference", (index(game, country),), game.parameters.submission * act.effort, "adopted its agenda")
        for country, act in sealed(game)
        if act.by == "ingratiate" and act.target == game.atlas.unipole
    ]
    return tallied(game, parts)


def lobbying(game: Game, _: str) -> Sequence[Effect]:
    """A lobby draws a government's view of an issue towards its sender's, as far as it is open and the sender has access (W141, W142)."""
    parts: list[Part] = []
    for country, act in sealed(game):
        column = None if act.issue is None else issue_index(game, act.issue)
        if act.by == "lobby" and column is not None:
            i, j = _rows(game, country, act)
            heard = permeability(game, j) * (1.0 + float(game.world.access[i, j]))
            gap = float(game.world.leaning[i, column]) - float(game.world.leaning[j, column])
            parts.append(("leaning", (j, column), game.parameters.lobby_pull * act.effort * heard * gap, f"lobby of {country}"))
    return [
        Effect(e.field, e.at, e.value, tuple(Term(t.name, t.value, frozenset((game.atlas.countries[e.at[0]],))) for t in e.terms))
        for e in tallied(game, parts)
    ]


def money(game: Game, _: str) -> Sequence[Effect]:
    """Campaigns cost money; a lobby in an open country also wins transfers for its sender (W113, W142).  bn USD."""
    parameters = game.parameters
    parts: list[Part] = []
    for country, act in sealed(game):
        i, j = _rows(game, country, act)
        parts.append(("received", (i,), -parameters.influence_cost * act.effort * means(game, country), f"{act.by} in {act.target}"))
        if act.by == "lobby":
            won = parameters.lobby_transfer * act.effort * permeability(game, j) * means(game, act.target)
            parts.append(("received", (i,), won, f"won in {act.target}"))
            parts.append(("received", (j,), -won, f"won by {country}"))
    return tallied(game, parts)


def opposition(game: Game, _: str) -> Sequence[Effect]:
    """A supported opposition lowers a government's approval, where there can be one (W136, W142)."""
    parts: list[Part] = []
    for country, act in sealed(game):
        if act.by == "oppose":
            j = index(game, act.target)
            parts.append(("approval", (j,), -game.parameters.oppose_step * act.effort * permeability(game, j), f"helped by {country}"))
    return tallied(game, parts)
