"""Numbers as people write them: with the signs of the language, money and shares with the digits that matter."""

from __future__ import annotations

from decimal import Decimal

from server.narrate.language import say
from server.narrate.phrases import Count, Phrase

THOUSAND = 1_000


def decimal(value: float, form: str = ".3g") -> str:
    """A number with the decimal sign of the language, written out however large or small it is."""
    text = format(value + 0.0, form)  # no zero has a sign
    return (format(Decimal(text), "f") if "e" in text else text).replace(".", say("number.point"))


def grouped(value: float) -> str:
    """A large whole number in groups of three digits."""
    return f"{value:,.0f}".replace(",", say("number.groups"))


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
        return percent(self._value()) if asked == "percent" else super().__format__(asked)

    def _value(self) -> float:
        return float(self.replace(say("number.point"), "."))


class Whole(Count):
    """A whole number as it stands in a text, with the same forms."""

    def __format__(self, asked: str) -> str:
        """The form that a hole asks for."""
        if asked == "money":
            return money(float(self))
        return percent(float(self)) if asked == "percent" else super().__format__(asked)


def amount(text: str) -> Amount | Whole:
    """A number out of a text of the rules."""
    return Whole(text) if text.isdecimal() else Amount((text.replace(".", say("number.point")),))
