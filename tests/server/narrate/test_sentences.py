"""Events as sentences: every kind, names instead of codes, and exact wording where a student could be misled."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import get_args

import pytest
from rich.console import Console

from rules import events as ev
from rules import orders as o
from rules.evolve import evolve
from rules.mechanisms import MECHANISMS
from rules.pacts.events import CommitmentDetected
from rules.society.events import DialogueHeld, LeaderChanged
from rules.state import Bulletin, Game, index
from rules.vocabulary import (
    FORMS,
    Ballot,
    Choice,
    Clause,
    Commitment,
    Contribution,
    Defend,
    Draft,
    GiveAid,
    JoinCoalition,
    Offer,
    Operation,
    Payment,
    Signature,
    Terms,
    Verdict,
    Voted,
    VotePledge,
)
from scenarios.loader import load
from scenarios.opening import opening
from server.narrate.acts import act_phrase
from server.narrate.alignment import alignment, occasions
from server.narrate.amounts import likelihood, money, percent
from server.narrate.clauses import clause_sentence
from server.narrate.language import catalogue, speaking
from server.narrate.screen import show_objectives, show_turn
from server.narrate.sentences import brief, sentence, verdict_sentence
from server.narrate.terms import terms_sentence
from server.narrate.turns import Turns
from server.narrate.words import bar_line, in_names, key, listed, name
from tests.server.games import played, told

RANDOM_SEEDS = tuple(range(1, 17))
IRAQ = opening(load("iraq-2003"), "words")


def events() -> Iterator[tuple[Game, ev.EventKinds]]:
    """Events of games played at random, with the game before each, and the kinds that only control brings about."""
    for seed in RANDOM_SEEDS:
        _, match = played("tiny", "*=random", seed)
        game = match.opening
        for entry in match.entries:
            for event in entry.events:
                yield game, event
                game = evolve(game, event)
    game = played("tiny", "*=random", 1)[1].opening
    yield game, ev.Paused(reason="the fire alarm rings")
    yield game, ev.Resumed()
    yield game, ev.Extended(seconds=60)
    yield game, ev.SeatDone(country="COR")
    yield game, ev.Undone(turn=1, phase="orders", round=1, branch=1, reason="a slip")
    yield game, ev.Undone(turn=0, phase="briefing", round=1, branch=1, reason="a slip.")
    yield game, ev.SeatHeld(country="COR", holder="bot", reason="they went home")
    yield game, ev.Overridden(figure="goodwill", at=(0, 1), before=0.1, proposed=0.2, value=0.3, reason="a slip")
    yield game, ev.OrderMissed(country="COR", instead="nothing")
    yield game, ev.OrderMissed(country="COR", instead="bot")
    for to in ((), ("COR",)):
        yield game, ev.NewsPlanned(bulletin=Bulletin(turn=2, text="A storm.", to=to), reason="weather")
        yield game, ev.NewsRead(text="A storm", witnesses=to)
    yield game, ev.NewsRead(text="Lunch is at noon", voice="control")
    watch = Terms(parties=("ARD", "COR"), clauses=(Defend(debtor="ARD", since=1, until=2, ally="COR"),), secret=True)
    yield game, CommitmentDetected(commitment=Commitment(id="found-out", terms=watch, since=1))
    yield game, LeaderChanged(country="COR", reason="the government fell")
    yield game, DialogueHeld(host="COR", issue="dorn-force", participants=("BRV", "COR"))
    for form in FORMS:
        yield game, ev.AidSent(payment=Payment(sender="ARD", receiver="COR", amount=0.2, form=form))
        yield game, ev.HelpExposed(payment=Payment(sender="ARD", receiver="COR", amount=0.2, form=form))
    yield game, ev.OperationLeft(operation="ard-dor-1", country="ARD")
    yield game, ev.OperationCancelled(operation="ard-dor-1", reason="given up by ARD")


def unreadable(game: Game, text: str) -> list[str]:
    """What a student should not meet: codes of countries, signs of code, a missing end."""
    found = [code for code in game.atlas.countries if re.search(rf"\b{code}\b", text)]
    found += [sign for sign in ("{", "}", "_", "None", "kind=", "  ") if sign in text]
    return found + ([] if text[-1] in ".!?" else ["no end"]) + ([] if text[0].isupper() or text[0].isdigit() else ["no capital"])


def test_every_kind_has_a_readable_sentence() -> None:
    """All kinds of event come up, and none is told in codes."""
    seen = set()
    for game, event in events():
        seen.add(type(event))
        text = sentence(game, event)
        assert unreadable(game, text) == [], text
    assert seen == set(get_args(ev.EventKinds))


@pytest.mark.parametrize("text", ["COR voted no.", "Corin voted no", "corin voted no.", "{'kind': 'x'} was made.", "The figure war_cost."])
def test_an_unreadable_sentence_is_found(text: str) -> None:
    """The checker above finds each fault, and only faults."""
    assert unreadable(told("tiny").opening, text)
    assert unreadable(told("tiny").opening, "Corin voted no.") == []


def test_every_mechanism_and_figure_has_its_words() -> None:
    """What can move is named, and nothing else is."""
    assert {f"cause.{key(mechanism)}" for mechanism in MECHANISMS} == messages("cause") - {"cause.by-one", "cause.by-many"}
    assert {f"figure.{figure}" for figure in get_args(ev.Moving)} == messages("figure")


def messages(group: str) -> set[str]:
    """The keys of a group of messages."""
    return {found for found in catalogue("en") if found.partition(".")[0] == group}


def test_every_act_has_a_phrase() -> None:
    """All acts of random games, and one of each kind that they cannot miss."""
    seen = set()
    for seed in RANDOM_SEEDS:
        _, match = played("tiny", "*=random", seed)
        game = match.opening
        for entry in match.entries:
            if entry.order.author in game.atlas.countries:
                phrase = act_phrase(game, entry.order.act)  # type: ignore[arg-type]  # authors that are countries send acts of seats
                assert not re.search(r"\b[A-Z]{3}\b", phrase), phrase
                seen.add(type(entry.order.act))
            for event in entry.events:
                game = evolve(game, event)
    assert set(get_args(o.SeatAct)) - seen <= {o.Done, o.Withhold}
    assert act_phrase(IRAQ, o.Withhold(commitment="nato", clause=31)) == "withhold what is owed under clause 31 of agreement nato"
    assert act_phrase(IRAQ, o.Done()) == "do nothing more in this round"


def pledge(debtor: str, choice: Choice, when: Voted | None = None) -> VotePledge:
    """A pledge to vote on the issue of the Iraq scenario."""
    return VotePledge(debtor=debtor, since=1, until=3, issue="iraq-force", choice=choice, when=when)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        (pledge("FRA", "no"), "France votes no on “Force against Iraq”"),
        (
            pledge("FRA", "no", Voted(country="RUS", issue="iraq-force", choice="no")),
            "France votes no on “Force against Iraq” if Russia does",
        ),
        (
            pledge("FRA", "no", Voted(country="RUS", issue="iraq-force", choice="yes")),
            "France votes no on “Force against Iraq” if Russia votes yes on “Force against Iraq”",
        ),
        (
            GiveAid(debtor="USA", since=1, until=2, to="GIN", amount=0.15, when=Voted(country="GIN", issue="iraq-force", choice="yes")),
            "the United States gives Guinea 150 million a turn if Guinea votes yes on “Force against Iraq”",
        ),
        (
            JoinCoalition(debtor="POL", since=1, until=6, target="IRQ", level="token"),
            "Poland joins an operation against Iraq with at least a token contribution",
        ),
        (Defend(debtor="USA", since=1, until=6, ally="KWT"), "the United States defends Kuwait against any attack"),
        (Defend(debtor="USA", since=1, until=6, against="IRQ"), "the United States defends Kuwait against an attack by Iraq"),
    ],
)
def test_clauses(clause: Clause, said: str) -> None:
    """Who owes what to whom, on what condition."""
    assert clause_sentence(IRAQ, clause, ("USA", "KWT")) == said


def test_terms_that_many_share_are_one_sentence() -> None:
    """Mutual defence and joint declarations are not listed clause by clause."""
    both = tuple(Defend(debtor=c, since=1, until=9) for c in ("FRA", "DEU"))
    pact = Terms(parties=("FRA", "DEU"), clauses=both, formal=("FRA", "DEU"))
    assert terms_sentence(IRAQ, pact) == "France and Germany defend each other against any attack; formally binding for all parties"
    when = Voted(country="FRA", issue="iraq-force", choice="no")
    lead = pledge("FRA", "no")
    rest = tuple(pledge(c, "no", when) for c in ("DEU", "RUS"))
    joint = Terms(parties=("FRA", "DEU", "RUS"), clauses=(lead, *rest), quorum=3)
    assert terms_sentence(IRAQ, joint) == (
        "France votes no on “Force against Iraq”, and Germany and Russia do so if France does; in force only if 3 of 3 sign"
    )


def test_the_same_from_each_of_many_is_said_once() -> None:
    """With who joins in; an odd clause among them, and all are told in full."""
    parties = ("USA", "FRA", "DEU", "GBR")
    clauses = tuple(pledge(c, "no") for c in parties)
    assert terms_sentence(IRAQ, Terms(parties=parties, clauses=clauses)) == (
        "the United States votes no on “Force against Iraq”, and so do France, Germany and the United Kingdom"
    )
    with speaking("ru"):
        said = terms_sentence(IRAQ, Terms(parties=parties, clauses=clauses))
    assert said.endswith("; так же поступают Франция, Германия и Великобритания")
    said = terms_sentence(IRAQ, Terms(parties=parties, clauses=(*clauses[:3], pledge("GBR", "yes"))))
    assert said.count("votes") == 4


def test_a_joint_declaration_with_an_odd_clause_is_told_in_full() -> None:
    """Whoever pledges something else is not swept into the chorus."""
    when = Voted(country="FRA", issue="iraq-force", choice="no")
    clauses = (
        pledge("FRA", "no"),
        pledge("DEU", "no", when),
        pledge("RUS", "abstain", when),
    )
    said = terms_sentence(IRAQ, Terms(parties=("FRA", "DEU", "RUS"), clauses=clauses))
    assert "Russia abstains on “Force against Iraq” if France votes no on “Force against Iraq”" in said


def test_verdicts_say_what_was_promised_and_why() -> None:
    """A broken word names the clause and the reason."""
    game = told("tiny").opening
    why = "ARD was attacked by DOR and got no help"
    verdict = Verdict(commitment="arden-brava", clause=1, debtor="BRV", turn=1, finding="breached", reason=why)
    assert verdict_sentence(game, verdict) == (
        "Brava broke its word (Brava defends Arden against any attack): Arden was attacked by Dorn and got no help."
    )
    unknown = verdict.model_copy(update={"commitment": "gone", "finding": "kept", "reason": "came to the help of ARD"})
    assert verdict_sentence(game, unknown) == "Brava kept its word: came to the help of Arden."


def test_answers_say_on_whom_they_hang_and_why() -> None:
    """That an offer's own author has to sign it goes without saying."""
    terms = Terms(parties=("FRA", "GBR", "GIN"), clauses=(pledge("FRA", "yes"),))
    offer = Offer(id="o", author="FRA", terms=terms, made=1, until=1, signatures=(Signature(country="FRA"),))
    game = _with(IRAQ, ev.OfferMade(offer=offer))
    signed = ev.OfferSigned(offer="o", signature=Signature(country="GIN", needs=("FRA", "GBR")), because="gain")
    alone = ev.OfferSigned(offer="o", signature=Signature(country="GIN", needs=("FRA",)))
    told = "), provided that it is also signed by the United Kingdom. Its reason: there is something to gain by it."
    assert sentence(game, signed).endswith(told)
    assert sentence(game, alone).endswith(").")
    refused = ev.OfferRejected(offer="o", country="GBR", because="price")
    assert sentence(game, refused).endswith("Its reason: it asks for more than it gives.")
    assert brief(game, refused) == "The United Kingdom rejected the offer of France. Its reason: it asks for more than it gives."
    assert brief(game, ev.OfferClosed(offer="o", outcome="retracted")) == "The offer of France was taken back."
    assert brief(game, ev.OfferMade(offer=offer)) == brief(game, ev.OfferRejected(offer="gone", country="GBR")) == ""
    with speaking("ru"):
        assert brief(game, alone) == "Гвинея подписала предложение Франции."


