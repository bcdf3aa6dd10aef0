"""The parts of the debrief: what each says is what happened."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from server.debrief import ballots, causes, charts, fought, knowledge, overview, promises, questions, scores, strategies, ties
from server.debrief import headlines as all_headlines
from server.debrief.headlines import headlines
from server.debrief.page import debrief
from server.debrief.rings import ring_chart
from server.debrief.telling import Telling
from server.narrate.amounts import figure
from server.narrate.language import speaking
from tests.server.games import VOTED, telling

SEEDS = range(1, 60)


def first_where(wish: str) -> Telling:
    """The first random game in which something came to pass: ``verdicts`` or ``launches``."""
    for seed in SEEDS:
        found = telling("tiny", "*=random", seed)
        if found.turns.game.verdicts if wish == "verdicts" else any(turn.launches for turn in found.turns.told):
            return found
    raise AssertionError(f"no {wish} in {len(SEEDS)} random games")


def test_every_vote_stands_with_its_bar_and_its_names() -> None:
    """Count and names as in the game."""
    told = telling("tiny")
    page, votes, game = debrief(told), list(ballots.votes(told.turns)), told.turns.game
    assert [v.status for v in votes] == [d.status for d in game.drafts]
    for vote, draft in zip(votes, game.drafts, strict=True):
        assert {side.key: side.count for side in vote.sides if side.key != "silent"} == {
            choice: len([b for b in draft.ballots if b.choice == choice]) for choice in {b.choice for b in draft.ballots}
        }
        assert vote.title in page
        if vote.sides:
            assert f"{vote.needed} needed" in charts.vote_bar(vote)


def test_agreement_is_that_of_lijphart() -> None:
    """Alike 100, opposite 0, an abstention half way; the unipole stands first and has none."""
    rows = ballots.voters(telling("iraq-2003", seed=VOTED).turns)
    assert rows[0].is_unipole
    assert rows[0].agreement is None
    mine = rows[0].ballots
    assert mine
    for row in rows[1:]:
        both = [(a, b) for a, b in zip(mine, row.ballots, strict=True) if a and b]
        points = [1.0 if a == b else 0.5 if "abstain" in (a, b) else 0.0 for a, b in both]
        assert row.agreement == pytest.approx(100.0 * sum(points) / len(points))


def test_promises_stand_with_the_act_and_broken_ones_first() -> None:
    """As many rows as verdicts, each with its clause in words; the tallies add up to them."""
    told = first_where("verdicts")
    rows = promises.words(told.turns)
    assert len(rows) == len(told.turns.game.verdicts) > 0
    broken = [row.key == "broken" for row in rows]
    assert broken == sorted(broken, reverse=True)
    assert not any(re.search(r"\b(ARD|BRV|COR|DOR)\b", row.promise + row.reason) for row in rows)
    assert sum(number for _, number in promises.in_all(told.turns).counts) == len(rows)
    page = debrief(told)
    assert all(f"#w{row.place}" in page for row in rows)


def test_what_broken_words_cost_is_told_once_a_state_and_turn() -> None:
    """Named with the first, as the figures moved."""
    turns = telling("iraq-2003", seed=VOTED).turns
    rows = [row for row in promises.words(turns) if row.cost]
    assert rows
    assert len({(row.who, row.turn) for row in rows}) == len(rows)
    chile = next(row for row in rows if row.who == "Chile")
    turn = next(t for t in turns.told if t.number == chile.turn)
    move = next(m for m in turn.moves if m.cause == "reputation")
    seat = move.before.atlas.countries.index("CHL")
    lost = 100.0 * float(move.before.world.approval[seat] - move.after.world.approval[seat])
    assert f"{figure(lost, 1)} points of approval" in chile.cost


def test_the_ledger_has_every_agreement_from_making_to_end() -> None:
    """Those of the opening and those that were made; each still in force or with the reason of its end."""
    told = telling("iraq-2003")
    rows = promises.ledger(told.turns)
    made = [e for turn in told.turns.told for _, e in turn.events if e.kind == "commitment-made"]
    assert len(rows) == len(told.turns.opening.commitments) + len(made)
    standing = [row for row in rows if row.end == "in force at the end" or row.end.endswith("had given notice")]
    assert len(standing) == len(told.turns.game.commitments)


def test_wars_stand_with_the_terms_of_their_legitimacy() -> None:
    """The parts add up to the figure."""
    told = first_where("launches")
    for war in fought.wars(told.turns):
        shown = float(war.legitimacy.removesuffix("%")) / 100.0
        assert abs(min(max(sum(value for _, value in war.parts), 0.0), 1.0) - shown) <= 0.03
        assert war.title in debrief(told)
        with speaking("ru"):
            assert not any(re.search("[a-z]", part) for ours in fought.wars(told.turns) for part, _ in ours.parts)


def test_seats_stand_with_payoffs_and_objectives() -> None:
    """Every seat and every objective, with a word and not by colour alone."""
    told = telling("tiny")
    seats, page = scores.seats(told.turns.game), debrief(told)
    assert {seat.code for seat in seats} == set(told.turns.game.atlas.countries)
    assert [seat.gain for seat in seats] == sorted((seat.gain for seat in seats), reverse=True)
    met = sum(seat.met for seat in seats)
    assert (page.count("✓ met"), page.count("✗ not met")) == (met, sum(len(seat.aims) for seat in seats) - met)


def test_who_knew_what() -> None:
    """The parties from the start, the others from the turn in which it came to light, or never."""
    told = telling("iraq-2003")
    found = knowledge.secrets(told.turns)
    countries = told.turns.game.atlas.countries
    pacts = {e.commitment.id: e.commitment for turn in told.turns.told for _, e in turn.events if e.kind == "commitment-made"}
    secret = [pact for pact in pacts.values() if pact.terms.secret]
    assert len(found) == len(secret)
    for row, pact in zip(found, secret, strict=True):
        insiders = {c for c, mark in zip(countries, row.marks, strict=True) if mark == knowledge.PARTY}
        assert insiders == set(pact.terms.parties)
        assert (knowledge.OUTSIDE in row.marks) == (row.found is None)
    assert {row.found for row in found} > {None}
    blind = knowledge.ignorance(told.turns, found)
    assert all(row.own + row.learned + row.never == len(found) for row in blind)


def test_rings_show_ties_as_they_stand() -> None:
    """One picture before the game and one a turn; what was made in a turn is drawn strong in it, and wars are there."""
    told = telling("iraq-2003")
    rings = ties.rings(told.turns)
    assert len(rings) == 1 + len(told.turns.told)
    assert not [tie for tie in rings[0].ties if tie.fresh]
    assert {(tie.one, tie.other) for tie in rings[0].ties} >= {("USA", "JPN"), ("USA", "KOR")}
    assert rings[0].clubs == (frozenset(told.turns.opening.commitments[0].terms.parties),)
    launched = next(turn.number for turn in told.turns.told if turn.launches)
    assert [tie for tie in rings[launched].ties if tie.kind == "war" and tie.fresh]
    drawn = ring_chart(rings[launched])
    assert all(f">{state}<" in drawn for state in rings[launched].states)
    assert 'class="tie war fresh"' in drawn


def test_questions_are_asked_of_what_happened_and_judge_nobody() -> None:
    """At most ten, each a question; withdrawn drafts, wars, broken words and secrets are asked about; nothing says who was right."""
    found = questions.questions(telling("iraq-2003", seed=VOTED).turns)
    text = " ".join(question.text for question in found)
    assert 4 <= len(found) <= questions.QUESTIONS_MAX
    assert all("?" in question.text for question in found)
    for words in ("authority of a council", "promises, one of them", "in secret came to light"):
        assert words in text
    assert not re.search(r"should have|wrong|right|mistake|guilty|blame", text)
    lot = " ".join(question.text for question in questions.questions(telling("tiny", "*=random", 0).turns))
    assert "before the vote" in lot
    quiet = questions.questions(telling("tiny", "*=hold").turns)
    assert len(quiet) == 1


def test_headlines_and_lanes_hold_what_happened() -> None:
    """The war, the votes, the words, the secrets; every turn a cell in every lane."""
    told = telling("iraq-2003")
    war, vote, words, secrets, standing = headlines(told)
    assert war.figure == "War"
    settled = ballots.decisive(told.turns)
    assert settled is not None
    assert vote.figure == f"{settled.cast('yes')} : {settled.cast('no')}"
    assert vote.place == settled.place
    assert settled.reason in vote.text
    assert words.figure == str(len([row for row in promises.words(told.turns) if row.key == "broken"]))
    assert secrets.figure == str(len(knowledge.secrets(told.turns)))
    seats = scores.seats(told.turns.game)
    assert standing.figure == seats[0].change
    assert seats[-1].name in standing.text
    lanes = overview.lanes(told.turns)
    assert {"news", "agreed", "voted", "fought"} == {lane.key for lane in lanes}
    assert all(len(lane.cells) == len(told.turns.told) for lane in lanes)
    quiet = [fact.figure for fact in headlines(telling("tiny", "*=hold"))]
    assert quiet[:-1] == ["0", "0", "0"]


def test_many_wars_have_one_headline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each its own as long as there are few, so that the first screen holds the rest of the story."""
    told = first_where("launches")
    fought = [launch.event for turn in told.turns.told for launch in turn.launches]
    usual = headlines(told)
    assert [card.figure for card in usual[: len(fought)]] == ["War"] * len(fought)
    monkeypatch.setattr(all_headlines, "WARS_MAX", 0)
    card, *rest = headlines(told)
    assert (card.figure, rest) == (str(len(fought)), usual[len(fought) :])
    assert f"{len([event for event in fought if event.operation.success])} of them succeeded" in card.text


