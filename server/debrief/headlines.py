"""The game at a glance: who fought, what was decided, who broke their word, what was hidden, and who came out how."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rules import events as ev
from rules.state import Game
from server.debrief.ballots import decisive
from server.debrief.scores import Seat, seats
from server.debrief.telling import Telling
from server.debrief.words import count, say
from server.narrate.amounts import figure, percent
from server.narrate.outcome import adoptions, breaches, kept
from server.narrate.turns import Launch, Turn, Turns
from server.narrate.words import first, listed, name

NAMED_MAX = 4
WARS_MAX = 2  # that have a card each


@dataclass(frozen=True, slots=True)
class Headline:
    """A fact to be read from the last row: a figure, and what it says."""

    figure: str
    text: str
    place: str = ""
    tone: str = "plain"  # or "bad", "good"


def headlines(telling: Telling) -> list[Headline]:
    """The game in five facts or so."""
    turns = telling.turns
    return [*_wars(turns), _texts(turns), _word(turns.game), *_hidden(turns), _standing(telling)]


def _wars(turns: Turns) -> Iterator[Headline]:
    launches = [(turn, launch) for turn in turns.told for launch in turn.launches]
    if len(launches) > WARS_MAX:
        fought = [launch.event for _, launch in launches]
        won, authorised = len([one for one in fought if one.operation.success]), len([one for one in fought if one.authorised])
        yield Headline(str(len(launches)), say("headline.wars", number=len(launches), won=won, authorised=authorised), tone="bad")
    else:
        yield from (_war(turn, launch) for turn, launch in launches)
    if not launches:
        yield Headline("0", say("headline.no_war"), tone="good")


def _war(turn: Turn, launch: Launch) -> Headline:
    operation, game = launch.event.operation, turn.after
    how = "authorised" if launch.event.authorised else "alone"
    end = say("headline.succeeded" if operation.success else "headline.failed")
    who = {"leader": first(name(game, operation.leader)), "target": name(game, operation.target)}
    text = say(f"headline.war_{how}", turn=turn.number, end=end, legitimacy=percent(operation.legitimacy), **who)
    return Headline(say("headline.war"), text, launch.place, "bad")


def _texts(turns: Turns) -> Headline:
    """The roll call that settled most, and how many drafts were adopted."""
    tabled = len([draft for draft in turns.game.drafts if not draft.amends])
    if not tabled:
        return Headline("0", say("headline.no_drafts"))
    vote, adopted = decisive(turns), adoptions(turns.game)
    in_all = say("headline.adopted", adopted=adopted, all=tabled)
    if vote is None:
        return Headline(str(adopted), in_all)
    how = "carried" if vote.status == "adopted" else "refused"
    settled = say(f"headline.vote_{how}", what=first(vote.what), turn=vote.turn, reason=vote.reason)
    tone = "good" if vote.status == "adopted" else "plain"
    return Headline(f"{vote.cast('yes')} : {vote.cast('no')}", f"{settled} {first(in_all)}", vote.place, tone)


def _word(game: Game) -> Headline:
    """How many promises were broken, and by whom: those first who broke most."""
    broken, held = [verdict.debtor for verdict in breaches(game)], len(kept(game))
    if not broken and not held:
        return Headline("0", say("headline.no_words"))
    text = count("headline.broken", len(broken), all=len(broken) + held)
    if broken:
        who = sorted(dict.fromkeys(broken), key=lambda country: -broken.count(country))
        text = f"{text} {say('headline.broken_by', who=listed(game, who, limit=NAMED_MAX))}"
    return Headline(str(len(broken)), text, tone="bad" if broken else "good")


def _hidden(turns: Turns) -> Iterator[Headline]:
    """Secret agreements, as far as these eyes know of them."""
    made = [event.commitment for turn in turns.told for _, event in turn.events if isinstance(event, ev.CommitmentMade)]
    found = [(place, event) for turn in turns.told for place, event in turn.events if isinstance(event, ev.CommitmentDetected)]
    secret = [commitment for commitment in made if commitment.terms.secret]
    if secret:
        yield Headline(str(len(secret)), count("headline.secret", len(secret), all=len(made), found=len(found)), tone="bad")
    elif found:
        yield Headline(str(len(found)), count("headline.found", len(found)), found[0][0], "bad")


def _standing(telling: Telling) -> Headline:
    """Who came out how: by payoff where payoffs may be told, otherwise by what everybody could see."""
    game = telling.turns.game
    if telling.revealed:
        ranked = seats(game)
        best, worst = ranked[0], ranked[-1]
        who = {"best": name(game, best.code), "worst": name(game, worst.code)}
        return Headline(best.change, f"{say('headline.payoffs', loss=worst.change, **who)} {_objectives(ranked)}")
    if telling.seat:
        (own,) = (seat for seat in seats(game) if seat.code == telling.seat)
        return Headline(own.change, f"{say('headline.own', who=name(game, own.code))} {_objectives([own])}")
    moved = [100.0 * float(change) for change in game.world.approval - telling.turns.opening.world.approval]
    by_change = sorted(zip(moved, game.atlas.countries, strict=True), key=lambda item: -item[0])
    (most, best_code), (least, worst_code) = by_change[0], by_change[-1]
    who = {"best": name(game, best_code), "worst": name(game, worst_code)}
    return Headline(figure(most, 0, signed=True), say("headline.approval", loss=figure(least, 0, signed=True), **who))


def _objectives(found: list[Seat]) -> str:
    return say("headline.objectives", met=sum(seat.met for seat in found), all=sum(len(seat.aims) for seat in found))
