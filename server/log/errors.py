"""What can be wrong with the place where sessions are kept.

Each error carries a sentence for the person who runs the server, and what to do about it. None of them is
ever raised after an acknowledgement: an operation that ends in one of these was not acknowledged.
"""

from __future__ import annotations


class LogUnavailable(Exception):
    """The log gave no answer: nothing is acknowledged, the outcome is unknown; send the same once more."""


class NotDurable(Exception):
    """The Redis server could lose acknowledged orders. ``complaints`` are sentences, each with its remedy."""

    def __init__(self, complaints: tuple[str, ...]) -> None:
        super().__init__(" ".join(complaints))
        self.complaints = complaints


class NoRedisBinary(Exception):
    """No Valkey or Redis program was found for the private server."""


class RedisDidNotStart(Exception):
    """The private server was started and gave no answer, or something else sits on its socket."""
