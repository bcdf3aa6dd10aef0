"""Objectives: what can be read, what cannot and why, and when each predicate holds, for the engine and for the player alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.exact import Array, frozen
from rules.interests.objectives import LENGTH_MAX, SAME_PAYOFF, WORDS, BadPredicate, Predicate, holds, parse
from rules.interests.wishes import now
from rules.pacts.treaties import Departure
from rules.state import TERMS, Council, Game
from rules.view import view
from rules.vocabulary import Ballot, Choice, Commitment, Contribution, Defend, Draft, Level, Operation, Side, Standing, Terms
from scenarios import load, opening

ISSUE = "dorn-force"
Figures = list[float] | list[list[float]]


@pytest.fixture(scope="module")
def game() -> Game:
    """The small case, opened: Arden (unipole), Brava (its ally), Corin, Dorn."""
    return opening(load("tiny"), "seed")


def asked(game: Game, country: str, text: str) -> bool:
    """The answer of the engine, after making sure that the country itself comes to the same."""
    predicate = parse(text)
    answer = holds(predicate, game, country)
    assert holds(predicate, view(game, country), country) == answer
    return answer


def moved(game: Game, **arrays: Figures) -> Game:
    """The game with some figures of the world replaced."""
    changed: dict[str, Array] = {name: frozen(values) for name, values in arrays.items()}
    return replace(game, world=replace(game.world, **changed))


def draft(status: Standing = "adopted", turn: int = 1, **votes: Choice) -> Draft:
    """A draft that authorises force against Dorn."""
    return Draft(
        id=f"d{turn}", council="four", author="ARD", action="authorise force", issue=ISSUE, target="DOR", pressed=False, turn=turn,
        status=status, ballots=tuple(Ballot(country=c, choice=v) for c, v in votes.items()),
    )


def attack(turn: int = 1, *, success: bool = True, cancelled: bool = False, **sides: Side) -> Operation:
    """Arden's operation against Dorn."""
    level: Level = "token"
    coalition = tuple(Contribution(country=c, side=s, level=level) for c, s in sides.items())
    status: Literal["cancelled", "launched"] = "cancelled" if cancelled else "launched"
    return Operation(
        id=f"o{turn}", leader="ARD", target="DOR", issue=ISSUE, turn=turn, status=status, coalition=coalition, success=success
    )


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("authorised_or_none", Predicate(negated=False, name="authorised_or_none", subject="", comparison="", bound=None)),
        ('not adopted("dorn-force")', Predicate(negated=True, name="adopted", subject=ISSUE, comparison="", bound=None)),
        ("  company ( self )>=  3 ", Predicate(negated=False, name="company", subject="self", comparison=">=", bound=3.0)),
        ("welfare(self) > -0.25", Predicate(negated=False, name="welfare", subject="self", comparison=">", bound=-0.25)),
        ("security(self) >= start", Predicate(negated=False, name="security", subject="self", comparison=">=", bound="start")),
        (
            "welfare(self) >= start - 0.05",
            Predicate(negated=False, name="welfare", subject="self", comparison=">=", bound="start", offset=-0.05),
        ),
        ("welfare(self) > start+2", Predicate(negated=False, name="welfare", subject="self", comparison=">", bound="start", offset=2.0)),
    ],
)
def test_predicates_are_read(text: str, read: Predicate) -> None:
    """Blanks do not matter; every part lands in its field."""
    assert parse(text) == read


@pytest.mark.parametrize(
    ("text", "position", "remedy"),
    [
        ("", 0, "Use one of"),
        ("not", 3, "Use one of"),
        ("goverms(self)", 0, "Did you mean governs?"),
        ("governs", 7, "Write governs(self)."),
        ("governs(SELF)", 8, "Write governs(self)."),
        ("governs(self", 12, "Write governs(self)."),
        ("governs(self) == 1", 14, "leave the comparison out"),
        ("position(self) >= 1", 9, 'Write position("issue-id").'),
        ('position("x")', 13, "one of: >="),
        ('position("x") >= start', 17, "Compare with a number."),
        ("breaches(self) = 0", 15, "one of: >="),
        ("breaches(self) == zero", 18, "Compare with a number."),
        ("breaches(self) == 1.2.3", 18, "Compare with a number."),
        ("welfare(self) >= star", 17, "with start"),
        ("welfare(self) >= start - much", 25, "how far from the start"),
        ("governs(self) and joined(self)", 14, "two objectives"),
        ("not not joined(self)", 4, "Use one of"),
        ("x" * (LENGTH_MAX + 1), LENGTH_MAX, "at most"),
    ],
)
def test_a_planted_mistake_is_named_by_place_and_remedy(text: str, position: int, remedy: str) -> None:
    """The author learns where the reading stopped and what to write."""
    with pytest.raises(BadPredicate) as caught:
        parse(text)
    assert caught.value.position == position
    assert remedy in f"{caught.value.wrong} {caught.value.remedy}"


