"""Counting votes, the power to turn them, and the life of a draft."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations, product
from typing import Any

import pytest

from rules import orders as o
from rules.bodies.councils import DRAFTS_A_TURN_MAX, bar, check_table, voting_power
from rules.errors import Refused
from rules.state import Council
from rules.vocabulary import CHOICES, Ballot
from tests.rules.stage import at, given, refusal


def council(size: int, permanent: int, threshold: int, *, veto: bool = True) -> Council:
    """A body of so many members, of whom the first few are permanent."""
    members = tuple(f"A{chr(65 + k // 26)}{chr(65 + k % 26)}" for k in range(size))
    return Council(id="body", title="Body", members=members, permanent=members[:permanent], threshold=threshold, veto=veto)


def test_the_bar_against_the_rule_spelled_out() -> None:
    """All ways to vote, absence included, in a council of four with one veto."""
    body = council(4, 1, 2)
    for cast in product((*CHOICES, None), repeat=4):
        ballots = tuple(Ballot(country=c, choice=v) for c, v in zip(body.members, cast, strict=True) if v)
        found = bar(body, ballots)
        assert found.passes == (cast.count("yes") >= 2 and cast[0] != "no")
        assert len(found.yes) + len(found.no) + len(found.abstain) + len(found.silent) == 4
        assert found.passes == found.reason.startswith("adopted")
        assert ("veto" in found.reason) == (found.passes or cast[0] == "no")


def test_without_the_right_there_is_no_veto() -> None:
    """A permanent member of a body without veto is a member like others."""
    body = council(3, 1, 2, veto=False)
    ballots = tuple(Ballot(country=c, choice="yes" if k else "no") for k, c in enumerate(body.members))
    assert bar(body, ballots).passes
    assert bar(body, ballots).vetoes == ()


def cast(body: Council, **sides: str) -> tuple[Ballot, ...]:
    """``yes="AAA AAB"``: ballots by sides."""
    return tuple(Ballot(country=c, choice=choice) for choice in CHOICES for c in sides.get(choice, "").split())


def test_abstainers_do_not_count_where_a_majority_of_those_voting_decides() -> None:
    """Two against one carry; a tie does not; important questions need twice as many; nobody in favour carries nothing."""
    body = council(9, 0, 0, veto=False).model_copy(update={"method": "majority", "important": ("authorise force",)})
    two_to_one = cast(body, yes="AAA AAB", no="AAC", abstain="AAD AAE")
    assert bar(body, two_to_one).passes
    assert bar(body, two_to_one, "authorise force").passes
    assert bar(body, two_to_one[1:]).reason == "1 short: 1 in favour, 1 against, a majority of those voting needed"
    three_to_two = cast(body, yes="AAA AAB AAC", no="AAD AAE")
    assert bar(body, three_to_two, "demand").reason == "adopted: 3 in favour, 2 against, a majority of those voting needed"
    found = bar(body, three_to_two, "authorise force")
    assert (found.passes, found.needed, found.reason) == (False, 4, "1 short: 3 in favour, 2 against, two thirds of those voting needed")
    assert not bar(body, cast(body, abstain="AAA AAB")).passes
    assert not bar(body, cast(body, abstain="AAA AAB"), "authorise force").passes


def test_who_is_away_is_missed_by_the_quorum_alone() -> None:
    """An abstention makes the house complete, absence does not."""
    body = council(5, 0, 0, veto=False).model_copy(update={"method": "majority", "quorum": 3})
    assert bar(body, cast(body, yes="AAA", abstain="AAB AAC")).passes
    away = bar(body, cast(body, yes="AAA", abstain="AAB"))
    assert (away.passes, away.reason) == (False, "not carried: 1 in favour, 0 against, a majority of those voting needed; present: 2 of 3")


def test_silence_is_consent_in_a_consensus() -> None:
    """A text passes unless somebody objects."""
    body = council(3, 0, 0, veto=False).model_copy(update={"method": "consensus"})
    assert (bar(body, ()).passes, bar(body, ()).needed) == (True, 0)
    assert bar(body, cast(body, yes="AAA", abstain="AAB")).reason == "adopted: 1 in favour, 0 against, nobody may object, no veto"
    assert bar(body, cast(body, yes="AAA", no="AAC")).reason == "vetoed by AAC: 1 in favour, 1 against, nobody may object"


def test_votes_heads_and_people_are_all_needed() -> None:
    """Weighted votes with a quota, so many members and so many people behind them."""
    rule = {"weights": (4, 4, 2), "heads": 2, "people": (60, 30, 10), "people_needed": 65}
    body = council(3, 0, 6, veto=False).model_copy(update=rule)
    assert bar(body, cast(body, yes="AAA AAB")).passes
    assert bar(body, cast(body, yes="AAA")).reason == (
        "2 short: 4 of 10 votes in favour, 6 needed; members in favour: 1 of 2; people behind the votes in favour: 60 of 65"
    )
    assert bar(body, cast(body, yes="AAB AAC")).reason == (
        "not carried: 6 of 10 votes in favour, 6 needed; people behind the votes in favour: 40 of 65"
    )


@pytest.mark.parametrize(
    ("size", "permanent", "threshold", "veto"),
    [(4, 2, 3, True), (5, 1, 3, True), (5, 0, 3, True), (4, 2, 3, False), (3, 3, 3, True), (4, 3, 2, True), (6, 2, 4, True)],
)
def test_voting_power_against_all_orders_of_members(size: int, permanent: int, threshold: int, *, veto: bool) -> None:
    """Shapley and Shubik's definition, counted: in how many orders a member turns a losing coalition into a winning one."""
    body = council(size, permanent, threshold, veto=veto)
    pivots = dict.fromkeys(body.members, 0)
    orders = list(permutations(body.members))
    for order in orders:
        for k, member in enumerate(order):
            won = [len(side) >= threshold and (not veto or set(body.permanent) <= set(side)) for side in (order[:k], order[: k + 1])]
            pivots[member] += won == [False, True]
    index = voting_power(body)
    for member in body.members:
        assert index[member] == pytest.approx(pivots[member] / len(orders), abs=1e-12)


