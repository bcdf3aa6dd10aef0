"""The instructor's board: every way to step in takes three clicks at most, asks for a reason, and is in the log."""

from __future__ import annotations

import json
import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.server.stage import SEATS
from tests.web.classroom import Person, Session
from tests.web.conftest import Newcomer
from tests.web.test_access import faults, tab_to

CLICKS_MAX = 3


def board(newcomer: Newcomer, *, scheme: str = "light") -> tuple[Person, Session]:
    """An instructor with a session of the small case, as the first page makes it."""
    teacher = newcomer(scheme=scheme)
    teacher.open()
    teacher.page.get_by_label("How much of it is played: The Straits of Corin").select_option("3")
    teacher.page.get_by_role("button", name="Start this case: The Straits of Corin").click()
    expect(teacher.page.get_by_role("button", name="Open the first turn")).to_be_visible()
    code = teacher.page.url.rpartition("/")[2]
    ticket = json.loads(str(teacher.page.evaluate("(name) => localStorage.getItem(name)", f"unipole:ticket:{code}")))
    return teacher, Session(teacher.url, code, ticket["session"], ticket["control"], ticket["public"])


def events(class_: Session, kind: str) -> list[dict[str, object]]:
    """Events of a kind in the log."""
    found = [event for line in class_.log()[1:] for event in json.loads(line)["entry"]["events"]]
    return [event for event in found if event["kind"] == kind]


def click(page: Page, *names: str) -> None:
    """So many clicks, and no more; what asks for a reason cannot be done without one."""
    assert len(names) <= CLICKS_MAX
    for name in names:
        if name == "Do it" and len(names) == CLICKS_MAX:
            assert page.get_by_label("Why? The reason goes into the log.").input_value()
        page.get_by_role("button", name=name, exact=True).click()


def test_the_clock_stops_goes_on_and_goes_back(newcomer: Newcomer) -> None:
    """Pause, more time, the end of a step, and undo: each is an event with its reason, and players are told; orders that are missing
    are said and stop nobody.
    """
    teacher, class_ = board(newcomer)
    page = teacher.page
    click(page, "Open the first turn")
    pupil = newcomer()
    pupil.sit(class_.code, "COR")
    click(page, "Pause")
    expect(page.get_by_role("button", name="Say why")).to_be_visible()
    click(page, "+5 min")
    page.get_by_role("button", name="Say why").click()
    expect(page.get_by_role("button", name="Do it")).to_be_disabled()
    page.keyboard.press("Escape")
    click(page, "Say why …", "A question came up", "Do it")
    expect(pupil.page.get_by_text("The clock stands still: A question came up").first).to_be_visible()
    click(page, "Go on")
    expect(page.get_by_role("timer")).to_contain_text(re.compile("^5:"))
    click(page, "Close this step now")
    expect(pupil.page.get_by_role("heading", name="Negotiation")).to_be_visible()
    class_.until("report")
    pupil.look_at("Record")
    expect(pupil.page.get_by_text("Corin gave no orders in time; all stays as it was.").first).to_be_visible()
    pupil.look_at("Desk")
    click(page, "Undo the last turn …", "A slip", "Do it")
    expect(pupil.page.get_by_role("heading", name="Briefing")).to_be_visible()
    pupil.look_at("Record")
    missed = pupil.page.get_by_role("listitem").filter(has_text="Corin gave no orders in time; all stays as it was.").first
    expect(missed).to_contain_text("does not count")
    expect(pupil.page.get_by_role("listitem").filter(has_text="A slip").first).not_to_contain_text("does not count")
    assert [event["reason"] for event in events(class_, "paused")] == ["the instructor stopped it"]
    assert "A question came up" in "".join(class_.log())
    (undone,) = events(class_, "undone")
    assert (undone["turn"], undone["phase"], undone["reason"]) == (1, "briefing", "A slip")


def test_two_clicks_in_a_row_close_one_step(newcomer: Newcomer) -> None:
    """The second click of a double click finds the next step under it, and does nothing; nor does one on another device of the instructor
    that still shows the step before.
    """
    teacher, class_ = board(newcomer)
    page, mouse = teacher.page, teacher.page.mouse
    closed: list[str] = []
    page.on("request", lambda request: closed.append(str(request.post_data)) if '"force"' in str(request.post_data) else None)
    click(page, "Open the first turn")
    button = page.get_by_role("button", name="Close this step now")
    button.hover()
    mouse.down(click_count=1)
    mouse.up(click_count=1)
    expect(page.locator("#clock")).to_contain_text("Negotiation 1/2")
    button.hover()
    mouse.down(click_count=2)
    mouse.up(click_count=2)
    click(page, "+5 min")
    expect(page.get_by_role("timer")).to_contain_text(re.compile("^[5-8]:"))
    assert len(closed) == 1
    class_.control(**json.loads(closed[0]))
    assert (class_.state()["phase"], class_.state()["round"]) == ("negotiation", 1)