@given(st.text(alphabet='abelfnorst_(")>=<!. 0123456789-', max_size=60) | st.text(max_size=300))
def test_reading_knows_one_error(text: str) -> None:
    """Whatever is typed is read or refused with a place inside the text."""
    try:
        read: Predicate | BadPredicate = parse(text)
    except BadPredicate as bad:
        read = bad
    if isinstance(read, BadPredicate):
        assert 0 <= read.position <= len(text)
    else:
        assert read.name in WORDS


def test_position_and_adoption(game: Game) -> None:
    """The issue stands at .2; adopted means that a draft on force carried."""
    assert asked(game, "ARD", f'position("{ISSUE}") < 0.5')
    assert asked(moved(game, positions=[0.5]), "ARD", f'position("{ISSUE}") >= 0.5')
    assert not asked(game, "DOR", f'adopted("{ISSUE}")')
    assert asked(replace(game, drafts=(draft(),)), "DOR", f'adopted("{ISSUE}")')
    assert asked(replace(game, drafts=(draft("failed"),)), "DOR", f'not adopted("{ISSUE}")')
    demand = draft().model_copy(update={"action": "demand"})
    assert asked(replace(game, drafts=(demand,)), "DOR", f'not adopted("{ISSUE}")')


def test_an_unknown_issue_cannot_be_asked(game: Game) -> None:
    """A predicate of another case is refused rather than answered."""
    with pytest.raises(BadPredicate, match="no issue"):
        holds(parse('position("other") > 0'), game, "ARD")


@pytest.mark.parametrize(
    ("drafts", "operations", "answer"),
    [
        ((), (), True),
        ((), (attack(),), False),
        ((), (attack(cancelled=True),), True),
        ((draft("failed"),), (attack(),), False),
        ((draft(),), (attack(),), True),
        ((draft(turn=1),), (attack(turn=2),), True),
        ((draft(turn=3),), (attack(turn=2),), False),  # asked for afterwards
        ((draft().model_copy(update={"target": "COR"}),), (attack(),), False),
    ],
)
def test_force_with_authority_or_not_at_all(
    game: Game, drafts: tuple[Draft, ...], operations: tuple[Operation, ...], answer: bool  # the expected answer
) -> None:
    """Only an authorisation given by then, of the same target, covers an operation (W64)."""
    assert asked(replace(game, drafts=drafts, operations=operations), "BRV", "authorised_or_none") == answer


def test_breaches_are_counted(game: Game) -> None:
    """Each country asks for its own."""
    marked = moved(game, breaches=[0.0, 2.0, 0.0, 0.0])
    assert asked(marked, "ARD", "breaches(self) == 0")
    assert asked(marked, "BRV", "breaches(self) == 2")


def test_the_share_of_a_war_is_a_part_of_all_that_was_spent(game: Game) -> None:
    """Nothing is spent before a war; then money counts, not shares of own economies: 30 of 30 + 12."""
    assert asked(game, "ARD", "war_share(self) == 0")
    fought = moved(game, war_cost=[0.03, 0.0, 0.0, 0.1])
    assert asked(fought, "ARD", "war_share(self) > 0.71")
    assert asked(fought, "ARD", "war_share(self) < 0.72")
    assert asked(fought, "BRV", "war_share(self) <= 0.05")


def test_the_way_in_is_open_or_complete(game: Game) -> None:
    """Brava is in by treaty; Corin's way is open while Arden wishes it well; Dorn has none."""
    assert [asked(game, c, "joined(self)") for c in ("BRV", "COR", "DOR")] == [True, True, False]
    cold = moved(game, goodwill=[[0.0] * 4] * 4)
    assert [asked(cold, c, "joined(self)") for c in ("BRV", "COR", "DOR")] == [True, False, False]
    leaving = tuple(c.model_copy(update={"leaving": (Departure(country="ARD", given=1, until=1),)}) for c in cold.commitments)
    assert not asked(replace(cold, commitments=leaving), "BRV", "joined(self)")
    terms = Terms(parties=("ARD", "COR"), clauses=(Defend(debtor="ARD", since=1, until=3),), secret=True)
    inside = replace(cold, commitments=(Commitment(id="new", terms=terms, since=1),))
    assert [asked(inside, c, "joined(self)") for c in ("COR", "DOR")] == [True, False]


def test_company_is_counted_in_the_field_and_in_the_council(game: Game) -> None:
    """The last roll call or operation in which a country took part counts, whichever has more on its side."""
    assert asked(game, "ARD", "company(self) == 0")
    voted = replace(game, drafts=(draft("failed", ARD="yes", BRV="no", COR="yes", DOR="no"), draft("failed", 2, BRV="no")))
    assert asked(voted, "ARD", "company(self) == 1")  # it cast no ballot on the second
    assert asked(voted, "BRV", "company(self) == 0")
    fought = replace(voted, operations=(attack(BRV="attack", COR="attack"),))
    assert asked(fought, "ARD", "company(self) == 2")
    assert asked(fought, "DOR", "company(self) == 1")  # alone in the field, with Brava in the council
    given_up = replace(voted, operations=(attack(BRV="attack", COR="attack", cancelled=True),))
    assert asked(given_up, "ARD", "company(self) == 1")


