"""Chains of causes: they end where causes end, every number in them is the log's, and nobody reads in them what is not for its eyes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from client.arena import play
from client.bots.payoff_bot import PayoffBot
from client.bots.random_legal import RandomLegal
from rules import events as ev
from rules.adjudication import ADJUDICATION
from rules.effects import Effect
from rules.errors import Code, Refused
from rules.evolve import evolve
from rules.explanation import causes
from rules.explanation.causes import ENDS, Cause, Chains
from rules.explanation.explain import FIGURE_WORDS, figure_name
from rules.explanation.inputs import inputs
from rules.explanation.story import Page, Story
from rules.mechanisms import MECHANISMS
from rules.orders import CONTROL
from rules.pacts.clauses import GiveAid
from rules.pacts.treaties import Commitment, Terms
from rules.sequence import Recorded, play_step, take
from rules.state import Atlas, Game, World
from rules.view import tell, view
from tests.rules.stage import START, tiny
from tests.scripted import Script
from tests.security.hidden import ROWS, sees

KINDS = ("random", "payoff")


@cache
def played(kind: str) -> tuple[Game, tuple[Recorded, ...]]:
    """A game of two turns, by chance or for payoffs."""
    opening = replace(tiny(), seed=f"causes {kind}", atlas=replace(tiny().atlas, turns=2))
    bots = {c: PayoffBot(f"{c} 3") if kind == "payoff" else RandomLegal(f"{c} 3") for c in opening.atlas.countries}
    match = play(opening, bots)
    return match.opening, match.entries


@cache
def chains(kind: str, viewer: str = "umpire") -> Chains:
    """Its chains."""
    return Chains(Story(*played(kind)), viewer)


def links(cause: Cause, page: Page, story: Story) -> Iterator[tuple[Cause, Page]]:
    """Every link below and with a cause, with the event that it belongs to."""
    here = story.page(cause.place) if cause.kind == "event" else page
    assert here is not None
    yield cause, here
    for inner in cause.causes:
        yield from links(inner, here, story)


@cache
def all_links(kind: str, viewer: str = "umpire") -> tuple[tuple[Cause, Page], ...]:
    """The links of the chains of all events."""
    told = chains(kind, viewer)
    found: list[tuple[Cause, Page]] = []
    for page in told.story.pages:
        chain = told.chain(page.place)
        if chain is not None:
            found.extend(links(chain, page, told.story))
    return tuple(found)


def figures(game: Game, owner: World | Atlas) -> dict[str, float]:
    """Every figure by its name."""
    arrays = {name: getattr(owner, name) for name in type(owner).__dataclass_fields__}
    arrays = {name: array for name, array in arrays.items() if hasattr(array, "shape") and name not in ("latitude", "longitude")}
    return {
        figure_name(game, name, at): float(array[at])
        for name, array in arrays.items()
        for at in [tuple(int(k) for k in where) for where in zip(*(array == array).nonzero(), strict=True)]  # noqa: PLR0124 - all places
    }


def recomputed(kind: str) -> dict[str, Game]:
    """The game before each event, folded again from the opening."""
    opening, entries = played(kind)
    found, game = {}, opening
    for entry, recorded in enumerate(entries, start=1):
        for number, event in enumerate(recorded.events, start=1):
            found[f"{entry}.{number}"] = game
            game = evolve(game, event)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_chain_goes_to_its_ends(kind: str) -> None:
    """Every event has a chain; what has no causes is an order, the clock, chance, a parameter, the opening, or was told further up."""
    told = chains(kind)
    assert all(told.chain(page.place) is not None for page in told.story.pages)
    for cause, _ in all_links(kind):
        assert cause.causes or cause.told or cause.kind in ENDS or (cause.kind == "change" and cause.terms), cause
        assert not cause.beyond
    kinds = {cause.kind for cause, _ in all_links(kind)}
    assert kinds >= ENDS - {"chance"} | {"event", "change", "figure", "record"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_number_is_the_logs(kind: str) -> None:
    """New values stand in the events, old ones in the game before, parameters and the scenario's figures are its own."""
    before = recomputed(kind)
    counted = 0
    for cause, page in all_links(kind):
        fore = before[page.place]
        match cause.kind:
            case "change":
                assert isinstance(page.event, ev.Moved)
                assert cause.value in [c.value for c in page.event.changes if figure_name(fore, c.field, c.at) == cause.name]
            case "figure":
                assert cause.value == figures(fore, fore.world)[cause.name]
            case "opening" if cause.value is not None:
                assert cause.value == figures(fore, fore.atlas)[cause.name]
            case "parameter":
                assert cause.value == getattr(fore.parameters, cause.name)
            case _:
                continue
        counted += 1
    assert counted > 500


