"""The person at the terminal: menus that hold, words that help, and nothing that the seat may not know."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Iterator
from threading import Event

import pytest
from rich.console import Console

from client.arena import play
from client.bots.appraisal import lay, worth_of
from client.bots.assembly import open_drafts
from client.bots.outlook import Outlook
from client.bots.payoff_bot import PayoffBot
from client.bots.protocol import Bot
from client.bots.seats import SKILL_DEFAULT
from client.bots.thought import alone
from rules import events as ev
from rules import orders as o
from rules.decide import decide
from rules.evolve import evolve_all
from rules.sequence import awaited
from rules.state import Game, View
from rules.view import tell, view
from rules.vocabulary import Defend, Offer, Terms
from scenarios.loader import load
from scenarios.opening import opening
from server.narrate.amounts import payoff
from server.narrate.sentences import sentence
from server.terminal.keys import Keyboard, Script, apart
from server.terminal.menu import menu, with_fund
from server.terminal.seat import Person, recollection
from tests.server.games import played

OPTIONS_MAX, GROUPS_MAX = 12, 30


def games(scenario: str, seats: str, seed: int) -> Iterator[Game]:
    """A game at the opening of each of its steps."""
    _, match = played(scenario, seats, seed)
    game = match.opening
    for entry in match.entries:
        game = evolve_all(game, entry.events)
        if any(isinstance(event, ev.StepOpened) for event in entry.events) and awaited(game):
            yield game


def negotiating(scenario: str = "tiny") -> Game:
    """A game in its first round of negotiation."""
    return next(game for game in games(scenario, "*=hold", 1) if game.moment.phase == "negotiation")


@pytest.mark.parametrize(("scenario", "seats", "seed"), [("tiny", "*=random", 1), ("tiny", "*=random", 2), ("tiny", "", 7)])
def test_whatever_is_listed_is_accepted(scenario: str, seats: str, seed: int) -> None:
    """Every option of every seat in every step: the rules take it (they raise Refused if not)."""
    offered = set()
    for game in games(scenario, seats, seed):
        for country in game.atlas.countries:
            for group in menu(view(game, country)):
                for option in group.options:
                    decide(game, o.Order(id="try:1", author=country, act=option.act))
                    offered.add(option.act.kind)
    assert {"table", "vote", "budget", "announce"} <= offered


def test_menus_stay_short_where_there_are_many_countries() -> None:
    """A person can read them: few groups, few options in each, all with a title."""
    for number, game in enumerate(games("iraq-2003", "*=hold", 1)):
        if number % 4 == 0:
            for country in ("USA", "FRA", "IRQ", "CMR"):
                groups = menu(view(game, country))
                assert len(groups) <= GROUPS_MAX
                assert all(group.title and len(group.options) <= OPTIONS_MAX for group in groups)


def _offered(game: Game) -> Game:
    clauses = tuple(Defend(debtor=c, since=game.moment.turn, until=3) for c in ("ARD", "COR"))
    terms = Terms(parties=("ARD", "COR", "BRV"), clauses=clauses, formal=("ARD",))
    offer = Offer(id="x1", author="ARD", terms=terms, made=game.moment.turn, until=3)
    return evolve_all(game, [ev.OfferMade(offer=offer)])


def test_an_offer_comes_as_a_sentence_with_its_worth() -> None:
    """What is shown is what the bots' own function says, from the same view."""
    sight = view(_offered(negotiating()), "COR")
    group = menu(sight)[0]
    assert group.title.startswith("Arden offers: ")
    table = alone(lay(outlook := Outlook(sight, SKILL_DEFAULT), open_drafts(outlook)))
    expected = worth_of(table, sight.offers[0].terms, "COR")
    assert f"[you can expect {payoff(expected, signed=True)}]" in group.options[0].label
    kinds = [(option.act.kind, getattr(option.act, "needs", None)) for option in group.options]
    assert kinds == [("sign", ("ARD",)), ("sign", ("ARD", "BRV")), ("reject", None)]