def test_small_words() -> None:
    """Names take their article, lists their "and", money its unit."""
    assert name(IRAQ, "USA") == "the United States"
    assert name(IRAQ, "ZZZ") == "ZZZ"
    assert listed(IRAQ, []) == "nobody"
    assert listed(IRAQ, ["FRA", "USA", "GBR"]) == "France, the United States and the United Kingdom"
    assert listed(IRAQ, ["FRA", "DEU", "RUS", "CHN"], limit=3) == "France, Germany and 2 others"
    assert in_names(IRAQ, "sent 2 bn USD to FRA") == "France was sent 2 billion"
    assert [money(x) for x in (2.5, 0.15, 0.0004)] == ["2.5 billion", "150 million", "400 thousand"]
    assert percent(0.365) == "36.5%"
    assert [likelihood(x) for x in (0.0, 0.004, 0.333, 0.996, 1.0)] == ["under 1%", "under 1%", "33%", "over 99%", "over 99%"]


def test_the_bar_says_how_many_are_missing_and_who_vetoes() -> None:
    """The line a class looks at before it votes."""
    council = IRAQ.atlas.councils[0]
    votes = {"USA": "yes", "GBR": "yes", "ESP": "yes", "BGR": "yes", "CHL": "yes", "MEX": "yes", "SYR": "no", "DEU": "no", "FRA": "no"}
    ballots = tuple(Ballot(country=c, choice=v) for c, v in votes.items())  # type: ignore[arg-type]  # the values above are choices
    assert bar_line(council, ballots) == "yes 6 | no 3 | abstain 0 | silent 6 — 9 needed — 3 short — veto of FRA"
    everybody = tuple(Ballot(country=c, choice="yes") for c in council.members)
    assert bar_line(council, everybody) == "yes 15 | no 0 | abstain 0 — 9 needed — reached"


