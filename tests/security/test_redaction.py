"""No viewer learns what is not for it: not by content, size, number, order, name, refusal or silence.

Non-interference: whatever the viewer may not know is changed at random, in a game and in the events; what the viewer is told must stay the
same, byte for byte.  That the method sees something is shown by planting leaks, all of which it must find.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Annotated, get_args

import numpy as np
import pytest

from client.arena import play
from rules import state
from rules import view as doors
from rules.decide import decide
from rules.errors import Refused
from rules.events import EventKinds
from rules.evolve import evolve
from rules.exact import Array, frozen
from rules.legal import legal_orders
from rules.orders import Act, Order, Renounce, SeatAct, Sign
from rules.state import Atlas, Game, Moment, View, World
from rules.turn import TABLE
from rules.view import view
from rules.visibility import PUBLIC, Mark, Record, Unclassified, classified, marks_of
from rules.wire.canonical import canonical
from scenarios import load, opening
from tests.rules.garbage import garbage
from tests.rules.random_play import Stroll, Tally
from tests.scripted import Script
from tests.security.hidden import ROWS, SEALED, SHARED, others, scrambled, scrambled_stream, sees
from tests.security.leaks import LEAKS

EXAMPLES = 3_000
SHARDS = 4
PLANTED_EXAMPLES_MAX = 1_500
WINDOW = 12  # events of a stream looked at in one example


@dataclass(frozen=True)
class Glance:
    """A state in the middle of a game and the events that follow it."""

    game: Game
    ahead: tuple[EventKinds, ...]


@pytest.fixture(scope="module")
def tiny() -> Game:
    """The small case, opened."""
    return opening(load("tiny"), "seed")


@pytest.fixture(scope="module")
def glances(tiny: Game) -> tuple[Glance, ...]:
    """States of random games after every order, secrets and sealed acts included."""
    found: list[Glance] = []
    generous = replace(tiny, world=replace(tiny.world, aid=frozen([0.001] * len(tiny.atlas.countries))))
    for number in range(40):
        stroll = Stroll(replace(generous, seed=f"glance {number}"), Random(f"glance {number}"), Tally(), thorough=0.0)
        stroll.play(steps=60)
        events = [event for entry in stroll.entries for event in entry.events]
        game = stroll.opening
        for k, event in enumerate(events):
            found.append(Glance(game, tuple(events[k : k + WINDOW])))
            game = evolve(game, event)
    return tuple(found)


def difference(glance: Glance, viewer: str, rng: Random) -> str | None:
    """What lets the viewer tell the game from one in which all that is hidden is another; None if nothing does."""
    game = glance.game
    other = scrambled(game, viewer, rng)
    if canonical(doors.view(game, viewer)) != canonical(doors.view(other, viewer)):
        return "the view"
    stream = scrambled_stream(game, glance.ahead, viewer, rng)
    if _told(game, glance.ahead, viewer) != _told(other, stream, viewer):
        return "the events told"
    if viewer in game.atlas.countries:
        same_seed = scrambled(game, viewer, rng, seed=game.seed)
        for act in _tries(game, viewer, rng):
            if _answer(game, viewer, act) != _answer(same_seed, viewer, act):
                return f"the answer to {act}"
    return None


def _told(game: Game, events: tuple[EventKinds, ...], viewer: str) -> bytes:
    told = [doors.tell(game, event, viewer) for event in events]
    return canonical([event for event in told if event is not None])


def _tries(game: Game, viewer: str, rng: Random) -> Iterator[Act]:
    yield garbage(game, rng)
    yield from (Sign(offer=item.id) for item in game.offers if not sees(item, viewer))
    yield from (Renounce(commitment=item.id) for item in game.commitments if not sees(item, viewer))
    legal = legal_orders(doors.view(game, viewer))
    if legal:
        yield rng.choice(legal)


def _answer(game: Game, viewer: str, act: Act) -> bytes:
    """The refusal, or what the author is told of the outcome."""
    try:
        events = decide(game, Order(id="try", author=viewer, act=act))
    except Refused as refusal:
        return f"{refusal.code} {refusal.field} {refusal.sentence}".encode()
    return _told(game, events, viewer)


def _viewers(game: Game) -> tuple[str, ...]:
    return (*game.atlas.countries, doors.PUBLIC_VIEWER)


# --- nothing hidden shows -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shard", range(SHARDS))
def test_what_is_hidden_changes_nothing_that_is_told(glances: tuple[Glance, ...], shard: int) -> None:
    """View, events and answers are the same to the byte, for every seat and the public."""
    for number in range(EXAMPLES // SHARDS):
        rng = Random(f"{shard} {number}")
        glance = rng.choice(glances)
        viewer = rng.choice(_viewers(glance.game))
        found = difference(glance, viewer, rng)
        assert found is None, f"example {shard} {number}: {found} tells {viewer} what is hidden"


def test_the_examples_have_something_to_hide(glances: tuple[Glance, ...]) -> None:
    """Every kind of hidden record occurs in the states that the examples start from."""
    for name in SHARED:
        hidden = [g for g in glances if any(not sees(item, "public") for item in getattr(g.game, name))]
        assert len(hidden) >= 20, name


def test_every_planted_leak_is_found(
    glances: tuple[Glance, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each of the leaks is noticed, and without them nothing is."""
    missed = []
    for name, plant in LEAKS.items():
        with monkeypatch.context() as patch:
            plant(patch)
            _forget()
            if not any(_leaks(glances, number) for number in range(PLANTED_EXAMPLES_MAX)):
                missed.append(name)
    _forget()
    with capsys.disabled():
        print(f"\nplanted leaks found: {len(LEAKS) - len(missed)} of {len(LEAKS)}")
    assert missed == []
    assert len(LEAKS) >= 20
    assert not any(_leaks(glances, number) for number in range(50))


