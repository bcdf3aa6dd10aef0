"""Planted faults in words, leaders, dialogues and shocks."""

from __future__ import annotations

from types import ModuleType

import numpy as np

from rules.force import appeasement, threat
from rules.society import attention, domestic, forums, influence, rhetoric, shocks, statements

MODULES: tuple[ModuleType, ...] = (appeasement, attention, domestic, forums, influence, rhetoric, shocks, statements, threat)
FAULTS: dict[str, tuple[ModuleType, str, object]] = {
    "everybody is believed": (rhetoric, "believed", lambda *_: 1.0),
    "nobody knows a breaker of words": (rhetoric, "open_credit", lambda *_: 0.75),
    "nobody gives in": (statements, "conceded", lambda *_: False),
    "giving in is not noticed": (rhetoric, "answered", lambda *_: ()),
    "silence is consent": (rhetoric, "stance_towards", lambda *_: 1.0),
    "nothing is found out": (statements, "exposures", lambda _: ()),
    "nothing is put to the test": (statements, "put_to_the_test", lambda _: ()),
    "attention has no end": (attention, "initiatives", lambda *_: 0.0),
    "everybody is spared": (appeasement, "hopes", lambda hostile, *_: hostile * 0.0 + 1.0),
    "no word is ever given": (appeasement, "pledged", lambda sight, rows: np.zeros((len(rows), len(sight.atlas.countries)))),
    "every government is open": (influence, "permeability", lambda *_: 1.0),
    "no leader ever falls": (domestic, "chance_of_change", lambda *_: 0.0),
    "new leaders are bound like old ones": (domestic, "exit_relief", lambda *_: 0.0),
    "everybody has time for all": (attention, "overload", lambda *_: 0.0),
    "a host is company enough": (forums, "COMPANY_MIN", 1),
    "all come to all talks": (forums, "inclusive", lambda *_: 1.0),
    "every shock comes": (shocks, "_drawn", lambda *_: True),
    "leaders weigh what the scenario says": (domestic, "weighed", lambda weights, temper, parameters: weights),
}
