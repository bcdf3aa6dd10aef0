"""What statements do: each mechanism moves one kind of figure, by one formula, and is switched off by one strength.

A figure that everybody can read is moved by what everybody can know (open breaches, goodwill); a belief by the believer's own record of the
speaker.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rules.effects import Effect, Term
from rules.events import Moving
from rules.exact import add
from rules.force.power import nearness
from rules.society.reputation import audience, credibility, regime_weight
from rules.society.speech import Manner, Statement
from rules.society.statements import answered, position_of
from rules.state import Game, index, issue_column

SPOKEN: dict[Manner, tuple[str, ...]] = {
    "position": ("opinion on the position", "neighbours of the position", "concession", "deference in giving in", "giving in"),
    "frame": ("threat framed",),
    "threaten": ("alarm at the threat",),
    "reassure": ("pledge of restraint",),
    "demand": ("sides taken", "deference in taking sides"),
    "delegitimise": ("leader delegitimised",),
    "rebuke": ("words between governments", "words about a government"),
    "support": ("words between governments", "words about a government"),
}
"""The mechanisms that run for a statement of each manner, in this order."""
BOUNDS: dict[Moving, tuple[float, float]] = {"goodwill": (-1.0, 1.0)}
FULL = 2.0  # agreement is 1 at the same place, 0 at half the line, -1 at its other end


def found(game: Game, subject: str) -> Statement:
    """The statement that a mechanism is about."""
    statement = next((s for s in game.statements if s.id == subject), None)
    assert statement is not None, "the subject of a statement's mechanism is a statement"
    return statement


def step(game: Game, field: Moving, at: tuple[int, ...], by: float, *terms: Term) -> Effect:
    """A figure moved by an amount, held within its bounds, with the terms behind it."""
    before = float(getattr(game.world, field)[at])
    low, high = BOUNDS.get(field, (0.0, 1.0))
    return Effect(field, at, min(max(before + by, low), high), (Term("before", before), *terms))


def agreement(one: float, other: float) -> float:
    """How well two places on an issue's line go together, from -1 to 1."""
    return 1.0 - FULL * abs(one - other)


def open_credit(game: Game, row: int) -> float:
    """What a government's word is worth by its open breaches alone, which everybody knows."""
    return float(credibility(np.zeros(1), game.world.breaches[row : row + 1], game.parameters)[0])


def believed(game: Game, row: int, speaker: int) -> float:
    """What a government's word is worth to another by that one's own record of it."""
    record = slice(speaker, speaker + 1)
    return float(credibility(game.world.kept[row, record], game.world.broken[row, record], game.parameters)[0])


def _private(game: Game, row: int) -> frozenset[str]:
    return frozenset((game.atlas.countries[row],))


def _others(game: Game, *rows: int) -> list[int]:
    return [i for i in range(len(game.atlas.countries)) if i not in rows]


def opinion(game: Game, subject: str) -> Sequence[Effect]:
    """Opinion at home judges a declared position by its own view of the issue (S5, W104)."""
    said = found(game, subject)
    row, column = index(game, said.speaker), issue_column(game, said.issue or "")
    fit = agreement(float(game.atlas.ideal[row, column]), said.place or 0.0)
    regime = float(regime_weight(float(game.atlas.democracy[row]), game.parameters))
    by = game.parameters.word_opinion * regime * fit
    return (step(game, "approval", (row,), by, Term("agreement with opinion at home", fit), Term("regime", regime)),)


def neighbours(game: Game, subject: str) -> Sequence[Effect]:
    """Governments that stand near a declared position warm to the speaker, others cool (W62)."""
    said = found(game, subject)
    row, column = index(game, said.speaker), issue_column(game, said.issue or "")
    effects = []
    for i in _others(game, row):
        fit = agreement(float(game.atlas.ideal[i, column]), said.place or 0.0)
        effects.append(step(game, "goodwill", (i, row), game.parameters.word_agreement * fit, Term("agreement", fit)))
    return effects


