"""A session told in plain text: what each seat ordered, what came of it, why, and who could see it.

Public events stand without a mark; what only some could see ends with their names in brackets.  Figures are told by cause, the largest
changes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from textwrap import shorten

from client.arena import START_ID
from client.bots.protocol import Bot
from rules import events as ev
from rules.evolve import evolve
from rules.explanation.explain import explain
from rules.orders import CONTROL, Order, Start
from rules.pacts.conditions import vote_of
from rules.sequence import Recorded, play_step, take
from rules.state import Game
from rules.view import PUBLIC_VIEWER, tell, view
from rules.vocabulary import Clause, Terms

CHANGES_MAX = 4  # of one cause
TOLD = ("approval", "deference", "breaches", "war_cost", "authority", "positions", "goodwill", "received", "hostile")
NEWS_MAX = 120


def told(opening: Game, bots: Mapping[str, Bot], turns: int) -> Iterator[str]:
    """The lines of a session, to the end of so many turns."""
    game, first = take(opening, Order(id=START_ID, author=CONTROL, act=Start()))
    yield from _step(opening, (first,))
    while game.moment.status == "running" and game.moment.turn <= turns:
        before = game
        acting = {seat: bot.choose(view(game, seat)) for seat, bot in bots.items()}
        played = play_step(game, acting)
        game = played.game
        yield from _step(before, played.recorded)
        for declined in played.declined:
            yield f"  {declined.order.author}'s {declined.order.act.kind} is refused: {declined.refusal.sentence}"
    yield ""
    yield from _balance(opening, game)


def _step(game: Game, entries: Iterable[Recorded]) -> Iterator[str]:
    lines: list[str] = []
    for entry in entries:
        for event in entry.events:
            if isinstance(event, ev.StepOpened):
                yield from _headed(game, lines)
                lines = []
                if event.turn != game.moment.turn:
                    yield from ("", f"TURN {event.turn}")
            else:
                lines.extend(_line(game, event))
            game = evolve(game, event)
    yield from _headed(game, lines)


def _headed(game: Game, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f" {game.moment.phase}" + (f", round {game.moment.round}" if game.moment.phase in ("negotiation", "assembly") else "")
        yield from (f"  {line}" for line in lines)


def _line(game: Game, event: ev.EventKinds) -> Iterator[str]:
    if isinstance(event, ev.Moved):
        yield from _moved(game, event)
        return
    sentence = _sentence(game, event)
    if sentence:
        viewers = [viewer for viewer in game.atlas.countries if tell(game, event, viewer) is not None]
        hidden = tell(game, event, PUBLIC_VIEWER) is None
        yield sentence + (f"  [{', '.join(viewers)}]" if hidden else "")
    if isinstance(event, ev.OperationLaunched):
        for term in explain(game, event):
            yield f"    {term.name}: {term.value:.4g}"


def _sentence(game: Game, event: ev.EventKinds) -> str:  # noqa: C901, PLR0911, PLR0912 - one line for each kind of event
    match event:
        case ev.NewsRead():
            return f'News: "{shorten(event.text, NEWS_MAX)}"'
        case ev.ActSealed() if event.act.kind == "vote":
            return ""  # the roll call shows it
        case ev.ActSealed():
            said = event.act.model_dump(mode="json", exclude_defaults=True)
            words = [f"{name} {value}" for name, value in said.items() if name != "kind"]
            return f"{event.country} seals: {event.act.kind}, {', '.join(words)}"
        case ev.OfferMade():
            return f"{event.offer.author} offers: {_terms(event.offer.terms)}"
        case ev.OfferSigned():
            needs = f", if {' and '.join(event.signature.needs)} does too" if event.signature.needs else ""
            return f"{event.signature.country} signs{needs}"
        case ev.OfferRejected():
            return f"{event.country} rejects the offer"
        case ev.OfferClosed():
            return "" if event.outcome == "in force" else f"the offer is {event.outcome}"
        case ev.CommitmentMade():
            return f"IN FORCE: {_terms(event.commitment.terms)}"
        case ev.CommitmentRenounced():
            return f"{event.departure.country} renounces {event.commitment}"
        case ev.CommitmentEnded():
            return f"a commitment ends: {event.reason}"
        case ev.Judged():
            return f"VERDICT on {event.verdict.debtor}: {event.verdict.finding} ({event.verdict.reason})"
        case ev.DraftTabled():
            pressed = ", pressed" if event.draft.pressed else ""
            amends = f", amending {event.draft.amends}" if event.draft.amends else ""
            return f"{event.draft.author} tables {event.draft.id}: {event.draft.action} against {event.draft.target}{pressed}{amends}"
        case ev.DraftSponsored():
            return f"{event.country} sponsors {event.draft}"
        case ev.DraftAmended():
            return f"{event.draft} becomes {event.action} against {event.target} ({event.reason})"
        case ev.DraftWithdrawn():
            return f"{event.draft} is {event.reason}"
        case ev.StanceDeclared():
            return f"{event.ballot.country} declares: {event.ballot.choice} on {event.draft}"
        case ev.RollCall():
            sides = {choice: [b.country for b in event.ballots if b.choice == choice] for choice in ("yes", "no", "abstain")}
            votes = "; ".join(f"{choice}: {' '.join(names)}" for choice, names in sides.items() if names)
            return f"ROLL CALL on {event.draft}: {votes}. {event.reason}"
        case ev.AidSent():
            return f"{event.payment.sender} sends {event.payment.amount:g} bn USD to {event.payment.receiver}"
        case ev.OperationAnnounced():
            return f"{event.operation.leader} prepares an operation against {event.operation.target}"
        case ev.OperationJoined():
            return f"{event.contribution.country} joins the {event.contribution.side} of {event.operation} ({event.contribution.level})"
        case ev.OperationLaunched():
            mandate = "with" if event.authorised else "without"
            won = "won" if event.operation.success else "lost"
            return f"WAR: {event.operation.leader} carries out {event.operation.id} {mandate} a mandate; the battle is {won}"
        case ev.OperationLeft():
            return f"{event.country} leaves what {event.operation} holds"
        case ev.HelpExposed():
            return f"it comes to light: {event.payment.sender} helps {event.payment.receiver} with {event.payment.form}"
        case ev.OperationCancelled():
            return f"{event.operation} is {event.reason}"
        case ev.Ended():
            return "The session ends."
        case _:
            return ""


def _terms(terms: Terms) -> str:
    words = "; ".join(_clause(clause) for clause in terms.clauses)
    kind = "secretly, " if terms.secret else ""
    formal = f" (formal for {', '.join(terms.formal)})" if terms.formal else ""
    return f"{kind}{' + '.join(terms.parties)}{formal}: {words}"


def _clause(clause: Clause) -> str:
    vote = vote_of(clause.when)
    when = f" if {vote.country} votes {vote.choice}" if vote else ""
    match clause.kind:
        case "defend":
            return (
                f"{clause.debtor} defends {clause.ally or 'the others'}" + (f" against {clause.against}" if clause.against else "") + when
            )
        case "vote":
            return f"{clause.debtor} votes {clause.choice}{when}"
        case "aid":
            return f"{clause.debtor} gives {clause.to} {clause.amount:g} bn USD{when}"
        case "join":
            return f"{clause.debtor} joins against {clause.target} ({clause.level}){when}"
        case _:
            return f"{clause.debtor} owes {clause.kind}{when}"


def _moved(game: Game, event: ev.Moved) -> Iterator[str]:
    moves = []
    for change in event.changes:
        step = change.value - float(getattr(game.world, change.field)[change.at])
        if change.field in TOLD and abs(step) >= 5e-4:
            moves.append((-abs(round(step, 3)), f"{_figure(game, change)} {step:+.3f}"))
    if moves:
        shown = [text for _, text in sorted(moves)[:CHANGES_MAX]]
        more = f", and {len(moves) - len(shown)} more" if len(moves) > len(shown) else ""
        yield f"- {event.cause}: {', '.join(shown)}{more}"


def _figure(game: Game, change: ev.Change) -> str:
    names = game.atlas.countries
    match change.field:
        case "authority":
            return f"authority of {game.atlas.councils[change.at[0]].id}"
        case "positions":
            return f"position on {game.atlas.issues[change.at[0]].id}"
        case "goodwill" | "hostile":
            return f"{change.field} {names[change.at[0]]}>{names[change.at[1]]}"
        case _:
            return f"{change.field} {names[change.at[0]]}"


def _balance(opening: Game, game: Game) -> Iterator[str]:
    yield "PAYOFF, and its change since the start"
    moves = game.world.payoff - opening.world.payoff
    for row, country in enumerate(game.atlas.countries):
        change = sum(float(value) for value in moves[row].tolist())
        if abs(change) >= 5e-3:
            yield f"  {country} {sum(game.world.payoff[row].tolist()):8.3f} {change:+.3f}"
