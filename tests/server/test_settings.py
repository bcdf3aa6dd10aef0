"""The pages about settings, limits and reasons say what the code says."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from rules.wire.codec import FrameCode
from server.reasons import CloseCode, Reason, refusal
from server.sessions.roles import RIGHTS, ROLES
from server.settings import Limits, Rate, Settings
from server.web.connection import CLOSE_CODES
from server.web.denials import STATUS
from server.web.http import ROUTES

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference"


def rows(page: str, heading: str) -> dict[str, list[str]]:
    """First cell -> other cells, of the table under a heading."""
    text = (REFERENCE / page).read_text()
    section = text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): row[1:] for row in cells}


def shown(value: object) -> str:
    """A default as the pages write it."""
    match value:
        case Rate():
            return f"{value.per_second:g} a second, {value.burst} at once"
        case bool():
            return "yes" if value else "no"
        case None | ():
            return "none"
        case float():
            return f"{value:g}"
        case _:
            return str(value)


@pytest.mark.parametrize(("page", "heading", "cls"), [("settings.md", "Settings", Settings), ("limits.md", "Limits", Limits)])
def test_every_setting_stands_on_its_page_with_its_default(page: str, heading: str, cls: type[Settings | Limits]) -> None:
    """No more and no less."""
    made = cls()
    defaults = {f.name: shown(getattr(made, f.name)) for f in dataclasses.fields(cls) if f.name != "limits"}
    assert {name: cells[0] for name, cells in rows(page, heading).items()} == defaults


def test_every_reason_stands_on_its_page_with_its_status() -> None:
    """And none is without a sentence."""
    assert {name: cells[0] for name, cells in rows("http.md", "Reasons").items()} == {
        reason.value: str(STATUS[reason]) for reason in Reason
    }
    for reason in frozenset(Reason) - SAID_WHERE_RAISED:
        assert re.search(r"\w{3}.*\.$", refusal(reason).sentence)


SAID_WHERE_RAISED = {
    Reason.PACE,
    Reason.UNFILLED,
    Reason.BAD_PARAMETER,
    Reason.ID_LONG,
    Reason.ENVELOPE_LONG,
    Reason.TOO_MANY,
    Reason.TOO_LONG,
    Reason.BAD_REQUEST,
}


def test_every_role_and_right_stands_on_its_page() -> None:
    """As the table of the code has them, in its order."""
    table = rows("http.md", "Roles")
    assert {name: cells[-1] for name, cells in table.items() if name in RIGHTS} == RIGHTS
    said = {name: tuple(cells[-1].split(", ")) for name, cells in table.items() if name in ROLES}
    assert said == {name: tuple(right for right in RIGHTS if right in role.rights) for name, role in ROLES.items()}


def test_every_close_code_stands_on_its_page() -> None:
    """With the reasons of the codec that lead to it."""
    table = rows("limits.md", "Close codes")
    assert set(table) == {str(code.value) for code in CloseCode}
    for code in FrameCode:
        assert code.value in table[str(CLOSE_CODES[code].value)][0]


def test_every_route_stands_on_its_page() -> None:
    """With its method and who may ask."""
    table = rows("http.md", "Routes")
    assert set(table) == {f"{route.method} {route.path}" for route in ROUTES}
    for route in ROUTES:
        assert table[f"{route.method} {route.path}"][1] == (route.bearer or "anybody")
