"""Tables for the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from client.laboratory.estimates import Estimate
from client.laboratory.findings import Check, Finding, Outcome

STYLES = {"reproduced": "green", "not reproduced": "yellow", "contradicted": "red", "no data": "dim"}
SIGNS = {"+": "more", "-": "less", "0": "no difference"}
NAMED_MAX = 3


def summary(outcomes: Sequence[Outcome]) -> Table:
    """One line a claim of each experiment."""
    table = Table(title="Experiments", title_justify="left")
    for heading in ("", "claim", "expected", "effect (95 %)", "verdict", "checks"):
        table.add_column(heading, justify="left", overflow="fold")
    for outcome in outcomes:
        for number, finding in enumerate(outcome.findings):
            style = STYLES[finding.verdict]
            table.add_row(
                outcome.experiment.data.id if number == 0 else "",
                finding.claim.id,
                expected(finding),
                interval(finding.found),
                f"[{style}]{finding.verdict}[/]",
                checks(finding),
            )
        table.add_section()
    return table


def expected(finding: Finding) -> str:
    """What the claim expects."""
    claim = finding.claim
    word = SIGNS[claim.sign]
    if not claim.effect and not claim.between:
        side = {"+": "above", "-": "below", "0": "near"}[claim.sign]
        return f"{side} {claim.than:g}"
    edge = {"+": "at least", "-": "at least", "0": "within"}[claim.sign]
    return f"{word}, {edge} {claim.least:g}" if claim.least or claim.sign == "0" else word


def interval(found: Estimate | None) -> str:
    """An estimate with its interval."""
    return "-" if found is None else f"{found.mean:+z.3g} ({found.low:+z.3g} to {found.high:+z.3g})"


def unmoved(finding: Finding) -> str:
    """Why a claim about a difference cannot be judged, if its metric never differs; nothing otherwise."""
    values = {value for _, value in finding.levels}
    found, claim = finding.found, finding.claim
    if found is None or len(values) > 1 or not claim.effect or found.low != 0.0 or found.high != 0.0:
        return ""
    value = next(iter(values))
    if value == 0.0:
        return (
            f"{claim.metric} is 0 in all games. Either it does not happen in this world, or a field or a value in its 'where' is written "
            "otherwise than the table has it."
        )
    return f"{claim.metric} is the same with and without the change: what is changed does not reach it here." if claim.sign != "0" else ""


def checks(finding: Finding) -> str:
    """What speaks against a claim; how many checks passed if nothing does."""
    failed = [said(check) for check in finding.checks if check.passed is False]
    passed = len([check for check in finding.checks if check.passed])
    parts = failed or ([f"{passed} passed"] if passed else [])
    if finding.held is not None:
        parts.append(f"holds in {finding.held:.0%} of {len(finding.draws)} draws{depends(finding)}")
    return "; ".join(parts) or "-"


def depends(finding: Finding) -> str:
    """The coefficients that an effect depends on most, each with the rank correlation of the effect with it; nothing if none matters."""
    listed = ", ".join(f"{one.coefficient} {one.correlation:+.2f}" for one in finding.depends[:NAMED_MAX])
    return f", depends on {listed}" if listed else ""


def said(check: Check) -> str:
    """A check in a few words."""
    mark = {True: "passed", False: "FAILED", None: "says nothing"}[check.passed]
    kept = "" if check.kept is None else f" ({check.kept:z.0%} kept)"
    name = f"skill {check.name}" if check.kind == "skill" else f"{check.kind} \"{check.name}\""
    return f"{name}: {mark}{kept}"
