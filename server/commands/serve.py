"""``unipole serve``: the server, until somebody stops it."""

from __future__ import annotations

import socket

from redis.exceptions import RedisError
from rich.console import Console
from rich.markup import escape

from server.commands.misuse import Misuse
from server.configuration import Configured
from server.journal import open_journal, without_secrets
from server.log.errors import LogUnavailable, NoRedisBinary, NotDurable, RedisDidNotStart
from server.runtime import run, until_told
from server.settings import Settings
from server.supervisor import ProcessDidNotStart, supervise
from server.web.app import Address

WILDCARDS = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def network_number() -> str | None:
    """The number under which this machine is known in its network; None where there is none.  Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation: it only makes the system choose a way out
        except OSError:
            return None
        number = str(probe.getsockname()[0])
    return None if number.startswith("127.") else number


def print_settings(found: Configured, out: Console) -> None:
    """Every setting with its value and who set it, one a line."""
    rows = found.table()
    widths = [max(len(row[place]) for row in rows) for place in range(2)]
    for name, value, source in rows:
        out.print(f"{name:<{widths[0]}}  {value:<{widths[1]}}  {source}", soft_wrap=True, markup=False)


def serve(settings: Settings, out: Console) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Raises:
        Misuse: the port or the Redis cannot be had; says why.
    """

    def ready(address: Address) -> None:
        out.print(f"Listening on {address.url}. Ctrl-C stops the server; sessions go on when it is started again.", soft_wrap=True)
        number = network_number() if address.host in WILDCARDS else None
        if number is not None:
            out.print(f"Other devices in the network open http://{number}:{address.port} in a browser.", soft_wrap=True)
        here = f"http://127.0.0.1:{address.port}" if address.host in WILDCARDS else address.url
        out.print(f"On this machine open {here} in a browser; for programs, {here}/openapi.json says how.", soft_wrap=True)
        if address.host in LOOPBACK:
            out.print("No other device can open it. For a class, stop it and type: unipole serve --host 0.0.0.0", soft_wrap=True)

    open_journal(settings.log_form, settings.log_level)

    async def main() -> None:
        await (until_told(settings, ready) if settings.processes == 1 else supervise(settings, ready))

    try:
        run(main)
    except (NotDurable, NoRedisBinary, RedisDidNotStart) as error:
        raise Misuse(str(error)) from error
    except (LogUnavailable, RedisError) as error:
        where = without_secrets(settings.redis_url or "the private socket")
        raise Misuse(f"The Redis at {where} gives no answer: {error}") from error
    except ProcessDidNotStart as error:
        raise Misuse(f"{error} The reason stands above.") from error
    except OSError as error:
        raise Misuse(f"{settings.host}:{settings.port} cannot be had: {error.strerror or error}.") from error
    except ValueError as error:  # an address that is none
        raise Misuse(escape(str(error))) from error
    out.print("Stopped.")
