"""What goes over HTTP: bodies of requests and answers, from which ``/openapi.json`` is made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from rules.state import PhaseName
from rules.umpire.orders import Voice
from rules.vocabulary import Country
from rules.wire.frames import Pace
from server.sessions.absence import AWAY_SECONDS, AWAY_SECONDS_MAX, AWAY_SECONDS_MIN
from server.sessions.courtesy import Missing
from server.sessions.roles import Holder
from server.sessions.talk import TalkPolicy

ScenarioName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Seed = Annotated[str, StringConstraints(min_length=1, max_length=200)]
ActId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Speech = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Addressees = Annotated[tuple[Country, ...], Field(max_length=256)]


class Form(BaseModel):
    """A closed record: nothing unknown, nothing of another type, nothing infinite."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class NewSession(Form):
    """A session to be made.  Without a ``seed`` one is drawn; whoever knows the seed can foresee chance."""

    scenario: ScenarioName
    pace: Pace = "live"
    seed: Seed | None = None
    parameters: Annotated[dict[str, float], Field(max_length=200)] = Field(default_factory=dict)
    turns: Annotated[int, Field(ge=1, le=100)] | None = None  # fewer than the scenario has, for a shorter lesson
    bots: bool = False  # in live play, bots act for seats that nobody holds
    open_seats: bool = True  # anybody may claim a free seat; otherwise only control gives them out
    talk: TalkPolicy = "open"  # whether seats can talk in rooms; moderated: what they say to others waits for control
    overheard: bool = False  # control hears all rooms, and everybody is told so
    missing: Missing | None = None  # what takes the place of orders that are missing; None: as the scenario says
    quiet_seconds: Annotated[int, Field(ge=0, le=600)] = 0  # in live play, an order so shortly before the end adds time, once a step
    quiet_more_seconds: Annotated[int, Field(ge=1, le=3600)] = 60
    away_seconds: Annotated[int, Field(ge=AWAY_SECONDS_MIN, le=AWAY_SECONDS_MAX)] | None = AWAY_SECONDS  # for an empty seat
    skip_reading: bool | None = None  # in rounds, close steps at once in which nobody can act
    critical: Annotated[tuple[Holder, ...], Field(max_length=64)] = ()  # seats and posts that have to be filled before the start
    frozen: Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")] = ""  # the hash of the plan that it was made from


class Made(Form):
    """A new session, and the code by which a class finds it.  Both tokens are shown this once."""

    session: str
    code: str
    control_token: str
    public_token: str


class SeatToken(Form):
    """The token of a seat, shown this once."""

    session: str
    country: Country
    token: str


class Watching(Form):
    """The token of the public view, which shows what everybody may know."""

    session: str
    token: str


class Found(Form):
    """The session of a code."""

    session: str


class SeatState(Form):
    """A seat: its name alone and ``within`` a sentence, whether somebody holds a token for it, a bot plays it as long as nobody does,
    and an early end does not wait for it.
    """

    country: Country
    name: str
    within: str
    claimed: bool
    bot: bool
    away: bool


class PublicState(Form):
    """What everybody may know of a session."""

    session: str
    code: str
    scenario: str
    title: str
    summary: str
    pace: Pace
    status: str
    turn: int
    turns: int
    phase: str
    round: int
    due_in_ms: int | None
    parked: bool
    talk: TalkPolicy
    overheard: bool
    opened: bool  # everybody may know what was secret
    seats: tuple[SeatState, ...]


class StartAct(Form):
    """Open the first turn; as a practice turn, after which the session is in the lobby again.

    ``despite``: why it begins although critical posts are not filled.
    """

    act: Literal["start"]
    practice: bool = False
    despite: Sentence | None = None


class PauseAct(Form):
    """Stop the clock."""

    act: Literal["pause"]
    reason: Sentence
    id: ActId | None = None


class ResumeAct(Form):
    """Let the clock go on."""

    act: Literal["resume"]
    id: ActId | None = None


class ExtendAct(Form):
    """Give the open step more time."""

    act: Literal["extend"]
    seconds: Annotated[int, Field(ge=1, le=86_400)]
    id: ActId | None = None


class ForceAct(Form):
    """Close the open step now; with ``step``, if it is that one, so that a second click closes nothing more."""

    act: Literal["force"]
    step: Annotated[str, StringConstraints(max_length=80)] | None = None
    id: ActId | None = None


