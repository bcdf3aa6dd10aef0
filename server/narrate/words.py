"""Words for the things of a game: countries, drafts, operations, counts.  Names stand where the rules use codes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rules.councils import bar
from rules.state import Council, Sight, find_council, find_draft, find_operation
from rules.vocabulary import Action, Ballot, Because, Draft, Form, Level, Operation

_CODE = re.compile(r"\b[A-Z]{3}\b")
_WITH_ARTICLE = ("United ", "Netherlands", "Philippines", "Bahamas", "Gambia", "Maldives")
HELP: dict[Form, str] = {
    "money": "send {whom} {amount}",
    "arms": "send {whom} arms for {amount}",
    "programme": "help the weapons programme of {whom} with {amount}",
    "insurgents": "support insurgents in {whom} with {amount}",
}
MANY = 6  # names beyond this many are counted instead of listed
ACTIONS: dict[Action, str] = {
    "authorise force": "authorising force against",
    "sanction": "putting sanctions on",
    "demand": "making demands on",
    "condemn": "condemning",
    "recognise": "recognising",
    "establish": "establishing a mission about",
    "appoint": "appointing as mediator",
    "adjourn": "to adjourn the debate about",
}
REASONS: dict[Because, str] = {
    "law": "that the law asks for it",
    "sovereignty": "that no state may be forced in its own affairs",
    "civilians": "that people must be protected",
    "alliance": "that it stands with its allies",
    "talks": "that talks must be given their time",
    "interests": "that its interests are at stake",
    "voters": "that its own people expect it",
}
"""What a member says when it explains its vote."""
LEVELS: dict[Level, str] = {"statement": "in words", "token": "with a token contribution", "full": "with a full contribution"}


def name(sight: Sight, country: str) -> str:
    """The name of a country as it stands inside a sentence; a code that is none stays as it is."""
    if country not in sight.atlas.countries:
        return country
    text = sight.atlas.names[sight.atlas.countries.index(country)]
    return f"the {text}" if text.startswith(_WITH_ARTICLE) else text


def first(text: str) -> str:
    """The same with a capital at the beginning."""
    return text[:1].upper() + text[1:]


def subject(sight: Sight, country: str) -> str:
    """The name of a country as it opens a sentence."""
    return first(name(sight, country))


def listed(sight: Sight, countries: Iterable[str], *, limit: int = 99) -> str:
    """``Chile, Guinea and Mexico``; beyond ``limit`` the rest is counted; ``nobody`` for none."""
    names = [name(sight, country) for country in countries]
    if not names:
        return "nobody"
    if len(names) > limit:
        names = [*names[: limit - 1], f"{len(names) - limit + 1} others"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def in_names(sight: Sight, text: str) -> str:
    """A text of the rules with every country's code replaced by its name."""
    return _CODE.sub(lambda found: name(sight, found[0]), text)


def issue_title(sight: Sight, issue: str) -> str:
    """What an issue is called."""
    return next((item.title for item in sight.atlas.issues if item.id == issue), issue)


def council_title(sight: Sight, council: str) -> str:
    """What a council is called."""
    found = find_council(sight, council)
    return f"the {found.title}" if found else council


def draft_about(sight: Sight, draft: Draft) -> str:
    """``draft unsc-2-1 authorising force against Iraq``, ``amendment unsc-2-2 to draft unsc-2-1 condemning Iraq``."""
    if draft.amends:
        return f"amendment {draft.id} to draft {draft.amends}, for {ACTIONS[draft.action]} {name(sight, draft.target)}"
    if draft.action == "adjourn":
        return f"motion {draft.id} {ACTIONS[draft.action]} {name(sight, draft.target)}"
    return f"draft {draft.id} {ACTIONS[draft.action]} {name(sight, draft.target)}"


def draft_title(sight: Sight, draft: str) -> str:
    """The same by id; the id alone if the draft is not known."""
    found = find_draft(sight, draft)
    return draft_about(sight, found) if found else f"draft {draft}"


def operation_about(sight: Sight, operation: Operation) -> str:
    """``the operation of the United States against Iraq``."""
    return f"the operation of {name(sight, operation.leader)} against {name(sight, operation.target)}"


def operation_title(sight: Sight, operation: str) -> str:
    """The same by id."""
    found = find_operation(sight, operation)
    return operation_about(sight, found) if found else f"operation {operation}"


def commitment_name(sight: Sight, commitment: str) -> str:
    """``the agreement of Arden and Brava``; the id alone if it is not known."""
    found = next((item for item in sight.commitments if item.id == commitment), None)
    return f"the agreement of {listed(sight, found.terms.parties, limit=MANY)}" if found else f"commitment {commitment}"


def money(amount: float) -> str:
    """An amount of aid (in billions) with the digits that matter."""
    if amount < 0.001:  # noqa: PLR2004 - below a million a billion is the wrong unit
        return f"{amount * 1_000_000:.3g} thousand"
    return f"{amount * 1_000:.3g} million" if amount < 1.0 else f"{amount:.3g} billion"


def percent(share: float) -> str:
    """A share with the digits that matter."""
    return f"{share * 100.0:.3g} %"


def likelihood(chance: float) -> str:
    """A chance in whole per cent; what is nearly never or nearly sure is said so."""
    rounded = round(chance * 100.0)
    return "under 1 %" if rounded < 1 else "over 99 %" if rounded > 99 else f"{rounded} %"  # noqa: PLR2004 - per cent


def bar_line(council: Council, ballots: tuple[Ballot, ...], action: Action | None = None) -> str:
    """Where a count stands: ``yes 6 | no 3 | abstain 6 - 9 needed - 3 short``, with who has not spoken and who vetoes."""
    count = bar(council, ballots, action)
    parts = [f"yes {len(count.yes)}", f"no {len(count.no)}", f"abstain {len(count.abstain)}"]
    if count.silent:
        parts.append(f"silent {len(count.silent)}")
    short = count.needed - count.votes
    if council.weights:
        parts.append(f"{count.votes} votes in favour")
    ends = [f"{count.needed} needed" if count.needed else "nobody may object", f"{short} short" if short > 0 else "reached", *count.missing]
    if count.vetoes:
        ends.append(f"veto of {', '.join(count.vetoes)}")
    return " — ".join([" | ".join(parts), *ends])
