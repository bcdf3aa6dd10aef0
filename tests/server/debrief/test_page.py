"""The debrief as a page: everything in it, nothing to load, nothing unescaped, and a policy that lets only its own style in."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from rules.view import UMPIRE_VIEWER
from server.debrief.page import PARTS, debrief, write_debrief
from server.debrief.telling import Telling
from tests.server.games import played, telling

VOID = {"meta", "br", "img", "link", "input", "hr"}


class Outline(HTMLParser):
    """What a page is made of: ids, links within it, loads from outside, and tags left open or closed twice."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.faults += [f"{tag} is left open" for tag in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note ids, links and loads."""
        if tag not in VOID:
            self._open.append(tag)
        for name, value in attrs:
            text = value or ""
            if name == "style" or name.startswith("on"):
                self.faults.append(f"{tag} has {name}, which the policy forbids")
            if name == "id":
                self.ids.append(text)
            if tag == "a" and name == "href":
                self.links.append(text)
            if name == "src" or (tag in ("link", "script", "iframe") and name == "href") or "url(http" in text:
                self.loads.append(text)
        if tag == "script":
            self.loads.append("a script")

    def handle_endtag(self, tag: str) -> None:
        """Match it with the last one opened."""
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"{tag} is closed but not open")


def faults(page: str) -> list[str]:
    """What is wrong with a page that must stand alone."""
    outline = Outline(page)
    found = [*outline.faults, *(f"loads {load}" for load in outline.loads)]
    found += [f"{name} is there twice" for name in set(outline.ids) if outline.ids.count(name) > 1]
    found += [f"{link} leads nowhere" for link in outline.links if link.removeprefix("#") not in outline.ids]
    style = re.search(r"<style>(.*?)</style>", page, flags=re.DOTALL)
    proof = base64.b64encode(hashlib.sha256(style[1].encode() if style else b"").digest()).decode()
    if f"content=\"default-src 'none'; style-src 'sha256-{proof}'; base-uri 'none'; form-action 'none'\"" not in page.replace("&#39;", "'"):
        found.append("the policy does not fit the style")
    return found + (["styles are loaded"] if "@import" in page else [])


@pytest.fixture(scope="module")
def page() -> str:
    """The debrief of a short game of bots."""
    return debrief(telling("tiny"))


@pytest.mark.parametrize("revealed", [False, True])
@pytest.mark.parametrize("seats", ["", "*=random", "*=hold"])
def test_a_debrief_stands_alone(seats: str, revealed: bool) -> None:
    """Well formed, no loads, no link into nothing: with promises and wars, and with nothing at all."""
    for seed in (1, 2, 3):
        told = replace(telling("tiny", seats, seed, revealed=revealed), person="COR")
        assert faults(debrief(told)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</header>", '</header><script src="x.js"></script>'),
        ("</main>", '<img src="http://example.org/x.png"></main>'),
        ('href="#votes"', 'href="#vote"'),
        ('id="votes"', 'id="promises"'),
        ("</section>", "</div></section>"),
        ("<h1>", '<h1 style="color: red">'),
        ("<h1>", '<h1 onclick="alert(1)">'),
        ("max-width: 82rem", "max-width: 81rem"),
    ],
)
def test_planted_faults_of_a_page_are_found(page: str, old: str, new: str) -> None:
    """The checker above sees each of them."""
    assert old in page
    assert faults(page.replace(old, new, 1))


def test_it_says_what_the_game_was(page: str) -> None:
    """Title, seed, hash, turns, news, and every part with its heading."""
    for words in ("The Straits of Corin", "Seed 7", telling("tiny").chain, "Dorn has shown new rockets"):
        assert words in page
    assert re.findall(r'<h3>(Turn \d)</h3>', page) == ["Turn 1", "Turn 2", "Turn 3"]
    assert re.findall(r'<section id="(\w+)">', page) == list(PARTS)


def test_every_statement_leads_to_its_reasons(page: str) -> None:
    """Each line that is told has an entry under Why, and each place on the page is a link to one."""
    for turn in telling("tiny").turns.told:
        for line in turn.lines:
            assert f'<ul id="w{line.place}">' in page
    assert not re.search(r'<span class="place">\d+\.\d+</span>(?! )', page), "a place that is no link"
    assert page.count('<a class="place" href="#w') > 20


def test_a_talk_between_turns_ends_where_it_is_told_to(page: str) -> None:
    """Nothing of later turns is on the page, and it says that the game goes on."""
    early = debrief(telling("tiny", until=1))
    assert faults(early) == []
    assert "up to turn 1" in early
    assert "up to turn" not in page
    assert early.count("<h3>Turn ") == 1
    later = [line.place for turn in telling("tiny").turns.told[1:] for line in turn.lines]
    assert later
    assert not [place for place in later if f"w{place}" in early]


def test_what_people_write_is_escaped() -> None:
    """A scenario's texts cannot bring markup into the page."""
    _, match = played("tiny", "*=hold")
    evil = '<script>alert("x")</script>'
    atlas = match.opening.atlas
    names = (evil, *atlas.names[1:])
    news = tuple(item.model_copy(update={"text": evil}) for item in atlas.news)
    opened = replace(match.opening, atlas=replace(atlas, title=evil, names=names, news=news))
    html = debrief(Telling(opened, match.entries, "c0ffee", viewer=UMPIRE_VIEWER, person="ARD"))
    assert "<script>" not in html
    assert faults(html) == []
    _, match = played("tiny")
    atlas = match.opening.atlas
    opened = replace(match.opening, atlas=replace(atlas, names=tuple(f"{evil}{name}" for name in atlas.names)))
    assert "<script>" not in debrief(Telling(opened, match.entries, "c0ffee", viewer=UMPIRE_VIEWER))


def test_the_page_is_written(tmp_path: Path) -> None:
    """As one file, the same each time."""
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    for path in (first, second):
        write_debrief(path, telling("tiny"))
    assert first.read_bytes() == second.read_bytes()
    assert sorted(tmp_path.iterdir()) == [first, second]
