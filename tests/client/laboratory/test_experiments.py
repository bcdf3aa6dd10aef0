"""Experiments from file to verdict: what is refused, how games are paired and kept, and the faults that the checks have to find."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from client.bots.protocol import Bot
from client.laboratory import playing
from client.laboratory.course import Chronicler, Course
from client.laboratory.design import changes
from client.laboratory.faults import BadExperiment
from client.laboratory.findings import Outcome, outcome
from client.laboratory.playing import MAIN, Plan, Run, engine_hash, records
from client.laboratory.reading import built_in, load
from client.laboratory.report.differences import differences
from client.laboratory.report.pages import page, table, write
from client.laboratory.report.tables import checks
from client.laboratory.runner import Effort, run
from client.laboratory.scripts import bound as bind
from client.laboratory.store import Store
from rules.orders import Act, Budget
from rules.state import Game, View
from rules.view import view
from tests.client.laboratory.small import ENTRY, small

PLAN = Plan(7, "holdout")
CARRIED = """
id = "carried"
title = "Arms"
proposition = "Whoever is told to arms itself."
world = "tiny"
pairs = 4
[setup]
turns = 1
cast = "*=hold"
[control]
[treatment]
orders = [{ turn = 1, phase = "orders", by = "DOR", act = { kind = "budget", guns = 0.3, aid = 0.0 } }]
[metric.forces]
rows = "seats"
where = { country = "DOR", turn = 1 }
value = "sum forces"
[[claim]]
id = "arms"
sentence = "More forces."
metric = "forces"
effect = ["treatment"]
sign = "+"
least = 0.1
[[ablation]]
name = "guns build nothing"
sentence = "Spending on arms has no effect."
parameters = { arms_build = 0 }
[[placebo]]
name = "no shelter"
sentence = "Votes have nothing to do with it."
parameters = { shelter = 0 }
"""


def judged(text: str, folder: Path, effort: Effort | None = None) -> Outcome:
    """An experiment played in this process and judged."""
    experiment, engine = small(text), engine_hash()
    store = Store(folder, experiment, PLAN, engine)
    wanted = effort or Effort(quick=True, pairs=4)
    results = run(experiment, PLAN, wanted, store, jobs=1, started=lambda _all, _have: None, played=lambda _n: None)
    return outcome(experiment, PLAN, results, key=store.key, engine=engine)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('world = "tiny"', 'world = "tinny"', "Did you mean 'tiny'?"),
        ("times = 0.5", "tims = 0.5", "not a key of this table"),
        ('figure = "forces"', 'figure = "force"', "Did you mean 'forces'?"),
        ('of = "DOR", times', 'of = "DOM", times', "DOM is not there"),
        ('metric = "forces"', 'metric = "forces2"', "no metric 'forces2'"),
        ('value = "sum forces"', 'value = "total forces"', "cannot be read"),
        ('cast = "*=random"', 'cast = "*=rando"', "Did you mean random?"),
        ("times = 0.5", "times = -5", "would not be sound"),
        ("turns = 1\n", "turns = 1\nparameters = { sheltr = 1 }\n", "unknown parameter"),
        ('effect = ["treatment"]', 'effect = ["treatmnt"]', "no factor 'treatmnt'"),
        ('sign = "-"', 'sign = "~"', "claim"),
        ("[control]", "[control]\ndrop = ['x']", "no treaty 'x'"),
        ("id = ", "id = = ", "not TOML"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_sentence(old: str, new: str, part: str) -> None:
    """Each fault is named with its place and a remedy."""
    assert old in ENTRY
    with pytest.raises(BadExperiment) as refusal:
        small(ENTRY.replace(old, new, 1))
    assert part in str(refusal.value)


@pytest.mark.parametrize("name", built_in())
def test_every_experiment_of_the_program_can_be_read(name: str) -> None:
    """Each opens in every cell and variant; its file is named for its id, and it says what should carry the effect and who must fail."""
    data = load(name).data
    assert data.id == name
    assert data.ablation
    assert data.null
    assert data.cites


def test_cells_of_a_pair_have_the_same_chance() -> None:
    """Same seed and same world in both cells; another pair has others."""
    experiment = small(ENTRY.replace("pairs = 6", "pairs = 6\ndraw = { economy = 0.3 }"))
    openings: dict[tuple[str, int], Game] = {}
    for cell in ("control", "treatment"):
        for number in (0, 1):
            openings[cell, number] = playing.prepared(experiment, PLAN, Run(MAIN, 2), (cell,), number)[0]
    for number in (0, 1):
        one, other = openings["control", number], openings["treatment", number]
        assert one.seed == other.seed
        assert (one.world.economy == other.world.economy).all()
        assert one.world.forces[3] == 2 * other.world.forces[3]
    assert openings["control", 0].seed != openings["control", 1].seed
    assert (openings["control", 0].world.economy != openings["control", 1].world.economy).all()
    assert playing.secret(PLAN, 0) != playing.secret(Plan(7, "tuning"), 0)


def test_a_carried_effect_passes_its_checks(tmp_path: Path) -> None:
    """Arms bought by script: reproduced, gone without the mechanism, untouched by the placebo."""
    finding = judged(CARRIED, tmp_path).findings[0]
    assert finding.verdict == "reproduced"
    assert [(check.kind, check.passed) for check in finding.checks] == [("ablation", True), ("placebo", True)]
    assert finding.sound
    assert checks(finding) == "2 passed"


def test_a_hard_coded_effect_survives_its_ablation_and_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: the treated state is simply given the forces at the end; the ablation says so."""
    honest = Chronicler.course

    def scripted(self: Chronicler) -> Course:
        course = honest(self)
        if any(happened.entry.order.author == "DOR" for happened in course.entries):
            for game in course.ends[1:]:
                forces = game.world.forces
                forces.setflags(write=True)
                forces[3] += 1000.0
        return course

    monkeypatch.setattr(Chronicler, "course", scripted)
    finding = judged(CARRIED, tmp_path).findings[0]
    assert finding.verdict == "reproduced"
    assert [check.passed for check in finding.checks if check.kind == "ablation"] == [False]
    assert not finding.sound
    name = next(check.name for check in finding.checks if check.kind == "ablation")
    assert checks(finding).startswith(f'ablation "{name}": FAILED (')


