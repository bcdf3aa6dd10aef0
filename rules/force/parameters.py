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
WarForm = Literal["neither", "alliance", "coalition"]
OrgForm = Literal["sum", "specialised", "redundant"]
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
    # arms: two stocks of power, reach, weapons of mass destruction
    invest_yield: Annotated[float, _s(0, 2, "growth per share", "S7 W153", "Growth added by investing a share of the economy")] = 0.3
    muster_yield: Annotated[float, _s(0, 5, "stock per spending", "W8", "Forces raised by one unit of spending on mobilisation")] = 0.5
    reach_build: Annotated[float, _s(0, 20, "reach per share", "W10", "Growth of reach per share of the economy spent on projection")] = 2.0
    reach_wear: Annotated[float, _s(0, 0.5, "share a turn", "W10", "How fast gained reach is lost again without spending")] = 0.02
    programme_yield: Annotated[float, _s(0, 1, "progress per bn", "W54",
        "How much of the way to weapons of mass destruction a billion buys")] = 0.02
    programme_decay: Annotated[float, _s(0, 1, "share a turn", "W54 W157", "Part of an unfinished, idle programme lost in a turn")] = 0.02
    know_how: Annotated[float, _s(0, 20, "ratio", "W68", "How much more help from an armed state speeds a programme than money")] = 4.0
    arms_transfer: Annotated[float, _s(0, 5, "stock per bn", "W56 W68", "Forces that a billion of arms aid adds to the receiver's")] = 1.0
    wmd_defence: Annotated[float, _s(0, 5, "ratio", "W54 W166",
        "What being armed adds to defence, in units of the attacker's forces")] = 1.0
    wmd_price: Annotated[float, _s(0, 20, "ratio", "W54", "How much dearer it is to attack an armed state")] = 2.0
    base_effect: Annotated[float, _s(0, 1, "share", "W10 W93 W171",
        "Share of a guest's power that it can bring to bear from a base abroad")] = 0.5
    base_trust: Annotated[float, _s(0, 1, "share", "W93 W97", "How much a guarantor's forces on the spot add to belief in its word")] = 0.5
    base_upkeep: Annotated[float, _s(0, 1, "payoff", "W10 W27", "What a base abroad costs the guest")] = 0.01
    base_loss: Annotated[float, _s(0, 1, "goodwill", "W171", "Goodwill lost with the one who is turned out of a base, or left alone")] = 0.2
    host_cost: Annotated[float, _s(0, 1, "approval", "W144 W100", "Approval a host loses when it opens a base")] = 0.03
    host_autonomy: Annotated[float, _s(0, 1, "payoff", "W144 W175", "Autonomy given up by hosting a base")] = 0.03
    vacuum_alarm: Annotated[float, _s(0, 1, "belief", "W97 W99", "How much worse neighbours are thought of where presence goes")] = 0.2
    # sanctions
    sanction_value: Annotated[float, _s(0, 10, "payoff", "W157", "Welfare lost to sanctions per dependence on those who impose them")] = 1.0
    sanction_own: Annotated[float, _s(0, 10, "payoff", "W79", "Welfare lost by imposing them per dependence on the target")] = 0.5
    sanction_growth: Annotated[float, _s(0, 1, "growth", "W157", "Growth lost to sanctions per dependence")] = 0.02
    sanction_goodwill: Annotated[float, _s(0, 1, "goodwill", "W157",
        "Goodwill of the target lost by full sanctions, and won by lifting")] = 0.3
    sanction_duty: Annotated[float, _s(0, 1, "share", "W79 W157",
        "How far members must cut their ties with a state against which their council adopted sanctions; 0 = nobody is bound")] = 0.5
    evasion: Annotated[float, _s(0, 1, "share", "W79", "Part of sanctions that leaks through those who do not join")] = 0.6
    # occupation, insurgency, hidden help, competence
    occupation_cost: Annotated[float, _s(0, 2, "ratio", "W9 W34",
        "Price of holding a country for a turn, as a part of the price of war")] = 0.15
    insurgency_price: Annotated[float, _s(0, 20, "ratio", "W34 W56",
        "How much full resistance raises the price of holding a country")] = 3.0
    insurgency_growth: Annotated[float, _s(0, 1, "share a turn", "W9 W34", "Resistance stirred up in a turn by a lawless occupation")] = 0.3
    insurgency_quell: Annotated[float, _s(0, 1, "share a turn", "W32 W64", "Resistance quelled by legitimacy, and by partners")] = 0.2
    insurgency_aid: Annotated[float, _s(0, 5, "per bn", "W56 W162", "Resistance fed by a billion of help from outside")] = 0.2
    insurgency_fade: Annotated[float, _s(0, 1, "share a turn", "W34",
        "Part of the resistance that fades in a turn once nobody holds the country")] = 0.3
    occupation_hold: Annotated[float, _s(0, 1, "share a turn", "W34", "How fast what was won is completed under a quiet occupation")] = 0.1
    relapse: Annotated[float, _s(0, 1, "share a turn", "W9 W34",
        "How fast what was won comes undone where resistance outlasts the occupier")] = 0.3
    externality: Annotated[float, _s(0, 0.1, "share of economy", "W39", "Cost of a war to bystanders that are near or dependent")] = 0.001
    failure_doubt: Annotated[float, _s(0, 1, "belief", "W75 W151", "Reputation for competence lost by a lost battle")] = 0.2
    quagmire_doubt: Annotated[float, _s(0, 1, "belief", "W151 W175",
        "Reputation for competence lost in a turn under full resistance")] = 0.1
    competence_recovery: Annotated[float, _s(0, 1, "share a turn", "W151", "How fast such doubt is forgotten")] = 0.05
    competence_weight: Annotated[float, _s(0, 1, "share", "W75 W151",
        "How far doubted competence lowers what is feared and hoped of a state")] = 0.5
    help_detection: Annotated[float, _s(0, 1, "probability", "W67", "Chance that hidden help comes to light in its turn")] = 0.2
    exposure_goodwill: Annotated[float, _s(0, 1, "goodwill", "W56 W165", "Goodwill lost with those whom exposed help was aimed at")] = 0.3
    # forces together: in common, and in war
    pool_effect: Annotated[float, _s(0, 2, "scale", "W73 W79", "How much forces held in common count for each member's defence")] = 1.0
    leash_effect: Annotated[float, _s(0, 1, "share", "W73 W74",
        "How far forces held in common free welfare from the unipole's goodwill")] = 0.5
    war_form: Annotated[WarForm, _w(("neither", "alliance", "coalition"), "S2",
        "Who brings more to a battle: partners by treaty or partners for the occasion")] = "neither"
    war_gain: Annotated[float, _s(0, 1, "share", "S2", "How much more those bring")] = 0.2
    org_form: Annotated[OrgForm, _w(("sum", "specialised", "redundant"), "S17 S18 S19 S20",
        "Whether the forces of several partners add up, complement or repeat each other")] = "sum"
    org_effect: Annotated[float, _s(0, 1, "share", "S18 S19", "How much they do so")] = 0.3
    # threat and concern
    threat_form: Annotated[ThreatForm, _w(("product", "mean"), "W35",
        "Whether the factors of threat multiply, or add up by their weights")] = "product"
    power_concern: Annotated[float, _s(0, 5, "payoff", "W37 W38",
        "Autonomy felt lost to concentrated power as such, whatever its intent")] = 0.3
    conflict_scale: Annotated[float, _s(0.2, 4, "exponent", "S1; Hirshleifer 1989", "How sharply safety follows the ratio of forces")] = 1.0
    publicness: Annotated[float, _s(0, 1, "share", "W121 S1", "How far one guarantor's forces shield many allies as well as one")] = 1.0
    complement: Annotated[float, _s(0, 2, "share", "S1 W122", "What help adds to one's own forces beyond the sum of both")] = 0.0
