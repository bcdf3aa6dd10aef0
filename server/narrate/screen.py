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
from server.narrate.outcome import aims
from server.narrate.sentences import roll
from server.narrate.turns import Judgement, Launch, Line, Turn
from server.narrate.words import bar_line, decimal, draft_title, first, in_names, listed, name, operation_about, percent

STYLES = {
    "commitment-made": "green", "draft-tabled": "cyan", "draft-withdrawn": "cyan",
    "operation-announced": "yellow", "operation-cancelled": "yellow",
}
PASSED_OVER = frozenset({
    "started", "offer-made", "offer-signed", "offer-rejected", "offer-closed", "judged", "roll-call", "stance-declared", "ended",
    "aid-sent", "operation-joined", "operation-launched",
})
ROWS_MAX = 10  # seats in the table of a turn: those whose payoff moved most
SHORT = {"security": "secur.", "welfare": "welf.", "autonomy": "auton.", "policy": "policy", "standing": "stand.", "domestic": "dom."}
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
            out.print(f"[bold]In preparation[/bold]: {escape(operation_about(turn.after, operation))}.")
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
        payments = f"; aid was sent {paid} {'time' if paid == 1 else 'times'}" if paid else ""
        out.print(f"[bold]Offers[/bold]: {made} made, {agreed} concluded{payments}.")


def show_draft(out: Console, sight: Sight, draft: Draft) -> None:
    """A draft with its sponsors, what was declared, the count against the bar, and the roll call by name."""
    council = find_council(sight, draft.council)
    title = escape(first(draft_title(sight, draft.id)))
    press = ", pressed" if draft.pressed else ""
    out.print(f"[bold]{title}[/bold] (by {escape(listed(sight, draft.sponsors))}{press}): [bold]{draft.status}[/bold]")
    if council is None:
        return
    if draft.declared:
        out.print(Padding(f"declared before the vote: {bar_line(council, draft.declared, draft.action)}", INDENT))
    if draft.ballots:
        out.print(Padding(f"[bold]{bar_line(council, draft.ballots, draft.action)}[/bold]", INDENT))
        out.print(Padding(escape(roll(sight, draft.ballots)), INDENT))
    if draft.status == "failed" and not draft.ballots:
        out.print(Padding(escape(in_names(sight, draft.reason)), INDENT))


def show_launch(out: Console, sight: Sight, launch: Launch) -> None:
    """A war: its coalition and what made up its legitimacy."""
    operation = launch.event.operation
    mandate = "with" if launch.event.authorised else "without"
    result = "it succeeded" if operation.success else "it failed"
    title = escape(first(operation_about(sight, operation)))
    out.print(f"[bold red]{title}[/bold red]: carried out {mandate} the authority of a council; {result}.")
    lent = [t for t in launch.terms if t.name.startswith("legitimacy: ") and abs(t.value) >= VISIBLE]
    parts = [f"{t.name.removeprefix('legitimacy: ')} {t.value:+.2f}" for t in lent]
    out.print(Padding(f"Legitimacy {percent(operation.legitimacy)}: {', '.join(parts)}.", INDENT))
    show_coalition(out, sight, operation)


def show_coalition(out: Console, sight: Sight, operation: Operation) -> None:
    """Who stands on which side, by what it contributes."""
    for side, word in (("attack", "With it"), ("defence", "Against it")):
        for level in ("full", "token", "statement"):
            members = [c.country for c in operation.coalition if (c.side, c.level) == (side, level)]
            if members:
                how = "in words" if level == "statement" else f"{level} contributions"
                out.print(Padding(f"{word}, {how}: {escape(listed(sight, members))}.", INDENT))


