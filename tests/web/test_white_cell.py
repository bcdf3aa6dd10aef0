"""The white cell on the page: a post is handed out by a code, its board shows what belongs to it, and a seat's request is answered."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.web.classroom import Person, Session, ask
from tests.web.conftest import Newcomer
from tests.web.test_access import faults
from tests.web.test_board import board, events


def appointed(teacher: Person, class_: Session, other: Person, post: str, label: str) -> None:
    """The director opens a post's card and asks for its code, with which somebody else comes to the board."""
    cell = teacher.page.locator("details", has=teacher.page.get_by_role("heading", name=re.compile("^White cell")))
    if cell.get_attribute("open") is None:
        cell.locator("summary").first.click()
    card = cell.get_by_role("listitem").filter(has=teacher.page.get_by_text(label, exact=True)).first
    card.locator("summary").click()
    card.get_by_role("button", name="Invite somebody").click()
    code = card.locator(".invitation").inner_text()
    other.open(f"#/join/{class_.code}")
    other.page.get_by_role("button", name="Join others at a seat").click()
    other.page.get_by_role("combobox", name="Seat or post").select_option(post)
    other.page.get_by_label("Code of the seat").fill(code)
    other.page.get_by_label("Your name").fill("Ada")
    other.page.get_by_role("button", name="Join them").click()
    expect(other.page.get_by_role("heading", level=1)).to_contain_text("Corin")


def test_an_adjudicator_comes_by_a_code_and_answers_a_request(newcomer: Newcomer) -> None:
    """The post's board has no clock to turn; the request waits there, its answer reaches the seat and, as news, everybody."""
    teacher, class_ = board(newcomer)
    teacher.page.get_by_role("button", name="Open the first turn").click()
    judge, pupil = newcomer(), newcomer()
    appointed(teacher, class_, judge, "adjudicator", "Adjudicator")
    expect(judge.page.get_by_role("button", name="Pause")).to_have_count(0)
    expect(judge.page.get_by_role("button", name="Set a figure")).to_be_visible()
    pupil.sit(class_.code, "COR")
    pupil.look_at("Talk")
    pupil.page.locator(".roomlist .room").first.click()
    pupil.page.get_by_label("For whom").select_option("ruling")
    pupil.page.locator(".talk textarea").fill("May a fleet pass in peace?")
    pupil.page.get_by_role("button", name="Say it").click()
    expect(pupil.page.locator(".message")).to_contain_text("waits for an answer")
    request = judge.page.get_by_role("region", name="Requests")
    expect(request).to_contain_text("May a fleet pass in peace?")
    assert not faults(judge.page)
    assert not judge.flaws() + pupil.flaws()
    request.get_by_role("textbox").fill("It may, by day.")
    request.get_by_label("Who is told").select_option("news")
    request.get_by_role("button", name="Answer", exact=True).click()
    expect(request).to_contain_text("1 settled")
    expect(pupil.page.locator(".message")).to_contain_text("Answer: It may, by day.")
    assert "It may, by day." in [event["text"] for event in events(class_, "news")]
    assert sum('"control:request-' in line for line in class_.log()) == 1  # the same order whoever gives it; who did stands with the answer
    said = ask("GET", f"{class_.url}/api/sessions/{class_.name}/talk", token=class_.control_token)
    assert ", 'by': 'adjudicator." in str(said["heard"])
    for who in (teacher, judge, pupil):
        assert who.complaints == []
