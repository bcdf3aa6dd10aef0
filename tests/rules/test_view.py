"""The doors: what they hand out in the plain cases; that nothing slips through is shown in tests/security/test_redaction.py."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import Field

from client.arena import play
from client.bots.random_legal import RandomLegal
from rules import events as ev
from rules.state import Game, Moment, View
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER, _blanked, _hides, _prepared, _withheld, hearers, is_told, tell, view, views
from rules.visibility import OWN, PARTIES, PUBLIC, UMPIRE, Record, marks_of
from rules.vocabulary import Payment, Verdict
from rules.wire.canonical import digest
from scenarios import load, opening
from tests.rules.stage import at, tiny


def test_a_seat_has_its_row_and_the_public_has_none() -> None:
    """One-dimensional figures become a number, two-dimensional ones a row; the public gets empty arrays of the same width."""
    mine, open_to_all = view(tiny(), "COR"), view(tiny(), PUBLIC_VIEWER)
    assert mine.me == 2
    assert (mine.world.aid.shape, mine.world.hostile.shape, mine.atlas.salience.shape) == ((), (4,), (1,))
    assert (open_to_all.world.aid.shape, open_to_all.world.hostile.shape) == ((0,), (0, 4))
    assert mine.world.forces.tolist() == tiny().world.forces.tolist()
    assert (open_to_all.atlas.news, open_to_all.atlas.secret_briefs, open_to_all.atlas.objectives) == ((), (), ())
    assert not hasattr(mine, "seed")
    with pytest.raises(ValueError, match="not in tuple"):
        _ = open_to_all.me


def test_the_atlas_is_masked_once_and_never_shared() -> None:
    """The same seat gets the same object, another seat another."""
    assert view(tiny(), "COR").atlas is view(at("1 briefing 1"), "COR").atlas
    assert view(tiny(), "COR").atlas is not view(tiny(), "BRV").atlas


def test_of_a_change_of_figures_each_is_told_its_own() -> None:
    """Nobody hears of an event in which nothing is for it; control hears all."""
    beliefs = ev.Moved.of("alarm", [ev.Change("hostile", (k, 0), 0.5) for k in (1, 2)])
    told = tell(tiny(), beliefs, "COR")
    assert isinstance(told, ev.Moved)
    assert [change.at for change in told.changes] == [(2, 0)]
    assert tell(tiny(), beliefs, "DOR") is None
    assert tell(tiny(), beliefs, PUBLIC_VIEWER) is None
    assert tell(tiny(), beliefs, UMPIRE_VIEWER) is beliefs


def test_witnesses_do_not_hear_who_else_is_one() -> None:
    """The bookkeeping of an audience is for control."""
    verdict = Verdict(commitment="x", clause=0, debtor="ARD", turn=1, finding="kept", reason="y", witnesses=("ARD", "COR"))
    told = tell(tiny(), ev.Judged(verdict=verdict), "COR")
    assert isinstance(told, ev.Judged)
    assert told.verdict.witnesses == ()
    assert tell(tiny(), ev.Judged(verdict=verdict), "DOR") is None
    ended = ev.CommitmentEnded(commitment="x", reason="y", witnesses=("ARD", "COR"))
    assert tell(tiny(), ended, "ARD") == ended.model_copy(update={"witnesses": ()})


def test_fields_are_blanked_at_every_depth() -> None:
    """Inside records, inside tuples of records, and not where there is nothing to hide."""

    class Inner(Record):
        shown: Annotated[int, PUBLIC]
        kept: Annotated[str, UMPIRE] = ""
        noted: Annotated[tuple[str, ...], UMPIRE] = Field(default_factory=tuple)

    class Outer(Record):
        count: Annotated[int, PUBLIC] = 0
        one: Annotated[Inner, PUBLIC]
        many: Annotated[tuple[Inner, ...], PUBLIC]
        seen_by: Annotated[tuple[str, ...], PARTIES] = ()

    inner, bare = Inner(shown=1, kept="secret", noted=("secret",)), Inner(shown=1)
    assert _blanked(Outer(one=inner, many=(inner, inner), seen_by=("ARD",))) == Outer(one=bare, many=(bare, bare))
    assert _blanked(Outer(one=bare, many=(inner,))) == Outer(one=bare, many=(bare,))
    assert _blanked(Outer(one=bare, many=())) == Outer(one=bare, many=())
    plain = ev.SeatDone(country="ARD")
    assert _blanked(plain) is plain


def test_what_hides_something_is_known_by_its_class() -> None:
    """A record hides what any record inside it hides, whatever else is in it; a record without such fields hides nothing."""

    class Plain(Record):
        shown: Annotated[int, PUBLIC]

    class Sealed(Record):
        kept: Annotated[int, UMPIRE]

    class Around(Record):
        first: Annotated[Plain, PUBLIC]
        then: Annotated[tuple[Sealed, ...], PUBLIC]

    assert [_hides(kind) for kind in (Plain, Sealed, Around)] == [False, True, True]


def test_what_is_withheld_is_empty() -> None:
    """A text stays a text, anything else has nothing in it."""
    assert [_withheld(value) for value in ("secret", ("secret",), 3)] == ["", (), ()]


def test_every_event_is_told_to_its_audience(told: tuple[ev.EventKinds, ...]) -> None:
    """And to nobody else, over random games."""
    for event in told[::3]:
        audience = event.audience()
        for viewer in (*tiny().atlas.countries, PUBLIC_VIEWER):
            heard = tell(tiny(), event, viewer)
            assert is_told(tiny(), event, viewer) == (heard is not None)
            if isinstance(event, ev.Moved):
                assert heard is None or set(getattr(heard, "changes", ())) <= set(event.changes)
            else:
                assert (heard is not None) == (audience is None or viewer in audience)


def test_who_hears_is_whom_something_is_told() -> None:
    """Of seats, the public and control, in a game of random acts: what is asked without making it is what would be made."""
    game = opening(load("tiny"), "hearers")
    played = play(game, {country: RandomLegal(country) for country in game.atlas.countries})
    viewers = (*game.atlas.countries, PUBLIC_VIEWER, UMPIRE_VIEWER)
    events = [event for entry in played.entries for event in entry.events]
    assert {type(event) for event in events} >= {ev.Moved, ev.StepOpened}
    for event in events:
        told = [viewer for viewer in viewers if tell(game, event, viewer) is not None]
        assert list(hearers(game, event, viewers)) == [viewer for viewer in viewers if is_told(game, event, viewer)] == told
    assert any(len(list(hearers(game, event, viewers))) < len(viewers) for event in events if isinstance(event, ev.Moved))


def _remark(monkeypatch: pytest.MonkeyPatch, mark: object) -> None:
    """Mark the turn in another way, and let what follows from the marks be found anew at every look."""
    monkeypatch.setitem(marks_of(Moment), "turn", mark)
    monkeypatch.setattr("rules.view._prepared", vars(_prepared)["__wrapped__"])


def test_a_scalar_cannot_be_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark that makes no sense is an error, not a leak."""
    _remark(monkeypatch, OWN)
    with pytest.raises(TypeError, match="cannot be marked OWN"):
        view(tiny(), "COR")


