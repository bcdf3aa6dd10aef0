"""How soon somebody is there: on a first visit, by the link of the projector, after a reload, on a slow phone, and forty at once."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack

from playwright.sync_api import Browser, expect

from server.web.pages import BUILT
from tests.web.classroom import Person, Session, ask, person, session

PHONE = {"latency_ms": 150, "down_kbit": 1600, "up_kbit": 750, "slower": 4}
"""A phone of the middle class on a slow mobile network, as measuring programs suppose it."""


def slowed(who: Person) -> None:
    """The browser becomes such a phone."""
    wire = who.context.new_cdp_session(who.page)
    wire.send("Network.enable")
    rates = {"downloadThroughput": PHONE["down_kbit"] * 1000 / 8, "uploadThroughput": PHONE["up_kbit"] * 1000 / 8}
    wire.send("Network.emulateNetworkConditions", {"offline": False, "latency": PHONE["latency_ms"], **rates})
    wire.send("Emulation.setCPUThrottlingRate", {"rate": PHONE["slower"]})


def first_look(browser: Browser, url: str, *, phone: bool) -> dict[str, float]:
    """How long, in milliseconds, and how many bytes until somebody without a past can type a code; on a phone, slowed down."""
    who = person(browser, url, width=360, height=740)
    wire = who.context.new_cdp_session(who.page)
    wire.send("Network.enable")
    if phone:
        slowed(who)
    bytes_, elsewhere = [0.0], list[str]()
    who.page.on("request", lambda request: elsewhere.append(request.url) if not request.url.startswith(url) else None)
    wire.on("Network.loadingFinished", lambda said: bytes_.__setitem__(0, bytes_[0] + said["encodedDataLength"]))
    begun = time.monotonic()
    who.page.goto(url, wait_until="commit")
    who.page.get_by_label("Code of your session").fill("ABC")
    found = {"ready_ms": (time.monotonic() - begun) * 1000, "kilobytes": bytes_[0] / 1000}
    who.page.wait_for_load_state("networkidle")
    who.context.close()
    assert elsewhere == [], "the page needs nothing but its server"
    return found


def by_link(browser: Browser, class_: Session, seat: str) -> dict[str, float]:
    """The same phone by the link of the projector: until a seat can be pressed, then until its role is there, and back after a reload."""
    who = person(browser, class_.url, width=360, height=740)
    slowed(who)
    begun = time.monotonic()
    who.page.goto(f"{class_.url}/#/join/{class_.code}", wait_until="commit")
    free = who.page.locator(".seat:enabled").filter(has_text=seat)
    expect(free).to_be_visible()
    seen = time.monotonic()
    free.click()
    desk = who.page.locator(".lead .button")
    expect(desk).to_be_visible()
    role = time.monotonic()
    desk.click()
    expect(who.page.locator("[data-step]")).to_be_visible()
    again = time.monotonic()
    who.page.reload(wait_until="commit")
    expect(who.page.get_by_role("heading", level=1)).to_be_visible()
    back = time.monotonic()
    who.context.close()
    return {"link_ms": 1000 * (seen - begun), "role_ms": 1000 * (role - seen), "back_ms": 1000 * (back - again)}


def all_join(browser: Browser, url: str, scenario: str, people: int) -> float:
    """So many browsers join by the code, one after the other as one pair of hands can drive them, and stay; the seconds until all sit.

    One a seat as long as there are free ones, then at a seat of somebody else by its code.
    """
    class_ = session(url, scenario, start=False)
    at = f"{url}/api/sessions/{class_.name}/seats"
    countries = [str(seat["country"]) for seat in class_.state()["seats"]]  # type: ignore[attr-defined]  # of JSON
    codes: list[tuple[str, str]] = []
    begun = time.monotonic()
    with ExitStack() as stack:
        for number in range(people):
            who = person(browser, url, width=360, height=740)
            stack.callback(who.context.close)
            who.open(f"#/join/{class_.code}")
            if number < len(countries):
                who.page.locator(".seat:enabled").first.click()
            else:
                country, code = codes[number - len(countries)]
                who.page.get_by_role("button", name="Join others at a seat").click()
                who.page.get_by_role("dialog").get_by_role("combobox").select_option(country)
                who.page.get_by_label("Code of the seat").fill(code)
                who.page.get_by_role("button", name="Join them").click()
            expect(who.page.get_by_role("navigation", name="Places")).to_be_visible()
            if number < len(countries):
                kept = json.loads(str(who.page.evaluate("(name) => localStorage.getItem(name)", f"unipole:ticket:{class_.code}")))
                asked = ask("POST", f"{at}/{kept['country']}/invitation", token=kept["seat"])
                codes.append((kept["country"], str(asked["code"])))
            assert who.complaints == []
        took_s = time.monotonic() - begun
        sitting = [len(ask("GET", f"{at}/{one}/devices", token=class_.control_token)["devices"]) for one in countries]  # type: ignore[arg-type]  # of JSON
        assert sum(sitting) == people
    return took_s


def bundle_bytes() -> int:
    """What the page weighs as it goes over the wire: each text file packed, fonts as they are; the outlines of the map come later."""
    assets = [path for path in BUILT.rglob("*") if path.is_file() and path.suffix not in (".br", ".gz") and not path.name.startswith(".")]
    packed = [path.with_name(path.name + ".br") for path in assets]
    return sum((small if small.is_file() else path).stat().st_size for path, small in zip(assets, packed, strict=True))
