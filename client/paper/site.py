"""Templates of pages that stand alone: a package brings its own, and all begin with ``paper.html.jinja``, which has the common look."""

from __future__ import annotations

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined


def templates(package: str) -> Environment:
    """The templates and style sheets that stand in a package, and the common ones beside them; a name without a value is an error."""
    loader = ChoiceLoader([PackageLoader(package, "."), PackageLoader("client.paper", ".")])
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
