"""The Council case: many games of ``iraq-2003`` beside what members stood for in March 2003.

    python -m client.laboratory.council --games 100 --out docs/reference/iraq-2003.md

A member's stance is what its own bot would have cast on a draft that authorises force, seen from its own seat when the debate closes,
whether or not the draft comes to a vote.  Half of the games are played with the members' names exchanged at random: read by figures they
must agree with the others, and read by names the fit must vanish.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from random import Random

from rich.progress import track

from client.arena import play
from client.bots.forecast import forecast
from client.bots.outlook import Outlook
from client.bots.payoff_bot import PayoffBot
from client.laboratory.agreement import area, kendall_tau
from client.laboratory.relabel import relabelled
from client.seeds import bot_seed, game_seed
from rules.sequence import Recorded
from rules.state import Game, find_council
from rules.turn import is_last_round
from rules.view import view
from scenarios.loader import load
from scenarios.opening import opening

SKILL = PayoffBot("").skill


@dataclass
class Played:
    """One game: mean stance of every member by figure and by name, and what came of it."""

    shuffled: bool
    stance: dict[str, tuple[float, float, float]] = field(default_factory=dict)  # by figure: yes, no, abstain
    name_of: dict[str, str] = field(default_factory=dict)
    drafts: list[tuple[str, str, int]] = field(default_factory=list)  # action, status, yes votes
    war_turn: int = 0
    authorised: bool = False
    legitimacy: float = 0.0
    partners: dict[str, str] = field(default_factory=dict)  # by figure: level


def one_game(number: int, *, shuffle: bool) -> Played:
    """Play game ``number``; with ``shuffle`` the members other than the unipole exchange names."""
    game = opening(load("iraq-2003"), game_seed(number))
    members = [c for c in game.atlas.councils[0].members if c != game.atlas.unipole]
    swapped = list(members)
    if shuffle:
        Random(number).shuffle(swapped)  # noqa: S311  # an exchange of names, not a secret
    names = dict(zip(members, swapped, strict=True))
    figure_of = {c: c for c in game.atlas.countries} | {new: old for old, new in names.items()}
    game = relabelled(game, names)
    seen: dict[str, list[tuple[float, ...]]] = {}

    def watch(now: Game, _: tuple[Recorded, ...]) -> None:
        if now.moment.phase == "assembly" and is_last_round(now):
            for member, chances in stances(now).items():
                seen.setdefault(figure_of[member], []).append(chances)

    bots = {c: PayoffBot(bot_seed(number, figure_of[c])) for c in game.atlas.countries}
    final = play(game, bots, watch).game
    played = Played(shuffled=shuffle, name_of={figure: name for name, figure in figure_of.items()})
    for figure, rows in seen.items():
        played.stance[figure] = tuple(sum(column) / len(rows) for column in zip(*rows, strict=True))
    played.drafts = [(d.action, d.status, len([b for b in d.ballots if b.choice == "yes"])) for d in final.drafts]
    for operation in final.operations:
        if operation.status == "launched" and operation.leader == game.atlas.unipole:
            played.war_turn, played.legitimacy = operation.turn, operation.legitimacy
            played.authorised = any(d.action == "authorise force" and d.status == "adopted" for d in final.drafts)
            played.partners = {figure_of[c.country]: c.level for c in operation.coalition if c.side == "attack"}
    return played


def stances(game: Game) -> dict[str, tuple[float, ...]]:
    """Chances of yes, no and abstention that each member's bot gives its own ballot on the latest draft to authorise force this turn."""
    drafts = [d for d in game.drafts if d.action == "authorise force" and d.turn == game.moment.turn]
    if not drafts:
        return {}
    draft = drafts[-1].model_copy(update={"status": "tabled"})
    council = find_council(game, draft.council)
    found = {}
    for member in council.members if council else ():
        expected = forecast(Outlook(view(game, member), SKILL), draft)
        found[member] = tuple(float(p) for p in expected.chance[expected.seat(member)])
    return found


# --- the report ---------------------------------------------------------------------------------------------------------------------


