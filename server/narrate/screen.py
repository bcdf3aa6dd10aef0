"""A turn on a terminal: lines as they happen, then the count of each draft, wars, words, payoffs and alignment."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from rules.exact import total
from rules.state import TERMS, Game, Sight, find_council
from rules.vocabulary import Draft, Operation
from server.narrate.alignment import alignment
from server.narrate.amounts import decimal, payoff, percent
from server.narrate.language import say
from server.narrate.names import worded
from server.narrate.outcome import aims
from server.narrate.sentences import roll
from server.narrate.turns import Judgement, Launch, Line, Turn
from server.narrate.words import (
    bar_line,
    draft_title,
    first,
    heading,
    in_names,
    key,
    listed,
    name,
    operation_about,
)

STYLES = {
    "commitment-made": "green", "draft-tabled": "cyan", "draft-withdrawn": "cyan",
    "operation-announced": "yellow", "operation-cancelled": "yellow",
}
PASSED_OVER = frozenset({
    "started", "offer-made", "offer-signed", "offer-rejected", "offer-closed", "judged", "roll-call", "stance-declared", "ended",
    "aid-sent", "operation-joined", "operation-launched",
})
ROWS_MAX = 10  # seats in the table of a turn: those whose payoff moved most
VISIBLE = 0.005  # smaller payoffs are shown as 0
INDENT = (0, 0, 0, 2)


def show_line(out: Console, line: Line) -> None:
    """One line as it happens, unless it is counted or told again at the end of the turn."""
    if line.kind == "news":
        out.print(Padding(f"[italic]{escape(line.sentence)}[/italic]", INDENT))
    elif line.kind not in PASSED_OVER:
        style = STYLES.get(line.kind, "none")
        out.print(Padding(f"[{style}]•[/] {escape(line.sentence)}", INDENT))


def show_turn(out: Console, turn: Turn) -> None:
    """The end of a turn."""
    show_offers(out, turn)
    for draft in turn.after.drafts:
        if draft.turn == turn.number:
            show_draft(out, turn.after, draft)
    for launch in turn.launches:
        show_launch(out, turn.after, launch)
    for operation in turn.after.operations:
        if operation.status == "announced":
            _headed(out, say("screen.in-preparation"), f": {operation_about(turn.after, operation)}.")
            show_coalition(out, turn.after, operation)
    show_words(out, turn.after, turn.judgements)
    show_payoffs(out, turn)
    show_alignment(out, turn.after, turn.number)


def show_offers(out: Console, turn: Turn) -> None:
    """How many offers were made and what became of them."""
    kinds = [line.kind for line in turn.lines]
    made, agreed = kinds.count("offer-made"), kinds.count("commitment-made")
    paid = kinds.count("aid-sent")
    if made or paid:
        payments = say("screen.payments", count=paid) if paid else ""
        _headed(out, say("screen.offers"), say("screen.offered", made=made, agreed=agreed, payments=payments))


def show_draft(out: Console, sight: Sight, draft: Draft) -> None:
    """A draft with its sponsors, what was declared, the count against the bar, and the roll call by name."""
    council = find_council(sight, draft.council)
    title = escape(first(draft_title(sight, draft.id)))
    by = say("screen.by-pressed" if draft.pressed else "screen.by", sponsors=listed(sight, draft.sponsors))
    out.print(f"[bold]{title}[/bold] ({escape(by)}): [bold]{say(f'status.{draft.status}')}[/bold]")
    if council is None:
        return
    if draft.declared:
        out.print(Padding(say("screen.declared", count=bar_line(council, draft.declared, draft.action)), INDENT))
    if draft.ballots:
        out.print(Padding(f"[bold]{bar_line(council, draft.ballots, draft.action)}[/bold]", INDENT))
        out.print(Padding(escape(roll(sight, draft.ballots)), INDENT))
    if draft.status == "failed" and not draft.ballots:
        out.print(Padding(escape(in_names(sight, draft.reason)), INDENT))


def show_launch(out: Console, sight: Sight, launch: Launch) -> None:
    """A war: its coalition and what made up its legitimacy."""
    operation = launch.event.operation
    mandate = say("mandate.given" if launch.event.authorised else "mandate.none")
    result = say("screen.succeeded" if operation.success else "screen.failed")
    title = escape(first(operation_about(sight, operation)))
    out.print(f"[bold red]{title}[/bold red]{escape(say('screen.carried-out', mandate=mandate, result=result))}")
    lent = [t for t in launch.terms if t.name.startswith("legitimacy: ") and abs(t.value) >= VISIBLE]
    parts = [f"{in_names(sight, t.name.removeprefix('legitimacy: '))} {decimal(t.value, '+.2f')}" for t in lent]
    out.print(Padding(say("screen.legitimacy", share=percent(operation.legitimacy), parts=", ".join(parts)), INDENT))
    show_coalition(out, sight, operation)


def show_coalition(out: Console, sight: Sight, operation: Operation) -> None:
    """Who stands on which side, by what it contributes."""
    for side in ("attack", "defence"):
        for level in ("full", "token", "statement"):
            members = [c.country for c in operation.coalition if (c.side, c.level) == (side, level)]
            if members:
                said = say(f"screen.{side}", how=say(f"brought.{level}"), who=listed(sight, members))
                out.print(Padding(escape(said), INDENT))


def show_words(out: Console, sight: Sight, judgements: Sequence[Judgement]) -> None:
    """Commitments kept, counted, and every one that was broken, with the reason."""
    count = {finding: [j for j in judgements if j.verdict.finding == finding] for finding in ("kept", "breached", "excused", "not called")}
    if not judgements:
        return
    parts = [say(f"screen.{key(finding)}", count=len(found)) for finding, found in count.items() if found]
    _headed(out, say("screen.promises"), f": {', '.join(parts)}.")
    for judgement in (*count["breached"], *count["kept"][:3]):
        verdict = judgement.verdict
        style = "bold red" if verdict.finding == "breached" else "green"
        why = in_names(sight, verdict.reason)
        said = first(say(f"told.{key(verdict.finding)}", who=name(sight, verdict.debtor), clause="", reason=why))
        out.print(Padding(f"[{style}]•[/] {escape(said)}", INDENT))


def show_payoffs(out: Console, turn: Turn) -> None:
    """Payoffs at the end of the turn by term, for the seats that gained or lost most."""
    game = turn.after
    after, before = total(game.world.payoff), total(turn.before.world.payoff)
    moved = [row for row in range(len(after)) if abs(float(after[row] - before[row])) >= VISIBLE]
    moved = sorted(moved, key=lambda row: -abs(float(after[row] - before[row])))[:ROWS_MAX]
    if not moved:
        _headed(out, say("screen.payoffs"), say("screen.payoffs-rest"))
        return
    some = say("screen.payoffs-some", shown=len(moved), seats=len(after)) if len(after) > len(moved) else ""
    title = say("screen.payoffs-after", turn=turn.number, some=some)
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 0, 0, 1))
    table.add_column(say("screen.seat"), no_wrap=True)
    for term in TERMS:
        table.add_column(say(f"short.{term}"), justify="right")
    table.add_column(say("screen.all"), justify="right", style="bold")
    table.add_column(say("screen.change"), justify="right")
    for row in sorted(moved, key=lambda row: -float(after[row] - before[row])):
        terms, change = [payoff(float(value)) for value in game.world.payoff[row]], float(after[row] - before[row])
        table.add_row(heading(game, game.atlas.countries[row]), *terms, payoff(float(after[row])), payoff(change, signed=True))
    out.print(table)


def show_alignment(out: Console, game: Game, turn: int) -> None:
    """Who stands with the unipole, in one line from the nearest to the farthest."""
    figures = [(value, country) for value, country in zip(alignment(game, turn), game.atlas.countries, strict=True) if value is not None]
    if figures:
        figures.sort(key=lambda item: (-item[0], item[1]))
        said = ", ".join(f"{country} {value * 100:.0f}" for value, country in figures)
        _headed(out, say("screen.alignment", unipole=name(game, game.atlas.unipole)), say("screen.aligned", figures=said))


def show_objectives(out: Console, game: Game) -> None:
    """How many of its objectives each seat met, and who met which."""
    counts, by_sentence = [], dict[str, tuple[list[str], list[str]]]()
    for country in game.atlas.countries:
        found = aims(game, country)
        counts.append(say("screen.met-of", country=country, met=len([aim for aim in found if aim.met]), count=len(found)))
        for aim in found:
            by_sentence.setdefault(worded(aim.objective.sentence), ([], []))[0 if aim.met else 1].append(country)
    table = Table(title=say("screen.objectives"), title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 1))
    for column, share in (("objective", 3), ("met-by", 2), ("not-met-by", 2)):
        table.add_column(say(f"screen.{column}"), overflow="fold", ratio=share)
    for said, (met, missed) in by_sentence.items():
        table.add_row(escape(said), _codes(met, missed), _codes(missed, met))
    out.print(table)
    _headed(out, say("screen.met-in-all"), f": {', '.join(counts)}.")


def _codes(countries: Sequence[str], others: Sequence[str]) -> str:
    """The countries by their codes; a word if it is all of many, or none."""
    if len(countries) > ROWS_MAX and not others:
        return say("screen.all-of")
    return ", ".join(countries) or say("list.nobody-at-all")


def _headed(out: Console, title: str, rest: str) -> None:
    """A line that opens with its title."""
    out.print(f"[bold]{escape(title)}[/bold]{escape(rest)}")