def show_words(out: Console, sight: Sight, judgements: Sequence[Judgement]) -> None:
    """Commitments kept, counted, and every one that was broken, with the reason."""
    count = {finding: [j for j in judgements if j.verdict.finding == finding] for finding in ("kept", "breached", "excused", "not called")}
    if not judgements:
        return
    out.print("[bold]Promises[/bold]: " + ", ".join(f"{len(found)} {finding}" for finding, found in count.items() if found) + ".")
    for judgement in (*count["breached"], *count["kept"][:3]):
        verdict = judgement.verdict
        style, word = ("bold red", "broke") if verdict.finding == "breached" else ("green", "kept")
        said = f"{first(name(sight, verdict.debtor))} {word} its word: {in_names(sight, verdict.reason)}."
        out.print(Padding(f"[{style}]•[/] {escape(said)}", INDENT))


def show_payoffs(out: Console, turn: Turn) -> None:
    """Payoffs at the end of the turn by term, for the seats that gained or lost most."""
    game = turn.after
    after, before = total(game.world.payoff), total(turn.before.world.payoff)
    moved = [row for row in range(len(after)) if abs(float(after[row] - before[row])) >= VISIBLE]
    moved = sorted(moved, key=lambda row: -abs(float(after[row] - before[row])))[:ROWS_MAX]
    if not moved:
        out.print("[bold]Payoffs[/bold] hardly moved in this turn.")
        return
    some = f", those of {len(moved)} of {len(after)} seats, which moved most" if len(after) > len(moved) else ""
    table = Table(title=f"Payoffs after turn {turn.number}{some}", title_justify="left", box=SIMPLE_HEAD, padding=(0, 0, 0, 1))
    table.add_column("seat", no_wrap=True)
    for term in TERMS:
        table.add_column(SHORT[term], justify="right")
    table.add_column("all", justify="right", style="bold")
    table.add_column("change", justify="right")
    for row in sorted(moved, key=lambda row: -float(after[row] - before[row])):
        terms = [figure(float(value)) for value in game.world.payoff[row]]
        table.add_row(game.atlas.names[row], *terms, figure(float(after[row])), figure(float(after[row] - before[row]), "+"))
    out.print(table)


def figure(value: float, sign: str = "") -> str:
    """A payoff with two places; what would show as a signed zero is a plain one."""
    return decimal(value if abs(value) >= VISIBLE else 0.0, f"{sign}.2f" if abs(value) >= VISIBLE else ".2f")


def show_alignment(out: Console, game: Game, turn: int) -> None:
    """Who stands with the unipole, in one line from the nearest to the farthest."""
    figures = [(value, country) for value, country in zip(alignment(game, turn), game.atlas.countries, strict=True) if value is not None]
    if figures:
        figures.sort(key=lambda item: (-item[0], item[1]))
        said = ", ".join(f"{country} {value * 100:.0f}" for value, country in figures)
        out.print(f"[bold]With {escape(name(game, game.atlas.unipole))} so far[/bold] (100 always, 50 apart, 0 never): {said}.")


def show_objectives(out: Console, game: Game) -> None:
    """How many of its objectives each seat met, and who met which."""
    counts, by_sentence = [], dict[str, tuple[list[str], list[str]]]()
    for country in game.atlas.countries:
        found = aims(game, country)
        counts.append(f"{country} {len([aim for aim in found if aim.met])} of {len(found)}")
        for aim in found:
            by_sentence.setdefault(aim.objective.sentence, ([], []))[0 if aim.met else 1].append(country)
    table = Table(title="Objectives", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 1))
    for heading, share in (("objective", 3), ("met by", 2), ("not met by", 2)):
        table.add_column(heading, overflow="fold", ratio=share)
    for said, (met, missed) in by_sentence.items():
        table.add_row(escape(said), _codes(met, missed), _codes(missed, met))
    out.print(table)
    out.print(f"[bold]Met in all[/bold]: {', '.join(counts)}.")


def _codes(countries: Sequence[str], others: Sequence[str]) -> str:
    """The countries by their codes; a word if it is all of many, or none."""
    if len(countries) > ROWS_MAX and not others:
        return f"all {len(countries)}"
    return ", ".join(countries) or "nobody"
