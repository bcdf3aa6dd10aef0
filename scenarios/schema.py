"""The format of a scenario file, as frozen models: what may stand in ``scenario.toml``, in which unit and
within which bounds.

Every figure about the world is a table ``{value, unit, source}`` with an optional confidence and note, so
that a reader can always ask where a number comes from.  Numbers that the scenario's author chooses (turns,
seconds, thresholds, weights, salience) are plain.  Unknown keys are refused.  What one table says about
another (a source, a country, a sheet) is checked in ``scenarios.references``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rules.state import Method, PhaseName, Shifting
from rules.vocabulary import Action, Country, Name
from scenarios.entries import UNIT_INTERVAL, Column, Entry, Figure, Key, Latitude, Longitude, Positive, Share, Text
from scenarios.pact_schema import Pact

Sheet = Annotated[str, StringConstraints(pattern=r"^(?:[A-Za-z0-9_-]+/)*[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.md$")]
TieKind = Literal["ally", "aspirant", "league", "rio", "bases", "trade", "commerce", "aid", "sanction", "rivalry", "war"]
CouncilSeat = Literal["permanent", "elected", "none"]
MANY = 256  # more than the members of the United Nations
ListOf = Field(min_length=1, max_length=MANY)


class Heading(Entry):
    """``[scenario]``: what the case is about."""

    id: Name = Field(description="the scenario's name, lower case")
    title: Text = Field(description="a title for people")
    summary: Text = Field(description="a few sentences for the card in the list of scenarios")
    span: Text = Field(description="what one turn stands for")
    start: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(?:-[0-9]{2})?$")] = Field(
        description="year or year-month of the first turn, in quotes"
    )
    turns: int = Field(ge=1, le=100, description="how many turns there are, from 1 to 100")
    minutes: int | None = Field(
        default=None,
        ge=5,
        le=10_000,
        description="length of the lesson it is made for; none: no limit is checked",
    )
    unipole: Country = Field(description="the country that is the strongest at the start")
    everybody: bool = Field(
        default=False, description="whether countries without a [[seat]] get one, with sheets and objectives made of their figures"
    )
    missing: Literal["ignore", "hold", "bot"] = Field(
        default="ignore",
        description="when a seat gave no orders in time: ignore it, tell everybody that it holds, or let a bot's orders stand in",
    )
    tags: Annotated[tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]+$")], ...], Field(max_length=64)] = Field(
        default=(), description="ids of the propositions it is about"
    )


class Timing(Entry):
    """How often a phase is opened in a turn and how long each round lasts."""

    rounds: int = Field(ge=0, le=20, description="rounds in a turn; 0 skips the phase")
    seconds: int = Field(ge=1, le=1_209_600, description="seconds for each round, at most two weeks")


class Schedule(Entry):
    """``[schedule]``: one line a phase."""

    briefing: Timing = Field(description="news is read")
    negotiation: Timing = Field(description="offers, signatures and drafts")
    assembly: Timing = Field(description="debate, and ballots in the last round")
    orders: Timing = Field(description="sealed orders")
    adjudication: Timing = Field(description="a window for control")
    report: Timing = Field(description="results are read")

    def of(self, phase: PhaseName) -> Timing:
        """The line of one phase."""
        timing: Timing = getattr(self, phase)
        return timing


class Source(Entry):
    """``[sources.KEY]``: a publication, or a rule of the scenario itself."""

    title: Text = Field(description="its title")
    publisher: Text = Field(description="who stands behind it")
    year: int = Field(ge=1, le=3000, description="the year its figures speak of")
    note: str = Field(default="", description="what was taken from it and how")


class Override(Entry):
    """``[parameters.NAME]``: a coefficient of the rules that this case needs otherwise."""

    value: float | str = Field(description="a number within the parameter's bounds, or one of a switch's words")
    unit: str = Field(default="", description="as in the list of parameters")
    source: Key = Field(description="a key of [sources]")
    reason: Text = Field(description="why this case differs")


class Figures(Entry):
    """``[country.figures]``: the country in numbers."""

    gdp: Positive = Field(description="size of the economy a year")
    population: Positive = Field(description="people")
    milex: Positive = Field(description="military spending a year, in the unit of gdp and at most as much")
    reach: Positive = Field(description="thousand km over which projected power falls by e")
    offence: Share = Field(description="share of forces that can take the offensive")
    democracy: Share = Field(description="how democratic, from 0 to 1")
    latitude: Latitude = Field(description="of the capital")
    longitude: Longitude = Field(description="of the capital")
    ideal: Figure = Field(description="where it stands in world politics, on any one scale for all countries")
    wmd: Share = Field(description="weapons of mass destruction as publicly believed, from 0 to 1")


class Land(Entry):
    """``[[country]]``: a state of the case; their order is that of every list in the game."""

    id: Country = Field(description="three capital letters")
    name: Text = Field(description="its name for people")
    region: Text = Field(description="where it lies")
    figures: Figures = Field(description="its figures")


class Tie(Figure):
    """``[[tie]]``: something between two states; trade, commerce, aid, aspirant and bases run from ``from``
    to ``to``.
    """

    holder: Country = Field(alias="from", description="the country that has the tie (and depends, where the kind has a direction)")
    partner: Country = Field(alias="to", description="the other country")
    kind: TieKind = Field(description="what the tie is")
    value: float = Field(ge=0.0, description="a share from 0 to 1; for bases the number of troops")


class Body(Entry):
    """``[[council]]``: a body that votes."""

    id: Name = Field(description="its name, lower case")
    title: Text = Field(description="its name for people")
    members: Annotated[tuple[Country, ...], ListOf] = Field(description="the countries that vote")
    rule: Method = Field(
        default="count",
        description="how it decides: by a count of votes in favour, a majority or two thirds of those who vote, consensus (nobody objects),"
        " or as a forum: joint statements by consensus",
    )
    threshold: int = Field(
        default=0, ge=0, description="votes in favour needed by the rule count, at most as many as there are; 0 with other rules"
    )
    permanent: Annotated[tuple[Country, ...], Field(max_length=MANY)] = Field(
        default=(), description="the members that may veto if veto is true"
    )
    veto: bool = Field(default=False, description="whether a no of a permanent member defeats a draft")
    weights: dict[Country, Annotated[int, Field(ge=1, le=10_000)]] = Field(
        default={}, description="votes of each member; one each if left out"
    )
    heads: int = Field(
        default=0, ge=0, description="how many members must be in favour, whatever their votes; 0: no such rule"
    )
    people: dict[Country, Annotated[int, Field(ge=0, le=10_000)]] = Field(
        default={}, description="people of each member in a coarse unit, for people_needed"
    )
    people_needed: int = Field(
        default=0, ge=0, description="how many of them must stand behind the votes in favour; 0: no such rule"
    )
    quorum: int = Field(
        default=0, ge=0, description="members that must cast a ballot, an abstention being one; 0: no quorum"
    )
    important: Annotated[tuple[Action, ...], Field(max_length=16)] = Field(
        default=(), description="actions that need two thirds where the rule is majority"
    )
    mandate: float = Field(
        default=1.0, ge=0.0, le=1.0, description="what its word weighs, from 0 to 1; 1 is a body whose decisions bind everybody"
    )
    source: Key = Field(description="a key of [sources]")


class Question(Entry):
    """``[[issue]]``: what is argued about, as a line from 0 to 1."""

    id: Name = Field(description="its name, lower case")
    title: Text = Field(description="its name for people")
    text: Text = Field(description="what 0 and 1 mean")
    target: Country | None = Field(default=None, description="the country the issue is about, if any")
    status_quo: Share = Field(description="where it stands at the start")


class Shock(Entry):
    """One line of ``changes``: the figure becomes itself times ``times`` plus ``plus``, within its bounds."""

    figure: Shifting = Field(description="which figure")
    at: Annotated[tuple[str, ...], Field(min_length=1, max_length=2)] = Field(description="the country, the two countries, or the issue")
    times: float = Field(default=1.0, ge=0.0, le=10.0, description="factor from 0 to 10")
    plus: float = Field(default=0.0, description="what is added")


class Notice(Entry):
    """``[[news]]``: a text read in the briefing of one turn, and what it changes."""

    turn: int = Field(ge=1, description="the turn, at most the number of turns")
    text: Text = Field(description="what is read")
    id: Name | None = Field(default=None, description="a name, lower case")
    until: int | None = Field(default=None, ge=1, description="last turn in which it may come; none: its turn alone")
    chance: float = Field(default=1.0, ge=0.0, le=1.0, description="chance in each turn of its span, from 0 to 1")
    trend: bool = Field(default=False, description="whether it may come in each turn of its span, not only once")
    changes: Annotated[tuple[Shock, ...], Field(max_length=64)] = Field(default=(), description="figures that it changes")
    new_leader: Country | None = Field(default=None, description="a country that it gives a new leader")


class Weights(Entry):
    """``weights``: how much each payoff term counts for a seat."""

    security: float = Field(default=1.0, ge=0.0, le=10.0, description="weight from 0 to 10")
    welfare: float = Field(default=1.0, ge=0.0, le=10.0, description="weight from 0 to 10")
    autonomy: float = Field(default=1.0, ge=0.0, le=10.0, description="weight from 0 to 10")
    policy: float = Field(default=1.0, ge=0.0, le=10.0, description="weight from 0 to 10")
    standing: float = Field(default=1.0, ge=0.0, le=10.0, description="weight from 0 to 10")
    domestic: float = Field(default=1.0, ge=0.0, le=10.0, description="weight from 0 to 10")


class Aim(Entry):
    """One line of ``objectives``: what a role wants to hold at the end."""

    id: Name = Field(description="its name, lower case")
    sentence: Text = Field(description="what the player reads")
    predicate: Text = Field(description="the same for the engine; see the list of predicates")


class Place(Entry):
    """``[[seat]]``: who plays a country and for what."""

    country: Country = Field(description="the country played")
    council: CouncilSeat = Field(description="its place in the councils; must agree with [[council]]")
    weights: Weights = Field(default=Weights(), description="weights of the payoff terms")
    salience: dict[Name, Annotated[float, UNIT_INTERVAL]] = Field(
        default={}, description="how much each issue matters to it, from 0 to 1; 1 where nothing is said"
    )
    objectives: Annotated[tuple[Aim, ...], Field(max_length=12)] = Field(default=(), description="what the role wants at the end")
    public: Sheet = Field(description="role sheet for everybody, a path in the folder")
    secret: Sheet = Field(description="role sheet for the player alone, a path in the folder")


class ScenarioFile(Entry):
    """A whole ``scenario.toml``."""

    scenario: Heading = Field(description="what the case is about")
    schedule: Schedule = Field(description="phases of a turn")
    sources: dict[Key, Source] = Field(description="where the figures come from")
    parameters: dict[Key, Override] = Field(default={}, description="coefficients of the rules that differ here")
    columns: dict[Key, Column] = Field(default={}, description="unit and source of figures given as bare numbers")
    country: Annotated[tuple[Land, ...], Field(min_length=2, max_length=MANY)] = Field(description="the states")
    tie: Annotated[tuple[Tie, ...], Field(max_length=4_000)] = Field(default=(), description="ties between states")
    council: Annotated[tuple[Body, ...], Field(min_length=1, max_length=8)] = Field(description="bodies that vote")
    issue: Annotated[tuple[Question, ...], Field(min_length=1, max_length=16)] = Field(description="what is argued about")
    commitment: Annotated[tuple[Pact, ...], Field(max_length=64)] = Field(default=(), description="treaties in force at the start")
    news: Annotated[tuple[Notice, ...], Field(max_length=400)] = Field(default=(), description="texts for the briefings")
    seat: Annotated[tuple[Place, ...], Field(max_length=MANY)] = Field(default=(), description="who plays which country")
