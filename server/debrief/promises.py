"""Promise against act: every verdict with what it cost, a tally by state, and the ledger of all agreements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rules import events as ev
from rules.exact import add
from rules.state import Game
from rules.vocabulary import Commitment, Finding, Verdict
from server.debrief.overview import clauses
from server.debrief.words import count, say
from server.narrate.amounts import amount, figure
from server.narrate.clauses import clause_sentence
from server.narrate.terms import terms_sentence
from server.narrate.turns import Judgement, Turn, Turns
from server.narrate.words import first, headings, in_names, listed, name

KEYS: dict[Finding, str] = {"kept": "kept", "breached": "broken", "excused": "excused", "not called": "uncalled"}
PRICED = "reputation"  # the mechanism that makes others remember what was found
VISIBLE = 0.0005


@dataclass(frozen=True, slots=True)
class Word:
    """A promise and the act.  ``cost``: what the verdicts of its turn cost who broke it, in words."""

    place: str
    turn: int
    who: str
    promise: str
    secret: bool
    key: str
    reason: str
    cost: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How a state kept its word: counts by finding."""

    name: str
    counts: tuple[tuple[str, int], ...]

    def of(self, key: str) -> int:
        """One of them."""
        return dict(self.counts).get(key, 0)

    @property
    def due(self) -> int:
        """Promises whose case arose."""
        return sum(number for key, number in self.counts if key != "uncalled")


@dataclass(frozen=True, slots=True)
class Entry:
    """An agreement in the ledger, from its making to its end."""

    place: str
    since: int
    parties: str
    about: str
    terms: str
    secret: bool
    leaked: bool
    tally: Tally
    end: str


def words(turns: Turns) -> list[Word]:
    """Every verdict: first what was broken, then excused, kept and not called upon, each in the order of turns."""
    order = ["broken", "excused", "kept", "uncalled"]
    found = [_word(turn, judgement) for turn in turns.told for judgement in turn.judgements]
    found.sort(key=lambda word: (order.index(word.key), word.turn if word.key == "broken" else 0, word.who if word.key == "broken" else ""))
    return [_once(word, found[:place]) for place, word in enumerate(found)]


def _once(word: Word, told: Sequence[Word]) -> Word:
    """The price of all that a state broke in a turn is named with the first of it."""
    return replace(word, cost="") if any(w.cost and (w.who, w.turn) == (word.who, word.turn) for w in told) else word


def _word(turn: Turn, judgement: Judgement) -> Word:
    verdict, game = judgement.verdict, turn.after
    parties = judgement.terms.parties if judgement.terms else ()
    promise = clause_sentence(game, judgement.clause, parties) if judgement.clause else verdict.commitment
    return Word(
        place=judgement.place,
        turn=turn.number,
        who=first(name(game, verdict.debtor)),
        promise=first(promise),
        secret=bool(judgement.terms and judgement.terms.secret),
        key=KEYS[verdict.finding],
        reason=first(in_names(game, verdict.reason)),
        cost=_cost(turn, verdict.debtor) if verdict.finding == "breached" else "",
    )


def _cost(turn: Turn, country: str) -> str:
    """What others made of a state's broken words of a turn: approval at home, goodwill abroad."""
    parts = []
    for move in turn.moves:
        if move.cause != PRICED:
            continue
        before, after, row = move.before.world, move.after.world, move.before.atlas.countries.index(country)
        home = float(after.approval[row] - before.approval[row])
        if home < -VISIBLE:
            parts.append(say("promises.at_home", points=amount(figure(-100.0 * home, 1))))
        lost = [float(after.goodwill[k, row] - before.goodwill[k, row]) for k in range(len(move.before.atlas.countries)) if k != row]
        soured = [change for change in lost if change < -VISIBLE]
        if soured:
            parts.append(count("promises.abroad", len(soured), points=amount(figure(-100.0 * add(soured), 1))))
    return "; ".join(parts)


def tallies(turns: Turns) -> list[Tally]:
    """Every state on which something was found: who broke most stands first, then who kept most."""
    game = turns.game
    states = zip(game.atlas.countries, headings(game), strict=True)
    found = [Tally(title, _counts(v for v in _verdicts(turns) if v.debtor == country)) for country, title in states]
    return sorted((t for t in found if t.due), key=lambda t: (-t.of("broken"), -t.of("kept"), t.name))


def in_all(turns: Turns) -> Tally:
    """The same of all states together."""
    return Tally("", _counts(_verdicts(turns)))


def _verdicts(turns: Turns) -> Iterator[Verdict]:
    return (judgement.verdict for turn in turns.told for judgement in turn.judgements)


def _counts(verdicts: Iterable[Verdict]) -> tuple[tuple[str, int], ...]:
    found = dict.fromkeys(("kept", "broken", "excused", "uncalled"), 0)
    for verdict in verdicts:
        found[KEYS[verdict.finding]] += 1
    return tuple(found.items())


def ledger(turns: Turns) -> list[Entry]:
    """Every agreement that these eyes know of, in the order of making; those of the opening first."""
    known: dict[str, tuple[str, int, Commitment]] = {c.id: ("", 0, c) for c in turns.opening.commitments}
    ends: dict[str, str] = {}
    for turn in turns.told:
        for place, event in turn.events:
            match event:
                case ev.CommitmentMade() | ev.CommitmentDetected():
                    old = known.get(event.commitment.id)
                    since = old[1] if old else event.commitment.since
                    known[event.commitment.id] = (old[0] if old else place, since, event.commitment)
                case ev.CommitmentEnded():
                    ends[event.commitment] = say("promises.ended", turn=turn.number, reason=in_names(turn.after, event.reason))
                case _:
                    pass
    return [_entry(turns, *item, ends) for item in known.values()]


def _entry(turns: Turns, place: str, since: int, commitment: Commitment, ends: dict[str, str]) -> Entry:
    game: Game = turns.game
    terms = commitment.terms
    leaving = [d.country for d in commitment.leaving]
    end = ends.get(commitment.id) or (say("promises.leaving", who=first(listed(game, leaving))) if leaving else say("promises.stands"))
    return Entry(
        place=place,
        since=since,
        parties=first(listed(game, terms.parties)),
        about=clauses(commitment),
        terms=first(terms_sentence(game, terms.model_copy(update={"secret": False}))),
        secret=terms.secret,
        leaked=commitment.leaked,
        tally=Tally("", _counts(v for v in _verdicts(turns) if v.commitment == commitment.id)),
        end=end,
    )
