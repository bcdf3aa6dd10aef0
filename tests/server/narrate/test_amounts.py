"""Numbers as people write them."""

from __future__ import annotations

import pytest

from server.narrate.amounts import amount, decimal, money, percent
from server.narrate.language import Language, speaking


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [(0.0000167, ".3g", "0.0000167"), (14_529.0, ".3g", "14500"), (-0.0, ".3g", "0"), (0.25, "+.2f", "+0.25"), (1.5, ".3g", "1.5")],
)
def test_numbers_are_written_out(value: float, form: str, said: str) -> None:
    """Without powers of ten, and no zero has a sign."""
    assert decimal(value, form) == said
    with speaking("ru"):
        assert decimal(value, form) == said.replace(".", ",")


@pytest.mark.parametrize(
    ("tongue", "share", "sums"),
    [("en", "36.5%", ("2.5 billion", "150 million", "20 thousand", "0")), ("ru", "36,5\u00a0%", ("2,5 млрд", "150 млн", "20 тыс.", "0"))],
)
def test_shares_and_money(tongue: Language, share: str, sums: tuple[str, ...]) -> None:
    """Each in the form of its language; nothing is no thousand."""
    with speaking(tongue):
        assert percent(0.365) == share
        assert tuple(money(billions) for billions in (2.5, 0.15, 0.00002, 0.0)) == sums


def test_a_number_of_the_rules_takes_the_form_that_a_hole_asks_for() -> None:
    """As money, as a share, as it is, or as the word that goes with it."""
    assert f"{amount('0.5'):percent} {amount('0.5'):money} {amount('0.5')}" == "50% 500 million 0.5"
    assert f"{amount('1'):percent} {amount('2'):money} {amount('3')} {amount('3'):turn|turns}" == "100% 2 billion 3 turns"
