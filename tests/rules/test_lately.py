"""What is kept beside the values it was made of: for the very same objects, the last few of them, and never for others."""

from __future__ import annotations

from weakref import ref

from rules.lately import beside, lately, mark, once


class Word:
    """Something with a length that is found once."""

    def __init__(self, text: str) -> None:
        self.text, self.asked = text, 0

    @once
    def length(self) -> int:
        """How long it is."""
        self.asked += 1
        return len(self.text)


def test_what_is_found_once_is_not_looked_for_again() -> None:
    """By each instance for itself; the class gives the finder, with its description."""
    one, other = Word("one"), Word("other")
    assert [one.length, one.length, other.length] == [3, 3, 5]
    assert (one.asked, other.asked) == (1, 1)
    assert isinstance(Word.length, once)
    assert Word.length.__doc__ == "How long it is."


def test_the_last_answers_are_kept_by_the_very_arguments() -> None:
    """Equal things that are not the same are asked about anew; the oldest answer goes first."""
    asked: list[list[int]] = []

    @lately(2)
    def doubled(values: list[int]) -> list[int]:
        asked.append(values)
        return values * 2

    first, same, third = [1], [1], [3]
    assert doubled(first) is doubled(first)
    assert doubled(same) == doubled(first)
    assert len(asked) == 2
    doubled(third)
    assert doubled(same) == [1, 1]
    assert len(asked) == 3
    doubled(first)
    assert len(asked) == 4


def test_answers_live_and_die_with_what_they_are_about() -> None:
    """They lie in the first argument, each by the others; forgotten, they are made anew; nothing else holds on to what they are about."""
    asked: list[str] = []

    @beside
    def repeated(word: Word, times: int) -> str:
        asked.append(word.text)
        return word.text * times

    one, other = Word("one"), Word("other")
    assert [repeated(one, 2), repeated(one, 2), repeated(one, 1), repeated(other, 2)] == ["oneone", "oneone", "one", "otherother"]
    assert asked == ["one", "one", "other"]
    vars(repeated)["cache_clear"]()
    assert (repeated(one, 2), len(asked)) == ("oneone", 4)
    gone = ref(one)
    del one
    assert gone() is None


def test_things_are_marked_by_what_they_say_or_are() -> None:
    """Words and numbers by value, all else by identity."""
    one, other = [1], [1]
    assert mark((one, "a", 2)) == mark((one, "a", 2))
    assert mark((one,)) != mark((other,))
    assert mark(("a", 2)) == ("a", 2)
