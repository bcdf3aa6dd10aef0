"""Numbers as people write them: with the signs of the language, money and shares with the digits that matter."""

from __future__ import annotations

from decimal import Decimal

from server.narrate.language import say
from server.narrate.phrases import Count, Phrase

THOUSAND = 1_000
DIGITS = 3  # that a reader compares
MINUS = "−"  # a hyphen is no sign of a figure


def decimal(value: float, form: str = ".3g") -> str:
    """A number with the decimal sign of the language, written out however large or small it is."""
    text = format(value + 0.0, form)  # no zero has a sign
    return (format(Decimal(text), "f") if "e" in text else text).replace(".", say("number.point")).replace("-", MINUS)


def figure(value: float, places: int = 2, *, signed: bool = False) -> str:
    """A figure of a chart or a text: three digits of it, so many places at most, none where it is whole, and nothing has no sign."""
    before = len(str(int(abs(value))))
    rounded = round(value, max(min(places, DIGITS - before), 0))
    if abs(rounded) >= THOUSAND:
        return grouped(rounded)
    kept = 0 if rounded == int(rounded) else max(min(places, DIGITS - before), 0)
    return decimal(rounded, f"{'+' if signed and rounded else ''}.{kept}f")


def payoff(value: float, *, signed: bool = False) -> str:
    """A figure of a table of payoffs: always two places, so that they stand below each other; nothing has no sign."""
    rounded = round(value, 2)
    return decimal(rounded, "+.2f" if signed and rounded else ".2f")


def grouped(value: float) -> str:
    """A large whole number in groups of three digits."""
    return f"{value:,.0f}".replace(",", say("number.groups")).replace("-", MINUS)


def money(amount: float) -> str:
    """An amount of aid (in billions) with the digits that matter."""
    if amount == 0.0:
        return "0"
    if amount < 1.0 / THOUSAND:
        return say("number.thousand", amount=decimal(amount * THOUSAND * THOUSAND))
    return say("number.million", amount=decimal(amount * THOUSAND)) if amount < 1.0 else say("number.billion", amount=decimal(amount))


def percent(share: float) -> str:
    """A share with the digits that matter."""
    return say("number.percent", amount=decimal(share * 100.0))


def change(share: float, places: int = 1) -> str:
    """By how much something rose or fell, in per cent."""
    return say("number.percent", amount=figure(share * 100.0, places, signed=True))


def likelihood(chance: float) -> str:
    """A chance in whole per cent; what is nearly never or nearly sure is said so."""
    rounded = round(chance * 100.0)
    if rounded < 1:
        return say("number.rarely")
    return say("number.surely") if rounded > 99 else percent(rounded / 100.0)  # noqa: PLR2004 - per cent


class Amount(Phrase):
    """A number as it stands in a text; a hole can ask for it as ``money`` in billions, or for a share as ``percent``."""

    __slots__ = ()

    def __format__(self, asked: str) -> str:
        """The form that a hole asks for."""
        if asked == "money":
            return money(self._value())
        if "|" in asked:  # a part of a thing: the form of few, or of any number but one
            return asked.split("|")[1]
        return percent(self._value()) if asked == "percent" else super().__format__(asked)

    def _value(self) -> float:
        return float(self.replace(say("number.point"), ".").replace(MINUS, "-"))


class Whole(Count):
    """A whole number as it stands in a text, with the same forms."""

    def __format__(self, asked: str) -> str:
        """The form that a hole asks for."""
        if asked == "money":
            return money(float(self))
        return percent(float(self)) if asked == "percent" else super().__format__(asked)


def amount(text: str) -> Amount | Whole:
    """A number out of a text, with which words agree."""
    return Whole(text) if text.isdecimal() else Amount((text.replace(".", say("number.point")),))