def concession(game: Game, subject: str) -> Sequence[Effect]:
    """A government that the issue is about moves it by declaring where it stands (W82, W157)."""
    said = found(game, subject)
    column = issue_column(game, said.issue or "")
    if game.atlas.issues[column].target != said.speaker:
        return ()
    gap = (said.place or 0.0) - float(game.world.positions[column])
    return (step(game, "positions", (column,), game.parameters.concession * gap, Term("declared place less the present one", gap)),)


def giving_in(game: Game, subject: str) -> Sequence[Effect]:
    """Who gives in to a threat of the unipole defers to it (W37, W82)."""
    said = found(game, subject)
    if not any(t.speaker == game.atlas.unipole for t in answered(game, said)):
        return ()
    row, by = index(game, said.speaker), game.parameters.submission
    before = float(game.world.deference[row])
    return (Effect("deference", (row,), before + by, (Term("before", before), Term("gave in to the unipole", by))),)


def framed(game: Game, subject: str) -> Sequence[Effect]:
    """A framed threat draws beliefs on a third towards what the speaker claims, if its word counts and the danger is near (W139).

    The claim is the speaker's own belief, or certainty if it is made up.
    """
    said = found(game, subject)
    speaker, third, parameters = index(game, said.speaker), index(game, said.about or ""), game.parameters
    claim = 1.0 if said.fabricated else float(game.world.hostile[speaker, third])
    near = nearness(game.atlas, parameters.proximity)[:, third]
    effects = []
    for i in _others(game, speaker, third):
        trust = believed(game, i, speaker)
        part = (1.0 - parameters.alarm_near) + parameters.alarm_near * float(near[i])
        gap = max(claim - float(game.world.hostile[i, third]), 0.0)
        own = _private(game, i)
        terms = (Term("belief in the speaker's word", trust, own), Term("nearness of the threat", part, own))
        effects.append(step(game, "hostile", (i, third), parameters.frame_step * trust * part * gap, *terms))
    return effects


def exposed(game: Game, subject: str) -> Sequence[Effect]:
    """A fabrication that is found out counts as broken words with everybody, and for a breach at home (W140)."""
    said = found(game, subject)
    row, parameters = index(game, said.speaker), game.parameters
    effects = []
    for i in _others(game, row):
        before = float(game.world.broken[i, row])
        terms = (Term("before", before), Term("a fabrication", parameters.fabrication_cost))
        effects.append(Effect("broken", (i, row), before + parameters.fabrication_cost, terms))
    price = float(audience(float(game.atlas.democracy[row]), 0.0, parameters)) if parameters.fabrication_cost else 0.0
    effects.append(step(game, "approval", (row,), -price, Term("price at home", -price)))
    return effects


def alarm(game: Game, subject: str) -> Sequence[Effect]:
    """A threat convinces the threatened that the speaker is hostile (W35, W45)."""
    said = found(game, subject)
    at = (index(game, said.about or ""), index(game, said.speaker))
    by = game.parameters.threat_alarm
    return (step(game, "hostile", at, by, Term("was threatened", by)),)


def reassured(game: Game, subject: str) -> Sequence[Effect]:
    """A pledge of restraint takes away fear in so far as the speaker's word is believed (W82)."""
    said = found(game, subject)
    row, speaker = index(game, said.about or ""), index(game, said.speaker)
    trust, fear = believed(game, row, speaker), float(game.world.hostile[row, speaker])
    by = -game.parameters.reassure_step * trust * fear
    return (step(game, "hostile", (row, speaker), by, Term("belief in the speaker's word", trust)),)


def record(game: Game, subject: str) -> Sequence[Effect]:
    """A threat carried out or a pledge kept builds a name for meaning what one says; an empty one spends it (W106)."""
    said = found(game, subject)
    row, weight = index(game, said.speaker), game.parameters.word_record
    field: Moving = "broken" if said.status in ("empty", "broken") else "kept"
    effects = []
    for i in _others(game, row):
        before = float(getattr(game.world, field)[i, row])
        effects.append(Effect(field, (i, row), before + weight, (Term("before", before), Term(said.status, weight))))
    return effects


