"""``unipole serve``: the server, until somebody stops it."""

from __future__ import annotations

from redis.exceptions import RedisError
from rich.console import Console
from rich.markup import escape

from server.commands.misuse import Misuse
from server.log.errors import LogUnavailable, NoRedisBinary, NotDurable, RedisDidNotStart
from server.runtime import run, until_told
from server.settings import Settings
from server.web.app import Address


def serve(settings: Settings, out: Console) -> None:
    """Serve until SIGTERM or Ctrl-C.

    Raises:
        Misuse: the port or the Redis cannot be had; says why.
    """

    def ready(address: Address) -> None:
        out.print(f"Listening on {address.url}. Ctrl-C stops the server; sessions go on when it is started again.", soft_wrap=True)
        out.print(f"Sessions are made and seats given out over HTTP; {address.url}/openapi.json says how.", soft_wrap=True)

    async def main() -> None:
        await until_told(settings, ready)

    try:
        run(main)
    except (NotDurable, NoRedisBinary, RedisDidNotStart) as error:
        raise Misuse(str(error)) from error
    except (LogUnavailable, RedisError) as error:
        raise Misuse(f"The Redis at {settings.redis_url} gives no answer: {error}") from error
    except OSError as error:
        raise Misuse(f"{settings.host}:{settings.port} cannot be had: {error.strerror or error}.") from error
    except ValueError as error:  # an address that is none
        raise Misuse(escape(str(error))) from error
    out.print("Stopped.")