@pytest.mark.parametrize("kind", KINDS)
def test_causes_come_first(kind: str) -> None:
    """No event is caused by a later one; what moved a figure last left it as it stood."""
    story = chains(kind).story
    for cause, page in all_links(kind):
        if cause.kind in ("figure", "record"):
            for inner in cause.causes:
                maker = story.page(inner.place) if inner.kind == "event" else None
                assert maker is None or maker.number < page.number
                if cause.kind == "figure" and maker is not None and isinstance(maker.event, ev.Moved):
                    assert cause.value in [change.value for change in maker.event.changes]


@pytest.mark.parametrize("viewer", ["COR", "public"])
def test_a_chain_holds_nothing_that_its_reader_may_not_know(viewer: str) -> None:
    """By the second statement of what is hidden: no event, figure or sealed order of others."""
    private = {FIGURE_WORDS.get(name, name) for names in ROWS.values() for name in names}
    seen = 0
    for cause, page in all_links("random", viewer):
        if cause.kind == "event":
            assert tell(page.fore, page.event, viewer) is not None
            assert sees(page.event, viewer)
        if cause.value is not None and cause.name.partition(" of ")[0] in private:
            assert f" of {viewer}" in cause.name
        if cause.kind == "order" and cause.name.partition(" ")[0] in page.fore.atlas.countries:
            assert cause.name.startswith(viewer)
        if cause.name.startswith("sealed "):
            assert cause.name.endswith(viewer)
        seen += 1
    assert seen > 50
    umpires = [cause.name for cause, _ in all_links("random")]
    assert len(umpires) > seen


def test_depth_and_country_cut_a_chain() -> None:
    """Deeper events are marked, not lost; of many figures one country's can be asked for."""
    told = chains("random")
    place = next(p.place for p in reversed(told.story.pages) if isinstance(p.event, ev.Moved) and len(p.event.changes) > 4)
    page = told.story.page(place)
    assert page is not None
    whole, short = told.chain(place), told.chain(place, depth=1)
    assert whole is not None
    assert short is not None
    assert any(cause.beyond for cause, _ in links(short, page, told.story))
    mine = told.chain(place, only="COR")
    assert mine is not None
    names = [cause.name for cause in mine.causes if cause.kind == "change"]
    assert names
    assert all("COR" in name for name in names)
    bare = told.chain(place, shallow=True)
    assert bare is not None
    assert [c.value for c in bare.causes if c.kind == "change"] == [c.value for c in whole.causes if c.kind == "change"]
    assert told.chain("999.1") is None
    assert chains("random", "public").chain(next(p.place for p in told.story.pages if p.event.kind == "act-sealed")) is None


