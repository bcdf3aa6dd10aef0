"""What moved figures, as sentences: one for each mechanism of the engine (``messages/*/causes.toml``)."""

from __future__ import annotations

from rules.events import Moved
from rules.mechanisms import AFTER_CHANGE, AFTER_TALKS, AFTER_TEST, AFTER_VOTE, SEPARATOR
from rules.society.rhetoric import SPOKEN
from rules.state import SPENDING, TERMS, Sight
from server.narrate.amounts import decimal, percent
from server.narrate.language import say
from server.narrate.names import worded
from server.narrate.phrases import Phrase
from server.narrate.society import statement_title
from server.narrate.words import commitment_name, council_title, draft_title, issue_title, key, name, operation_title

TREATY = ("setting up", "secret come to light")
SHARES = frozenset(
    ("spending", "sanctions", "guns", "aid", "approval", "war_cost", "authority", "positions", "leaning", "insurgency")
)
SPEECH = frozenset(name for names in (*SPOKEN.values(), AFTER_TEST, ("fabrication found out",)) for name in names)


def cause_sentence(sight: Sight, event: Moved) -> str:
    """Why figures moved, how many, and which if it is one."""
    cause, _, about = event.cause.partition(SEPARATOR)
    said = say(f"cause.{key(cause)}", subject=_subject(sight, cause, about))
    first, *others = event.changes
    if others:
        return say("cause.by-many", cause=said, count=1 + len(others))
    return say("cause.by-one", cause=said, figure=figure(sight, first.field, first.at), value=amount_of(first.field, first.value))


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


def amount_of(field: str, value: float) -> str:
    """A figure as people write it: shares in per cent."""
    return percent(value) if field in SHARES else decimal(value)


def figure(sight: Sight, field: str, at: tuple[int, ...]) -> str:
    """The name of a figure: ``the goodwill towards France of Chile``."""
    atlas, row, message = sight.atlas, at[0], f"figure.{field}"
    match field:
        case "authority":
            return say(message, council=council_title(sight, atlas.councils[row].id))
        case "positions":
            return say(message, issue=worded(atlas.issues[row].title))
        case "leaning":
            return say(message, who=name(sight, atlas.countries[row]), issue=worded(atlas.issues[at[1]].title))
        case "payoff" | "temper":
            return say(message, who=name(sight, atlas.countries[row]), term=say(f"term.{TERMS[at[1]]}"))
        case "spending":
            return say(message, who=name(sight, atlas.countries[row]), term=say(f"term.{SPENDING[at[1]]}"))
        case "goodwill" | "hostile" | "kept" | "broken" | "bases" | "sanctions" | "yielded" | "access":
            return say(message, who=name(sight, atlas.countries[row]), whom=name(sight, atlas.countries[at[1]]))
        case _:
            return say(message, who=name(sight, atlas.countries[row]))
