"""Amendments: asked for where the changed text does better, accepted where less is better than nothing, voted on for what they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from client.bots.assembly import debate, votes
from client.bots.dice import Dice
from client.bots.futures import Fate, gap_between, gap_of, outcome_gap, said
from client.bots.outlook import Outlook
from client.bots.thought import alone
from rules.orders import Act, Sponsor, Table, Vote, Withdraw
from rules.parameters import Setting
from rules.state import Game
from rules.view import view
from rules.vocabulary import Draft
from scenarios import load
from scenarios.opening import opening

TEXT = Draft.believed(
    id="board-1-1", council="board", author="USA", action="authorise force", issue="enrichment", target="IRN", pressed=True, turn=1,
    sponsors=("USA",),
)  # fmt: skip
CHANGE = TEXT.model_copy(
    update={"id": "board-1-2", "author": "GBR", "action": "sanction", "amends": TEXT.id, "pressed": False, "sponsors": ("GBR",)}
)


FOUR = {"id": "four-1-1", "council": "four", "author": "ARD", "issue": "dorn-force", "target": "DOR", "sponsors": ("ARD",)}
SMALL = TEXT.model_copy(update=FOUR)
LESS = SMALL.model_copy(
    update={"id": "four-1-2", "author": "BRV", "action": "sanction", "amends": "four-1-1", "pressed": False, "sponsors": ("BRV",)}
)

IDLE: dict[str, Setting] = {"action_pull": 0}  # what a council asks for moves nothing


def debated(*drafts: Draft, round_: int = 1, switches: Mapping[str, Setting] | None = None) -> Game:
    """The board debates the unipole's text, which has no chance; or votes on it.  The council of four debates one that may pass."""
    game = opening(load("tiny" if drafts[0].council == "four" else "eu3-iran"), "s", switches)
    moment = replace(game.moment, status="running", turn=1, phase="assembly", round=round_)
    return replace(game, moment=moment, drafts=drafts)


def eyes(game: Game, country: str) -> Outlook:
    """What a member makes of it."""
    return Outlook(view(game, country), 60.0)


def said_by(country: str, game: Game) -> tuple[Act, ...]:
    """What it does in the debate."""
    return alone(debate(eyes(game, country), Dice("s", "1")))


def asked(country: str, switches: Mapping[str, Setting] | None = None) -> list[str]:
    """The amendments for which a member asks."""
    return [act.action for act in said_by(country, debated(TEXT, switches=switches)) if isinstance(act, Table) and act.amends == TEXT.id]


def test_a_member_asks_for_the_text_that_finds_the_votes() -> None:
    """Sanctions in the place of force, which would fail; nothing of the kind if what a council asks for moves nothing."""
    assert asked("GBR") == ["sanction"]
    assert asked("DEU") == ["sanction"]
    assert asked("GBR", IDLE) == []
    assert asked("DEU", IDLE) == []


def test_an_author_takes_less_rather_than_nothing() -> None:
    """The unipole changes its text itself, or accepts the change, where sanctions pass and force may not; not if they move nothing."""
    alone_, offered = said_by("ARD", debated(SMALL)), said_by("ARD", debated(SMALL, LESS))
    assert [(act.action, act.amends) for act in alone_ if isinstance(act, Table)] == [("sanction", SMALL.id)]
    assert [act.draft for act in offered if isinstance(act, Sponsor)] == [LESS.id]
    for acts in (said_by("ARD", debated(SMALL, switches=IDLE)), said_by("ARD", debated(SMALL, LESS, switches=IDLE))):
        assert not [act for act in acts if isinstance(act, Table | Sponsor)]


def test_a_hopeless_text_is_put_to_the_vote_for_the_record() -> None:
    """Opinion at home wants to see the vote, which is worth more than the refusal costs; where it has no say, the text is taken back."""
    hopeless = TEXT.model_copy(update={"id": "unsc-1-1", "council": "unsc", "issue": "iraq-force", "target": "IRQ"})
    for opinion, taken_back in ((0.15, []), (0.0, [hopeless.id])):
        game = opening(load("iraq-2003"), "s", {"opinion": opinion})
        moment = replace(game.moment, status="running", turn=1, phase="assembly", round=1)
        acts = said_by("USA", replace(game, moment=moment, drafts=(hopeless,)))
        assert [act.draft for act in acts if isinstance(act, Withdraw)] == taken_back


def test_an_author_whose_text_passes_leaves_it_alone() -> None:
    """A council that needs one vote gives the unipole its mandate."""
    game = debated(SMALL)
    one = tuple(council.model_copy(update={"threshold": 1, "veto": False}) for council in game.atlas.councils)
    acts = said_by("ARD", replace(game, atlas=replace(game.atlas, councils=one)))
    assert not [act for act in acts if isinstance(act, Table)]


def test_a_vote_on_an_amendment_is_a_choice_between_two_texts() -> None:
    """It is worth what the one text adopted is worth more than the other, and nothing else."""
    game = debated(TEXT, CHANGE)
    for country in ("GBR", "IRN"):
        outlook = eyes(game, country)
        rather = gap_between(outlook, Fate(said(CHANGE), adopted=True), Fate(said(TEXT), adopted=True))
        assert (outcome_gap(outlook, CHANGE) == rather).all()
        assert (outcome_gap(outlook, TEXT) == gap_of(outlook, said(TEXT))).all()
        assert abs(rather + gap_between(outlook, Fate(said(TEXT), adopted=True), Fate(said(CHANGE), adopted=True))).max() < 1e-12


def test_members_say_what_they_vote_if_the_text_is_changed() -> None:
    """Only of a text to which an amendment is on the table, and by what it would then say."""
    plain = [act for act in alone(votes(eyes(debated(TEXT, round_=2), "DEU"), Dice("s", "vote"))) if isinstance(act, Vote)]
    both = [act for act in alone(votes(eyes(debated(TEXT, CHANGE, round_=2), "DEU"), Dice("s", "vote"))) if isinstance(act, Vote)]
    assert [(act.draft, act.if_amended) for act in plain] == [(TEXT.id, None)]
    assert {act.draft: (act.choice, act.if_amended) for act in both}[TEXT.id] == (plain[0].choice, "yes")
    assert plain[0].choice != "yes"