def test_headlines_tell_who_came_out_how_as_far_as_one_may_know() -> None:
    """Payoffs on the opened page, a seat's own on its page, and approval, which everybody sees, on the public one."""
    sealed, opened = (telling("tiny", revealed=revealed) for revealed in (False, True))
    own = replace(opened, viewer="COR")
    texts = [headlines(eyes)[-1].text for eyes in (sealed, opened, own)]
    assert ["approval" in text for text in texts] == [True, False, False]
    mine = next(seat for seat in scores.seats(opened.turns.game) if seat.code == "COR")
    assert headlines(own)[-1].figure == mine.change
    assert f"{mine.met} of {len(mine.aims)}" in texts[2]


def test_a_text_that_was_adopted_settles_more_than_one_that_failed() -> None:
    """The last of them; of failures alone the one that came nearest to its bar."""
    turns = telling("iraq-2003", seed=VOTED).turns
    settled = ballots.decisive(turns)
    assert settled is not None
    assert settled.status == "adopted"
    held = [vote for vote in ballots.votes(turns) if vote.is_text and vote.sides]
    assert [vote.place for vote in held if vote.status == "adopted"][-1] == settled.place
    assert ballots.decisive(telling("tiny", "*=hold").turns) is None


def test_labels_are_told_with_the_turns_in_which_they_held() -> None:
    """Turns that follow each other as one; evidence once, with the turn in which it was seen first."""
    assert strategies.runs([1, 2, 3, 5, 7, 8]) == "1–3, 5, 7–8"
    for course in strategies.courses(telling("iraq-2003").chapters):
        assert {span.label for span in course.spans} == {label for cell in course.cells for label, _ in cell.labels}
        for span in course.spans:
            seen = {proof for cell in course.cells for label, proofs in cell.labels if label == span.label for proof in proofs}
            assert {proof.place or proof.words for _, proof in span.proofs} == {proof.place or proof.words for proof in seen}
            assert len({proof.place or proof.words for _, proof in span.proofs}) == len(span.proofs)


