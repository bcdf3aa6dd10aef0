"""What moved figures, as sentences: one for each mechanism of the engine (``messages/*/causes.toml``)."""

from __future__ import annotations

from rules.events import Change, Moved
from rules.mechanisms import AFTER_CHANGE, AFTER_TALKS, AFTER_TEST, AFTER_VOTE, SEPARATOR
from rules.society.rhetoric import SPOKEN
from rules.state import SPENDING, TERMS, Sight
from server.narrate.language import say
from server.narrate.names import called, worded
from server.narrate.phrases import Phrase
from server.narrate.society import statement_title
from server.narrate.words import commitment_name, decimal, draft_title, issue_title, key, name, operation_title

TREATY = ("setting up", "secret come to light")
SPEECH = frozenset(name for names in (*SPOKEN.values(), AFTER_TEST, ("fabrication found out",)) for name in names)


def cause_sentence(sight: Sight, event: Moved) -> str:
    """Why figures moved, how many, and which if it is one."""
    cause, _, about = event.cause.partition(SEPARATOR)
    said = say(f"cause.{key(cause)}", subject=_subject(sight, cause, about))
    if len(event.changes) > 1:
        return say("cause.by-many", cause=said, count=len(event.changes))
    change = event.changes[0]
    return say("cause.by-one", cause=said, figure=figure(sight, change), value=decimal(change.value))


def _subject(sight: Sight, cause: str, about: str) -> Phrase:
    """What a cause is about: a draft, an agreement, a statement, talks, a country; else an operation, or nothing."""
    if cause in AFTER_VOTE:
        return draft_title(sight, about)
    if cause in TREATY:
        return commitment_name(sight, about)
    if cause in SPEECH:
        return statement_title(sight, about)
    if cause in AFTER_TALKS:
        return Phrase((issue_title(sight, about.partition("/")[2]),))
    return name(sight, about) if cause in AFTER_CHANGE else operation_title(sight, about)


def figure(sight: Sight, change: Change) -> str:
    """The name of a figure: ``the goodwill towards France of Chile``."""
    atlas, row, message = sight.atlas, change.at[0], f"figure.{change.field}"
    match change.field:
        case "authority":
            return say(message, council=called(atlas.councils[row].title))
        case "positions":
            return say(message, issue=worded(atlas.issues[row].title))
        case "leaning":
            return say(message, who=name(sight, atlas.countries[row]), issue=worded(atlas.issues[change.at[1]].title))
        case "payoff" | "temper":
            return say(message, who=name(sight, atlas.countries[row]), term=say(f"term.{TERMS[change.at[1]]}"))
        case "spending":
            return say(message, who=name(sight, atlas.countries[row]), term=say(f"term.{SPENDING[change.at[1]]}"))
        case "goodwill" | "hostile" | "kept" | "broken" | "bases" | "sanctions" | "yielded" | "access":
            return say(message, who=name(sight, atlas.countries[row]), whom=name(sight, atlas.countries[change.at[1]]))
        case _:
            return say(message, who=name(sight, atlas.countries[row]))
