"""``unipole serve``: the settings of a server as options."""

from __future__ import annotations

import dataclasses
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from cyclopts.validators import Number

from server.cli.options import console

PORT = 8000
Text = Literal["console", "json"]
Level = Literal["debug", "info", "warning", "error"]


@Parameter(name="*")
@dataclass(frozen=True)
class Options:
    """What can be set on the command line; None was not said."""

    host: Annotated[str | None, Parameter(help="Address to listen on: this machine alone (127.0.0.1), or 0.0.0.0 for everybody.")] = None
    port: Annotated[
        int | None, Parameter(validator=Number(gte=0, lte=65_535), help=f"Port to listen on, {PORT} if nothing is said; 0 takes any.")
    ] = None
    processes: Annotated[
        int | None, Parameter(validator=Number(gte=1, lte=64), help="How many processes share the port; one to a core is plenty.")
    ] = None
    redis: Annotated[
        str | None, Parameter(help="Address of a Redis of your own, or of any node of a cluster. Without it a private one is started.")
    ] = None
    accept_loss: Annotated[bool | None, Parameter(negative=(), help="Serve on a Redis that may lose orders in a crash.")] = None
    data: Annotated[Path | None, Parameter(help="Folder in which the private Redis keeps the sessions; else your data folder.")] = None
    allowed_origin: Annotated[
        tuple[str, ...] | None, Parameter(negative=(), help="A web page's origin that may use this server. May be repeated.")
    ] = None
    trusted_proxy: Annotated[
        tuple[str, ...] | None, Parameter(negative=(), help="Address of a proxy whose X-Forwarded-For is believed. May be repeated.")
    ] = None
    stop_seconds: Annotated[
        float | None, Parameter(validator=Number(gt=0.0, lte=86_400.0), help="How long orders under way may take at the end.")
    ] = None
    log_form: Annotated[Text | None, Parameter(help="How the journal is written on standard error.")] = None
    log_level: Annotated[Level | None, Parameter(help="From which weight on events stand in the journal.")] = None


NAMES = {
    "redis": "redis_url",
    "data": "data_dir",
    "allowed_origin": "allowed_origins",
    "trusted_proxy": "trusted_proxies",
}
"""Options that are called otherwise than their settings."""


def serve(
    *,
    options: Options | None = None,
    config: Annotated[Path | None, Parameter(help="File of settings in TOML; see docs/reference/settings.md.")] = None,
    print_config: Annotated[bool, Parameter(negative=(), help="Only say what is set, and by whom.")] = False,
) -> None:
    """Start a server for a class on this machine. Ctrl-C stops it; sessions go on when it is started again.

    What is not said here is taken from the environment (UNIPOLE_PORT and so on), then from a file.

    For example:

        unipole serve
        unipole serve --host 0.0.0.0 --port 8080
        unipole serve --processes 4
        unipole serve --redis redis://127.0.0.1:6379/0
        unipole serve --config unipole.toml --print-config
    """
    from server.commands.misuse import Misuse  # aiohttp and redis are not needed by the other commands
    from server.commands.serve import print_settings
    from server.commands.serve import serve as work
    from server.configuration import BadSetting, configured
    from server.settings import Settings

    said = dataclasses.asdict(options or Options())
    flags = {NAMES.get(name, name): value for name, value in said.items()}
    try:
        found = configured(flags, os.environ, config, Settings(port=PORT))
    except BadSetting as error:
        raise Misuse(str(error)) from error
    out = console()
    if print_config:
        print_settings(found, out)
    else:
        work(found.settings, out)
