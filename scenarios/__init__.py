"""Scenarios: one folder a case, with its figures, sources and role sheets, and the reader that turns them
into the opening of a game.
"""

from scenarios.faults import BadScenario, Fault
from scenarios.folder import names
from scenarios.loader import Scenario, load
from scenarios.opening import opening

__all__ = ["BadScenario", "Fault", "Scenario", "load", "names", "opening"]
