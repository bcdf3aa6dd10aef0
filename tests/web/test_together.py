"""What people do together beside the game: talk in rooms, share a sheet of orders, sit at one seat."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from tests.web.classroom import Person, Session, session
from tests.web.conftest import Newcomer
from tests.web.test_access import faults, tab_to


def control(who: Person, class_: Session) -> Page:
    """The board of a session, in the browser of its instructor."""
    who.open()
    ticket = {"session": class_.name, "code": class_.code, "control": class_.control_token, "public": class_.public_token}
    who.page.evaluate("([name, ticket]) => localStorage.setItem(name, ticket)", [f"unipole:ticket:{class_.code}", json.dumps(ticket)])
    who.open(f"#/run/{class_.code}")
    return who.page


def test_seats_talk_in_rooms_and_nobody_else_hears(url: str, newcomer: Newcomer) -> None:
    """By keyboard alone a room is opened and used; the other seat has it at once, counted as unread; a third never has it."""
    class_ = session(url, start=False)
    corin, brava, third = newcomer(), newcomer(width=360, height=740), newcomer(width=768, locale="ru")
    for who, seat in ((corin, "COR"), (brava, "BRV"), (third, "DOR")):
        who.sit(class_.code, seat)
    page = corin.page
    tab_to(page, "Talk")
    page.keyboard.press("Enter")
    expect(page.get_by_text("the instructor does not read along")).to_be_visible()
    tab_to(page, "Open a room")
    page.keyboard.press("Enter")
    page.get_by_label("Brava").press("Space")
    tab_to(page, "Enter the room")
    page.keyboard.press("Enter")
    expect(page.get_by_text("AI: it answers offers")).to_be_hidden()
    tab_to(page, "What you say")
    page.keyboard.type("Meet me at berth 41.")
    expect(page.get_by_text("1,980 characters left")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Brava").click()
    expect(page.get_by_label("What you say")).to_have_value("Meet me at berth 41.")
    page.get_by_label("What you say").press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Meet me at berth 41.")
    assert faults(page) == []
    expect(brava.page.get_by_role("navigation").get_by_role("button", name=re.compile("^Talk.*1.*unread"))).to_be_visible()
    brava.look_at("Talk")
    brava.page.get_by_role("button", name=re.compile("^Corin")).click()
    expect(brava.page.get_by_role("log")).to_contain_text("Meet me at berth 41.")
    assert brava.page.evaluate("document.documentElement.scrollWidth") <= 360
    brava.page.get_by_label("What you say").fill("At dusk.")
    brava.page.get_by_role("button", name="Say it").click()
    expect(page.get_by_role("log")).to_contain_text("At dusk.")
    expect(page.get_by_role("button", name=re.compile("unread"))).to_be_hidden()
    third.look_at("Беседы")
    expect(third.page.get_by_role("button", name="Свои")).to_be_visible()
    assert "berth 41" not in third.told()


def test_a_moderated_room_waits_for_the_instructors_nod(url: str, newcomer: Newcomer) -> None:
    """What waits is said so to its author alone; a reason for what is withheld reaches the author; what may pass arrives."""
    class_ = session(url, talk="moderated", start=False)
    teacher, corin, brava = newcomer(), newcomer(), newcomer()
    board = control(teacher, class_)
    corin.sit(class_.code, "COR")
    brava.sit(class_.code, "BRV")
    for who, other in ((corin, "Brava"), (brava, "Corin")):
        who.look_at("Talk")
        who.page.get_by_role("button", name="Open a room").click()
        who.page.get_by_label(other).check()
        who.page.get_by_role("button", name="Enter the room").click()
    for words in ("Harmless.", "Rude."):
        corin.page.get_by_label("What you say").fill(words)
        corin.page.get_by_label("What you say").press("Enter")
        expect(corin.page.get_by_role("log")).to_contain_text(words)
    expect(corin.page.get_by_text("waits for the instructor", exact=True)).to_have_count(2)
    board.get_by_role("listitem").filter(has_text="Harmless.").get_by_role("button", name="Let it pass").click()
    board.get_by_role("listitem").filter(has_text="Rude.").get_by_role("button", name="Withhold …").click()
    board.get_by_label("Why not? Its author reads this").fill("Say it kindly.")
    board.get_by_role("button", name="Do it").click()
    expect(corin.page.get_by_text("The instructor says: Say it kindly.")).to_be_visible()
    expect(brava.page.get_by_role("log")).to_contain_text("Harmless.")
    assert "Rude." not in brava.told()
    assert faults(board) == []
