"""Bodies that vote: what must fit together in ``[[council]]`` so that the rule can be counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rules.bodies.councils import rule_of
from rules.bodies.voting_power import CELLS_MAX, labour
from rules.state import Council
from scenarios.faults import Fault, nearest
from scenarios.folder import MAIN
from scenarios.schema import Body, ScenarioFile


def faults(data: ScenarioFile) -> Iterator[Fault]:
    """Everything that is wrong with the bodies of a scenario."""
    countries = [land.id for land in data.country]
    for body in data.council:
        key = f"council[{body.id}]"
        for member in body.members:
            if member not in countries:
                yield Fault(MAIN, f"{key}.members", f"{member} is not a country of this scenario.", nearest(member, countries))
        for member in body.permanent:
            if member not in body.members:
                yield Fault(MAIN, f"{key}.permanent", f"{member} is not a member.", "Add it to members or take it out.")
        found = [*_each_member(key, body), *_numbers(key, body), *_rule(key, body)]
        yield from found
        if not found and labour(rule_of(council(body))) > CELLS_MAX:
            yield Fault(MAIN, key, "counts in units too fine to work out chances of adoption.", "Give weights and people in coarser units.")


def council(body: Body) -> Council:
    """A body as the rules know it."""
    return Council(
        id=body.id,
        title=body.title,
        members=body.members,
        permanent=body.permanent,
        threshold=body.threshold,
        veto=body.veto,
        method=body.rule,
        weights=tuple(body.weights[c] for c in body.members) if body.weights else (),
        heads=body.heads,
        people=tuple(body.people[c] for c in body.members) if body.people else (),
        people_needed=body.people_needed,
        quorum=body.quorum,
        important=body.important,
        mandate=body.mandate,
    )


def votes(body: Body) -> int:
    """All votes there are in a body."""
    return sum(body.weights.values()) if body.weights else len(body.members)


def _each_member(key: str, body: Body) -> Iterator[Fault]:
    """Numbers a member must be given to every member and to nobody else."""
    tables: dict[str, Mapping[str, int]] = {"weights": body.weights, "people": body.people}
    for name, table in tables.items():
        for country in sorted(set(table) ^ set(body.members)) if table else ():
            wrong = f"{country} is not a member." if country in table else f"{country} has no number."
            yield Fault(MAIN, f"{key}.{name}", wrong, "Give one number to each member.")


def _numbers(key: str, body: Body) -> Iterator[Fault]:
    limits = {
        "threshold": (body.threshold, votes(body), "votes in favour"),
        "heads": (body.heads, len(body.members), "members in favour"),
        "quorum": (body.quorum, len(body.members), "members present"),
        "people_needed": (body.people_needed, sum(body.people.values()), "people"),
    }
    for name, (number, most, what) in limits.items():
        if number > most:
            wrong = f"{number} {what} cannot come from {most}."
            yield Fault(MAIN, f"{key}.{name}", wrong, f"Use a number from {'1' if name == 'threshold' else '0'} to {most}.")


def _rule(key: str, body: Body) -> Iterator[Fault]:
    unanimous = body.rule in ("consensus", "forum")
    if body.rule == "count" and not body.threshold:
        yield Fault(MAIN, f"{key}.threshold", "is missing, so every draft would pass.", f"Use a number from 1 to {votes(body)}.")
    if body.rule != "count" and body.threshold:
        yield Fault(MAIN, f"{key}.threshold", f"has no meaning where the rule is {body.rule}.", "Leave it out, or write rule = \"count\".")
    if body.important and body.rule != "majority":
        remedy = "Leave it out, or write rule = \"majority\"."
        yield Fault(MAIN, f"{key}.important", f"has no meaning where the rule is {body.rule}.", remedy)
    if unanimous and (body.veto or body.weights):
        name = "veto" if body.veto else "weights"
        yield Fault(MAIN, f"{key}.{name}", "has no meaning where nobody may object.", "Leave it out.")
    if body.veto and not body.permanent:
        remedy = "Name the members that may veto, or set veto = false."
        yield Fault(MAIN, f"{key}.permanent", "is empty, so nobody could use the veto.", remedy)
