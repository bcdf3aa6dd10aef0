"""What every test takes for granted: how property tests search, and that nothing draws on a screen."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from structlog.stdlib import ProcessorFormatter

os.environ.setdefault("MPLBACKEND", "Agg")

# A deadline for one example measures the machine, not the code: the timeout of the whole test is enough.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def _journal_of_its_own() -> Iterator[None]:
    """A journal that a test opened writes to that test's screen, so it is closed with it."""
    yield
    root = logging.getLogger()
    root.handlers[:] = [handler for handler in root.handlers if not isinstance(handler.formatter, ProcessorFormatter)]
