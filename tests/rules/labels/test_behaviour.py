"""Labels of behaviour: they have evidence, follow no name, and the narrow definition never sees more than the broad one."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from client.laboratory.relabel import relabelled
from rules import events as ev
from rules.labels import behaviour as module
from rules.labels.behaviour import AGAINST, MEANT, TESTS, WITH, Conduct, Definitions, behaviour
from rules.labels.chapters import Chapter, Happened, chapters
from rules.labels.signs import signs
from rules.labels.signs_of_acts import EVENTS, FIGURES
from rules.labels.signs_of_clauses import CLAUSES as CLAUSE_SIGNS
from rules.pacts.clauses import CLAUSES
from rules.state import World
from rules.wire.canonical import game_hash
from tests.rules.random_play import Stroll

NARROW = Definitions(balancing="narrow")
NAMES = {"ARD": "BRV", "BRV": "DOR", "DOR": "ARD"}


@pytest.fixture(scope="module")
def told(strolls: tuple[Stroll, ...]) -> tuple[Chapter, ...]:
    """The turns of random games."""
    return tuple(chapter for stroll in strolls for chapter in chapters(stroll.opening, stroll.entries))


def renamed(chapter: Chapter) -> Chapter:
    """The same turn with some countries exchanged by name, every figure in its row."""
    events = tuple(item.event for item in chapter.happened)
    before = relabelled(replace(chapter.before, desk=(*chapter.before.desk, *events)), NAMES)  # type: ignore[arg-type]  # any record is renamed
    sealed = len(chapter.before.desk)
    happened = tuple(Happened(item.place, event) for item, event in zip(chapter.happened, before.desk[sealed:], strict=True))  # type: ignore[arg-type]  # what was put there
    return Chapter(replace(before, desk=before.desk[:sealed]), happened, relabelled(chapter.after, NAMES))


def by_name(found: tuple[Conduct, ...]) -> dict[str, tuple[str, ...]]:
    """Labels of each country."""
    return {conduct.country: conduct.labels for conduct in found}


def swapped(found: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The same with the countries exchanged."""
    return {NAMES.get(country, country): labels for country, labels in found.items()}


def standing(places: dict[str, ev.EventKinds]) -> list[str]:
    """Where the events are that were not undone, from the first step on."""
    kept: list[str] = []
    for place, event in places.items():
        if isinstance(event, ev.Undone):
            step = (event.turn, event.phase, event.round)
            while kept:
                last = places[kept.pop()]
                if isinstance(last, ev.StepOpened) and (last.turn, last.phase, last.round) == step:
                    break
        if isinstance(event, ev.StepOpened) or kept:
            kept.append(place)
    return kept


def test_a_log_is_cut_into_its_turns(strolls: tuple[Stroll, ...]) -> None:
    """Every event of a turn stands in it once, in its place; the last chapter ends where the game ends."""
    for stroll in strolls:
        found = list(chapters(stroll.opening, stroll.entries))
        assert [chapter.turn for chapter in found] == list(range(1, len(found) + 1))
        places = {f"{n}.{k}": e for n, entry in enumerate(stroll.entries, 1) for k, e in enumerate(entry.events, 1)}
        assert all(places[item.place] is item.event for chapter in found for item in chapter.happened)
        assert [item.place for chapter in found for item in chapter.happened] == standing(places)
        assert game_hash(found[-1].after) == game_hash(stroll.game)


def test_every_label_occurs_and_rests_on_evidence(told: tuple[Chapter, ...]) -> None:
    """In random games nearly every label is met; each has signs of that state; the unipole has none."""
    met: set[str] = set()
    for chapter in told:
        places = {item.place for item in chapter.happened}
        kept = {c.id for c in chapter.before.commitments} | {o.id for o in chapter.after.operations} | {"bases"}
        for conduct in behaviour(chapter):
            assert conduct.country != chapter.unipole
            met.update(conduct.labels)
            for finding in conduct.findings:
                assert finding.evidence
                assert all(sign.country == conduct.country and sign.place in places | kept for sign in finding.evidence)
    assert len(met) >= 10
    assert met <= set(MEANT)


def test_every_label_has_a_meaning_and_a_source() -> None:
    """In the order of the tests; hedging is made of others."""
    assert {label for label, _ in TESTS} | {"hedging"} == set(MEANT)
    assert set(MEANT) > AGAINST | WITH
    assert not AGAINST & WITH
    assert all(meant.cites and meant.sentence for meant in MEANT.values())


def test_the_narrow_definition_sees_no_more_balancing(told: tuple[Chapter, ...]) -> None:
    """Narrow is a part of broad, always (W58)."""
    balancing = {label for label in AGAINST if "balancing" in label}
    for chapter in told:
        for narrow, broad in zip(behaviour(chapter, NARROW), behaviour(chapter), strict=True):
            assert set(narrow.labels) & balancing <= set(broad.labels)


def test_labels_follow_no_name(told: tuple[Chapter, ...]) -> None:
    """With the names exchanged the labels change hands and nothing else."""
    for chapter in told:
        assert by_name(behaviour(renamed(chapter))) == swapped(by_name(behaviour(chapter)))


def test_a_label_that_follows_a_name_is_found(told: tuple[Chapter, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted test that looks at the name of the country does not survive the exchange."""
    planted = ("prudence", lambda case: case.signs if case.country == "COR" or case.country < "C" else ())
    monkeypatch.setattr(module, "TESTS", (*TESTS[:-1], planted))
    assert any(by_name(behaviour(renamed(chapter))) != swapped(by_name(behaviour(chapter))) for chapter in told)


def test_looking_changes_nothing(told: tuple[Chapter, ...]) -> None:
    """A chapter is read, twice alike."""
    for chapter in told[:20]:
        before = game_hash(chapter.after)
        assert signs(chapter) == signs(chapter)
        assert behaviour(chapter) == behaviour(chapter)
        assert game_hash(chapter.after) == before


def test_readers_stand_under_kinds_that_exist() -> None:
    """Events, figures and clauses that are read are those of the game; of the clauses only a promise to consult says nothing."""
    kinds = {str(cls.model_fields["kind"].default) for cls in get_args(ev.EventKinds)}
    assert set(EVENTS) <= kinds
    assert set(FIGURES) <= set(World.__dataclass_fields__)
    assert set(CLAUSE_SIGNS) <= {str(cls.model_fields["kind"].default) for cls in CLAUSES}
    assert "consult" not in CLAUSE_SIGNS


def test_a_log_without_a_turn_has_no_chapters(strolls: tuple[Stroll, ...]) -> None:
    """Nor what comes before the first."""
    assert list(chapters(strolls[0].opening, ())) == []
    assert list(chapters(strolls[0].opening, strolls[0].entries[:0])) == []
