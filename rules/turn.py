"""The turn as a table: which phases there are, what may be done in each, and what comes next.

| phase | open to | what waits for the close |
|---|---|---|
| briefing | nobody: news is read | |
| negotiation | offers, signatures, drafts, statements | signatures are settled |
| assembly | debate until the last round; in the last round ballots | the roll call |
| orders | budget, aid, operations | everything, sealed |
| adjudication | nobody (a window for control) | |
| report | nobody: results are read | |
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from rules.state import Atlas, Moment, PhaseName, Sight

DEBATE = frozenset({"table", "sponsor", "declare", "withdraw"})
BARGAIN = frozenset({"propose", "sign", "reject", "retract", "renounce", "call", "waive"})
SPEECH = frozenset({"state", "motive"})
MOTIVE = frozenset({"motive"})
BALLOT = frozenset({"vote"})
CAMPAIGN = frozenset({"influence", "dialogue", "budget", "aid", "sanction", "base", "announce", "join", "launch", "cancel", "withhold"})
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Phase:
    """One row of the table: acts open in its earlier rounds and in its last round, and which of them are sealed."""

    name: PhaseName
    earlier: frozenset[str]
    last: frozenset[str]
    sealed: frozenset[str]

    @cached_property
    def open_earlier(self) -> frozenset[str]:
        """What players may send before the last round: ``done`` goes with any act."""
        return self.earlier | {"done"} if self.earlier else NOTHING

    @cached_property
    def open_last(self) -> frozenset[str]:
        """What players may send in the last round."""
        return self.last | {"done"} if self.last else NOTHING


TABLE: tuple[Phase, ...] = (
    Phase("briefing", NOTHING, NOTHING, NOTHING),
    Phase("negotiation", BARGAIN | DEBATE | SPEECH, BARGAIN | DEBATE | SPEECH, NOTHING),
    Phase("assembly", DEBATE | MOTIVE, BALLOT | MOTIVE, BALLOT),
    Phase("orders", CAMPAIGN | MOTIVE, CAMPAIGN | MOTIVE, CAMPAIGN),
    Phase("adjudication", NOTHING, NOTHING, NOTHING),
    Phase("report", NOTHING, NOTHING, NOTHING),
)


_ROWS = {row.name: row for row in TABLE}


def phase(name: PhaseName) -> Phase:
    """The row of a phase."""
    return _ROWS[name]


def rounds(atlas: Atlas, name: PhaseName) -> int:
    """How many rounds a scenario gives a phase; 0 skips it."""
    return atlas.rounds.get(name, 0)


def seconds(atlas: Atlas, moment: Moment) -> int:
    """How long the current step may take, extensions included."""
    base = next((step.seconds for step in atlas.schedule if step.phase == moment.phase), 0)
    return base + moment.extra_seconds


def seconds_after(atlas: Atlas, moment: Moment) -> int:
    """How long all steps after the current one take until the end of the game, if each takes its time."""
    total, ahead = 0, following(atlas, moment)
    while ahead is not None:
        turn, name, number = ahead
        moment = replace(moment, turn=turn, phase=name, round=number, extra_seconds=0)
        total += seconds(atlas, moment)
        ahead = following(atlas, moment)
    return total


def is_last_round(sight: Sight) -> bool:
    """Whether the current round is the last of its phase."""
    return sight.moment.round >= rounds(sight.atlas, sight.moment.phase)


def open_acts(sight: Sight) -> frozenset[str]:
    """The kinds of act that players may send now (``done`` goes with any of them)."""
    if sight.moment.status != "running":
        return NOTHING
    row = phase(sight.moment.phase)
    return row.open_last if is_last_round(sight) else row.open_earlier


def following(atlas: Atlas, moment: Moment) -> tuple[int, PhaseName, int] | None:
    """(turn, phase, round) of the step after this one; None at the end of the game."""
    if moment.turn and moment.round < rounds(atlas, moment.phase):
        return moment.turn, moment.phase, moment.round + 1
    names = [row.name for row in TABLE if rounds(atlas, row.name) > 0]
    later = names[names.index(moment.phase) + 1 :] if moment.turn and moment.phase in names else []
    if later:
        return moment.turn, later[0], 1
    return (moment.turn + 1, names[0], 1) if moment.turn < atlas.turns else None


def clock_id(moment: Moment) -> str:
    """The fixed order id under which any clock closes this step; the log accepts one of them."""
    return f"clock:{moment.branch}:{moment.turn}:{moment.phase}:{moment.round}:{moment.revision}"
