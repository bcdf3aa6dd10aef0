"""Pages and tables on disk: one HTML page and one CSV an experiment, and a page that lists them.  Nothing in them is loaded."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from client.laboratory.design import cells, changes, title
from client.laboratory.estimates import Estimate
from client.laboratory.findings import Finding, Outcome
from client.laboratory.openings import opened
from client.laboratory.playing import coefficients
from client.laboratory.reading import casting
from client.laboratory.report import plots
from client.laboratory.report.differences import differences
from client.laboratory.report.tables import checks, expected, interval, said, unmoved
from client.paper.site import templates
from rules.parameters import Parameters, registry

FOLDER = "reports"
PACKAGE = "client.laboratory.report"
COLUMNS = (
    "experiment", "claim", "metric", "sign", "least", "than", "run", "mean", "low", "high", "pairs", "verdict", "kept", "passed"
)  # fmt: skip


def write(outcomes: Sequence[Outcome], store: Path) -> Path:
    """Write a page and a table for each experiment, and the page that lists them; the path of that page, or of the only one.

    Raises:
        OSError: the folder cannot be written to.
    """
    folder = store / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for outcome in outcomes:
        name = outcome.experiment.data.id
        (folder / f"{name}.html").write_text(page(outcome), encoding="utf-8")
        (folder / f"{name}.csv").write_text(table(outcome), encoding="utf-8")
    if len(outcomes) == 1:
        return folder / f"{outcomes[0].experiment.data.id}.html"
    index = folder / "index.html"
    listed = templates(PACKAGE).get_template("index.html.jinja").render(outcomes=outcomes, interval=interval, checks=checks)
    index.write_text(listed, encoding="utf-8")
    return index


def page(outcome: Outcome) -> str:
    """The page of an experiment."""
    data = outcome.experiment.data
    shown = [
        (finding, *(Markup(plot) for plot in (plots.kept(finding.checks), plots.draws(finding), _depends(outcome, finding))))  # noqa: S704 - drawn here, from figures and escaped names
        for finding in outcome.findings
    ]
    return (
        templates(PACKAGE)
        .get_template("experiment.html.jinja")
        .render(
            outcome=outcome,
            data=data,
            findings=shown,
            effects=Markup(plots.effects(outcome.findings)),  # noqa: S704 - drawn here, as above
            interval=interval,
            expected=expected,
            said=said,
            unmoved=unmoved,
            differences=differences(data),
            players=_players(outcome),
            parameters=_parameters(outcome),
            specs=registry(),
        )
    )


def _depends(outcome: Outcome, finding: Finding) -> str:
    """The plot of an effect against the coefficient that matters most, if any does."""
    if not finding.depends:
        return ""
    name = finding.depends[0].coefficient
    return plots.depends(finding, [float(coefficients(outcome.experiment, outcome.plan, number)[name]) for number in finding.draws])


def _players(outcome: Outcome) -> list[tuple[str, str]]:
    """(cell, who plays) of every cell."""
    data = outcome.experiment.data
    return [(title(data, cell), casting(changes(data, cell)) or "*=payoff") for cell in cells(data)]


def _parameters(outcome: Outcome) -> list[tuple[str, str, str]]:
    """(name, value in the first cell, sentence) of every coefficient that is not at its default somewhere in the design."""
    data, scenario = outcome.experiment.data, outcome.experiment.scenario
    usual, specs = Parameters(), registry()
    found: dict[str, list[str]] = {}
    for cell in cells(data):
        game = opened(scenario, changes(data, cell), "page", groups=data.groups, spread={}, coefficients={})
        for name in specs:
            value = getattr(game.parameters, name)
            if value != getattr(usual, name):
                found.setdefault(name, [])
                shown = value if isinstance(value, str) else f"{value:g}"
                if shown not in found[name]:
                    found[name].append(shown)
    return [(name, ", ".join(values), specs[name].sentence) for name, values in found.items()]


def _figures(found: Estimate | None) -> list[float | None]:
    return [None, None, None, 0] if found is None else [found.mean, found.low, found.high, found.pairs]


def table(outcome: Outcome) -> str:
    """Every estimate as CSV."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for finding in outcome.findings:
        claim = finding.claim
        head = [outcome.experiment.data.id, claim.id, claim.metric, claim.sign, claim.least, claim.than]
        writer.writerow([*head, "main", *_figures(finding.found), finding.verdict, None, None])
        for check in finding.checks:
            writer.writerow([*head, f"{check.kind}:{check.name}", *_figures(check.found), check.verdict, check.kept, check.passed])
        writer.writerows([*head, f"draw:{n}", effect, "", "", "", "", "", ""] for n, effect in finding.draws.items())
    return text.getvalue()
