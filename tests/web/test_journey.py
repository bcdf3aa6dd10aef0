"""The journey of a class: join by code, bargain, vote, order, read the report; a reload loses nothing."""

from __future__ import annotations

import json
import re

from playwright.sync_api import expect

from tests.web.classroom import session
from tests.web.conftest import Newcomer


def test_a_code_leads_to_seats_and_a_click_takes_one(url: str, newcomer: Newcomer) -> None:
    """Opening the link takes nothing; a seat that was taken cannot be taken twice; a wrong code is answered in words."""
    class_ = session(url, start=False)
    who, late = newcomer(), newcomer()
    who.open()
    who.page.get_by_label("Code of your session").fill(class_.code.upper())
    who.page.get_by_role("button", name="Join").click()
    expect(who.page.get_by_role("button", name=re.compile("Corin.*free"))).to_be_enabled()
    assert not [seat for seat in class_.state()["seats"] if seat["claimed"]]  # type: ignore[attr-defined]  # of JSON
    who.page.get_by_role("button", name=re.compile("Corin")).click()
    expect(who.page.get_by_role("heading", name="What you alone know")).to_be_visible()
    who.page.get_by_role("button", name="To the desk").click()
    expect(who.page.get_by_role("heading", name="Before it begins")).to_be_visible()
    late.open(f"#/join/{class_.code}")
    expect(late.page.get_by_role("button", name=re.compile("Corin.*taken"))).to_be_disabled()
    late.open()
    late.page.get_by_label("Code of your session").fill("zzzzzz")
    late.page.get_by_role("button", name="Join").click()
    expect(late.page.get_by_role("alert")).to_contain_text("no session with the code ZZZZZZ")
    late.open("#/join/zzzzzz")
    late.page.get_by_role("link", name="Type another code").click()
    expect(late.page.get_by_label("Code of your session")).to_be_visible()
    late.complaints.clear()  # the browser notes the answer 404 by itself


def test_a_seat_among_193_is_found_by_a_part_of_its_name(url: str, newcomer: Newcomer) -> None:
    """Or by its letters; what nobody is called is said so; a session of few seats has nothing to search."""
    who = newcomer(width=360)
    who.open(f"#/join/{session(url, 'un-193', bots=False, start=False).code}")
    seats = who.page.get_by_role("list", name="Seats")
    expect(seats.get_by_role("button")).to_have_count(193)
    find = who.page.get_by_label("Find a country")
    find.fill("guinea")
    expect(seats.get_by_role("button")).to_have_count(4)
    find.fill("bra")
    expect(seats).to_contain_text("Brazil")
    find.fill("Atlantis")
    expect(seats).to_contain_text("No seat is called “Atlantis”.")
    find.fill(" BRA ")
    assert not who.flaws()
    who.page.get_by_role("button", name=re.compile("Brazil")).click()
    expect(who.page.get_by_role("heading", name="What you alone know")).to_be_visible()
    who.open(f"#/join/{session(url, start=False).code}")
    expect(who.page.get_by_role("button", name=re.compile("Corin.*free"))).to_be_enabled()
    expect(who.page.get_by_label("Find a country")).to_have_count(0)


def test_an_offer_is_composed_accepted_and_binds(url: str, newcomer: Newcomer) -> None:
    """The sentence and the expectation come from the server; the draft of an offer outlives a reload."""
    class_ = session(url)
    class_.until("negotiation")
    corin, brava = newcomer(), newcomer()
    corin.sit(class_.code, "COR")
    brava.sit(class_.code, "BRV")
    corin.page.get_by_role("button", name="Compose an offer").click()
    corin.page.get_by_label("Party 1").select_option("BRV")
    corin.page.get_by_label("What is promised").select_option("non-aggression")
    expect(corin.page.get_by_role("dialog")).to_contain_text("Brava sends no forces against Corin")
    expect(corin.page.get_by_role("dialog")).to_contain_text("If Brava breaks it, it loses")
    corin.page.reload()
    corin.page.get_by_role("button", name="Compose an offer").click()
    expect(corin.page.get_by_role("dialog")).to_contain_text("Brava sends no forces against Corin")
    corin.page.get_by_role("button", name="Put it on the table").click()
    expect(brava.page.get_by_role("heading", name="Corin offers you")).to_be_visible()
    expect(brava.page).to_have_title("(1) Brava: Negotiation · unipole")
    expect(brava.page.get_by_text("expected payoff").first).to_be_visible()
    brava.page.get_by_role("button", name="What you can expect").click()
    expect(brava.page.get_by_text("If you break it, you lose")).to_be_visible()
    expect(brava.page.get_by_text("if you break it", exact=True)).to_be_visible()
    brava.page.get_by_role("button", name="Accept", exact=True).click()
    expect(corin.page.get_by_text("Signed by Brava")).to_be_visible()
    for who in (corin, brava):
        who.page.get_by_role("button", name="I am done for this round").click()
    expect(corin.page.get_by_role("heading", name="What binds you")).to_be_visible()


