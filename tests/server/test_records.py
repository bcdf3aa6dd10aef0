"""Records: tidy tables that say what the log says, in every format alike, each column in the codebook."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import json
from collections import Counter
from pathlib import Path

import pytest

from server.cli import main
from server.records import writing
from server.records.designs import ALL, DESIGNS
from server.records.making import Source, tables
from server.records.tables import Column, Design, Table, codebook, filled
from server.records.writing import NoParquet, written
from tests.server.games import log_file, played

ROOT = Path(__file__).resolve().parents[2]


def source(scenario: str = "iraq-2003", *, step_ms: int = 0) -> Source:
    """A game, with an entry every ``step_ms``."""
    match = played(scenario)[1]
    times = tuple(1_000_000 + step_ms * k if step_ms else 0 for k in range(len(match.entries)))
    return Source(match.opening, match.entries, times, "c0ffee" * 10)


def by_name(found: list[Table]) -> dict[str, list[dict[str, object]]]:
    """Rows as records, by table."""
    return {table.design.name: [dict(zip(table.names, row, strict=True)) for row in table.rows] for table in found}


def test_values_are_of_the_kind_that_the_codebook_says() -> None:
    """Every value of every table, and no column is empty throughout but where nothing happened."""
    kinds = {"text": str, "whole": int, "number": float, "truth": bool}
    for table in tables(source(step_ms=500)):
        for row in table.rows:
            for column, value in zip(table.design.columns, row, strict=True):
                assert value is None or type(value) is kinds[column.kind], (table.design.name, column.name, value)


def test_tables_say_what_the_log_says() -> None:
    """Counts of orders, events, ballots, agreements and verdicts; breaches and agreement with the unipole."""
    match, found = played("iraq-2003")[1], by_name(tables(source()))
    game, countries = match.game, match.opening.atlas.countries
    seats = [entry.order.author for entry in match.entries if entry.order.author in countries]
    assert len(found["orders"]) == len(seats)
    assert {row["state"]: row["orders"] for row in found["participation"]} == {c: Counter(seats)[c] for c in countries}
    assert len(found["events"]) == sum(len(entry.events) for entry in match.entries)
    assert len(found["ballots"]) == sum(len(draft.ballots) for draft in game.drafts)
    made = [e for entry in match.entries for e in entry.events if e.kind == "commitment-made"]
    assert len(found["commitments"]) == len(match.opening.commitments) + len(made)
    assert sum(bool(row["secret"]) for row in found["commitments"]) == len([e for e in made if e.commitment.terms.secret])
    assert [row["finding"] for row in found["verdicts"]] == [v.finding for v in game.verdicts]
    assert sum(bool(row["breach"]) for row in found["verdicts"]) == sum(int(str(row["promises_broken"])) for row in found["participation"])
    assert len(found["states"]) == len(countries) * (1 + game.moment.turn)
    (of,) = found["games"]
    facts = {"scenario": "iraq-2003", "unipole": "USA", "states": len(countries), "turns_played": 6, "finished": True}
    assert of.items() >= facts.items()
    assert str(of["log"]).startswith(str(of["game"]))
    last = [row["position"] for row in found["issues"] if row["turn"] == game.moment.turn]
    assert last == [float(position) for position in game.world.positions]
    assert len(found["issues"]) == len(match.opening.atlas.issues) * (1 + game.moment.turn)
    places = {row["place"] for row in found["events"]}
    assert {row["place"] for row in (*found["ballots"], *found["verdicts"])} <= places
    assert {row["made"] for row in found["commitments"]} - {None} <= places
    for row in found["ballots"]:
        alike = row["choice"] == row["unipole_choice"]
        assert row["agreement"] is None if row["state"] == "USA" else (row["agreement"] == 1.0) == alike


def test_seconds_are_counted_where_the_log_has_times() -> None:
    """Empty without; with times never negative, and more for who sent its last order later."""
    assert {row["seconds"] for row in by_name(tables(source("tiny")))["participation"]} == {None}
    timed = by_name(tables(source("tiny", step_ms=1000)))["participation"]
    assert all(float(str(row["seconds"])) >= 0.0 for row in timed)
    assert any(float(str(row["seconds"])) > 0.0 for row in timed)


def test_every_format_holds_the_same(tmp_path: Path) -> None:
    """CSV and JSON lines, field by field; a text that a spreadsheet would run is held back."""
    found = tables(source("tiny"))
    paths, _ = written(tmp_path, [found], ("csv", "jsonl"))
    assert len(paths) == 2 * len(DESIGNS) + 1
    for table in found:
        with (tmp_path / f"{table.design.name}.csv").open(newline="", encoding="utf-8-sig") as file:
            sheet = list(csv.DictReader(file))
        assert (tmp_path / f"{table.design.name}.csv").read_bytes().startswith(b"\xef\xbb\xbf")  # Excel asks for it
        lines = [json.loads(line) for line in (tmp_path / f"{table.design.name}.jsonl").read_text().splitlines()]
        assert len(sheet) == len(lines) == len(table.rows)
        for shown, told in zip(sheet, lines, strict=True):
            assert shown.keys() == told.keys()
            for name, value in told.items():
                plain = "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
                assert shown[name].removeprefix("'") == plain
    evil = filled(Design("evil", "row", (Column("text", "text", "a text"),)), [("=1+1",)])
    written(tmp_path, [[evil]], ("csv",))
    assert (tmp_path / "evil.csv").read_text(encoding="utf-8-sig").splitlines() == ["text", "'=1+1"]


def test_a_row_that_does_not_fit_is_an_error() -> None:
    """A table is whole or it is not."""
    with pytest.raises(ValueError, match="does not fit"):
        filled(DESIGNS[0], [("too few",)])


def test_the_codebook_in_the_reference_is_that_of_the_tables() -> None:
    """The page is what the program writes beside the tables."""
    assert (ROOT / "docs" / "reference" / "codebook.md").read_text(encoding="utf-8") == codebook(ALL)


def test_parquet_is_written_or_its_lack_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the library if it is there; without it nothing is written at all."""
    found = tables(source("tiny"))
    if importlib.util.find_spec("pyarrow"):
        written(tmp_path / "with", [found], ("parquet",))
        parquet = importlib.import_module("pyarrow.parquet")
        for table in found:
            read = parquet.read_table(tmp_path / "with" / f"{table.design.name}.parquet")
            assert read.num_rows == len(table.rows)
            assert read.column_names == table.names

    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(NoParquet):
        written(tmp_path / "without", [found], ("csv", "parquet"))
    assert not (tmp_path / "without").exists()


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Tables of a log file in a folder; what cannot be done is said."""
    log, out = log_file(tmp_path, "tiny"), tmp_path / "records"
    assert main(["records", str(log), "--out", str(out)]) == 0
    assert "participation 4" in " ".join(capsys.readouterr().out.split())
    assert sorted(path.name for path in out.iterdir()) == sorted([*(f"{d.name}.csv" for d in DESIGNS), "codebook.md"])
    assert main(["records", str(log), "--out", str(out), "--format", "csv", "--format", "jsonl"]) == 0
    assert (out / "orders.jsonl").is_file()
    assert main(["records", str(log), "--out", str(log)]) == 2
    capsys.readouterr()
    monkeypatch.setattr(writing, "_parquet", _none)
    assert main(["records", str(log), "--out", str(out), "--format", "parquet"]) == 2
    assert "pyarrow" in capsys.readouterr().err


def test_many_games_go_into_the_same_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each row says of which game it is; written again, they are the same byte for byte."""
    first, second = log_file(tmp_path, "tiny"), tmp_path / "second.jsonl"
    assert main(["run", "tiny", "--seed", "11", "--set", "shelter=0.5", "--log", str(second)]) == 0
    for folder in ("once", "again"):
        assert main(["records", str(first), str(second), "--out", str(tmp_path / folder), "--format", "csv", "--format", "jsonl"]) == 0
    assert "of 2 games" in " ".join(capsys.readouterr().out.split())
    for path in (tmp_path / "once").iterdir():
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()
    rows = [json.loads(line) for line in (tmp_path / "once" / "states.jsonl").read_text().splitlines()]
    assert len({row["game"] for row in rows}) == 2
    usual, other = [json.loads(line) for line in (tmp_path / "once" / "games.jsonl").read_text().splitlines()]
    assert usual["seed"] != other["seed"]
    assert set(other["parameters"].split()) - set(usual["parameters"].split()) == {"shelter=0.5"}
    assert main(["records", "--out", str(tmp_path)]) == 2


def _none() -> object:
    raise NoParquet
