"""Burdens of an alliance: what each member would spend, given what the others spend, and how spending goes with size.

From figures of the year before, each member's best share of guns is found by the payoff that its seat would see: butter forgone against
safety, with the help of all other members as it stands.  Members move towards it as fast as the engine's forces wear.  What is compared
is the rank correlation of size and spending by year, its change, and the change of each member's share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from client.laboratory.backtests.cases import Cases, Folder
from client.laboratory.backtests.format import BacktestFile
from client.laboratory.backtests.openings import Profile, opened, profiles, ties
from client.laboratory.dependence import spearman
from rules.exact import frozen
from rules.force.threat import Standpoint, everybody, insecurity
from rules.pacts.clauses import Defend
from rules.pacts.treaties import Commitment, Terms
from rules.parameters import Parameters, default
from rules.state import Game

SHARES = np.linspace(0.004, 0.08, 20)  # of the economy: from the least that any member spends to the most
TURNS_A_YEAR = 2
PERCENT = 100.0
Year = dict[str, float]


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of the members in one year: size and share of the economy for arms."""

    size: Year
    share: Year

    def rho(self, share: Year) -> float:
        """Rank correlation of size with a share."""
        names = sorted(set(self.size) & set(share))
        return spearman([self.size[name] for name in names], [share[name] for name in names])


def predicted(test: BacktestFile, folder: Folder, _: int, told: Callable[[int, int], None]) -> Cases:
    """One row a year, with correlations, and one a member and year, with changes of shares."""
    first, last = (int(float(str(test.options[key]))) for key in ("first", "last"))
    entered = {name: int(float(str(year))) for name, year in test.facts["entered"].items()}
    others = int(float(str(test.options["others"])))
    records = {year: _record(folder, entered, year) for year in range(first - 1, last + 1)}
    columns: dict[str, list[float | None]] = {name: [] for name in COLUMNS}
    units: list[str] = []
    for year in range(first, last + 1):
        before, now = records[year - 1], records[year]
        members = sorted(set(before.share) & set(now.share))
        known = profiles(folder, year - 1)
        game = _world(known, members, ties(folder, year - 1, str(test.options["unipole"]), ()), others, str(test.options["unipole"]))
        best = {name: best_share(game, members, name) for name in members if name in known}
        pace = 1.0 - (1.0 - default("arms_wear")) ** TURNS_A_YEAR
        stepped = {name: before.share[name] + pace * (best[name] - before.share[name]) for name in best}
        was, seen, said, level = (now.rho(share) for share in (before.share, now.share, stepped, best))
        rows = [(f"{year}", {"rho": seen, "engine": said, "engine_level": level, "last_year": was, "largest_pays_most": 1.0,
                             "rho_change": seen - was, "engine_rho_change": said - was, "no_rho_change": 0.0})]  # fmt: skip
        size_rank = {name: float(rank) for rank, name in enumerate(sorted(best, key=lambda name: before.size[name]))}
        rows += [(f"{name} {year}", {"change": now.share[name] - before.share[name], "engine_change": stepped[name] - before.share[name],
                                     "no_change": 0.0, "size_rank": size_rank[name]}) for name in best]  # fmt: skip
        for unit, row in rows:
            units.append(unit)
            for name, column in columns.items():
                column.append(row.get(name))
        told(year - first + 1, last - first + 1)
    note = (f"{last - first + 1} years. The rank correlation went from {records[first].rho(records[first].share):.2f} in {first} to "
            f"{records[last].rho(records[last].share):.2f} in {last}.")  # fmt: skip
    return Cases(tuple(units), columns, (note,))


COLUMNS = (
    "rho", "engine", "engine_level", "last_year", "largest_pays_most", "rho_change", "engine_rho_change", "no_rho_change",
    "change", "engine_change", "no_change", "size_rank",
)  # fmt: skip


def _record(folder: Folder, entered: dict[str, int], year: int) -> Record:
    size = folder.series("gdp_pop_1990_2019.csv", "iso3", "pwtrgdp", year)
    spent = folder.series("sipri_milex_1990_2020.csv", "iso3", "milex_pct_gdp", year)
    members = [name for name, since in entered.items() if since <= year and name in size and name in spent]
    return Record({name: size[name] for name in members}, {name: spent[name] / PERCENT for name in members})


def _world(known: dict[str, Profile], members: Sequence[str], held: list[dict[str, object]], others: int, unipole: str) -> Game:
    """The members and the most armed of the others, with the treaty in force."""
    largest = sorted((name for name in known if name not in members), key=lambda name: -known[name].milex)[:others]
    names = [*(name for name in members if name in known), *largest]
    game = opened([known[name] for name in names], held, unipole, largest[0])
    parties = tuple(name for name in members if name in known)
    terms = Terms(parties=parties, clauses=tuple(Defend(debtor=name, since=1, until=9) for name in parties), formal=parties)
    return replace(game, commitments=(Commitment(id="treaty", terms=terms, since=1),))


def best_share(game: Game, members: Iterable[str], member: str) -> float:
    """The share of guns that serves a member best, all others' forces as they stand."""
    if member not in game.atlas.countries or member not in members:
        return 0.0
    row = game.atlas.countries.index(member)
    economy = float(game.world.economy[row])
    worth = [_worth(game, row, float(share), float(share) * economy, game.parameters) for share in SHARES]
    return float(SHARES[int(np.argmax(worth))])


def _worth(game: Game, row: int, share: float, forces: float, parameters: Parameters) -> float:
    """Butter less insecurity for one state with so many forces."""
    armed = game.world.forces.copy()
    armed[row] = forces
    changed = replace(game, world=replace(game.world, forces=frozen(armed)))
    eyes = everybody(game)
    mine = Standpoint((row,), *(getattr(eyes, name)[row : row + 1] for name in ("hostile", "kept", "broken", "salience", "weights")))
    return parameters.butter_value * (1.0 - share) - parameters.security_value * float(insecurity(changed, mine, changed.commitments)[0])