def test_payments_find_their_budget() -> None:
    """Aid without a fund would stay unpaid, so the envelope gets one, and a wish for arms is kept."""
    sight = view(next(game for game in games("tiny", "*=hold", 1) if game.moment.phase == "orders"), "ARD")
    aid = o.Aid(to="COR", amount=0.5)
    found = with_fund(sight, (o.Budget(guns=0.03, aid=0.0), aid))
    assert found[1:] == (aid,)
    assert isinstance(found[0], o.Budget)
    assert found[0].aid is not None
    assert found[0].guns == 0.03
    assert found[0].aid * float(sight.world.economy[sight.me]) >= 0.5
    assert with_fund(sight, ()) == ()


class Heard:
    """A person with a script, and what the terminal showed."""

    def __init__(self, *lines: str) -> None:
        self.text = io.StringIO()
        self.person = Person(Script(lines), Console(file=self.text, width=160))

    @property
    def shown(self) -> str:
        """Everything so far."""
        return self.text.getvalue()


def _first_with(sight: View, title: str) -> str:
    """The number of the first group whose title begins so."""
    return str(next(k for k, group in enumerate(menu(sight), start=1) if group.title.startswith(title)))


def test_a_choice_goes_into_the_envelope() -> None:
    """By number, twice; then done."""
    sight = view(negotiating(), "COR")
    heard = Heard(_first_with(sight, "Table a draft"), "1", "done")
    acts = heard.person.choose(sight)
    assert [act.kind for act in acts] == ["table"]
    assert "chosen 1: table a draft" in heard.shown


def test_a_choice_can_be_taken_back() -> None:
    """Undo removes the last one, and says which."""
    sight = view(negotiating(), "COR")
    heard = Heard(_first_with(sight, "Table a draft"), "1", "undo", "done")
    assert heard.person.choose(sight) == ()
    assert "taken back: table a draft" in heard.shown


def test_words_help_at_any_time_and_junk_is_answered() -> None:
    """Each word shows its thing; what stands for nothing is told what would."""
    heard = Heard("help", "brief", "figures", "table", "99", "what?", "", "never read")
    assert heard.person.choose(view(negotiating(), "COR")) == ()
    for words in ("Make offers", "small, rich in harbours", "your ideal is", "In force: ", "Type a number from 1"):
        assert words in heard.shown


def test_an_offer_can_be_composed() -> None:
    """Partner, kind, terms, secrecy; the worth for both is shown before it is sent."""
    game = negotiating()
    sight = view(game, "COR")
    compose = str(len(menu(sight)) + 1)
    heard = Heard(compose, "2", "3", "1", "x", "0.2", "y", "yes", "done")  # Brava pays for a yes, in secret
    acts = heard.person.choose(sight)
    assert len(acts) == 1
    assert isinstance(acts[0], o.Propose)
    assert acts[0].terms.secret
    assert "You can expect " in heard.shown
    assert "Type a number above 0" in heard.shown
    assert [event.kind for event in decide(game, o.Order(id="try:1", author="COR", act=acts[0]))] == ["offer-made"]


@pytest.mark.parametrize(
    "answers", [("1", "1", "1", "n", "y"), ("1", "2", "2", "0.03", "n", "y"), ("3", "4", "y", "y"), ("1", "5", "y", "0.03", "n", "y")]
)
def test_every_kind_of_offer_is_accepted(answers: tuple[str, ...]) -> None:
    """What the terminal composes, the rules take."""
    game = negotiating()
    sight = view(game, "COR")
    acts = Heard(str(len(menu(sight)) + 1), *answers, "done").person.choose(sight)
    assert [act.kind for act in acts] == ["propose"]
    decide(game, o.Order(id="try:1", author="COR", act=acts[0]))


