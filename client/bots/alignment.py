"""Whom to stand with: guarantees, mutual defence, and leagues against a common worry (W50, W91, I5, I8).

A league is thought out as a package: begin with everybody who fears the same state, see what each would gain if all of them joined, drop
those who would not, repeat.  One by one nobody would go first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self, cast

import numpy as np

from client.bots.appraisal import MARGIN, Table, besides_safety, fighting, owed_worth
from client.bots.company import companies
from client.bots.outlook import AUTONOMY, SECURITY, WELFARE
from client.bots.prices import aid_worth
from client.bots.safety import relieved, without
from client.bots.thought import Thought
from rules.exact import Array, logistic_one, product, total
from rules.force.affront import taken_ill
from rules.force.guarantees import protected
from rules.force.power import NOTHING
from rules.force.threat import losses, shield, unshielded
from rules.pacts.conditions import Honoured
from rules.pacts.institutions import autonomy_price
from rules.state import View
from rules.vocabulary import Clause, Commitment, Defend, GiveAid, JoinCoalition, Terms, VotePledge

Members = np.typing.NDArray[np.bool_]
GUARANTORS_MAX = 2  # the strongest states within reach that are asked for protection
WORRY_MIN = 0.01  # payoff: fears below this are nothing to seek allies for (W148)
BEYOND = 1  # turns for which a pact outlasts the session, so that it stands when the session is judged
FEES = (0.05, 0.25, 1.0)  # parts of a fair margin that a guarantor may be offered as its fee
LEAGUES = (3, 4, 5, 6, 8, 12)  # sizes of leagues that are thought through
PARTNERS_MIN = 2  # a league has at least so many members besides its author; with one it is a pact of two


def alliances(table: Table) -> Thought[list[Terms]]:
    """Terms of defence worth thinking about, the league first."""
    enemy = _enemy(table)
    if enemy is None:
        return []
    members = yield from _league(table, enemy)
    found = []
    if len(members) > PARTNERS_MIN and not _together(table.view, members, enemy):
        found.append(_mutual(table.view, members, enemy))
    surplus = _surplus(table, table.outlook.rows[enemy])
    for other in _protectors(table, enemy, surplus):
        found.append(_mutual(table.view, (table.view.viewer, other), enemy))
        firm = _guarantee(table, other, enemy)
        loose = firm.model_copy(update={"formal": ()})
        found += [firm, _paid_for(table, loose, other, float(surplus[table.outlook.rows[other]])), *_hanging(firm, loose)]
    return found


def _paid_for(table: Table, terms: Terms, guarantor: str, gain: float) -> Terms:
    """The terms with aid for a guarantor that would lose by them: as much as pays best, as it may refuse (W89, W99).

    ``gain``: what there is to gain together.
    """
    view, parameters, me = table.view, table.view.parameters, table.view.viewer
    worth = besides_safety(table, (), terms, guarantor)
    if worth > 0.0 or gain <= 0.0:
        return terms
    now, last = view.moment.turn, max(view.atlas.turns, view.moment.turn)
    unit = (last - now + 1) * aid_worth(table.outlook, me, 1.0)  # payoff of a bn USD a turn to the player
    theirs = parameters.cred_prior * (last - now + 1) * aid_worth(table.outlook, guarantor, 1.0)
    limit = parameters.aid_share_max * float(view.world.economy[view.me])
    amounts = [round((part * MARGIN - worth) / max(theirs, NOTHING), 3) for part in FEES]
    hopes = [
        logistic_one(table.outlook.skill * (worth + theirs * amount)) * (gain - worth - unit * amount) if amount <= limit else 0.0
        for amount in amounts
    ]
    best = int(np.argmax(hopes))
    if hopes[best] <= 0.0 or amounts[best] <= 0.0:
        return terms
    fee = GiveAid.believed(debtor=me, since=now, until=last, to=guarantor, amount=amounts[best])
    return terms.model_copy(update={"clauses": (*terms.clauses, fee)})


def _enemy(table: Table) -> str | None:
    """The state from which most threat gets past the player's defence."""
    loss = table.fear.loss[table.outlook.me]
    row = int(np.argmax(loss))
    return table.view.atlas.countries[row] if loss[row] > WORRY_MIN else None


def _protectors(table: Table, enemy: str, surplus: Array) -> Iterator[str]:
    """The states with which there is most to gain together by a guarantee against the enemy, and that have not given it yet."""
    view, me = table.view, table.view.viewer
    found = 0
    for row in np.argsort(-surplus, kind="stable"):
        other = view.atlas.countries[int(row)]
        if other in (me, enemy):
            continue
        if not _guarded(view, me, other):
            yield other
        found += 1
        if found == GUARANTORS_MAX:
            return


