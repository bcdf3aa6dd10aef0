"""Commands that look into a finished game: ``debrief``, ``fork``, ``records``, ``explain``, ``strategies`` and ``overrides``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from server.cli.options import Flag, Jobs, console
from server.narrate.language import Language, speaking


def debrief(  # noqa: PLR0913  # each is an option of the command line
    file: Path,
    /,
    *,
    out: Path | None = None,
    reveal: Flag = False,
    seat: str | None = None,
    turn: Annotated[int | None, Parameter(validator=Number(gte=1, lte=1000))] = None,
    compare: Annotated[int, Parameter(validator=Number(gte=0, lte=10_000))] = 0,
    jobs: Jobs = None,
    scenario: str | None = None,
    lang: Language = "en",
) -> None:
    """Write the debrief of a game: one page for the projector and to hand out, made from the log alone.

    Without --reveal it holds nothing that was secret.

    For example:

        unipole debrief game.jsonl
        unipole debrief game.jsonl --reveal --out revealed.html
        unipole debrief game.jsonl --seat FRA
        unipole debrief game.jsonl --compare 200

    Parameters
    ----------
    file
        A log from `unipole run --log`, `unipole demo` or a server.
    out
        The page to write, or a PDF if its name ends so; if nothing is said, a page beside the log.
    reveal
        Tell what was secret as well: agreements, payments, payoffs and objectives.
    seat
        Tell what this seat knew.
    turn
        Tell up to the end of this turn, for a talk between turns.
    compare
        Set the game beside so many games of bots; they are played once for each start and kept.
    jobs
        How many processes share those games; as many as there are cores if nothing is said.
    scenario
        The folder of the scenario, if it does not ship with the program.
    lang
        The language of the page.
    """
    from server.commands.debrief import debrief as work  # templates need a moment to load

    with speaking(lang):
        viewer = "umpire" if reveal else seat or "public"  # as `explain` and `replay` are told
        work(file, console(), page=out, viewer=viewer, turn=turn, compare=compare, jobs=jobs, scenario=scenario)


def fork(
    file: Path,
    event: str,
    /,
    *,
    act: str,
    games: Annotated[int, Parameter(validator=Number(gte=1, lte=1000))] = 100,
    jobs: Jobs = None,
    count: Flag = False,
    scenario: str | None = None,
) -> None:
    """What if? Change one order in the step of an event, play on with bots many times, and set it beside what happened.

    Both arms, as it was and with the change, are played with the same luck. The outcome is kept beside the log for the debrief.

    For example:

        unipole fork game.jsonl 200.1 --act "RUS no"
        unipole fork game.jsonl 200.1 --act "FRA nothing" --games 20

    Parameters
    ----------
    file
        A log from `unipole run --log`, `unipole demo` or a server.
    event
        The place of the event: entry, full stop, number within the entry.
    act
        COUNTRY yes, no or abstain at a vote; COUNTRY nothing; or COUNTRY and an act as JSON.
    games
        How many games each arm is played.
    jobs
        How many processes share the games; as many as there are cores if nothing is said.
    count
        Print how many games are done, a number a line, for a program to read.
    scenario
        The folder of the scenario, if it does not ship with the program.
    """
    from server.commands.fork import run_fork  # bots need a while to load

    run_fork(file, event, act, console(), games=games, jobs=jobs, scenario=scenario, count=count)


def explain(
    file: Path,
    event: str | None = None,
    /,
    *,
    viewer: str = "umpire",
    depth: Annotated[int, Parameter(validator=Number(gte=1, lte=1000))] = 4,
    about: str | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative=())] = False,
    scenario: str | None = None,
    lang: Language = "en",
) -> None:
    """Show why an event of a log happened: its terms, what they hang on, and so on back to orders, parameters, chance and the opening.

    Without an event, list all.

    For example:

        unipole explain game.jsonl
        unipole explain game.jsonl 12.3
        unipole explain game.jsonl 12.3 --viewer FRA --depth 10

    Parameters
    ----------
    file
        A log from `unipole run --log`, `unipole demo` or a server.
    event
        The place of the event: entry, full stop, number within the entry.
    viewer
        Whose eyes: umpire (knows all), public, or a country.
    depth
        How many events back the chain is told.
    about
        Of an event that moved many figures, those of one country.
    as_json
        Print JSON, numbers in full.
    scenario
        The folder of the scenario, if it does not ship with the program.
    lang
        The language of the sentences.
    """
    from server.commands.explain import explain as work  # bots and plots need a while to load

    out = console()
    with speaking(lang):
        work(file, event, out, viewer=viewer, depth=depth, about=about, as_json=as_json, scenario=scenario)


def strategies(
    file: Path,
    /,
    *,
    balancing: Literal["broad", "narrow"] = "broad",
    bandwagoning: Literal["fear", "profit"] = "fear",
    evidence: Flag = False,
    as_json: Annotated[bool, Parameter(name="--json", negative=())] = False,
    scenario: str | None = None,
) -> None:
    """Say what each state of a log did towards the unipole, turn by turn: balancing, bandwagoning, prudence and so on.

    For example:

        unipole strategies game.jsonl
        unipole strategies game.jsonl --evidence --balancing narrow

    Parameters
    ----------
    file
        A log from `unipole run --log`, `unipole demo` or a server.
    balancing
        broad: whatever raises security against the unipole (Walt); narrow: only what could check a hegemon (Brooks and Wohlforth).
    bandwagoning
        fear: siding with what one fears (Walt); profit: also for what one gets (Schweller).
    evidence
        Tell what each label rests on.
    as_json
        Print JSON, evidence included.
    scenario
        The folder of the scenario, if it does not ship with the program.
    """
    from server.commands.strategies import strategies as work  # bots and plots need a while to load

    out = console()
    work(file, out, balancing=balancing, bandwagoning=bandwagoning, evidence=evidence, as_json=as_json, scenario=scenario)


def records(
    *files: Path,
    out: Path,
    formats: Annotated[tuple[Literal["csv", "jsonl", "parquet"], ...], Parameter(name="--format", negative=())] = ("csv",),
    scenario: str | None = None,
) -> None:
    """Write games as tidy tables with a codebook: games, participation, orders, events, ballots, agreements, findings, states, issues.

    The tables hold what was secret, and mark it. Several games go into the same tables, told apart by the column `game`.

    For example:

        unipole records game.jsonl --out records
        unipole records game.jsonl --out records --format jsonl --format parquet
        unipole records many-*.jsonl --out records

    Parameters
    ----------
    files
        Logs from `unipole run --log`, `unipole demo` or a server.
    out
        Folder for the tables and the codebook; made if it does not exist.
    formats
        csv, jsonl or parquet; may be given several times.
    scenario
        The folder of the scenario, if it does not ship with the program.
    """
    from server.commands.records import records as work  # bots need a while to load

    work(files, out, formats, console(), scenario=scenario)


def overrides(file: Path, /, *, scenario: str | None = None) -> None:
    """Show which figures control set by hand, replay the game without, and print how it would have ended.

    For example:

        unipole overrides game.jsonl

    Parameters
    ----------
    file
        A log from a server.
    scenario
        The folder of the scenario, if it does not ship with the program.
    """
    from server.commands.overrides import overrides as work  # bots and plots need a while to load

    work(file, console(), scenario=scenario)