class RetryAct(Form):
    """Try a parked session again."""

    act: Literal["retry"]


class TroubleAct(Form):
    """Ask why a session does not go on."""

    act: Literal["trouble"]


class UndoAct(Form):
    """Put the game back to the opening of a step; without a phase to the turn's first; turn 0 is the lobby."""

    act: Literal["undo"]
    turn: Annotated[int, Field(ge=0, le=1000)]
    phase: PhaseName | None = None
    round: Annotated[int, Field(ge=1, le=20)] = 1
    reason: Sentence
    id: ActId | None = None


class OverrideAct(Form):
    """Set a figure of the world; ``at`` names what it belongs to."""

    act: Literal["override"]
    figure: Annotated[str, StringConstraints(min_length=1, max_length=20)]
    at: Annotated[tuple[Annotated[str, StringConstraints(max_length=64)], ...], Field(min_length=1, max_length=2)]
    value: float
    reason: Sentence
    id: ActId | None = None


class InjectAct(Form):
    """Bring news of the game: to everybody or to some seats, now or as a turn opens."""

    act: Literal["inject"]
    text: Speech
    to: Addressees = ()
    turn: Annotated[int, Field(ge=1, le=1000)] | None = None
    reason: Sentence
    id: ActId | None = None


class BroadcastAct(Form):
    """Speak to the people who play: all, or some seats."""

    act: Literal["broadcast"]
    text: Speech
    to: Addressees = ()
    reason: Sentence = "a word to those who play"
    id: ActId | None = None


class ReplaceAct(Form):
    """Let a bot play a seat, which voids its tokens, or let people play it again."""

    act: Literal["replace"]
    country: Country
    by: Literal["bot", "person"]
    reason: Sentence
    id: ActId | None = None


class KickAct(Form):
    """Void all tokens of a seat; it is free for others."""

    act: Literal["kick"]
    country: Country
    reason: Sentence
    id: ActId | None = None


Ordering = (
    StartAct | PauseAct | ResumeAct | ExtendAct | ForceAct | UndoAct | OverrideAct | InjectAct | BroadcastAct | ReplaceAct | KickAct
)
"""Acts of control that are orders of the game."""
ControlAct = Ordering | RetryAct | TroubleAct
CONTROL_ACT: TypeAdapter[ControlAct] = TypeAdapter(Annotated[ControlAct, Field(discriminator="act")])


class ControlDone(Form):
    """The act is durable.  ``trouble`` says why the session does not go on, if it does not."""

    session: str
    trouble: str | None


class StepBack(Form):
    """A step to which the game can be put back."""

    turn: int
    phase: PhaseName
    round: int


class PlannedNews(Form):
    """News that control has ready."""

    turn: int
    text: str
    to: tuple[Country, ...]
    voice: Voice


class Setting(Form):
    """A figure that control set: as the turn began, as the rules left it, and as it was set."""

    figure: str
    at: tuple[str, ...]
    before: float
    proposed: float
    value: float
    reason: str


class Settable(Form):
    """A figure that control can set, and the names for each of its places."""

    figure: str
    places: tuple[tuple[str, ...], ...]


class FigureNow(Form):
    """A figure as it stands, and between what it can be set."""

    figure: str
    at: tuple[str, ...]
    value: float
    low: float
    high: float


class Panel(Form):
    """What lies before control: the steps it can go back to (the open one first), its plans, what it set, what it can set.

    ``left_seconds``: until the end of the game, if every step takes its time; ``asked``: the figure that was asked after, if there is one.
    """

    session: str
    status: str
    practice: bool
    left_seconds: int
    branch: int
    trouble: str | None
    steps: tuple[StepBack, ...]
    planned: tuple[PlannedNews, ...]
    stand_ins: tuple[Country, ...]
    set: tuple[Setting, ...]
    settable: tuple[Settable, ...]
    asked: FigureNow | None


class Previewed(Form):
    """How often the open step is resolved, with other luck each time."""

    times: Annotated[int, Field(ge=1, le=100)] = 20


class Revoked(Form):
    """The seat's token is void, and its sockets are closed."""

    session: str
    country: Country


class Health(Form):
    """The process lives."""

    status: Literal["ok"] = "ok"


class Denial(Form):
    """A request that was not carried out: a code (closed list), the field at fault, a sentence."""

    code: str
    field: str
    sentence: str
