"""What it is worth to be spared, and to spare: pledges of restraint and non-aggression (W82, W83, W88).

A threatened state gains by giving way only as far as it believes that giving way will spare it.  That belief is the other's credibility,
scaled down by how aggressive it is thought to be: the word of a conqueror is worth little, and a display of power changes nothing here.
"""

from __future__ import annotations

from client.bots.outlook import ALARM, SECURITY, Outlook, as_things_stand, defeat, launch_chance, leader_value, war_value
from client.bots.safety import Fear
from rules.force.guarantees import trusted
from rules.pacts.institutions import firmness
from rules.vocabulary import Clause, Commitment, NonAggression, Operation, Restraint, Terms


def spares(clause: Clause, parties: tuple[str, ...], target: str) -> bool:
    """Whether a clause forbids its debtor to attack ``target``."""
    match clause:
        case Restraint():
            return clause.towards == target
        case NonAggression():
            return clause.debtor != target and (clause.ally == target or (clause.ally is None and target in parties))
        case _:
            return False


def sparing_worth(outlook: Outlook, fear: Fear, terms: Terms, clause: Clause, country: str) -> float:
    """What a pledge not to attack is worth to a country: to who is spared, to who gives up an attack, nothing to others."""
    if country != clause.debtor and spares(clause, terms.parties, country):
        return _belief(outlook, terms, clause, country) * _danger(outlook, fear, clause.debtor, country)
    if country != clause.debtor:
        return 0.0
    plans = [o for o in _plans(outlook, country) if spares(clause, terms.parties, o.target)]
    return -max((_worth_to_leader(outlook, operation) for operation in plans), default=0.0)


def _belief(outlook: Outlook, terms: Terms, clause: Clause, country: str) -> float:
    """How far the country believes that it will be spared (p_spare)."""
    row, debtor = outlook.rows[country], outlook.rows[clause.debtor]
    record = float(outlook.believed[debtor]) if row == outlook.me else outlook.view.parameters.cred_prior
    kept = trusted(record, firmness(terms, clause.debtor, outlook.view.parameters))
    return kept * (1.0 - float(outlook.beliefs[debtor]))


def _danger(outlook: Outlook, fear: Fear, debtor: str, country: str) -> float:
    """What the country expects to lose by the other's attack, prepared or feared."""
    row = outlook.rows[country]
    feared = outlook.view.parameters.security_value * float(fear.loss[row, outlook.rows[debtor]]) * float(outlook.weights[row, SECURITY])
    prepared_against = [o for o in _plans(outlook, debtor) if o.target == country]
    return feared + max((_expected_loss(outlook, operation, row) for operation in prepared_against), default=0.0)


def _plans(outlook: Outlook, leader: str) -> list[Operation]:
    return [o for o in outlook.view.operations if o.leader == leader and o.status == "announced"]


def _expected_loss(outlook: Outlook, operation: Operation, row: int) -> float:
    authorised, refused = as_things_stand(outlook, operation)
    chance = max(launch_chance(outlook, operation, authorised=authorised, refused=refused), ALARM)
    harm = float(defeat(outlook, operation)[row]) - war_value(outlook, operation, row, authorised=True)
    return chance * max(harm, 0.0)


def _worth_to_leader(outlook: Outlook, operation: Operation) -> float:
    authorised, refused = as_things_stand(outlook, operation)
    return max(leader_value(outlook, operation, authorised=authorised, refused=refused), 0.0)


def sworn_off(outlook: Outlook, target: str) -> list[Commitment]:
    """The player's commitments that an attack on ``target`` would break now."""
    view = outlook.view
    return [
        commitment
        for commitment in view.commitments
        if any(
            clause.debtor == view.viewer
            and clause.since <= view.moment.turn <= clause.until
            and clause.when is None
            and spares(clause, commitment.terms.parties, target)
            for clause in commitment.terms.clauses
        )
    ]
