"""Every coefficient of the engine, in one registry.

Each parameter has a default, bounds, a unit, a source (proposition id or publication), a layer and a sentence.  The layers are Walt's three
levels (W17): what holds for any unipole (``structure``), who this unipole is (``identity``), and what its government does (``policy``).
Scenarios override values by name; a value out of bounds is refused by name.  Setting a strength to 0 switches its mechanism off.  Where the
sources disagree in kind, a parameter is a *switch*: one of a closed list of words.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Literal, get_type_hints

from rules.bodies.parameters import CouncilParameters
from rules.force.parameters import ForceParameters
from rules.pacts.parameters import TreatyParameters
from rules.society.parameters import SocietyParameters
from rules.spec import BadParameter, Setting, Spec, fault, setting
from rules.spec import scale as _s

__all__ = ["BadParameter", "Origin", "Parameters", "Setting", "Spec", "default", "origin", "registry", "usual", "with_overrides"]


Origin = Literal["country", "scenario", "default"]
"""Where a value comes from: a country's own figures, the scenario as a whole, or the rules."""


@dataclass(frozen=True, slots=True)
class Parameters(ForceParameters, CouncilParameters, TreatyParameters, SocietyParameters):
    """The coefficients of one game; read ``registry()`` for bounds, units and sources."""

    # power and polarity
    unipole_share: Annotated[float, _s(0.2, 0.7, "share", "W4 W5", "Share of all power from which one state can be a unipole")] = 0.35
    unipole_gap: Annotated[float, _s(1, 5, "ratio", "W2", "How many times the second state's power the first must have")] = 2.0
    unipole_match: Annotated[float, _s(1, 20, "states", "W4 W6", "A unipole needs more than this many next states to match it")] = 5.0
    # threat
    threat_power: Annotated[float, _s(0, 3, "exponent", "W35", "Weight of power in threat; 0 switches power off")] = 1.0
    threat_offence: Annotated[float, _s(0, 3, "exponent", "W35", "Weight of offensive capability in threat")] = 1.0
    threat_intent: Annotated[float, _s(0, 4, "exponent", "W35 W44", "Weight of believed intent in threat")] = 1.5
    proximity: Annotated[float, _s(0, 3, "scale", "W35 W40", "How fast projected power falls with distance; 0 makes all near")] = 1.0
    wmd_offence: Annotated[float, _s(0, 2, "share", "W54", "What a state's weapons of mass destruction add to its offence")] = 0.5
    # security
    defence_effect: Annotated[float, _s(0, 5, "scale", "W121", "How well defence shields from a threat (kappa)")] = 1.0
    guarantee_effect: Annotated[float, _s(0, 2, "scale", "W106 W127", "How much a believed guarantee adds to defence")] = 1.0
    stake_discount: Annotated[float, _s(0, 1, "share", "W95 W106",
                                        "How much less a guarantee counts against one the guarantor is at peace with")] = 0.3
    affront: Annotated[float, _s(0, 1, "goodwill", "W50 W82",
                                 "Goodwill lost with the state that an open pact is aimed at, before sharing")] = 0.15
    estrangement: Annotated[float, _s(0, 1, "share", "W115 W116 I5; Snyder 1984",
                                      "How far help that is counted on follows the guarantor's goodwill")] = 0.4
    # economy
    growth: Annotated[float, _s(-0.1, 0.1, "share a turn", "public accounts", "Growth of every economy in a turn")] = 0.001
    arms_build: Annotated[float, _s(0, 2, "stock per spending", "S7 W8", "Forces built by one unit of spending on guns")] = 1.0
    arms_wear: Annotated[float, _s(0, 0.5, "share a turn", "W8", "Forces worn out in a turn")] = 0.06
    butter_value: Annotated[float, _s(0, 5, "payoff", "S7", "Worth of what is left for consumption")] = 1.0
    dependence_value: Annotated[float, _s(0, 10, "payoff", "W134 W142", "Worth of another's goodwill for whoever depends on it")] = 1.0
    aid_value: Annotated[float, _s(0, 200, "payoff", "W89 W134", "Worth of aid as a multiple of its share of the economy")] = 40.0
    # reputation
    cred_prior: Annotated[float, _s(0.05, 0.95, "probability", "Leeds 2003; Berkemeier and Fuhrmann 2018",
                                    "Belief that a word is kept, before any record")] = 0.75
    cred_weight: Annotated[float, _s(0.5, 20, "observations", "W106", "How many observations the prior is worth")] = 4.0
    record_step: Annotated[float, _s(0, 5, "observations", "W106", "What one kept or broken word adds to a record")] = 1.0
    exit_cost: Annotated[float, _s(0, 1, "share of a breach", "I8 S6 W106",
                                   "Price of leaving a firm, open commitment: at home, in goodwill and in trust")] = 0.5
    formal_trust: Annotated[float, _s(0, 1, "share", "I8 W129", "Share of doubt about a guarantee that its formal form removes")] = 0.5
    formal_record: Annotated[float, _s(0, 1, "share", "I8", "How much more a formal word counts in a record, kept or broken")] = 0.5
    formal_audience: Annotated[float, _s(0, 1, "share", "I8 W129", "Part of audience cost that only formal promises have")] = 0.5
    remedy_turns: Annotated[float, _s(0, 20, "turns", "W129", "Turns for which a breach gives others the remedies of the terms")] = 1.0
    audience_cost: Annotated[float, _s(0, 1, "approval", "W107; Fearon 1994", "Approval lost by a public breach")] = 0.15
    audience_democracy: Annotated[float, _s(0, 1, "share", "Fearon 1994", "How much democracy adds to audience cost")] = 0.5
    aid_share_max: Annotated[float, _s(0, 0.2, "share of economy", "S7", "Most a state can give as aid in one turn")] = 0.001
    breach_goodwill: Annotated[float, _s(0, 1, "goodwill", "W106", "Goodwill lost with the others by a breach")] = 0.25
    kept_goodwill: Annotated[float, _s(0, 1, "goodwill", "W106", "Goodwill that a kept word earns with the other parties")] = 0.05
    # votes
    goodwill_step: Annotated[float, _s(0, 1, "goodwill", "W60 W134", "Goodwill moved by one opposed vote, before sharing")] = 0.12
    press_factor: Annotated[float, _s(1, 10, "ratio", "W62 W134", "How much more the sponsors of a pressed draft mind", "policy")] = 4.0
    press_edge: Annotated[float, _s(0, 1, "share", "W103", "How far a pressing sponsor takes abstention for opposition", "policy")] = 0.5
    shelter: Annotated[float, _s(0, 2, "exponent", "W60 W63", "How far displeasure is divided among dissenters; 0 = no shelter")] = 0.7
    deference_cost: Annotated[float, _s(0, 3, "payoff", "W37 W111", "Autonomy lost by a vote with a pressing unipole")] = 0.6
    autonomy_power: Annotated[float, _s(0, 2, "exponent", "W37", "How the price of deference grows with own power")] = 0.5
    follow_wish: Annotated[float, _s(0, 1, "share", "W37 W131",
                                     "How far to come along is no deference for whoever wants the same; 0 switches it off")] = 1.0
    opinion: Annotated[float, _s(0, 2, "approval", "W104", "Approval moved by a vote against or with opinion at home")] = 0.15
    authority_step: Annotated[float, _s(0, 1, "authority", "Voeten 2001", "What a council loses when it is bypassed")] = 0.3
    action_pull: Annotated[float, _s(0, 1, "share", "W70", "How far an adopted text short of force moves its issue")] = 0.3
    # operations and legitimacy
    legitimacy_base: Annotated[float, _s(0, 1, "share", "W154", "Legitimacy of an action before anybody spoke")] = 0.25
    legitimacy_council: Annotated[float, _s(0, 1, "share", "W64 W125", "Weight of authorisation in legitimacy")] = 0.5
    legitimacy_denied: Annotated[float, _s(0, 1, "share", "W64", "Legitimacy lost when a council refused")] = 0.2
    owed_discount: Annotated[float, _s(0, 1, "share", "I9 W125", "How much less support counts that was owed")] = 0.4
    paid_discount: Annotated[float, _s(0, 1, "share", "W125", "How much less support counts that was paid for")] = 0.6
    war_cost: Annotated[float, _s(0, 1, "share of economy", "W34 W64; Nordhaus 2002", "Cost of an operation to its leader")] = 0.0135
    defeat_cost: Annotated[float, _s(0, 1, "share of economy", "W9 W34", "Cost of a lost war to the state that was attacked")] = 0.1
    cost_value: Annotated[float, _s(0, 200, "payoff", "W64", "Weight of war costs as a share of the economy")] = 25.0
    legitimacy_cost: Annotated[float, _s(0, 5, "ratio", "W64", "How much denied legitimacy raises cost; 0 switches it off")] = 1.0
    burden_relief: Annotated[float, _s(0, 1, "share", "W32 W64", "Share of cost that a full coalition can carry")] = 0.3
    token_cost: Annotated[float, _s(0, 0.1, "share of economy", "W131 W156", "Cost of a token contribution")] = 0.0005
    full_cost: Annotated[float, _s(0, 0.2, "share of economy", "W131 W156", "Cost of a full contribution")] = 0.004
    join_goodwill: Annotated[float, _s(0, 1, "goodwill", "W156 W110", "Leader's goodwill for a full contribution")] = 0.3
    battle_scale: Annotated[float, _s(0.1, 10, "log ratio", "W9", "How sharply success follows the ratio of forces")] = 2.0
    war_damage: Annotated[float, _s(0, 1, "share", "W9 W34", "Share of the target's forces that a lost war destroys")] = 0.9
    occupation_gap: Annotated[float, _s(0, 1, "share", "W9 W34", "How far short of its aim a won battle stays")] = 0.1
    mobilisation_lag: Annotated[float, _s(1, 20, "turns", "W8 W10", "Turns from announcing an operation until it can be launched")] = 1.0
    alarm_near: Annotated[float, _s(0, 1, "share", "W39 W40", "Part of the alarm at an attack that is felt only near it")] = 0.5
    wait_cost: Annotated[float, _s(0, 0.1, "share of economy", "W27", "Price of keeping an operation ready for a turn")] = 0.001
    hostility_step: Annotated[float, _s(0, 1, "belief", "W39 W44", "How an attack without legitimacy moves beliefs on intent")] = 0.15
    # what ties mean at the start (scenarios state ties; these weigh them)
    tie_trade: Annotated[float, _s(0, 3, "dependence", "W142", "Dependence per share of trade with a partner")] = 1.0
    tie_aid: Annotated[float, _s(0, 50, "dependence", "W134", "Dependence per share of the economy received as aid")] = 10.0
    tie_aspirant: Annotated[float, _s(0, 1, "dependence", "W135 W98", "Dependence of one who waits to be let into an alliance")] = 0.3
    tie_ally: Annotated[float, _s(0, 1, "dependence", "W110 I5", "Dependence of a protected ally on its guarantor")] = 0.15
    friend_goodwill: Annotated[float, _s(0, 1, "goodwill", "W29", "Goodwill between states with a pact or a league")] = 0.3
    rival_goodwill: Annotated[float, _s(0, 1, "goodwill", "W35", "Goodwill lacking between rivals")] = 0.4
    hostile_base: Annotated[float, _s(0, 1, "belief", "W22", "Belief in the hostility of a state with no record")] = 0.1
    hostile_ally: Annotated[float, _s(0, 1, "share", "S15; Deutsch et al. 1957", "How much less of it is believed of an ally")] = 0.5
    hostile_rivalry: Annotated[float, _s(0, 1, "belief", "W35", "What a rivalry adds to that belief")] = 0.3
    hostile_war: Annotated[float, _s(0, 1, "belief", "W35", "What a recent war adds to that belief")] = 0.3
    # payoff
    security_value: Annotated[float, _s(0, 10, "payoff", "W35", "Worth of security")] = 1.0
    policy_value: Annotated[float, _s(0, 10, "payoff", "Voeten 2001", "Worth of the issues' outcomes")] = 1.0
    standing_value: Annotated[float, _s(0, 10, "payoff", "Voeten 2001; W64", "Worth of the council's authority to its members")] = 1.0
    domestic_value: Annotated[float, _s(0, 10, "payoff", "S5", "Worth of approval at home")] = 1.0
    formality_price: Annotated[float, _s(0, 1, "payoff", "I8 W131", "Autonomy given up by one formal obligation")] = 0.02
    informal_share: Annotated[float, _s(0, 1, "share", "W52 W129; Snyder 1997",
                                        "Part of that price that an informal promise of defence has; 0 switches it off")] = 0.2

    def __post_init__(self) -> None:
        for name, spec in registry().items():
            wrong = fault(name, spec, getattr(self, name))
            if wrong is not None:
                raise BadParameter(wrong)


