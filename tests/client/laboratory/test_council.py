"""The Council case: figures decide, names do not."""

from random import Random

import pytest

from client.bots import forecast as forecasting
from client.bots.assembly import imagined
from client.bots.forecast import forecast
from client.bots.outlook import Outlook
from client.laboratory.council import Played, by_chance, fit, history, one_game, report
from client.laboratory.relabel import relabelled
from client.seeds import game_seed
from rules.exact import Array
from rules.orders import CONTROL, Order, Start
from rules.problems import problems
from rules.sequence import take
from rules.state import Council, Game
from rules.view import view
from rules.vocabulary import Draft
from rules.wire.canonical import game_hash
from scenarios.loader import load
from scenarios.opening import opening


def begun(game: Game) -> Game:
    """The game in its first step."""
    return take(game, Order(id="start", author=CONTROL, act=Start()))[0]


def exchanged(game: Game, seed: int) -> dict[str, str]:
    """A random exchange of the names of all countries but the unipole."""
    names = [c for c in game.atlas.countries if c != game.atlas.unipole]
    others = list(names)
    Random(seed).shuffle(others)
    return dict(zip(names, others, strict=True))


def named(seed: int) -> list[str]:
    """The members whose forecast, from their own seat, changes by a bit when all names are exchanged."""
    game = opening(load("iraq-2003"), game_seed(1))
    names = exchanged(game, seed)
    other = relabelled(game, names)
    assert problems(other) == []
    found = []
    for member in game.atlas.councils[0].members:
        tables = []
        for played, viewer in ((game, member), (other, names.get(member, member))):
            outlook = Outlook(view(begun(played), viewer), 60.0)
            atlas = played.atlas
            draft = imagined(outlook, atlas.councils[0], atlas.issues[0], "authorise force", atlas.unipole)
            expected = forecast(outlook, draft)
            tables.append((expected.worth.tobytes(), expected.chance.tobytes()))
        if tables[0] != tables[1]:
            found.append(member)
    return found


@pytest.mark.parametrize("seed", range(5))
def test_forecasts_do_not_depend_on_names(seed: int) -> None:
    """With every name exchanged, each set of figures gets the same forecast, bit for bit, from every member's seat."""
    assert named(seed) == []


def test_a_scripted_vote_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The planted fault: a forecast that gives France a liking for no is found by the same check."""
    honest = forecasting.by_itself

    def scripted(outlook: Outlook, draft: Draft, council: Council) -> Array:
        """What a choice is worth by itself, and a bonus for one name."""
        table = honest(outlook, draft, council).copy()
        if "FRA" in council.members:
            table[council.members.index("FRA"), 1] += 0.05
        return table

    monkeypatch.setattr(forecasting, "by_itself", scripted)
    assert named(0) != []


def test_renaming_back_gives_the_game_back() -> None:
    """Exchanging names twice is no change."""
    game = opening(load("iraq-2003"), game_seed(1))
    names = exchanged(game, 3)
    back = {new: old for old, new in names.items()}
    assert game_hash(relabelled(relabelled(game, names), back)) == game_hash(game)


def test_history_names_the_members_of_the_council() -> None:
    """Fifteen stances, three in favour beside the sponsor, five against, six undecided."""
    stances = history()
    assert set(stances) == set(opening(load("iraq-2003"), "x").atlas.councils[0].members)
    assert [list(stances.values()).count(s) for s in (2, 1, 0)] == [4, 6, 5]


def test_the_measure_can_tell_a_perfect_case_from_a_dealt_one() -> None:
    """Stances taken from history fit perfectly; dealt out at random they do not."""
    certain = {2: (1.0, 0.0, 0.0), 1: (0.0, 0.0, 1.0), 0: (0.0, 1.0, 0.0)}
    perfect = Played(shuffled=False, stance={c: certain[s] for c, s in history().items()})
    assert fit([perfect]) == (1.0, 1.0, 1.0)
    mean, low, high = by_chance([perfect], draws=300)
    assert abs(mean) < 0.1
    assert low < -0.2 < 0.2 < high


def test_one_game_reports_a_stance_for_every_member_that_debated() -> None:
    """A real game, with names exchanged, gives stances by figure that add up to 1 and a page that names the members."""
    played = one_game(0, shuffle=True)
    assert set(played.stance) == set(history())
    assert all(abs(sum(row) - 1.0) < 1e-9 for row in played.stance.values())
    assert sorted(played.name_of) == sorted(opening(load("iraq-2003"), "x").atlas.countries)
    page = report([played], [played])
    assert all(f"| {member} |" in page for member in history())
