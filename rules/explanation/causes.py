"""Causes: the chain from an event back to the orders, the clock, chance, the parameters and the opening (W18).

Each event is taken apart on the game before it: the terms that the rules give for it, what its outcome hangs on (``inputs``), and who last
moved each of these figures or made each of these records (``story``); then those events in turn.  Nothing is stored for this and every
number is recomputed, so a chain says what the rules do and not what somebody wrote about them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rules import events as ev
from rules.adjudication import ADJUDICATION, Unfold
from rules.bodies.councils import roll_call
from rules.effects import Effect, Term
from rules.errors import Refused
from rules.explanation.explain import explain, figure_name, figure_owner
from rules.explanation.inputs import Answer, Answers, Inputs, Place, collections, inputs
from rules.explanation.story import Page, Story
from rules.force.operations import launch
from rules.mechanisms import MECHANISMS, SEPARATOR
from rules.orders import CLOCK, CONTROL
from rules.pacts.commitments import settle
from rules.parameters import Origin, origin, registry
from rules.state import Atlas, Game, SealedAct, find_draft
from rules.view import UMPIRE_VIEWER, tell
from rules.visibility import Mark, Record, marks_of
from rules.vocabulary import Payment

Kind = Literal["event", "change", "figure", "parameter", "record", "order", "clock", "chance", "opening"]
Rule = Callable[[Game], Iterable[ev.EventKinds]]
TOGETHER_MAX = 32  # figures of one event whose inputs are looked for at once
OF_ALL = frozenset(("authority", "positions"))
"""Figures that belong to no country."""
ENDS: frozenset[Kind] = frozenset({"parameter", "order", "clock", "chance", "opening"})


@dataclass(frozen=True, slots=True)
class Cause:
    """One link of a chain.

    ``place``: the event, for kind ``event``.  ``told``: the same event was told with all its causes further up.  ``beyond``: it has causes
    that lie deeper than was asked for.
    """

    kind: Kind
    name: str
    value: float | str | None = None
    place: str = ""
    note: str = ""
    terms: tuple[Term, ...] = ()
    causes: tuple[Cause, ...] = ()
    told: bool = False
    beyond: bool = False


class Chains:
    """The chains of one story as one viewer may know them."""

    def __init__(self, story: Story, viewer: str = UMPIRE_VIEWER) -> None:
        self.story, self.viewer = story, viewer
        self._inputs: dict[tuple[int, Hashable], Inputs] = {}

    def chain(self, place: str, depth: int | None = None, only: str | None = None, *, shallow: bool = False) -> Cause | None:
        """The chain of the event at a place; None if there is none that the viewer may know of.

        ``depth``: how many events deep (None: to the end).  ``only``: of many figures that moved, those of one country.  ``shallow``: only
        the figures that moved and their terms, without what these hang on.
        """
        page = self.story.page(place)
        if page is None or not self._knows(page):
            return None
        if shallow and isinstance(page.event, ev.Moved):
            changes = [self._bare(page, effect) for effect in self._effects(page, None, only)]
            return Cause("event", page.event.kind, place=place, note=page.event.cause, causes=(*changes, self._author(page)))
        return self._event(page, None, depth, set(), only)

    # --- what may be known --------------------------------------------------------------------------------------------------------------

    def _may(self, audience: frozenset[str] | None) -> bool:
        return self.viewer == UMPIRE_VIEWER or audience is None or self.viewer in audience

    def _knows(self, page: Page) -> bool:
        return tell(page.fore, page.event, self.viewer) is not None

    def _may_record(self, collection: str, record: Record) -> bool:
        mark = marks_of(Game)[collection]
        return mark is Mark.PUBLIC or self.viewer == UMPIRE_VIEWER or (mark is Mark.PARTIES and self._may(record.audience()))

    def _may_fixed(self, game: Game, at: Place) -> bool:
        mark = marks_of(Atlas)[at[0]]
        owner = frozenset((game.atlas.countries[at[1][0]],)) if mark is Mark.OWN else None
        return self.viewer == UMPIRE_VIEWER or (mark is not Mark.UMPIRE and self._may(owner))

    # --- one event ----------------------------------------------------------------------------------------------------------------------

    def _event(self, page: Page, figure: Place | None, depth: int | None, told: set[tuple[int, Place | None]], only: str | None) -> Cause:
        """An event with its causes; of an event that moved many figures only ``figure``, if that is what led here."""
        name = page.event.kind
        if (page.number, figure) in told:
            return Cause("event", name, place=page.place, told=True)
        if depth is not None and depth <= 0:
            return Cause("event", name, place=page.place, beyond=True)
        told.add((page.number, figure))
        below = None if depth is None else depth - 1
        if isinstance(page.event, ev.Moved):
            causes = [self._change(page, effect, below, told) for effect in self._effects(page, figure, only)]
            return Cause("event", name, place=page.place, note=page.event.cause, causes=(*causes, self._author(page)))
        terms = explain(page.fore, page.event, self.viewer)
        causes = [*self._links(page, self._of_event(page), below, told), *self._mentioned(page, below, told)]
        return Cause("event", name, place=page.place, terms=terms, causes=(*_once(causes), self._author(page)))

    def _effects(self, page: Page, figure: Place | None, only: str | None) -> Iterator[Effect]:
        """What a mechanism did to the figures that are asked for and that the viewer may see."""
        assert isinstance(page.event, ev.Moved), "only events that move figures come here"
        name, _, subject = page.event.cause.partition(SEPARATOR)
        moved = {(change.field, change.at) for change in page.event.changes}
        for effect in MECHANISMS[name](page.fore, subject):
            at = (effect.field, effect.at)
            shown = self._may(figure_owner(page.fore, *at)) and (only is None or only in figure_name(page.fore, *at))
            if at in moved and figure in (None, at) and shown:
                yield effect

    def _change(self, page: Page, effect: Effect, depth: int | None, told: set[tuple[int, Place | None]]) -> Cause:
        """One figure that moved: its terms, and what they hang on."""
        links = self._links(page, self._of_figure(page, (effect.field, effect.at)), depth, told)
        return replace(self._bare(page, effect), causes=tuple(links))

    def _bare(self, page: Page, effect: Effect) -> Cause:
        """One figure that moved, with its terms."""
        at = (effect.field, effect.at)
        owner = figure_owner(page.fore, *at)
        terms = tuple(t for t in effect.terms if self._may(t.audience or owner))
        return Cause("change", figure_name(page.fore, *at), effect.value, terms=terms)

    def _author(self, page: Page) -> Cause:
        """Who brought the event about: the clock, control, or a seat, whose order only it may read."""
        order = page.order
        entry = page.place.partition(".")[0]
        if order.author == CLOCK:
            now = page.fore.moment
            return Cause("clock", f"the close of {now.phase}, round {now.round}, turn {now.turn}", place=entry)
        open_to = order.author == CONTROL or self._may(frozenset((order.author,)))
        return Cause("order", f"{order.author} {order.act.kind}" if open_to else f"an order of {order.author}", place=entry)

    # --- what an outcome hangs on -------------------------------------------------------------------------------------------------------

    def _links(self, page: Page, found: Inputs | None, depth: int | None, told: set[tuple[int, Place | None]]) -> list[Cause]:
        if found is None:
            return []
        fore = page.fore
        links = [self._parameter(fore, name) for name in found.parameters]
        links += [self._record(page, *item, depth, told) for item in found.records if self._may_record(*item)]
        links += [self._figure(page, at, depth, told) for at in found.figures if self._may(figure_owner(fore, *at))]
        links += [self._fixed(fore, at) for at in found.fixed if self._may_fixed(fore, at)]
        return links + ([Cause("chance", "drawn from the secret seed of the game")] if found.chance else [])

    def _figure(self, page: Page, at: Place, depth: int | None, told: set[tuple[int, Place | None]]) -> Cause:
        """A figure as it stood, and what moved it last."""
        mover = self.story.mover(at, page)
        behind = self._event(mover, at, depth, told, None) if mover else Cause("opening", "as the game opened", note=_layer(at[0]))
        return Cause("figure", figure_name(page.fore, *at), float(getattr(page.fore.world, at[0])[at[1]]), causes=(behind,))

    @staticmethod
    def _fixed(fore: Game, at: Place) -> Cause:
        return Cause("opening", figure_name(fore, *at), float(getattr(fore.atlas, at[0])[at[1]]), note=_layer(at[0]))

    @staticmethod
    def _parameter(fore: Game, name: str) -> Cause:
        spec = registry()[name]
        value = getattr(fore.parameters, name)
        note = f"{origin(name, value)}; {spec.layer}; {spec.source}; {spec.sentence}"
        return Cause("parameter", name, value, note=note)

    def _record(self, page: Page, collection: str, record: Record, depth: int | None, told: set[tuple[int, Place | None]]) -> Cause:
        makers = [maker for maker in self.story.makers(collection, record, page) if self._knows(maker)]
        behind = [self._event(maker, None, depth, told, None) for maker in makers]
        return Cause("record", _record_name(collection, record), causes=tuple(behind) or (Cause("opening", "as the game opened"),))

    def _of_figure(self, page: Page, figure: Place) -> Inputs:
        """What one figure's new value hangs on; of events that moved few figures all are asked at once."""
        assert isinstance(page.event, ev.Moved), "only events that move figures come here"
        if (page.number, figure) not in self._inputs:
            moved = [(change.field, change.at) for change in page.event.changes]
            asked = frozenset(moved if len(moved) <= TOGETHER_MAX else [figure])
            for at, found in inputs(page.fore, _asking_figures(page.event, asked)).items():
                self._inputs[page.number, at] = found
        return self._inputs[page.number, figure]

    def _of_event(self, page: Page) -> Inputs | None:
        """What an event of the close of a step hangs on; an event of a seat's order hangs on the order."""
        ask = _asking_event(page) if page.order.closes else None
        if ask is None:
            return None
        if (page.number, None) not in self._inputs:
            self._inputs[page.number, None] = inputs(page.fore, ask)[None]
        return self._inputs[page.number, None]

    def _mentioned(self, page: Page, depth: int | None, told: set[tuple[int, Place | None]]) -> list[Cause]:
        """Records that an event names: the offer that was signed, the draft that was sponsored."""
        words = set(_words(page.event))
        return [
            self._record(page, name, record, depth, told)
            for name, records in collections(page.fore)
            for record in records
            if getattr(record, "id", None) in words and self._may_record(name, record)
        ]


