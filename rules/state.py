"""The state of a game: what never changes (Atlas), where we are (Moment), the figures (World), and what lies on the table.

Everything is frozen: arrays are read-only, collections are tuples of frozen records.  Games are compared by ``canonical.game_hash``, never
by ``==``.  Index letters in shapes: ``state`` counts the countries in the order of ``Atlas.countries``, ``issue`` the issues, ``term`` the
payoff terms.  A field that holds one row for each state and is marked OWN shows a viewer only its own row.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Annotated, Literal

from pydantic import Field

from rules.exact import Array
from rules.lately import Later, lately, once
from rules.orders import SeatAct
from rules.parameters import Parameters
from rules.society.speech import Statement
from rules.umpire.orders import Voice
from rules.visibility import OWN, PARTIES, PUBLIC, UMPIRE, Record, classified
from rules.vocabulary import Action, Commitment, Country, Draft, Objective, Offer, Operation, Payment, ShortName, Verdict

SPENDING: tuple[str, ...] = ("investment", "projection", "programme", "mobilisation")
INVESTMENT, PROJECTION, PROGRAMME, MOBILISATION = range(len(SPENDING))
TERMS: tuple[str, ...] = ("security", "welfare", "autonomy", "policy", "standing", "domestic")
Status = Literal["lobby", "running", "paused", "over"]
PhaseName = Literal["briefing", "negotiation", "assembly", "orders", "adjudication", "report"]


Method = Literal["count", "majority", "two thirds", "consensus", "forum"]
Shifting = Literal["economy", "forces", "approval", "goodwill", "hostile", "positions", "esteem", "competence"]
"""The figures that a bulletin can change."""


class Council(Record):
    """A voting body as data; ``councils.rule_of`` makes its decision rule of these fields.

    ``weights`` and ``people`` have one number a member, in the order of members; no ``weights``: one vote each.
    """

    id: Annotated[ShortName, PUBLIC]
    title: Annotated[str, PUBLIC]
    members: Annotated[tuple[Country, ...], PUBLIC]
    permanent: Annotated[tuple[Country, ...], PUBLIC]
    threshold: Annotated[int, PUBLIC]  # votes in favour needed, by the method "count"
    veto: Annotated[bool, PUBLIC]
    method: Annotated[Method, PUBLIC] = "count"
    weights: Annotated[tuple[int, ...], PUBLIC] = ()
    heads: Annotated[int, PUBLIC] = 0  # members in favour needed besides
    people: Annotated[tuple[int, ...], PUBLIC] = ()
    people_needed: Annotated[int, PUBLIC] = 0  # of ``people``, behind the votes in favour
    quorum: Annotated[int, PUBLIC] = 0  # members that must cast a ballot, an abstention being one
    important: Annotated[tuple[Action, ...], PUBLIC] = ()  # questions that need two thirds where others need a majority
    mandate: Annotated[float, PUBLIC] = 1.0  # what its word weighs, 0..1, 1 being that of a body that binds everybody


class Issue(Record):
    """A question on a line from 0 to 1, with what both ends mean in ``text``; ``target`` is the country it is about, if any."""

    id: Annotated[ShortName, PUBLIC]
    title: Annotated[str, PUBLIC]
    text: Annotated[str, PUBLIC]
    target: Annotated[Country | None, PUBLIC] = None


class Step(Record):
    """How often a phase is opened in a turn, and how long people have for it."""

    phase: Annotated[PhaseName, PUBLIC]
    rounds: Annotated[int, PUBLIC]
    seconds: Annotated[int, PUBLIC]


class Shift(Record):
    """What a bulletin does to a figure: ``figure[at] * times + plus``; ``at`` names countries and issues."""

    figure: Annotated[Shifting, PUBLIC]
    at: Annotated[tuple[str, ...], PUBLIC]
    times: Annotated[float, PUBLIC] = 1.0
    plus: Annotated[float, PUBLIC] = 0.0


class Bulletin(Record):
    """News for the briefing of one turn, and what it changes (W150-W153).

    With a ``chance`` below 1 it may come in any turn up to ``until``, once; a ``trend`` comes in each of them.
    """

    turn: Annotated[int, PUBLIC]
    text: Annotated[str, PUBLIC]
    id: Annotated[str, PUBLIC] = ""
    until: Annotated[int, PUBLIC] = 0
    chance: Annotated[float, PUBLIC] = 1.0
    trend: Annotated[bool, PUBLIC] = False
    changes: Annotated[tuple[Shift, ...], PUBLIC] = ()
    new_leader: Annotated[Country | None, PUBLIC] = None
    to: Annotated[tuple[Country, ...], PUBLIC] = ()  # the seats that read it; none means everybody
    voice: Annotated[Voice, PUBLIC] = "news"


@classified
@dataclass(frozen=True, eq=False)
class Atlas:
    """What a scenario fixes for the whole session.  What follows from it alone is found once and kept in it (``once``, ``beside``)."""

    scenario: Annotated[str, PUBLIC]
    title: Annotated[str, PUBLIC]
    span: Annotated[str, PUBLIC]  # what one turn stands for
    turns: Annotated[int, PUBLIC]
    schedule: Annotated[tuple[Step, ...], PUBLIC]
    unipole: Annotated[str, PUBLIC]
    countries: Annotated[tuple[str, ...], PUBLIC]
    names: Annotated[tuple[str, ...], PUBLIC]
    councils: Annotated[tuple[Council, ...], PUBLIC]
    issues: Annotated[tuple[Issue, ...], PUBLIC]
    regions: Annotated[tuple[str, ...], PUBLIC]  # one name a state
    population: Annotated[Array, PUBLIC]  # [state] million people
    latitude: Annotated[Array, PUBLIC]  # [state] degrees
    longitude: Annotated[Array, PUBLIC]  # [state] degrees
    distance: Annotated[Array, PUBLIC]  # [state, state] thousand km
    reach: Annotated[Array, PUBLIC]  # [state] thousand km over which projected power falls by e, at the start
    offence: Annotated[Array, PUBLIC]  # [state] 0..1
    democracy: Annotated[Array, PUBLIC]  # [state] 0..1
    dependence: Annotated[Array, PUBLIC]  # [state, state] how much i's welfare hangs on j, 0..1
    ideal: Annotated[Array, PUBLIC]  # [state, issue] 0..1
    salience: Annotated[Array, OWN]  # [state, issue] 0..1
    weights: Annotated[Array, OWN]  # [state, term] weight of each payoff term
    opening: Annotated[Array, OWN]  # [state, term] payoff at the start, which objectives compare with
    objectives: Annotated[tuple[tuple[Objective, ...], ...], OWN]  # one row a state
    public_briefs: Annotated[tuple[str, ...], PUBLIC]  # one text a state
    secret_briefs: Annotated[tuple[str, ...], OWN]  # one text a state
    news: Annotated[tuple[Bulletin, ...], UMPIRE]
    prior: Annotated[Array, OWN]  # [state, state] i's long-held belief that j is aggressive, to which beliefs return

    def __getstate__(self) -> dict[str, object]:
        """What is fixed; what was found since is found again elsewhere."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @once
    def rounds(self) -> dict[PhaseName, int]:
        """How many rounds each phase has that is held at all."""
        return {step.phase: step.rounds for step in reversed(self.schedule)}

    @once
    def columns(self) -> dict[str, int]:
        """The column of each issue."""
        return {issue.id: column for column, issue in reversed(tuple(enumerate(self.issues)))}

    @once
    def issue_by_id(self) -> dict[str, Issue]:
        """The issues."""
        return {issue.id: issue for issue in self.issues}

    @once
    def council_by_id(self) -> dict[str, Council]:
        """The councils."""
        return {council.id: council for council in self.councils}


