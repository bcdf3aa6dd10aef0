"""Pages that stand alone: drawings in the page's own colours, the same bytes each time, and templates that refuse a name without value."""

from __future__ import annotations

import re

import pytest
from jinja2 import DictLoader, UndefinedError

from client.paper.sheet import BAD, FAINT, GOOD, INK, LINES, OPEN, inline, sheet
from client.paper.site import templates

STAND_INS = (INK, FAINT, GOOD, OPEN, BAD, *LINES)


def _drawn() -> str:
    with sheet(2.0) as (figure, axes):
        for number, colour in enumerate(STAND_INS):
            axes.plot([0, 1], [number, number], color=colour)
        axes.set_xlabel("turn", color=INK)
        return inline(figure)


def test_a_drawing_takes_every_colour_and_its_letters_from_the_page() -> None:
    """No colour and no font of its own is left."""
    text = _drawn()
    assert text.startswith("<svg")
    assert set(re.findall(r"#[0-9a-f]{6}\b", text)) == set()
    assert set(re.findall(r"var\(--(\w+)\)", text)) == {"ink", "faint", "good", "open", "bad"} | {f"line{k}" for k in range(len(LINES))}
    assert "font-family: inherit" in text
    assert not re.search(r'<svg[^>]* (?:width|height)=', text)


def test_the_style_sheet_gives_every_colour_by_day_and_by_night() -> None:
    """Each variable that a drawing names is set twice in the common sheet."""
    css = templates("client.paper").get_template("paper.css").render()
    named = set(re.findall(r"var\(--(\w+)\)", _drawn()))
    assert {name: len(re.findall(rf"--{name}:", css)) for name in named} == dict.fromkeys(named, 2)


def test_the_same_drawing_has_the_same_bytes() -> None:
    """No date, no random name."""
    assert _drawn() == _drawn()


def test_a_page_begins_with_the_common_look_and_refuses_a_missing_name() -> None:
    """A template of a package extends the paper; what it names has to be there."""
    site = templates("client.laboratory.report")
    assert "--paper" in site.from_string('{% extends "paper.html.jinja" %}{% block title %}t{% endblock %}').render()
    site.loader = DictLoader({"x": "{{ absent }}"})
    with pytest.raises(UndefinedError, match="absent"):
        site.get_template("x").render()
