"""Each label of behaviour from given signs, and where it stops."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rules.labels import behaviour as module
from rules.labels.behaviour import WALT, Definitions, Label
from rules.labels.chapters import Chapter, Meaning, Sign
from rules.state import MOBILISATION, PROGRAMME, Game
from rules.vocabulary import Operation
from tests.rules.stage import at, with_figures

NARROW = Definitions(balancing="narrow", bandwagoning="fear or profit")
ISSUE = "dorn-force"
COR = 2


def sign(meaning: Meaning, about: str | None = None, **changes: object) -> Sign:
    """A sign of Corin."""
    return replace(Sign("COR", meaning, "words", "1.1", about), **changes)  # type: ignore[arg-type]  # rows of a table give fields by name


def labels(
    *signs: Sign, fears: str | None = None, by: Definitions = WALT, before: Game | None = None, after: Game | None = None
) -> set[str]:
    """What Corin is said to have done."""
    start = at("1 orders 1")
    chapter = Chapter(before or start, (), after or start)
    case = module._Case(chapter, "COR", fears, signs, by)
    return {finding.label for finding in module._findings(case)}


@pytest.mark.parametrize(
    ("signs", "fears", "broad", "narrow"),
    [
        ((sign("pact", "ARD"),), None, {"hard balancing, external"}, set()),
        ((sign("pact"),), "ARD", {"hard balancing, external"}, set()),
        ((sign("pact"),), "DOR", set(), set()),
        ((sign("pact", "DOR"),), "ARD", set(), set()),
        ((sign("pact", "ARD", formal=True, company=("BRV", "DOR")),), None, {"hard balancing, external"}, {"hard balancing, external"}),
        ((sign("pact", "ARD", formal=True, company=("DOR",)),), None, {"hard balancing, external"}, set()),
        ((sign("armed help"),), None, {"hard balancing, external"}, set()),
        ((sign("concert"), sign("opposition")), None, {"soft balancing"}, {"opposition"}),
        ((sign("opposition"),), None, {"opposition"}, {"opposition"}),
        ((sign("pool"),), None, {"leash-slipping"}, {"leash-slipping"}),
        ((sign("pact"), sign("tie")), None, {"leash-slipping", "alignment", "hedging"}, {"leash-slipping", "alignment", "hedging"}),
        ((sign("pact", "DOR"), sign("tie")), None, {"alignment"}, {"alignment"}),
        ((sign("support"),), "ARD", {"bandwagoning from fear"}, {"bandwagoning from fear"}),
        ((sign("support", fresh=False),), "ARD", {"alignment"}, {"alignment"}),
        ((sign("support"), sign("price")), None, {"bought alignment"}, {"bandwagoning for profit"}),
        ((sign("support"), sign("price")), "ARD", {"bandwagoning from fear"}, {"bandwagoning from fear"}),
        ((sign("support", fresh=False), sign("price")), None, {"alignment"}, {"alignment"}),
        ((sign("price"),), None, set(), set()),
        ((sign("tie"),), "DOR", {"regional balancing"}, {"regional balancing"}),
        ((sign("tie", "BRV"),), "DOR", {"alignment"}, {"alignment"}),
        ((sign("support", "DOR"),), "DOR", {"regional balancing"}, {"regional balancing"}),
        ((sign("support"),), "DOR", {"alignment"}, {"alignment"}),
        ((sign("openly aside"),), None, {"neutrality"}, {"neutrality"}),
        ((sign("openly aside"), sign("tie", fresh=False)), None, {"alignment", "prudence"}, {"alignment", "prudence"}),
        ((sign("aside"),), None, {"prudence"}, {"prudence"}),
        ((sign("aside"), sign("opposition")), None, {"opposition"}, {"opposition"}),
        ((sign("support"), sign("opposition")), None, {"alignment", "opposition", "hedging"}, {"alignment", "opposition", "hedging"}),
    ],
)
def test_which_signs_make_which_label(signs: tuple[Sign, ...], fears: str | None, broad: set[Label], narrow: set[Label]) -> None:
    """By Walt's definitions, and by narrower ones, where half of the unipole's forces check it (2 + 1 + 7 of 20)."""
    even = with_figures(at("1 orders 1"), forces=[20.0, 2.0, 1.0, 7.0])
    assert labels(*signs, fears=fears, after=even) == broad
    assert labels(*signs, fears=fears, by=NARROW, after=even) == narrow


@pytest.mark.parametrize(("issue", "ideal", "leader", "found"), [
    (ISSUE, 0.2, 0.9, True), (ISSUE, 0.2, 0.1, False), (ISSUE, 0.5, 0.9, False), (ISSUE, 0.9, 0.2, True), ("other", 0.2, 0.9, False),
    (None, 0.2, 0.9, False),
])  # fmt: skip
def test_words_against_ones_own_leaning_are_ingratiating(issue: str | None, ideal: float, leader: float, found: bool) -> None:
    """Unless they were owed or paid for (W139)."""
    start = at("1 orders 1")
    ideals = start.atlas.ideal.copy()
    ideals[COR, 0], ideals[0, 0] = ideal, leader
    game = replace(start, atlas=replace(start.atlas, ideal=ideals))
    assert ("ingratiation" in labels(sign("words", issue=issue), after=game)) == found
    assert "ingratiation" not in labels(sign("words", issue=issue, given=False), after=game)


def grown(guns: float = 0.0, programme: float = 0.0, mobilisation: float = 0.0, forces: float = 1.0) -> tuple[Game, Game]:
    """Before and after a turn in which Corin spent more."""
    before = with_figures(at("1 orders 1"), guns=[0.04, 0.02, 0.02, 0.05], forces=[2.0, 8.0, forces, 7.0])
    shares, spending = before.world.guns.copy(), before.world.spending.copy()
    shares[COR] += guns
    spending[COR, PROGRAMME] += programme
    spending[COR, MOBILISATION] += mobilisation
    return before, with_figures(before, guns=shares, spending=spending)


@pytest.mark.parametrize(
    ("rise", "arms"),
    [
        ({"guns": 0.0011}, True),
        ({"guns": 0.0009}, False),
        ({"programme": 0.002}, True),
        ({"mobilisation": 0.002}, True),
        ({"guns": -0.002, "programme": 0.002}, False),
        ({"guns": 0.002, "programme": -0.0}, True),
    ],
)
def test_internal_balancing_is_a_rise_of_all_arms_together(rise: dict[str, float], arms: bool) -> None:
    """Against a unipole that is feared or prepares an attack; not if it asked for them; under the narrow definition by the strong alone."""
    before, after = grown(**rise)
    assert ("hard balancing, internal" in labels(sign("arming"), fears="ARD", before=before, after=after)) == arms
    assert "hard balancing, internal" not in labels(sign("arming"), sign("asked to arm"), fears="ARD", before=before, after=after)
    assert "hard balancing, internal" not in labels(sign("arming"), fears="DOR", before=before, after=after)
    menace = Operation(id="x", leader="ARD", target="COR", issue=ISSUE, turn=1, status="announced")
    for changes, menaced in (({}, True), ({"leader": "DOR"}, False), ({"target": "BRV"}, False), ({"status": "cancelled"}, False)):
        prepared = replace(after, operations=(menace.model_copy(update=changes),))
        assert ("hard balancing, internal" in labels(sign("arming"), before=before, after=prepared)) == (arms and menaced)
    for forces, strong in ((1.0, True), (0.9, False)):
        game = with_figures(after, forces=[2.0, 8.0, forces, 7.0])
        found = labels(sign("arming"), fears="ARD", by=NARROW, before=before, after=game)
        assert ("hard balancing, internal" in found) == (arms and strong)


@pytest.mark.parametrize(("mine", "service", "rides"), [(0.0299, False, True), (0.03, False, False), (0.01, True, False)])
def test_free_riders_are_shielded_and_spend_much_less(mine: float, service: bool, rides: bool) -> None:
    """Less than six tenths of their protector's share, and no forces sent (W122)."""
    game = with_figures(at("1 orders 1"), guns=np.array([0.05, 0.02, mine, 0.05]))
    signs = (sign("shield", "ARD"), *((sign("service"),) if service else ()))
    assert ("free riding" in labels(*signs, after=game)) == rides
