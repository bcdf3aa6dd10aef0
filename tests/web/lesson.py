"""``make class``: a lesson of forty people on a real server, how soon a new step is on every screen, and how soon one is there.

Six people have browsers, three of them as wide as a phone, thirty-four play by the library; one more browser is the projector.  The server
is the program that an instructor starts, with its private store.  ``--out FOLDER`` writes what was found to class.md there.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect

from server.sessions.recovery import scenario_named
from tests.patience import PATIENCE_S
from tests.web.arrivals import PHONE, all_join, bundle_bytes, by_link, first_look
from tests.web.classroom import Person, Session, ask, browsing, person, session
from tests.web.crowd import SECRET_BN, Crowd

PEOPLE, BROWSERS, TURNS = 40, 6, 4
SCENARIO = "iraq-2003"
START_S = 60
ACTED = frozenset({("negotiation", 1), ("assembly", 2), ("orders", 1)})
WATCH = """
window.seen = {};
new MutationObserver(() => {
  const step = document.querySelector('[data-step]')?.dataset.step;
  if (step && !(step in seen)) { seen[step] = 0; requestAnimationFrame(() => (seen[step] = Date.now())); }
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-step'] });
"""
"""Notes in a page when each step was painted."""
SIZES = ((1280, 900), (360, 740))
SHORT = "adjudication"
"""Its time is ten seconds, so that it can be waited for."""
LAID = ".debrief-sheet[aria-busy=false] h1"
OPEN = "document.querySelector('[data-step]').dataset.step"
@dataclass
class Found:
    """What came of a lesson."""

    turns: int = 0
    steps: int = 0
    waits_ms: list[float] = field(default_factory=list)  # from the close of a step to the new one on a screen
    due_ms: list[float] = field(default_factory=list)  # those of them in which the step's own time was up
    debrief_ms: list[float] = field(default_factory=list)  # from the end of the game, or a click, to the debrief on a screen
    sent: set[str] = field(default_factory=set)  # orders that people gave and the server acknowledged
    authors: dict[str, int] = field(default_factory=dict)  # orders acknowledged, by person
    logged: list[str] = field(default_factory=list)  # orders in the log, in their order
    complaints: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)  # secrets of others that reached a browser
    own: int = 0  # browsers that had their own, so that the search can find


def p95(waits: list[float]) -> float:
    """What nineteen of twenty stayed under."""
    return sorted(waits)[math.ceil(0.95 * len(waits)) - 1]


@dataclass
class Pupil:
    """Somebody with a browser and a seat, and what went out of it and was acknowledged."""

    who: Person
    taken: list[str] = field(default_factory=list)
    seat: str = ""

    def listen(self) -> None:
        """Note acknowledgements from now on."""
        self.who.page.on("websocket", lambda socket: socket.on("framereceived", self._hear))

    def _hear(self, data: str | bytes) -> None:
        frame = json.loads(data)
        if frame["type"] == "acked":
            self.taken.append(frame["id"])

    def act(self) -> None:
        """By clicks: a motive in talks, a ballot in the last round of the assembly, a budget among the orders."""
        page, before = self.who.page, len(self.taken)
        match _phase(page):
            case "negotiation":
                page.get_by_text("Speak in public, or note a motive").click()
                page.locator("details").filter(has_text="Speak in public").get_by_label("Kind of order").select_option("motive")
                page.get_by_role("button", name="Say it").click()
            case "assembly":
                page.get_by_role("group", name="Your ballot").first.get_by_role("button", name="Abstain").click()
            case _:
                page.get_by_role("button", name="Add to the order sheet").click()
                page.get_by_role("button", name=re.compile("^Send 1 order")).click()
        deadline = time.monotonic() + PATIENCE_S
        while len(self.taken) == before:
            assert time.monotonic() < deadline, f"nothing was acknowledged in {_phase(page)}"
            page.wait_for_timeout(20)


def _phase(page: Page) -> str:
    return str(page.locator("[data-step]").get_attribute("data-step")).split(":")[3]


ENVIRONMENT = {"PYTHONUNBUFFERED": "1", "UNIPOLE_LIMITS_POSTS_RATE": "1000,1000"}
"""One class follows the other at once here, all from one address."""


@contextmanager
def program() -> Iterator[str]:
    """The address of the server that an instructor starts, for the time of the block."""
    with TemporaryDirectory(prefix="lesson-") as folder:
        command = [sys.executable, "-m", "server", "serve", "--port", "0", "--data", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | ENVIRONMENT) as server:
            assert server.stdout is not None, "it is a pipe"
            try:
                address = re.search(r"http://[^ ]+\d", server.stdout.readline())
                assert address, "the server did not start"
                yield address[0]
            finally:
                server.terminate()
                server.wait(START_S)


def lesson(browser: Browser, url: str, *, turns: int = TURNS, whole: bool = False) -> Found:
    """Everybody joins and plays; each step is closed once all have acted, as a deadline closes it.

    ``whole``: the short steps wait for their own deadlines, the game is brought to its end, and every screen opens its debrief.
    """
    found = Found()
    class_ = session(url, SCENARIO, start=False, parameters={"leak_chance": 0.0})  # no secret comes to light by chance
    pupils = [Pupil(person(browser, url, *SIZES[number % 2])) for number in range(BROWSERS)]
    wall = person(browser, url)
    countries = [str(seat["country"]) for seat in class_.state()["seats"]]  # type: ignore[attr-defined]  # of JSON
    council = ["FRA", "GBR", "RUS", "CHN", "MEX", "CHL"]
    rest = [country for country in countries if country not in council]
    tokens = [str(ask("POST", f"{url}/api/sessions/{class_.name}/seats/{country}")["token"]) for country in rest]
    for pupil, country in zip(pupils, council, strict=True):
        pupil.listen()
        pupil.who.page.add_init_script(WATCH)
        pupil.who.sit(class_.code, country)
    _project(wall, class_)
    with Crowd(url, class_.name) as crowd:
        crowd.sit([tokens[number % len(tokens)] for number in range(PEOPLE - BROWSERS)])
        class_.control(act="start")
        while (state := class_.state())["turn"] != turns + 1 and state["status"] != "over":
            _step(class_, pupils, wall, crowd, found, due=whole)
        found.turns = min(turns, int(str(state["turn"])) - (state["status"] != "over"))
        found.authors = {f"library {k}": len(player.taken) for k, player in enumerate(crowd.players)}
        found.sent = {name for player in crowd.players for name in player.taken}
    for k, pupil in enumerate(pupils):
        found.authors[f"browser {k}"] = len(pupil.taken)
        found.sent |= set(pupil.taken)
    found.logged = _logged(class_)
    _debriefs(class_, pupils, wall, found, whole=whole)
    _search(pupils, wall, dict(zip(rest, tokens, strict=True)), class_, found)
    for who in (*(pupil.who for pupil in pupils), wall):
        found.complaints += who.complaints
        who.context.close()
    return found


def _project(wall: Person, class_: Session) -> None:
    """The projector has the public token alone; the control token stays where it is."""
    wall.page.add_init_script(WATCH)
    ticket = {"session": class_.name, "code": class_.code, "public": class_.public_token}
    wall.open()
    wall.page.evaluate("([name, text]) => localStorage.setItem(name, text)", [f"unipole:ticket:{class_.code}", json.dumps(ticket)])
    wall.open(f"#/screen/{class_.code}")
    expect(wall.page.locator("[data-step]")).to_be_visible()


def _step(class_: Session, pupils: list[Pupil], wall: Person, crowd: Crowd, found: Found, *, due: bool) -> None:
    """Play the open step, close it, or let its time run out if it is a short one, and wait until the next is painted everywhere."""
    state = class_.state()
    if (state["phase"], state["round"]) in ACTED:
        crowd.act()
        for pupil in pupils:
            pupil.act()
    if (state["turn"], state["phase"], state["round"]) == (1, "negotiation", 1):
        crowd.deal_in_secret()
    pages = [pupil.who.page for pupil in pupils] + [wall.page]
    before = {page: str(page.locator("[data-step]").get_attribute("data-step")) for page in pages}
    runs_out = due and state["phase"] == SHORT
    if runs_out:
        closed = time.time() * 1000 + float(str(class_.state()["due_in_ms"]))
    else:
        closed = time.time() * 1000
        class_.control(act="force", id=f"f{time.time_ns()}")
    found.steps += 1
    for page in pages:
        page.wait_for_function(f"(old) => {OPEN} !== old && seen[{OPEN}] > 0", arg=before[page])
        found.waits_ms.append(float(page.evaluate(f"seen[{OPEN}]")) - closed)
    if runs_out:
        found.due_ms += found.waits_ms[-len(pages) :]


def _debriefs(class_: Session, pupils: list[Pupil], wall: Person, found: Found, *, whole: bool) -> None:
    """Seats read the debrief while its secrets are sealed; of a whole lesson everybody does, once the game is over."""
    if whole:
        while class_.state()["status"] != "over":
            class_.control(act="force", id=f"f{time.time_ns()}")
        begun = time.monotonic()
        expect(wall.page.locator(LAID)).to_be_visible()
        found.debrief_ms.append((time.monotonic() - begun) * 1000)
    for pupil in pupils if whole else pupils[:1]:
        begun = time.monotonic()
        pupil.who.open(f"#/play/{class_.code}/debrief")
        expect(pupil.who.page.locator(LAID)).to_be_visible()
        found.debrief_ms.append((time.monotonic() - begun) * 1000)
        pupil.who.page.get_by_role("button", name="my seat knew").click()
        expect(pupil.who.page.get_by_text(re.compile(r"Told from what .+ knew\."))).to_be_visible()


def _search(pupils: list[Pupil], wall: Person, tokens: dict[str, str], class_: Session, found: Found) -> None:
    """Look through everything that reached each browser and that it keeps for sheets and tokens of others."""
    scenario = scenario_named(SCENARIO)
    sheets = {land.id: max(scenario.secret_briefs[k].splitlines(), key=len) for k, land in enumerate(scenario.data.country)}
    marks = [*sheets.items(), *tokens.items(), ("control", class_.control_token), ("a secret deal", str(SECRET_BN))]
    for pupil in pupils:
        ticket = json.loads(str(pupil.who.page.evaluate("(name) => localStorage.getItem(name)", f"unipole:ticket:{class_.code}")))
        pupil.seat = ticket["country"]
        marks.append((pupil.seat, ticket["seat"]))
    for seat, who in [*((pupil.seat, pupil.who) for pupil in pupils), ("", wall)]:
        told = who.told()
        found.leaks += [f"{seat or 'the wall'} has something of {owner}" for owner, mark in marks if owner != seat and mark in told]
        found.own += sum(mark in told for owner, mark in marks if owner == seat) == 2


def _logged(class_: Session) -> list[str]:
    return [str(json.loads(line)["entry"]["order"]["id"]) for line in class_.log()[1:]]


PAGE = """# A class of forty, measured

Written by `make class` (five minutes). Six people have browsers (Chromium), three of them as wide as a phone, thirty-four play by the
library, several of them at one seat, and one more browser is the projector; the server is `unipole serve` with its private store. The
case is *Iraq and the Security Council*, {turns} turns with their negotiation, assembly and sealed orders. Everything ran on one machine
with two cores, browsers included, whose load was {load:.1f} when it began and {load_after:.1f} when it ended,
so the times are upper bounds. `tests/web/test_lesson.py` holds one turn of the same lesson in every run of the tests, without bounds on
time. What else a class may rely on, and the tests that hold it to it, stands in [the seminar, line by line](seminar.md).

| what | figure |
|---|---|
| people, and screens that were watched | {people}, {screens} |
| steps closed, of which by their own deadline | {steps}, {dues} |
| orders acknowledged, and found in the log once each | {sent}, {logged} |
| from the close of a step to the new one painted: median | {median:.2f} s |
| the same, 95 of 100 | {p95:.2f} s |
| the same, longest | {longest:.2f} s |
| from a deadline to the new step painted: 95 of 100 | {due:.2f} s |
| from the end of the game to the debrief on the projector | {wall:.2f} s |
| at a seat, from the click to its debrief: longest | {debrief:.2f} s |
| complaints in any console | {complaints} |
| secrets of others in a browser, debrief included: page, storage, whatever reached it | {leaks} |
| forty browsers join by the code, one after the other, and stay | {joined:.0f} s |
| the whole page, packed, with fonts and the map's outlines | {bundle:.0f} KB |
| first visit: something can be typed | {desktop:.2f} s |
| the same on a phone, {slower} x slower, with a slow network ({latency_ms} ms, {down_kbit} kbit/s) | {phone:.2f} s, {kilobytes:.0f} KB |
| on that phone by the projector's link: a seat can be pressed | {link:.2f} s |
| from the press to the role sheet | {role:.2f} s |
| on that phone after a reload: back at the desk | {back:.2f} s |
"""


def page(found: Found, load: float, joined_s: float, looks: tuple[dict[str, float], dict[str, float]], link: dict[str, float]) -> str:
    """The page of the reference."""
    names = {name.partition(":")[2] for name in found.logged}
    ordered = sorted(found.waits_ms)
    desktop, phone = looks
    return PAGE.format(
        turns=found.turns,
        load=load,
        load_after=os.getloadavg()[0],
        people=len(found.authors),
        screens=BROWSERS + 1,
        steps=found.steps,
        dues=len(found.due_ms) // (BROWSERS + 1),
        sent=len(found.sent),
        logged=len(found.sent & names),
        median=ordered[len(ordered) // 2] / 1000,
        p95=p95(found.waits_ms) / 1000,
        longest=ordered[-1] / 1000,
        due=p95(found.due_ms) / 1000,
        wall=found.debrief_ms[0] / 1000,
        debrief=max(found.debrief_ms[1:]) / 1000,
        complaints=len(found.complaints),
        leaks=len(found.leaks),
        joined=joined_s,
        bundle=bundle_bytes() / 1000,
        desktop=desktop["ready_ms"] / 1000,
        phone=phone["ready_ms"] / 1000,
        kilobytes=phone["kilobytes"],
        link=link["link_ms"] / 1000,
        role=link["role_ms"] / 1000,
        back=link["back_ms"] / 1000,
        **PHONE,
    )


def main() -> None:
    """Hold the lesson and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="a folder for class.md")
    out, load = parser.parse_args().out, os.getloadavg()[0]
    with program() as url, browsing() as browser:
        looks = first_look(browser, url, phone=False), first_look(browser, url, phone=True)
        link = by_link(browser, session(url, SCENARIO), "Mexico")
        joined_s = all_join(browser, url, SCENARIO, PEOPLE)
        found = lesson(browser, url, whole=True)
        text = page(found, load, joined_s, looks, link)
    print(text)
    print(*found.complaints, *found.leaks, sep="\n")
    if out is not None:
        (out / "class.md").write_text(text)


if __name__ == "__main__":
    main()
