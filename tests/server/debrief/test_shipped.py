"""Games that ship: of the scenario that stands here, of these rules or said to be of earlier ones, and of nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from scenarios import names
from scenarios.loader import load
from scenarios.pin import head_of
from server.debrief.page import debrief
from server.debrief.shipped import FOLDER, Shipped, play, shipped
from tests.server.games import telling


def test_games_are_kept_with_their_rules_and_found_again(tmp_path: Path) -> None:
    """Each figure of each game; none for other parameters, another scenario, or a file that cannot be read."""
    path = play("tiny", 3, 1, tmp_path)
    head = head_of(load("tiny"), "any", {})
    found = shipped(head, tmp_path)
    assert found is not None
    assert found.rules_hash == head.rules_hash
    assert len(found.rows) == 3
    assert all({"adopted", "wars", "alignment"} <= row.keys() for row in found.rows)
    assert shipped(head.model_copy(update={"parameters": {**head.parameters, "discount": 0.5}}), tmp_path) is None
    assert shipped(head.model_copy(update={"scenario_hash": "other"}), tmp_path) is None
    path.write_text(json.dumps({**json.loads(path.read_text()), "rules_hash": "earlier"}))
    aged = shipped(head, tmp_path)
    assert aged is not None
    assert aged.rules_hash != head.rules_hash
    path.write_text("{")
    assert shipped(head, tmp_path) is None


def test_the_page_says_when_they_are_of_earlier_rules() -> None:
    """And shows them all the same."""
    told = replace(telling("tiny"), others=({"adopted": 1.0}, {"adopted": 3.0}))
    assert "Beside 2 games of bots" in debrief(told)
    assert "earlier version of the rules" not in debrief(told)
    assert "earlier version of the rules" in debrief(replace(told, aged=True))


def test_every_file_that_ships_can_be_read() -> None:
    """And names a scenario of the program."""
    files = sorted(FOLDER.glob("*.json"))
    assert files
    for path in files:
        assert path.stem in names()
        assert len(Shipped.model_validate_json(path.read_text(encoding="utf-8")).rows) == 200