def test_an_input_that_nobody_declared_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mechanism that looks at something in passing is seen looking."""
    plain = MECHANISMS["growth"]

    def meddling(game: Game, subject: str) -> list[Effect]:
        part = game.parameters.wait_cost * float(game.world.goodwill[1, 2])
        return [effect._replace(value=effect.value + part) for effect in plain(game, subject)]

    def asked(game: Game) -> dict[object, object]:
        return {"here": [effect.value for effect in MECHANISMS["growth"](game, "")]}

    game = replace(tiny(), world=replace(tiny().world, goodwill=tiny().world.goodwill + 0.5))
    honest = inputs(game, asked)["here"]
    monkeypatch.setitem(MECHANISMS, "growth", meddling)
    found = inputs(game, asked)["here"]
    assert set(found.figures) - set(honest.figures) == {("goodwill", (1, 2))}
    assert set(found.parameters) - set(honest.parameters) == {"wait_cost"}
    assert not found.chance


def test_chance_and_records_are_found() -> None:
    """What is drawn from the seed is chance; a record matters if the answer differs without it."""
    game = tiny()
    found = inputs(game, lambda g: {1: len(g.commitments), 2: g.moment.turn, 3: [c.id for c in g.commitments if g.seed]})
    assert found[1].records == [("commitments", game.commitments[0])]
    assert found[2].records == []
    assert found[3].chance


def test_a_rule_of_another_stage_that_refuses_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules are tried in turn on the game before an event, which may be past the point where some of them can be asked."""

    def refusing(game: Game) -> tuple[ev.EventKinds, ...]:
        raise Refused(Code.OPERATION_INVALID, "operation", "It is launched.")

    told = Chains(Story(*played("random")))
    page = next(p for p in told.story.pages if isinstance(p.event, ev.AidSent | ev.CommitmentMade | ev.Judged | ev.OperationAnnounced))
    honest = told.chain(page.place)
    monkeypatch.setattr(causes, "ADJUDICATION", (refusing, *ADJUDICATION))
    assert Chains(told.story).chain(page.place) == honest


def test_the_causes_of_a_war_and_of_a_verdict_on_aid() -> None:
    """A launch hangs on the operation and on chance, a promise kept on the payment; nothing that is told twice is linked twice."""
    sealed = ["ARD announce DOR dorn-force", "ARD budget 0.04 0.001", "ARD aid COR 0.5"]
    lines = {"1 orders 1": sealed, "2 orders 1": ["ARD launch ard-dor-1"]}
    terms = Terms(parties=("ARD", "COR"), clauses=(GiveAid(debtor="ARD", since=1, until=3, to="COR", amount=0.5),))
    opening = replace(tiny(), commitments=(Commitment(id="deal", terms=terms, since=1),))
    game, entries = opening, []
    bots = Script(lines).bots(opening)
    game, first = take(game, START)
    entries.append(first)
    while (game.moment.turn, game.moment.phase) != (3, "briefing"):
        step = play_step(game, {seat: bot.choose(view(game, seat)) for seat, bot in bots.items()})
        game = step.game
        entries.extend(step.recorded)
    told = Chains(Story(opening, entries))
    launch = next(p for p in told.story.pages if isinstance(p.event, ev.OperationLaunched))
    chain = told.chain(launch.place)
    assert chain is not None
    records = [cause.name for cause in chain.causes if cause.kind == "record"]
    assert "operation ard-dor-1" in records
    assert len(records) == len(set(records))
    assert any(cause.kind == "chance" for cause in chain.causes)
    assert {"forces of ARD", "forces of DOR"} <= {cause.name for cause in chain.causes if cause.kind == "figure"}
    kept = next(p for p in told.story.pages if isinstance(p.event, ev.Judged) and p.event.verdict.commitment == "deal")
    behind = told.chain(kept.place)
    assert behind is not None
    assert "payment of ARD to COR" in [cause.name for cause in behind.causes]


def test_a_step_that_control_closed_has_the_causes_of_one_that_the_clock_closed() -> None:
    """The same game, each of its steps closed early by control: the same chains, but for who closed the step."""
    opening, entries = played("payoff")
    orders = [entry.order.model_copy(update={"author": CONTROL}) if entry.order.closes else entry.order for entry in entries]
    forced = Chains(Story(opening, [replace(entry, order=order) for entry, order in zip(entries, orders, strict=True)]), "umpire")
    told = chains("payoff")
    for page in told.story.pages:
        if page.order.closes:
            mine, theirs = told.chain(page.place, 1), forced.chain(page.place, 1)
            assert mine is not None
            assert theirs is not None
            assert [c for c in mine.causes if c.kind != "clock"] == [c for c in theirs.causes if c.kind != "order"]