@pytest.mark.parametrize("answers", [("back",), ("1", "back"), ("1", "1", "back"), ("1", "2", "1", "back"), ("1", "4", "n", "n")])
def test_an_offer_can_be_given_up_at_every_question(answers: tuple[str, ...]) -> None:
    """Back, or no at the end, leads to the menu without an offer."""
    sight = view(negotiating(), "COR")
    assert Heard(str(len(menu(sight)) + 1), *answers, "done").person.choose(sight) == ()


def test_where_there_is_nothing_to_decide_nobody_is_asked() -> None:
    """The last round of an assembly without drafts."""
    game = next(game for game in games("tiny", "*=hold", 1) if game.moment.phase == "assembly")
    heard = Heard("never read")
    assert heard.person.choose(view(game, "COR")) == ()
    assert "There is nothing to decide." in heard.shown


def test_at_the_end_of_input_the_seat_holds() -> None:
    """What was chosen is sent; from then on nothing is asked any more."""
    sight = view(negotiating(), "COR")
    heard = Heard(_first_with(sight, "Table a draft"), "1")
    assert len(heard.person.choose(sight)) == 1
    before = heard.shown
    assert "Corin holds from now on." in before
    assert heard.person.choose(sight) == ()
    assert heard.shown == before


def test_the_terminal_knows_its_own_secrets_only() -> None:
    """The sheet of the seat, and of nobody else; no sealed order of another."""
    game = negotiating()
    heard = Heard("brief", "figures", "table", "help")
    heard.person.greet(view(game, "COR"))
    heard.person.choose(view(game, "COR"))
    shown = " ".join(heard.shown.split())
    for country, secret in zip(game.atlas.countries, game.atlas.secret_briefs, strict=True):
        line = " ".join(secret.splitlines()[2:4])
        assert (line.strip()[:40] in shown) == (country == "COR"), country


def test_what_was_forgotten_is_still_called_by_its_name() -> None:
    """An offer that is gone from the new view is told with its terms."""
    game = _offered(negotiating())
    closed = ev.OfferClosed(offer="x1", outcome="lapsed", witnesses=("ARD", "BRV", "COR"))
    after = evolve_all(game, [closed])
    told = tell(after, closed, "COR")
    assert told is not None
    known = recollection(view(game, "COR"), view(after, "COR"))
    assert sentence(known, told).startswith("The offer of Arden (Arden defends Corin")
    assert sentence(view(after, "COR"), told).startswith("Offer x1")


def test_a_person_plays_a_whole_game_among_bots() -> None:
    """In the arena, with the first option of the first group in every step: nothing is refused."""
    game = opening(load("tiny"), "terminal")
    heard = Heard(*(["1", "1", "done"] * 20))
    players: dict[str, Bot] = {c: PayoffBot(c) for c in ("ARD", "BRV", "DOR")}
    match = play(game, players | {"COR": heard.person})
    own = [entry.order.act.kind for entry in match.entries if entry.order.author == "COR"]
    assert {"vote", "budget"} <= set(own)
    assert [d for d in match.declined if d.order.author == "COR"] == []


def test_the_keyboard_reads_lines_in_any_pieces() -> None:
    """Lines may come in parts, several at once, with either line end, and the last without any."""
    into, out = os.pipe()
    keys = Keyboard(into)
    os.write(out, b"one\r\ntwo\nth")
    assert (keys.line(), keys.line()) == ("one", "two")
    os.write(out, "ree é\n\nlast".encode())
    os.close(out)
    assert [keys.line() for _ in range(4)] == ["three é", "", "last", None]
    os.close(into)


def test_waiting_for_a_person_holds_nobody_up() -> None:
    """The loop goes on meanwhile; what goes wrong in the thread is raised to whoever waits."""

    async def both() -> tuple[int, str]:
        typed = Event()
        waiting = asyncio.create_task(apart(lambda: "typed" if typed.wait(10) else "never"))
        turns = 0
        while turns < 3:
            await asyncio.sleep(0)
            turns += 1
        typed.set()
        with pytest.raises(ZeroDivisionError):
            await apart(lambda: 1 // 0)
        return turns, await waiting

    assert asyncio.run(both()) == (3, "typed")
