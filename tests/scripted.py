"""Scripted seats: orders written as lines that a person can read, for cases, playthroughs and tests.

A script maps steps to lines, as ``{"1 negotiation 1": ["ARD propose deal 1"]}``.  A line is a country, a kind of act and the act's fields
in their order.  ``deal`` names terms given beside the script; ``@ARD`` is the newest offer by ARD that the country can see, ``@pact``
the newest commitment; a list is written with commas.  A clause runs from turn 1 to the last unless it says otherwise.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import TypeAdapter

from rules import orders as o
from rules.orders import Act
from rules.state import Game, View
from rules.vocabulary import Terms

_ACT: TypeAdapter[Act] = TypeAdapter(Act)
_MODELS = {str(cls.model_fields["kind"].default): cls for cls in (*o.SeatAct.__args__, *o.ControlAct.__args__)}
Lines = Mapping[str, Sequence[str]]


def agreed(words: Mapping[str, object], turns: int) -> Terms:
    """Terms from plain words; clauses run through the whole game unless they say otherwise."""
    clauses = words["clauses"]
    assert isinstance(clauses, list), "clauses are a list"
    whole = [{"since": 1, "until": turns, **clause} for clause in clauses]
    return Terms.model_validate_json(json.dumps({**words, "clauses": whole}))


@dataclass(frozen=True)
class Seat:
    """A player that reads its lines."""

    country: str
    lines: Lines
    terms: Mapping[str, Mapping[str, object]]

    def choose(self, view: View) -> tuple[Act, ...]:
        """The acts of this step."""
        now = view.moment
        mine = [shlex.split(line) for line in self.lines.get(f"{now.turn} {now.phase} {now.round}", ())]
        return tuple(self._act(view, words[1], words[2:]) for words in mine if words[0] == self.country)

    def _act(self, view: View, kind: str, words: Sequence[str]) -> Act:
        names = [name for name in _MODELS[kind].model_fields if name != "kind"]
        fields = {name: self._value(view, name, word) for name, word in zip(names, words, strict=False)}
        return _ACT.validate_json(json.dumps({"kind": kind, **fields}))

    def _value(self, view: View, name: str, word: str) -> object:
        if name == "terms":
            return agreed(self.terms[word], view.atlas.turns).model_dump(mode="json")
        if name == "needs":
            return word.split(",")
        if word == "@pact":
            return view.commitments[-1].id
        if word.startswith("@"):
            return [offer.id for offer in view.offers if offer.author == word[1:]][-1]
        try:
            plain: object = json.loads(word)
        except ValueError:
            return word
        return plain


@dataclass(frozen=True)
class Script:
    """Lines of all seats, and the terms they speak of."""

    lines: Lines
    terms: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def bots(self, game: Game) -> dict[str, Seat]:
        """A player for every seat."""
        for step in self.lines.values():
            for line in step:
                assert line.split()[0] in game.atlas.countries, line
        return {country: Seat(country, self.lines, self.terms) for country in game.atlas.countries}