def test_cells_that_differ_in_nothing_are_noticed(tmp_path: Path) -> None:
    """The planted fault: an empty treatment is not reproduced, and the reader is told why."""
    text = CARRIED.replace('orders = [{ turn = 1, phase = "orders", by = "DOR", act = { kind = "budget", guns = 0.3, aid = 0.0 } }]', "")
    found = judged(text, tmp_path)
    assert found.findings[0].verdict == "not reproduced"
    assert "are the same" in found.notices[0]


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    """Half of the games are kept and a line is torn: only what is missing is played, and the result is the same."""
    whole = judged(CARRIED, tmp_path / "a")
    experiment, engine = small(CARRIED), engine_hash()
    store = Store(tmp_path / "b", experiment, PLAN, engine)
    store.add(records(experiment, PLAN, Run(MAIN, 4), ("control",), (0, 1, 2)))
    with store.path.open("a") as file:
        file.write('{"run":"main","cell":["control"],"numb')
    seen: list[tuple[int, int]] = []
    results = run(experiment, PLAN, Effort(quick=True, pairs=4), store, jobs=1,
                  started=lambda games, have: seen.append((games, have)), played=lambda _n: None)  # fmt: skip
    assert seen == [(24, 3)]
    assert outcome(experiment, PLAN, results, key=store.key, engine=engine).findings == whole.findings
    assert len(list(store.read())) == 24


def test_other_rules_or_another_file_begin_anew(tmp_path: Path) -> None:
    """The name of the store follows from everything that decides a result."""
    one, other = small(CARRIED), small(CARRIED.replace("guns = 0.3", "guns = 0.2"))
    names = {
        Store(tmp_path, experiment, plan, engine).path
        for experiment in (one, other)
        for plan in (PLAN, Plan(8, "holdout"), Plan(7, "tuning"))
        for engine in ("a", "b")
    }
    assert len(names) == 12


