"""The reference is the code's own: generated pages are up to date, the page written by hand tells no lies."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import re
import time
from types import ModuleType
from typing import get_args

import pytest
from pydantic import BaseModel

from client.sdk import Lobby
from rules import state
from rules.errors import Code
from rules.events import EventKinds
from rules.orders import ControlAct, SeatAct
from rules.wire import codec
from rules.wire.frames import InKinds, OutKinds
from server.log.memory import MemoryLog
from server.log.shelf import MemoryShelf
from server.reasons import Reason
from server.settings import Settings
from server.web.app import serve
from server.web.connection import CLOSE_CODES
from tests.reference.__main__ import FOLDER
from tests.reference.pages import ENGINE, FRAME, PAGES
from tests.reference.words import fields_of

PROTOCOL = (FOLDER / "protocol.md").read_text()


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language in the page written by hand."""
    return re.findall(rf"```{language}\n(.*?)```", PROTOCOL, flags=re.DOTALL)


def missing(page: str, kinds: tuple[type[BaseModel], ...], key: str) -> list[str]:
    """Kinds without a section on the page, and fields without a row in theirs."""
    sections = dict(re.findall(r"^### `?([\w-]+)`?\n(.*?)(?=^##|\Z)", page, flags=re.DOTALL | re.MULTILINE))
    found = []
    for kind in kinds:
        name = str(kind.model_fields[key].default)
        body = sections.get(name, "")
        found += [f"{name}.{field}" for field in fields_of(kind) if f"| `{field}` |" not in body]
    return found


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_up_to_date(name: str) -> None:
    """``python -m tests.reference`` would change nothing."""
    assert (FOLDER / name).read_text() == PAGES[name]()


@pytest.mark.parametrize(
    ("name", "union", "key"),
    [
        ("orders.md", SeatAct | ControlAct, "kind"),
        ("events.md", EventKinds, "kind"),
        ("frames.md", InKinds | OutKinds, "type"),
    ],
)
def test_every_kind_and_field_appears(name: str, union: object, key: str) -> None:
    """In its own section; and a page that lacks one is found out."""
    kinds: tuple[type[BaseModel], ...] = get_args(union)
    page = (FOLDER / name).read_text()
    assert missing(page, kinds, key) == []
    field = list(kinds[-1].model_fields)[-1]
    last = page.rfind(f"| `{field}` |", 0, page.find("\n## ", page.find(f"### `{kinds[-1].model_fields[key].default}`")))
    assert missing(page[:last] + page[last + 4 :], kinds, key) != []


def test_the_view_is_explained() -> None:
    """Every field of the view's classes has its row."""
    page = (FOLDER / "frames.md").read_text()
    for cls in (state.View, state.Atlas, state.Moment, state.World):
        for field in dataclasses.fields(cls):
            assert f"| `{field.name}` |" in page


def test_every_error_code_appears() -> None:
    """Of the rules, the codec and the server, each with words of its own."""
    page = (FOLDER / "errors.md").read_text()
    assert set(ENGINE) == set(Code)
    assert set(FRAME) == set(codec.FrameCode) == set(CLOSE_CODES)
    for code in (*Code, *codec.FrameCode, *Reason):
        assert f"| `{code.value}` |" in page


def test_the_protocol_names_every_frame_and_spelling() -> None:
    """What the page leaves out, nobody would find."""
    kinds: tuple[type[BaseModel], ...] = (*get_args(InKinds), *get_args(OutKinds))
    for word in (*codec.SUBPROTOCOLS, *(str(kind.model_fields["type"].default) for kind in kinds)):
        assert f"`{word}" in PROTOCOL


def test_the_examples_are_frames() -> None:
    """Each line of JSON goes through the codec."""
    lines = [line for block in blocks("json") for line in block.splitlines()]
    assert len(lines) > 4
    for line in lines:
        read = codec.decode if json.loads(line)["type"] in ("hello", "submit", "envelope") else codec.decode_out
        assert read(line, codec.JSON).type == json.loads(line)["type"]


def test_the_limits_are_those_of_the_codec() -> None:
    """The table, row by row."""
    table = re.findall(r"^\| ([a-z ,]+) \| (\d+) \| (\d+) \|$", PROTOCOL, flags=re.MULTILINE)
    inward, outward = (list(dataclasses.astuple(x)) for x in (codec.IN_LIMITS, codec.OUT_LIMITS))
    assert [int(row[1]) for row in table] == [*inward, codec.INTEGER_MAX.bit_length()]
    assert [int(row[2]) for row in table] == [*outward, codec.INTEGER_MAX.bit_length()]


def test_the_program_runs() -> None:
    """The example plays at a real server."""
    (source,) = blocks("python")
    module = ModuleType("example")
    exec(compile(source, "protocol.md", "exec", dont_inherit=True), module.__dict__)

    async def run() -> str:
        log = MemoryLog(lambda: time.time_ns() // 1_000_000)
        async with serve(Settings(), log, MemoryShelf()) as address, Lobby(address.url) as lobby:
            made = await lobby.make("tiny")
            token = await lobby.claim(made.session, "ARD")
            await lobby.control(made.session, made.control_token, "start")
            early: str = await module.play(address.socket_url, made.session, token)
            assert early.startswith("phase/not-now")
            await lobby.control(made.session, made.control_token, "force")
            said: str = await module.play(address.socket_url, made.session, token)
            return said

    assert asyncio.run(run()).endswith("ARD is done")
