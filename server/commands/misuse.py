"""A command that cannot be carried out as it was typed."""

from __future__ import annotations


class Misuse(Exception):
    """The text is one or more sentences for the person who typed it; the program ends with code 2."""