def test_robustness_draws_coefficients_within_bounds(tmp_path: Path) -> None:
    """Half to double of each, within bounds, nothing for those at zero; the share of draws is reported."""
    drawn = playing.coefficients(small(CARRIED), PLAN, 3)
    assert 0.35 <= float(drawn["shelter"]) <= 1.4
    assert drawn != playing.coefficients(small(CARRIED), PLAN, 4)
    finding = judged(CARRIED, tmp_path, Effort(pairs=2)).findings[0]
    assert finding.held == 1.0
    assert len(finding.draws) == 50
    assert [check.passed for check in finding.checks if check.kind == "skill"] == [True, True]


def test_the_report_says_what_was_found(tmp_path: Path) -> None:
    """Verdict, checks, players, coefficients and hashes are on the page; the table has a line for each estimate."""
    found = judged(CARRIED.replace("turns = 1\n", "turns = 1\nparameters = { shelter = 0.9 }\n", 1), tmp_path)
    text = page(found)
    differs = ("<td>treatment</td><td>turn 1, orders: ", "<td>nothing</td>")
    for part in ("reproduced", "guns build nothing", "*=hold", "shelter", found.key, found.engine[:16], "<svg", *differs):
        assert part in text
    lines = table(found).splitlines()
    assert lines[0].startswith("experiment,claim,metric")
    assert [line.split(",")[6] for line in lines[1:]] == ["main", "ablation:guns build nothing", "placebo:no shelter"]
    assert write([found, found], tmp_path).name == "index.html"


def test_what_differs_is_said_thing_by_thing() -> None:
    """Whatever a change can do has a line of its own; what changes nothing says so."""
    every = """
parameters = { shelter = 0.5 }
figures = [{ figure = "hostile", of = "@others", towards = ["ARD"], both = true, times = 2, plus = 0.1 }]
commitments = [{ id = "pact", parties = ["ARD", "BRV"], clauses = [{ kind = "defend", debtor = "ARD", since = 1, until = 3 }] }]
orders = [{ turn = 1, phase = "negotiation", round = 2, by = "*", act = { kind = "done" } }]
withhold = [{ by = ["ARD", "COR"], act = { kind = ["table", "vote"], amount = { at_least = 3 } } }]
cast = "ARD=hold"
turns = 2
"""
    halved = 'figures = [{ figure = "forces", of = "DOR", times = 0.5 }]'
    data = small(ENTRY.replace(halved, every)).data
    assert differences(data) == [
        ("all games", ("played by *=random", "turns: 1")),
        ("control", ("nothing",)),
        (
            "treatment",
            (
                "shelter = 0.5",
                "hostile of @others and ARD times 2, plus 0.1",
                "in force: pact (defend)",
                "turn 1, negotiation 2: all gives done",
                "ARD, COR kept from acts with kind table, vote, amount at least 3",
                "played by ARD=hold",
                "turns: 2",
            ),
        ),
    ]


class Spender:
    """A player with one idea."""

    def choose(self, view: View) -> tuple[Act, ...]:
        """Guns."""
        return (Budget(guns=0.2, aid=0.0),) if view.moment.phase == "orders" else ()


def test_a_script_adds_and_withholds() -> None:
    """A scripted act comes first; an act that is withheld is not given; together or alone is the same."""
    text = CARRIED.replace("[treatment]\n", '[treatment]\nwithhold = [{ by = "ARD", act = { kind = "budget" } }]\n')
    experiment = small(text)
    game, _ = playing.prepared(experiment, PLAN, Run(MAIN, 2), ("treatment",), 0)
    made = changes(experiment.data, ("treatment",))
    players: dict[str, Bot] = {country: Spender() for country in game.atlas.countries}
    bound = bind(players, made, game.atlas, {})
    now = replace(game, moment=replace(game.moment, phase="orders", turn=1, round=1, status="running"))
    acts = {c: bot.choose(view(now, c)) for c, bot in bound.items()}
    guns = {c: [act.guns for act in given if isinstance(act, Budget)] for c, given in acts.items()}
    assert guns == {"ARD": [], "BRV": [0.2], "COR": [0.2], "DOR": [0.3, 0.2]}
    both = [bound["ARD"], bound["DOR"]]
    together = type(both[0]).choose_together(both, [view(now, "ARD"), view(now, "DOR")])  # type: ignore[attr-defined]  # a bound seat is a panel
    assert list(together) == [acts["ARD"], acts["DOR"]]
