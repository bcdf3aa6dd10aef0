"""One server and one browser for the tests of a file; a new person for each.

No longer than a file: Playwright keeps a loop running in its thread, beside which other tests could start none of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser

from tests.web.classroom import Person, browsing, person, serving


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Where the server is."""
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with browsing() as found:
        yield found


Newcomer = Callable[..., Person]


@pytest.fixture
def newcomer(url: str, browser: Browser) -> Iterator[Newcomer]:
    """Makes people; at the end their pages have complained of nothing."""
    people: list[Person] = []

    def come(**looks: object) -> Person:
        who = person(browser, url, **looks)  # type: ignore[arg-type]  # by name
        people.append(who)
        return who

    yield come
    complaints = [complaint for who in people for complaint in who.complaints]
    for who in people:
        who.context.close()
    assert complaints == []
