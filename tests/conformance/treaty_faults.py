"""Wrong rules about treaties, each of which some case must notice."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import numpy as np

from rules.pacts import amendments, compliance, excuses, institutions, reassurance, restraints, secrecy


def _always(*, value: object) -> Callable[..., object]:
    return lambda *_, **__: value


def _unpooled(sight: object, commitments: object) -> float:
    return np.ones((4, 4))  # type: ignore[return-value]  # the fault stands where an array is expected


TREATY_PLACES = (amendments, compliance, excuses, institutions, reassurance, restraints, secrecy)
TREATY_FAULTS: dict[str, tuple[ModuleType, str, object]] = {
    "firmness is nothing": (institutions, "firmness", _always(value=0.0)),
    "firmness is everything": (institutions, "firmness", _always(value=1.0)),
    "nothing is pooled": (institutions, "reinforcement", _unpooled),
    "exit is as cheap with institutions": (institutions, "stiffness", _always(value=1.0)),
    "governing costs nothing": (institutions, "upkeep", _always(value=0.0)),
    "everybody changes terms alone": (amendments, "enough", _always(value=True)),
    "nobody changes terms": (amendments, "enough", _always(value=False)),
    "nobody is excused": (excuses, "excuse", _always(value="")),
    "everybody is excused": (excuses, "excuse", _always(value="so it goes")),
    "waivers are not heard": (excuses, "waived", _always(value=False)),
    "a breach gives no rights": (excuses, "breakers", _always(value=frozenset())),
    "calls are not heard": (compliance, "called", _always(value=None)),
    "nothing can be withheld": (compliance, "withheld", _always(value=False)),
    "spending is not watched": (compliance, "spend", _always(value=None)),
    "neutrals may fight": (restraints, "neutrality", _always(value=None)),
    "restraint is not watched": (restraints, "restraint", _always(value=None)),
    "aggression is not watched": (restraints, "non_aggression", _always(value=None)),
    "the framework is not watched": (restraints, "framework", _always(value=None)),
    "recognition is not watched": (restraints, "non_recognition", _always(value=None)),
    "secrets never leak": (secrecy, "leak_chance", _always(value=0.0)),
    "intelligence tells nothing": (secrecy, "_told", _always(value=frozenset())),
    "secrets are directed against nobody": (secrecy, "against", _always(value=frozenset())),
    "pledges reassure nobody": (reassurance, "spared", _always(value=1.0)),
}