def test_a_draft_is_tabled_voted_on_and_reported(url: str, newcomer: Newcomer) -> None:
    """The bar shows the line; a ballot lies under seal and can be changed; the roll call is in the report."""
    class_ = session(url, bots=False)
    class_.until("negotiation")
    brava = newcomer()
    brava.sit(class_.code, "BRV")
    brava.page.get_by_text("Table a draft of your own").click()
    brava.page.locator("details .pick button").first.click()
    expect(brava.page.get_by_role("img", name=re.compile("3 needed"))).to_be_visible()
    brava.page.get_by_role("group", name="Declare in public").get_by_role("button", name="Yes").click()
    expect(brava.page.get_by_role("img", name=re.compile("Yes: 1"))).to_be_visible()
    brava.page.get_by_text("Propose another wording").click()
    brava.page.get_by_role("article").locator("details .pick button").first.click()
    expect(brava.page.get_by_role("article")).to_have_count(2)
    class_.until("assembly")
    expect(brava.page.get_by_role("heading", name="Assembly")).to_be_visible()
    brava.page.get_by_role("button", name="I am done for this round").click()
    expect(brava.page.get_by_text("You have not voted on 1 draft. Cast your ballot, or press again")).to_be_visible()
    brava.page.get_by_label("Why, for the record").first.select_option("law")
    ballot = brava.page.get_by_role("group", name="Your ballot").first
    ballot.get_by_role("button", name="No").click()
    expect(brava.page.get_by_text("Under seal: No")).to_be_visible()
    ballot.get_by_role("button", name="Yes").click()
    expect(brava.page.get_by_text("Under seal: Yes")).to_be_visible()
    brava.page.get_by_role("button", name="I am done for this round").click()
    class_.until("report")
    expect(brava.page.get_by_role("heading", name="Turn 1", exact=True)).to_be_visible()
    expect(brava.page.get_by_role("main")).to_contain_text("failed")
    brava.page.get_by_role("listitem").filter(has_text="failed").get_by_role("button", name="Why?").click()
    expect(brava.page.get_by_role("note")).to_contain_text("in favour, 3 needed")
    brava.look_at("World")
    shows = brava.page.get_by_role("group", name="What the map shows")
    told = {"Power": "Arden 71%", "Threat to you": "100%", "Coalitions": "None so far"}
    for layer, words in told.items():
        shows.get_by_role("button", name=layer).click()
        expect(brava.page.locator(".map + p")).to_contain_text(words)


def test_orders_are_drafted_kept_refused_in_words_and_sent(url: str, newcomer: Newcomer) -> None:
    """A draft outlives a reload as the seat does; what the rules would refuse is said before it is sent."""
    class_ = session(url)
    class_.until("orders")
    corin = newcomer()
    corin.sit(class_.code, "COR")
    form = corin.page.get_by_role("textbox", name="arms")
    form.fill("90")
    corin.page.get_by_role("textbox", name="investment").fill("50")
    corin.page.get_by_role("button", name="Add to the order sheet").click()
    drafts = corin.page.get_by_role("region", name="Your order sheet")
    expect(drafts).to_contain_text("✕")
    corin.page.get_by_role("textbox", name="investment").fill("")
    form.fill("6")
    corin.page.get_by_role("button", name="Add to the order sheet").click()
    expect(drafts).to_contain_text("Spend 6% of the economy on arms")
    expect(drafts).not_to_contain_text("✕")
    expect(drafts).to_contain_text("expected payoff")
    corin.page.reload()
    expect(drafts).to_contain_text("Spend 6% of the economy on arms")
    corin.page.get_by_role("button", name="I am done for this round").click()
    expect(corin.page.get_by_text("1 order on your sheet is not sent yet.")).to_be_visible()
    drafts.get_by_role("button", name="Send 1 order").click()
    expect(corin.page.get_by_role("heading", name="Under seal, until the step closes")).to_be_visible()
    expect(drafts).to_be_hidden()


