"""``unipole serve``: the settings of a server as options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number
from rich.console import Console

Host = Annotated[str, Parameter(help="Address to listen on: this machine alone, or 0.0.0.0 for everybody in the network.")]
Port = Annotated[int, Parameter(validator=Number(gte=0, lte=65_535), help="Port to listen on; 0 takes any that is free.")]
Processes = Annotated[
    int, Parameter(validator=Number(gte=1, lte=64), help="How many processes share the port; one to a core is plenty.")
]
Redis = Annotated[str | None, Parameter(help="Address of a Redis of your own. Without it a private one comes and goes with the server.")]
Loss = Annotated[bool, Parameter(negative=(), help="Serve on a Redis that may lose orders in a crash.")]
Data = Annotated[Path | None, Parameter(help="Folder in which the private Redis keeps the sessions; your data folder if nothing is said.")]
Origins = Annotated[
    tuple[str, ...], Parameter(negative=(), help="A web page's origin that may use this server, besides its own. May be repeated.")
]
Proxies = Annotated[tuple[str, ...], Parameter(negative=(), help="Address of a proxy whose X-Forwarded-For is believed. May be repeated.")]
Patience = Annotated[
    float,
    Parameter(validator=Number(gt=0.0, lte=86_400.0), help="How long orders under way may take when the server is asked to stop."),
]


def serve(  # noqa: PLR0913 - one argument an option
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    processes: Processes = 1,
    redis: Redis = None,
    accept_loss: Loss = False,
    data: Data = None,
    allowed_origin: Origins = (),
    trusted_proxy: Proxies = (),
    stop_seconds: Patience = 10.0,
) -> None:
    """Start a server for a class on this machine. Ctrl-C stops it; sessions go on when it is started again.

    For example:

        unipole serve
        unipole serve --host 0.0.0.0 --port 8080
        unipole serve --processes 4
        unipole serve --redis redis://127.0.0.1:6379/0
    """
    from server.commands.serve import serve as work  # aiohttp and redis are not needed by the other commands
    from server.settings import Settings  # the same

    settings = Settings(
        host=host,
        port=port,
        processes=processes,
        redis_url=redis,
        data_dir=data,
        accept_loss=accept_loss,
        allowed_origins=allowed_origin,
        trusted_proxies=trusted_proxy,
        stop_seconds=stop_seconds,
    )
    work(settings, Console(highlight=False))
