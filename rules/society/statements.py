"""Public statements: who may say what, and when a threat or a pledge of restraint has been put to the test.

A statement costs attention and moves figures at the close of the turn (``rules.society.rhetoric``).  Threats and pledges of restraint
stand until their last turn: then, or as soon as deeds decide it, the engine says what became of them (Fearon 1994; W82, W106).
"""

from __future__ import annotations

from rules import events as ev
from rules.chance import draw
from rules.errors import Code, Refused
from rules.orders import MakeStatement
from rules.society.attention import check_attention
from rules.society.events import FabricationExposed, Stated, StatementTested
from rules.society.speech import ABOUT_ISSUES, AT_LARGE, TESTED, Manner, Outcome, Statement
from rules.state import Game, Sight, issue_column, issue_index, spoken_by

SAME_PLACE = 1e-9  # places nearer than this are one


def _invalid(field: str, sentence: str) -> Refused:
    return Refused(Code.STATEMENT_INVALID, field, sentence)


def check_statement(sight: Sight, country: str, act: MakeStatement) -> None:
    """Whether a government may say this now.

    Raises:
        Refused: a country, issue or place is missing, unknown or too much; it was said this turn; no attention is left.
    """
    _check_subject(sight, country, act)
    _check_issue(sight, act)
    if act.fabricated and act.says != "frame":
        raise _invalid("fabricated", "Only a threat that is framed can be made up.")
    last = sight.atlas.turns if act.says in TESTED else sight.moment.turn
    if act.until is not None and not sight.moment.turn <= act.until <= last:
        raise _invalid("until", f"This can hold until turn {last} at most, and not for a turn that is over.")
    if subject(act) in said(sight, country):
        raise Refused(Code.TOO_MANY, "says", "You have said this already.")
    check_attention(sight, country)


def _check_subject(sight: Sight, country: str, act: MakeStatement) -> None:
    if act.says in AT_LARGE:
        if act.about is not None:
            raise _invalid("about", f"A {act.says} is addressed to everybody.")
        return
    if act.about is None:
        raise _invalid("about", "Say which country you speak of.")
    if act.about not in sight.atlas.countries:
        raise Refused(Code.UNKNOWN_COUNTRY, "about", f"There is no country {act.about} in this scenario.")
    if act.about == country:
        raise _invalid("about", "A government does not say this of itself.")


def _check_issue(sight: Sight, act: MakeStatement) -> None:
    if act.says not in ABOUT_ISSUES:
        if act.issue is not None or act.place is not None:
            raise _invalid("issue", "This is said of a country, not of an issue.")
        return
    column = None if act.issue is None else issue_index(sight, act.issue)
    if column is None:
        raise _invalid("issue", f"There is no issue {act.issue} in this scenario." if act.issue else "Say which issue you speak of.")
    if act.place is None:
        raise _invalid("place", "Say where on the issue's line, from 0 to 1.")
    if changes_nothing(sight, act, column):
        raise _invalid("place", "The issue stands there already.")


def changes_nothing(sight: Sight, act: MakeStatement, column: int) -> bool:
    """Whether somebody is threatened for the sake of what is the case anyway."""
    return act.says == "threaten" and act.place is not None and abs(act.place - float(sight.world.positions[column])) < SAME_PLACE


Subject = tuple[Manner, str | None, str | None]


def subject(words: MakeStatement | Statement) -> Subject:
    """What is said of whom or what: the same is not said twice in a turn, nor while it stands."""
    return words.says, words.about, words.issue


def said(sight: Sight, country: str) -> frozenset[Subject]:
    """What a government has said this turn, or what of its words still stands."""
    now = sight.moment.turn
    return frozenset(subject(s) for s in spoken_by(sight, country) if s.turn == now or s.status == "standing")


def make_statement(game: Game, country: str, act: MakeStatement) -> tuple[ev.EventKinds, ...]:
    """The statement, told to everybody.

    Raises:
        Refused: see ``check_statement``.
    """
    check_statement(game, country, act)
    now = game.moment.turn
    number = len([s for s in spoken_by(game, country) if s.turn == now]) + 1
    statement = Statement.believed(
        id=f"{country.lower()}-says-{now}-{number}",
        speaker=country,
        says=act.says,
        turn=now,
        until=act.until or now,
        about=act.about,
        issue=act.issue,
        place=act.place,
        start=0.0 if act.issue is None else float(game.world.positions[issue_column(game, act.issue)]),
        fabricated=act.fabricated,
        status="standing" if act.says in TESTED else "said",
    )
    return (Stated.believed(statement=statement),)


