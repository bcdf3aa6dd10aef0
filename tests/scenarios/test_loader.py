"""Loading: the built-in cases load, and each kind of fault is refused with file, key, fault and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenarios import BadScenario, load, names
from scenarios.loader import shortened
from scenarios.pin import pins
from tests.scenarios.folders import MAIN, copy_of_tiny, edit, faults_after

PEOPLE = "people = { ARD = 97, BRV = 1, COR = 1, DOR = 1 }"
REPLACED: dict[str, tuple[str, str, str, str, str]] = {
    # what is planted: (old, new, key, part of the fault, part of the remedy)
    "a missing key": ('region = "Outer Ocean"\n', "", "country[ARD].region", "is missing", "where it lies"),
    "an unknown key": (
        'region = "Outer Ocean"', 'regoin = "Outer Ocean"', "country[ARD].regoin", "not a key", "'region'",
    ),
    "an unknown table": ("[schedule]", "[shedule]", "shedule", "not a key", "'schedule'"),
    "a number in quotes": ("turns = 3", 'turns = "3"', "scenario.turns", "valid integer", "from 1 to 100"),
    "a boolean for a figure": (
        "gdp = { value = 1000", "gdp = { value = true", "country[ARD].figures.gdp.value", "valid number", "above 0",
    ),
    "an infinite figure": (
        "gdp = { value = 1000", "gdp = { value = inf", "country[ARD].figures.gdp.value", "finite", "above 0",
    ),
    "a bare number": (
        'status_quo = { value = 0.2, unit = "place on the line from 0 to 1", source = "invented" }',
        "status_quo = 0.2", "issue[dorn-force].status_quo", "dictionary", "where it stands",
    ),
    "a share above one": (
        "offence = { value = 0.9", "offence = { value = 1.9", "country[ARD].figures.offence.value",
        "less than or equal to 1", "from 0 to 1",
    ),
    "a place off the globe": (
        "latitude = { value = 20", "latitude = { value = 95", "country[BRV].figures.latitude.value",
        "less than or equal to 90", "-90 to 90",
    ),
    "no forces at all": (
        "milex = { value = 40", "milex = { value = 0", "country[ARD].figures.milex.value", "greater than 0", "above 0",
    ),
    "forces beyond the economy": (
        "milex = { value = 40", "milex = { value = 4000", "country[ARD].figures.milex.value",
        "more than the whole economy", "part of gdp",
    ),
    "two currencies": (
        'milex = { value = 40, unit = "bn crowns"', 'milex = { value = 40, unit = "bn shells"',
        "country.figures.milex.unit", "bn crowns and bn shells", "one unit",
    ),
    "an unknown country in a tie": ('from = "BRV"', 'from = "BVR"', "tie[BVR-ARD ally].from", "BVR", "'BRV'"),
    "a trade share above one": ("value = 0.15", "value = 1.5", "tie[COR-ARD trade].value", "1.5", "from 0 to 1"),
    "a negative tie": ("value = 0.15", "value = -0.15", "tie[COR-ARD trade].value", "greater than", "share"),
    "an unknown kind of tie": ('kind = "aspirant"', 'kind = "friend"', "tie[COR-ARD friend].kind", "'ally'", "what the tie is"),
    "a country tied to itself": ('from = "COR"\nto = "ARD"', 'from = "ARD"\nto = "ARD"', "tie[ARD-ARD aspirant]", "itself", "two"),
    "the same tie twice": ('kind = "war"', 'kind = "rivalry"', "tie[DOR-COR rivalry]", "more than once", "both directions"),
    "an unknown member": (
        'members = ["ARD", "BRV", "COR", "DOR"]', 'members = ["ARD", "BRV", "COR", "DOR", "EEE"]',
        "council[four].members", "EEE", "Known are: ARD, BRV, COR, DOR",
    ),
    "a member twice": (
        'members = ["ARD", "BRV", "COR", "DOR"]', 'members = ["ARD", "BRV", "COR", "DOR", "DOR"]',
        "council[four].members[DOR]", "more than once", "Keep one",
    ),
    "a permanent seat without membership": (
        'members = ["ARD", "BRV", "COR", "DOR"]', 'members = ["ARD", "COR", "DOR"]',
        "council[four].permanent", "BRV is not a member", "Add it",
    ),
    "a bar that nobody reaches": ("threshold = 3", "threshold = 5", "council[four].threshold", "5 votes in favour", "from 1 to 4"),
    "no bar at all": ("threshold = 3", "", "council[four].threshold", "every draft would pass", "from 1 to 4"),
    "a bar where a majority decides": (
        "threshold = 3", 'threshold = 3\nrule = "majority"', "council[four].threshold", "no meaning", "count",
    ),
    "important questions of a count": (
        "threshold = 3", 'threshold = 3\nimportant = ["demand"]', "council[four].important", "no meaning", "majority",
    ),
    "votes of some members": (
        "threshold = 3", "threshold = 3\nweights = { ARD = 2 }", "council[four].weights", "BRV has no number", "one number",
    ),
    "votes of a stranger": (
        "threshold = 3", "threshold = 3\nweights = { ARD = 2, BRV = 1, COR = 1, DOR = 1, EEE = 1 }",
        "council[four].weights", "EEE is not a member", "one number",
    ),
    "a quorum that never comes": ("threshold = 3", "threshold = 3\nquorum = 5", "council[four].quorum", "5 members present", "from 0 to 4"),
    "a veto of nobody": (
        'permanent = ["ARD", "BRV"]', "permanent = []", "council[four].permanent", "nobody could use the veto", "veto = false",
    ),
    "a count too fine": (
        "threshold = 3",
        "threshold = 999\nquorum = 4\nheads = 4\nweights = { ARD = 998, BRV = 1, COR = 1, DOR = 999 }\npeople_needed = 99\n" + PEOPLE,
        "council[four]", "too fine", "coarser units",
    ),
    "an unknown unipole": ('unipole = "ARD"', 'unipole = "ARX"', "scenario.unipole", "ARX", "'ARD'"),
    "an unknown target": ('target = "DOR"', 'target = "DRO"', "issue[dorn-force].target", "DRO", "'DOR'"),
    "an unknown party": (
        'parties = ["ARD", "BRV"]', 'parties = ["ARD", "BRX"]', "commitment[arden-brava].parties", "BRX", "'BRV'",
    ),
    "an unknown country in a seat": ('country = "COR"', 'country = "CRO"', "seat[CRO].country", "CRO", "'COR'"),
    "a seat twice": ('country = "COR"', 'country = "DOR"', "seat[DOR]", "more than once", "Keep one"),
    "an unknown source": (
        'unit = "bn crowns", source = "invented"', 'unit = "bn crowns", source = "invnted"',
        "country[ARD].figures.gdp.source", "'invnted'", "'invented'",
    ),
    "a sheet that is not there": ('"seats/COR.md"', '"seats/CORIN.md"', "", "seat[COR].public", "Write it"),
    "a sheet outside the folder": (
        '"seats/COR.md"', '"../tiny/seats/COR.md"', "seat[COR].public", "pattern", "a path in the folder",
    ),
    "one sheet for two seats": ('"seats/COR.secret.md"', '"seats/DOR.secret.md"', "seat[DOR].secret", "already", "own two"),
    "an unknown parameter": (
        "[parameters.unipole_match]", "[parameters.unipole_mach]", "parameters.unipole_mach", "not a parameter", "'unipole_match'",
    ),
    "a parameter out of bounds": (
        "value = 3\nunit = \"states\"", "value = 99\nunit = \"states\"", "parameters.unipole_match.value", "99", "from 1 to 20",
    ),
    "a predicate that cannot be read": (
        "'governs(self)'", "'govern(self)'", "seat[DOR].objectives[rule].predicate", "character 0", "governs",
    ),
    "a predicate about an unknown issue": (
        "position(\"dorn-force\")", "position(\"dorn-fore\")", "seat[ARD].objectives[issue].predicate", "dorn-fore", "'dorn-force'",
    ),
    "a predicate about another's pact": (
        "'policy(self) >= start + 0.05'", "'in_force(\"arden-brava\")'", "seat[COR].objectives[policy].predicate", "COR as a party",
        "None is defined",
    ),
    "news after the end": ("turn = 3\ntext", "turn = 4\ntext", "news[3].turn", "never comes", "from 1 to 3"),
    "a phase in which nobody acts": (
        "orders = { rounds = 1", "orders = { rounds = 0", "schedule.orders.rounds", "nobody can act", "at least one",
    ),
    "salience of an unknown issue": (
        'public = "seats/COR.md"', 'public = "seats/COR.md"\nsalience = { dorn-forse = 0.5 }',
        "seat[COR].salience.dorn-forse", "not an issue", "'dorn-force'",
    ),
}


@pytest.mark.parametrize("name", names())
def test_every_built_in_scenario_loads_under_its_name(name: str) -> None:
    """The names that are listed are the names that load."""
    assert load(name).id == name


def test_names_are_ids_not_folders() -> None:
    """A folder with an underscore is an id with a hyphen."""
    assert {"iraq-2003", "octet", "tiny", "un-193"} <= set(names())


def test_a_copied_folder_is_the_same_scenario(tmp_path: Path) -> None:
    """A path loads as well as a name, whether given as a path or as text."""
    folder = copy_of_tiny(tmp_path)
    read = [(each.data, each.contents, each.secret_briefs) for each in (load(folder), load(str(folder)), load("tiny"))]
    assert read[0] == read[1] == read[2]


@pytest.mark.parametrize("planted", REPLACED)
def test_a_planted_fault_is_refused_by_file_key_and_remedy(planted: str, tmp_path: Path) -> None:
    """Each spoiled value gives a fault at its own key that says what to do."""
    old, new, key, wrong, remedy = REPLACED[planted]
    found = faults_after(tmp_path, lambda folder: edit(folder, old, new))
    assert any(f.key == key and wrong in f.wrong and remedy in f.remedy for f in found), "\n".join(map(str, found))


def test_broken_toml_names_the_line(tmp_path: Path) -> None:
    """A syntax error is reported with its line."""
    [fault] = faults_after(tmp_path, lambda folder: edit(folder, 'id = "tiny"', "id = tiny"))
    assert fault.file == MAIN
    assert "line 4" in fault.wrong


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """An author sees every unknown country in one reading."""

    def spoil(folder: Path) -> None:
        edit(folder, 'from = "BRV"', 'from = "BRX"')
        edit(folder, "threshold = 3", "threshold = 9")

    assert {f.key for f in faults_after(tmp_path, spoil)} == {"tie[BRX-ARD ally].from", "council[four].threshold"}


def test_a_missing_sheet_is_reported_as_a_file(tmp_path: Path) -> None:
    """The fault names the file that should be written."""
    [fault] = faults_after(tmp_path, lambda folder: (folder / "seats/DOR.secret.md").unlink())
    assert fault.file == "seats/DOR.secret.md"


def test_a_sheet_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    """A file in another encoding is named with the place of the byte."""
    [fault] = faults_after(tmp_path, lambda folder: (folder / "seats/DOR.md").write_bytes(b"caf\xe9 "))
    assert (fault.file, fault.wrong) == ("seats/DOR.md", "byte 3 is not UTF-8.")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """No file of a scenario may fill the memory."""
    [fault] = faults_after(tmp_path, lambda folder: (folder / "seats/DOR.md").write_bytes(b" " * 2_000_001))
    assert "too large" in fault.wrong


def test_a_folder_with_too_many_files_is_refused(tmp_path: Path) -> None:
    """Somebody's home is not a scenario."""

    def spoil(folder: Path) -> None:
        for number in range(400):
            (folder / f"{number}.txt").touch()

    [fault] = faults_after(tmp_path, spoil)
    assert "too many" in fault.wrong


