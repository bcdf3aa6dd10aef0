"""A server with the built page in a thread of its own, and people with browsers in front of it."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.settings import Limits, Settings
from server.web.app import serve
from server.web.pages import BUILT, FIRST
from tests.patience import PATIENCE_S
from tests.web.flaws import flaws_at

PATIENCE_MS = 1000 * PATIENCE_S
expect.set_options(timeout=PATIENCE_MS)
PHASES = ("briefing", "negotiation", "assembly", "orders", "adjudication", "report")


def ask(method: str, url: str, body: object = None, token: str = "") -> dict[str, object]:
    """One HTTP request beside the browsers."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method)) as answer:
        found: dict[str, object] = json.load(answer)
        return found


@contextmanager
def serving() -> Iterator[str]:
    """The address of a server with the page, for the time of the block.

    Raises:
        AssertionError: the page was not built.
    """
    assert (BUILT / FIRST).is_file(), "The page is not built: run `make setup` with Node.js 20.19 or newer."
    address: list[str] = []
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def main() -> None:
        patient = Settings(limits=Limits(hello_seconds=PATIENCE_S))
        async with serve(patient, MemoryLog(lambda: int(time.time() * 1000)), MemoryShelf()) as found:
            address.append(found.url)
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(main()), name="classroom")
    thread.start()
    try:
        assert ready.wait(PATIENCE_S), "the server did not start"
        yield address[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(PATIENCE_S)
        loop.close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Debian's Chromium for the time of the block.

    Raises:
        AssertionError: there is none.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: install the package `chromium`."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Person:
    """Somebody with a browser: everything that reached it is kept, and every complaint of the page."""

    context: BrowserContext
    page: Page
    url: str
    heard: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, place: str = "") -> None:
        """Go to a place of the page."""
        self.page.goto(f"{self.url}/{place}")

    def sit(self, code: str, seat: str) -> None:
        """Join by the code, take a seat with a click, and go from its role to its desk."""
        self.open(f"#/join/{code}")
        self.page.get_by_role("button", name=re.compile(f"^{seat}")).click()
        self.page.locator(".lead .button").click()

    def flaws(self) -> list[str]:
        """What a program sees to be wrong, from a phone to a laptop; the width stays as it was."""
        return flaws_at(self.page)

    def paper(self) -> int:
        """How many pages the page takes on paper."""
        return len(re.findall(rb"/Type\s*/Page\b", self.page.pdf(prefer_css_page_size=True)))

    def look_at(self, place: str) -> None:
        """Choose one of the five places."""
        self.page.get_by_role("navigation").get_by_role("button", name=re.compile(f"^{place}")).click()

    def told(self) -> str:
        """Whatever reached this browser, and whatever it keeps."""
        kept = self.page.evaluate("JSON.stringify({...localStorage, ...sessionStorage, cookie: document.cookie})")
        return "\n".join([*self.heard, str(kept), self.page.content()])


def person(browser: Browser, url: str, width: int = 1280, height: int = 900, scheme: str = "light", locale: str = "en") -> Person:
    """A new browser without a past, without motion."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        locale=locale,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    who = Person(context, page, url)
    page.on("pageerror", lambda error: who.complaints.append(str(error)))
    page.on("console", lambda said: who.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("response", lambda answer: who.heard.append(_text(answer)) if "/api/" in answer.url else None)
    page.on("websocket", lambda socket: socket.on("framereceived", lambda data: who.heard.append(str(data))))
    return who


def _text(answer: object) -> str:
    try:
        return str(answer.text())  # type: ignore[attr-defined]  # of playwright, given untyped to listeners
    except Exception:  # noqa: BLE001 - an answer that nobody waited for has no body any more
        return ""


@dataclass
class Session:
    """A session as its instructor has it."""

    url: str
    code: str
    name: str
    control_token: str
    public_token: str = ""

    def log(self) -> list[str]:
        """The lines of the log."""
        wish = urllib.request.Request(f"{self.url}/api/sessions/{self.name}/log", headers={"Authorization": f"Bearer {self.control_token}"})
        with urllib.request.urlopen(wish) as answer:
            return [line.decode() for line in answer.read().splitlines()]

    def control(self, **act: object) -> None:
        """An act of control."""
        ask("POST", f"{self.url}/api/sessions/{self.name}/control", act, self.control_token)

    def state(self) -> dict[str, object]:
        """What everybody may know."""
        return ask("GET", f"{self.url}/api/sessions/{self.name}")

    def until(self, phase: str, round_: int = 1) -> None:
        """Close steps until a phase and round is open."""
        for _ in range(40):
            state = self.state()
            if (state["phase"], state["round"], state["status"]) == (phase, round_, "running"):
                return
            self.control(act="force", id=f"f{time.time_ns()}")
            time.sleep(0.05)
        raise AssertionError(f"{phase} never came: {self.state()}")


def session(url: str, scenario: str = "tiny", *, bots: bool = True, start: bool = True, **wish: object) -> Session:
    """A new session; ``wish`` is what else is settled when it is made."""
    made = ask("POST", f"{url}/api/sessions", {"scenario": scenario, "seed": "web", "bots": bots, **wish})
    found = Session(url, str(made["code"]), str(made["session"]), str(made["control_token"]), str(made["public_token"]))
    if start:
        found.control(act="start")
    return found
