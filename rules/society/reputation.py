"""Reputation: what a state's record makes others believe, and what a broken word costs it (W106, W107; Fearon 1994)."""

from __future__ import annotations

import numpy as np

from rules.exact import Array
from rules.parameters import Parameters


def credibility(kept: Array, broken: Array, parameters: Parameters) -> Array:
    """Belief that a word is kept: the mean of a Beta with the prior's weight and the record.  Any shape, element by element."""
    prior = parameters.cred_prior * parameters.cred_weight
    return (prior + kept) / (parameters.cred_weight + kept + broken)


def regime_weight(democracy: Array | float, parameters: Parameters) -> Array:
    """How much a government feels what is thought at home: 1 in a full democracy.  Element by element."""
    return np.asarray((1.0 - parameters.audience_democracy) + parameters.audience_democracy * democracy)


def audience(democracy: Array | float, formal: Array | float, parameters: Parameters) -> Array:
    """Approval lost at home by an open breach; more in democracies and for formal promises.  Element by element."""
    weight = (1.0 - parameters.formal_audience) + parameters.formal_audience * formal
    return np.asarray(parameters.audience_cost * (regime_weight(democracy, parameters) * weight))
