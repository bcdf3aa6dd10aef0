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
from rules.force.power import shares
from rules.force.threat import own, threat
from rules.interests.objectives import BadPredicate, holds, parse
from rules.interests.payoff import own_payoff
from rules.state import TERMS, View
from rules.vocabulary import Objective
from server.narrate.amounts import decimal, grouped, payoff, percent
from server.narrate.language import say
from server.narrate.names import worded
from server.narrate.screen import show_draft
from server.narrate.terms import terms_sentence
from server.narrate.words import first, listed, name, operation_about

NEIGHBOURS_MAX = 3
EXPLAINED = ("negotiation", "assembly", "orders")  # phases in which something can be done


def show_brief(out: Console, view: View) -> None:
    """Public and secret sheet, objectives with whether they hold now."""
    out.print(Markdown(worded(str(view.atlas.public_briefs[view.me]))))
    out.print(f"\n[bold]{escape(say('seat.secret-sheet'))}[/bold]")
    secret = worded(str(view.atlas.secret_briefs))
    out.print(Markdown("\n".join(line for line in secret.splitlines() if not line.startswith("# "))))
    show_aims(out, view)


def show_aims(out: Console, view: View, *, final: bool = False) -> None:
    """The objectives and whether they hold now, or were met at the end."""
    good, bad = (say(f"seat.{word}") for word in (("met", "not-met") if final else ("holds-now", "holds-not")))
    out.print(f"[bold]{escape(say('seat.objectives'))}[/bold]")
    for objective in cast(tuple[Objective, ...], view.atlas.objectives):  # a view holds its own row alone
        try:
            met = holds(parse(objective.predicate), view, view.viewer)
        except BadPredicate:
            continue
        mark = f"[green]{good}[/green]" if met else f"[red]{bad}[/red]"
        out.print(f"  • {escape(worded(objective.sentence))} ({mark})")


def show_figures(out: Console, view: View) -> None:
    """Strength, money, opinion, friends, worries, and the payoff by its terms."""
    world, me = view.world, view.me
    share = float(shares(world.forces)[me])
    economy, guns, approval = float(world.economy[me]), percent(float(world.guns[me])), percent(float(world.approval[me]))
    out.print(say("seat.strength", economy=grouped(economy), guns=guns, share=percent(share), approval=approval))
    towards = world.goodwill[:, me]
    others = [k for k in range(len(towards)) if k != me]
    count = min(NEIGHBOURS_MAX, len(others) // 2)
    friends = sorted(others, key=lambda k: -float(towards[k]))[:count]
    foes = sorted(others, key=lambda k: float(towards[k]))[:count]
    codes = view.atlas.countries
    warm, cool = (listed(view, [codes[k] for k in rows]) for rows in (friends, foes))
    out.print(say("seat.warmth", warm=warm, cool=cool))
    felt = threat(view, own(view))[0]
    worst = [codes[int(k)] for k in np.argsort(-felt, kind="stable")[:NEIGHBOURS_MAX] if felt[int(k)] > 0.0]
    out.print(say("seat.threat", worst=listed(view, worst)))
    for issue, position in zip(view.atlas.issues, world.positions, strict=True):
        ideal = float(view.atlas.ideal[me, view.atlas.issues.index(issue)])
        now, wished = decimal(float(position), ".2f"), decimal(ideal, ".2f")
        out.print(escape(say("seat.issue", issue=worded(issue.title), now=now, ideal=wished, text=worded(issue.text))))
    show_payoff(out, view)


def show_payoff(out: Console, view: View, before: View | None = None) -> None:
    """The payoff by its terms now, against an earlier view or the opening."""
    now = own_payoff(view)
    then = np.atleast_1d(view.atlas.opening) if before is None else own_payoff(before)
    table = Table(box=SIMPLE_HEAD, padding=(0, 0, 0, 1))
    table.add_column(say("seat.payoff"), no_wrap=True)
    for heading in (*(say(f"short.{term}") for term in TERMS), say("screen.all")):
        table.add_column(heading, justify="right")
    table.add_row(say("seat.now"), *(payoff(float(v)) for v in now), payoff(float(total(now))), style="bold")
    moved = now - then
    since = say("seat.since-start" if before is None else "seat.this-turn")
    table.add_row(since, *(payoff(float(v), signed=True) for v in moved), payoff(float(total(moved)), signed=True))
    out.print(table)


def show_table(out: Console, view: View) -> None:
    """Offers, commitments, drafts and operations that the viewer knows of."""
    for offer in view.offers:
        said, author = terms_sentence(view, offer.terms), name(view, offer.author)
        mine = offer.author == view.viewer
        out.print(f"• {escape(first(say('seat.you-offer', terms=said) if mine else say('menu.answer', author=author, terms=said)))}.")
    for commitment in view.commitments:
        out.print(f"• {escape(say('seat.in-force', terms=terms_sentence(view, commitment.terms)))}.")
    for draft in view.drafts:
        show_draft(out, view, draft)
    for operation in view.operations:
        out.print(f"• {escape(first(operation_about(view, operation)))}: {say(f'status.{operation.status}')}.")


def show_help(out: Console, view: View) -> None:
    """What can be done in this phase, and the words that work everywhere."""
    phase = view.moment.phase
    if phase in EXPLAINED:
        out.print(f"[bold]{first(say(f'phase.{phase}'))}[/bold]: {say(f'help.{phase}')}")
    out.print(escape(say("help.words")))
    out.print(f"[dim]{escape(say('help.brackets'))}[/dim]")