def _forget() -> None:
    """Let the doors make everything anew: what was made with a leak must not be shown without it, nor the other way round."""
    for made in vars(doors).values():
        clear = getattr(made, "cache_clear", None)
        if clear is not None:
            clear()


def _leaks(glances: tuple[Glance, ...], number: int) -> bool:
    rng = Random(f"planted {number}")
    glance = rng.choice(glances)
    return difference(glance, rng.choice(_viewers(glance.game)), rng) is not None


def test_the_public_and_the_seats_see_what_is_theirs(glances: tuple[Glance, ...]) -> None:
    """Closed doors are no answer to leaks: every visible record is shown, every own row is there, control is told everything."""
    for glance in glances[::37]:
        game = glance.game
        for viewer in _viewers(game):
            seen = view(game, viewer)
            for name in SHARED:
                assert len(getattr(seen, name)) == len([item for item in getattr(game, name) if sees(item, viewer)])
        me = game.atlas.countries.index("COR")
        assert view(game, "COR").world.hostile.tolist() == game.world.hostile[me].tolist()
        assert canonical(view(game, "COR").atlas.secret_briefs) == canonical(game.atlas.secret_briefs[me])
        assert [doors.tell(game, event, doors.UMPIRE_VIEWER) for event in glance.ahead] == list(glance.ahead)


# --- a secret deal, from outside --------------------------------------------------------------------------------------------------------


def test_of_a_secret_deal_outsiders_see_nothing(tiny: Game) -> None:
    """Two games that differ only in a secret deal and its payment: to those outside they are the same."""
    paid = {"kind": "aid", "debtor": "ARD", "until": 1, "to": "COR", "amount": 0.5}
    terms = {"deal": {"parties": ["ARD", "COR"], "clauses": [paid], "secret": True}}
    budget = "ARD budget 0.04 0.001"
    quiet = Script({"1 orders 1": [budget]})
    talks = {"1 negotiation 1": ["ARD propose deal 1"], "1 negotiation 2": ["COR sign @ARD"]}
    dealt = Script({**talks, "1 orders 1": [budget, "ARD aid COR 0.5"]}, terms)
    without, with_deal = (play(tiny, script.bots(tiny)).game for script in (quiet, dealt))
    for viewer in ("BRV", "DOR", "public"):
        assert differences(view(without, viewer), view(with_deal, viewer)) == []
    assert differences(view(without, "COR"), view(with_deal, "COR"))