def test_a_mark_that_nobody_knows_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Closed by default."""
    _remark(monkeypatch, "semi-public")
    assert view(tiny(), "COR").moment.turn is None


def test_a_view_has_the_fields_of_a_game() -> None:
    """And says whose it is."""
    assert isinstance(view(tiny(), "ARD"), View)
    assert view(tiny(), "ARD").viewer == "ARD"


def test_views_made_together_are_the_views_made_alone() -> None:
    """For every seat and the public, at every step of a game of random acts; only what all may know is shared."""
    game = opening(load("octet"), "views")
    viewers = (*game.atlas.countries, PUBLIC_VIEWER)
    seen: list[Game] = []
    play(game, {country: RandomLegal(country) for country in game.atlas.countries}, lambda after, _: seen.append(after))
    for after in seen[::5]:
        for viewer, sight in zip(viewers, views(after, viewers), strict=True):
            assert digest(sight) == digest(view(after, viewer))
            assert sight.viewer == viewer


def test_aid_is_told_to_giver_and_receiver() -> None:
    """And to control."""
    paid = ev.AidSent(payment=Payment(sender="ARD", receiver="COR", amount=1.0))
    assert [tell(tiny(), paid, viewer) for viewer in ("ARD", "COR", "BRV", PUBLIC_VIEWER)] == [paid, paid, None, None]
    assert paid.audience() == {"ARD", "COR"}