def _layer(field: str) -> Origin:
    """Whether a figure of the opening belongs to a country or to the scenario as a whole (councils and issues)."""
    return "scenario" if field in OF_ALL else "country"


def _record_name(collection: str, record: Record) -> str:
    """``commitment arden-brava``, ``sealed vote of FRA``."""
    if isinstance(record, SealedAct):
        return f"sealed {record.act.kind} of {record.country}"
    if isinstance(record, Payment):
        return f"payment of {record.sender} to {record.receiver}"
    return f"{collection.removesuffix('s')} {getattr(record, 'id', '')}".strip()


def _once(causes: list[Cause]) -> list[Cause]:
    """Each record once: what is mentioned may have been found to matter already."""
    seen: set[str] = set()
    kept = []
    for cause in causes:
        if cause.kind != "record" or cause.name not in seen:
            kept.append(cause)
        if cause.kind == "record":
            seen.add(cause.name)
    return kept


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _words(item)
    elif isinstance(value, Record):
        for name in type(value).model_fields:
            yield from _words(getattr(value, name))


def _asking_figures(event: ev.Moved, figures: frozenset[Place]) -> Answer:
    """Asks a mechanism for some of its effects, terms included."""
    name, _, subject = event.cause.partition(SEPARATOR)

    def ask(game: Game) -> Answers:
        effects = MECHANISMS[name](game, subject)
        return {at: (e.value, [t.value for t in e.terms]) for e in effects if (at := (e.field, e.at)) in figures}

    return ask


