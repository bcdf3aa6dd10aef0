"""What a person at the terminal can read at any time: sheets, objectives, figures, what lies on the table, and help."""

from __future__ import annotations

from typing import cast

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.table import Table

from rules.exact import total
from rules.objectives import BadPredicate, holds, parse
from rules.payoff import own_payoff
from rules.power import shares
from rules.state import TERMS, View
from rules.threat import own, threat
from rules.vocabulary import Objective
from server.narrate.screen import SHORT, figure, show_draft
from server.narrate.terms import terms_sentence
from server.narrate.words import first, listed, name, operation_about, percent

NEIGHBOURS_MAX = 3
HELP = {
    "negotiation": "Make offers, answer those of others, table and debate drafts. What is signed by enough parties enters into force.",
    "assembly": "Debate first: declare, sponsor, withdraw. In the last round votes are cast under seal and opened together.",
    "orders": "Set the budget, send aid, announce, join, launch or give up operations. All orders are sealed and carried out together.",
}
WORDS = """Type a number to choose. Words that work everywhere:
  done     send what you chose, go on     undo     take back a choice
  brief    your sheets and objectives     figures  where you stand
  table    offers, drafts, operations     back     up one menu
  help     this text                      hold     do nothing till the end"""


def show_brief(out: Console, view: View) -> None:
    """Public and secret sheet, objectives with whether they hold now."""
    out.print(Markdown(str(view.atlas.public_briefs[view.me])))
    out.print("\n[bold]Known to you alone[/bold]")
    secret = str(view.atlas.secret_briefs)
    out.print(Markdown("\n".join(line for line in secret.splitlines() if not line.startswith("# "))))
    show_aims(out, view)


def show_aims(out: Console, view: View, *, final: bool = False) -> None:
    """The objectives and whether they hold now, or were met at the end."""
    good, bad = ("met", "not met") if final else ("holds now", "does not hold now")
    out.print("[bold]Your objectives[/bold]")
    for objective in cast(tuple[Objective, ...], view.atlas.objectives):  # a view holds its own row alone
        try:
            met = holds(parse(objective.predicate), view, view.viewer)
        except BadPredicate:
            continue
        mark = f"[green]{good}[/green]" if met else f"[red]{bad}[/red]"
        out.print(f"  • {escape(objective.sentence)} ({mark})")


def show_figures(out: Console, view: View) -> None:
    """Strength, money, opinion, friends, worries, and the payoff by its terms."""
    world, me = view.world, view.me
    share = float(shares(world.forces)[me])
    out.print(
        f"Economy {float(world.economy[me]):,.0f} billion, arms {percent(float(world.guns[me]))} of it; "
        f"{percent(share)} of all military power; approval at home {percent(float(world.approval[me]))}."
    )
    towards = world.goodwill[:, me]
    others = [k for k in range(len(towards)) if k != me]
    count = min(NEIGHBOURS_MAX, len(others) // 2)
    friends = sorted(others, key=lambda k: -float(towards[k]))[:count]
    foes = sorted(others, key=lambda k: float(towards[k]))[:count]
    codes = view.atlas.countries
    out.print(f"Warmest towards you: {listed(view, [codes[k] for k in friends])}. Coolest: {listed(view, [codes[k] for k in foes])}.")
    felt = threat(view, own(view))[0]
    worst = [codes[int(k)] for k in np.argsort(-felt, kind="stable")[:NEIGHBOURS_MAX] if felt[int(k)] > 0.0]
    out.print(f"You feel most threatened by {listed(view, worst)}.")
    for issue, position in zip(view.atlas.issues, world.positions, strict=True):
        ideal = float(view.atlas.ideal[me, view.atlas.issues.index(issue)])
        out.print(f"{issue.title} stands at {float(position):.2f}; your ideal is {ideal:.2f} ({escape(issue.text)}).")
    show_payoff(out, view)


def show_payoff(out: Console, view: View, before: View | None = None) -> None:
    """The payoff by its terms now, against an earlier view or the opening."""
    now = own_payoff(view)
    then = np.atleast_1d(view.atlas.opening) if before is None else own_payoff(before)
    table = Table(box=SIMPLE_HEAD, padding=(0, 0, 0, 1))
    table.add_column("your payoff", no_wrap=True)
    for heading in (*(SHORT[term] for term in TERMS), "all"):
        table.add_column(heading, justify="right")
    table.add_row("now", *(figure(float(v)) for v in now), figure(float(total(now))), style="bold")
    moved = now - then
    since = "since the start" if before is None else "this turn"
    table.add_row(since, *(figure(float(v), "+") for v in moved), figure(float(total(moved)), "+"))
    out.print(table)


def show_table(out: Console, view: View) -> None:
    """Offers, commitments, drafts and operations that the viewer knows of."""
    for offer in view.offers:
        who = "You offer" if offer.author == view.viewer else f"{first(name(view, offer.author))} offers"
        out.print(f"• {escape(who)}: {escape(terms_sentence(view, offer.terms))}.")
    for commitment in view.commitments:
        out.print(f"• In force: {escape(terms_sentence(view, commitment.terms))}.")
    for draft in view.drafts:
        show_draft(out, view, draft)
    for operation in view.operations:
        out.print(f"• {escape(first(operation_about(view, operation)))}: {operation.status}.")


def show_help(out: Console, view: View) -> None:
    """What can be done in this phase, and the words that work everywhere."""
    if view.moment.phase in HELP:
        out.print(f"[bold]{view.moment.phase.capitalize()}[/bold]: {HELP[view.moment.phase]}")
    out.print(WORDS)
    out.print("[dim]In brackets stands what your seat can expect, from what it knows, in payoff; it can be wrong.[/dim]")