def test_the_fifteen_have_the_published_indices() -> None:
    """Permanent .1963, elected .00186; all together one."""
    index = voting_power(council(15, 5, 9))
    values = sorted(index.values())
    assert values[-1] == pytest.approx(0.1963, abs=5e-5)
    assert values[0] == pytest.approx(0.00186, abs=5e-6)
    assert sum(values) == pytest.approx(1.0, abs=1e-12)


def table(**changes: Any) -> o.Table:  # noqa: ANN401 - the fields of Table have several types
    """Arden's draft, with some fields changed."""
    plain: dict[str, Any] = {"council": "four", "action": "demand", "issue": "dorn-force", "target": "DOR"}
    return o.Table(**{**plain, **changes})


def test_drafts_that_make_no_sense_are_refused() -> None:
    """Unknown council, issue or target; the same text twice; too many in a turn; a stranger to the council."""
    game = at("1 negotiation 1")
    assert refusal(game, "ARD", table(council="five")) == ("draft/invalid", "council")
    assert refusal(game, "ARD", table(issue="other")) == ("draft/invalid", "issue")
    assert refusal(game, "ARD", table(target="QQQ")) == ("country/unknown", "target")
    small = replace(game, atlas=replace(game.atlas, councils=(game.atlas.councils[0].model_copy(update={"members": ("BRV", "COR")}),)))
    assert refusal(small, "ARD", table()) == ("council/not-a-member", "author")
    tabled = given(game, "ARD", table())
    assert refusal(tabled, "BRV", table()) == ("draft/invalid", "issue")
    withdrawn = game
    for _ in range(DRAFTS_A_TURN_MAX):
        withdrawn = given(withdrawn, "ARD", table())
        withdrawn = given(withdrawn, "ARD", o.Withdraw(draft=withdrawn.drafts[-1].id))
    assert refusal(withdrawn, "ARD", table()) == ("limit/too-many", "council")