def test_a_folder_without_a_file_is_refused(tmp_path: Path) -> None:
    """An empty folder says which file is wanted."""
    with pytest.raises(BadScenario, match=r"scenario\.toml"):
        load(tmp_path)


def test_a_path_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """A path is never taken for a name."""
    with pytest.raises(BadScenario, match="no such folder"):
        load(tmp_path / "tiny")


@pytest.mark.parametrize(("name", "said"), [("iraq2003", "'iraq-2003'"), ("no/such", "no such folder"), ("zzzz", "tiny")])
def test_an_unknown_name_is_refused_with_the_nearest(name: str, said: str) -> None:
    """A mistyped name is answered with what there is."""
    with pytest.raises(BadScenario, match=said):
        load(name)


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Files saved by Windows editors load."""
    folder = copy_of_tiny(tmp_path)
    (folder / MAIN).write_bytes(b"\xef\xbb\xbf" + (folder / MAIN).read_bytes())
    assert load(folder).data == load("tiny").data


def test_a_case_can_be_played_for_fewer_turns() -> None:
    """Which is another case to hashes; all of it is the case itself, and more or nothing of it is refused."""
    whole = load("tiny")
    assert shortened(whole, None) is whole
    assert shortened(whole, 3) is whole
    less = shortened(whole, 2)
    assert less.data.scenario.turns == 2
    assert less.public_briefs == whole.public_briefs
    assert pins(less).scenario_hash != pins(whole).scenario_hash
    for turns in (0, 4):
        with pytest.raises(BadScenario, match=f"There are 3 turns, not {turns}"):
            shortened(whole, turns)
