"""One number out of a finished game: rows that fit, summed up; or other numbers combined.

| value | the number |
|---|---|
| count, any | how many rows fit; 1 if any does, else 0 |
| sum F, mean F, min F, max F | of the field F over the rows in which it is a number |
| first F | F in the first row |
| distinct F, share F | how many values F takes; the same as a share of the states in ``among`` |
| change F | mean of F over the rows of the last turn that has any, less that over the rows of the first |
| tau F G | rank correlation (Kendall's tau-b) of two fields over the rows |
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from client.laboratory.agreement import kendall_tau
from client.laboratory.conditions import Row, fits
from client.laboratory.course import Course
from client.laboratory.openings import Groups, chosen
from client.laboratory.rows import TABLES
from client.laboratory.schema import Metric
from rules.exact import add

PLAIN = ("count", "any")
OF_ONE = ("sum", "mean", "min", "max", "first", "distinct", "share", "change")
OF_TWO = ("tau",)


def words_of(value: str) -> tuple[str, tuple[str, ...]]:
    """(verb, fields) of a ``value``; the verb is empty if it cannot be read."""
    verb, *names = value.split()
    wanted = 0 if verb in PLAIN else 1 if verb in OF_ONE else 2 if verb in OF_TWO else -1
    return (verb, tuple(names)) if len(names) == wanted else ("", ())


@dataclass
class Measure:
    """The metrics of one finished game, each table made at most once."""

    course: Course
    metrics: Mapping[str, Metric]
    groups: Groups
    _tables: dict[str, list[Row]] = field(default_factory=dict)

    def all(self) -> dict[str, float | None]:
        """Every metric by name; None where the game says nothing about it."""
        return {name: self.of(name) for name in self.metrics}

    def of(self, name: str) -> float | None:
        """One metric."""
        metric = self.metrics[name]
        if metric.combine is not None:
            found = self._combined(metric)
        else:
            assert metric.rows is not None, "a metric has rows or combines others"
            atlas = self.course.final.atlas
            rows = [row for row in self._rows(metric.rows) if fits(row, metric.where, atlas, self.groups)]
            found = self._summed(metric, rows)
        return metric.missing if found is None else found

    def _rows(self, table: str) -> list[Row]:
        if table not in self._tables:
            self._tables[table] = list(TABLES[table](self.course))
        return self._tables[table]

    def _summed(self, metric: Metric, rows: Sequence[Row]) -> float | None:
        verb, names = words_of(metric.value)
        match verb:
            case "count":
                return float(len(rows))
            case "any":
                return 1.0 if rows else 0.0
            case "distinct" | "share":
                values = {item for row in rows for item in _items(row.get(names[0]))}
                if verb == "distinct":
                    return float(len(values))
                atlas = self.course.final.atlas
                among = chosen(metric.among or "*", atlas.countries, atlas.unipole, self.groups)
                return len(values & {atlas.countries[row] for row in among}) / len(among)
            case "tau":
                pairs = [(row.get(names[0]), row.get(names[1])) for row in rows]
                both = [(a, b) for a, b in pairs if isinstance(a, float) and isinstance(b, float)]
                return kendall_tau([a for a, _ in both], [b for _, b in both]) if len(both) > 1 else None
            case "change":
                return _change(rows, names[0])
            case _:
                return _of_numbers(verb, _numbers(rows, names[0]))

    def _combined(self, metric: Metric) -> float | None:
        values = [self.of(name) for name in metric.of]
        known = [value for value in values if value is not None]
        if len(known) < len(values) or not known:
            return None
        match metric.combine:
            case "sum":
                return add(known)
            case "mean":
                return add(known) / len(known)
            case "difference":
                return known[0] - add(known[1:])
            case "product":
                product = 1.0
                for value in known:
                    product *= value
                return product
            case "ratio":
                return known[0] / known[1] if known[1] else None
            case "any":
                return 1.0 if any(known) else 0.0
            case _:
                return 1.0 if all(known) else 0.0


def _items(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _numbers(rows: Sequence[Row], name: str) -> list[float]:
    """The numbers a field takes; true counts as 1."""
    found = [row.get(name) for row in rows]
    return [float(value) for value in found if isinstance(value, bool | float)]


def _of_numbers(verb: str, numbers: list[float]) -> float | None:
    if not numbers:
        return None
    match verb:
        case "sum":
            return add(numbers)
        case "mean":
            return add(numbers) / len(numbers)
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
        case _:
            return numbers[0]


def _change(rows: Sequence[Row], name: str) -> float | None:
    turns = [row["turn"] for row in rows if isinstance(row.get("turn"), float)]
    if not turns:
        return None
    first, last = min(turns, key=float), max(turns, key=float)  # type: ignore[arg-type]  # only floats were kept
    early = _of_numbers("mean", _numbers([row for row in rows if row.get("turn") == first], name))
    late = _of_numbers("mean", _numbers([row for row in rows if row.get("turn") == last], name))
    return None if early is None or late is None else late - early