@classified
@dataclass(frozen=True)
class Moment:
    """Where the session stands."""

    status: Annotated[Status, PUBLIC] = "lobby"
    turn: Annotated[int, PUBLIC] = 0
    phase: Annotated[PhaseName, PUBLIC] = "briefing"
    round: Annotated[int, PUBLIC] = 0
    branch: Annotated[int, PUBLIC] = 0
    revision: Annotated[int, PUBLIC] = 0  # of the deadline: an extension or a pause makes the old one stale
    extra_seconds: Annotated[int, PUBLIC] = 0
    done: Annotated[tuple[str, ...], PUBLIC] = ()
    practice: Annotated[bool, PUBLIC] = False  # a turn that does not count
    stand_ins: Annotated[tuple[str, ...], PUBLIC] = ()  # seats that control gave to a bot


@classified
@dataclass(frozen=True)
class World:
    """The figures that move."""

    economy: Annotated[Array, PUBLIC]  # [state] bn USD a year
    forces: Annotated[Array, PUBLIC]  # [state] stock of mobilised military power, bn USD of yearly spending
    poles: Annotated[Array, PUBLIC]  # [state] 1 for a pole of the system at the end of the last turn, else 0
    guns: Annotated[Array, PUBLIC]  # [state] share of the economy
    aid: Annotated[Array, OWN]  # [state] share of the economy set aside for aid this turn
    spending: Annotated[Array, PUBLIC]  # [state, kind] shares of the economy for what SPENDING names
    mustered: Annotated[Array, PUBLIC]  # [state] forces called up that are not in the field yet, bn USD of yearly spending
    reach: Annotated[Array, PUBLIC]  # [state] thousand km over which projected power falls by e
    wmd: Annotated[Array, PUBLIC]  # [state] 0 no weapons of mass destruction, between a programme, 1 armed; as publicly believed
    bases: Annotated[Array, PUBLIC]  # [host, guest] 1 where the guest may keep forces, else 0
    sanctions: Annotated[Array, PUBLIC]  # [sender, target] 0..1
    insurgency: Annotated[Array, PUBLIC]  # [state] resistance in an occupied country, 0..1
    competence: Annotated[Array, PUBLIC]  # [state] belief that it can do what it undertakes, 0..1
    approval: Annotated[Array, PUBLIC]  # [state] 0..1
    deference: Annotated[Array, PUBLIC]  # [state] support given to the unipole's pressed wishes so far
    breaches: Annotated[Array, PUBLIC]  # [state] open breaches so far
    war_cost: Annotated[Array, PUBLIC]  # [state] share of economy spent on operations so far
    received: Annotated[Array, OWN]  # [state] net aid this game, bn USD
    authority: Annotated[Array, PUBLIC]  # [council] 0..1
    positions: Annotated[Array, PUBLIC]  # [issue] 0..1
    goodwill: Annotated[Array, PUBLIC]  # [state, state] of i towards j, -1..1
    hostile: Annotated[Array, OWN]  # [state, state] i's belief that j is aggressive, 0..1
    kept: Annotated[Array, OWN]  # [state, state] what i saw j keep (weighted count)
    broken: Annotated[Array, OWN]  # [state, state] what i saw j break (weighted count)
    payoff: Annotated[Array, OWN]  # [state, term] at the end of the last turn
    esteem: Annotated[Array, PUBLIC]  # [state] how far its leadership is accepted, 0..1
    yielded: Annotated[Array, OWN]  # [state, state] how far i has given in to j, 0..1
    access: Annotated[Array, OWN]  # [state, state] i's access to the elites of j, 0..1
    leaning: Annotated[Array, PUBLIC]  # [state, issue] where the leader wants the issue, 0..1
    capital: Annotated[Array, PUBLIC]  # [state] political capital at home, 0..1
    entered: Annotated[Array, PUBLIC]  # [state] turn in which the leader came into office
    temper: Annotated[Array, OWN]  # [state, term] how much more or less than the scenario says the leader minds each payoff term