def test_a_practice_turn_does_not_count(newcomer: Newcomer) -> None:
    """It is said on the board; when it is over the session has not begun."""
    teacher, class_ = board(newcomer)
    click(teacher.page, "Open a practice turn")
    expect(teacher.page.get_by_text("This turn does not count.")).to_be_visible()
    class_.until("report")
    click(teacher.page, "Close this step now")
    expect(teacher.page.get_by_role("button", name="Open the first turn")).to_be_visible()
    assert class_.state()["turn"] == 0


def test_words_and_news_reach_those_whom_they_are_for(newcomer: Newcomer) -> None:
    """A word to one seat, a word to all, news of the game; a word stays until it was read, also after a reload."""
    teacher, class_ = board(newcomer)
    corin, brava = newcomer(), newcomer()
    corin.sit(class_.code, "COR")
    brava.sit(class_.code, "BRV")
    click(teacher.page, "Open the first turn")
    class_.until("negotiation")
    teacher.page.get_by_role("button", name="Nudge: Corin").click()
    expect(corin.page.get_by_role("heading", name="From your instructor")).to_be_visible()
    expect(brava.page.get_by_role("heading", name="From your instructor")).to_be_hidden()
    corin.page.reload()
    corin.page.get_by_role("button", name="Close").click()
    expect(corin.page.get_by_role("heading", name="From your instructor")).to_be_hidden()
    teacher.page.get_by_role("button", name="News …").click()
    teacher.page.get_by_label("The news, as the game tells it").fill("Grain is short in all ports.")
    click(teacher.page, "The lesson needs it", "Do it")
    brava.look_at("Record")
    expect(brava.page.get_by_role("main")).to_contain_text("Grain is short in all ports.")
    corin.page.reload()
    expect(corin.page.get_by_role("main")).to_be_visible()
    expect(corin.page.get_by_role("heading", name="From your instructor")).to_be_hidden()


def test_a_figure_is_set_and_a_seat_is_given_to_a_bot(newcomer: Newcomer) -> None:
    """The board shows what was set beside what the rules made of it; the person who had the seat is told to choose another."""
    teacher, class_ = board(newcomer)
    corin = newcomer()
    corin.sit(class_.code, "COR")
    page = teacher.page
    click(page, "Open the first turn")
    page.get_by_role("button", name="Set a figure …").click()
    page.get_by_label("Country or issue").select_option("COR")
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(r"Now: 0\.\d+From 0 \(nobody is content\) to 1"))
    page.get_by_label("New value").fill("0.35")
    click(page, "The lesson needs it", "Do it")
    expect(page.get_by_text(re.compile(r"Approval at home \(Corin\)"))).to_be_visible()
    (was_set,) = events(class_, "overridden")
    assert (was_set["value"], was_set["reason"]) == (0.35, "The lesson needs it")
    page.get_by_role("button", name="Set a figure …").click()
    expect(page.get_by_role("dialog")).to_contain_text("Now: 0.35")
    page.keyboard.press("Escape")
    click(page, "What may come of it …")
    expect(page.get_by_role("dialog")).to_contain_text("Nothing that anybody would notice.")
    page.keyboard.press("Escape")
    page.get_by_label("More: Corin").click()
    click(page, "Give to a bot", "Somebody had to leave", "Do it")
    expect(corin.page.get_by_text("does not hold the seat any more")).to_be_visible()
    assert [(event["country"], event["holder"]) for event in events(class_, "seat-held")][-1] == ("COR", "bot")
    corin.complaints.clear()  # the browser notes the answer 401 by itself


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious_on_the_board(newcomer: Newcomer, scheme: str) -> None:
    """With a dialog open, and with all that a seat can be given."""
    teacher, _ = board(newcomer, scheme=scheme)
    page = teacher.page
    click(page, "Open the first turn")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.get_by_label("More: Corin").click()
    assert faults(page) == []
    page.get_by_role("button", name="News …").click()
    page.get_by_text("To everybody").click()
    assert faults(page) == []


def play_out(class_: Session) -> None:
    """Close steps until the game is over."""
    for _ in range(60):
        if class_.state()["status"] == "over":
            return
        class_.control(act="force", id=f"f{time.time_ns()}")
    raise AssertionError(f"the game never ended: {class_.state()}")


