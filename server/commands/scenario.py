"""``unipole scenario``: what can be played, what it is about, and whether it is fit for a class."""

from __future__ import annotations

import os
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scenarios.bodies import votes
from scenarios.check import check, lesson_minutes, reading_minutes
from scenarios.folder import names
from scenarios.loader import Scenario, load
from scenarios.schema import Body, ScenarioFile
from server.commands.balance import played, record
from server.commands.balance import show as show_balance
from server.commands.misuse import Misuse
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


def show_check(name: str, games: int, jobs: int | None, kept: Path | None, out: Console) -> bool:
    """Every finding on a scenario, and its balance in so many games; True if nothing is wrong.

    Raises:
        Misuse: it cannot even be loaded; says everything that is wrong.  Or the file of results cannot be written.
    """
    scenario = scenario_for(name)
    findings = check(scenario)
    for finding in findings:
        out.print(f"[{STYLES[finding.level]}]{finding.level}[/] {escape(finding.where)}: {escape(finding.sentence)}", soft_wrap=True)
    sound = not [finding for finding in findings if finding.level == "error"]
    if sound and games:
        sound = _balanced(name, scenario, games, jobs or os.cpu_count() or 1, kept, out)
    out.print("It can be played." if sound else "Do not play it so.")
    return sound


def _balanced(name: str, scenario: Scenario, games: int, jobs: int, kept: Path | None, out: Console) -> bool:
    balance = played(name, scenario, games, jobs, out)
    show_balance(balance, out)
    if kept is not None:
        try:
            record(balance, kept)
        except (OSError, ValueError) as error:
            raise Misuse(f"--record: {kept} cannot be used: {error}.") from error
    return not balance.failing
