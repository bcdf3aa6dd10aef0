"""Signs of acts: what each kind of event says about where a state stands towards the unipole (W59-W104).

``EVENTS`` holds all that is known of events: kind -> reader; ``FIGURES`` the same for acts that show as figures: field -> reader.  A new
kind gets a reader there, or says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from rules import events as ev
from rules.labels.chapters import Chapter, Meaning, Sign, wish
from rules.state import SPENDING, find_council, find_draft, find_operation
from rules.vocabulary import Choice, Draft


def _roll_call(chapter: Chapter, place: str, event: ev.RollCall) -> Iterator[Sign]:
    draft = find_draft(chapter.after, event.draft)
    wanted = wish(chapter.after, draft) if draft else None
    council = find_council(chapter.after, draft.council) if draft else None
    if draft is None or wanted is None or council is None:
        return
    cast = {ballot.country: ballot.choice for ballot in event.ballots}
    said = {ballot.country for ballot in draft.declared if ballot.choice == "abstain"}
    for country in council.members:
        choice = cast.get(country)
        if choice is None or choice == "abstain":
            meaning: Meaning = "openly aside" if country in said else "aside"
            yield Sign(country, meaning, f"{'abstained' if choice else 'did not vote'} on {draft.id}", place, issue=draft.issue)
        else:
            meaning = "support" if choice == wanted else "opposition"
            yield Sign(country, meaning, f"voted {choice} on {draft.id}", place, draft.target, issue=draft.issue)


def _stance(chapter: Chapter, place: str, event: ev.StanceDeclared) -> Iterator[Sign]:
    draft = find_draft(chapter.after, event.draft)
    wanted = wish(chapter.after, draft) if draft else None
    if draft is None or wanted is None:
        return
    choice = event.ballot.choice
    meaning: Meaning = "openly aside" if choice == "abstain" else "words" if choice == wanted else "opposition"
    yield Sign(event.ballot.country, meaning, f"declared {choice} on {draft.id}", place, draft.target, issue=draft.issue)


def _sponsored(chapter: Chapter, place: str, event: ev.DraftSponsored) -> Iterator[Sign]:
    draft = find_draft(chapter.after, event.draft)
    wanted = wish(chapter.after, draft) if draft else None
    if draft is not None and wanted is not None:
        yield from _sponsors(chapter, place, draft, (event.country,), wanted)


def _tabled(chapter: Chapter, place: str, event: ev.DraftTabled) -> Iterator[Sign]:
    draft = find_draft(chapter.after, event.draft.id)
    wanted = wish(chapter.after, draft) if draft else None
    if draft is not None and wanted == "no":
        yield from _sponsors(chapter, place, draft, (draft.author,), wanted)


def _sponsors(chapter: Chapter, place: str, draft: Draft, names: Iterable[str], wanted: Choice) -> Iterator[Sign]:
    """Names under a draft that the unipole wants are words for it; two or more under one that it does not want are a concert."""
    others = tuple(c for c in draft.sponsors if c != chapter.unipole)
    for country in names:
        company = tuple(c for c in others if c != country)
        meaning: Meaning = "words" if wanted == "yes" else "concert" if company else "opposition"
        yield Sign(country, meaning, f"put its name to {draft.id}", place, draft.target, company, issue=draft.issue)


def _joined(chapter: Chapter, place: str, event: ev.OperationJoined) -> Iterator[Sign]:
    operation = find_operation(chapter.after, event.operation)
    if operation is None or chapter.unipole not in (operation.leader, operation.target):
        return
    part = event.contribution
    with_it = (part.side == "attack") == (operation.leader == chapter.unipole)
    spoken: tuple[Meaning, Meaning] = ("words", "opposition")
    armed: tuple[Meaning, Meaning] = ("service", "armed help")
    meaning = (spoken if part.level == "statement" else armed)[0 if with_it else 1]
    said = f"joined the {part.side} in {operation.id} with a {part.level} contribution"
    given = not (part.owed or part.paid)
    yield Sign(part.country, meaning, said, place, operation.target, given=given, issue=operation.issue)


def _aid(chapter: Chapter, place: str, event: ev.AidSent) -> Iterator[Sign]:
    payment = event.payment
    if payment.sender == chapter.unipole:
        yield Sign(payment.receiver, "price", f"got aid from {payment.sender}", place)
    elif payment.receiver == chapter.unipole:
        yield Sign(payment.sender, "support", f"sent aid to {payment.receiver}", place)


def _renounced(chapter: Chapter, place: str, event: ev.CommitmentRenounced) -> Iterator[Sign]:
    left = next((c for c in chapter.before.commitments if c.id == event.commitment), None)
    if left is not None and chapter.unipole in left.terms.parties:
        yield Sign(event.departure.country, "opposition", f"renounced {left.id}", place, chapter.unipole)


def _figures(chapter: Chapter, place: str, event: ev.Moved) -> Iterator[Sign]:
    """Acts that show as figures: each is compared with the opening of the turn."""
    for change in event.changes:
        reader = FIGURES.get(change.field)
        before = float(getattr(chapter.before.world, change.field)[change.at])
        if reader is not None and change.value != before:
            yield from reader(chapter, place, change, before)


def _arms(chapter: Chapter, place: str, change: ev.Change, before: float) -> Iterator[Sign]:
    """A larger share for arms."""
    if change.value > before:
        said = f"raised its share for arms from {before:.3g} to {change.value:.3g}"
        yield Sign(chapter.before.atlas.countries[change.at[0]], "arming", said, place)


def _preparations(chapter: Chapter, place: str, change: ev.Change, before: float) -> Iterator[Sign]:
    """A larger share for a weapons programme or for calling up forces (W54)."""
    kind = SPENDING[change.at[1]]
    if change.value > before and kind in ("programme", "mobilisation"):
        said = f"raised its share for {kind} from {before:.3g} to {change.value:.3g}"
        yield Sign(chapter.before.atlas.countries[change.at[0]], "arming", said, place)


def _bases(chapter: Chapter, place: str, change: ev.Change, before: float) -> Iterator[Sign]:
    """A base opened to the unipole is a tie; one opened to another makes its host need the unipole less (W175)."""
    host, guest = (chapter.before.atlas.countries[k] for k in change.at)
    if change.value > before:
        yield Sign(host, "tie" if guest == chapter.unipole else "pool", f"opened a base to {guest}", place)


def _sanctions(chapter: Chapter, place: str, change: ev.Change, before: float) -> Iterator[Sign]:
    """Sanctions against the unipole, or with it against another."""
    sender, target = (chapter.before.atlas.countries[k] for k in change.at)
    unipoles = float(chapter.after.world.sanctions[chapter.before.atlas.countries.index(chapter.unipole), change.at[1]])
    if change.value > before and target == chapter.unipole:
        yield Sign(sender, "opposition", f"sanctions {target}", place, target)
    elif change.value > before and unipoles > 0.0:
        yield Sign(sender, "support", f"sanctions {target} as {chapter.unipole} does", place, target)


FIGURES: dict[str, Callable[[Chapter, str, ev.Change, float], Iterable[Sign]]] = {
    "guns": _arms,
    "spending": _preparations,
    "bases": _bases,
    "sanctions": _sanctions,
}


EventReader = Callable[[Chapter, str, Any], Iterable[Sign]]  # each is given events of the kind that it stands under
EVENTS: dict[str, EventReader] = {
    "roll-call": _roll_call,
    "stance-declared": _stance,
    "draft-sponsored": _sponsored,
    "draft-tabled": _tabled,
    "operation-joined": _joined,
    "aid-sent": _aid,
    "commitment-renounced": _renounced,
    "moved": _figures,
}
