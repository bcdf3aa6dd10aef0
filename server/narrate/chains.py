"""Chains of causes as lines that a person can read, and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules.explanation.causes import Cause, Chains
from rules.parameters import origin, registry
from rules.state import Game
from rules.view import tell
from server.narrate.amounts import decimal
from server.narrate.coefficients import layer, meaning
from server.narrate.language import say, say_if_known
from server.narrate.sentences import sentence
from server.narrate.words import first, in_names


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a chain: how deep it stands, its text, and whether it is an event."""

    depth: int
    text: str
    is_event: bool


def said(chains: Chains, place: str) -> str:
    """The event at a place in a sentence, as the viewer of the chains may know it; empty if it may not."""
    page = chains.story.page(place)
    shown = None if page is None else tell(page.fore, page.event, chains.viewer)
    return "" if page is None or shown is None else sentence(page.fore, shown)


def rows(chains: Chains, cause: Cause, depth: int = 0, *, digits: int = 6) -> Iterator[Row]:
    """The chain, line by line, each cause under what it caused, with so many digits of each figure."""
    game = chains.story.opening
    yield Row(depth, _text(chains, cause, game, digits), cause.kind == "event")
    if cause.terms:
        terms = "; ".join(f"{in_names(game, t.name)} {decimal(t.value, f'.{digits}g')}" for t in cause.terms)
        yield Row(depth + 1, say("chain.from", terms=terms), is_event=False)
    for inner in cause.causes:
        if inner.kind == "figure" and inner.causes and inner.causes[0].kind == "opening":
            opened = inner.causes[0]
            said_first, layer = in_names(game, opened.name), say(f"layer.{opened.note}")
            yield Row(depth + 1, f"{_text(chains, inner, game, digits)}, {said_first} ({layer})", is_event=False)
        else:
            yield from rows(chains, inner, depth + 1, digits=digits)


def _text(chains: Chains, cause: Cause, game: Game, digits: int) -> str:
    name = in_names(game, cause.name)
    match cause.kind:
        case "event":
            ends = say("chain.told") if cause.told else say("chain.beyond") if cause.beyond else ""
            return f"{cause.place}  {said(chains, cause.place)}{ends}"
        case "change":
            return say("chain.became", name=first(name), value=_value(cause, digits))
        case "figure":
            return say("chain.was", name=first(name), value=_value(cause, digits))
        case "opening":
            set_by = say(f"layer.{cause.note}") if cause.note else ""
            return say("chain.is", name=first(name), value=_value(cause, digits), layer=set_by) if set_by else first(name)
        case "parameter":
            set_by = say(f"layer.{origin(cause.name, cause.value or 0.0)}")
            about = f"{set_by}; {layer(cause.name)}; {registry()[cause.name].source}"
            return say("chain.parameter", name=cause.name, value=_value(cause, digits), about=about, sentence=meaning(cause.name))
        case "order":
            return say("chain.order", name=_ordered(cause.name, name, game), entry=cause.place)
        case "clock":
            return say("chain.clock", name=name, entry=cause.place)
        case "chance":
            return say("chain.chance", name=name)
        case "record":
            return first(name)


def _ordered(order: str, name: str, game: Game) -> str:
    """Who ordered what, where the kind of the act may be known; else that somebody gave an order."""
    who, _, kind = order.partition(" ")
    act = say_if_known(f"kind.{kind}", "")
    return say("chain.ordered", who=in_names(game, who), act=act) if act else name


def _value(cause: Cause, digits: int) -> str:
    return cause.value if isinstance(cause.value, str) else decimal(cause.value or 0.0, f".{digits}g")


def data(chains: Chains, cause: Cause) -> dict[str, object]:
    """The chain as nested plain data, numbers in full."""
    found: dict[str, object] = {"kind": cause.kind, "name": cause.name}
    if cause.kind == "event":
        found |= {"place": cause.place, "sentence": said(chains, cause.place)}
    elif cause.place:
        found["entry"] = int(cause.place)
    if cause.value is not None:
        found["value"] = cause.value
    if cause.note:
        found["note"] = cause.note
    if cause.told:
        found["told_above"] = True
    if cause.beyond:
        found["goes_on"] = True
    if cause.terms:
        found["terms"] = [{"name": term.name, "value": term.value} for term in cause.terms]
    if cause.causes:
        found["causes"] = [data(chains, inner) for inner in cause.causes]
    return found
