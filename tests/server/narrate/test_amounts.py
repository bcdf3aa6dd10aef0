"""Numbers as people write them."""

from __future__ import annotations

import pytest

from server.narrate.amounts import amount, change, decimal, figure, money, payoff, percent
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
    ("value", "places", "said"),
    [
        (58.333, 2, "58.3"), (0.924, 2, "0.92"), (9.693, 2, "9.69"), (90.62, 2, "90.6"), (1284.6, 2, "1,285"), (999.6, 2, "1,000"),
        (3.0, 2, "3"), (2.999, 2, "3"), (5.96, 1, "6"), (-0.4, 0, "0"), (-12.34, 1, "−12.3"), (-2049.7, 1, "−2,050"),
    ],
)  # fmt: skip
def test_a_figure_has_the_digits_that_a_reader_compares(value: float, places: int, said: str) -> None:
    """Three at most, none after a whole number, and a minus that is one."""
    assert figure(value, places) == said


def test_what_rises_and_falls_has_a_sign_and_what_stays_has_none() -> None:
    """Of figures, shares and payoffs alike; payoffs keep their two places."""
    assert [figure(value, 1, signed=True) for value in (2.0, -2.04, 0.04, -0.04)] == ["+2", "−2", "0", "0"]
    assert [change(share) for share in (0.006, -0.1234, 0.0001)] == ["+0.6%", "−12.3%", "0%"]
    assert [payoff(value, signed=True) for value in (0.5, -0.25, 0.004, -0.004)] == ["+0.50", "−0.25", "0.00", "0.00"]
    assert payoff(-1.0) == "−1.00"


def test_a_part_of_a_thing_takes_its_own_form() -> None:
    """In Russian one, few and many are three, and a part goes with few."""
    said = [f"{amount(text)} {amount(text):пункт|пункта|пунктов}" for text in ("1", "6.5", "3", "25")]
    assert said == ["1 пункт", "6.5 пункта", "3 пункта", "25 пунктов"]
    assert f"{amount('0.5'):point|points}" == "points"


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