def differences(one: object, other: object, path: str = "") -> list[str]:
    """Paths at which two views differ."""
    if isinstance(one, np.ndarray):
        assert isinstance(other, np.ndarray)
        return [f"{path}{list(map(int, at))}" for at in np.argwhere(one != other)] if one.shape == other.shape else [path]
    if isinstance(one, View | Atlas | World | Moment):
        found = (differences(getattr(one, f.name), getattr(other, f.name), f"{path}.{f.name}".lstrip(".")) for f in dataclasses.fields(one))
        return [item for group in found for item in group]
    return [] if one == other else [path]


# --- everything is classified -----------------------------------------------------------------------------------------------------------


def _records(cls: type[Record]) -> Iterator[type[Record]]:
    for child in cls.__subclasses__():
        yield child
        yield from _records(child)


def test_every_field_of_every_class_is_classified() -> None:
    """All records (state, events, orders, frames) and all dataclasses of the state carry a mark on each field."""
    records = [cls for cls in _records(Record) if cls.__module__.startswith("rules.")]
    assert len(records) > 70
    for cls in records:
        assert set(marks_of(cls)) == set(cls.model_fields), cls
    for whole in (Atlas, Moment, World, Game):
        assert set(marks_of(whole)) == {f.name for f in dataclasses.fields(whole)}
    named = {obj for obj in vars(state).values() if dataclasses.is_dataclass(obj) and getattr(obj, "__module__", "") == "rules.state"}
    assert named == {Atlas, Moment, World, Game, View}
    assert {f.name for f in dataclasses.fields(View)} - {"viewer"} == {f.name for f in dataclasses.fields(Game)} - set(SEALED["Game"])


def test_what_the_scrambling_hides_is_what_the_marks_hide() -> None:
    """Each field that is not public is changed by the scrambling in these tests, so that a new one cannot be forgotten."""
    for cls in (Atlas, Moment, World, Game):
        hidden = {name for name, mark in marks_of(cls).items() if mark is not Mark.PUBLIC}
        stated = {*ROWS.get(cls.__name__, ()), *SEALED.get(cls.__name__, ()), *(SHARED if cls is Game else ())}
        assert hidden == stated, cls


def test_a_record_without_a_mark_cannot_be_defined() -> None:
    """The error comes when the class is made, and names the field."""
    with pytest.raises(Unclassified, match=r"Leaky\.secret"):

        class Leaky(Record):
            open: Annotated[int, PUBLIC]
            secret: int


def test_a_dataclass_without_a_mark_cannot_be_classified() -> None:
    """The same for the dataclasses of the state; a class that nobody classified has no marks to read."""

    @dataclasses.dataclass(frozen=True)
    class Leaky:
        open: Annotated[int, PUBLIC]
        secret: int

    with pytest.raises(Unclassified, match=r"Leaky\.secret"):
        classified(Leaky)
    with pytest.raises(Unclassified, match="Leaky is not classified"):
        marks_of(Leaky)


def test_acts_of_seats_are_sealed_or_open_but_never_half(glances: tuple[Glance, ...]) -> None:
    """Each kind of act belongs to the closed list, and others see of a sealed one nothing at all."""
    kinds = {str(act.model_fields["kind"].default) for act in get_args(SeatAct)}
    for row in TABLE:
        kinds -= row.earlier | row.last
        assert row.sealed <= row.earlier | row.last
    assert kinds == {"done"}
    for glance in glances[::11]:
        for sealed in glance.game.desk:
            for other in others(glance.game, sealed.country):
                assert sealed not in view(glance.game, other).desk
    shown: Array = view(glances[0].game, "public").world.payoff
    assert shown.shape == (0, 6)
