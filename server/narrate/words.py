"""Words for the things of a game: countries, drafts, operations, counts.  Names stand where the rules use codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import overload

from rules.bodies.councils import bar
from rules.state import Council, Sight, find_council, find_draft, find_operation
from rules.vocabulary import Action, Ballot, Draft, Operation
from server.narrate.language import noun, say
from server.narrate.names import called, within, worded
from server.narrate.phrases import CASES, Phrase
from server.narrate.retold import retold, translated

MANY = 6  # names beyond this many are counted instead of listed


def key(word: str) -> str:
    """A word of the rules as the last part of a message's key."""
    return word.replace(" ", "-").replace("'", "")


def name(sight: Sight, country: str) -> Phrase:
    """The name of a country as it stands inside a sentence; a code that is none stays as it is."""
    if country not in sight.atlas.countries:
        return Phrase((country,))
    return within(sight.atlas.names[sight.atlas.countries.index(country)])


def heading(sight: Sight, country: str) -> Phrase:
    """The name of a country as it stands alone: in a table, above a page."""
    return first(called(sight.atlas.names[sight.atlas.countries.index(country)]))


@overload
def first(text: Phrase) -> Phrase: ...
@overload
def first(text: str) -> str: ...
def first(text: str) -> str:
    """The same with a capital at the beginning; of a name the nominative, which is what stands there."""
    capital = text[:1].upper() + text[1:]
    return Phrase((capital, *text.forms[1:]), text.gender) if isinstance(text, Phrase) else capital


def headings(sight: Sight) -> tuple[Phrase, ...]:
    """The names of all countries as they stand alone, in their order."""
    return tuple(heading(sight, country) for country in sight.atlas.countries)


def listed(sight: Sight, countries: Iterable[str], *, limit: int = 99) -> Phrase:
    """``Chile, Guinea and Mexico``; beyond ``limit`` the rest is counted; ``nobody`` for none."""
    names = [name(sight, country) for country in countries]
    if not names:
        return noun("list.nobody")
    if len(names) > limit:
        names = [*names[: limit - 1], noun("list.others", count=len(names) - limit + 1)]
    return enumerated(names)


def enumerated(names: list[Phrase]) -> Phrase:
    """Names one after the other, in every case."""
    if len(names) == 1:
        return names[0]
    cases = CASES if any(len(item.forms) > 1 for item in names) else CASES[:1]
    forms = ([item.case(case) for item in names] for case in cases)
    return Phrase([say("list.and", before=", ".join(form[:-1]), last=form[-1]) for form in forms], "p")


def in_names(sight: Sight, text: str) -> str:
    """A text of the rules in the reader's language, with every country's code replaced by its name."""
    return retold(text, lambda codes: listed(sight, codes))


def issue_title(sight: Sight, issue: str) -> str:
    """What an issue is called."""
    return next((worded(item.title) for item in sight.atlas.issues if item.id == issue), issue)


def council_title(sight: Sight, council: str) -> Phrase:
    """What a council is called."""
    found = find_council(sight, council)
    if found is None:
        return Phrase((council,))
    title = called(found.title)
    return Phrase(noun("council.title", council=title).forms, title.gender)


def action_about(sight: Sight, action: Action, target: str) -> str:
    """``authorising force against Iraq``."""
    return say(f"action.{key(action)}", target=name(sight, target))


def draft_about(sight: Sight, draft: Draft) -> Phrase:
    """``draft 2-1 authorising force against Iraq``, ``amendment 2-2 to draft 2-1 condemning Iraq``: turn, and number in it."""
    about = action_about(sight, draft.action, draft.target)
    if draft.amends:
        return noun("draft.amendment", id=_numbered(draft.id), main=_numbered(draft.amends), about=about)
    return noun("draft.motion" if draft.action == "adjourn" else "draft.text", id=_numbered(draft.id), about=about)


def _numbered(draft: str) -> str:
    """The id of a draft without its council, which is said where it matters."""
    return "-".join(draft.rsplit("-", 2)[1:])


def draft_title(sight: Sight, draft: str) -> Phrase:
    """The same by id; the id alone if the draft is not known."""
    found = find_draft(sight, draft)
    return draft_about(sight, found) if found else noun("draft.unknown", id=draft)


def operation_about(sight: Sight, operation: Operation) -> Phrase:
    """``the operation of the United States against Iraq``."""
    return noun("operation.known", leader=name(sight, operation.leader), target=name(sight, operation.target))


def operation_title(sight: Sight, operation: str) -> Phrase:
    """The same by id."""
    found = find_operation(sight, operation)
    return operation_about(sight, found) if found else noun("operation.unknown", id=operation)


def commitment_name(sight: Sight, commitment: str) -> Phrase:
    """``the agreement of Arden and Brava``; the id alone if it is not known."""
    found = next((item for item in sight.commitments if item.id == commitment), None)
    if found is None:
        return noun("commitment.unknown", id=commitment)
    return noun("commitment.between", parties=listed(sight, found.terms.parties, limit=MANY))


def bar_line(council: Council, ballots: tuple[Ballot, ...], action: Action | None = None) -> str:
    """Where a count stands: ``yes 6 | no 3 | abstain 6 - 9 needed - 3 short``, with who has not spoken and who vetoes."""
    count = bar(council, ballots, action)
    sides = [("yes", count.yes), ("no", count.no), ("abstain", count.abstain), *((("silent", count.silent),) if count.silent else ())]
    parts = [say(f"bar.{side}", count=len(members)) for side, members in sides]
    if council.weights:
        parts.append(say("bar.votes", count=count.votes))
    short = count.needed - count.votes
    ends = [say("bar.needed", count=count.needed) if count.needed else say("bar.nobody-objects")]
    ends += [say("bar.short", count=short) if short > 0 else say("bar.reached"), *(translated(text) for text in count.missing)]
    if count.vetoes:
        ends.append(say("bar.veto", members=", ".join(count.vetoes)))
    return " — ".join([" | ".join(parts), *ends])
