"""What a claim can ask of a world: figures, verdicts, votes, chances, and what a seat can see."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import combinations

from rules import events as ev
from rules.bodies import councils
from rules.bodies.decision_rule import Rule, in_favour
from rules.bodies.legitimacy import legitimacy
from rules.bodies.voting_power import banzhaf as banzhaf_index
from rules.bodies.voting_power import shapley_shubik
from rules.force import operations, power, threat
from rules.interests.payoff import payoff
from rules.labels import behaviour, chapters
from rules.state import TERMS, Council, Game, find_council, find_draft, find_operation, issue_index
from rules.view import view
from rules.vocabulary import Ballot, Commitment, Level, Operation, Verdict
from tests.conformance import measures_society
from tests.conformance.cases import Measure, Outcome, place
from tests.conformance.force_measures import FORCE
from tests.conformance.treaty_measures import TREATY_QUESTIONS


def _figure(name: str) -> Measure:
    def read(outcome: Outcome, *places: str) -> float:
        where = tuple(place(outcome.game, word) for word in places)
        return float(getattr(outcome.game.world, name)[where])

    return read


def _row(outcome: Outcome, country: str) -> int:
    return outcome.game.atlas.countries.index(country)


def polarity(outcome: Outcome) -> str:
    """The label of the distribution of power."""
    return power.polarity(outcome.game).polarity


def share(outcome: Outcome) -> float:
    """The strongest state's share of all power."""
    return power.polarity(outcome.game).share


def felt(outcome: Outcome, who: str, source: str) -> float:
    """Threat from ``source`` as ``who`` feels it."""
    game = outcome.game
    return float(threat.threat(game, threat.everybody(game))[_row(outcome, who), _row(outcome, source)])


def reaching(outcome: Outcome, source: str, where: str) -> float:
    """Power of ``source`` at the place of ``where``."""
    game = outcome.game
    return float(threat.reaching(game, threat.everybody(game))[_row(outcome, where), _row(outcome, source)])


def shield(outcome: Outcome, who: str, against: str) -> float:
    """Own power and believed help of ``who`` against a state."""
    game = outcome.game
    return float(threat.defence(game, threat.everybody(game), game.commitments)[_row(outcome, who), _row(outcome, against)])


def term(outcome: Outcome, country: str, name: str) -> float:
    """One term of a seat's payoff, as things stand."""
    game = outcome.game
    table = payoff(game, threat.everybody(game), game.world.received, game.commitments)
    return float(table[_row(outcome, country), TERMS.index(name)])


def status(outcome: Outcome, draft: str) -> str:
    """What became of a draft."""
    found = find_draft(outcome.game, draft)
    return "none" if found is None else found.status


def reason(outcome: Outcome, draft: str) -> str:
    """Why."""
    found = find_draft(outcome.game, draft)
    return "none" if found is None else found.reason


def _verdict(outcome: Outcome, clause: str, turn: str) -> Verdict | None:
    """The last verdict on a clause of that number (in the given turn), commitments of the scenario left aside."""
    found = [v for v in outcome.game.verdicts if str(v.clause) == clause and v.commitment != "arden-brava"]
    found = [v for v in found if not turn or str(v.turn) == turn]
    return found[-1] if found else None


def finding(outcome: Outcome, clause: str, turn: str = "") -> str:
    """What the engine found on a clause."""
    verdict = _verdict(outcome, clause, turn)
    return "none" if verdict is None else verdict.finding


def finding_reason(outcome: Outcome, clause: str) -> str:
    """And why."""
    verdict = _verdict(outcome, clause, "")
    return "none" if verdict is None else verdict.reason


def judged(outcome: Outcome, name: str, clause: str) -> str:
    """What the engine last found on a clause of the commitment of that name."""
    found = [v.finding for v in outcome.game.verdicts if (v.commitment, str(v.clause)) == (name, clause)]
    return found[-1] if found else "none"


def in_force(outcome: Outcome) -> str:
    """Parties of the newest commitment that the scenario did not bring, or ``none``."""
    found = _new(outcome.game)
    return "+".join(found[-1].terms.parties) if found else "none"


def _new(game: Game) -> list[Commitment]:
    return [c for c in game.commitments if c.id != "arden-brava" and not c.id.startswith("nato")]


def offer_fate(outcome: Outcome) -> str:
    """How the last offer that left the table left it."""
    closed = [e.outcome for entry in outcome.entries for e in entry.events if isinstance(e, ev.OfferClosed)]
    return closed[-1] if closed else "open"


def visible(outcome: Outcome, viewer: str) -> float:
    """How many commitments beyond the scenario's a viewer can see."""
    mine = {c.id for c in view(outcome.game, viewer).commitments}
    return float(len([c for c in _new(outcome.game) if c.id in mine]))


def refused(outcome: Outcome) -> str:
    """Code of the last refusal, or ``none``."""
    return outcome.declined[-1].refusal.code.value if outcome.declined else "none"


def shapley(outcome: Outcome, council: str, country: str) -> float:
    """Shapley-Shubik index by the engine's formula."""
    return councils.voting_power(_council(outcome, council))[country]


def _simple(votes: str, quota: str) -> Rule:
    """``4 4 4 2 2 1`` or ``193 x 1``: votes of the members, and how many are needed."""
    many, _, each = votes.partition(" x ")
    weights = (int(each),) * int(many) if each else tuple(int(word) for word in votes.split())
    return Rule((in_favour(weights, int(quota)),), (False,) * len(weights))


