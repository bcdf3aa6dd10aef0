"""What is typed: words, options and examples of every command.  The work is done in ``server.commands``."""

from server.cli.root import app, main

__all__ = ["app", "main"]
