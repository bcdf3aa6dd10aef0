"""Tables of what happened in a finished game.  Every metric is a filter over one of them.

| table | one row for each | fields beside those of the record itself |
|---|---|---|
| events | event of the log | kind, turn, phase, author (of the order) |
| orders | act that was accepted | kind, turn, phase, author |
| seats | state and turn (0 is the opening) | turn, country, share, its figures; matrices by column: hostile.FRA, payoff.security |
| commitments | in force in a turn | turn, id, kinds, debtors, named, covered, parties, formal, secret, institution, size, share, power |
| clauses | clause in force in a turn | turn, id, parties, formal (for its debtor), secret, conditional, inherited, its own fields |
| blocs | states joined by defence against one, in a turn | turn, against, named (by clauses that name it), members, size, share, power |
| drafts | draft, at the end | all of the draft |
| ballots | ballot of a draft | draft, council, action, issue, pressed, author, country, choice |
| operations | operation, at the end | all of the operation, size, cost (of the leader), partners_cost |
| contributions | contribution to an operation | operation, leader, target, status, country, side, level, owed, paid, lent (legitimacy) |
| verdicts | judged clause | all of the verdict |
| labels | label of a state in a turn | turn, country, fears, label: what the state did towards the unipole, by: the kinds of signs for it |

``power`` is the forces of the parties without the unipole as a multiple of the unipole's (of a bloc: of those of the state it is
against); ``share`` their share of all forces.  ``named`` are the states that defence clauses name, ``covered`` those that they name or, by
naming nobody, include.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from client.laboratory.conditions import Row, Value, flattened
from client.laboratory.course import Course
from client.laboratory.openings import axes_of, figures
from rules.bodies.legitimacy import lent_by
from rules.exact import Array, add
from rules.force.guarantees import protected
from rules.force.power import shares
from rules.labels.behaviour import behaviour
from rules.labels.chapters import chapters
from rules.state import TERMS, Game
from rules.vocabulary import Commitment, Defend


def events(course: Course) -> Iterator[Row]:
    """Every event."""
    for happened in course.entries:
        moment, order = happened.moment, happened.entry.order
        when: Row = {"turn": float(moment.turn), "phase": moment.phase, "author": order.author}
        for event in happened.entry.events:
            yield {**when, **flattened(event)}


def orders(course: Course) -> Iterator[Row]:
    """Every act that was accepted; sealed acts count when they are given."""
    for happened in course.entries:
        order = happened.entry.order
        yield {"turn": float(happened.moment.turn), "phase": happened.moment.phase, "author": order.author, **flattened(order.act)}


def seats(course: Course) -> Iterator[Row]:
    """Every state at the end of every turn."""
    for turn, game in enumerate(course.ends):
        portions = shares(game.world.forces)
        columns = dict(columns_of(game))
        for row, country in enumerate(game.atlas.countries):
            found: dict[str, Value] = {"turn": float(turn), "country": country, "share": float(portions[row])}
            found.update({name: float(column[row]) for name, column in columns.items()})
            yield found


def columns_of(game: Game) -> Iterator[tuple[str, Array]]:
    """Each figure of states as named columns."""
    countries = game.atlas.countries
    for name, array in figures(game).items():
        axes = axes_of(game, name, array)
        if axes[0] != countries or array.shape != tuple(len(axis) for axis in axes):
            continue
        if len(axes) == 1:
            yield name, array
        else:
            yield from ((f"{name}.{column}", array[:, k]) for k, column in enumerate(axes[1]))
    yield from ((f"payoff.{term}", game.world.payoff[:, k]) for k, term in enumerate(TERMS))


def commitments(course: Course) -> Iterator[Row]:
    """Every commitment in force, turn by turn."""
    for turn, game, treaty in _in_force(course):
        parties = treaty.terms.parties
        guards = [c for c in treaty.terms.clauses if isinstance(c, Defend)]
        yield {
            "turn": float(turn),
            "id": treaty.id,
            "kinds": tuple(dict.fromkeys(c.kind for c in treaty.terms.clauses)),
            "debtors": tuple(dict.fromkeys(c.debtor for c in treaty.terms.clauses)),
            "named": tuple(dict.fromkeys(c.against for c in guards if c.against is not None)),
            "covered": _covered(game, treaty),
            "parties": parties,
            "formal": treaty.terms.formal,
            "secret": treaty.terms.secret,
            "institution": float(treaty.terms.institution),
            "size": float(len(parties)),
            "share": _share(game, parties),
            "power": _power(game, parties, game.atlas.unipole),
            "inherited": any(c.id == treaty.id for c in course.opening.commitments),
        }


def clauses(course: Course) -> Iterator[Row]:
    """Every clause in force, turn by turn, within its span."""
    for turn, _, treaty in _in_force(course):
        for clause in treaty.terms.clauses:
            if clause.since <= turn <= clause.until:
                head: Row = {
                    "turn": float(turn),
                    "id": treaty.id,
                    "parties": treaty.terms.parties,
                    "formal": clause.debtor in treaty.terms.formal,
                    "secret": treaty.terms.secret,
                    "conditional": clause.when is not None,
                    "inherited": any(c.id == treaty.id for c in course.opening.commitments),
                }
                yield {**head, **flattened(clause)}


def blocs(course: Course) -> Iterator[Row]:
    """States that defend each other against one state, directly or through others, turn by turn: by clauses that name it, and by any."""
    for turn, game in enumerate(course.ends):
        for against in game.atlas.countries:
            for by_name in (False, True):
                for members in _joined(_links(course.treaties[turn], against, by_name=by_name)):
                    yield {
                        "turn": float(turn),
                        "against": against,
                        "named": by_name,
                        "members": members,
                        "size": float(len(members)),
                        "share": _share(game, members),
                        "power": _power(game, members, against),
                    }


def _links(treaties: Sequence[Commitment], against: str, *, by_name: bool) -> list[tuple[str, str]]:
    """(defender, defended) of all clauses against a state."""
    return [
        (clause.debtor, ally)
        for treaty in treaties
        for clause in treaty.terms.clauses
        if isinstance(clause, Defend) and clause.against in ((against,) if by_name else (against, None))
        for ally in protected(treaty, clause)
        if against not in (clause.debtor, ally)
    ]


def _joined(links: list[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """The connected sets of the graph of links."""
    sets: list[set[str]] = []
    for pair in links:
        touched = [s for s in sets if s & set(pair)]
        sets = [s for s in sets if not s & set(pair)]
        sets.append(set(pair).union(*touched))
    yield from (tuple(sorted(s)) for s in sets)


def _in_force(course: Course) -> Iterator[tuple[int, Game, Commitment]]:
    for turn, treaties in enumerate(course.treaties):
        if turn:
            yield from ((turn, course.ends[turn], treaty) for treaty in treaties)


def _covered(game: Game, treaty: Commitment) -> tuple[str, ...]:
    guards = [c for c in treaty.terms.clauses if isinstance(c, Defend)]
    named = {c.against for c in guards if c.against is not None}
    anybody = any(c.against is None for c in guards)
    return tuple(c for c in game.atlas.countries if c in named or (anybody and c not in treaty.terms.parties))


def _share(game: Game, members: tuple[str, ...]) -> float:
    portions = shares(game.world.forces)
    return add(float(portions[game.atlas.countries.index(c)]) for c in members)


def _power(game: Game, members: tuple[str, ...], against: str) -> float:
    """Forces of the members but that state, as a multiple of that state's."""
    forces, countries = game.world.forces, game.atlas.countries
    theirs = float(forces[countries.index(against)])
    return add(float(forces[countries.index(c)]) for c in members if c != against) / theirs if theirs > 0.0 else 0.0


