"""Commands that look into a finished game: ``unipole strategies``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.console import Console


def strategies(
    file: Path,
    /,
    *,
    balancing: Literal["broad", "narrow"] = "broad",
    bandwagoning: Literal["fear", "profit"] = "fear",
    evidence: Annotated[bool, Parameter(negative=())] = False,
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

    out = Console(highlight=False)
    work(file, out, balancing=balancing, bandwagoning=bandwagoning, evidence=evidence, as_json=as_json, scenario=scenario)
