"""What is known about a parameter besides its default: a *scale* has bounds and a unit, a *switch* a closed list of words.

Themes with many coefficients keep them in a file of their own (``rules.force.parameters``), as a plain frozen dataclass from which
``Parameters`` inherits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Layer = Literal["structure", "identity", "policy"]
Setting = float | str
"""The value of a scale or of a switch."""


@dataclass(frozen=True, slots=True)
class Spec:
    """What is known about one parameter.  ``options`` are the words of a switch; a scale has none."""

    low: float
    high: float
    unit: str
    source: str
    layer: Layer
    sentence: str
    options: tuple[str, ...] = ()


class BadParameter(ValueError):
    """A parameter name is unknown or its value out of bounds."""


def scale(low: float, high: float, unit: str, source: str, sentence: str, layer: Layer = "structure") -> Spec:
    """A number between two bounds."""
    return Spec(low, high, unit, source, layer, sentence)


def switch(options: tuple[str, ...], source: str, sentence: str, layer: Layer = "structure") -> Spec:
    """One of several words: a side taken where the sources disagree."""
    return Spec(0.0, 0.0, "switch", source, layer, sentence, options)


def fault(name: str, spec: Spec, value: Setting) -> str | None:
    """Why a value does not fit its parameter, in words; None if it does."""
    if spec.options:
        return None if value in spec.options else f"{name} = {value}: must be one of {', '.join(spec.options)}"
    if isinstance(value, str):
        return f"{name} = {value}: must be a number"
    return None if spec.low <= value <= spec.high else f"{name} = {value}: must lie between {spec.low} and {spec.high} ({spec.unit})"


def setting(spec: Spec, value: Setting) -> Setting:
    """The value as the parameter keeps it: numbers as floats, words as they are."""
    return value if spec.options or isinstance(value, str) else float(value)
