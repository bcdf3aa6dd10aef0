"""``unipole session ...`` as it is typed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number

from server.cli.options import console

session_app = App(name="session", help="Look after the sessions of a store, whether or not a server is running on it.")
Redis = Annotated[str | None, Parameter(help="Address of the Redis. Without it, the private one.")]
Data = Annotated[Path | None, Parameter(help="Folder of the private Redis; else your data folder.")]


@session_app.command(name="list")
def list_(*, redis: Redis = None, data: Data = None) -> None:
    """Say which sessions there are, how long they are, and which are over.

    For example:

        unipole session list
    """
    from server.commands.session import listed, settings_of  # redis is not needed by the other commands

    listed(settings_of(redis, data), console())


@session_app.command
def export(session: str, file: Path, /, *, redis: Redis = None, data: Data = None) -> None:
    """Write all of a session into one file, as a backup. It holds secrets: keep it as you keep the store.

    For example:

        unipole session export tiny-abcdef backup.session
    """
    from server.commands.session import export as work  # see list
    from server.commands.session import settings_of

    work(session, file, settings_of(redis, data), console())


@session_app.command(name="import")
def import_(file: Path, /, *, redis: Redis = None, data: Data = None) -> None:
    """Put a session from such a file into the store, times and tokens included.

    For example:

        unipole session import backup.session --redis redis://127.0.0.1:6379/0
    """
    from server.commands.session import bring, settings_of  # see list

    bring(file, settings_of(redis, data), console())


@session_app.command
def archive(
    *sessions: str,
    to: Annotated[Path | None, Parameter(help="Folder for the files; else archive_dir of the settings.")] = None,
    days: Annotated[
        float | None, Parameter(validator=Number(gte=0.0), help="How long a session has been over; else archive_days of the settings, 30.")
    ] = None,
    redis: Redis = None,
    data: Data = None,
) -> None:
    """Move sessions that are over out of the store, one file each: those named, else all that have been over for long enough.

    For example:

        unipole session archive --to kept --days 14
        unipole session archive tiny-abcdef --to kept
    """
    from server.commands.session import archive as work  # see list
    from server.commands.session import settings_of

    work(sessions, to, days, settings_of(redis, data), console())


@session_app.command
def people(
    session: str,
    /,
    *,
    out: Annotated[Path, Parameter(help="The table to write.")] = Path("people.csv"),
    names: Annotated[bool, Parameter(negative=(), help="With the names that people gave, not pseudonyms alone.")] = False,
    redis: Redis = None,
    data: Data = None,
) -> None:
    """Write who of a session's people was there and did what, in counts, as a table.

    For example:

        unipole session people tiny-abcdef
        unipole session people tiny-abcdef --names --out group-3.csv
    """
    from server.commands.session import people as work  # see list
    from server.commands.session import settings_of

    work(session, out, names=names, settings=settings_of(redis, data), out=console())


@session_app.command
def purge(
    session: str,
    /,
    *,
    people: Annotated[bool, Parameter(negative=(), help="Only tokens and words; the rest is played again and stays.")] = False,
    unfinished: Annotated[bool, Parameter(negative=(), help="Even if the session is not over.")] = False,
    keep: Annotated[Path, Parameter(help="With --people, folder for the file of what remains.")] = Path(),
    redis: Redis = None,
    data: Data = None,
) -> None:
    """Remove a session from the store for good, and print the proof: what was removed, and the hash of what remains.

    For example:

        unipole session purge tiny-abcdef
        unipole session purge tiny-abcdef --people --keep kept
    """
    from server.commands.session import purge as work  # see list
    from server.commands.session import settings_of

    work(session, people=people, unfinished=unfinished, keep=keep, settings=settings_of(redis, data), out=console())
