"""Coefficients of words, beliefs, influence, domestic politics, attention, forums and shocks (see ``rules.parameters``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from rules.spec import scale as _s
from rules.spec import switch as _w

BandwagonLogic = Literal["both", "either"]


@dataclass(frozen=True)
class SocietyParameters:
    """What governments say, believe of each other, owe their publics, and can attend to."""

    # statements
    word_opinion: Annotated[float, _s(0, 1, "approval", "W104 S5",
        "Approval moved by a position near to or far from opinion at home")] = 0.03
    word_agreement: Annotated[float, _s(0, 1, "goodwill", "W62 W139",
        "Goodwill moved by a position near to or far from another's")] = 0.03
    concession: Annotated[float, _s(0, 1, "share", "W82 W157",
        "How far a government moves an issue that is about itself by declaring where it stands")] = 0.3
    frame_step: Annotated[float, _s(0, 1, "share", "W35 W139",
        "How far a framed threat draws beliefs towards what the speaker claims")] = 0.3
    exposure: Annotated[float, _s(0, 1, "probability", "W140",
        "Chance that a fabricated threat is found out in the turn it is told")] = 0.4
    fabrication_cost: Annotated[float, _s(0, 10, "observations", "W140", "Broken words that a fabrication found out counts for")] = 3.0
    threat_alarm: Annotated[float, _s(0, 1, "belief", "W35 W45",
        "What an open threat adds to the belief that who threatens is hostile")] = 0.1
    word_record: Annotated[float, _s(0, 5, "observations", "W106; Fearon 1994",
        "What a threat or pledge of restraint put to the test adds to a record")] = 1.0
    word_audience: Annotated[float, _s(0, 2, "share of a breach", "Fearon 1994",
        "Price at home of an empty threat or a broken pledge of restraint")] = 0.5
    reassure_step: Annotated[float, _s(0, 1, "share", "W82 W33",
        "Share of believed hostility that a pledge of restraint takes away, if believed")] = 0.2
    restraint_step: Annotated[float, _s(0, 1, "share", "W82 W88",
        "Share of believed hostility that goes when restraint was kept, or comes when broken")] = 0.2
    declare_goodwill: Annotated[float, _s(0, 1, "goodwill", "W103 W150",
        "Goodwill at stake with whoever demands that all take sides")] = 0.15
    neutral_penalty: Annotated[float, _s(0, 1, "share", "W102 W103",
        "Share of the price of opposition that silence has when sides are demanded")] = 0.6
    submission: Annotated[float, _s(0, 3, "deference", "W37 W82 W103",
        "Deference shown by giving in to the unipole, or taking the side it demands")] = 1.0
    delegitimise_step: Annotated[float, _s(0, 1, "share", "J5",
        "How far one speaker can lower the esteem in which a leader is held")] = 0.15
    speech_goodwill: Annotated[float, _s(0, 1, "goodwill", "W62 W139", "Goodwill lost by a rebuke, earned by words of support")] = 0.05
    speech_approval: Annotated[float, _s(0, 1, "approval", "W113 W144",
        "Approval that a believed rebuke costs, or support earns, its subject")] = 0.02
    esteem_legitimacy: Annotated[float, _s(0, 1, "share", "J5 W125",
        "How far a leader's esteem carries over to the legitimacy of its operations")] = 0.4
    # attention
    attention_points: Annotated[float, _s(1, 50, "acts a turn", "W148 W149",
        "How many initiatives a government can take in a turn")] = 6.0
    attention_upkeep: Annotated[float, _s(0, 2, "acts a turn", "W148 S3",
        "Attention that one pledge to help takes, so long as it is kept up")] = 0.25
    engagement: Annotated[float, _s(0, 2, "share", "W33 W123 W145", "How far the unipole engages: its attention as a share of others'",
        "policy")] = 1.0
    neglect_step: Annotated[float, _s(0, 3, "observations", "W114 W148", "Broken words that full neglect of a partner counts for")] = 0.5
    # beliefs
    hostile_fade: Annotated[float, _s(0, 1, "share a turn", "W22 W151", "How fast beliefs return to what was long held")] = 0.02
    name_fade: Annotated[float, _s(0, 1, "share a turn", "W151",
        "How fast esteem, competence, access and submission are forgotten")] = 0.05
    chastened: Annotated[float, _s(0, 1, "share", "W151", "Share of the fear of a leader that goes when its war fails")] = 0.2
    rescue_step: Annotated[float, _s(0, 1, "share", "W35 W110", "Share of the fear of a helper that goes with who was attacked")] = 0.3
    signal_step: Annotated[float, _s(0, 1, "share a turn", "S8", "How far arming more than others makes a name for competence")] = 0.05
    # giving in
    yield_step: Annotated[float, _s(0, 1, "share", "W82 W88", "How far giving in to a threat counts as lining up with its author")] = 1.0
    yield_exposure: Annotated[float, _s(0, 1, "share", "W81 W88", "How far who has given in lowers its guard towards the coercer")] = 0.5
    spare_intent: Annotated[float, _s(0, 5, "exponent", "W45 W82 W94",
        "How fast the hope of being spared falls with believed aggressiveness")] = 2.0
    need_pledge: Annotated[float, _s(0, 1, "share", "W82", "How far the hope of being spared needs the coercer's word")] = 0.5
    bw_logic: Annotated[BandwagonLogic, _w(("both", "either"), "W82",
        "Whether giving in pays only if resistance is hopeless and one is spared, or if either holds")] = "both"
    # influence
    permeability: Annotated[float, _s(0, 1, "share", "W142",
        "How open the unipole's politics are to lobbies, given its regime", "identity")] = 1.0
    access_step: Annotated[float, _s(0, 1, "share", "W138 W141", "Access to elites won by one turn of full effort")] = 0.2
    bond_goodwill: Annotated[float, _s(0, 1, "goodwill", "W138", "Goodwill won by one turn of bonding")] = 0.06
    ingratiate_goodwill: Annotated[float, _s(0, 1, "goodwill", "W139", "Goodwill won by adopting another's agenda for a turn")] = 0.12
    ingratiate_price: Annotated[float, _s(0, 1, "approval", "W139 W144",
        "Approval that it costs where the country thinks otherwise")] = 0.06
    lobby_pull: Annotated[float, _s(0, 1, "share", "W141", "How far a lobby draws an open government's view towards its sender's")] = 0.1
    lobby_transfer: Annotated[float, _s(0, 1, "share of means", "W142 W113",
        "Aid that a lobby wins, as a share of what the other can give")] = 0.2
    influence_cost: Annotated[float, _s(0, 1, "share of means", "W141",
        "Price of a campaign, as a share of what can be given as aid")] = 0.1
    oppose_step: Annotated[float, _s(0, 1, "approval", "W136 W142",
        "Approval that a supported opposition costs an open government")] = 0.05
    oppose_anger: Annotated[float, _s(0, 1, "goodwill", "W136", "Goodwill lost with a government whose opposition one supports")] = 0.25
    # domestic politics
    w_sys: Annotated[float, _s(0, 3, "ratio", "W33 S5", "Weight of security and standing in every payoff")] = 1.0
    w_dom: Annotated[float, _s(0, 3, "ratio", "W33 S5", "Weight of approval at home in every payoff")] = 1.0
    capital_step: Annotated[float, _s(0, 1, "share a turn", "S5", "How fast political capital follows approval")] = 0.3
    host_cost: Annotated[float, _s(0, 1, "approval", "W144", "Approval that open ties with an unloved unipole cost in a turn")] = 0.02
    turnover: Annotated[float, _s(0, 1, "probability a turn", "S6",
        "Chance that a democratic leader of middling capital falls in a turn")] = 0.0
    turnover_regime: Annotated[float, _s(0, 1, "share", "S6", "How much more often, and less far, leaders change in democracies")] = 0.6
    leader_drift: Annotated[float, _s(0, 1, "place on the line", "S6", "How far a new autocrat's views can lie from the country's")] = 0.3
    leader_temper: Annotated[float, _s(0, 1, "share", "S6", "How differently a new leader can weigh the terms of its payoff")] = 0.3
    honeymoon: Annotated[float, _s(0, 1, "share", "S6", "Political capital of a new leader")] = 0.7
    newness: Annotated[float, _s(0, 20, "turns", "S6", "For how long a leader counts as new")] = 2.0
    new_leader_relief: Annotated[float, _s(0, 1, "share", "S6",
        "Share of the price of leaving a treaty that a new leader is spared")] = 0.6
    # forums
    dialogue_goodwill: Annotated[float, _s(0, 1, "goodwill", "W160 W163", "Goodwill between those who meet for talks")] = 0.05
    region_bond: Annotated[float, _s(0, 3, "ratio", "W163", "How much more talks bring together states of one region")] = 0.5
    dialogue_pull: Annotated[float, _s(0, 1, "share", "W161", "How far talks of all states move an issue to common ground")] = 0.2
    voice_step: Annotated[float, _s(0, 1, "share", "J7", "Esteem that hosting all states brings")] = 0.15
    inclusive_step: Annotated[float, _s(0, 1, "share", "J5 J6", "Esteem that the unipole loses when all others meet without it")] = 0.15
    # decline
    drift: Annotated[float, _s(0, 0.1, "share a turn", "J6 W153", "Rate at which the unipole's economy falls behind")] = 0.0
