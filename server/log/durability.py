"""Does this Redis keep what it acknowledges?

The promise of the log rests on three settings of a server we may not have started: an append-only file, an
fsync before each reply, and no eviction. With anything less, acknowledged orders were lost in measurements
(``everysec``: in every simulated power cut, and in some plain kills). So the program asks before it serves,
and refuses with the remedy; who accepts the loss says so.
"""

from __future__ import annotations

from typing import Final

from redis.exceptions import ResponseError

from server.log.errors import LogUnavailable, NotDurable
from server.log.line import RedisLine

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


async def require_durable(line: RedisLine, accept_loss: bool) -> tuple[str, ...]:
    """Refuse a server that could lose acknowledged orders.

    Returns what is wrong, one sentence each with its remedy: empty, or what ``accept_loss`` lets pass.

    Raises:
        NotDurable: something is wrong and loss is not accepted.
        LogUnavailable: the server does not answer.
    """
    complaints = await _complaints(line)
    if complaints and not accept_loss:
        raise NotDurable((*complaints, _ACCEPT))
    return complaints


async def _complaints(line: RedisLine) -> tuple[str, ...]:
    complaints = []
    for setting, (wanted, danger) in _WANTED.items():
        try:
            answers = await line.of_masters("CONFIG GET", setting)
        except LogUnavailable as error:
            if isinstance(error.__cause__, ResponseError):
                return (_SILENT.format(error=error.__cause__),)
            raise
        wrong = {found for found in map(_value, answers) if found != wanted}
        complaints += [
            f"This Redis runs with {setting} {found}: {danger}. "
            f"Set '{setting} {wanted}' in redis.conf, or run CONFIG SET {setting} {wanted}."
            for found in sorted(wrong)
        ]
    return tuple(complaints)


def _value(answer: object) -> str:
    """The value in an answer to CONFIG GET, of which the client may have made a dict."""
    flat = [*next(iter(answer.items()), ())] if isinstance(answer, dict) else answer
    value = flat[1] if isinstance(flat, list) and len(flat) > 1 else "unknown"
    return value.decode() if isinstance(value, bytes) else str(value)
