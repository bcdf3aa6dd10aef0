"""Everything an operator may set, read once at the top and frozen.

Units stand last in the names.  Each limit answers one question: what may a slow, broken or hostile client
cost?  ``docs/reference/settings.md`` lists every field with its default, and a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

KIB = 1024
SECOND_MS = 1000
DAY_MS = 24 * 60 * 60 * SECOND_MS


@dataclass(frozen=True, slots=True)
class Rate:
    """A steady number of frames a second, and how many may come at once."""

    per_second: float
    burst: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What one client, one seat and one address may cost."""

    frame_in_bytes_max: int = 64 * KIB
    frame_out_bytes_max: int = 1024 * KIB  # of events in one frame; a view is one frame, however large its world
    live_rate: Rate = Rate(12.0, 24)
    rounds_rate: Rate = Rate(400.0, 400)  # the slowest seat sets the pace: this bounds replacing envelopes
    bad_frames_max: int = 100  # frames in a row that are none, before the socket is closed
    sockets_per_token_max: int = 12
    screens_max: int = 200  # sockets of one session's public view: any screen has the same token
    devices_per_seat_max: int = 40  # tokens of one seat: several people may play it
    sockets_unproven_per_address_max: int = 20  # without a token yet: a class sits behind one address
    posts_rate: Rate = Rate(10.0, 240)  # of one address: classes of forty behind it claim their seats at once
    talk_rate: Rate = Rate(0.5, 10)  # messages of one seat, all its devices together
    talk_messages_max: int = 2000  # of one seat in a session
    body_bytes_max: int = 64 * KIB  # as a frame: an order sheet is an envelope that was not sent
    hello_seconds: float = 5.0
    ping_seconds: float = 20.0
    write_seconds: float = 20.0  # for one frame to leave, before its reader is given up
    idle_seconds: float = 30 * 60.0
    outbox_frames_max: int = 64
    outbox_bytes_max: int = 1024 * KIB
    told_events_max: int = 64  # in one frame
    inbox_requests_max: int = 4096  # of one session, waiting to be decided
    sessions_max: int = 1000
    session_tries_max: int = 20  # of one append against other processes
    session_failures_max: int = 5  # in a row, before the session is parked
    snapshot_entries: int = 4096  # of a log, after which what came of them is put beside it
    session_rest_seconds: float = 30 * 60.0  # without anybody there, before a session is put out of memory
    token_days_max: float = 14.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How one process serves."""

    host: str = "127.0.0.1"
    port: int = 0  # 0 takes any free one
    processes: int = 1  # that share the port
    redis_url: str | None = None  # None brings a private Redis
    data_dir: Path | None = None  # of the private Redis; None takes the user's data folder
    accept_loss: bool = False  # serve on a Redis that could lose acknowledged orders
    allowed_origins: tuple[str, ...] = ()  # besides the server's own addresses
    trusted_proxies: tuple[str, ...] = ()  # addresses whose X-Forwarded-For is believed
    read_seconds_skip: bool = True  # in rounds, steps in which nobody can act close at once
    poll_seconds: float = 1.0  # how often to look for deadlines and news, besides timers and bells
    outage_seconds_min: float = 5.0  # a shorter silence of all processes gives no time back
    token_check_seconds: float = 5.0  # how soon a token revoked through another process closes its sockets
    stop_seconds: float = 10.0  # for appends under way, when the server is asked to stop
    log_form: Literal["console", "json"] = "console"  # of the journal, on standard error
    log_level: Literal["debug", "info", "warning", "error"] = "warning"
    metrics_token: str | None = None  # who shows it reads the figures from anywhere; without one only this machine does
    archive_dir: Path | None = None  # where finished sessions are put; without one they stay in the Redis
    archive_days: float = 30.0  # after their last entry
    limits: Limits = field(default_factory=Limits)