def _asking_event(page: Page) -> Answer | None:
    """Asks the rule that gave an event whether it would give it, and with which terms; None if it is the clock's alone."""
    event = page.event
    for rule in _rules_for(event):
        if _gives(rule, page.fore, event):

            def ask(game: Game, rule: Rule = rule) -> Answers:
                return {None: ([e for e in _given(rule, game) if _alike(e, event)], [t.value for t in explain(game, event)])}

            return ask
    return None


def _rules_for(event: ev.EventKinds) -> Iterator[Rule]:
    """The rules that may have given an event, the likeliest first."""
    match event:
        case ev.StepOpened() | ev.NewsRead() | ev.Ended() | ev.Undone():
            return
        case ev.OperationLaunched():
            yield lambda game: (launch(game, event.operation.id),)
        case ev.RollCall():
            yield lambda game: tuple(roll_call(game, draft) for draft in (find_draft(game, event.draft),) if draft)
        case _:
            yield settle
            yield from (stage for stage in ADJUDICATION if not isinstance(stage, Unfold))


def _gives(rule: Rule, game: Game, event: ev.EventKinds) -> bool:
    """Whether a rule would give an event; one that refuses this game, being of another stage, would not."""
    try:
        return event in _given(rule, game)
    except (Refused, AssertionError, LookupError, StopIteration):
        return False


def _given(rule: Rule, game: Game) -> tuple[ev.EventKinds, ...]:
    return tuple(rule(game))


def _alike(one: ev.EventKinds, other: ev.EventKinds) -> bool:
    """Whether two events are about the same thing: of one kind, and of the same record and country where they name any."""
    return one.kind == other.kind and list(_subjects(one)) == list(_subjects(other))


def _subjects(event: ev.EventKinds) -> Iterator[object]:
    for name in type(event).model_fields:
        value = getattr(event, name)
        if name in ("offer", "commitment", "draft", "operation", "country") and isinstance(value, str):
            yield value
        elif isinstance(value, Record):
            yield [getattr(value, part, None) for part in ("id", "commitment", "clause", "country", "sender", "receiver")]
