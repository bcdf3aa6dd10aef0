"""What differs between the games of an experiment, in short lines: one for each thing that a change does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from client.laboratory.schema import Alteration, Bound, Change, Condition, ExperimentFile, Scripted, Selection

SHARED = "all games"


def differences(data: ExperimentFile) -> list[tuple[str, tuple[str, ...]]]:
    """(games, what is changed in them): what all share, then each level of each factor, then ablations, placebos and null bots."""
    rows = [(SHARED, data.setup)]
    for factor in data.factors:
        rows += [(level if factor.name == "treatment" else f"{factor.name} {level}", change) for level, change in factor.levels.items()]
    kinds = (("without", data.ablation), ("placebo", data.placebo), ("null", data.null))
    rows += [(f"{kind}: {variant.name}", variant) for kind, variants in kinds for variant in variants]
    found = [(name, tuple(lines(change))) for name, change in rows]
    return [(name, said or ("nothing",)) for name, said in found if said or name != SHARED]


def lines(change: Change) -> Iterator[str]:
    """What a change does, thing by thing."""
    yield from (f"{name} = {_short(value)}" for name, value in change.parameters.items())
    yield from map(_altered, change.figures)
    yield from (f"in force: {_in_force(terms)}" for terms in change.commitments)
    yield from (f"not in force: {name}" for name in change.drop)
    yield from map(_scripted, change.orders)
    yield from (f"{_who(rule.by)} kept from acts with {_asked(rule.act)}" for rule in change.withhold)
    if change.cast:
        yield f"played by {change.cast}"
    if change.turns is not None:
        yield f"turns: {change.turns}"


def _altered(change: Alteration) -> str:
    towards = "" if change.towards is None else f" {'and' if change.both else 'towards'} {_who(change.towards)}"
    steps = (("=", change.set), ("times", change.times), ("plus", change.plus))
    return f"{change.figure} of {_who(change.of)}{towards} {', '.join(f'{word} {value:g}' for word, value in steps if value is not None)}"


def _in_force(terms: Mapping[str, object]) -> str:
    clauses = terms.get("clauses")
    kinds = [str(clause["kind"]) for clause in clauses if isinstance(clause, dict)] if isinstance(clauses, tuple) else []
    name = str(terms.get("title") or terms.get("id") or "a commitment")
    return f"{name} ({', '.join(dict.fromkeys(kinds))})" if kinds else name


def _scripted(item: Scripted) -> str:
    act = ", ".join(_short(value) if key == "kind" else f"{key} {_short(value)}" for key, value in item.act.items())
    when = f"turn {item.turn}, {item.phase}" if item.round == 1 else f"turn {item.turn}, {item.phase} {item.round}"
    return f"{when}: {_who(item.by)} gives {act}"


def _asked(conditions: Mapping[str, Condition]) -> str:
    return ", ".join(f"{name} {_condition(condition)}" for name, condition in conditions.items())


def _condition(condition: Condition) -> str:
    if isinstance(condition, Bound):
        given = condition.model_dump(exclude_none=True)
        return " and ".join(f"{key.replace('_', ' ')} {_short(value)}" for key, value in given.items())
    return _short(condition)


def _who(selection: Selection) -> str:
    return "all" if selection == "*" else _short(selection)


def _short(value: object) -> str:
    match value:
        case float():
            return f"{value:g}"
        case tuple():
            return ", ".join(map(_short, value))
        case dict():
            return " ".join(f"{key} {_short(inner)}" for key, inner in value.items())
        case _:
            return str(value)
