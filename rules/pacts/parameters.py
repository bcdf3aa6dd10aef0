"""Coefficients of treaties: institutions, the ladder of arrangements, secrecy, restraint, records (see ``rules.parameters``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from rules.spec import scale as _s


@dataclass(frozen=True)
class TreatyParameters:
    """What makes a treaty firm, what firmness costs, what comes to light, and what is forgotten."""

    # institutions
    inst_causal: Annotated[float, _s(0, 1, "share", "S15 W146 W147",
        "How far institutions cause what goes with them; 0 = epiphenomenal")] = 1.0
    inst_trust: Annotated[float, _s(0, 1, "share", "S10", "Share of doubt about a guarantee that full institutions remove")] = 0.4
    inst_multi: Annotated[float, _s(0, 1, "ratio", "S12", "How much of that they remove among more than two parties")] = 0.7
    inst_pooling: Annotated[float, _s(0, 2, "share", "S13", "What full institutions among many add to the help of each")] = 0.3
    inst_exit: Annotated[float, _s(0, 5, "ratio", "S10 S6", "How much dearer full institutions make breach and exit at home")] = 1.0
    inst_autonomy: Annotated[float, _s(0, 1, "payoff", "W131 W132 S11", "Autonomy that full institutions cost the strongest state")] = 0.06
    inst_crowd: Annotated[float, _s(0, 2, "exponent", "S14 W131", "How that price grows with the number of other parties")] = 0.5
    inst_setup: Annotated[float, _s(0, 0.1, "share of economy", "S10 S13",
        "Cost of setting up full institutions, divided among many")] = 0.0002
    inst_share: Annotated[float, _s(0, 1, "exponent", "S13", "How far that cost is divided by the number of parties (phi_multi)")] = 0.5
    # the ladder of arrangements
    rung_trust: Annotated[float, _s(0, 1, "share", "S4", "Share of doubt about a subordinate's word that an empire removes")] = 0.6
    rung_autonomy: Annotated[float, _s(0, 2, "payoff", "S4",
        "Autonomy that an empire costs a subordinate as strong as the strongest")] = 0.4
    rung_exit: Annotated[float, _s(0, 5, "ratio", "S4", "How much dearer an empire makes breach and exit at home")] = 2.0
    rung_upkeep: Annotated[float, _s(0, 2, "payoff", "S4", "What governing subordinates as strong as itself costs the head")] = 0.1
    # restraint and records
    restraint_relief: Annotated[float, _s(0, 1, "share", "W82",
        "Share of a threat that a fully believed pledge of restraint removes")] = 0.8
    record_decay: Annotated[float, _s(0, 0.5, "share a turn", "W106", "Part of every record that is forgotten in a turn")] = 0.02
    # secrecy
    leak_chance: Annotated[float, _s(0, 1, "probability a turn", "W67", "Chance that a secret between two comes to light")] = 0.1
    leak_crowd: Annotated[float, _s(0, 3, "exponent", "W67", "How that chance grows with the number of pairs that know")] = 0.5
    leak_intelligence: Annotated[float, _s(0, 1, "probability a turn", "W67",
        "Chance added by each outsider with whom intelligence is shared")] = 0.05
    leak_goodwill: Annotated[float, _s(0, 1, "goodwill", "W67 W134", "Goodwill lost with states that a secret was directed against")] = 0.3
    leak_audience: Annotated[float, _s(0, 1, "approval", "W67", "Approval lost at home in a democracy when a secret comes to light")] = 0.03
