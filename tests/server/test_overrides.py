"""``unipole overrides``: what was set by hand, and the game without it."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from rules.orders import CONTROL, Act, Order, Override, Start
from rules.sequence import Recorded, closing, take
from rules.wire.logbook import pack, write
from scenarios import load, opening
from scenarios.pin import head_of
from server.commands.logs import open_log
from server.commands.overrides import overrides, without


def logged(path: Path, *acts: tuple[int, Act]) -> Path:
    """A log of the small case in which nobody acts but control: after so many steps, an act."""
    game, entries = opening(load("tiny"), "by hand"), list[Recorded]()

    def give(order: Order) -> None:
        nonlocal game
        game, entry = take(game, order)
        entries.append(entry)

    give(Order(id="control:start", author=CONTROL, act=Start()))
    step = 0
    while game.moment.status == "running":
        for number, (when, act) in enumerate(acts):
            if when == step:
                give(Order(id=f"control:{number}", author=CONTROL, act=act))
        give(closing(game.moment))
        step += 1
    head = head_of(load("tiny"), "by hand", {})
    path.write_text("\n".join(write(head, [(pack(entry), 0) for entry in entries])))
    return path


def said(path: Path) -> str:
    """What the command prints."""
    out = io.StringIO()
    overrides(path, Console(file=out, width=200))
    return out.getvalue()


def test_the_game_without_an_override_is_told_beside_the_game(tmp_path: Path) -> None:
    """The override with the rules' own value, then the figures that it changed to the end."""
    path = logged(tmp_path / "game.jsonl", (3, Override(figure="forces", at=("COR",), value=50.0, reason="a slip")))
    text = said(path)
    assert "Control set the forces of Corin to 50" in text
    assert "a slip" in text
    assert "In the end, with them and without:" in text
    assert "Forces of COR" in text
    plain = open_log(logged(tmp_path / "plain.jsonl"))
    assert without(open_log(path)).game.world.forces.tolist() == without(plain).game.world.forces.tolist()
    assert without(open_log(path)).refused == ()


def test_an_override_that_was_taken_back_makes_no_difference(tmp_path: Path) -> None:
    """The figure is set back at once."""
    was = float(opening(load("tiny"), "by hand").world.esteem[1])
    there = Override(figure="esteem", at=("BRV",), value=0.9, reason="a slip")
    back = Override(figure="esteem", at=("BRV",), value=was, reason="sorry")
    assert "nothing would have been different" in said(logged(tmp_path / "game.jsonl", (0, there), (0, back)))


def test_a_log_without_overrides_says_so(tmp_path: Path) -> None:
    """In one sentence."""
    assert said(logged(tmp_path / "game.jsonl")).startswith("Nothing was set by hand")
