"""The papers on a desk, as they go over HTTP.  Countries are named by their codes; texts are finished sentences without a full stop."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from rules.orders import SeatAct
from rules.state import PhaseName, Status
from rules.vocabulary import Choice, Level, Side
from rules.words import Finding
from server.terminal.menu import Kind

Stage = Literal["silent", "declared", "voted"]


class Paper(BaseModel):
    """A closed record: nothing unknown, nothing of another type, nothing infinite."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


AnyAct = Annotated[SeatAct, Field(discriminator="kind")]


class Option(Paper):
    """One choice: what it says, the act to submit, and what the seat can expect from it by its own guess."""

    text: str
    act: AnyAct
    worth: float | None


class OptionGroup(Paper):
    """Choices of one kind that belong to no other paper."""

    kind: Kind
    options: tuple[Option, ...]


class OfferPaper(Paper):
    """Terms on the table.  ``waits``: for the viewer's answer."""

    id: str
    author: str
    parties: tuple[str, ...]
    clauses: tuple[str, ...]
    mine: bool
    waits: bool
    secret: bool
    until: int
    signed: tuple[str, ...]
    rejected: tuple[str, ...]
    options: tuple[Option, ...]


class CommitmentPaper(Paper):
    """Terms in force; ``since`` is 0 for what is older than the game."""

    id: str
    parties: tuple[str, ...]
    clauses: tuple[str, ...]
    mine: bool
    secret: bool
    leaving: tuple[str, ...]
    since: int
    options: tuple[Option, ...]


class Count(Paper):
    """Where a vote stands against its bar; ``needed`` is 0 where nobody may object and no number is asked for."""

    yes: tuple[str, ...]
    no: tuple[str, ...]
    abstain: tuple[str, ...]
    silent: tuple[str, ...]
    vetoes: tuple[str, ...]
    votes: int
    needed: int
    passes: bool
    reason: str


class DraftPaper(Paper):
    """A draft resolution.  ``count`` is of ballots once it was voted on, of what was declared before.

    ``chance``: of adoption, by the seat's own guess.  ``amendments``: other texts that the seat can propose for it.
    """

    id: str
    title: str
    council: str
    issue: str
    issue_text: str
    target: str
    author: str
    sponsors: tuple[str, ...]
    pressed: bool
    turn: int
    status: str
    stage: Stage
    count: Count
    permanent: tuple[str, ...]
    chance: float | None
    sealed: Choice | None
    pledged: tuple[str, ...]  # what the viewer has promised to vote on this issue
    options: tuple[Option, ...]
    amendments: tuple[Option, ...]


class Partner(Paper):
    """A state in an operation, for it or against it."""

    country: str
    side: Side
    level: Level


class OperationPaper(Paper):
    """A military operation."""

    id: str
    title: str
    leader: str
    target: str
    issue: str
    turn: int
    status: str
    success: bool
    legitimacy: float
    coalition: tuple[Partner, ...]
    options: tuple[Option, ...]


class Sealed(Paper):
    """An act of the viewer that waits for the step to close; ``bot``: given by the bot that had the seat before."""

    text: str
    act: AnyAct
    bot: bool


class PayoffTerm(Paper):
    """One term of the viewer's payoff, now and at the start of the game."""

    term: str
    now: float
    start: float


class Aim(Paper):
    """An objective of the role; ``met`` as things stand, None if it cannot be told.  ``now`` and ``goal`` are what it measures, if
    that is a number: in the ``unit`` of payoffs they count from the start.
    """

    sentence: str
    met: bool | None
    unit: Literal["payoff", "share", "number"] | None = None
    now: float | None = None
    goal: float | None = None


class Role(Paper):
    """What the viewer alone may know of itself: its sheets, aims, figures, and how much aid it can give in a turn."""

    public_brief: str
    secret_brief: str
    aims: tuple[Aim, ...]
    payoff: tuple[PayoffTerm, ...]
    means: float
    guns: float
    guns_max: float
    friends: tuple[str, ...]
    cool: tuple[str, ...]
    threats: tuple[str, ...]


class Land(Paper):
    """A country on the map.  ``within`` is its name inside a sentence, ``power`` its share of all power, ``stands`` how often it stood
    with the unipole (None: no occasion yet), ``towards_me`` its goodwill to the viewer, ``threat`` what the viewer fears from it against
    what it fears most, ``guests`` may keep forces there.
    """

    country: str
    name: str
    within: str
    latitude: float
    longitude: float
    economy: float
    power: float
    approval: float
    stands: float | None
    towards_me: float | None
    threat: float | None
    guests: tuple[str, ...]


class IssuePaper(Paper):
    """A question between two ends; ``ideal`` is where the viewer wants it."""

    id: str
    title: str
    text: str
    target: str | None
    position: float
    ideal: float | None


class Here(Paper):
    """Where the session stands.  ``open``: kinds of act that seats may send now; ``schedule``: the phases of a turn; ``practice``: a turn
    that does not count.
    """

    status: Status
    practice: bool
    turn: int
    turns: int
    span: str
    phase: PhaseName
    round: int
    rounds: int
    step: str
    schedule: tuple[PhaseName, ...]
    done: tuple[str, ...]
    open: tuple[str, ...]


class Desk(Paper):
    """Everything that one viewer may know now, in words."""

    title: str
    viewer: str
    unipole: str
    here: Here
    role: Role | None
    lands: tuple[Land, ...]
    issues: tuple[IssuePaper, ...]
    offers: tuple[OfferPaper, ...]
    commitments: tuple[CommitmentPaper, ...]
    drafts: tuple[DraftPaper, ...]
    operations: tuple[OperationPaper, ...]
    groups: tuple[OptionGroup, ...]
    sealed: tuple[Sealed, ...]


class DeskNow(Paper):
    """A desk, after how many events, and how long the open step stays so."""

    total: int
    due_in_ms: int | None
    desk: Desk


class Line(Paper):
    """One event as a sentence; a word of control's own has the kind ``control``.  ``secret``: not everybody was told.  ``brief``: the same
    without the terms that an earlier line has told, or empty.
    """

    number: int
    turn: int
    phase: PhaseName
    round: int
    kind: str
    sentence: str
    brief: str
    secret: bool


class Story(Paper):
    """What the viewer was told after event ``since``; ``total`` events were told so far."""

    total: int
    lines: tuple[Line, ...]


class WhyLine(Paper):
    """A cause, or what a cause hangs on: ``depth`` says under which line it stands."""

    depth: int
    text: str


class Why(Paper):
    """Why the event that a viewer was told as ``number`` happened; ``more`` lines were left out."""

    number: int
    lines: tuple[WhyLine, ...]
    more: int


class FindingPaper(Paper):
    """What was found on a promise in one turn, and why."""

    turn: int
    finding: Finding
    reason: str


class PledgePaper(Paper):
    """One clause: who owes it, what it says, and what became of it, the oldest finding first."""

    debtor: str
    text: str
    findings: tuple[FindingPaper, ...]


class CommitmentRecord(Paper):
    """What was promised together, in all its terms and by each pledge; ``since`` is 0 for what is older than the game."""

    id: str
    parties: tuple[str, ...]
    clauses: tuple[str, ...]
    secret: bool
    since: int
    in_force: bool
    pledges: tuple[PledgePaper, ...]


class Ledger(Paper):
    """Every promise that the viewer knows of, the newest commitment first."""

    commitments: tuple[CommitmentRecord, ...]
