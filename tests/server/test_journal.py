"""A journal tells what happened, and nobody can play by it."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import secrets
from collections.abc import Iterator

import pytest

from rules.wire.frames import Seen
from server.journal import STRUCK, open_journal, without_secrets
from server.settings import Settings
from tests.server.site import site


@pytest.fixture
def pages() -> Iterator[io.StringIO]:
    """A journal in memory, with every request; the one before is put back."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    open_journal("json", "info", "2", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_line_is_an_object(pages: io.StringIO) -> None:
    """With what was said, how grave it is, when, and by which process."""
    logging.getLogger("server.somewhere").warning("the %s gives no answer", "log", extra={"session": "tiny-abc"})
    line = json.loads(pages.getvalue())
    assert line["event"] == "the log gives no answer"
    assert (line["level"], line["process"], line["session"]) == ("warning", "2", "tiny-abc")
    assert line["timestamp"].endswith("Z")


def test_tokens_and_passwords_are_struck_out(pages: io.StringIO) -> None:
    """From the sentence and from every field, whoever wrote them."""
    token = secrets.token_urlsafe(32)
    logging.getLogger("anybody").error("%s was shown at redis://unipole:geheim@host:1", token, extra={"header": f"Bearer {token}"})
    text = pages.getvalue()
    assert token not in text
    assert "geheim" not in text
    assert text.count(STRUCK) == 3
    assert without_secrets("session tiny-abcdef, 12 entries") == "session tiny-abcdef, 12 entries"


def test_no_token_is_in_anything_a_server_writes(pages: io.StringIO) -> None:
    """Tokens are issued, shown, shown wrongly and revoked; the journal has the requests and no token, name or address."""
    shown: list[str] = []

    async def scene() -> None:
        async with site(Settings(metrics_token="canary-metrics-token")) as here:
            await here.open()
            shown.extend(here.tokens.values())
            client = await here.client("ARD")
            await client.until(Seen)
            await here.ask("GET", f"/api/sessions/{here.session}/desk", token=here.tokens["ARD"])
            await here.ask("GET", f"/api/sessions/{here.session}/desk?token={here.tokens['BRV']}", token="x" * 43)
            await here.ask("GET", "/metrics", token="canary-metrics-token")
            await here.ask("DELETE", here.seat_path("ARD"), token=here.tokens["umpire"])
            await client.close()

    asyncio.run(scene())
    text = pages.getvalue()
    requests = [json.loads(line) for line in text.splitlines() if json.loads(line)["event"] == "request"]
    assert "/api/sessions/{session}/desk" in {line["path"] for line in requests}
    assert all(token not in text for token in shown)
    assert "canary" not in text
    assert "127.0.0.1" not in text


def test_for_a_person(pages: io.StringIO) -> None:
    """The same as text."""
    stream = io.StringIO()
    open_journal("console", "warning", stream=stream)
    logging.getLogger("server").warning("something")
    logging.getLogger("server").info("too light")
    assert "something" in stream.getvalue()
    assert "too light" not in stream.getvalue()