def drafts(course: Course) -> Iterator[Row]:
    """Every draft, as it stood at the end."""
    yield from (flattened(draft) for draft in course.final.drafts)


OF_THE_DRAFT = frozenset(("council", "action", "issue", "target", "pressed", "author", "turn", "status"))


def ballots(course: Course) -> Iterator[Row]:
    """Every ballot that was cast."""
    for draft in course.final.drafts:
        head = {key: value for key, value in flattened(draft).items() if key in OF_THE_DRAFT}
        yield from ({**head, "draft": draft.id, "country": b.country, "choice": b.choice} for b in draft.ballots)


def operations(course: Course) -> Iterator[Row]:
    """Every operation, with what it cost its leader and its partners in the turn in which it was launched."""
    launched = {row["operation.id"]: int(_number(row["turn"])) for row in events(course) if row["kind"] == "operation-launched"}
    for operation in course.final.operations:
        inside = tuple(c.country for c in operation.coalition if c.side == "attack")
        turn = launched.get(operation.id)
        yield {
            **flattened(operation),
            "size": float(len(inside)),
            "launched": float(turn) if turn is not None else None,
            "cost": _spent(course, turn, (operation.leader,)),
            "partners_cost": _spent(course, turn, inside),
        }


def _number(value: Value) -> float:
    assert isinstance(value, float), "turns are numbers"
    return value


def _spent(course: Course, turn: int | None, countries: tuple[str, ...]) -> Value:
    """What some states spent on operations in a turn, as a share of their economies."""
    if turn is None:
        return None
    before, after = course.ends[turn - 1].world.war_cost, course.ends[turn].world.war_cost
    rows = [course.final.atlas.countries.index(c) for c in countries]
    return add(float(after[row]) - float(before[row]) for row in rows)


def contributions(course: Course) -> Iterator[Row]:
    """Every contribution to an operation."""
    for operation in course.final.operations:
        head: Row = {
            "operation": operation.id,
            "leader": operation.leader,
            "target": operation.target,
            "status": operation.status,
            "turn": float(operation.turn),
        }
        yield from ({**head, "lent": lent_by(course.final, operation, c), **flattened(c)} for c in operation.coalition)


def verdicts(course: Course) -> Iterator[Row]:
    """Every judged clause."""
    for happened in course.entries:
        for event in happened.entry.events:
            if event.kind == "judged":
                yield {key.removeprefix("verdict."): value for key, value in flattened(event).items()}


def labels(course: Course) -> Iterator[Row]:
    """What each state did towards the unipole, by the classifier; a state may have several labels in a turn."""
    for chapter in chapters(course.opening, (happened.entry for happened in course.entries)):
        for conduct in behaviour(chapter):
            about: Row = {"turn": float(conduct.turn), "country": conduct.country, "fears": conduct.fears}
            for finding in conduct.findings:
                yield {**about, "label": finding.label, "by": tuple(dict.fromkeys(sign.meaning for sign in finding.evidence))}


TABLES: dict[str, Callable[[Course], Iterator[Row]]] = {
    "events": events,
    "orders": orders,
    "seats": seats,
    "commitments": commitments,
    "clauses": clauses,
    "blocs": blocs,
    "drafts": drafts,
    "ballots": ballots,
    "operations": operations,
    "contributions": contributions,
    "verdicts": verdicts,
    "labels": labels,
}