def price_at_home(game: Game, subject: str) -> Sequence[Effect]:
    """The public minds an empty threat or a broken pledge of restraint (Fearon 1994)."""
    said = found(game, subject)
    if said.status not in ("empty", "broken"):
        return ()
    row = index(game, said.speaker)
    price = game.parameters.word_audience * float(audience(float(game.atlas.democracy[row]), 0.0, game.parameters))
    return (step(game, "approval", (row,), -price, Term(f"word {said.status}", -price)),)


def restraint(game: Game, subject: str) -> Sequence[Effect]:
    """Restraint that was kept, or broken, moves the belief of who had been reassured (W82, W88)."""
    said = found(game, subject)
    if said.says != "reassure" and said.status != "broken":
        return ()
    at = (index(game, said.about or ""), index(game, said.speaker))
    fear, rate = float(game.world.hostile[at]), game.parameters.restraint_step
    by = -rate * fear if said.status == "kept" else rate * (1.0 - fear)
    return (step(game, "hostile", at, by, Term(f"restraint {said.status}", by)),)


def sides(game: Game, subject: str) -> Sequence[Effect]:
    """Who demands that all take sides minds opposition, and silence for a part of its price (W102, W103)."""
    said = found(game, subject)
    speaker, parameters = index(game, said.speaker), game.parameters
    effects = []
    for i in _others(game, speaker):
        fit = stance_towards(game, said, i)
        felt = -parameters.neutral_penalty if fit is None else fit
        by = parameters.declare_goodwill * felt
        effects.append(step(game, "goodwill", (speaker, i), by, Term("was silent" if fit is None else "agreement", felt)))
    return effects


def stance_towards(game: Game, demand: Statement, row: int) -> float | None:
    """Agreement of a government's declared position with a demand, -1..1; None if it declared nothing."""
    taken = position_of(game, game.atlas.countries[row], demand.issue or "")
    return None if taken is None else agreement(demand.place or 0.0, taken.place or 0.0)


def deference(game: Game, subject: str) -> Sequence[Effect]:
    """To take the side that the unipole demanded is deference (W37, W103)."""
    said = found(game, subject)
    if said.speaker != game.atlas.unipole:
        return ()
    effects = []
    for i in _others(game, index(game, said.speaker)):
        fit = stance_towards(game, said, i)
        if fit is not None and fit > 0.0:
            before, shown = float(game.world.deference[i]), game.parameters.submission * fit
            effects.append(Effect("deference", (i,), before + shown, (Term("before", before), Term("took its side", shown))))
    return effects


def delegitimised(game: Game, subject: str) -> Sequence[Effect]:
    """A government is held in less esteem in so far as the audience listens to the speaker rather than to it (J5)."""
    said = found(game, subject)
    speaker, leader = index(game, said.speaker), index(game, said.about or "")
    ears = _others(game, speaker, leader)
    goodwill = game.world.goodwill
    listening = [min(max((1.0 + float(goodwill[i, speaker]) - float(goodwill[i, leader])) / FULL, 0.0), 1.0) for i in ears]
    heard = add(listening) / max(len(ears), 1)
    credit = open_credit(game, speaker)
    by = -game.parameters.delegitimise_step * credit * heard * float(game.world.esteem[leader])
    terms = (Term("worth of the speaker's word", credit), Term("audience that listens", heard))
    return (step(game, "esteem", (leader,), by, *terms),)


def between(game: Game, subject: str) -> Sequence[Effect]:
    """A rebuke is resented, support welcomed (W62, W139)."""
    said = found(game, subject)
    by = game.parameters.speech_goodwill * _sign(said)
    return (step(game, "goodwill", (index(game, said.about or ""), index(game, said.speaker)), by, Term(said.says, by)),)


def about(game: Game, subject: str) -> Sequence[Effect]:
    """The public of a government listens to those whose word it can trust (W113, W144)."""
    said = found(game, subject)
    row, credit = index(game, said.about or ""), open_credit(game, index(game, said.speaker))
    regime = float(regime_weight(float(game.atlas.democracy[row]), game.parameters))
    by = game.parameters.speech_approval * credit * regime * _sign(said)
    return (step(game, "approval", (row,), by, Term("worth of the speaker's word", credit), Term("regime", regime)),)


def _sign(said: Statement) -> float:
    return 1.0 if said.says == "support" else -1.0
