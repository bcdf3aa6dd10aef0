"""The documents promise only what exists, and every decision says why."""

from __future__ import annotations

import re
import tomllib

import cyclopts
import pytest

from server.cli import app
from tests.architecture.documents import (
    shell_commands,
    targets_of,
    unfit_decision,
    unknown_commands,
    unreasoned,
)
from tests.architecture.places import ROOT, expect_none, tracked

TARGETS = targets_of((ROOT / "Makefile").read_text())
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
DEPENDENCIES = ROOT / "docs" / "decisions" / "0002-dependencies.md"


def complaint(words: list[str]) -> str | None:
    """What the command line itself says against these words; None when it would run them."""
    try:
        app.parse_args(words, print_error=False, exit_on_error=False, help_on_error=False)
    except cyclopts.ValidationError:  # a file named as an example need not exist here
        return None
    except cyclopts.CycloptsError as error:
        return str(error)
    return None


def dependencies() -> list[str]:
    """Names of everything the project file asks for: to run, to develop."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return [re.split(r"[^a-z0-9-]", name)[0] for name in wanted]


def test_the_readme_shows_only_commands_that_exist() -> None:
    """Each command of the README is a target of the Makefile or is understood by `unipole`."""
    readme = ROOT / "README.md"
    text = readme.read_text()
    assert list(shell_commands(text))
    expect_none((readme, f) for f in unknown_commands(text, TARGETS, complaint, others=False))


def test_the_other_documents_show_only_commands_that_exist() -> None:
    """Elsewhere other programs may appear, but `make` and `unipole` lines hold."""
    files = [p for p in tracked() if p.suffix == ".md"]
    found = ((p, f) for p in files for f in unknown_commands(p.read_text(), TARGETS, complaint, others=True))
    expect_none(found)


@pytest.mark.parametrize(
    "block",
    [
        "```sh\nmake nonsense\n```",
        "```console\n$ make test nonsense\nall well\n```",
        "```bash\nunipole nonsense\n```",
        "```bash\ncd x && ARGS=1 unipole --no-such-option\n```",
        "```sh\n.venv/bin/unipole \\\n  nonsense\n```",
        "```sh\npip install unipole\n```",
    ],
)
def test_a_planted_command_is_found(block: str) -> None:
    """Wrong targets, wrong commands, wrong options and foreign programs are all found."""
    assert len(unknown_commands(f"Text.\n\n{block}\n", TARGETS, complaint, others=False)) == 1


def test_real_commands_are_left_alone() -> None:
    """Targets with arguments, options of `unipole`, output and other languages are not mistaken."""
    shell = '```console\n$ git clone x && cd x\n$ make demo ARGS="--help"\nnonsense\n$ unipole --help\n```\n'
    text = f"{shell}```python\nnonsense()\n```\n"
    assert {"setup", "demo", "test", "check", "serve", "help", "clean"} <= TARGETS
    assert unknown_commands(text, TARGETS, complaint, others=False) == []


def test_every_page_stands_in_the_index() -> None:
    """Whatever is written can be found from the index of the documents, and every link of the index leads somewhere."""
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / target).resolve() for target in re.findall(r"\]\(([^)#]+)\)", index.read_text())}
    pages = {path for path in tracked() if path.suffix == ".md" and path.is_relative_to(index.parent)} - {index}
    assert pages - linked == set()
    assert [path for path in linked if not path.is_file()] == []


def test_decisions_are_numbered_without_gaps() -> None:
    """0001, 0002, ... with a name each."""
    names = [re.fullmatch(r"(\d{4})-[a-z-]+\.md", p.name) for p in DECISIONS]
    assert [int(m[1]) for m in names if m] == list(range(1, len(DECISIONS) + 1))
    assert DECISIONS


def test_every_decision_has_its_parts() -> None:
    """Status, Decision, Reason, within the limit."""
    expect_none((p, f) for p in DECISIONS for f in unfit_decision(p.read_text()))


@pytest.mark.parametrize("part", ["Status", "Decision", "Reason"])
def test_a_decision_without_a_part_is_found(part: str) -> None:
    """A part taken away or emptied is missed."""
    whole = "# 1\n\n## Status\n\nTaken.\n\n## Decision\n\nThis.\n\n## Reason\n\nThat.\n"
    assert unfit_decision(whole) == []
    assert unfit_decision(whole.replace(f"## {part}\n", ""))
    assert unfit_decision(re.sub(rf"(## {part}\n\n)\w+\.\n", r"\1", whole))
    assert unfit_decision(whole + "More.\n" * 40)


def test_every_dependency_has_its_reason() -> None:
    """One line each, for those at run time and for the tools; and no line for what is not used."""
    text = DEPENDENCIES.read_text()
    assert unreasoned(dependencies(), text) == []
    assert set(re.findall(r"^- `([a-z0-9-]+)`", text, flags=re.MULTILINE)) == set(dependencies())


def test_a_dependency_without_a_reason_is_found() -> None:
    """An unknown name, a name without a reason and a name told twice are found."""
    text = DEPENDENCIES.read_text()
    assert unreasoned(["left-pad"], text) == ["left-pad"]
    assert unreasoned(["numpy"], "- `numpy` 2: fast\n") == ["numpy"]
    assert unreasoned(["numpy"], text + text) == ["numpy"]