def _with(game: Game, *happened: ev.EventKinds) -> Game:
    for event in happened:
        game = evolve(game, event)
    return game


def test_alignment_is_the_mean_over_votes_and_wars() -> None:
    """Worked by hand: a vote apart by half a step, then a full and a missing contribution."""
    draft = Draft(id="d", council="unsc", author="USA", action="authorise force", issue="iraq-force", target="IRQ", pressed=True, turn=1)
    cast = {"USA": "yes", "GBR": "yes", "FRA": "abstain", "SYR": "no"}
    ballots = tuple(Ballot(country=c, choice=v) for c, v in cast.items())  # type: ignore[arg-type]  # the values above are choices
    partner = Contribution(country="GBR", side="attack", level="full")
    against = Contribution(country="SYR", side="defence", level="token")
    war = Operation(id="w", leader="USA", target="IRQ", issue="iraq-force", turn=2)
    launched = war.model_copy(update={"status": "launched", "coalition": (partner, against)})
    game = _with(
        IRAQ,
        ev.DraftTabled(draft=draft),
        ev.RollCall(draft="d", ballots=ballots, adopted=False, reason="short"),
        ev.OperationAnnounced(operation=war),
        ev.OperationLaunched(operation=launched, authorised=False),
    )
    first, second = alignment(game, 1), alignment(game, 2)
    rows = {country: index(game, country) for country in ("USA", "GBR", "FRA", "SYR", "IRQ", "DEU")}
    assert [first[rows[c]] for c in ("USA", "GBR", "FRA", "SYR", "IRQ", "DEU")] == [None, 1.0, 0.5, 0.0, None, None]
    assert [second[rows[c]] for c in ("USA", "GBR", "FRA", "SYR", "IRQ", "DEU")] == [None, 1.0, 0.5, 0.125, 0.0, 0.5]
    assert occasions(game) == 2


