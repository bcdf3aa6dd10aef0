"""How a command ends: well, with a check that failed, or not carried out because of how it was typed."""

from __future__ import annotations

OK, FAILED = 0, 1


class Misuse(Exception):
    """The text is one or more sentences for the person who typed it; the program ends with code 2."""
