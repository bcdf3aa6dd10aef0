"""All signs of a turn, collected from its events and from the commitments in force."""

from __future__ import annotations

from collections.abc import Iterator

from rules import events as ev
from rules.labels.chapters import Chapter, Sign
from rules.labels.signs_of_acts import EVENTS
from rules.labels.signs_of_clauses import CLAUSES, Paper
from rules.vocabulary import Operation


def signs(chapter: Chapter) -> tuple[Sign, ...]:
    """Everything that the acts and commitments of a turn say, the unipole itself left out, in the order of events."""
    found: list[Sign] = []
    for item in chapter.happened:
        reader = EVENTS.get(item.event.kind)
        if reader is not None:
            found.extend(reader(chapter, item.place, item.event))
    for paper in _papers(chapter):
        for clause in paper.commitment.terms.clauses:
            binds = clause.since <= chapter.turn <= clause.until
            reader_of = CLAUSES.get(clause.kind) if paper.fresh or binds else None
            found.extend(reader_of(paper, clause) if reader_of else ())
    found.extend(_hosts(chapter))
    found.extend(_bystanders(chapter))
    seen = dict.fromkeys(sign for sign in found if sign.country != chapter.unipole)  # two clauses may say the same
    return tuple(seen)


def _papers(chapter: Chapter) -> Iterator[Paper]:
    """Every commitment that was in force at some time of the turn."""
    known = {c.id for c in chapter.before.commitments}
    for commitment in chapter.before.commitments:
        yield Paper(chapter, commitment, commitment.id, fresh=False)
    for item in chapter.happened:
        if isinstance(item.event, ev.CommitmentMade) and item.event.commitment.id not in known:
            yield Paper(chapter, item.event.commitment, item.place, fresh=True)


def _hosts(chapter: Chapter) -> Iterator[Sign]:
    """Who has had a base of the unipole since before the turn."""
    atlas, world = chapter.before.atlas, chapter.before.world
    guest = atlas.countries.index(chapter.unipole)
    for host, country in enumerate(atlas.countries):
        if float(world.bases[host, guest]) > 0.0:
            yield Sign(country, "tie", f"has a base of {chapter.unipole}", "bases", fresh=False)


def _bystanders(chapter: Chapter) -> Iterator[Sign]:
    """Who stood aside while the unipole prepared or carried out an operation."""
    for operation in chapter.after.operations:
        if operation.leader == chapter.unipole and _open(chapter, operation):
            inside = {operation.leader, operation.target, *(c.country for c in operation.coalition)}
            for country in chapter.after.atlas.countries:
                if country not in inside:
                    yield Sign(country, "aside", f"stood aside from {operation.id}", operation.id, operation.target, issue=operation.issue)


def _open(chapter: Chapter, operation: Operation) -> bool:
    return operation.status == "announced" or (operation.status == "launched" and operation.turn == chapter.turn)
