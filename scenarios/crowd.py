"""Seats for everybody: where a scenario asks for it, a country without a ``[[seat]]`` gets one that is made of its figures.

Nobody writes 193 pairs of role sheets.  The sheets made here say where a country stands among the others: in size, arms and opinion, in its
region and in the bodies in which it sits.
"""

from __future__ import annotations

from collections.abc import Iterable

from scenarios.schema import Aim, CouncilSeat, Land, Place, ScenarioFile

TIES_TOLD_MAX = 4
KINDS = {"ally": "a treaty of defence", "rivalry": "a rivalry", "war": "a war", "trade": "trade", "aid": "aid", "league": "a league"}


def seated(data: ScenarioFile) -> tuple[ScenarioFile, dict[str, str]]:
    """The scenario with a seat for every country, and the text of the sheets that were made."""
    taken = {place.country for place in data.seat}
    missing = [land for land in data.country if land.id not in taken] if data.scenario.everybody else []
    if not missing:
        return data, {}
    places = [_place(data, land) for land in missing]
    orders, middles = _ranks(data), _middles(data)
    texts: dict[str, str] = {}
    for place, land in zip(places, missing, strict=True):
        texts[place.public] = _public(data, land, orders[land.id])
        texts[place.secret] = _secret(data, land, middles[land.region])
    return data.model_copy(update={"seat": (*data.seat, *places)}), texts


def _place(data: ScenarioFile, land: Land) -> Place:
    return Place(
        country=land.id,
        council=_council(data, land.id),
        objectives=(
            Aim(id="security", sentence="At the end you are at least as secure as at the start.", predicate="security(self) >= start"),
            Aim(id="standing", sentence="Your standing is no lower than at the start.", predicate="standing(self) >= start"),
            Aim(id="word", sentence="You break none of your own promises.", predicate="breaches(self) == 0"),
        ),
        public=f"made/{land.id}.md",
        secret=f"made/{land.id}.secret.md",
    )


def _council(data: ScenarioFile, country: str) -> CouncilSeat:
    if any(country in body.permanent for body in data.council):
        return "permanent"
    return "elected" if any(country in body.members for body in data.council) else "none"


def _ranks(data: ScenarioFile) -> dict[str, tuple[int, int]]:
    """Rank of each country by economy and by military spending, 1 the largest."""
    economy = _ranked((land.figures.gdp.value, land.id) for land in data.country)
    arms = _ranked((land.figures.milex.value, land.id) for land in data.country)
    return {land.id: (economy[land.id], arms[land.id]) for land in data.country}


def _ranked(sizes: Iterable[tuple[float, str]]) -> dict[str, int]:
    largest_first = sorted(sizes, key=lambda item: (-item[0], item[1]))
    return {country: number for number, (_, country) in enumerate(largest_first, start=1)}


def _public(data: ScenarioFile, land: Land, ranks: tuple[int, int]) -> str:
    figures, count = land.figures, len(data.country)
    seats = [body.title for body in data.council if land.id in body.members]
    place = f"You sit in: {', '.join(seats)}." if seats else "You have no seat in a council."
    veto = any(body.veto and land.id in body.permanent for body in data.council)
    no = " Your no stops a decision there." if veto else ""
    return (
        f"# {land.name}\n\n"
        f"You speak for {land.name} ({land.region}), with {figures.population.value:g} {figures.population.unit} people. Your economy "
        f"is number {ranks[0]} of {count}, your spending on arms number {ranks[1]}. {place}{no}\n"
    )


def _middles(data: ScenarioFile) -> dict[str, float]:
    """The mean position of each region."""
    found: dict[str, list[float]] = {}
    for land in data.country:
        found.setdefault(land.region, []).append(land.figures.ideal.value)
    return {region: sum(places) / len(places) for region, places in found.items()}


def _secret(data: ScenarioFile, land: Land, middle: float) -> str:
    names = {other.id: other.name for other in data.country}
    own = land.figures.ideal.value
    high = max(data.country, key=lambda other: other.figures.ideal.value)
    side = "nearer to" if own > middle else "further from"
    ties = [(tie, tie.partner if tie.holder == land.id else tie.holder) for tie in data.tie if land.id in (tie.holder, tie.partner)]
    told = [f"{KINDS.get(tie.kind, tie.kind)} with {names.get(other, other)}" for tie, other in ties[:TIES_TOLD_MAX]]
    between = f" What ties you to others: {', '.join(told)}." if told else ""
    return (
        f"# {land.name}: for your eyes\n\n"
        f"In votes you usually stand {side} {high.name} than most of your region ({land.region}).{between} You gain when issues end near "
        "your position, when the bodies in which you sit keep their authority, and when those on whom you depend wish you well.\n"
    )
