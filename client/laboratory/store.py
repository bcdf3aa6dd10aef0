"""Results on disk: one line a game, kept under a name that follows from rules, bots, file and seeds.

Stopped at any moment, a run goes on where it was; with other rules, another file or another seed it begins anew, beside the old results.
A line that was cut off is left out and played again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from client.laboratory.estimates import Seen
from client.laboratory.playing import Plan, Record
from client.laboratory.reading import Experiment

_KEY_DIGITS = 16


def key(experiment: Experiment, plan: Plan, engine: str) -> str:
    """What results belong to: the same key means the same games."""
    text = f"{engine}|{experiment.hash}|{plan.seed}|{plan.purpose}"
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY_DIGITS]


class Store:
    """The kept games of one experiment."""

    def __init__(self, folder: Path, experiment: Experiment, plan: Plan, engine: str) -> None:
        self.key = key(experiment, plan, engine)
        self.path = folder / f"{experiment.data.id}-{self.key}.jsonl"

    def read(self) -> Iterator[Record]:
        """Every whole line."""
        if not self.path.is_file():
            return
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                found = _record(line)
                if found is not None:
                    yield found

    def add(self, records: Iterable[Record]) -> None:
        """Keep some games.

        Raises:
            OSError: the folder cannot be written to.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = "".join(_line(record) for record in records)
        torn = self.path.is_file() and self.path.stat().st_size > 0 and not self.path.read_bytes().endswith(b"\n")
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"\n{text}" if torn else text)

    def discard(self) -> None:
        """Forget what was kept."""
        self.path.unlink(missing_ok=True)


def _line(record: Record) -> str:
    data = {
        "run": record.run,
        "cell": record.cell,
        "number": record.number,
        "seed": record.seen.seed,
        "values": dict(record.seen.values),
    }
    return f"{json.dumps(data, separators=(',', ':'))}\n"


def _record(line: str) -> Record | None:
    try:
        data = json.loads(line)
        return Record(str(data["run"]), tuple(data["cell"]), int(data["number"]), Seen(str(data["seed"]), dict(data["values"])))
    except (ValueError, KeyError, TypeError):
        return None
