"""The playthroughs: a title for the lecturer, a scenario, and who plays it how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from client.bots.payoff_bot import PayoffBot
from client.bots.protocol import Bot
from rules.state import Game
from scenarios import load, opening
from tests.playthroughs.telling import told
from tests.scripted import Lines, Script

SEED = "playthrough"


@dataclass(frozen=True)
class Tale:
    """One playthrough; without lines every seat is played for its payoff."""

    name: str
    title: str
    scenario: str
    turns: int
    lines: Lines = field(default_factory=dict)
    terms: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    def text(self) -> str:
        """The whole playthrough."""
        game = opening(load(self.scenario), SEED)
        heading = f"{self.title}\n(scenario {self.scenario}; names in brackets: only they can see it)\n"
        return heading + "\n".join(line.rstrip() for line in told(game, self._bots(game), self.turns)) + "\n"

    def _bots(self, game: Game) -> Mapping[str, Bot]:
        if self.lines:
            return Script(self.lines, self.terms).bots(game)
        return {country: PayoffBot(f"{SEED} {country}") for country in game.atlas.countries}


def _cast(draft: str, yes: str = "", no: str = "", abstain: str = "") -> list[str]:
    sides = {"yes": yes, "no": no, "abstain": abstain}
    return [f"{country} vote {draft} {choice}" for choice, names in sides.items() for country in names.split()]


def _pledge(debtor: str, anchor: str = "", issue: str = "iraq-force") -> dict[str, object]:
    clause: dict[str, object] = {"kind": "vote", "debtor": debtor, "until": 2, "issue": issue, "choice": "no"}
    return {**clause, "when": {"kind": "voted", "country": anchor, "issue": issue, "choice": "no"}} if anchor else clause


FRONT = {
    "parties": ["FRA", "RUS", "CHN", "DEU"],
    "clauses": [_pledge("FRA"), _pledge("RUS", "FRA"), _pledge("CHN", "RUS"), _pledge("DEU", "FRA")],
}
ASKED = "USA table unsc 'authorise force' iraq-force IRQ true"
SIGNED = ["RUS sign @FRA FRA", "CHN sign @FRA RUS", "DEU sign @FRA FRA"]
BUDGET = "ARD budget 0.04 0.001"
DEAL = {
    "kind": "aid",
    "debtor": "ARD",
    "until": 1,
    "to": "COR",
    "amount": 0.5,
    "when": {"kind": "voted", "country": "COR", "issue": "dorn-force", "choice": "yes"},
}

TALES = (
    Tale(
        "broken-pledge",
        "A pledge is broken: Corin promises Brava a no, takes Arden's money and votes yes",
        "tiny",
        1,
        {
            "1 negotiation 1": ["ARD table four demand dorn-force DOR true", "BRV propose no 1", "ARD propose deal 1"],
            "1 negotiation 2": ["COR sign @BRV", "COR sign @ARD"],
            "1 assembly 1": _cast("four-1-1", yes="ARD COR", no="BRV DOR"),
            "1 orders 1": [BUDGET, "ARD aid COR 0.5"],
        },
        {
            "no": {"parties": ["BRV", "COR"], "clauses": [_pledge("COR", issue="dorn-force"), _pledge("BRV", issue="dorn-force")]},
            "deal": {"parties": ["ARD", "COR"], "secret": True, "clauses": [DEAL]},
        },
    ),
    Tale(
        "secret-deal",
        "A secret deal stays secret: Brava and Dorn see a vote, and not what was paid for it",
        "tiny",
        1,
        {
            "1 negotiation 1": ["ARD table four demand dorn-force DOR true", "ARD propose deal 1"],
            "1 negotiation 2": ["COR sign @ARD", "COR declare four-1-1 yes"],
            "1 assembly 1": _cast("four-1-1", yes="ARD BRV COR", no="DOR"),
            "1 orders 1": [BUDGET, "ARD aid COR 0.5"],
        },
        {"deal": {"parties": ["ARD", "COR"], "secret": True, "clauses": [DEAL]}},
    ),
    Tale(
        "all-or-none",
        "Nobody goes first: three signatures that need each other enter into force together, in the next turn they fall together",
        "tiny",
        2,
        {
            "1 negotiation 1": ["ARD table four demand dorn-force DOR true", "BRV propose front 1"],
            "1 negotiation 2": ["COR sign @BRV DOR", "DOR sign @BRV COR"],
            "1 assembly 1": _cast("four-1-1", yes="ARD", no="BRV COR DOR"),
            "2 negotiation 1": ["ARD table four demand dorn-force DOR true", "BRV propose again 2"],
            "2 negotiation 2": ["COR sign @BRV DOR", "DOR reject @BRV"],
            "2 assembly 1": _cast("four-2-1", yes="ARD COR DOR", no="BRV"),
        },
        {
            "front": {
                "parties": ["BRV", "COR", "DOR"],
                "quorum": 3,
                "clauses": [
                    {"kind": "vote", "debtor": c, "until": 1, "issue": "dorn-force", "choice": "no"} for c in ("BRV", "COR", "DOR")
                ],
            },
            "again": {
                "parties": ["BRV", "COR", "DOR"],
                "clauses": [
                    {"kind": "vote", "debtor": c, "since": 2, "until": 2, "issue": "dorn-force", "choice": "no"} for c in ("COR", "DOR")
                ],
            },
        },
    ),
    Tale(
        "vetoed-draft",
        "Nine votes and a veto: France alone defeats what nine members want",
        "iraq-2003",
        1,
        {
            "1 negotiation 1": [ASKED, "FRA declare unsc-1-1 no"],
            "1 negotiation 2": ["GBR sponsor unsc-1-1", "FRA declare unsc-1-1 no"],
            "1 assembly 2": _cast("unsc-1-1", yes="USA GBR ESP BGR AGO CMR CHL GIN MEX", no="FRA", abstain="RUS CHN DEU PAK SYR"),
        },
    ),
    Tale(
        "pledges-hold",
        "As long as the French do: conditional pledges hold, and the draft fails by three vetoes",
        "iraq-2003",
        1,
        {
            "1 negotiation 1": [ASKED, "FRA propose front 1"],
            "1 negotiation 2": SIGNED,
            "1 assembly 2": _cast("unsc-1-1", yes="USA GBR ESP BGR", no="FRA RUS CHN DEU SYR"),
        },
        {"front": FRONT},
    ),
    Tale(
        "pledges-unravel",
        "The French turn: the same pledges fall one after the other, and only France broke its word",
        "iraq-2003",
        1,
        {
            "1 negotiation 1": [ASKED, "FRA propose front 1"],
            "1 negotiation 2": SIGNED,
            "1 assembly 2": _cast("unsc-1-1", yes="USA GBR ESP BGR FRA AGO CMR GIN CHL", abstain="RUS CHN DEU", no="SYR"),
        },
        {"front": FRONT},
    ),
    Tale(
        "coalition-of-the-willing",
        "Refused and gone alone: a coalition of the willing, what it lends, and what it costs",
        "iraq-2003",
        4,
        {
            "1 negotiation 1": [ASKED],
            "1 assembly 2": _cast("unsc-1-1", yes="USA GBR ESP BGR", no="FRA RUS DEU SYR", abstain="CHN"),
            "1 orders 1": ["USA announce IRQ iraq-force"],
            "2 orders 1": [
                "GBR join usa-irq-1 attack full",
                "AUS join usa-irq-1 attack full",
                "POL join usa-irq-1 attack token",
                "ESP join usa-irq-1 attack statement",
                "USA launch usa-irq-1",
            ],
            "4 orders 1": ["USA launch usa-irq-1"],
        },
    ),
    Tale("four-payoff-players", "Four players who play for nothing but their payoffs", "tiny", 3),
)
