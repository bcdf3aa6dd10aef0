"""Entrants in their seats: how a bot of the file becomes a player, and how it is kept from spoiling a game.

A bot has a time bank for the whole game, measured by a monotonic clock outside the rules.  Once it is empty the bot holds to the end.  A
bot that fails holds in that step.  Neither ends the game; both are counted.
"""

from __future__ import annotations

import importlib
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Protocol

from client.bots.protocol import Bot
from client.bots.seats import bots as built_in
from client.tournament.file import BadTournament, Entrant, casting
from client.tournament.script import ACTS_MAX, BotFailed, OutOfTime, Script
from rules.orders import Act, SeatAct
from rules.state import View


class Player(Protocol):
    """What sits in a seat of a tournament."""

    def choose_within(self, view: View, seconds: float) -> tuple[Act, ...]:
        """The acts of this step, if they come in time.

        Raises:
            BotFailed: there is no usable answer.
        """
        ...

    def close(self) -> None:
        """The game is over."""
        ...


@dataclass(slots=True)
class InProcess:
    """A Python bot.  It cannot be stopped while it thinks; what it takes too long is charged to its bank."""

    bot: Bot | None

    def choose_within(self, view: View, seconds: float) -> tuple[Act, ...]:
        """Its choice.

        Raises:
            BotFailed: it raised something, or gave something else than acts.
        """
        if self.bot is None or seconds <= 0.0:
            return ()
        try:
            acts = tuple(self.bot.choose(view))
        except Exception as error:
            raise BotFailed(f"{type(error).__name__}: {error}") from error
        if not all(isinstance(act, SeatAct) for act in acts):
            raise BotFailed("an answer that is no list of acts")
        return acts[:ACTS_MAX]

    def close(self) -> None:
        """Nothing to do."""


@dataclass(slots=True)
class Guarded:
    """A player with its bank and its record; it looks like any other bot to the arena."""

    player: Player
    seconds_left: float
    failures: int = 0
    reason: str = ""
    out_of_time: bool = False
    seconds_used: float = 0.0

    def choose(self, view: View) -> tuple[Act, ...]:
        """The acts, or none."""
        if self.out_of_time:
            return ()
        start = monotonic()
        try:
            acts = self.player.choose_within(view, self.seconds_left)
        except OutOfTime:
            acts = ()
        except BotFailed as error:
            acts = ()
            self.failures += 1
            self.reason = self.reason or str(error)
        spent = monotonic() - start
        self.seconds_used += spent
        self.seconds_left -= spent
        if self.seconds_left <= 0.0:
            self.out_of_time, acts = True, ()
        return acts


def seated(entrant: Entrant, country: str, seed: str, folder: Path) -> Player:
    """A bot of the file in a seat.

    Raises:
        BadTournament: its factory cannot be found or fails.
    """
    if entrant.script is not None:
        return Script(entrant.script, folder, country, seed)
    if entrant.factory is not None:
        return InProcess(_made(entrant, country, seed, folder))
    return InProcess(built_in({country: casting(entrant.plays or "", f"bot {entrant.id}")}, lambda _: seed).get(country))


def _made(entrant: Entrant, country: str, seed: str, folder: Path) -> Bot:
    module, _, name = (entrant.factory or "").partition(":")
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))  # modules may lie beside the tournament file
    try:
        bot: Bot = getattr(importlib.import_module(module), name)(country, seed)
    except Exception as error:
        raise BadTournament(f"bot {entrant.id}: {entrant.factory} cannot be used: {type(error).__name__}: {error}") from error
    if not callable(getattr(bot, "choose", None)):
        raise BadTournament(f"bot {entrant.id}: what {entrant.factory} gives has no method choose.")
    return bot
