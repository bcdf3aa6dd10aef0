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


def budget(page: Page, arms: int) -> None:
    """Draft a budget."""
    page.get_by_role("textbox", name="arms").fill(str(arms))
    page.get_by_role("button", name="Add to the order sheet").click()


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
    expect(page.get_by_role("button", name="Enter the room")).to_be_enabled()
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
    expect(page.get_by_role("button", name=re.compile("unread"))).to_have_count(0)
    third.look_at("Беседы")
    expect(third.page.get_by_role("button", name="Свои")).to_be_visible()
    assert "berth 41" not in third.told()


def test_a_moderated_room_waits_for_the_instructors_nod(url: str, newcomer: Newcomer) -> None:
    """What waits is said so to its author alone; a reason for what is withheld reaches the author; what may pass arrives."""
    teacher, corin, brava = newcomer(), newcomer(), newcomer()
    board = teacher.page
    teacher.open()
    board.get_by_text("How it is played").click()
    board.get_by_label("Talk between seats").select_option("moderated")
    board.get_by_label("I read along in all rooms").check()
    board.get_by_role("button", name="Start this case: The Straits of Corin").click()
    expect(board.get_by_role("heading", name="Messages that wait for your nod")).to_be_visible()
    ticket = json.loads(board.evaluate("(name) => localStorage.getItem(name)", f"unipole:ticket:{board.url.rpartition('/')[2]}"))
    class_ = Session(url, ticket["code"], ticket["session"], ticket["control"], ticket["public"])
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
    expect(brava.page.get_by_text("The instructor reads along in all rooms.")).to_be_visible()
    expect(board.get_by_role("log", name="Said in rooms")).to_contain_text("Harmless.")
    assert faults(board) == []


def invited(ada: Person, ben: Person, code: str) -> None:
    """Ada says who she is and asks Ben to her seat; a wrong code is refused in words."""
    page, other = ada.page, ben.page
    ada.look_at("Role")
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Invite somebody").click()
    invitation = page.locator(".invitation").inner_text()
    assert faults(page) == []
    ada.look_at("Desk")
    ben.open(f"#/join/{code}")
    other.get_by_role("button", name="Join others at a seat").click()
    other.get_by_label("Code of the seat").fill("22222222")
    other.get_by_role("button", name="Join them").click()
    expect(other.get_by_role("alert")).to_contain_text("This code does not open this seat")
    assert faults(other) == []
    other.get_by_label("Code of the seat").fill(invitation)
    other.get_by_label("Your name").fill("Ben")
    other.get_by_role("button", name="Join them").click()
    expect(other.get_by_role("navigation")).to_be_visible()


def changed_at_once(page: Page, ben: Person) -> None:
    """Ben drafts another budget while he is offline, and Ada sanctions; he puts both together."""
    ben.context.set_offline(True)
    budget(ben.page, 7)
    sheets = [one.get_by_role("region", name="Your order sheet") for one in (page, ben.page)]
    expect(sheets[1]).to_contain_text("Not on the seat's order sheet yet")
    page.get_by_label("Kind of order").select_option("sanction")
    page.get_by_label("against").select_option("DOR")
    page.get_by_role("button", name="Add to the order sheet").click()
    expect(sheets[0]).to_contain_text("shared by all devices")
    ben.context.set_offline(False)
    clash = ben.page.get_by_role("alert").filter(has_text="changed on two devices")
    expect(clash).to_contain_text("Spend 7% of the economy on arms")
    expect(clash).to_contain_text("Spend 6% of the economy on arms")
    assert faults(ben.page) == []
    clash.get_by_role("button", name="Put both together").click()
    for sheet in sheets:
        expect(sheet).to_contain_text("Spend 7% of the economy on arms")
        expect(sheet.get_by_role("listitem")).to_have_count(2)
    ben.page.reload()
    expect(sheets[1].get_by_role("listitem")).to_have_count(2)


def test_two_people_at_a_seat_share_its_sheet(url: str, newcomer: Newcomer) -> None:
    """Joined by the seat's own code; what one drafts the other sees; changes at once are told and put together by a click; what both send
    counts once; the instructor sees who sits there and signs one of them out.
    """
    class_ = session(url, bots=False)
    class_.until("orders")
    ada, ben = newcomer(), newcomer(width=360, height=740)
    page, other = ada.page, ben.page
    ada.sit(class_.code, "COR")
    invited(ada, ben, class_.code)
    budget(page, 6)
    sheets = [one.get_by_role("region", name="Your order sheet") for one in (page, other)]
    for sheet in sheets:
        expect(sheet).to_contain_text("Spend 6% of the economy on arms")
        expect(sheet).to_contain_text("shared by all devices")
    expect(sheets[1]).to_contain_text("With you: Ada.")
    expect(sheets[1].get_by_role("listitem")).to_contain_text("Ada")
    changed_at_once(page, ben)
    other.route("**/sheet", lambda route: route.abort())  # so that Ben does not learn that Ada was quicker
    for sheet in sheets:
        sheet.get_by_role("button", name="Send 2 orders").click()
        expect(sheet).to_be_hidden()
    other.unroute("**/sheet")
    for one in (page, other):
        expect(one.get_by_role("heading", name="Under seal, until the step closes")).to_be_visible()
    assert sum('"kind":"sanction"' in line for line in class_.log()) == 1
    board = control(newcomer(), class_)
    board.locator("summary", has_text="Ada and ● Ben").click()
    assert faults(board) == []
    board.get_by_role("button", name="Sign out: Ben").click()
    expect(other.get_by_text("does not hold the seat any more")).to_be_visible()
    expect(page.get_by_role("navigation")).to_be_visible()
    ben.complaints.clear()  # the browser notes the lost network and the answer 401 by itself