def _surplus(table: Table, enemy: int) -> Array:
    """What each state's help against the enemy would add to the player's safety, less what fighting for it would cost.  Shape [state]."""
    outlook, fear, me, parameters = table.outlook, table.fear, table.outlook.me, table.view.parameters
    help_ = outlook.brought(0.0)[me] * outlook.devotion.stakes[:, enemy] * fear.there[me]
    left = unshielded(np.ones(()), help_, fear.there[me, enemy], parameters)
    more = np.maximum(fear.threat[me, enemy] - fear.threat[:, enemy], 0.0) * outlook.board.favour[:, enemy]
    surplus: Array = parameters.security_value * fear.loss[me, enemy] * (1.0 - left) - fighting(parameters) * more
    return surplus


def _guarantee(table: Table, guarantor: str, enemy: str) -> Terms:
    """The guarantor is bound in form; the client pledges its votes and its company, informally (I4, I5, I8)."""
    view, me = table.view, table.view.viewer
    now, last = view.moment.turn, view.atlas.turns + BEYOND
    clauses: list[Clause] = [
        Defend.believed(debtor=guarantor, since=now, until=last, ally=me),
        JoinCoalition.believed(debtor=me, since=now, until=last, target=enemy, level="token"),
    ]
    sought = [draft.issue for draft in table.drafts if guarantor in draft.sponsors and table.plain[draft.id].seat(me) >= 0]
    clauses.extend(VotePledge.believed(debtor=me, since=now, until=last, issue=issue, choice="yes") for issue in dict.fromkeys(sought))
    return Terms.believed(parties=(me, guarantor), clauses=tuple(clauses), formal=(guarantor,))


def _hanging(*guarantees: Terms) -> Iterator[Terms]:
    """The same guarantees, good only while the client keeps the votes that it pledges, which are believed for what hangs on them (W155)."""
    for terms in guarantees:
        owing = next((c.debtor for c in terms.clauses if isinstance(c, VotePledge)), None)
        if owing is not None:
            kept = Honoured.believed(country=owing)
            clauses = tuple(c.model_copy(update={"when": kept}) if isinstance(c, Defend) else c for c in terms.clauses)
            yield terms.model_copy(update={"clauses": clauses})


def _mutual(view: View, members: tuple[str, ...], enemy: str) -> Terms:
    """Each comes to the help of all the others against one state."""
    now, last = view.moment.turn, view.atlas.turns + BEYOND
    clauses = tuple(Defend.believed(debtor=c, since=now, until=last, against=enemy) for c in members)
    return Terms.believed(parties=members, clauses=clauses, formal=members)


def _guarded(view: View, client: str, guarantor: str) -> bool:
    return any(
        isinstance(clause, Defend) and clause.debtor == guarantor and client in protected(c, clause)
        for c in view.commitments
        for clause in c.terms.clauses
    )


def _together(view: View, members: tuple[str, ...], enemy: str) -> bool:
    """Whether these states are bound against the enemy, or asked to be, already."""
    standing = [*(c.terms for c in view.commitments), *(o.terms for o in view.offers)]
    joint = [terms for terms in standing if set(members) <= set(terms.parties)]
    return any(isinstance(c, Defend) and c.against == enemy for terms in joint for c in terms.clauses)


@dataclass(frozen=True, eq=False)
class Leagues:
    """The question who would stand together with the player against ``enemy``, a row."""

    table: Table
    enemy: int

    @classmethod
    def answers(cls, questions: Sequence[Self]) -> Sequence[object]:
        """The rows of the members, or nothing, for each question."""
        found: dict[int, tuple[int, ...]] = {}
        for numbers in companies(questions, lambda q: (len(q.table.view.atlas.countries), q.table.view.parameters)):
            inside = _willing([questions[number] for number in numbers])
            found |= {number: tuple(int(row) for row in np.flatnonzero(inside[k])) for k, number in enumerate(numbers)}
        return [found[number] for number in range(len(questions))]


def _league(table: Table, enemy: str) -> Thought[tuple[str, ...]]:
    """The members of a league against the enemy with the player first; none if the player would not gain."""
    rows = cast(tuple[int, ...], (yield Leagues(table, table.outlook.rows[enemy])))
    if table.outlook.me not in rows:
        return ()
    others = [table.view.atlas.countries[row] for row in rows if row != table.outlook.me]
    return (table.view.viewer, *others)


def _willing(asked: Sequence[Leagues]) -> Members:
    """Who should stand together, in the eyes of each player: shape [question, state]; nobody if it would not gain.

    Leagues of the strongest three, four ... are thought through side by side, and the one that is best for the player is taken.
    """
    bases = _rising(asked)  # [question, league, state]
    sides = _Sides(asked)
    inside = bases
    for _ in range(bases.shape[-1]):
        net = np.where(inside, sides.gain(inside) - sides.price(inside), 0.0)
        worst = np.minimum.reduce(net, axis=-1)[..., None]
        kept = inside & ((net > 0.0) | (net > worst))
        if (kept == inside).all():
            break
        inside = kept
    me = np.array([q.table.outlook.me for q in asked])
    net = sides.gain(inside) - sides.price(inside)
    mine = np.take_along_axis(net, me[:, None, None], axis=-1)[..., 0]
    joined = np.take_along_axis(inside, me[:, None, None], axis=-1)[..., 0]
    mine = np.where(joined, mine, -1.0)
    best = np.argmax(mine, axis=-1)
    rows = np.arange(len(asked))
    chosen: Members = inside[rows, best] & (mine[rows, best] > 0.0)[:, None]
    return chosen


