"""The command line: ``unipole WORD ...``.

Each command says what it does and shows how it is typed; the work is done in ``server.commands``, imported when it is asked for, so that
``unipole --help`` is quick.  What a person types wrongly is answered with a sentence and code 2; a check that fails ends with code 1.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

from cyclopts import App, CycloptsError, Parameter
from cyclopts.validators import Number

from server.cli.backtest import backtest_app
from server.cli.exercise import exercise_app
from server.cli.experiment import experiment_app
from server.cli.look import debrief, explain, fork, overrides, records, strategies
from server.cli.options import Flag, Seed, console
from server.cli.scenario import scenario_app
from server.cli.serve import serve
from server.cli.session import session_app
from server.cli.tournament import tournament
from server.commands.misuse import FAILED, OK, Misuse
from server.narrate.language import Language, speaking

MISUSED, INTERRUPTED = 2, 130


def _version() -> str:
    try:
        return version("unipole")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "unknown"


app = App(
    name="unipole",
    help=(
        "A multiplayer wargame of alliances, promises and votes in a world with one great power.\n\n"
        "Begin with `unipole demo`: it plays a game before your eyes. `unipole COMMAND --help` shows examples of each command."
    ),
    help_format="markdown",
    version=_version,
    suppress_keyboard_interrupt=False,  # main says a word about it
)
app.command(scenario_app)
app.command(experiment_app)
app.command(backtest_app)
app.command(exercise_app)
app.command(serve)
app.command(debrief)
app.command(fork)
app.command(records)
app.command(session_app)
app.command(explain)
app.command(strategies)
app.command(overrides)
app.command(tournament)

Count = Annotated[int, Parameter(validator=Number(gte=1, lte=10_000_000))]


@app.command
def demo(
    *,
    take: str | None = None,
    seed: Seed = 7,
    out: Path = Path("unipole-demo"),
    scenario: str = "iraq-2003",
    open_report: Annotated[bool, Parameter(name="--open")] = True,
    serve: bool | None = None,
    lang: Language = "en",
) -> int:
    """Play a whole game through a real server, show it turn by turn, write a debrief, and open a fresh game in the browser.

    Bots play all seats, for their payoff, over WebSockets; a private Redis in a temporary folder keeps the log. With --take you play one
    seat yourself, here in the terminal.

    For example:

        unipole demo
        unipole demo --scenario tiny --seed 3 --no-open
        unipole demo --take FRA

    Parameters
    ----------
    take
        The country that you play.
    seed
        The number from which all chance in the game is drawn: the same number, the same game.
    out
        Folder for the log and the debrief; made if it does not exist.
    scenario
        A scenario from `unipole scenario list`.
    open_report
        Open the debrief in a browser at the end, if there is a screen.
    serve
        At the end, leave a fresh game among bots open in the browser, until Ctrl-C. If nothing is said: yes, but after --take, and
        for some seconds only where there is no terminal.
    lang
        The language in which the game is told.
    """
    from server.demo.play import demo as work  # the server, the client and the debrief are not needed by the other commands

    with speaking(lang):
        return OK if work(scenario, take=take, seed=seed, folder=out, open_report=open_report, serve=serve, out=console()) else FAILED


@app.command
def run(
    scenario: str,
    /,
    *,
    seats: Annotated[str, Parameter(show_default=False)] = "",
    seed: Seed = 7,
    games: Count = 1,
    jobs: Count | None = None,
    log: Path | None = None,
    changes: Annotated[tuple[str, ...], Parameter(name="--set", negative=(), show_default=False)] = (),
    lang: Language = "en",
) -> None:
    """Play bots against bots, without a server, and sum up what happened.

    For example:

        unipole run tiny
        unipole run iraq-2003 --seed 7 --log game.jsonl
        unipole run iraq-2003 --games 100 --seats 'USA=payoff:60,FRA=random,*=payoff'
        unipole run iraq-2003 --games 100 --set legitimacy_cost=0 --set shelter=0

    Parameters
    ----------
    scenario
        A name from `unipole scenario list`, or the folder of a scenario of your own.
    seats
        Who plays: COUNTRY=KIND with commas between, `*` for all other countries. Kinds are payoff, payoff:SKILL, random and hold; all
        seats play for their payoff if nothing is said.
    seed
        The number from which all chance is drawn: the same number, the same games.
    games
        How many games. The first is the one that the seed gives alone.
    jobs
        How many processes share the games; as many as there are cores if nothing is said.
    log
        File for the log; with several games each gets its number before the suffix.
    changes
        NAME=VALUE: a parameter of the rules that is to differ from the scenario's. Say it again for another.
    lang
        The language of the tables.
    """
    from server.commands.run import run as work  # bots need a while to load

    with speaking(lang):
        work(scenario, seats=seats, seed=seed, games=games, jobs=jobs, log=log, out=console(), changes=changes)


@app.command
def replay(
    file: Path,
    /,
    *,
    viewer: str = "umpire",
    everything: Flag = False,
    scenario: str | None = None,
    lang: Language = "en",
) -> None:
    """Tell a log turn by turn.

    The number before each line is its place, which `unipole explain` takes.

    For example:

        unipole replay game.jsonl
        unipole replay game.jsonl --viewer FRA

    Parameters
    ----------
    file
        A log from `unipole run --log`, `unipole demo` or a server.
    viewer
        Whose eyes: umpire (knows all), public, or a country.
    everything
        Tell sealed orders and moved figures as well.
    scenario
        The folder of the scenario, if it does not ship with the program.
    lang
        The language in which it is told.
    """
    from server.commands.replay import replay as work  # see run

    with speaking(lang):
        work(file, console(), viewer=viewer, everything=everything, scenario=scenario)


@app.command
def verify(file: Path, /, *, scenario: str | None = None) -> int:
    """Decide every order of a log again with this program's rules, and say whether all is the same.

    Checked are the chain of hashes, the versions of rules and scenario, the parameters, and every event. Code 1 means: something differs.

    For example:

        unipole verify game.jsonl

    Parameters
    ----------
    file
        A log from `unipole run --log`, `unipole demo` or a server.
    scenario
        The folder of the scenario, if it does not ship with the program.
    """
    from server.commands.verify import verify as work  # see run

    return OK if work(file, console(), scenario) else FAILED


def main(words: Sequence[str] | None = None) -> int:
    """Carry out a command line (that of the process if none is given) and return the code to exit with."""
    tokens = sys.argv[1:] if words is None else list(words)
    try:
        code = app(tokens, print_error=False, exit_on_error=False, help_on_error=False, result_action="return_value")
    except (CycloptsError, Misuse) as error:
        print(f"unipole: {_sentence(error)}", file=sys.stderr)
        return MISUSED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return code if isinstance(code, int) else OK


def _sentence(error: CycloptsError | Misuse) -> str:
    text = " ".join(str(error).split()) if isinstance(error, CycloptsError) else str(error)
    if isinstance(error, Misuse):
        return text
    return f"{text} See `{' '.join(('unipole', *(error.command_chain or ()), '--help'))}`."
