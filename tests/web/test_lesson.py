"""A class of forty: six browsers, a projector, and thirty-four who play by the library, on the server that an instructor starts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.web.lesson import BROWSERS, PEOPLE, bundle_bytes, first_look, lesson, program

BUNDLE_BYTES_MAX = 400_000


@pytest.fixture(scope="module")
def served() -> Iterator[str]:
    """Where that server is."""
    with program() as address:
        yield address


@pytest.mark.parametrize("turns", [1, pytest.param(4, marks=pytest.mark.long)])
def test_forty_people_play_and_every_order_counts_once(served: str, browser: Browser, turns: int) -> None:
    """Nobody is left out, no console complains, no browser holds what is another's, and every screen shows every step."""
    found = lesson(browser, served, turns=turns)
    assert found.turns == turns
    assert len(found.authors) == PEOPLE
    assert [who for who, orders in found.authors.items() if orders < 2 * turns] == []
    given = [name.partition(":")[2] for name in found.logged if name.partition(":")[2] in found.sent]
    assert sorted(given) == sorted(found.sent)
    assert found.complaints == []
    assert found.leaks == []
    assert found.own == BROWSERS
    assert len(found.waits_ms) == found.steps * (BROWSERS + 1)


def test_the_page_is_light(served: str, browser: Browser) -> None:
    """Its files stay under a bound, and a slowed phone loads fewer of them before somebody can type."""
    assert 50_000 < bundle_bytes() < BUNDLE_BYTES_MAX
    phone = first_look(browser, served, phone=True)
    assert 0 < phone["kilobytes"] * 1000 < bundle_bytes()
