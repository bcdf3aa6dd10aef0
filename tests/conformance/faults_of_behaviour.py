"""Faults planted in the reading of behaviour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType

from rules.labels import behaviour, signs
from rules.labels.chapters import Sign

BEHAVIOUR, SIGNS = behaviour.behaviour, signs.signs


def _everybodys(told: Sequence[Sign]) -> list[Sign]:
    return [replace(sign, country=other.country) for sign in told for other in told]


FAULTS: dict[str, tuple[ModuleType, str, object]] = {
    "words of others count as one's own": (behaviour, "signs", lambda chapter: (*SIGNS(chapter), *_everybodys(SIGNS(chapter)))),
    "labels follow the name of a country": (behaviour, "_feared", lambda chapter, by: dict.fromkeys(chapter.before.atlas.countries, "DOR")),
    "nobody is afraid of anybody": (behaviour, "_feared", lambda chapter, by: dict.fromkeys(chapter.before.atlas.countries)),
    "no definition is narrow": (behaviour, "behaviour", lambda chapter, by: BEHAVIOUR(chapter, replace(by, balancing="broad"))),
    "promises are no acts": (signs, "_papers", lambda chapter: ()),
    "nobody is seen to stand aside": (signs, "_bystanders", lambda chapter: ()),
}
