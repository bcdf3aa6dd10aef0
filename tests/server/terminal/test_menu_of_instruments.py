"""The newer instruments at the terminal: bases, sanctions, statements, the rest of the budget, and offers about them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules import orders as o
from rules.decide import decide
from rules.exact import frozen
from rules.view import view
from server.terminal.instruments import instruments
from server.terminal.menu import with_fund
from server.terminal.offer import compose
from tests.server.terminal.test_seat import games, negotiating

SECRET_AND_SENT = (0, 1)  # not secret, and sent


class Scripted:
    """Answers in the order of the questions; what was said is kept."""

    def __init__(self, *answers: float | bool | None) -> None:
        self._answers = list(answers)
        self.said: list[str] = []

    def pick(self, _: str, labels: list[str]) -> int | None:
        """A choice."""
        answer = self._answers.pop(0)
        assert answer is None or 0 <= int(answer) < len(labels)
        return None if answer is None else int(answer)

    def number(self, _: str, largest: float) -> float | None:
        """A number."""
        answer = self._answers.pop(0)
        return None if answer is None else min(float(answer), largest)

    def yes(self, _: str) -> bool:
        """Yes or no."""
        return bool(self._answers.pop(0))

    def say(self, text: str) -> None:
        """Keep it."""
        self.said.append(text)


@pytest.mark.parametrize(
    ("kind", "more", "clauses", "words"),
    [
        (5, (), ("restraint", "restraint"), "attack"),
        (6, (0,), ("base",), "base"),
        (7, (0, 0), ("sanction", "sanction"), "cut"),
        (8, (2,), ("consult", "consult"), "staff"),
        (9, (2.0,), ("spend", "spend"), "common"),
    ],
)
def test_newer_kinds_of_offers_can_be_composed(kind: int, more: tuple[float, ...], clauses: tuple[str, ...], words: str) -> None:
    """Each becomes terms that the rules accept, said in a sentence before it is sent."""
    game = negotiating()
    asked = Scripted(0, kind, *more, *SECRET_AND_SENT)
    offer = compose(view(game, "BRV"), asked)
    assert offer is not None
    assert tuple(clause.kind for clause in offer.terms.clauses) == clauses
    decide(game, o.Order(id="try:1", author="BRV", act=offer))
    assert words in asked.said[0]


@pytest.mark.parametrize(("kind", "more"), [(6, (None,)), (7, (None,)), (8, (None,)), (9, (None,))])
def test_a_kind_can_be_left_half_way(kind: int, more: tuple[None, ...]) -> None:
    """Without an answer there is no offer."""
    assert compose(view(negotiating(), "BRV"), Scripted(0, kind, *more)) is None


def test_bases_sanctions_statements_and_budgets_are_offered() -> None:
    """What is open can be closed, what is in force lifted, and everything listed is accepted."""
    orders = next(game for game in games("tiny", "*=hold", 1) if game.moment.phase == "orders")
    bases, sanctions = orders.world.bases.copy(), orders.world.sanctions.copy()
    bases[2, 0], sanctions[1, 3] = 1.0, 0.5
    game = replace(orders, world=replace(orders.world, bases=frozen(bases), sanctions=frozen(sanctions)))
    kinds = frozenset(("base", "sanction", "budget"))
    found = {c: {act for _, acts in instruments(view(game, c), kinds) for act in acts} for c in ("BRV", "COR")}
    assert o.BaseRight(host="COR", guest="ARD", granted=False) in found["COR"]
    assert o.Sanction(target="DOR", level=0.0) in found["BRV"]
    assert o.Budget(investment=0.01) in found["BRV"]
    for country, acts in found.items():
        for act in acts:
            decide(game, o.Order(id="try:1", author=country, act=act))
    said = [act for _, acts in instruments(view(negotiating(), "BRV"), frozenset(("state",))) for act in acts]
    assert {act.says for act in said if isinstance(act, o.MakeStatement)} >= {"position", "threaten", "reassure", "support", "demand"}


def test_two_budgets_become_one() -> None:
    """Each part as it was said last; a fund for aid leaves room for the rest."""
    sight = view(next(game for game in games("tiny", "*=hold", 1) if game.moment.phase == "orders"), "ARD")
    found = with_fund(sight, (o.Budget(guns=0.03, aid=0.0), o.Budget(investment=0.02), o.Budget(guns=0.05)))
    assert found == (o.Budget(guns=0.05, aid=0.0, investment=0.02),)
    paid = with_fund(sight, (o.Budget(investment=0.02), o.Aid(to="COR", amount=0.5)))[0]
    assert isinstance(paid, o.Budget)
    assert (paid.investment, paid.aid is not None) == (0.02, True)
