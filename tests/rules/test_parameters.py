"""Every coefficient has bounds, a unit, a source and a sentence, and what is out of bounds is refused by name."""

from __future__ import annotations

import re

import pytest

from rules.parameters import BadParameter, Parameters, default, registry, with_overrides


def test_every_parameter_is_described() -> None:
    """The default lies in its bounds; unit, source, layer and sentence are there."""
    for name, spec in registry().items():
        if spec.options:
            assert getattr(Parameters(), name) in spec.options, name
            assert len(set(spec.options)) == len(spec.options) > 1, name
        else:
            assert spec.low <= default(name) <= spec.high, name
            assert spec.low < spec.high
        assert spec.unit
        assert re.search(r"[WIJS]\d|\d{4}|public accounts", spec.source), name
        assert spec.layer in ("structure", "identity", "policy")
        assert spec.sentence[0].isupper()
    assert list(registry()) == list(Parameters.__dataclass_fields__)


def test_overrides_change_what_they_name() -> None:
    """And nothing else."""
    changed = with_overrides({"shelter": 0.0, "wait_cost": 0.01})
    assert (changed.shelter, changed.wait_cost, changed.growth) == (0.0, 0.01, default("growth"))
    assert with_overrides({}) == Parameters()


SCALES = [name for name, spec in registry().items() if not spec.options]
SWITCHES = [name for name, spec in registry().items() if spec.options]


@pytest.mark.parametrize("name", SWITCHES)
def test_a_switch_knows_its_words(name: str) -> None:
    """Each of them is taken; other words and numbers are refused with the words that there are."""
    spec = registry()[name]
    for word in spec.options:
        assert getattr(with_overrides({name: word}), name) == word
    for value in ("no such word", 1.0):
        with pytest.raises(BadParameter, match=f"must be one of {spec.options[0]}"):
            with_overrides({name: value})


def test_a_scale_takes_no_words() -> None:
    """A word where a number is needed is refused."""
    with pytest.raises(BadParameter, match="growth = much: must be a number"):
        with_overrides({"growth": "much"})


@pytest.mark.parametrize("name", SCALES)
def test_what_is_out_of_bounds_is_refused_by_name(name: str) -> None:
    """Both bounds belong to the range; a step beyond either does not."""
    spec = registry()[name]
    for value in (spec.low, spec.high):
        assert getattr(with_overrides({name: value}), name) == value
    for value in (spec.low - 1e-6, spec.high + 1e-6, float("nan"), float("inf")):
        with pytest.raises(BadParameter, match=f"^{name} = "):
            with_overrides({name: value})


def test_unknown_names_are_refused_with_the_nearest() -> None:
    """A slip of the pen is not silently ignored."""
    with pytest.raises(BadParameter, match="unknown parameter 'shelters'; did you mean 'shelter'"):
        with_overrides({"shelters": 1.0})
    with pytest.raises(BadParameter, match=r"unknown parameter 'zzz'; known are: .*shelter"):
        with_overrides({"zzz": 1.0})
