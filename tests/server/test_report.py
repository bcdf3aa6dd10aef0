"""The report: everything in it, nothing to load, nothing unescaped, plot in the page's own colours."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from client.paper.sheet import INK, LINES
from server.narrate.turns import Turns
from server.report import facts
from server.report.page import report, write_report
from server.report.plot import NAMED_MAX, alignment_svg, courses, spread
from tests.server.games import played, told

VOID = {"meta", "br", "img", "link", "input", "hr"}
CHAIN = "c0ffee" * 10


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
    return found + (["styles are loaded"] if "@import" in page else [])


@pytest.fixture(scope="module")
def page() -> str:
    """The report of a short game of bots."""
    return report(told("tiny"), CHAIN, seed=7, person=None)


@pytest.mark.parametrize("seats", ["", "*=random", "*=hold"])
def test_a_report_stands_alone(seats: str) -> None:
    """Well formed, no loads, no link into nothing: with promises and wars, and with nothing at all."""
    for seed in (1, 2, 3):
        assert faults(report(told("tiny", seats, seed), CHAIN, seed=seed, person="COR")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</header>", '</header><script src="x.js"></script>'),
        ("</main>", '<img src="http://example.org/x.png"></main>'),
        ('href="#votes"', 'href="#vote"'),
        ('id="votes"', 'id="words"'),
        ("</section>", "</div></section>"),
    ],
)
def test_planted_faults_of_a_page_are_found(page: str, old: str, new: str) -> None:
    """The checker above sees each of them."""
    assert faults(page.replace(old, new, 1))


def test_it_says_what_the_game_was(page: str) -> None:
    """Title, seed, hash, who played, turns and news."""
    for words in ("The Straits of Corin", "Seed 7.", "All seats were played by bots.", CHAIN, "Dorn has shown new rockets"):
        assert words in page
    assert page.count("<summary>Turn ") == 3


def test_every_vote_stands_with_its_bar_and_its_names(page: str) -> None:
    """Count and names as in the game."""
    votes = list(facts.votes(told("tiny")))
    game = told("tiny").game
    assert [v.status for v in votes] == [d.status for d in game.drafts]
    for vote, draft in zip(votes, game.drafts, strict=True):
        assert {side.key: side.count for side in vote.sides if side.key != "silent"} == {
            choice: len([b for b in draft.ballots if b.choice == choice]) for choice in {b.choice for b in draft.ballots}
        }
        assert vote.title in page
        assert not vote.place or f'id="e{vote.place}"' in page


def test_promises_stand_with_the_act_and_broken_ones_first() -> None:
    """As many rows as verdicts, each with its clause in words."""
    turns = _with_verdicts()
    rows = list(facts.words(turns))
    assert len(rows) == len(turns.game.verdicts) > 0
    broken = [row.finding == "broken" for row in rows]
    assert broken == sorted(broken, reverse=True)
    assert not any(re.search(r"\b(ARD|BRV|COR|DOR)\b", row.promise + row.reason) for row in rows)
    html = report(turns, CHAIN, seed=None, person=None)
    assert all(row.place in html for row in rows)


def _with_verdicts() -> Turns:
    found = next((told("tiny", "*=random", seed) for seed in range(1, 60) if told("tiny", "*=random", seed).game.verdicts), None)
    assert found is not None, "no promise came due in sixty random games"
    return found


def test_wars_stand_with_the_terms_of_their_legitimacy() -> None:
    """The parts add up to the figure."""
    turns = next(told("tiny", "*=random", seed) for seed in range(1, 60) if any(t.launches for t in told("tiny", "*=random", seed).told))
    for war in facts.wars_fought(turns):
        parts = sum(float(value) for _, value in war.parts)
        shown = float(war.legitimacy.removesuffix(" %")) / 100.0
        assert abs(min(max(parts, 0.0), 1.0) - shown) <= 0.03
        assert war.title in report(turns, CHAIN, seed=None, person=None)


def test_seats_stand_with_payoffs_and_objectives(page: str) -> None:
    """Every seat and every objective, with a word and not by colour alone."""
    seats = facts.seats(told("tiny").game)
    assert {seat.code for seat in seats} == set(told("tiny").game.atlas.countries)
    changes = [float(seat.change) for seat in seats]
    assert changes == sorted(changes, reverse=True)
    met = sum(seat.met for seat in seats)
    assert (page.count("✓ met"), page.count("✗ not met")) == (met, sum(len(seat.aims) for seat in seats) - met)


def test_what_people_write_is_escaped() -> None:
    """A scenario's texts cannot bring markup into the page."""
    _, match = played("tiny", "*=hold")
    evil = '<script>alert("x")</script>'
    atlas = match.opening.atlas
    names = (evil, *atlas.names[1:])
    news = tuple(item.model_copy(update={"text": evil}) for item in atlas.news)
    turns = Turns(replace(match.opening, atlas=replace(atlas, title=evil, names=names, news=news))).add_all(match.entries)
    html = report(turns, CHAIN, seed=None, person="ARD")
    assert "<script>" not in html
    assert faults(html) == []
    everybody = replace(atlas, names=tuple(f"{evil}{name}" for name in atlas.names))
    turns = Turns(replace(told("tiny").opening, atlas=everybody)).add_all(played("tiny")[1].entries)
    assert "<script>" not in report(turns, CHAIN, seed=None, person=None)


def test_the_plot_takes_the_colours_of_the_page() -> None:
    """No colour of its own is left, no size, and every course is named."""
    rows = [(f"State {k}", (100.0 - k, 90.0 - 10.0 * k, None if k == 2 else 50.0)) for k in range(4)]
    drawn = alignment_svg(rows, 3, "Arden")
    for stand_in in (INK, *LINES):
        assert stand_in not in drawn
    assert "var(--line3)" in drawn
    assert re.match(r"<svg[^>]* viewBox=", drawn)
    assert not re.match(r"<svg[^>]* width=", drawn)
    for title, _ in rows:
        assert title in drawn


def test_courses_that_are_shared_are_named_once() -> None:
    """States that always stood alike share a line; of many lines six are named, the ends among them."""
    rows = [("A", (1.0,)), ("B", (1.0,)), ("C", (0.5,))]
    assert courses(rows) == [("A and 1 more", (1.0,)), ("C", (0.5,))]
    many = [(str(k), (float(k),)) for k in range(20)]
    named = courses(many)
    assert len(named) == NAMED_MAX
    assert (named[0], named[-1]) == (many[0], many[-1])


@pytest.mark.parametrize("heights", [[], [50.0], [100.0, 100.0, 100.0], [3.0, 2.0, 1.0, 0.0], [90.0, 50.0, 49.0]])
def test_labels_do_not_cover_each_other(heights: list[float]) -> None:
    """Apart by a line, in order, none below the scale."""
    placed = spread(heights)
    assert all(above - below >= 6.4 for above, below in pairwise(placed))
    assert min(placed, default=0.0) >= 0.0


def test_the_page_is_written(tmp_path: Path) -> None:
    """As one file, the same each time."""
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    for path in (first, second):
        write_report(path, told("tiny"), CHAIN, seed=7)
    assert first.read_bytes() == second.read_bytes()
    assert sorted(tmp_path.iterdir()) == [first, second]
