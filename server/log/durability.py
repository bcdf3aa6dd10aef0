"""Does this Redis keep what it acknowledges?

The promise of the log rests on three settings of a server we may not have started: an append-only file, an
fsync before each reply, and no eviction. With anything less, acknowledged orders were lost in measurements
(``everysec``: in every simulated power cut, and in some plain kills). So the program asks before it serves,
and refuses with the remedy; who accepts the loss says so.
"""

from __future__ import annotations

from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError, ResponseError

from server.log.errors import LogUnavailable, NotDurable

_ACCEPT: Final = "To play all the same and risk losing orders, start with --accept-loss."
_SILENT: Final = (
    "This Redis does not tell its settings (CONFIG GET answers: {error}), so nobody can say whether it keeps "
    "what it acknowledges. Many hosted services are like this: ask the provider whether appendonly is yes "
    "and appendfsync is always, or allow this user '+config|get'."
)
_WANTED: Final = {
    "appendonly": ("yes", "it keeps orders in memory only"),
    "appendfsync": ("always", "it answers before orders are on disk"),
    "no-appendfsync-on-rewrite": ("no", "it stops writing to disk while it rewrites its file"),
    "maxmemory-policy": ("noeviction", "it throws data away when memory is short"),
}


async def require_durable(client: Redis, accept_loss: bool) -> tuple[str, ...]:
    """Refuse a server that could lose acknowledged orders.

    Returns what is wrong, one sentence each with its remedy: empty, or what ``accept_loss`` lets pass.

    Raises:
        NotDurable: something is wrong and loss is not accepted.
        LogUnavailable: the server does not answer.
    """
    complaints = await _complaints(client)
    if complaints and not accept_loss:
        raise NotDurable((*complaints, _ACCEPT))
    return complaints


async def _complaints(client: Redis) -> tuple[str, ...]:
    complaints = []
    for setting, (wanted, danger) in _WANTED.items():
        try:
            answer = await client.config_get(setting)
        except ResponseError as error:
            return (_SILENT.format(error=error),)
        except RedisError as error:
            raise LogUnavailable(f"Redis gave no answer that can be used: {error}") from error
        found = answer.get(setting, "unknown")
        if found != wanted:
            complaints.append(
                f"This Redis runs with {setting} {found}: {danger}. "
                f"Set '{setting} {wanted}' in redis.conf, or run CONFIG SET {setting} {wanted}."
            )
    return tuple(complaints)
