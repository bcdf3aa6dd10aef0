"""A class of forty: six browsers, a projector, and thirty-four who play by the library, on the server that an instructor starts."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.web.arrivals import bundle_bytes, first_look
from tests.web.classroom import ask, person, session
from tests.web.lesson import BROWSERS, PEOPLE, SCENARIO, lesson, program
from tests.web.test_access import faults
from tests.web.test_board import play_out
from tests.web.test_together import control

BUNDLE_BYTES_MAX = 400_000


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """Where that server is."""
    with program() as address:
        yield address


@pytest.mark.parametrize("size", [15, 27, 40])
def test_a_class_of_any_size_sits_down(served: str, browser: Browser, size: int) -> None:
    """One a seat as long as there are free ones, then at a seat of somebody else by its code; the last one comes with a browser."""
    class_ = session(served, SCENARIO, start=False)
    at = f"{served}/api/sessions/{class_.name}"
    countries = [str(seat["country"]) for seat in class_.state()["seats"]]  # type: ignore[attr-defined]  # of JSON
    tokens = {country: str(ask("POST", f"{at}/seats/{country}")["token"]) for country in countries[: size - 1]}
    codes = {country: str(ask("POST", f"{at}/seats/{country}/invitation", token=token)["code"]) for country, token in tokens.items()}
    for country in countries[: max(0, size - 1 - len(countries))]:
        ask("POST", f"{at}/seats/{country}/devices", token=codes[country])
    last = person(browser, served, width=360, height=740)
    last.open(f"#/join/{class_.code}")
    expect(last.page.locator(".seat:disabled")).to_have_count(len(tokens))
    if len(tokens) < len(countries):
        last.page.locator(".seat:enabled").first.click()
    else:
        last.page.get_by_role("button", name="Join others at a seat").click()
        last.page.get_by_role("dialog").get_by_role("combobox").select_option(countries[-1])
        last.page.get_by_label("Code of the seat").fill(codes[countries[-1]])
        last.page.get_by_role("button", name="Join them").click()
    expect(last.page.get_by_role("navigation", name="Places")).to_be_visible()
    sitting = [len(ask("GET", f"{at}/seats/{one}/devices", token=class_.control_token)["devices"]) for one in countries]  # type: ignore[arg-type]  # of JSON
    assert sum(sitting) == size
    last.context.close()
    assert last.complaints == []


@pytest.mark.parametrize("turns", [1, pytest.param(4, marks=pytest.mark.long)])
def test_forty_people_play_and_every_order_counts_once(served: str, browser: Browser, turns: int) -> None:
    """Nobody is left out, no console complains, no browser holds what is another's, and every screen shows every step."""
    found = lesson(browser, served, turns=turns)
    assert found.turns == turns
    assert len(found.authors) == PEOPLE
    assert [who for who, orders in found.authors.items() if orders < 2 * turns] == []
    given = [name.partition(":")[2] for name in found.logged if name.partition(":")[2] in found.sent]
    assert sorted(given) == sorted(found.sent)
    assert found.complaints == []
    assert found.leaks == []
    assert found.own == BROWSERS
    assert len(found.waits_ms) == found.steps * (BROWSERS + 1)


def test_people_are_removed_from_the_board(served: str, browser: Browser) -> None:
    """Not before it was said that everything is saved; then with a proof that the log still replays."""
    class_ = session(served)
    play_out(class_)
    teacher = person(browser, served)
    page = control(teacher, class_)
    page.get_by_role("button", name="Remove people's data …").click()
    box = page.get_by_role("dialog", name="Remove people's data")
    expect(box.get_by_role("button", name="Remove for good")).to_be_disabled()
    box.get_by_label("I have saved what I need").check()
    assert faults(page) == []
    box.get_by_role("button", name="Remove for good").click()
    expect(page.get_by_role("status").filter(has_text="People's data is removed")).to_contain_text("It replays.")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save the proof").click()
    assert json.loads(waiting.value.path().read_text())["replays"]
    for place in ("screen", "run"):
        teacher.open(f"#/{place}/{class_.code}")
        page.reload()
        expect(page.get_by_text("no longer opens anything")).to_be_visible()
    teacher.context.close()


def test_the_page_is_light(served: str, browser: Browser) -> None:
    """Its files stay under a bound, a slowed phone loads fewer of them before somebody can type, and nothing comes from elsewhere."""
    assert 50_000 < bundle_bytes() < BUNDLE_BYTES_MAX
    phone = first_look(browser, served, phone=True)
    assert 0 < phone["kilobytes"] * 1000 < bundle_bytes()
