"""``python -m tests.mutation``: a random sample of mutants of the rules, or of the sessions, against the tests that reach them.

One process collects the tests.  A child of it runs all of them once and notes which test runs which line, and how long it takes.  Then a
child for each mutant puts the fault into the function as it stands in memory, forgets what was kept from before, and runs the quickest
tests that reach the line until one fails.
"""

from __future__ import annotations

import argparse
import ast
import functools
import gc
import os
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from types import CodeType, FunctionType

import coverage
import pytest
from _pytest.runner import runtestprotocol

from scenarios import load
from tests.mutation.faults import Site, sites

ROOT = Path(__file__).parents[2]
SUBJECTS = {
    "rules": ("tests/rules", "tests/conformance", "tests/playthroughs"),
    "server/sessions": ("tests/server/sessions", "tests/server/desk", "tests/simulation"),
}
"""What faults are put into, and the tests that ought to notice."""
LEFT_OUT = "not is_noticed and not test_properties"  # they turn the rules over themselves, or are the long play
LONG_PLAY = "strolls"  # a fixture of seventy games; what rests on it is left out as well
SECONDS_MAX = 20.0  # of tests for one mutant, as they took without it
ONE_TEST_SECONDS_MAX = 60
KILLED, SURVIVED, UNREACHED, UNBUILT = "killed", "survived", "reached by no test", "cannot be built"


@dataclass(frozen=True)
class Mutant:
    """A fault by its number in its file."""

    path: Path
    number: int

    def __str__(self) -> str:
        site = sites(ast.parse(self.path.read_text(encoding="utf-8")))[self.number]
        line = self.path.read_text(encoding="utf-8").splitlines()[site.lines[-1] - 1].strip()
        return f"{self.path.relative_to(ROOT)}:{site.lines[-1]} {site.what}: {line}"


def drawn(count: int, seed: str, folder: Path) -> list[Mutant]:
    """Some of all mutants, each as likely as the others."""
    paths = sorted(folder.rglob("*.py"))
    every = [Mutant(path, k) for path in paths for k in range(len(sites(ast.parse(path.read_text(encoding="utf-8")))))]
    print(f"{len(every)} mutants in {len(paths)} files; {min(count, len(every))} of them drawn with seed {seed!r}", flush=True)
    return sorted(Random(seed).sample(every, min(count, len(every))), key=lambda m: (m.path, m.number))


def in_child(work: Callable[[], int]) -> int:
    """What some work gives in a process of its own, silently."""
    pid = os.fork()
    if pid:
        return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    status = 1
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        status = work()
    finally:
        os._exit(status)


