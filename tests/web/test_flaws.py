"""The program that looks at pages finds what is planted, and lets pass what is as it should be."""

from __future__ import annotations

import pytest

from tests.web.conftest import Newcomer
from tests.web.flaws import flaws, flaws_at

ROW = '<li style="grid-column: 1 / -1; gap: 8px; display: {display}"><b>{tag}</b><span>{text}</span></li>'
FIGURE = '<label style="display: flex"><span style="{name}">{text}</span><input inputmode="decimal" style="width: 80px"></label>'
NAMES = ("arms", "investment", "weapons programme", "mobilisation", "reach")


def _list(display: str) -> str:
    rows = "".join(ROW.format(display=display, tag=tag, text=text) for tag, text in (("holds", "one"), ("not yet", "two"), ("x", "three")))
    return f'<ul style="padding: 0; display: grid; grid-template-columns: 90px 1fr">{rows}</ul>'


def _form(layout: str, name: str = "") -> str:
    return f'<div style="width: 420px; {layout}">' + "".join(FIGURE.format(name=name, text=text) for text in NAMES) + "</div>"


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ('<p style="width: 90px; overflow-wrap: break-word">Authorisation of the unconstitutionality</p>', "broken:"),
        ('<p lang="ru" style="width: 90px; overflow-wrap: break-word">О санкционировании</p>', "broken:"),
        ('<p style="font-family: monospace; width: 8.5ch">Draft 1-1</p>', "broken:"),
        (_list("flex"), "ragged:"),
        (_form("display: flex; flex-wrap: wrap"), "ragged:"),
        ('<p style="width: 40px; white-space: nowrap; overflow: hidden">one two three four</p>', "cut:"),
        ('<div style="width: 3000px">wide</div>', "sideways:"),
        ('<div class="scroll" style="width: 90px; overflow-x: auto"><div style="width: 200px">wide</div></div>', "sideways:"),
        ('<select aria-label="of" style="width: 90px"><option>Authorisation of force</option></select>', "cut:"),
    ],
)
def test_a_planted_fault_is_found(newcomer: Newcomer, planted: str, kind: str) -> None:
    """Each sort of fault by its own word."""
    page = newcomer().page
    page.set_content(planted)
    assert {flaw.split()[0] for flaw in flaws(page)} == {kind}


@pytest.mark.parametrize(
    "sound",
    [
        '<p style="width: 200px">A long line of short words that goes on over several lines, and Anglo-American too.</p>',
        _list("grid; grid-template-columns: subgrid"),
        _form("display: grid; grid-template-columns: 1fr 1fr", "flex: 1"),
    ],
)
def test_what_is_as_it_should_be_passes(newcomer: Newcomer, sound: str) -> None:
    """Words may go to the next line, rows have one edge, figures stand under each other."""
    page = newcomer().page
    page.set_content(sound)
    assert flaws(page) == []


def test_each_width_is_looked_at_and_the_page_left_as_wide_as_it_was(newcomer: Newcomer) -> None:
    """What is wrong at one width alone is told with that width."""
    page = newcomer(width=900).page
    page.set_content('<p style="width: 600px">Words</p>')
    assert [flaw.split(",")[0] for flaw in flaws_at(page)] == ["360 px", "500 px"]
    assert page.viewport_size is not None
    assert page.viewport_size["width"] == 900
