"""The pages about the program: their code runs, their links lead somewhere, and every command and option stands in the reference."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Coroutine
from pathlib import Path

import pytest
from cyclopts import App

from server.cli import app
from server.runtime import running
from server.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "tutorial").glob("*.md")), *sorted((ROOT / "docs" / "how-to").glob("*.md"))]
COMMANDS_PAGE = ROOT / "docs" / "reference" / "commands.md"
RUSSIAN_CLASS = ROOT / "docs" / "how-to" / "serve-a-class.ru.md"
RUSSIAN_LABELS = ROOT / "client" / "web" / "src" / "messages" / "ru.json"


def python_blocks(text: str) -> list[str]:
    """The Python that a page shows."""
    return re.findall(r"^```python\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def dead_links(page: Path, text: str) -> list[str]:
    """Links to files of the project that are not there."""
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", text)
    return [link for link in links if "://" not in link and not (page.parent / link).exists()]


def unknown_labels(text: str, messages: str) -> list[str]:
    """What a page sets in italics as a label, and the browser's page never says."""
    said = {label for label in json.loads(messages).values() if isinstance(label, str)}
    return sorted(set(re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text)) - said)


def commands(of: App, prefix: str = "unipole") -> dict[str, set[str]]:
    """Every command with the names of its options."""
    found: dict[str, set[str]] = {}
    for name in of:
        if name.startswith("-"):
            continue
        inner, title = of[name], f"{prefix} {name}"
        if inner.default_command is None:
            found |= commands(inner, title)
        else:
            arguments = inner.assemble_argument_collection()
            found[title] = {argument.name for argument in arguments if argument.name.startswith("--")}
    return found


def undocumented(text: str) -> list[str]:
    """Commands without a section, and options that their section does not name."""
    sections = {line.split(" [")[0]: body for line, body in re.findall(r"^## (.*)\n((?:(?!^## ).*\n?)*)", text, flags=re.MULTILINE)}
    missing = []
    for command, options in commands(app).items():
        body = next((body for title, body in sections.items() if title == command or title.startswith(f"{command} ")), None)
        if body is None:
            missing.append(command)
        else:
            missing += [f"{command} {option}" for option in sorted(options) if f"`{option}`" not in body]
    return missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_code_of_a_page_runs(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it stands there, each block by itself."""
    for number, block in enumerate(python_blocks(page.read_text()), start=1):
        exec(compile(block, f"{page.name} block {number}", "exec"), {"__name__": "page"})
    capsys.readouterr()


def test_a_session_can_be_prepared_as_the_page_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The example for a class, against a real server: a token for control and one for each of 26 seats."""
    names: dict[str, Callable[[str], Coroutine[None, None, None]]] = {}
    exec((python_blocks((ROOT / "docs" / "how-to" / "serve-a-class.md").read_text()))[0], names)

    async def prepared() -> None:
        async with running(Settings(data_dir=tmp_path)) as address:
            await names["prepare"](address.url)

    asyncio.run(prepared())
    assert len(set(re.findall(r"[A-Za-z0-9_-]{43}$", capsys.readouterr().out, flags=re.MULTILINE))) == 27


def test_a_page_with_code_is_among_them() -> None:
    """The reading of blocks finds what there is."""
    assert python_blocks((ROOT / "README.md").read_text())
    assert python_blocks("x\n```python\na = 1\n```\ny\n```text\nb\n```\n") == ["a = 1\n"]


@pytest.mark.parametrize("page", [*PAGES, COMMANDS_PAGE], ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Within the project; addresses outside are not followed."""
    assert dead_links(page, page.read_text()) == []


def test_a_dead_link_is_found() -> None:
    """The reading of links finds what there is."""
    assert dead_links(COMMANDS_PAGE, "[a](nowhere.md) [b](events.md#x) [c](https://example.org)") == ["nowhere.md"]


def test_the_russian_page_for_a_class_names_labels_as_they_stand() -> None:
    """A teacher looks for the very words on the screen."""
    assert unknown_labels(RUSSIAN_CLASS.read_text(), RUSSIAN_LABELS.read_text()) == []


def test_a_label_that_is_not_on_the_screen_is_found() -> None:
    """Bold words are none."""
    assert unknown_labels("*Пауза* и *Паузка*, **жирно**", '{"run.pause": "Пауза", "more": {"one": "x"}}') == ["Паузка"]


def test_every_command_and_option_is_in_the_reference() -> None:
    """By name, in the section of its command."""
    assert len(commands(app)) >= 12
    assert undocumented(COMMANDS_PAGE.read_text()) == []


@pytest.mark.parametrize("gone", ["`--seed`", "## unipole verify", "`--trusted-proxy`"])
def test_an_undocumented_option_is_found(gone: str) -> None:
    """Take one away, and it is missed."""
    text = COMMANDS_PAGE.read_text()
    assert gone in text
    assert undocumented(text.replace(gone, "something else"))
