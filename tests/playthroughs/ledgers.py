"""Ledgers: sessions in which a little of everything happens, and every figure that moved, to nine digits.

The tales are for lecturers; a ledger is for whoever changes a rule: it holds each cause with the figures that it moved, so that a change
nobody meant shows at once.  The three sessions follow one script: under the parameters as they are, under others all along the scale, and
with the other side taken wherever the sources disagree.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from client.arena import START_ID
from rules import events as ev
from rules.evolve import evolve
from rules.exact import add, frozen
from rules.labels.behaviour import WALT, Definitions, behaviour
from rules.labels.chapters import chapters
from rules.orders import CONTROL, Order, Start
from rules.pacts.treaties import Commitment
from rules.parameters import Setting, registry, with_overrides
from rules.sequence import Recorded, play_step, take
from rules.state import Bulletin, Game, Shift
from rules.view import view
from scenarios import load, opening
from tests.scripted import Script, agreed

SHOWN = 3  # figures of one cause; the others are in its checksum
PLACE = 0.35  # of the way from the default to the far end of a parameter's scale
SURE: dict[str, Setting] = {"leak_chance": 1.0, "exposure": 1.0, "help_detection": 1.0, "turnover": 1.0, "attention_points": 9.0}
KEPT = ("attention_points", "aid_share_max", "mobilisation_lag", "unipole_match", "sign_quorum")
"""Parameters without which the script would be another."""

ISSUE = "dorn-force"
TERMS: Mapping[str, Mapping[str, object]] = {
    "league": {
        "parties": ["ARD", "COR"], "formal": ["ARD"], "institution": 2, "arrangement": "empire", "head": "ARD", "exit_price": 0.1,
        "remedies": ["release", "suspension"], "clauses": [
            {"kind": "defend", "debtor": "ARD", "ally": "COR"}, {"kind": "spend", "debtor": "COR", "share": 0.02},
            {"kind": "framework", "debtor": "COR"}, {"kind": "consult", "debtor": "COR"},
        ],
    },
    "pool": {
        "parties": ["BRV", "COR", "DOR"], "institution": 1, "clauses": [
            {"kind": "spend", "debtor": "BRV", "share": 0.01, "pooled": True},
            {"kind": "spend", "debtor": "DOR", "share": 0.02, "pooled": True},
            {"kind": "non-aggression", "debtor": "DOR"},
        ],
    },
    "plot": {
        "parties": ["BRV", "COR"], "secret": True, "clauses": [
            {"kind": "non-recognition", "debtor": "COR", "of": "DOR"}, {"kind": "intelligence", "debtor": "BRV"},
            {"kind": "aid", "debtor": "BRV", "to": "COR", "amount": 0.2},
        ],
    },
    "calm": {
        "parties": ["ARD", "DOR"], "notice": 1, "clauses": [
            {"kind": "restraint", "debtor": "ARD", "towards": "DOR"}, {"kind": "renounce", "debtor": "DOR"},
            {"kind": "sanction", "debtor": "ARD", "target": "DOR", "level": 0.0}, {"kind": "neutrality", "debtor": "DOR", "towards": "ARD"},
        ],
    },
    "front": {"parties": ["COR", "DOR"], "clauses": [{"kind": "vote", "debtor": "COR", "issue": ISSUE, "choice": "no"}]},
}  # fmt: skip
LINES = {
    "1 negotiation 1": [
        f"ARD table four demand {ISSUE} DOR true", "BRV propose plot 2", "DOR propose front 2", f"ARD state threaten DOR {ISSUE} 0.8 2",
        f"COR state position null {ISSUE} 0.7", "BRV state frame DOR null null null true", "DOR state reassure COR null null 2",
    ],
    "1 negotiation 2": [
        "COR sign @BRV", "COR sign @DOR", "BRV declare four-1-1 no", f"COR table four condemn {ISSUE} DOR false four-1-1",
        f"ARD state demand null {ISSUE} 0.9", f"DOR state position null {ISSUE} 0.3", "ARD call league 3", "BRV state delegitimise ARD",
    ],
    "1 assembly 1": [
        "ARD vote four-1-1 yes", "BRV vote four-1-1 yes", "COR vote four-1-1 no", "DOR vote four-1-1 no", "BRV vote four-1-2 no",
    ],
    "1 orders 1": [
        "ARD budget 0.05 0.001 0.02 0.01 0.002 0.01", "BRV budget 0.03 0.001 0.01 0.01 0 0.01",
        "DOR budget 0.08 0.001 0 0 0.02 0.02", "ARD aid COR 0.5", "ARD aid DOR 0.1 programme", "BRV aid COR 0.2",
        "ARD sanction DOR 0.6", "COR base COR ARD true", f"ARD announce DOR {ISSUE}", f"ARD influence lobby BRV 0.6 {ISSUE}",
        "BRV influence bond ARD 0.5", "COR influence ingratiate ARD 0.4",
        "DOR influence oppose COR 0.5", f"BRV dialogue BRV {ISSUE}", f"DOR dialogue BRV {ISSUE}", "COR withhold league 3",
    ],
    "2 negotiation 1": [
        f"BRV table four establish {ISSUE} DOR", "DOR renounce pool", "ARD state rebuke BRV", "COR state support BRV",
        "COR waive league 0",
    ],
    "2 assembly 1": [f"{country} vote four-2-1 yes" for country in ("ARD", "BRV", "COR")],
    "2 orders 1": [
        "BRV join ard-dor-1 defence token", "COR join ard-dor-1 attack token", "ARD launch ard-dor-1", "DOR aid BRV 0.05 arms",
        "ARD base COR ARD false",
    ],
    "3 negotiation 1": [f"ARD table four recognise {ISSUE} DOR", "COR renounce league", f"BRV state position null {ISSUE} 0.1"],
    "3 assembly 1": [*(f"{country} vote four-3-1 yes" for country in ("ARD", "BRV", "COR")), "DOR vote four-3-1 no"],
    "3 orders 1": ["BRV budget 0.03 0.001", "BRV aid DOR 0.1 insurgents", "COR cancel ard-dor-1", "ARD sanction DOR 0.2"],
}
DECK = (
    Bulletin(turn=2, text="a drought", id="drought", changes=(Shift(figure="economy", at=("BRV",), times=0.9, plus=-1.0),)),
    Bulletin(turn=3, text="an election", id="election", new_leader="COR"),
)


@dataclass(frozen=True)
class Ledger:
    """One session: its name, and its parameters."""

    name: str
    changes: Mapping[str, Setting]

    def text(self) -> str:
        """Every cause of every turn."""
        return f"{self.name}: the script of tests/playthroughs/ledgers.py\n" + "\n".join(_lines(_opened(self.changes))) + "\n"


def _along(*, switched: bool) -> dict[str, Setting]:
    """Scales away from their defaults, towards the end that is further away; or the last words of the switches."""
    usual, found = with_overrides({}), {}
    for name, spec in registry().items():
        value = getattr(usual, name)
        if spec.options and switched:
            found[name] = spec.options[-1] if value != spec.options[-1] else spec.options[0]
        elif not spec.options and not switched and name not in KEPT:
            far = spec.low if value - spec.low > spec.high - value else spec.high
            found[name] = value + PLACE * (far - value) if far - value < value * 10 + 1 else value * 1.5 + 0.1
    return {**found, **SURE}


LEDGERS = (Ledger("as-it-is", SURE), Ledger("otherwise", _along(switched=False)), Ledger("the-other-side", _along(switched=True)))


def _opened(changes: Mapping[str, Setting]) -> Game:
    game = opening(load("tiny"), "ledger")
    own = {name: getattr(game.parameters, name) for name in registry()}
    pacts = tuple(Commitment(id=name, terms=agreed(TERMS[name], game.atlas.turns), since=1) for name in ("league", "pool", "calm"))
    atlas = replace(game.atlas, news=(*game.atlas.news, *DECK))
    weak, doubted = game.world.forces * np.array([1.0, 1.0, 1.0, 0.1]), game.world.authority * 0.6  # so that Dorn can be taken
    gave_in = game.world.yielded + np.array([[0.0] * 4, [0.0] * 4, [0.0] * 4, [0.4, 0.0, 0.0, 0.0]])
    game = replace(game, world=replace(game.world, forces=frozen(weak), authority=frozen(doubted), yielded=frozen(gave_in)))
    return replace(game, atlas=atlas, commitments=(*game.commitments, *pacts), parameters=with_overrides({**own, **changes}))


def _lines(opened: Game) -> Iterator[str]:
    bots = Script(LINES, TERMS).bots(opened)
    game, first = take(opened, Order(id=START_ID, author=CONTROL, act=Start()))
    entries = [first]
    while game.moment.status == "running":
        now = game.moment
        step = play_step(game, {seat: bot.choose(view(game, seat)) for seat, bot in bots.items()})
        for declined in step.declined:
            order, refusal = declined.order, declined.refusal
            yield f"{now.turn} {order.author} {order.act.kind} refused: {refusal.code.value} {refusal.field}"
        entries.extend(step.recorded)
        for recorded in step.recorded:
            for event in recorded.events:
                yield from _told(game, event)
                game = evolve(game, event)
    yield from _labels(opened, entries)


def _labels(opened: Game, entries: Iterable[Recorded]) -> Iterator[str]:
    """What each state did in each turn, as the sources call it, and how many signs of it there are."""
    for chapter in chapters(opened, entries):
        for by in (WALT, Definitions(balancing="narrow", bandwagoning="fear or profit")):
            for conduct in behaviour(chapter, by):
                found = "; ".join(f"{finding.label} ({len(finding.evidence)})" for finding in conduct.findings)
                yield f"{conduct.turn} {conduct.country} fears {conduct.fears}, {by.balancing}: {found}"


def _told(game: Game, event: ev.EventKinds) -> Iterator[str]:
    turn = game.moment.turn
    if isinstance(event, ev.Moved):
        figures = [f"{change.field}{list(change.at)} {change.value:.9g}" for change in event.changes]
        check = hashlib.sha256("\n".join(figures).encode()).hexdigest()[:8]
        moved = add(abs(change.value - float(getattr(game.world, change.field)[change.at])) for change in event.changes)
        yield f"{turn} {event.cause}: {len(figures)} moved by {moved:.9g} [{check}]: {', '.join(figures[:SHOWN])}"
    elif not isinstance(event, ev.ActSealed | ev.StepOpened | ev.NewsRead):
        words = event.model_dump_json(exclude={"kind"}, exclude_defaults=True)
        yield f"{turn} {event.kind}: {words if len(words) <= 200 else hashlib.sha256(words.encode()).hexdigest()[:8]}"
