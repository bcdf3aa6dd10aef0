"""What every test takes for granted: how property tests search, that nothing draws on a screen, and that no token is ever logged."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from structlog.stdlib import ProcessorFormatter

from tests.eavesdropper import eavesdropping

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


CLOSELY = ("tests/security/", "tests/server/web/")


@pytest.fixture(autouse=True)
def _no_token_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """No token that any test has the server issue is in anything that any library logs; the server's doors are heard to the last word."""
    with eavesdropping(closely=request.node.nodeid.startswith(CLOSELY)) as ear:
        yield
    assert ear.betrayed() == []