def test_figures_that_are_the_same_for_all_and_never_moved_are_left_out() -> None:
    """A column that tells nothing is none."""
    turns = telling("tiny", "*=hold").turns
    shown = scores.public_figures(turns)
    still = {field for field in scores.PUBLIC_FIGURES if field not in shown}
    for field in still:
        assert len({float(value) for world in (turns.opening.world, turns.game.world) for value in getattr(world, field)}) == 1
    assert all(len(row.figures) == len(shown) for row in scores.standings(turns))
    assert "economy" in shown


def test_reasons_of_a_great_game_are_those_of_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the index of chains: the same events in the same sentences, each with its own reasons."""
    told = telling("tiny", "*=random", 3)
    usual = list(causes.whys(told))
    monkeypatch.setattr(causes, "SEATS_MAX", 1)
    again = replace(told)
    great = list(causes.whys(again))
    assert [(why.place, why.sentence) for why in great] == [(why.place, why.sentence) for why in usual]
    assert "story" not in vars(again)


def test_courses_that_are_shared_are_named_once() -> None:
    """States that always stood alike share a line; of many lines six are named, the ends among them."""
    rows = [("A", (1.0,)), ("B", (1.0,)), ("C", (0.5,))]
    assert charts.courses(rows) == [("A, B", (1.0,)), ("C", (0.5,))]
    crowd = [(str(k), (1.0,)) for k in range(charts.SHARED_MAX + 3)]
    assert charts.courses(crowd)[0][0] == "0, 1, 2, 3, 4, 5, 6, 7 and 3 more"
    many = [(str(k), (float(k),)) for k in range(20)]
    named = charts.courses(many)
    assert len(named) == charts.NAMED_MAX
    assert (named[0], named[-1]) == (many[0], many[-1])
    assert [label for _, label in charts.alignment_keys(many)] == [label for label, _ in named]


def test_numbers_of_turns_do_not_cover_each_other() -> None:
    """All of a few, and of many as many as have room."""
    for turns, shown in ((1, 1), (6, 6), (28, 14)):
        drawn = charts.alignment_chart([("A", (50.0,) * turns)], turns)
        assert len(re.findall(r'text-anchor="middle">\d+<', drawn)) == shown


def test_drafts_and_operations_have_names_in_evidence() -> None:
    """Nobody reads the codes by which the rules know them."""
    turns = telling("iraq-2003", seed=VOTED).turns
    game = turns.game
    assert strategies.plain(game, f"voted yes on {game.drafts[0].id}") == "voted yes on draft 1-1"
    operation = next(of for of in game.operations if of.leader == "USA")
    assert strategies.plain(game, f"stood aside from {operation.id}") == "stood aside from the operation of the United States against Iraq"
    assert strategies.plain(game, f"pledged yes on {game.atlas.issues[0].id}") == "pledged yes on “Force against Iraq”"
    assert strategies.plain(game, "a well-known case") == "a well-known case"