def test_a_draft_is_sponsored_declared_on_and_withdrawn() -> None:
    """Each act where it belongs, once, and not after the end."""
    game = given(at("1 negotiation 1"), "ARD", table())
    name = game.drafts[0].id
    assert game.drafts[0].sponsors == ("ARD",)
    assert refusal(game, "ARD", o.Sponsor(draft=name)) == ("draft/invalid", "draft")
    assert refusal(game, "ARD", o.Sponsor(draft="four-9-9")) == ("draft/unknown", "draft")
    assert given(game, "BRV", o.Sponsor(draft=name)).drafts[0].sponsors == ("ARD", "BRV")
    declared = given(game, "COR", o.Declare(draft=name, choice="yes"))
    assert refusal(declared, "COR", o.Declare(draft=name, choice="no")) == ("draft/invalid", "draft")
    assert declared.drafts[0].declared == (Ballot(country="COR", choice="yes"),)
    assert refusal(game, "BRV", o.Withdraw(draft=name)) == ("seat/not-yours", "draft")
    gone = given(game, "ARD", o.Withdraw(draft=name))
    assert (gone.drafts[0].status, gone.drafts[0].reason) == ("withdrawn", "withdrawn by ARD before the vote")
    assert refusal(gone, "COR", o.Declare(draft=name, choice="no")) == ("draft/invalid", "draft")


def test_ballots_are_secret_until_all_are_opened() -> None:
    """They lie on the desk; the roll call has them in the order of the council, the last one of each member counting."""
    lines = {"1 negotiation 1": ["ARD table four demand dorn-force DOR"]}
    voting = at("1 assembly 1", lines)
    for country, choice in (("COR", "no"), ("ARD", "yes"), ("COR", "abstain")):
        voting = given(voting, country, o.Vote(draft="four-1-1", choice=choice))  # type: ignore[arg-type]  # one of the choices
    assert voting.drafts[0].ballots == ()
    assert len(voting.desk) == 2
    after = at("1 orders 1", {**lines, "1 assembly 1": ["COR vote four-1-1 no", "ARD vote four-1-1 yes", "COR vote four-1-1 abstain"]})
    assert after.drafts[0].ballots == (Ballot(country="ARD", choice="yes"), Ballot(country="COR", choice="abstain"))
    assert (after.drafts[0].status, after.drafts[0].reason) == ("failed", "2 short: 1 of 4 in favour, 3 needed")
    assert after.desk == ()


@pytest.mark.parametrize(
    ("changes", "field", "word"),
    [
        ({"council": "five"}, "amends", "before another council or on another issue"),
        ({"issue": "other-issue"}, "amends", "before another council or on another issue"),
        ({}, "amends", "changes nothing"),
        ({"action": "adjourn"}, "amends", "cannot be amended"),
        ({"action": "condemn", "amends": "four-1-9"}, "draft", "no draft four-1-9"),
    ],
)
def test_amendments_that_make_no_sense_are_refused(changes: dict[str, str], field: str, word: str) -> None:
    """Of another body, of another matter, of nothing."""
    game = given(at("1 negotiation 1"), "ARD", table())
    four, issue = game.atlas.councils[0], game.atlas.issues[0]
    atlas = replace(
        game.atlas, councils=(four, four.model_copy(update={"id": "five"})), issues=(issue, issue.model_copy(update={"id": "other-issue"}))
    )
    with pytest.raises(Refused, match=word) as caught:
        check_table(replace(game, atlas=atlas), "COR", table(amends="four-1-1").model_copy(update=changes))
    assert (caught.value.code.value, caught.value.field) in {("draft/invalid", field), ("draft/unknown", field)}


def test_only_members_sponsor_declare_and_vote() -> None:
    """Whoever else is on the table of the council."""
    game = given(at("1 negotiation 1"), "ARD", table())
    body = game.atlas.councils[0].model_copy(update={"members": ("ARD", "BRV", "COR")})
    apart = replace(game, atlas=replace(game.atlas, councils=(body,)))
    assert refusal(apart, "DOR", o.Sponsor(draft="four-1-1")) == ("council/not-a-member", "author")
    assert refusal(apart, "DOR", o.Declare(draft="four-1-1", choice="no")) == ("council/not-a-member", "author")
    voting = replace(apart, moment=replace(apart.moment, phase="assembly"))
    assert refusal(voting, "DOR", o.Vote(draft="four-1-1", choice="no")) == ("council/not-a-member", "author")
    assert given(voting, "COR", o.Vote(draft="four-1-1", choice="no")).desk
