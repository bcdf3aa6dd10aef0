"""``unipole scenario``: what can be played, what it is about, and whether it is fit for a class."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scenarios.bodies import votes
from scenarios.check import check, lesson_minutes, reading_minutes
from scenarios.folder import names
from scenarios.loader import load
from scenarios.schema import Body, ScenarioFile
from server.commands.run import scenario_for

STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}


def show_list(out: Console) -> None:
    """Every scenario that ships with the program, one row each."""
    table = Table(title="Scenarios", title_justify="left")
    for heading in ("name", "title"):
        table.add_column(heading, overflow="fold")
    for heading in ("seats", "turns", "minutes"):
        table.add_column(heading, justify="right")
    for name in names():
        data = load(name).data
        table.add_row(name, data.scenario.title, str(len(data.seat)), str(data.scenario.turns), f"{lesson_minutes(data):.0f}")
    out.print(table)


def show(name: str, out: Console) -> None:
    """A scenario's card: what it is about, its turns, its seats, councils, issues and treaties.

    Raises:
        Misuse: it cannot be used.
    """
    scenario = scenario_for(name)
    data = scenario.data
    out.print(f"[bold]{escape(data.scenario.title)}[/bold] ({data.scenario.id})")
    out.print(escape(data.scenario.summary))
    out.print(f"\n{data.scenario.turns} turns of {data.scenario.span}, {lesson_minutes(data):.0f} minutes in class.")
    out.print(f"The strongest state: {_name(data, data.scenario.unipole)}.")
    for issue in data.issue:
        out.print(f"Issue: [bold]{escape(issue.title)}[/bold]. {escape(issue.text)}. It stands at {issue.status_quo.value:g}.")
    for council in data.council:
        veto = f", a veto for {', '.join(council.permanent)}" if council.veto else ""
        out.print(f"Council: {escape(council.title)}, {len(council.members)} members, {_bar(council)}{veto}.")
    for pact in data.commitment:
        out.print(f"Treaty in force: {escape(pact.title)} ({', '.join(pact.parties)}).")
    briefs = dict(zip([land.id for land in data.country], zip(scenario.public_briefs, scenario.secret_briefs, strict=True), strict=True))
    table = Table(title="Seats", title_justify="left")
    for heading in ("seat", "in the council", "objectives"):
        table.add_column(heading, overflow="fold")
    table.add_column("to read", justify="right")
    for seat in data.seat:
        aims = "\n".join(f"- {aim.sentence}" for aim in seat.objectives)
        minutes = reading_minutes(*briefs[seat.country])
        table.add_row(f"{seat.country} {_name(data, seat.country)}", seat.council, escape(aims), f"{minutes:.1f} min")
    out.print(table)



def _bar(body: Body) -> str:
    """What a draft needs in a body, in a few words."""
    needed = {
        "count": f"{body.threshold} of {votes(body)} votes needed",
        "majority": "a majority of those voting needed",
        "two thirds": "two thirds of those voting needed",
        "consensus": "consensus needed",
        "forum": "joint statements by consensus",
    }[body.rule]
    important = f", two thirds to {', '.join(body.important)}" if body.important else ""
    quorum = f", a quorum of {body.quorum}" if body.quorum else ""
    return f"{needed}{important}{quorum}"

def _name(data: ScenarioFile, country: str) -> str:
    return next(land.name for land in data.country if land.id == country)


def show_check(name: str, out: Console) -> bool:
    """Every finding on a scenario; True if none of them is an error.

    Raises:
        Misuse: it cannot even be loaded; says everything that is wrong.
    """
    findings = check(scenario_for(name))
    for finding in findings:
        out.print(f"[{STYLES[finding.level]}]{finding.level}[/] {escape(finding.where)}: {escape(finding.sentence)}", soft_wrap=True)
    errors = [finding for finding in findings if finding.level == "error"]
    out.print("Do not play it so." if errors else "It can be played.")
    return not errors
