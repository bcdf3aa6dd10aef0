"""What if: one order of a log changed, the rest of its step as it was, and bots from there on, many times.

Two arms are played with the same luck, game by game: from the step as it happened, and from the step with the change.  So what differs
between them is what the change did, as far as bots play like people; what really happened stands beside both.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import ValidationError

from client.laboratory.scripts import ACT
from rules.errors import Refused
from rules.explanation.story import Story
from rules.orders import Act, Order, Undo
from rules.sequence import Recorded, closing, take
from rules.state import Game, find_draft
from server.debrief.outcomes import Outcome, measured, played_on, starts
from server.debrief.words import say
from server.narrate.acts import act_phrase
from server.narrate.words import first, name

GAMES_MAX = 1000
PLACE = re.compile(r"(\d+)\.(\d+)")
BALLOT = re.compile(r"([A-Z]{3})\s+(yes|no|abstain)", re.IGNORECASE)
NOTHING = re.compile(r"([A-Z]{3})\s+nothing", re.IGNORECASE)
FORK_ID = "fork:order"
SAME = ("draft", "operation", "offer", "commitment", "clause", "issue", "target", "receiver", "about")
"""Fields by which two acts of one kind are about the same thing."""


class BadFork(Exception):
    """The change cannot be made: the text says why."""


@dataclass(frozen=True, slots=True)
class Change:
    """Another act of a country in the step of an event; None: it does nothing there."""

    place: str
    country: str
    act: Act | None


@dataclass(frozen=True, slots=True)
class Fork:
    """What came of a change: ``figures`` as (name, what happened, as it was and played on, with the change), the arms game by game."""

    place: str
    event: str
    change: str
    games: int
    happened: Mapping[str, float]
    before: Mapping[str, tuple[float, ...]]
    after: Mapping[str, tuple[float, ...]]


def parsed(text: str, story: Story, place: str) -> Change:
    """A change as it is typed: ``FRA yes`` for a ballot in a roll call, ``FRA nothing``, or ``FRA {"kind": ...}`` for any act.

    Raises:
        BadFork: there is no such event or country, or the words mean nothing there.
    """
    page = story.page(place)
    if page is None or not PLACE.fullmatch(place):
        raise BadFork(f"There is no event {place} in this log.")
    country, _, rest = text.strip().partition(" ")
    country = country.upper()
    if country not in story.opening.atlas.countries:
        raise BadFork(f"There is no country {country!r} in this log. Choose one of: {', '.join(story.opening.atlas.countries)}.")
    if NOTHING.fullmatch(text.strip()):
        return Change(place, country, None)
    if ballot := BALLOT.fullmatch(text.strip()):
        draft = getattr(page.event, "draft", None)
        if not isinstance(draft, str) or find_draft(page.fore, draft) is None:
            raise BadFork(f"Event {place} is no vote on a draft: write another act as JSON.")
        return Change(place, country, _act({"kind": "vote", "draft": draft, "choice": ballot[2].lower()}))
    try:
        return Change(place, country, _act(json.loads(rest)))
    except ValueError:
        raise BadFork(f"{text!r} says no act: write COUNTRY yes, no, abstain or nothing, or COUNTRY and the act as JSON.") from None


def _act(data: object) -> Act:
    try:
        return ACT.validate_python(data)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        raise BadFork(f"The act is not one of the game's: {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}.") from error


def fork(
    opening: Game, entries: Sequence[Recorded], change: Change, games: int, jobs: int, track: Callable[[int], None] = lambda _: None
) -> Fork:
    """Play both arms.  ``track`` is told how many games are done.

    Raises:
        BadFork: the rules refuse the change, or the event lies where nothing was ordered.
    """
    step = _Step.of(opening, entries, change.place)
    unchanged, changed = step.played(None), step.played(change)
    seed = opening.seed
    arms = [starts(game, games, seed, f"fork:{change.place}") for game in (unchanged, changed)]
    found: list[list[Outcome | None]] = [[None] * games, [None] * games]
    done = 0
    for arm, wanted in enumerate(arms):
        for number, outcome in played_on(wanted, jobs):
            found[arm][number] = outcome
            done += 1
            track(done)
    final = Story(opening, entries).game
    seats = (change.country, opening.atlas.unipole)
    before, after = (_columns(opening, [o for o in arm if o is not None], seats) for arm in found)
    happened = {figure: values[0] for figure, values in _columns(opening, [measured(final)], seats).items()}
    return Fork(change.place, step.event, _told(unchanged, change), games, happened, before, after)


def _told(game: Game, change: Change) -> str:
    act = say("fork.nothing") if change.act is None else act_phrase(game, change.act)  # type: ignore[arg-type]  # a seat's act
    return say("fork.instead", who=first(name(game, change.country)), act=act)


def _columns(opening: Game, outcomes: Sequence[Outcome], seats: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """The figures of many games, by name: what a game did not have is left out."""
    names = dict.fromkeys(figure for outcome in outcomes for figure in outcome.figures)
    found = {figure: tuple(o.figures[figure] for o in outcomes if figure in o.figures) for figure in names}
    for seat in dict.fromkeys(seats):
        row = opening.atlas.countries.index(seat)
        found[f"payoff:{seat}"] = tuple(outcome.payoffs[row] for outcome in outcomes)
    return found


@dataclass(frozen=True, slots=True)
class _Step:
    """The step in which an event was decided: the game as it opened, and its orders in their order."""

    game: Game
    orders: tuple[Order, ...]
    event: str

    @staticmethod
    def of(opening: Game, entries: Sequence[Recorded], place: str) -> _Step:
        """The step of an event.

        Raises:
            BadFork: it lies outside any step.
        """
        at = int(place.partition(".")[0]) - 1
        if any(isinstance(entry.order.act, Undo) for entry in entries[at:]):
            raise BadFork("What was undone later cannot be forked: choose an event after the undoing.")
        begin = next((k + 1 for k in range(at - 1, -1, -1) if entries[k].order.closes), 1)
        end = next((k for k in range(at, len(entries)) if entries[k].order.closes), None)
        if end is None or begin > end:
            raise BadFork(f"Event {place} lies in no step that was closed.")
        story = Story(opening, entries[:begin])
        page = Story(opening, entries[: at + 1]).page(place)
        if page is None:
            raise BadFork(f"There is no event {place} in this log.")
        return _Step(story.game, tuple(entry.order for entry in entries[begin:end]), page.event.kind)

    def played(self, change: Change | None) -> Game:
        """The game after the step, with the change if there is one.

        Raises:
            BadFork: the rules refuse the change.
        """
        game = self.game
        orders = list(_with(self.orders, change)) if change else list(self.orders)
        for order in orders:
            try:
                game, _ = take(game, order)
            except Refused as refusal:
                if order.id == FORK_ID:
                    raise BadFork(f"The rules refuse it: {refusal}") from refusal
        return take(game, closing(game.moment))[0]


def _with(orders: Sequence[Order], change: Change) -> Iterator[Order]:
    """The orders with the new act in the place of the one it replaces, or before all others of its country's if it replaces none."""
    replaced = [order for order in orders if order.author == change.country and _meets(order.act, change)]
    new = None if change.act is None else Order(id=FORK_ID, author=change.country, act=change.act)
    if not replaced and new is not None:
        yield new
    for order in orders:
        if order not in replaced:
            yield order
        elif order is replaced[0] and new is not None:
            yield new


def _meets(act: Act, change: Change) -> bool:
    """Whether the changed act takes the place of this one."""
    if change.act is None:
        return True
    return act.kind == change.act.kind and all(getattr(act, field, None) == getattr(change.act, field, None) for field in SAME)


def stored(path: Path) -> list[Fork]:
    """The forks that were kept beside a log; none if there are none that can be read."""
    try:
        rows = json.loads(_beside(path).read_text(encoding="utf-8"))
        return [Fork(**row) for row in rows]
    except (OSError, ValueError, TypeError):
        return []


def keep(path: Path, found: Fork) -> Path:
    """Keep a fork beside its log, in the place of an earlier one with the same change.

    Raises:
        OSError: it cannot be written.
    """
    others = [old for old in stored(path) if (old.place, old.change) != (found.place, found.change)]
    _beside(path).write_text(json.dumps([asdict(item) for item in (*others, found)], indent=1), encoding="utf-8")
    return _beside(path)


def _beside(path: Path) -> Path:
    return path.with_suffix(".forks.json")


