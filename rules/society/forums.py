"""Dialogues: a government invites to talks on an issue, others come or stay away (W160, W161, W163, J5, J7).

Talks bind nobody.  They bring those who come nearer to each other, move the issue a little towards what they have in common, and the more
come without the unipole, the more its own institutions look like one choice among others.
"""

from __future__ import annotations

from collections.abc import Sequence

from rules.desk import by_seat, sealed_acts, sealed_by
from rules.effects import Effect, Term
from rules.errors import Code, Refused
from rules.exact import add
from rules.orders import Dialogue
from rules.society.attention import check_attention
from rules.society.events import DialogueHeld
from rules.society.rhetoric import step
from rules.state import Game, Sight, index, issue_column, issue_index

COMPANY_MIN = 2
SLASH = "/"


def check_dialogue(sight: Sight, country: str, act: Dialogue) -> None:
    """Whether a government can host talks, or announce that it comes.

    Raises:
        Refused: unknown country or issue, or no attention left for hosting.
    """
    if act.host not in sight.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, "host", f"There is no country {act.host} in this scenario.")
    if issue_index(sight, act.issue) is None:
        raise Refused(Code.DIALOGUE_INVALID, "issue", f"There is no issue {act.issue} in this scenario.")
    if act.host == country and not hosts(sight, country):
        check_attention(sight, country)


def hosts(sight: Sight, country: str) -> bool:
    """Whether a government has invited to talks this turn already."""
    return any(isinstance(s.act, Dialogue) and s.act.host == country for s in sealed_by(sight, country))


def dialogues(game: Game) -> tuple[DialogueHeld, ...]:
    """Talks that came about: a host, and at least one other who came."""
    wanted: dict[tuple[str, str], list[str]] = {}
    for country, act in by_seat(game, sealed_acts(game, Dialogue)):
        wanted.setdefault((act.host, act.issue), []).append(country)
    return tuple(
        DialogueHeld(host=host, issue=issue, participants=tuple(came))
        for (host, issue), came in wanted.items()
        if host in came and len(came) >= COMPANY_MIN
    )


def title(event: DialogueHeld) -> str:
    """The subject under which the mechanisms of these talks run."""
    return f"{event.host}{SLASH}{event.issue}"


def _talks(game: Game, subject: str) -> DialogueHeld:
    return next(e for e in dialogues(game) if title(e) == subject)


def inclusive(game: Game, talks: DialogueHeld) -> float:
    """Share of all states that came, 0..1 (J5)."""
    return float(len(talks.participants)) / len(game.atlas.countries)


def nearer(game: Game, subject: str) -> Sequence[Effect]:
    """Those who talk with each other warm to each other, more within a region (W163, W160)."""
    talks, parameters, effects = _talks(game, subject), game.parameters, []
    for one in talks.participants:
        for other in talks.participants:
            i, j = index(game, one), index(game, other)
            if i != j:
                near = 1.0 if game.atlas.regions[i] == game.atlas.regions[j] else 0.0
                by = parameters.dialogue_goodwill * (1.0 + parameters.region_bond * near)
                effects.append(step(game, "goodwill", (i, j), by, Term("talks", by), Term("same region", near)))
    return effects


def common_ground(game: Game, subject: str) -> Sequence[Effect]:
    """The issue moves towards the mean of what those who came want, the more the more came (W161)."""
    talks = _talks(game, subject)
    column, share = issue_column(game, talks.issue), inclusive(game, talks)
    views = [float(game.world.leaning[index(game, c), column]) for c in talks.participants]
    gap = add(views) / len(views) - float(game.world.positions[column])
    by = game.parameters.dialogue_pull * share * gap
    return (step(game, "positions", (column,), by, Term("share of states that came", share), Term("common ground less position", gap)),)


def voice(game: Game, subject: str) -> Sequence[Effect]:
    """The host of talks gains esteem, the more the more came (J7)."""
    talks = _talks(game, subject)
    row, share = index(game, talks.host), inclusive(game, talks)
    by = game.parameters.voice_step * share * (1.0 - float(game.world.esteem[row]))
    return (step(game, "esteem", (row,), by, Term("share of states that came", share)),)


def left_out(game: Game, subject: str) -> Sequence[Effect]:
    """Talks among equals without the unipole take from the esteem of its leadership (J5, J6)."""
    talks = _talks(game, subject)
    if game.atlas.unipole in talks.participants:
        return ()
    row, share = index(game, game.atlas.unipole), inclusive(game, talks)
    by = -game.parameters.inclusive_step * share * float(game.world.esteem[row])
    return (step(game, "esteem", (row,), by, Term("share of states that met without it", share)),)
