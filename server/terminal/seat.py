"""A person at the terminal: hears what the seat is told, and chooses from menus what goes into the envelope of the step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from rules import events as ev
from rules.orders import Act, SeatAct
from rules.state import View
from rules.turn import open_acts, rounds
from rules.wire.frames import Receipt
from server.narrate.acts import act_phrase
from server.narrate.amounts import decimal
from server.narrate.language import say
from server.narrate.names import worded
from server.narrate.retold import translated
from server.narrate.sentences import sentence
from server.narrate.words import first, heading, name
from server.terminal.brief import show_aims, show_brief, show_figures, show_help, show_payoff, show_table
from server.terminal.keys import Keys
from server.terminal.menu import menu, with_fund
from server.terminal.offer import compose

YES = ("y", "yes", "д", "да")
QUIET = (ev.Moved, ev.ActSealed, ev.SeatDone, ev.StepOpened, ev.Extended, ev.Started)


class Left(Exception):
    """The person wants, or can say, nothing more in this game."""


class Person:
    """One seat's ears and hands.  Everything here waits for the person, so it runs in a thread of its own."""

    def __init__(self, keys: Keys, out: Console) -> None:
        self._keys = keys
        self._out = out
        self._gone = False
        self._turn = 0
        self._turn_start: View | None = None

    # ---- hearing ------------------------------------------------------------------------------------------------------------------

    def greet(self, view: View) -> None:
        """The sheets and figures, once."""
        self._out.rule(f"[bold]{escape(say('seat.you-play', country=heading(view, view.viewer)))}[/bold]", align="left")
        show_brief(self._out, view)
        show_figures(self._out, view)
        show_help(self._out, view)
        self._turn_start = view

    def hear(self, before: View, now: View, events: Sequence[ev.EventKinds]) -> None:
        """What was told since the last step; at the end of a turn also what it did to the payoff."""
        known = recollection(before, now)
        for event in events:
            if isinstance(event, ev.StepOpened) and event.turn != self._turn:
                if self._turn:
                    self._payoff(now)
                self._turn = event.turn
                self._out.rule(f"[bold]{say('seat.turn', turn=event.turn, turns=now.atlas.turns)}[/bold]", align="left")
            elif isinstance(event, ev.NewsRead):
                self._out.print(Padding(f"[italic]{escape(worded(event.text))}[/italic]", (0, 0, 0, 2)))
            elif not isinstance(event, QUIET):
                self._out.print(Padding(f"• {escape(sentence(known, event))}", (0, 0, 0, 2)))
        if now.moment.status == "over":
            self._payoff(now)

    def _payoff(self, now: View) -> None:
        show_payoff(self._out, now, self._turn_start)
        self._turn_start = now

    def answered(self, receipt: Receipt) -> None:
        """Acts of the last envelope that the rules refused."""
        for refusal in receipt.refused:
            self._out.print(f"  [red]{say('seat.refused')}[/red]: {escape(translated(refusal.sentence))}")

    def end(self, view: View) -> None:
        """Which objectives hold at the end."""
        self._out.rule(f"[bold]{say('seat.end')}[/bold]", align="left")
        show_aims(self._out, view, final=True)

    # ---- choosing -----------------------------------------------------------------------------------------------------------------

    def choose(self, view: View) -> tuple[Act, ...]:
        """The acts for the open step."""
        if self._gone:
            return ()
        acts: list[SeatAct] = []
        self._out.print(f"\n[bold]{_where(view)}[/bold]")
        if not menu(view):
            self._out.print(say("seat.nothing"))
            return ()
        try:
            while self._one_more(view, acts):
                pass
        except Left:
            self._gone = True
            self._out.print(escape(first(say("seat.holds", who=name(view, view.viewer)))))
        return with_fund(view, tuple(acts))

    def _one_more(self, view: View, acts: list[SeatAct]) -> bool:
        """One choice from the main menu; False when the envelope can go."""
        groups = menu(view)
        labels = [group.title for group in groups]
        may_offer = "propose" in open_acts(view)
        if may_offer:
            labels.append(say("seat.compose"))
        for number, act in enumerate(acts, start=1):
            self._out.print(f"  [green]{say('seat.chosen', number=number)}[/green]: {escape(act_phrase(view, act))}")
        chosen = self._ask(view, say("seat.question"), labels, acts)
        if chosen is None:
            return False
        if chosen < 0:
            return True
        if may_offer and chosen == len(groups):
            offer = compose(view, _Prompts(self, view))
            if offer is not None:
                acts.append(offer)
            return True
        group = groups[chosen]
        option = self._ask(view, group.title, [option.label for option in group.options], acts)
        if option is not None and option >= 0:
            acts.append(group.options[option].act)
        return True

    def _ask(self, view: View, question: str, labels: list[str], acts: list[SeatAct] | None = None) -> int | None:
        """The index of a label; None for ``done`` or ``back``; -1 if something else was asked for and the menu should come again."""
        self._out.print(f"[bold]{escape(question)}[/bold]")
        for number, label in enumerate(labels, start=1):
            self._out.print(Padding(f"[cyan]{number:>2}[/cyan] {escape(label)}", (0, 0, 0, 1)))
        while True:
            word = self.line("> ").lower()
            if word.isdecimal() and 1 <= int(word) <= len(labels):
                return int(word) - 1
            if word in ("done", "back", "0", ""):
                return None
            if word == "undo" and acts:
                self._out.print(f"  {escape(say('seat.taken-back', act=act_phrase(view, acts.pop())))}")
                return -1
            if not self._read(word, view):
                self._out.print(f"  {say('seat.type-number', count=len(labels)) if labels else say('seat.type-done')}")

    def _read(self, word: str, view: View) -> bool:
        """Show what a word stands for; False if it stands for nothing."""
        match word:
            case "help" | "?":
                show_help(self._out, view)
            case "brief":
                show_brief(self._out, view)
            case "figures":
                show_figures(self._out, view)
            case "table":
                show_table(self._out, view)
            case "hold" | "quit":
                raise Left
            case _:
                return False
        return True

    def line(self, prompt: str) -> str:
        """What the person types.  Raises Left at the end of input."""
        self._out.print(prompt, end="")
        typed = self._keys.line()
        if typed is None:
            self._out.print()
            raise Left
        return typed.strip()

    def say(self, text: str) -> None:
        """Show a line."""
        self._out.print(f"  {escape(text)}")

    def pick(self, view: View, question: str, labels: list[str]) -> int | None:
        """A choice in a conversation."""
        while True:
            chosen = self._ask(view, question, labels)
            if chosen is None or chosen >= 0:
                return chosen


