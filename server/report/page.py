"""From a told game to the page: facts into a template, plot inside, nothing to load."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from client.paper.site import templates
from rules.state import index
from server.narrate.turns import Turns
from server.narrate.words import name
from server.report import facts
from server.report.plot import alignment_svg
from server.report.strategies import chapters_of, courses, meanings

TEMPLATE = "page.html.jinja"
HASH_SHOWN = 16


def report(turns: Turns, chain: str, *, seed: int | None, person: str | None) -> str:
    """The page of a finished game.  ``chain``: the hash of its log; ``person``: the seat that was not played by a bot."""
    page = templates("server.report")
    game, atlas = turns.game, turns.opening.atlas
    stands = facts.stands(turns)
    plot = alignment_svg(stands, len(turns.told), name(game, atlas.unipole)) if stands else ""
    return page.get_template(TEMPLATE).render(
        title=atlas.title,
        span=atlas.span,
        seed=seed,
        chain=chain,
        chain_shown=chain[:HASH_SHOWN],
        person=atlas.names[index(game, person)] if person else None,
        unipole=name(game, atlas.unipole),
        turns_played=len(turns.told),
        seats_count=len(atlas.countries),
        tiles=facts.tiles(turns),
        issues=facts.issues(turns),
        timeline=[(turn.number, turn.news, facts.happenings(turn)) for turn in turns.told],
        votes=list(facts.votes(turns)),
        words=list(facts.words(turns)),
        wars=list(facts.wars_fought(turns)),
        plot=Markup(plot),  # noqa: S704 - drawn here, from figures and from names that the drawing escapes
        stands=stands,
        courses=courses(chapters_of(turns)),
        meanings=meanings(),
        seats=facts.seats(game),
        terms=facts.term_names(),
    )


def write_report(path: Path, turns: Turns, chain: str, *, seed: int | None = None, person: str | None = None) -> None:
    """Write the page.

    Raises:
        OSError: it cannot be written.
    """
    path.write_text(report(turns, chain, seed=seed, person=person))
