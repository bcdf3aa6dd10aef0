"""Reputation: what a state's record makes others believe, and what a broken word costs it (W106, W107; Fearon 1994)."""

from __future__ import annotations

from rules.exact import Array
from rules.parameters import Parameters


def credibility(kept: Array, broken: Array, parameters: Parameters) -> Array:
    """Belief that a word is kept: the mean of a Beta with the prior's weight and the record.  Any shape, element by element."""
    prior = parameters.cred_prior * parameters.cred_weight
    return (prior + kept) / (parameters.cred_weight + kept + broken)


def audience(democracy: Array | float, formal: Array | float, parameters: Parameters) -> Array:
    """Approval lost at home by an open breach; more in democracies and for formal promises.  Element by element."""
    regime = (1.0 - parameters.audience_democracy) + parameters.audience_democracy * democracy
    weight = (1.0 - parameters.formal_bonus) + parameters.formal_bonus * formal
    return parameters.audience_cost * (regime * weight)  # type: ignore[return-value]  # floats broadcast like arrays