def history() -> dict[str, int]:
    """Where members stood in March 2003: 2 in favour, 1 undecided, 0 against."""
    text = files("scenarios.backtests").joinpath("council-iraq-2003.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["facts"]["stance"])


def mean_stance(games: Iterable[Played], member: str, *, by_name: bool = False) -> tuple[float, float, float]:
    """Mean chances of yes, no, abstention of a member over games; ``by_name`` reads the figures that bore its name."""
    rows = []
    for game in games:
        figure = next((f for f, n in game.name_of.items() if n == member), member) if by_name else member
        if figure in game.stance:
            rows.append(game.stance[figure])
    return tuple(sum(column) / len(rows) for column in zip(*rows, strict=True)) if rows else (0.0, 0.0, 0.0)


def fit(games: Sequence[Played], *, by_name: bool = False) -> tuple[float, float, float]:
    """(tau-b of yes minus no with the stances of 2003, AUC of yes, AUC of no) over the members but the sponsor."""
    stood = {c: s for c, s in history().items() if c != "USA"}
    means = {c: mean_stance(games, c, by_name=by_name) for c in stood}
    score = [means[c][0] - means[c][1] for c in stood]
    return (
        kendall_tau(score, list(stood.values())),
        area([means[c][0] for c in stood], [s == 2 for s in stood.values()]),  # noqa: PLR2004  # the code of "in favour"
        area([means[c][1] for c in stood], [s == 0 for s in stood.values()]),
    )


def by_chance(games: Sequence[Played], draws: int = 2000) -> tuple[float, float, float]:
    """Tau of the same means when the stances of 2003 are dealt out at random: mean, 2.5 % and 97.5 %."""
    stood = {c: s for c, s in history().items() if c != "USA"}
    means = [mean_stance(games, c) for c in stood]
    score, dealt, chance = [m[0] - m[1] for m in means], list(stood.values()), Random(1)  # noqa: S311  # a permutation test, not a secret
    taus = []
    for _ in range(draws):
        chance.shuffle(dealt)
        taus.append(kendall_tau(score, dealt))
    taus.sort()
    return sum(taus) / draws, taus[int(draws * 0.025)], taus[int(draws * 0.975)]


def mean_of(values: Sequence[float]) -> float:
    """The mean of some numbers."""
    return sum(values) / len(values)


def report(plain: Sequence[Played], shuffled: Sequence[Played]) -> str:
    """The study as a page."""
    lines = [
        "# iraq-2003, played by default bots, beside March 2003",
        "",
        f"{len(plain)} games with the names as they are and {len(shuffled)} with the members' names exchanged at random, made by",
        f"`python -m client.laboratory.council --games {len(plain)}`. Bots know figures from 2002 and earlier, nothing of 2003,",
        "and nobody's vote is scripted. A stance is what the member's bot would cast on a draft that authorises force, seen from",
        "its own seat when the debate closes.",
        "",
        *_stances(plain),
        "",
        *_measures(plain, shuffled),
        "",
        *_courses(plain),
    ]
    return "\n".join(lines) + "\n"


def _stances(games: Sequence[Played]) -> list[str]:
    word = {2: "in favour", 1: "undecided", 0: "against"}
    lines = ["| member | March 2003 | yes | no | abstain |", "|---|---|---|---|---|"]
    for member, stood in history().items():
        row = mean_stance(games, member)
        lines.append(f"| {member} | {word[stood]} | {row[0]:.2f} | {row[1]:.2f} | {row[2]:.2f} |")
    return lines


def _measures(plain: Sequence[Played], shuffled: Sequence[Played]) -> list[str]:
    tau, auc_yes, auc_no = fit(plain)
    mean, low, high = by_chance(plain)
    return [
        "| measure (14 members, without the sponsor) | figure |",
        "|---|---|",
        f"| Kendall's tau-b, yes minus no against the stances | {tau:.2f} |",
        f"| area under the curve, in favour / against | {auc_yes:.2f} / {auc_no:.2f} |",
        f"| tau when stances are dealt at random: mean (95 %) | {mean:.2f} ({low:.2f} to {high:.2f}) |",
        f"| tau with exchanged names, read by figures | {fit(shuffled)[0]:.2f} |",
        f"| tau with exchanged names, read by names | {fit(shuffled, by_name=True)[0]:.2f} |",
    ]


def _courses(games: Sequence[Played]) -> list[str]:
    """What came of the games: yes votes expected and cast, the fate of drafts, wars and partners."""
    wars = [g for g in games if g.war_turn]
    expected = [sum(row[0] for row in g.stance.values()) for g in games if g.stance]
    voted = [(action, votes) for g in games for action, status, votes in g.drafts if status != "withdrawn"]
    yes = Counter(votes for action, votes in voted if action == "authorise force")
    fate = Counter((action, status) for g in games for action, status, _ in g.drafts)
    joined = Counter(c for g in games for c in g.partners)
    spread = Counter(round(number) for number in expected)
    return [
        f"War was launched by the unipole in {len(wars)} of {len(games)} games"
        + (f", in turn {mean_of([g.war_turn for g in wars]):.1f} on average" if wars else "")
        + (f", authorised in {len([g for g in wars if g.authorised])}" if wars else "")
        + (f", with a legitimacy of {mean_of([g.legitimacy for g in wars]):.2f}." if wars else "."),
        "",
        "Yes votes that a draft to authorise force would have had, in the members' own minds, by game: "
        + ", ".join(f"{votes} ({games} games)" for votes, games in sorted(spread.items()))
        + " (March 2003: 4 in favour, 5 against, 6 undecided).",
        "",
        "Yes votes on drafts to authorise force that came to a vote: "
        + (", ".join(f"{v} ({n} times)" for v, n in sorted(yes.items())) or "none did")
        + ".",
        "",
        "Drafts: " + "; ".join(f"{action}, {status}: {n}" for (action, status), n in sorted(fate.items())) + ".",
        "",
        "Partners by share of wars: "
        + (", ".join(f"{c} {n / len(wars):.0%}" for c, n in joined.most_common()) if wars else "none")
        + ".",
    ]


def main() -> None:
    """Play the games on all cores and write the page."""
    parser = argparse.ArgumentParser(description="Play iraq-2003 many times and compare stances with those of March 2003.")
    parser.add_argument("--games", type=int, default=100, help="games with names as they are; as many again with names exchanged")
    parser.add_argument("--out", type=Path, default=None, help="write the page here instead of printing it")
    options = parser.parse_args()
    games: list[Played] = []
    with ProcessPoolExecutor() as pool:
        tasks = [pool.submit(one_game, n, shuffle=s) for n in range(options.games) for s in (False, True)]
        games = [task.result() for task in track(tasks, description="playing")]
    page = report([g for g in games if not g.shuffled], [g for g in games if g.shuffled])
    if options.out is None:
        print(page)
    else:
        options.out.write_text(page, encoding="utf-8")
        print(f"written to {options.out}")


if __name__ == "__main__":
    main()
