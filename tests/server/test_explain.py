"""``unipole explain`` in the terminal and as JSON: the same chain, cut to size, for the eyes it is meant for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rules import events as ev
from rules.explanation.causes import Chains
from rules.explanation.story import Story
from rules.parameters import origin, usual
from server.cli import main
from server.commands import explain as command
from server.narrate.chains import rows, said
from tests.server.games import log_file, played

SEATS, SEED = "*=random", 5


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A log with many kinds of acts, in a terminal wide enough that no line is broken."""
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setenv("NO_COLOR", "1")
    return log_file(tmp_path, "tiny", SEATS, SEED)


@pytest.fixture(scope="module")
def chains() -> Chains:
    """The chains of the same game."""
    _, match = played("tiny", SEATS, SEED)
    return Chains(Story(match.opening, match.entries))


def out(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """What the command printed."""
    assert main(["explain", *words]) == 0
    return capsys.readouterr().out


def place_of(chains: Chains, kind: str) -> str:
    """The last event of a kind."""
    return [page.place for page in chains.story.pages if page.event.kind == kind][-1]


def test_every_chain_can_be_read(chains: Chains) -> None:
    """Each line of each chain has words, and no place without its sentence."""
    for page in chains.story.pages:
        chain = chains.chain(page.place, depth=2)
        assert chain is not None
        for row in rows(chains, chain):
            assert row.text.strip() == row.text
            assert "None" not in row.text
            assert len(row.text) > (len(page.place) + 3 if row.is_event else 3)


@pytest.mark.parametrize("kind", ["roll-call", "act-sealed", "moved", "step-opened"])
def test_text_and_data_are_the_same_chain(kind: str, log: Path, chains: Chains, capsys: pytest.CaptureFixture[str]) -> None:
    """Every event of the data stands in the text, with its sentence."""
    place = place_of(chains, kind)
    text = out(capsys, str(log), place, "--about", "COR")
    found = json.loads(out(capsys, str(log), place, "--about", "COR", "--json"))
    stack, events = [found], 0
    while stack:
        cause = stack.pop()
        stack.extend(cause.get("causes", []))
        if cause["kind"] == "event":
            assert f"{cause['place']}  {cause['sentence']}" in text
            events += 1
    assert events >= 1
    assert text.startswith(f"{place}  {said(chains, place)}")


def test_a_seat_reads_no_more_than_it_may(log: Path, chains: Chains, capsys: pytest.CaptureFixture[str]) -> None:
    """Another's sealed order is no event for it, and its list is shorter."""
    sealed = next(p for p in chains.story.pages if isinstance(p.event, ev.ActSealed) and p.event.country != "COR")
    assert main(["explain", str(log), sealed.place, "--viewer", "COR"]) == 2
    assert f"There is no event {sealed.place}" in capsys.readouterr().err
    assert len(out(capsys, str(log), "--viewer", "COR").splitlines()) < len(out(capsys, str(log)).splitlines())
    assert main(["explain", str(log), "--viewer", "XYZ"]) == 2
    assert "Choose one of: umpire, public, ARD" in capsys.readouterr().err
    assert main(["explain", str(log), sealed.place, "--about", "XYZ"]) == 2
    assert "There is no country 'XYZ'" in capsys.readouterr().err


def test_very_many_figures_are_told_without_causes(
    log: Path, chains: Chains, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until one country is asked for."""
    monkeypatch.setattr(command, "FIGURES_MAX", 3)
    place = next(p.place for p in reversed(chains.story.pages) if isinstance(p.event, ev.Moved) and p.event.cause == "growth")
    assert "name a country with --about" in out(capsys, str(log), place)
    assert "Parameter growth" not in out(capsys, str(log), place)
    told = out(capsys, str(log), place, "--about", "COR")
    assert "Parameter growth = 0.001 (by default; structure;" in told
    assert ", as the game opened (by the country's figures)" in told


def test_what_a_scenario_sets_is_told_apart_from_what_the_rules_say() -> None:
    """A value that differs from the default comes from the scenario; a switch has a default as well."""
    assert (origin("growth", usual("growth")), origin("growth", 0.02)) == ("default", "scenario")
    assert (origin("bw_logic", "both"), origin("bw_logic", "either")) == ("default", "scenario")
