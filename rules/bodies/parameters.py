"""Coefficients and switches of councils, votes and legitimacy (see ``rules.parameters``)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from rules.spec import scale as _s


@dataclass(frozen=True)
class CouncilParameters:
    """What a text asks for, what a ballot says, what adopted texts do, and whose support lends legitimacy."""

    # how far towards 1 on its issue a text of each action goes
    reach_condemn: Annotated[float, _s(0, 1, "position", "W70", "How far on its issue a condemnation goes")] = 0.25
    reach_appoint: Annotated[float, _s(0, 1, "position", "W70", "How far on its issue the appointment of a mediator goes")] = 0.25
    reach_demand: Annotated[float, _s(0, 1, "position", "W70", "How far on its issue a demand goes")] = 0.5
    reach_establish: Annotated[float, _s(0, 1, "position", "W70", "How far on its issue a mission of observers or inspectors goes")] = 0.5
    reach_sanction: Annotated[float, _s(0, 1, "position", "W70 W157", "How far on its issue a sanction goes")] = 0.75
    reach_recognise: Annotated[float, _s(0, 1, "position", "W70", "How far on its issue a recognition goes")] = 1.0
    reach_force: Annotated[float, _s(0, 1, "position", "W70 W154", "How far on its issue an authorisation of force goes")] = 1.0
    # where a ballot puts its voter between no (0) and yes (1)
    stand_abstain: Annotated[float, _s(0, 1, "share", "W155", "Where an abstention stands between no and yes")] = 0.5
    stand_absent: Annotated[float, _s(0, 1, "share", "W155", "Where staying away stands between no and yes")] = 0.5
    # what adopted texts do
    text_regard: Annotated[float, _s(0, 1, "goodwill", "W70 W72", "Goodwill moved towards whom a text blames or honours")] = 0.05
    text_approval: Annotated[float, _s(0, 1, "approval", "S5", "Approval at home moved by a text that blames or honours")] = 0.03
    mission_pull: Annotated[float, _s(0, 1, "share a turn", "W70", "How far a mission moves its issue in a turn")] = 0.1
    mission_cost: Annotated[float, _s(0, 0.1, "share of economy", "W70", "Cost of a mission to each of its sponsors in a turn")] = 0.0002
    authority_gain: Annotated[float, _s(0, 1, "authority", "W64; Voeten 2005", "Authority that a council regains by a decision")] = 0.05
    policy_adjustment: Annotated[float, _s(0, 1, "share", "W161 W70",
        "How far a refused, pressed text gives way to where its opponents stand")] = 0.0
    # legitimacy: whose support, and what it is worth
    legitimacy_support: Annotated[float, _s(0, 1, "share", "W64 W125", "Weight of the support of others in legitimacy")] = 0.5
    legitimacy_opposition: Annotated[float, _s(0, 1, "share", "W64 W125", "Weight of help for the target in legitimacy")] = 0.5
    legitimacy_demand: Annotated[float, _s(0, 1, "share", "W64 W154", "Legitimacy lent by an adopted demand that was not met")] = 0.05
    legitimacy_blame: Annotated[float, _s(0, 1, "share", "W64 W72", "Legitimacy lost by a leader that a council condemned")] = 0.1
    legitimacy_shield: Annotated[float, _s(0, 1, "share", "W64 W72", "Legitimacy lost by an attack on whom a council recognised")] = 0.1
    history_discount: Annotated[float, _s(-1, 1, "share", "I9 W125",
        "How much less support counts of those who always stood with the leader; below 0: more")] = 0.0
    history_weight: Annotated[float, _s(0.5, 100, "votes", "I9", "How many votes the position before the game is worth")] = 10.0
    audience_democracies: Annotated[float, _s(0, 4, "exponent", "I9 W64", "How much more democracies count in the audience")] = 0.0
    audience_region: Annotated[float, _s(0, 4, "per thousand km", "I9 W64", "How fast the audience thins with distance")] = 0.0
    audience_people: Annotated[float, _s(0, 1, "exponent", "I9 W64", "Whether the audience counts states (0) or people (1)")] = 0.0
    level_statement: Annotated[float, _s(0, 1, "share", "W131 W156", "What a statement is of a full contribution")] = 0.25
    level_token: Annotated[float, _s(0, 1, "share", "W131 W156", "What a token contribution is of a full one")] = 0.5
