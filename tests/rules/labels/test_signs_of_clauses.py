"""What each kind of clause says about where its parties stand towards the unipole, and what says nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.labels.chapters import Chapter, wish, wish_on
from rules.labels.signs import signs
from rules.pacts import clauses as c
from rules.pacts.treaties import Commitment, Terms
from rules.vocabulary import Ballot, Contribution, Draft, Operation
from tests.rules.stage import SPAN, at

ISSUE = "dorn-force"  # which Arden, the unipole, wants carried


def read(parties: tuple[str, ...], *owed: c.Clause) -> set[tuple[str, str, str | None]]:
    """Country, meaning and object of every sign that a commitment gives."""
    game = at("1 orders 1")
    pact = Commitment(id="pact", terms=Terms(parties=parties, clauses=owed), since=1)
    chapter = Chapter(replace(game, commitments=(pact,), world=replace(game.world, bases=game.world.bases * 0.0)), (), game)
    return {(sign.country, sign.meaning, sign.about) for sign in signs(chapter)}


US, THEM = ("ARD", "BRV"), ("BRV", "COR", "DOR")
SHIELD_COR = {("COR", "shield", "BRV"), ("DOR", "shield", "BRV")}


@pytest.mark.parametrize(
    ("parties", "clause", "found"),
    [
        (US, c.Defend(debtor="ARD", **SPAN), {("BRV", "shield", "ARD"), ("BRV", "tie", None)}),
        (US, c.Defend(debtor="BRV", **SPAN, against="DOR"), {("BRV", "tie", "DOR")}),
        (THEM, c.Defend(debtor="BRV", **SPAN), SHIELD_COR | {("BRV", "pact", None), ("COR", "pact", None), ("DOR", "pact", None)}),
        (
            ("ARD", "BRV", "COR"), c.Defend(debtor="BRV", **SPAN, ally="COR", against="ARD"),
            {("COR", "shield", "BRV"), ("BRV", "pact", "ARD"), ("COR", "pact", "ARD")},
        ),
        (("ARD", "BRV", "COR"), c.Defend(debtor="BRV", **SPAN, ally="COR"), {("COR", "shield", "BRV")}),
        (US, c.VotePledge(debtor="BRV", **SPAN, issue=ISSUE, choice="yes"), {("BRV", "support", None)}),
        (US, c.VotePledge(debtor="BRV", **SPAN, issue=ISSUE, choice="no"), set()),
        (THEM, c.VotePledge(debtor="BRV", **SPAN, issue=ISSUE, choice="no"), {("BRV", "concert", None)}),
        (US, c.VotePledge(debtor="ARD", **SPAN, issue=ISSUE, choice="yes"), set()),
        (US, c.GiveAid(debtor="ARD", **SPAN, to="BRV", amount=1.0), {("BRV", "price", None)}),
        (US, c.GiveAid(debtor="BRV", **SPAN, to="ARD", amount=1.0), {("BRV", "support", None)}),
        (THEM, c.GiveAid(debtor="BRV", **SPAN, to="COR", amount=1.0), set()),
        (US, c.JoinCoalition(debtor="BRV", **SPAN, target="DOR", level="full"), {("BRV", "support", "DOR")}),
        (US, c.JoinCoalition(debtor="ARD", **SPAN, target="DOR", level="full"), set()),
        (US, c.JoinCoalition(debtor="BRV", **SPAN, target="ARD", level="full"), set()),
        (THEM, c.JoinCoalition(debtor="BRV", **SPAN, target="ARD", level="full"), set()),
        (THEM, c.Neutrality(debtor="BRV", **SPAN), {("BRV", "openly aside", None)}),
        (THEM, c.Neutrality(debtor="BRV", **SPAN, towards="ARD"), {("BRV", "openly aside", None)}),
        (THEM, c.Neutrality(debtor="BRV", **SPAN, towards="DOR"), set()),
        (US, c.Neutrality(debtor="ARD", **SPAN), set()),
        (US, c.NonAggression(debtor="ARD", **SPAN), {("BRV", "price", None)}),
        (US, c.NonAggression(debtor="BRV", **SPAN), set()),
        (US, c.Restraint(debtor="ARD", **SPAN, towards="BRV"), {("BRV", "price", None)}),
        (US, c.SpendAtLeast(debtor="BRV", **SPAN, share=0.1), {("BRV", "asked to arm", None)}),
        (US, c.ShareIntelligence(debtor="ARD", **SPAN), {("BRV", "price", None)}),
        (US, c.ShareIntelligence(debtor="BRV", **SPAN), {("BRV", "support", None)}),
        (THEM, c.ShareIntelligence(debtor="BRV", **SPAN), set()),
        (US, c.RemainInFramework(debtor="BRV", **SPAN), {("BRV", "support", None)}),
        (US, c.RemainInFramework(debtor="ARD", **SPAN), set()),
        (THEM, c.RemainInFramework(debtor="BRV", **SPAN), set()),
        (THEM, c.NonRecognition(debtor="BRV", **SPAN, of="ARD"), {("BRV", "concert", "ARD")}),
        (US, c.NonRecognition(debtor="BRV", **SPAN, of="DOR"), {("BRV", "support", "DOR")}),
        (US, c.NonRecognition(debtor="ARD", **SPAN, of="DOR"), set()),
        (THEM, c.NonRecognition(debtor="BRV", **SPAN, of="QQQ"), set()),
        (US, c.Consult(debtor="BRV", **SPAN), set()),
        (US, c.Defend(debtor="ARD", since=2, until=3), set()),  # it does not bind yet
    ],
)
def test_what_a_clause_says(parties: tuple[str, ...], clause: c.Clause, found: set[tuple[str, str, str | None]]) -> None:
    """Country, meaning, and whom it is about; the unipole itself is left out."""
    assert read(parties, clause) == found


def test_forces_in_common_without_the_unipole_are_a_pool() -> None:
    """Only where it is no party (W73)."""
    pooled = c.SpendAtLeast(debtor="BRV", **SPAN, share=0.1, pooled=True)
    plain = pooled.model_copy(update={"pooled": False})
    assert read(THEM, pooled) != read(US, pooled)
    assert ("BRV", "asked to arm", None) in read(US, pooled)
    assert ("BRV", "asked to arm", None) not in read(THEM, pooled) | read(THEM, plain)


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"author": "ARD"}, "yes"),
        ({"sponsors": ("ARD",)}, "yes"),
        ({"sponsors": ("ARD",), "target": "ARD"}, "yes"),
        ({"target": "ARD"}, "no"),
        ({"ballots": (Ballot(country="ARD", choice="no"),), "declared": (Ballot(country="ARD", choice="yes"),)}, "no"),
        ({"declared": (Ballot(country="ARD", choice="no"), Ballot(country="COR", choice="yes"))}, "no"),
        ({"declared": (Ballot(country="ARD", choice="abstain"),)}, None),
        ({"declared": (Ballot(country="COR", choice="yes"),)}, None),
    ],
)
def test_what_the_unipole_wants_shows_in_what_it_does(changes: dict[str, object], wanted: str | None) -> None:
    """Its own text, a text against it, its vote, what it declared; else nothing is known."""
    draft = Draft(id="d", council="four", author="BRV", action="demand", issue=ISSUE, target="DOR", pressed=False, turn=1)
    assert wish(at("1 orders 1"), draft.model_copy(update=changes)) == wanted


def test_what_the_unipole_wants_on_an_issue_is_read_off_this_turns_drafts_on_it() -> None:
    """Else off its ideal, which is known: Arden's lies near 1, of an unknown issue nothing is wanted."""
    game = at("1 orders 1")
    against = Draft(id="d", council="four", author="BRV", action="demand", issue=ISSUE, target="ARD", pressed=False, turn=1)
    assert wish_on(game, ISSUE) == "yes"
    assert wish_on(replace(game, drafts=(against,)), ISSUE) == "no"
    for other in (against.model_copy(update={"issue": "other"}), against.model_copy(update={"turn": 2})):
        assert wish_on(replace(game, drafts=(other,)), ISSUE) == "yes"
    assert wish_on(game, "other") == "no"
    ideal = game.atlas.ideal.copy()
    for place, wanted in ((0.5, "yes"), (0.49, "no")):
        ideal[0, 0] = place
        assert wish_on(replace(game, atlas=replace(game.atlas, ideal=ideal.copy())), ISSUE) == wanted


@pytest.mark.parametrize(
    ("changes", "aside"),
    [
        ({"status": "announced", "turn": 1}, True),
        ({"status": "launched", "turn": 1}, True),
        ({"status": "launched", "turn": 2}, False),  # of another turn
        ({"status": "cancelled", "turn": 1}, False),
        ({"status": "announced", "turn": 1, "leader": "BRV"}, False),
    ],
)
def test_who_stands_aside_from_the_unipoles_operations(changes: dict[str, object], aside: bool) -> None:
    """Those that it prepares or carries out in the turn; who is in them does not stand aside."""
    game = at("1 orders 1")
    helper = Contribution(country="BRV", side="attack", level="token")
    war = Operation.model_validate({"id": "war", "leader": "ARD", "target": "DOR", "issue": ISSUE, "coalition": (helper,), **changes})
    bare = replace(game, world=replace(game.world, bases=game.world.bases * 0.0), commitments=())
    found = signs(Chapter(bare, (), replace(bare, operations=(war,))))
    assert {sign.country for sign in found if sign.meaning == "aside"} == ({"COR"} if aside else set())