def test_a_pact_is_in_force_for_its_parties_until_they_give_notice(game: Game) -> None:
    """A party that renounced has lost it; an outsider never had it."""
    assert asked(game, "BRV", 'in_force("arden-brava")')
    assert not asked(game, "COR", 'in_force("arden-brava")')
    leaving = tuple(c.model_copy(update={"leaving": (Departure(country="BRV", given=1, until=1),)}) for c in game.commitments)
    assert not asked(replace(game, commitments=leaving), "BRV", 'in_force("arden-brava")')
    assert asked(replace(game, commitments=leaving), "ARD", 'in_force("arden-brava")')


def test_a_government_falls_with_a_lost_war(game: Game) -> None:
    """Only success against it, and only the target."""
    assert asked(game, "DOR", "governs(self)")
    assert asked(replace(game, operations=(attack(success=False),)), "DOR", "governs(self)")
    beaten = replace(game, operations=(attack(),))
    assert [asked(beaten, c, "governs(self)") for c in ("DOR", "ARD")] == [False, True]


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("country", ["ARD", "BRV", "COR", "DOR"])
def test_at_the_opening_every_term_is_at_its_start(game: Game, country: str, term: str) -> None:
    """Nothing has changed, so nothing is above or below."""
    assert asked(game, country, f"{term}(self) == start")
    assert not asked(game, country, f"{term}(self) > start")


@pytest.mark.parametrize(
    ("term", "change"),
    [
        ("domestic", {"approval": [0.4] * 4}),
        ("standing", {"authority": [0.7]}),
        ("policy", {"positions": [0.0]}),
        ("autonomy", {"deference": [1.0] * 4}),
        ("welfare", {"war_cost": [0.01] * 4}),
        ("security", {"hostile": [[0.9] * 4] * 4}),
    ],
)
def test_a_term_falls_below_its_start_when_its_cause_worsens(game: Game, term: str, change: dict[str, Figures]) -> None:
    """Each term answers to its own figures, as things stand now."""
    worse = moved(game, **change)
    assert asked(worse, "BRV", f"{term}(self) < start")
    assert asked(worse, "BRV", f"not {term}(self) >= start")
    others = [other for other in TERMS if other != term]
    assert all(asked(worse, "BRV", f"{other}(self) == start") for other in others)


def test_a_difference_that_nobody_can_see_is_none(game: Game) -> None:
    """Approval lower by less than the margin is as at the start, lower by more is not."""
    assert asked(moved(game, approval=[0.5 - SAME_PAYOFF / 2] * 4), "BRV", "domestic(self) >= start")
    assert not asked(moved(game, approval=[0.5 - SAME_PAYOFF * 2] * 4), "BRV", "domestic(self) >= start")


def test_a_distance_from_the_start_can_be_asked_for(game: Game) -> None:
    """A little worse than at the start may be good enough, and a little better be asked for."""
    worse = moved(game, approval=[0.46] * 4)
    assert asked(worse, "BRV", "domestic(self) >= start - 0.05")
    assert not asked(worse, "BRV", "domestic(self) >= start - 0.03")
    assert not asked(game, "BRV", "domestic(self) >= start + 0.01")


def test_a_view_tells_nothing_about_another(game: Game) -> None:
    """Brava cannot ask what Arden plays for, nor can the public."""
    with pytest.raises(ValueError, match="BRV"):
        now(view(game, "BRV"), "ARD")
    with pytest.raises(ValueError, match="public"):
        holds(parse("welfare(self) >= start"), view(game, "public"), "ARD")


def test_an_unknown_country_cannot_ask(game: Game) -> None:
    """A country that is not in the case has no objectives."""
    with pytest.raises(ValueError, match="ZZZ"):
        holds(parse("authorised_or_none"), game, "ZZZ")


def test_one_row_gives_the_bits_of_all_rows(game: Game) -> None:
    """Payoffs for one country are those of the whole table, bit for bit."""
    for row, country in enumerate(game.atlas.countries):
        assert now(game, country).tolist() == game.atlas.opening[row].tolist()


def test_every_built_in_objective_can_be_asked_by_its_player() -> None:
    """Engine and player agree on every objective of the large case at the start."""
    iraq = opening(load("iraq-2003"), "seed")
    assert isinstance(iraq.atlas.councils[0], Council)
    found = 0
    for country, aims in zip(iraq.atlas.countries, iraq.atlas.objectives, strict=True):
        for aim in aims:
            asked(iraq, country, aim.predicate)
            found += 1
    assert found > 100