class SealedAct(Record):
    """An act that waits, known to its author alone, until the step closes."""

    country: Annotated[Country, OWN]
    act: Annotated[SeatAct, Field(discriminator="kind"), OWN]

    def audience(self) -> frozenset[str]:
        """The author."""
        return frozenset((self.country,))


@classified
@dataclass(frozen=True)
class Game:
    """One game.  ``seed`` is secret: chance is drawn from it.  ``past`` is no part of what the game is, but of how it came about."""

    atlas: Annotated[Atlas, PUBLIC]
    parameters: Annotated[Parameters, PUBLIC]
    moment: Annotated[Moment, PUBLIC]
    world: Annotated[World, PUBLIC]
    offers: Annotated[tuple[Offer, ...], PARTIES]
    commitments: Annotated[tuple[Commitment, ...], PARTIES]
    verdicts: Annotated[tuple[Verdict, ...], PARTIES]
    drafts: Annotated[tuple[Draft, ...], PUBLIC]
    operations: Annotated[tuple[Operation, ...], PUBLIC]
    payments: Annotated[tuple[Payment, ...], PARTIES]
    desk: Annotated[tuple[SealedAct, ...], PARTIES]
    statements: Annotated[tuple[Statement, ...], PUBLIC]
    seed: Annotated[str, UMPIRE]
    planned: Annotated[tuple[Bulletin, ...], UMPIRE] = ()  # news that control has ready for later turns
    past: Annotated[Game | Later[Game] | None, UMPIRE] = field(default=None, compare=False, repr=False)  # before the open step was opened