def _rising(asked: Sequence[Leagues]) -> Members:
    """The player with the two, three ... states that bring most to a fight against the enemy.  Shape [question, league, state]."""
    found = []
    for q in asked:
        forces = q.table.view.world.forces.copy()
        forces[q.enemy], forces[q.table.outlook.me] = -1.0, np.inf
        rank = np.argsort(np.argsort(-forces, kind="stable"), kind="stable")
        afraid = q.table.fear.threat[:, q.enemy] > 0.0
        found.append([afraid & (rank < size) for size in LEAGUES if size < len(forces) or size == LEAGUES[0]])
    rising: Members = np.array(found)
    return rising


class _Sides:
    """What membership gives and costs in many imagined leagues at once; arrays of shape [question, league, state]."""

    def __init__(self, asked: Sequence[Leagues]) -> None:
        self.parameters = asked[0].table.view.parameters
        self.threat, self.help, self.there = (_column(asked, name)[:, None, :] for name in ("threat", "help", "there"))
        self.common, self.gave, self.hope = (_column(asked, name)[:, None, :] for name in ("common", "gave", "hope"))
        self.weapons = np.array([q.table.outlook.board.deterrent for q in asked])[:, None, :]
        self.forces = np.array([q.table.view.world.forces for q in asked])[:, None, :]
        self.brought = np.array([_brought(q) for q in asked])
        weights = np.array([q.table.outlook.weights for q in asked])[:, None, :, :]
        self.security, self.welfare = self.parameters.security_value * weights[..., SECURITY], weights[..., WELFARE]
        self.form = self.parameters.formality_price * weights[..., AUTONOMY]
        leaning = np.array([q.table.view.atlas.dependence[:, q.enemy] for q in asked])[:, None, :]
        self.leaning = self.parameters.dependence_value * leaning * self.welfare
        felt = self.threat - np.swapaxes(self.threat, -1, -2)  # how much more each other state is threatened
        favour = np.array([q.table.outlook.board.favour[:, q.enemy] for q in asked])[..., None]
        self.burden = fighting(self.parameters) * np.maximum(felt, 0.0) * favour
        self.alone = self._loss(self.help)

    def gain(self, inside: Members) -> Array:
        """Safety that the help of the others adds for each state."""
        gained: Array = self.security * (self.alone - self._loss(self.help + _summed(self.brought, inside)))
        return gained

    def _loss(self, support: Array) -> Array:
        common, there = self.common[..., None], self.there[..., None]
        held = shield(self.forces, support[..., None], self.weapons, common, there, self.parameters)[..., 0]
        return losses(self.threat, held, self.there, self.gave, self.hope, self.parameters)

    def price(self, inside: Members) -> Array:
        """Form, the anger of the enemy, and the fights of the others, which all share."""
        count = np.maximum(total(np.where(inside, 1.0, 0.0)), 1.0)[..., None]
        fights = _summed(self.burden, inside) / count
        paid: Array = self.form + self.leaning * taken_ill(count, self.parameters) + fights * self.welfare
        return paid


def _summed(each: Array, inside: Members) -> Array:
    """What the members of a league come to for each state.  ``each [question, state, member]`` -> ``[question, league, state]``."""
    return np.swapaxes(product(each, np.swapaxes(np.where(inside, 1.0, 0.0), -1, -2)), -1, -2)


def _column(asked: Sequence[Leagues], name: str) -> Array:
    column: Array = np.array([getattr(q.table.fear, name)[:, q.enemy] for q in asked])
    return column


def _brought(question: Leagues) -> Array:
    """What each state would bring to the help of each other, bound in form.  Shape [row, helper]."""
    outlook, there = question.table.outlook, question.table.fear.there
    quarrelling = outlook.devotion.stakes[:, question.enemy]
    brought: Array = outlook.brought(outlook.view.parameters.formal_trust) * quarrelling * there * (1.0 - np.eye(len(there)))
    return brought


def departures(table: Table) -> Thought[list[tuple[Commitment, float]]]:
    """The player's defence pacts, with what it is worth to stay in each."""
    view, me = table.view, table.view.viewer
    mine = [c for c in view.commitments if me in c.terms.parties and all(d.country != me for d in c.leaving) and _owes_defence(c, me)]
    lost = yield from relieved(without(table.outlook, table.fear, c) for c in mine)
    weight = float(table.outlook.weights[table.outlook.me, AUTONOMY])
    kept = [owed_worth(table, c.terms, me) - weight * autonomy_price(view, c.terms, me) for c in mine]
    return [(c, worth - value) for c, worth, value in zip(mine, kept, lost, strict=True)]


def _owes_defence(commitment: Commitment, country: str) -> bool:
    return any(isinstance(clause, Defend) and clause.debtor == country for clause in commitment.terms.clauses)