def shapley_of(_: Outcome, votes: str, quota: str, member: str) -> float:
    """Shapley-Shubik index of the member with this number, by the engine's formula, in a body of weighted votes."""
    return float(shapley_shubik(_simple(votes, quota))[int(member) - 1])


def banzhaf_of(_: Outcome, votes: str, quota: str, member: str) -> float:
    """Normalised Banzhaf index of the same."""
    return float(banzhaf_index(_simple(votes, quota))[int(member) - 1])


def banzhaf_by_formula(outcome: Outcome, council: str, country: str) -> float:
    """Normalised Banzhaf index of a council's member, by the engine's formula."""
    body = _council(outcome, council)
    return float(banzhaf_index(councils.rule_of(body))[body.members.index(country)])


def action_of(outcome: Outcome, draft: str) -> str:
    """What a draft asks for, after its amendments."""
    found = find_draft(outcome.game, draft)
    return "none" if found is None else found.action


def _council(outcome: Outcome, name: str) -> Council:
    found = find_council(outcome.game, name)
    assert found is not None, name
    return found


def banzhaf(outcome: Outcome, council: str, country: str) -> float:
    """Normalised Banzhaf index, counted over all coalitions with the engine's own bar."""
    return _swings(_council(outcome, council), councils.bar)[country]


Count = Callable[[Council, tuple[Ballot, ...]], councils.Bar]


@cache
def _swings(council: Council, bar: Count) -> dict[str, float]:  # the bar is part of the key: a planted one is counted anew
    def passes(coalition: frozenset[str]) -> bool:
        return bar(council, tuple(Ballot(country=c, choice="yes" if c in coalition else "no") for c in council.members)).passes

    counted = dict.fromkeys(council.members, 0)
    for size in range(1, len(council.members) + 1):
        for coalition in map(frozenset, combinations(council.members, size)):
            if passes(coalition):
                for member in sorted(coalition):
                    counted[member] += not passes(coalition - {member})
    return {member: count / sum(counted.values()) for member, count in counted.items()}


def _operation(outcome: Outcome, name: str) -> Operation:
    found = find_operation(outcome.game, name)
    assert found is not None, name
    return found


def operation_status(outcome: Outcome, name: str) -> str:
    """Announced, launched, cancelled, or none."""
    found = find_operation(outcome.game, name)
    return "none" if found is None else found.status


def succeeded(outcome: Outcome, name: str) -> bool:
    """Whether the battle was won."""
    return _operation(outcome, name).success


def lent(outcome: Outcome, name: str) -> float:
    """Legitimacy of an operation as things stand."""
    return legitimacy(outcome.game, _operation(outcome, name))


def bill(outcome: Outcome, name: str) -> float:
    """Cost of an operation to its leader, share of the economy, as things stand."""
    operation = _operation(outcome, name)
    return operations.leader_cost(outcome.game, operation, legitimacy(outcome.game, operation))


def battle(outcome: Outcome, leader: str, target: str) -> float:
    """Chance that ``leader`` wins a battle against ``target``, alone."""
    issue = outcome.game.atlas.issues[0].id
    return operations.success(outcome.game, Operation(id="try", leader=leader, target=target, issue=issue, turn=1))


def partner_bill(outcome: Outcome, level: Level, lent_by_others: str) -> float:
    """Cost of a contribution for a given legitimacy."""
    return operations.partner_cost(outcome.game, level, float(lent_by_others))


def joined(outcome: Outcome, name: str, country: str) -> str:
    """A country's part in an operation: side, level, and whether it was owed or paid for."""
    for c in _operation(outcome, name).coalition:
        if c.country == country:
            return " ".join([c.side, c.level, *(["owed"] if c.owed else []), *(["paid"] if c.paid else [])])
    return "none"


def position(outcome: Outcome, issue: str) -> float:
    """Where an issue stands."""
    column = issue_index(outcome.game, issue)
    assert column is not None, issue
    return float(outcome.game.world.positions[column])


def conduct(outcome: Outcome, country: str, turn: str, *definitions: str) -> str:
    """What a state is said to have done in a turn: its labels with ``+`` between them; ``narrow`` and ``profit`` change the definitions."""
    by = behaviour.Definitions(
        balancing="narrow" if "narrow" in definitions else "broad",
        bandwagoning="fear or profit" if "profit" in definitions else "fear",
    )
    chapter = next(c for c in chapters.chapters(outcome.opening, outcome.entries) if str(c.turn) == turn)
    found = next(c for c in behaviour.behaviour(chapter, by) if c.country == country)
    return " + ".join(found.labels) or "none"


FIGURES = """
economy forces poles spending mustered reach wmd bases sanctions insurgency competence
guns approval deference breaches war_cost received authority goodwill hostile kept broken
esteem yielded access leaning capital entered temper
""".split()
QUESTIONS: tuple[Measure, ...] = (
    polarity,
    share,
    felt,
    reaching,
    shield,
    term,
    status,
    reason,
    finding,
    finding_reason,
    judged,
    in_force,
    offer_fate,
    visible,
    refused,
    shapley,
    banzhaf,
    shapley_of,
    banzhaf_of,
    banzhaf_by_formula,
    action_of,
    operation_status,
    succeeded,
    lent,
    bill,
    battle,
    partner_bill,
    joined,
    position,
    conduct,
)
MEASURES: dict[str, Measure] = {
    **{name: _figure(name) for name in FIGURES},
    **{ask.__name__: ask for ask in (*QUESTIONS, *FORCE, *TREATY_QUESTIONS, *measures_society.QUESTIONS)},
}
