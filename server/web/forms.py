"""What goes over HTTP: bodies of requests and answers, from which ``/openapi.json`` is made."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from rules.frames import Pace
from rules.vocabulary import Country

ScenarioName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,40}$")]
Seed = Annotated[str, StringConstraints(min_length=1, max_length=200)]
ActId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=400)]
CODE_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Letters and digits that nobody mistakes for each other."""
SessionCode = Annotated[str, StringConstraints(pattern=f"^[{CODE_LETTERS}]{{6}}$")]


class Form(BaseModel):
    """A closed record: nothing unknown, nothing of another type, nothing infinite."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class NewSession(Form):
    """A session to be made.  Without a ``seed`` one is drawn; whoever knows the seed can foresee chance."""

    scenario: ScenarioName
    pace: Pace = "live"
    seed: Seed | None = None
    parameters: Annotated[dict[str, float], Field(max_length=200)] = Field(default_factory=dict)
    bots: bool = False  # in live play, bots act for seats that nobody holds
    open_seats: bool = True  # anybody may claim a free seat; otherwise only control gives them out
    skip_reading: bool | None = None  # in rounds, close steps at once in which nobody can act


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
    """A seat, whether somebody holds a token for it, and whether a bot plays it as long as nobody does."""

    country: Country
    name: str
    claimed: bool
    bot: bool


class Card(Form):
    """A session in the list.  ``status`` is None while it is not in memory."""

    session: str
    scenario: str
    pace: Pace
    status: str | None


class Cards(Form):
    """All sessions."""

    sessions: tuple[Card, ...]


class PublicState(Form):
    """What everybody may know of a session."""

    session: str
    code: str
    scenario: str
    title: str
    pace: Pace
    status: str
    turn: int
    turns: int
    phase: str
    round: int
    due_in_ms: int | None
    parked: bool
    seats: tuple[SeatState, ...]


class ScenarioCard(Form):
    """A scenario in the list."""

    scenario: str
    title: str
    summary: str
    turns: int
    seats: int


class ScenarioCards(Form):
    """All scenarios that ship with the program."""

    scenarios: tuple[ScenarioCard, ...]


class StartAct(Form):
    """Open the first turn."""

    act: Literal["start"]


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
    """Close the open step now."""

    act: Literal["force"]
    id: ActId | None = None


class RetryAct(Form):
    """Try a parked session again."""

    act: Literal["retry"]


class TroubleAct(Form):
    """Ask why a session does not go on."""

    act: Literal["trouble"]


ControlAct = StartAct | PauseAct | ResumeAct | ExtendAct | ForceAct | RetryAct | TroubleAct
CONTROL_ACT: TypeAdapter[ControlAct] = TypeAdapter(Annotated[ControlAct, Field(discriminator="act")])


class ControlDone(Form):
    """The act is durable.  ``trouble`` says why the session does not go on, if it does not."""

    session: str
    trouble: str | None


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