def one_draft_is_voted_on(corin: Person, class_: Session) -> None:
    """So that there is a roll call to talk about."""
    class_.until("negotiation")
    corin.page.get_by_text("Table a draft of your own").click()
    corin.page.locator("details", has_text="Table a draft of your own").locator(".pick button").first.click()
    expect(corin.page.locator(".tally").first).to_be_visible()
    class_.until("assembly")
    corin.page.get_by_role("group", name="Your ballot").first.get_by_role("button", name="Yes").click()
    expect(corin.page.get_by_text("Under seal: Yes").first).to_be_visible()


def everybody_reads(wall: Person, corin: Person, class_: Session) -> None:
    """The projector and a seat, which has a phone and here its keys alone, as long as what was secret is sealed."""
    wall.open(f"#/screen/{class_.code}")
    expect(wall.page.get_by_text("What was secret is not on this page")).to_be_visible()
    expect(wall.page.get_by_role("button", name="The next part")).to_be_visible()
    wall.page.keyboard.press("ArrowRight")
    expect(wall.page.get_by_role("heading", name="What it was about")).to_be_visible()
    expect(wall.page.get_by_text("What was secret is not on this page")).to_be_hidden()
    keys = corin.page.keyboard
    tab_to(corin.page, "Open the debrief")
    keys.press("Enter")
    expect(corin.page.get_by_text("What was secret is not on this page")).to_be_visible()
    expect(corin.page.get_by_role("button", name="was secret too")).to_be_hidden()
    tab_to(corin.page, "my seat knew")
    keys.press("Enter")
    expect(corin.page.get_by_text("Told from what Corin knew.")).to_be_visible()
    assert corin.flaws() == []
    tab_to(corin.page, "Alliances, turn by turn")
    keys.press("Home")
    expect(corin.page.get_by_role("slider")).to_have_attribute("aria-valuetext", "Before the game")


def another_ballot_is_played(page: Page) -> None:
    """A roll call is asked about, and the debrief comes back with what bots made of it."""
    page.get_by_role("button", name="was secret too").click()
    page.get_by_role("button", name="What if …").first.click()
    box = page.get_by_role("dialog", name="What if somebody had voted otherwise?")
    box.get_by_label("Games each way").select_option("20")
    assert faults(page) == []
    box.get_by_role("button", name="Play it").click()
    expect(page.locator("#comparison").get_by_role("heading", name=re.compile("^What if …"))).to_be_visible()


def test_the_debrief_is_a_place_and_secrets_open_when_the_instructor_says(newcomer: Newcomer) -> None:
    """Everybody reads what everybody knew, a seat what it knew besides; all that was secret once the seal is broken, with a reason; at last
    another ballot is played.
    """
    teacher, class_ = board(newcomer)
    corin, wall = newcomer(width=360, height=740), newcomer()
    corin.sit(class_.code, "COR")
    page = teacher.page
    click(page, "Open the first turn")
    one_draft_is_voted_on(corin, class_)
    play_out(class_)
    everybody_reads(wall, corin, class_)
    page.get_by_role("link", name="Open the debrief").click()
    slider = page.get_by_role("slider", name="Alliances, turn by turn")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("turn 3"))
    slider.fill("0")
    expect(slider).to_have_attribute("aria-valuetext", "Before the game")
    page.get_by_role("button", name="was secret too").click()
    expect(page.get_by_text("Everything is told")).to_be_visible()
    page.locator(".timeline a.place").first.click()
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(r"\d+\.\d+"))
    page.keyboard.press("Escape")
    assert faults(page) == []
    with page.expect_download() as waiting:
        click(page, "Save as a file")
    assert "Everything is told" in waiting.value.path().read_text()
    page.get_by_role("link", name="Back").click()
    with page.expect_download() as waiting:
        click(page, "Who took part, by seat (CSV)")
    assert len(waiting.value.path().read_text().splitlines()) == 1 + len(SEATS)
    page.get_by_role("link", name="Open the debrief").click()
    click(page, "Open the secrets to everybody …", "The lesson needs it", "Do it")
    expect(page.get_by_text("Secrets are open")).to_be_visible()
    expect(corin.page.get_by_role("button", name="was secret too")).to_be_visible()
    expect(wall.page.locator(".slides .opened")).to_have_count(1)
    click(page, "Seal the secrets again …", "A slip", "Do it")
    expect(corin.page.get_by_role("button", name="was secret too")).to_be_hidden()
    another_ballot_is_played(page)