class _Prompts:
    """A person answering questions about an offer."""

    def __init__(self, person: Person, view: View) -> None:
        self._person = person
        self._view = view

    def pick(self, question: str, labels: list[str]) -> int | None:
        return self._person.pick(self._view, question, labels)

    def number(self, question: str, largest: float) -> float | None:
        while True:
            typed = self._person.line(f"{question} ").replace(",", ".")
            if typed in ("", "back"):
                return None
            try:
                value = float(typed)
            except ValueError:
                value = 0.0
            if 0.0 < value <= largest:
                return value
            self._person.say(say("seat.type-amount", largest=decimal(largest, "g")))

    def yes(self, question: str) -> bool:
        return self._person.line(f"{question} ({say('seat.yes-or-no')}) ").lower() in YES

    def say(self, text: str) -> None:
        self._person.say(text)


def _where(view: View) -> str:
    moment = view.moment
    of = rounds(view.atlas, moment.phase)
    numbered = say("seat.round", round=moment.round, rounds=of) if of > 1 else ""
    turn = say("seat.turn", turn=moment.turn, turns=view.atlas.turns)
    return f"{turn}: {first(say(f'phase.{moment.phase}'))}{numbered}"


def recollection(before: View, now: View) -> View:
    """The present view together with what it has forgotten since ``before``: offers and commitments that are gone."""
    offers = [offer for offer in before.offers if all(offer.id != known.id for known in now.offers)]
    gone = [c for c in before.commitments if all(c.id != known.id for known in now.commitments)]
    return replace(now, offers=(*offers, *now.offers), commitments=(*gone, *now.commitments))
