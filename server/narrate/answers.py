"""Answers to a client's frames in its own language: what the rules and the server say about an order that was not accepted."""

from __future__ import annotations

from rules.state import Sight
from rules.wire.frames import OutKinds, Receipt, Refusal
from server.narrate.language import language
from server.narrate.words import in_names


def reworded(said: OutKinds, sight: Sight) -> OutKinds:
    """The frame with its sentences in the reader's language; in English, the language of the rules, as it is."""
    if language() == "en":
        return said
    if isinstance(said, Refusal):
        return _reworded(said, sight)
    if isinstance(said, Receipt):
        return said.model_copy(update={"refused": tuple(_reworded(refusal, sight) for refusal in said.refused)})
    return said


def _reworded(said: Refusal, sight: Sight) -> Refusal:
    return said.model_copy(update={"sentence": in_names(sight, said.sentence)})
