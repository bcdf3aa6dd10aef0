"""Coefficients and switches of force, arms and economy (see ``rules.parameters``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from rules.spec import scale as _s
from rules.spec import switch as _w

ThresholdRule = Literal["majority", "impossible", "infeasible", "gap", "all"]
Criterion = Literal["defeat", "deny"]
PowerBasis = Literal["mobilised", "latent"]
PowerIndex = Literal["economy", "wealth"]
ThreatForm = Literal["product", "mean"]


@dataclass(frozen=True)
class ForceParameters:
    """Polarity, threat and concern, arms, occupation, sanctions, bases, pooled forces."""

    # polarity: where the sources disagree (W4-W8)
    threshold_rule: Annotated[ThresholdRule, _w(("majority", "impossible", "infeasible", "gap", "all"), "W4 W5 W6",
        "What makes a unipole: half of all power, no coalition that can match it, too many to unite, its lead, or all of it")] = "all"
    criterion: Annotated[Criterion, _w(("defeat", "deny"), "W7",
        "Whether others must be able to defeat the unipole or only to thwart it")] = "defeat"
    deny_ratio: Annotated[float, _s(0.05, 1, "ratio", "W7", "Share of the first state's power that is enough to deny it its aims")] = 0.5
    power_basis: Annotated[PowerBasis, _w(("mobilised", "latent"), "W8",
        "Whether polarity counts forces in being or what could be mobilised")] = "mobilised"
    power_index: Annotated[PowerIndex, _w(("economy", "wealth"), "W5 W8; Beckley 2018",
        "Latent power: the size of the economy, or that times wealth per head")] = "wealth"
    parity: Annotated[float, _s(0.1, 1, "ratio", "W6", "How near a second state must come to be a pole beside the first")] = 0.5
    parity_hysteresis: Annotated[float, _s(0, 0.5, "ratio", "W6",
        "How much further than parity it must rise or fall before it is counted or left out")] = 0.0
    # threat and concern
    threat_form: Annotated[ThreatForm, _w(("product", "mean"), "W35",
        "Whether the factors of threat multiply, or add up by their weights")] = "product"
    power_concern: Annotated[float, _s(0, 5, "payoff", "W37 W38",
        "Autonomy felt lost to concentrated power as such, whatever its intent")] = 0.3
    conflict_scale: Annotated[float, _s(0.2, 4, "exponent", "S1; Hirshleifer 1989", "How sharply safety follows the ratio of forces")] = 1.0
    publicness: Annotated[float, _s(0, 1, "share", "W121 S1", "How far one guarantor's forces shield many allies as well as one")] = 1.0
    complement: Annotated[float, _s(0, 2, "share", "S1 W122", "What help adds to one's own forces beyond the sum of both")] = 0.0