@dataclass(frozen=True)
class View:
    """A game as one viewer may know it: the same names, less in them, and no seed.

    ``viewer`` is a country or ``"public"``.  OWN arrays hold the viewer's row only (``hostile`` has shape [state]) and are empty for the
    public.
    """

    viewer: str
    atlas: Atlas
    parameters: Parameters
    moment: Moment
    world: World
    offers: tuple[Offer, ...]
    commitments: tuple[Commitment, ...]
    verdicts: tuple[Verdict, ...]
    drafts: tuple[Draft, ...]
    operations: tuple[Operation, ...]
    payments: tuple[Payment, ...]
    desk: tuple[SealedAct, ...]
    statements: tuple[Statement, ...]

    @property
    def me(self) -> int:
        """The viewer's index.  Raises ValueError for the public."""
        return self.atlas.countries.index(self.viewer)


Sight = Game | View
LISTS_KEPT = 1024  # sorted lists of one kind: several of each game that is being played


def index(sight: Sight, country: str) -> int:
    """The row of a country.  Raises ValueError if there is none."""
    return sight.atlas.countries.index(country)


def issue_index(sight: Sight, issue: str) -> int | None:
    """The column of an issue, or None."""
    return sight.atlas.columns.get(issue)


def issue_column(sight: Sight, issue: str) -> int:
    """The column of an issue that is known to exist.  Raises KeyError if it does not."""
    column = issue_index(sight, issue)
    if column is None:
        raise KeyError(issue)
    return column


def find_issue(sight: Sight, issue: str) -> Issue | None:
    """An issue by id, or None."""
    return sight.atlas.issue_by_id.get(issue)


def find_council(sight: Sight, council: str) -> Council | None:
    """A council by id, or None."""
    return sight.atlas.council_by_id.get(council)


def find_draft(sight: Sight, draft: str) -> Draft | None:
    """A draft by id, or None."""
    for item in reversed(sight.drafts):  # the latest are asked for most
        if item.id == draft:
            return item
    return None


def find_operation(sight: Sight, operation: str) -> Operation | None:
    """An operation by id, or None."""
    return next((item for item in reversed(sight.operations) if item.id == operation), None)


def spoken_by(sight: Sight, country: str) -> tuple[Statement, ...]:
    """The statements of one country that are carried along, in their order."""
    return _by_speaker(sight.statements).get(country, ())


@lately(LISTS_KEPT)
def _by_speaker(statements: tuple[Statement, ...]) -> dict[str, tuple[Statement, ...]]:
    found: dict[str, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.speaker, []).append(statement)
    return {speaker: tuple(said) for speaker, said in found.items()}
