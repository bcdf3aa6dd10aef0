"""What one table of a scenario says about another: countries, sources, issues, sheets, parameters and
predicates must exist and fit.

The schema checks each table by itself; here the whole is checked, and every fault is found in one reading.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from pydantic import BaseModel

from rules.interests import objectives
from rules.parameters import default, registry
from rules.spec import fault
from scenarios import bodies, pacts
from scenarios.entries import Figure
from scenarios.faults import Fault, name_of, nearest
from scenarios.folder import MAIN
from scenarios.schema import Override, ScenarioFile, Tie, TieKind

TWO_WAY: frozenset[TieKind] = frozenset({"ally", "league", "rio", "rivalry", "war"})
"""Kinds of tie that bind both ends alike, so that one entry says it for both."""


def faults(data: ScenarioFile, sheets: Collection[str]) -> list[Fault]:
    """Everything that does not fit together; ``sheets`` are the paths of the files in the folder."""
    return [
        *_heading(data),
        *_doubles(data),
        *_sources(data),
        *_parameters(data),
        *_money(data),
        *_ties(data),
        *bodies.faults(data),
        *_pacts(data),
        *_seats(data, sheets),
        *_aims(data),
    ]


def _fault(key: str, wrong: str, remedy: str) -> Fault:
    return Fault(MAIN, key, wrong, remedy)


def _known(key: str, country: str, countries: Collection[str]) -> Iterator[Fault]:
    if country not in countries:
        yield _fault(key, f"{country} is not a country of this scenario.", nearest(country, countries))


def _countries(data: ScenarioFile) -> tuple[str, ...]:
    return tuple(land.id for land in data.country)


def _heading(data: ScenarioFile) -> Iterator[Fault]:
    yield from _known("scenario.unipole", data.scenario.unipole, _countries(data))
    for question in data.issue:
        if question.target is not None:
            yield from _known(f"issue[{question.id}].target", question.target, _countries(data))
    turns = data.scenario.turns
    for number, notice in enumerate(data.news, start=1):
        if notice.turn > turns:
            yield _fault(f"news[{number}].turn", f"turn {notice.turn} never comes.", f"Use a turn from 1 to {turns}.")
    steps = data.schedule
    for name in ("orders", "negotiation"):
        if not getattr(steps, name).rounds:
            yield _fault(f"schedule.{name}.rounds", "is 0, so nobody can act.", "Give the phase at least one round.")


def _doubles(data: ScenarioFile) -> Iterator[Fault]:
    lists: dict[str, list[str]] = {
        "country": list(_countries(data)),
        "council": [body.id for body in data.council],
        "issue": [question.id for question in data.issue],
        "commitment": [pact.id for pact in data.commitment],
        "seat": [place.country for place in data.seat],
    }
    lists |= {f"council[{body.id}].members": list(body.members) for body in data.council}
    lists |= {f"council[{body.id}].permanent": list(body.permanent) for body in data.council}
    lists |= {f"commitment[{pact.id}].parties": list(pact.parties) for pact in data.commitment}
    lists |= {f"seat[{place.country}].objectives": [aim.id for aim in place.objectives] for place in data.seat}
    for key, ids in lists.items():
        for name in sorted({name for name in ids if ids.count(name) > 1}):
            yield _fault(f"{key}[{name}]", "stands there more than once.", "Keep one of them.")


def sourced(item: object, path: str = "") -> Iterator[tuple[str, str]]:
    """(key path, source) of everything in a file that names a source."""
    if isinstance(item, BaseModel):
        source = getattr(item, "source", None)
        if isinstance(source, str):
            yield f"{path}.source", source
        for name, info in type(item).model_fields.items():
            key = info.alias or name
            yield from sourced(getattr(item, name), f"{path}.{key}" if path else key)
    elif isinstance(item, Mapping):
        for name, value in item.items():
            yield from sourced(value, f"{path}.{name}")
    elif isinstance(item, tuple):
        for number, value in enumerate(item, start=1):
            named = name_of(value.model_dump(by_alias=True)) if isinstance(value, BaseModel) else ""
            yield from sourced(value, f"{path}[{named or number}]")


def _sources(data: ScenarioFile) -> Iterator[Fault]:
    for key, source in sourced(data):
        if source not in data.sources:
            remedy = f"{nearest(source, data.sources)} Or add [sources.{source}]."
            yield _fault(key, f"{source!r} is not a source of this scenario.", remedy)


def _parameters(data: ScenarioFile) -> Iterator[Fault]:
    known = registry()
    for name, override in data.parameters.items():
        key = f"parameters.{name}"
        if name not in known:
            yield _fault(key, "is not a parameter of the rules.", nearest(name, known))
        else:
            yield from _bounds(f"{key}.value", name, override)


def _bounds(key: str, name: str, override: Override) -> Iterator[Fault]:
    spec = registry()[name]
    if fault(name, spec, override.value) is None:
        return
    if spec.options:
        yield _fault(key, f"{override.value} is not a word of this switch.", f"Use one of {', '.join(spec.options)}.")
    else:
        remedy = f"Use a value from {spec.low} to {spec.high} ({spec.unit}); the default is {default(name)}."
        yield _fault(key, f"{override.value} is out of bounds.", remedy)


def _money(data: ScenarioFile) -> Iterator[Fault]:
    units = {land.figures.gdp.unit for land in data.country} | {land.figures.milex.unit for land in data.country}
    if len(units) > 1:
        yield _fault(
            "country.figures.milex.unit",
            f"money is in {' and '.join(sorted(units))}.",
            "Give gdp and milex of all in one unit.",
        )
    for land in data.country:
        milex, gdp = land.figures.milex.value, land.figures.gdp.value
        if milex > gdp:
            wrong = f"{milex} is more than the whole economy of {gdp}."
            yield _fault(
                f"country[{land.id}].figures.milex.value",
                wrong,
                "Military spending is a part of gdp, in the same unit.",
            )


def tie_key(tie: Tie) -> str:
    """How a tie is named in a key path."""
    return f"tie[{tie.holder}-{tie.partner} {tie.kind}]"


def _ties(data: ScenarioFile) -> Iterator[Fault]:
    countries = _countries(data)
    seen: set[tuple[str, str, str]] = set()
    for tie in data.tie:
        key = tie_key(tie)
        yield from _known(f"{key}.from", tie.holder, countries)
        yield from _known(f"{key}.to", tie.partner, countries)
        if tie.holder == tie.partner:
            yield _fault(key, "ties a country to itself.", "Name two countries.")
        if tie.kind != "bases" and tie.value > 1.0:
            yield _fault(f"{key}.value", f"{tie.value} is out of bounds.", "Give a share from 0 to 1.")
        ends = (tie.holder, tie.partner)
        one, other = sorted(ends) if tie.kind in TWO_WAY else ends
        if (one, other, tie.kind) in seen:
            yield _fault(
                key,
                "stands there more than once.",
                "Keep one of them; this kind needs one entry for both directions." if tie.kind in TWO_WAY else "Keep one of them.",
            )
        seen.add((one, other, tie.kind))


def _pacts(data: ScenarioFile) -> Iterator[Fault]:
    for pact in data.commitment:
        yield from pacts.faults(pact, _countries(data), data.scenario.turns)


def _seats(data: ScenarioFile, sheets: Collection[str]) -> Iterator[Fault]:
    if not data.seat:
        yield _fault("seat", "is missing, so nobody can play.", "Add a [[seat]], or set everybody = true in [scenario].")
    issues = [question.id for question in data.issue]
    owners: dict[str, str] = {}
    for place in data.seat:
        key = f"seat[{place.country}]"
        yield from _known(f"{key}.country", place.country, _countries(data))
        for name, sheet in (("public", place.public), ("secret", place.secret)):
            if sheet not in sheets:
                yield Fault(
                    sheet,
                    "",
                    f"the role sheet that {key}.{name} names does not exist.",
                    "Write it, or correct the path.",
                )
            if sheet in owners:
                yield _fault(
                    f"{key}.{name}",
                    f"{sheet} is the sheet of {owners[sheet]} already.",
                    "Give each seat its own two sheets.",
                )
            owners[sheet] = f"{key}.{name}"
        for issue in place.salience:
            if issue not in issues:
                yield _fault(f"{key}.salience.{issue}", "is not an issue of this scenario.", nearest(issue, issues))


def _aims(data: ScenarioFile) -> Iterator[Fault]:
    for place in data.seat:
        for aim in place.objectives:
            key = f"seat[{place.country}].objectives[{aim.id}].predicate"
            try:
                predicate = objectives.parse(aim.predicate)
            except objectives.BadPredicate as bad:
                yield _fault(key, f"cannot be read at character {bad.position}: {bad.wrong}", bad.remedy)
            else:
                yield from _about(data, place.country, key, predicate)


def _about(data: ScenarioFile, country: str, key: str, predicate: objectives.Predicate) -> Iterator[Fault]:
    known: Iterable[str]
    match objectives.WORDS[predicate.name].subject:
        case "issue":
            known = [question.id for question in data.issue]
        case "commitment":
            known = [pact.id for pact in data.commitment if country in pact.parties]
        case "self" | "nothing":
            return
    if predicate.subject not in known:
        kind = objectives.WORDS[predicate.name].subject
        whose = f" with {country} as a party" if kind == "commitment" else ""
        yield _fault(
            key,
            f"{predicate.subject!r} is not an id of [[{kind}]]{whose}.",
            nearest(predicate.subject, known),
        )


def figures(data: ScenarioFile) -> Iterator[Figure]:
    """Every figure of a file, ties included."""
    for land in data.country:
        for name in type(land.figures).model_fields:
            yield getattr(land.figures, name)
    yield from data.tie
    for question in data.issue:
        yield question.status_quo