def remembered(statements: tuple[Statement, ...], turn: int) -> tuple[Statement, ...]:
    """What is carried into a new turn: what stands, and the last position of each government on each issue."""
    last = {(s.speaker, s.issue): s.id for s in statements if s.says == "position"}
    places = frozenset(last.values())
    return tuple(s for s in statements if s.turn == turn or s.status == "standing" or s.id in places)


def position_of(sight: Sight, country: str, issue: str) -> Statement | None:
    """The last position that a government declared on an issue, or None."""
    found = [s for s in spoken_by(sight, country) if (s.says, s.issue) == ("position", issue)]
    return found[-1] if found else None


def spoken(game: Game) -> tuple[Statement, ...]:
    """The statements of this turn."""
    return tuple(s for s in game.statements if s.turn == game.moment.turn)


def exposures(game: Game) -> tuple[FabricationExposed, ...]:
    """Fabricated threats that are found out this turn, by a keyed chance (W140)."""
    return tuple(
        FabricationExposed(statement=s.id, speaker=s.speaker, about=s.about)
        for s in spoken(game)
        if s.fabricated and s.about is not None
        and draw(game.seed, game.moment.branch, game.moment.turn, "exposure", s.id) < game.parameters.exposure
    )


def put_to_the_test(game: Game) -> tuple[StatementTested, ...]:
    """What became this turn of threats and pledges of restraint that stood."""
    events = []
    for statement in game.statements:
        found = tested(game, statement) if statement.status == "standing" else None
        if found is not None:
            events.append(StatementTested(statement=statement.id, outcome=found[0], reason=found[1]))
    return tuple(events)


def tested(game: Game, statement: Statement) -> tuple[Outcome, str] | None:
    """What became of a standing statement, and why; None while it stands."""
    attacked = any(
        o.status == "launched" and (o.leader, o.target) == (statement.speaker, statement.about) and o.turn >= statement.turn
        for o in game.operations
    )
    over = game.moment.turn >= statement.until
    if statement.says == "reassure":
        if attacked:
            return "broken", f"{statement.speaker} attacked {statement.about}, which it had said it would spare"
        return ("kept", f"{statement.speaker} left {statement.about} in peace") if over else None
    met = conceded(game, statement)
    if attacked and met:
        return "broken", f"{statement.speaker} attacked {statement.about} although its demand was met"
    if attacked:
        return "carried out", f"{statement.speaker} did to {statement.about} what it had threatened"
    if met:
        return "met", f"{statement.about} gave in"
    if _moved_as_demanded(statement, _stands(game, statement)):
        return "met", "the issue moved as demanded"
    return ("empty", f"{statement.speaker} let it pass that {statement.about} did not give in") if over else None


def conceded(game: Game, threat: Statement) -> bool:
    """Whether the threatened government, since the threat, declared for what was demanded."""
    after = game.statements[[s.id for s in game.statements].index(threat.id) + 1 :]
    return any(
        (s.speaker, s.says, s.issue) == (threat.about, "position", threat.issue) and _moved_as_demanded(threat, s.place or 0.0)
        for s in after
    )


def answered(game: Game, position: Statement) -> tuple[Statement, ...]:
    """The standing threats to which a declared position gives in."""
    return tuple(
        s for s in game.statements
        if s.says == "threaten" and s.status == "standing" and (s.about, s.issue) == (position.speaker, position.issue)
        and _moved_as_demanded(s, position.place or 0.0) and s.turn <= position.turn
    )


def _stands(game: Game, statement: Statement) -> float:
    return float(game.world.positions[issue_column(game, statement.issue or "")])


def _moved_as_demanded(threat: Statement, place: float) -> bool:
    """Whether a place lies as far from the start as demanded, or further."""
    wanted = (threat.place or 0.0) - threat.start
    return wanted * (place - (threat.place or 0.0)) >= 0.0