def test_turns_gather_what_belongs_to_them() -> None:
    """Turn by turn: news, roll calls in their places, the game before and after."""
    turns = told("tiny")
    assert [turn.number for turn in turns.told] == [1, 2, 3]
    assert all(turn.news for turn in turns.told)
    for turn in turns.told:
        assert turn.before.moment.turn == turn.after.moment.turn == turn.number
        voted = {d.id for d in turn.after.drafts if d.turn == turn.number and d.status in ("adopted", "failed")}
        assert turn.places.keys() == voted
        places = [line.place for line in turn.lines]
        assert len(set(places)) == len(places)


def test_turns_are_the_same_whether_told_live_or_afterwards() -> None:
    """Entry by entry gives what all at once gives."""
    _, match = played("tiny", "*=random", 3)
    live = Turns(match.opening)
    said = [line for entry in match.entries for line in live.add(entry)]
    later = told("tiny", "*=random", 3)
    assert [line for turn in later.told for line in turn.lines] == said


def test_the_end_of_a_turn_on_a_terminal() -> None:
    """Each part of what happened is shown: counts against the bar, wars with their legitimacy, words, payoffs, alignment."""
    text = io.StringIO()
    out = Console(file=text, width=200)
    for seed in range(1, 40):
        turns = told("tiny", "*=random", seed)
        for turn in turns.told:
            show_turn(out, turn)
        show_objectives(out, turns.game)
    shown = text.getvalue()
    headings = ("In preparation: ", "Promises: ", "Payoffs after turn", "With Arden so far", "Met in all: ")
    for words in ("needed — ", "veto of ", "Legitimacy ", *headings):
        assert words in shown
    assert "-0.00" not in shown


def test_notice_that_outlasts_the_game_is_told_as_what_it_is() -> None:
    """Nobody counts twenty turns in a game of six."""
    terms = Terms(parties=("FRA", "DEU"), clauses=(pledge("FRA", "no"),), notice=2)
    assert terms_sentence(IRAQ, terms).endswith("; whoever leaves gives 2 turns of notice")
    assert terms_sentence(IRAQ, terms.model_copy(update={"notice": 20})).endswith("; nobody can leave before the game ends")


def test_an_act_says_nothing_twice() -> None:
    """A ballot that stays the same, a budget of several shares."""
    ballot = o.Vote(draft="unsc-9-9", choice="yes", if_amended="yes")
    assert act_phrase(IRAQ, ballot) == "vote yes on draft unsc-9-9, even if its text was changed"
    assert act_phrase(IRAQ, o.Budget(guns=0.03, aid=0.01)) == "spend 3% of the economy on arms and 1% on aid"
    assert act_phrase(IRAQ, o.Budget(investment=0.01)) == "spend 1% of the economy on investment"