class Trial:
    """A pytest plugin that, instead of the tests, tries mutants with them."""

    def __init__(self, subject: str, mutants: Sequence[Mutant], data: Path) -> None:
        self.subject, self.mutants, self.data = subject, mutants, data
        self.found: Counter[str] = Counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Notes which test runs what, unless that is known, then tries each mutant."""
        load("tiny")
        if not self.data.exists():
            started = time.monotonic()
            able_to = [item for item in session.items if LONG_PLAY not in getattr(item, "fixturenames", ())]
            in_child(lambda: _noted(self.subject, able_to, self.data))
            print(f"which test runs which line: {time.monotonic() - started:.0f} s", flush=True)
        items = {item.nodeid: item for item in session.items}
        reach, seconds = _read(self.data)
        for mutant in self.mutants:
            site = sites(ast.parse(mutant.path.read_text(encoding="utf-8")))[mutant.number]
            able = {test for line in site.lines for test in reach[mutant.path, line]} & set(items)
            verdict = self._tried(mutant, [items[t] for t in _quickest(able, seconds, f"test_{mutant.path.stem}.py")])
            self.found[verdict] += 1
            if verdict != KILLED:
                print(f"{verdict}: {mutant} ({len(able)} tests)", flush=True)
        tried = self.found[KILLED] + self.found[SURVIVED]
        print(f"{dict(self.found)}: {self.found[KILLED]} of {tried} killed, {100 * self.found[KILLED] / max(tried, 1):.1f} %", flush=True)
        return True

    def _tried(self, mutant: Mutant, tests: Sequence[pytest.Item]) -> str:
        if not tests:
            return UNREACHED
        return {0: SURVIVED, 3: UNBUILT}.get(in_child(lambda: _outlived(mutant, tests)), KILLED)


def _noted(subject: str, items: Sequence[pytest.Item], data: Path) -> int:
    """Runs every test under coverage, each as a context ``seconds name``."""
    recorder = coverage.Coverage(data_file=None, source=[subject.replace("/", ".")], config_file=False)
    whole = coverage.CoverageData(str(data))
    recorder.start()
    took = {}
    for item, following in zip(items, [*items[1:], None], strict=True):
        recorder.switch_context(item.nodeid)
        started = time.perf_counter()
        reports = runtestprotocol(item, nextitem=following, log=False)
        took[item.nodeid] = time.perf_counter() - started if all(report.passed for report in reports) else 1e9
    recorder.stop()
    whole.update(recorder.get_data())
    whole.write()
    data.with_suffix(".seconds").write_text("\n".join(f"{s} {name}" for name, s in took.items()), encoding="utf-8")
    return 0


def _read(data: Path) -> tuple[dict[tuple[Path, int], set[str]], dict[str, float]]:
    known = coverage.CoverageData(str(data))
    known.read()
    reach: dict[tuple[Path, int], set[str]] = defaultdict(set)
    for path in known.measured_files():
        for line, tests in known.contexts_by_lineno(path).items():
            reach[Path(path), line].update(tests)
    rows = [row.split(" ", 1) for row in data.with_suffix(".seconds").read_text(encoding="utf-8").splitlines()]
    return reach, {name: float(took) for took, name in rows}


def _quickest(tests: set[str], seconds: dict[str, float], own: str) -> list[str]:
    """As many as there is time for: those of the file that mirrors the source first, then the quickest."""
    chosen: list[str] = []
    spent = 0.0
    for test in sorted(tests, key=lambda name: (own not in name, seconds[name], name)):
        spent += seconds[test]
        if spent <= SECONDS_MAX or (not chosen and seconds[test] < ONE_TEST_SECONDS_MAX):
            chosen.append(test)
    return chosen


def _outlived(mutant: Mutant, tests: Sequence[pytest.Item]) -> int:
    """0 if no test notices the fault."""
    tree = ast.parse(mutant.path.read_text(encoding="utf-8"))
    site = sites(tree)[mutant.number]
    site.plant()
    if not _planted(mutant.path, site, compile(ast.fix_missing_locations(tree), str(mutant.path), "exec")):
        return 3
    for kept in gc.get_objects():
        if isinstance(kept, functools._lru_cache_wrapper) and kept is not load:
            kept.cache_clear()
    for item, following in zip(tests, [*tests[1:], None], strict=True):
        if any(report.failed for report in runtestprotocol(item, nextitem=following, log=False)):
            return 1
    return 0


def _planted(path: Path, site: Site, module: CodeType) -> bool:
    """Gives the functions in memory that were made of the site's function the code with the fault."""
    first = min([site.function.lineno, *(d.lineno for d in getattr(site.function, "decorator_list", ()))])
    faulty = [code for code in _codes(module) if code.co_firstlineno == first]
    changed = 0
    for function in gc.get_objects():
        if isinstance(function, FunctionType) and function.__code__.co_filename == str(path) and function.__code__.co_firstlineno == first:
            for code in faulty:
                if code.co_qualname == function.__code__.co_qualname and code.co_freevars == function.__code__.co_freevars:
                    function.__code__ = code
                    changed += 1
    return bool(changed)


def _codes(code: CodeType) -> list[CodeType]:
    inner = [const for const in code.co_consts if isinstance(const, CodeType)]
    return [*inner, *(deeper for one in inner for deeper in _codes(one))]


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument("--of", choices=SUBJECTS, default="rules", help="what faults are put into")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--reach", type=Path, default=ROOT / ".mutation", help="keeps which test runs which line; delete it to note anew")
    parser.add_argument("--only", default="", help="part of a file's path")
    given = parser.parse_args()
    sample = [m for m in drawn(given.count, given.seed, ROOT / given.of) if given.only in str(m.path.relative_to(ROOT))]
    options = ("-q", "-s", "-p", "no:cacheprovider", "-o", f"timeout={ONE_TEST_SECONDS_MAX}", "-k", LEFT_OUT, "-W", "ignore")
    return int(pytest.main([*SUBJECTS[given.of], *options], plugins=[Trial(given.of, sample, given.reach)]))


if __name__ == "__main__":
    sys.exit(main())