_REGISTRY: dict[str, Spec] = {}


def registry() -> dict[str, Spec]:
    """Name -> Spec of every parameter, in the order of definition."""
    if not _REGISTRY:
        hints = get_type_hints(Parameters, include_extras=True)
        for field in dataclasses.fields(Parameters):
            _REGISTRY[field.name] = hints[field.name].__metadata__[0]
    return _REGISTRY


def default(name: str) -> float:
    """The default value of a scale, by name."""
    return float(next(f.default for f in dataclasses.fields(Parameters) if f.name == name))  # type: ignore[arg-type]  # defaults of scales are floats


def usual(name: str) -> Setting:
    """The default of a coefficient or switch, by name."""
    found: Setting = next(f.default for f in dataclasses.fields(Parameters) if f.name == name)  # type: ignore[assignment]  # all have one
    return found


def origin(name: str, value: Setting) -> Origin:
    """Which layer a value comes from: the rules' default, or the scenario (or session) that set another."""
    return "default" if value == usual(name) else "scenario"


def with_overrides(changes: Mapping[str, Setting]) -> Parameters:
    """Parameters with some values changed.

    Raises:
        BadParameter: a name is unknown (the nearest is named) or a value is out of bounds.
    """
    known = registry()
    unknown = sorted(set(changes) - set(known))
    if unknown:
        close = get_close_matches(unknown[0], known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known are: {', '.join(known)}"
        raise BadParameter(f"unknown parameter {unknown[0]!r}; {hint}")
    return Parameters(**{name: setting(known[name], value) for name, value in changes.items()})  # type: ignore[arg-type]  # checked on entry
