"""Thinking together: many players reason at once, each from its own view, and what they ask of arithmetic is answered in one go.

A *thought* is a generator: it reasons in plain Python about one view and yields *questions* (how will this vote go? how safe is it?).
``together`` runs any number of thoughts side by side, collects the questions of one kind that wait at the same moment and has them answered
over arrays with a leading axis.  Answers do not depend on the company, so a player chooses the same alone as in a crowd.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from typing import Protocol, Self, TypeVar

T = TypeVar("T")


class Question(Protocol):
    """Something that is cheaper to answer for many than one by one."""

    @classmethod
    def answers(cls, questions: Sequence[Self]) -> Sequence[object]:
        """One answer for each question, none depending on another."""
        ...


Thought = Generator[Question, object, T]


def together(thoughts: Sequence[Thought[T]]) -> list[T]:
    """The conclusions of all thoughts, in their order."""
    concluded: dict[int, T] = {}
    replies: dict[int, object] = dict.fromkeys(range(len(thoughts)))
    while replies:
        waiting: dict[type[Question], list[tuple[int, Question]]] = {}
        for number, reply in replies.items():
            try:
                question = thoughts[number].send(reply)
            except StopIteration as done:
                concluded[number] = done.value
            else:
                waiting.setdefault(type(question), []).append((number, question))
        replies = {}
        for kind, asked in waiting.items():
            found = kind.answers([question for _, question in asked])
            replies |= {number: answer for (number, _), answer in zip(asked, found, strict=True)}
    return [concluded[number] for number in range(len(thoughts))]


def alone(thought: Thought[T]) -> T:
    """The conclusion of one thought."""
    return together([thought])[0]