def test_a_seat_says_once_that_it_wants_to_go_to_its_orders(url: str, newcomer: Newcomer) -> None:
    """One click passes every round before orders, each by an ordinary ``done`` of the log; what waits for the seat stops it."""
    class_ = session(url, bots=False)
    class_.until("negotiation")
    corin, brava = newcomer(), newcomer()
    corin.sit(class_.code, "COR")
    brava.sit(class_.code, "BRV")
    corin.page.get_by_role("button", name="Nothing more until orders").click()
    expect(corin.page.get_by_text("Done: 1 of 2")).to_be_visible()
    brava.page.get_by_role("button", name="Compose an offer").click()
    brava.page.get_by_label("Party 1").select_option("COR")
    brava.page.get_by_label("What is promised").select_option("non-aggression")
    brava.page.get_by_role("button", name="Put it on the table").click()
    expect(brava.page.get_by_text("No answer yet")).to_be_visible()
    class_.until("negotiation", 2)
    expect(corin.page.get_by_text("Something waits for you")).to_be_visible()
    corin.page.get_by_role("button", name="Accept", exact=True).click()
    expect(corin.page.get_by_role("button", name="Nothing more until orders")).to_have_attribute("aria-pressed", "false")
    corin.page.get_by_role("button", name="Nothing more until orders").click()
    expect(corin.page.get_by_text("Done: 1 of 2")).to_be_visible()
    class_.control(act="force", id="the-last-round-of-talks")
    expect(corin.page.get_by_role("heading", name="Write an order")).to_be_visible()
    expect(corin.page.get_by_text("Something waits for you")).to_have_count(0)
    expect(corin.page.get_by_text("Done: 0 of 2")).to_be_visible()
    acts = [json.loads(line)["entry"]["order"]["act"]["kind"] for line in class_.log()[1:] if '"COR"' in line]
    assert acts.count("done") >= 2  # of the empty ballot either of the two may be the first to say so


def test_among_bots_one_click_leads_to_the_ballot_or_the_orders(url: str, newcomer: Newcomer) -> None:
    """Bots are done only once people are: whoever passes must not wait for them."""
    class_ = session(url)
    class_.until("negotiation")
    corin = newcomer()
    corin.sit(class_.code, "COR")
    onward = corin.page.get_by_role("button", name="Nothing more until orders")
    onward.click()
    # A bot may make an offer meanwhile, which stops it; then it is said again.
    later = corin.page.locator("[data-step*=':assembly:'], [data-step*=':orders:'], [data-step*=':negotiation:2:']")
    expect(later).to_be_visible(timeout=20_000)


def test_a_projector_finds_its_session_once_the_network_is_back(url: str, newcomer: Newcomer) -> None:
    """It says that it tries again, and does."""
    class_ = session(url)
    wall = newcomer()
    wall.page.route("**/api/codes/**", lambda route: route.abort())
    wall.open(f"#/screen/{class_.code}")
    expect(wall.page.get_by_text("Trying again by itself")).to_be_visible()
    wall.page.unroute("**/api/codes/**")
    expect(wall.page.get_by_role("timer")).to_be_visible()
    wall.complaints.clear()  # the browser notes requests that found nobody by itself


def test_the_instructor_runs_the_clock_and_the_projector_shows_the_public_view(url: str, newcomer: Newcomer) -> None:
    """Start, pause and go on by buttons; the wall shows code, map and countdown."""
    teacher = newcomer()
    teacher.open()
    teacher.page.get_by_role("button", name="Start this case: The Straits of Corin").click()
    teacher.page.get_by_role("button", name="Open the first turn").click()
    teacher.page.get_by_role("button", name="Pause").click()
    teacher.page.get_by_role("button", name="Go on").click()
    expect(teacher.page.get_by_role("timer")).to_be_visible()
    teacher.open(teacher.page.url.partition("#")[1] + teacher.page.url.partition("#")[2].replace("run", "screen"))
    expect(teacher.page.get_by_role("timer")).to_be_visible()
    expect(teacher.page.locator(".map circle").first).to_be_visible()
    expect(teacher.page.get_by_role("button")).to_have_count(0)


def test_russian_is_whole(url: str, newcomer: Newcomer) -> None:
    """The page's own words change at once, and stay changed after a reload."""
    class_ = session(url)
    class_.until("negotiation")
    corin = newcomer(locale="ru")
    corin.sit(class_.code, "COR")
    expect(corin.page.get_by_role("heading", name="Переговоры")).to_be_visible()
    corin.look_at("Роль")
    corin.page.get_by_label("Язык").select_option("en")
    expect(corin.page.get_by_role("heading", name="What you alone know")).to_be_visible()
    corin.page.reload()
    expect(corin.page.get_by_role("heading", name="What you alone know")).to_be_visible()


def test_the_way_back_leads_to_the_place_before(url: str, newcomer: Newcomer) -> None:
    """And not out of the seat; a reload stays at the place."""
    class_ = session(url)
    class_.until("negotiation")
    corin = newcomer(width=360, height=740)
    corin.sit(class_.code, "COR")
    corin.look_at("World")
    corin.look_at("Role")
    expect(corin.page.get_by_role("heading", name="What you alone know")).to_be_visible()
    corin.page.go_back()
    expect(corin.page.get_by_role("heading", name="Questions of the case")).to_be_visible()
    corin.page.reload()
    expect(corin.page.get_by_role("heading", name="Questions of the case")).to_be_visible()
    corin.page.go_back()
    expect(corin.page.get_by_role("heading", name="Negotiation")).to_be_visible()
