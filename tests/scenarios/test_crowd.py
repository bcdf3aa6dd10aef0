"""Seats made of figures, and figures whose unit and source are said once."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import load, opening
from scenarios.check import check
from scenarios.columns import filled
from scenarios.faults import BadScenario
from tests.scenarios.folders import copy_of_tiny, edit


def test_everybody_has_a_seat_with_two_sheets_of_its_own() -> None:
    """193 seats, each with objectives; the sheets tell figures, bodies, neighbours and ties."""
    scenario = load("un-193")
    assert len(scenario.data.seat) == len({place.public for place in scenario.data.seat}) == 193
    assert all(place.objectives for place in scenario.data.seat)
    briefs = zip(scenario.public_briefs, scenario.secret_briefs, strict=True)
    sheets = dict(zip([land.id for land in scenario.data.country], briefs, strict=True))
    public, secret = sheets["FRA"]
    assert "Your economy is number 6 of 193" in public
    assert "General Assembly, Security Council, North Atlantic Council" in public
    assert "Your no stops a decision" in public
    assert "Your no stops a decision" not in sheets["GTM"][0]
    assert "nearer to United States than most of your region" in secret
    assert "a treaty of defence with United States" in secret


def test_a_written_seat_stays_as_it_is(tmp_path: Path) -> None:
    """Only countries without a seat get one that is made."""
    folder = copy_of_tiny(tmp_path)
    edit(folder, 'unipole = "ARD"', 'unipole = "ARD"\neverybody = true')
    assert load(folder).public_briefs == load("tiny").public_briefs
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    (folder / "scenario.toml").write_text(text[: text.rindex("[[seat]]")], encoding="utf-8")
    made = load(folder)
    assert len(made.data.seat) == 4
    assert made.public_briefs[:3] == load("tiny").public_briefs[:3]
    assert made.data.seat[3].public == "made/DOR.md"
    assert [f for f in check(made) if f.level == "error"] == []


def test_without_seats_nobody_can_play(tmp_path: Path) -> None:
    """A file without seats is refused, with the remedy."""
    folder = copy_of_tiny(tmp_path)
    text = (folder / "scenario.toml").read_text(encoding="utf-8")
    (folder / "scenario.toml").write_text(text[: text.index("[[seat]]")], encoding="utf-8")
    with pytest.raises(BadScenario, match="everybody = true"):
        load(folder)


def test_a_column_gives_its_unit_and_source_to_bare_numbers() -> None:
    """Full figures and other keys are left alone; without columns nothing changes."""
    whole = {"value": 2, "unit": "bn", "source": "own"}
    land = {"id": "AAA", "figures": {"gdp": 5, "milex": whole, "wmd": True}}
    column = {"unit": "bn", "source": "book"}
    table = {"columns": {"gdp": column, "milex": column, "wmd": column}, "country": [land]}
    assert filled(table)["country"] == [{"id": "AAA", "figures": {"gdp": {**column, "value": 5}, "milex": whole, "wmd": True}}]
    assert filled({"country": [land]}) == {"country": [land]}
    assert filled({**table, "country": "none"})["country"] == "none"


def test_the_united_nations_have_bodies_of_four_kinds() -> None:
    """The Assembly has everybody and no veto, the Council fifteen and five; an alliance decides by consensus, six powers only talk."""
    game = opening(load("un-193"), "seed")
    assembly, council, alliance, talks = game.atlas.councils
    assert assembly.members == game.atlas.countries
    assert (assembly.method, assembly.veto, assembly.quorum, len(council.members), len(council.permanent)) == ("majority", False, 97, 15, 5)
    assert [(body.method, len(body.members)) for body in (alliance, talks)] == [("consensus", 28), ("forum", 6)]
