"""The tables of a game, column by column; ``making`` fills them, the codebook is drawn from them."""

from __future__ import annotations

from typing import get_args

from rules.pacts.clauses import Clause
from rules.turn import TABLE
from rules.vocabulary import Action
from server.records.tables import Column, Design

GAME = Column("game", "text", "the game: the first twelve characters of the hash of its log")
STATE = Column("state", "text", "code of the state, which is the name of its seat")
TURN = Column("turn", "whole", "turn, from 1; 0 is what came before the first")
PHASE = Column("phase", "text", f"phase of the turn: {', '.join(phase.name for phase in TABLE)}")
PLACE = Column("place", "text", "place of the event in the log")
SECRET = Column("secret", "truth", "whether not everybody was told of it")
CLAUSES = ", ".join(sorted(kind.model_fields["kind"].default for kind in get_args(get_args(Clause)[0])))

GAMES = Design(
    "games",
    "game",
    (
        GAME,
        Column("log", "text", "the hash of the log in full: the same hash, the same game"),
        Column("scenario", "text", "name of the case"),
        Column("title", "text", "its title"),
        Column("turn_stands_for", "text", "the time that a turn stands for"),
        Column("unipole", "text", "code of the unipole, the great power in whose world the case plays"),
        Column("states", "whole", "how many states, and so seats, there are"),
        Column("turns", "whole", "how many turns were to be played"),
        Column("turns_played", "whole", "how many were begun"),
        Column("finished", "truth", "whether the game came to its end"),
        Column("seed", "text", "all chance of the game is drawn from it: games of one seed that differ in a setting are a pair"),
        Column("parameters", "text", "coefficients that case or game set otherwise than the rules: NAME=VALUE, blanks between"),
    ),
)
PARTICIPATION = Design(
    "participation",
    "seat. A seat is a state as it is played, by one person, several who share it, a bot or nobody; persons stand in `people`",
    (
        GAME,
        STATE,
        Column("name", "text", "name of the state"),
        Column("orders", "whole", "orders that were accepted, of all kinds, saying that the seat is done with a step included"),
        Column("offers_made", "whole", "offers made to others"),
        Column("offers_answered", "whole", "offers of others that were signed or rejected"),
        Column("ballots", "whole", "ballots cast in roll calls"),
        Column("statements", "whole", "public statements"),
        Column("steps_active", "whole", "steps (rounds of a phase) in which the seat ordered anything"),
        Column("seconds", "number", "from the opening of a step to the seat's last order, over all steps; empty if the log has no times"),
        Column("by_bot", "truth", "whether control had given the seat to a bot as the log ended; `unipole run` gives none"),
        Column("promises_kept", "whole", "clauses owed by the state that were found kept"),
        Column("promises_broken", "whole", "clauses owed by the state that were found broken"),
        Column("payoff_change", "number", "payoff at the end less that at the opening; it has no unit"),
        Column("objectives_met", "whole", "objectives of the seat that hold at the end of the log"),
        Column("objectives", "whole", "objectives of the seat"),
    ),
)
ORDERS = Design(
    "orders",
    "order of a seat",
    (
        GAME,
        Column("entry", "whole", "number of the entry in the log, from 1"),
        TURN,
        PHASE,
        Column("round", "whole", "round of the phase"),
        STATE,
        Column("kind", "text", "kind of the act"),
        Column("act", "text", "the act as JSON (fields: docs/reference/orders.md of the program)"),
        Column("at_ms", "whole", "when it was stored, in milliseconds since 1970; empty if the log has no times"),
    ),
)
EVENTS = Design(
    "events",
    "event",
    (
        GAME,
        PLACE,
        TURN,
        PHASE,
        Column("kind", "text", "kind of the event"),
        SECRET,
        Column("sentence", "text", "the event in words, in English"),
        Column("facts", "text", "the event as JSON (fields: docs/reference/events.md of the program)"),
    ),
)
BALLOTS = Design(
    "ballots",
    "ballot in a roll call",
    (
        GAME,
        PLACE,
        TURN,
        Column("council", "text", "id of the council"),
        Column("draft", "text", "id of the draft"),
        Column("action", "text", f"what the draft would do: {', '.join(get_args(Action))}"),
        Column("target", "text", "code of the state that it is about"),
        Column("adopted", "truth", "whether the vote went for it: a text was adopted, an amendment or a motion carried"),
        STATE,
        Column("choice", "text", "yes, no or abstain"),
        Column("declared", "text", "yes, no or abstain, as the state had declared before the vote; empty if it had not"),
        Column("unipole_choice", "text", "the unipole's ballot in the same roll call; empty if it has none"),
        Column("agreement", "number", "agreement with the unipole: 1 alike, 0.5 half way, 0 opposite (Lijphart 1963)"),
    ),
)
COMMITMENTS = Design(
    "commitments",
    "agreement, those of the opening included",
    (
        GAME,
        Column("commitment", "text", "id of the agreement"),
        Column("made", "text", "place of its making; empty if it stood before the game"),
        Column("since", "whole", "turn of its making; 0 if it stood before the game"),
        Column("parties", "text", "codes of the parties with spaces between"),
        Column("clauses", "text", f"kinds of clauses with spaces between, of: {CLAUSES}"),
        Column("formal", "text", "codes of those whom it binds formally"),
        Column("secret", "truth", "whether it was made in secret"),
        Column("leaked", "whole", "turn in which it came to light, if it was secret and did"),
        Column("ended", "whole", "turn of its end; empty if it stands at the end of the log"),
        Column("end", "text", "why it ended, in English"),
    ),
)
VERDICTS = Design(
    "verdicts",
    "finding on a clause",
    (
        GAME,
        PLACE,
        TURN,
        Column("commitment", "text", "id of the agreement"),
        Column("clause", "whole", "number of the clause in the agreement, from 0"),
        Column("kind", "text", "kind of the clause"),
        Column("debtor", "text", "code of the state that owed it"),
        Column("finding", "text", "kept, breached, excused or not called"),
        Column("breach", "truth", "whether it was broken, which is the finding breached"),
        SECRET,
        Column("reason", "text", "why it was found so, in English"),
    ),
)
STATES = Design(
    "states",
    "state and turn, as the turn closed; turn 0 is the opening",
    (
        GAME,
        STATE,
        TURN,
        Column("economy", "number", "economy, bn USD a year"),
        Column("forces", "number", "mobilised forces, bn USD of yearly spending"),
        Column("guns", "number", "share of the economy spent on arms, 0 to 1"),
        Column("approval", "number", "approval at home, 0 to 1"),
        Column("esteem", "number", "how far its leadership is accepted, 0 to 1"),
        Column("breaches", "number", "promises broken in the open so far"),
        Column("goodwill_to_unipole", "number", "goodwill of the state towards the unipole, -1 to 1; empty for the unipole"),
        Column("alignment", "number", "standing with the unipole in roll calls and operations so far, 0 to 1; empty without an occasion"),
        Column("pacts_with_unipole", "whole", "agreements in force with the unipole"),
        Column("payoff", "number", "payoff, all six terms together; it has no unit"),
        Column("labels", "text", "strategies shown in the turn, with semicolons between; empty for the unipole and the opening"),
    ),
)
PEOPLE = Design(
    "people",
    "person at a seat, which is a device and the token that it was given. A server writes it, as long as people are not removed",
    (
        Column("session", "text", "name of the session on its server"),
        STATE,
        Column("person", "text", "pseudonym: the code of the state and a number, in the order in which people came to the seat"),
        Column("name", "text", "name that the person gave, if names were asked for and the token is valid; else empty"),
        Column("signed_in", "truth", "whether the token is valid"),
        Column("joined_at", "text", "when the token was given out, UTC"),
        Column("first_at", "text", "when the person was first connected, UTC; empty if never"),
        Column("last_at", "text", "when the person was last connected, UTC, to the minute while they are; empty if never"),
        Column("connected_seconds", "number", "how long they were connected; pauses of up to a minute count"),
        Column("connected", "text", "from and to of each time they were connected, UTC, with semicolons between"),
        Column("sheet_changes", "whole", "changes to the order sheet of the seat"),
        Column("acts", "whole", "acts that they sent and the server took, each once, undone ones and practice included"),
        Column("offers_made", "whole", "of these, offers made to others"),
        Column("offers_signed", "whole", "of these, offers signed"),
        Column("offers_rejected", "whole", "of these, offers rejected"),
        Column("ballots", "whole", "of these, votes in a council, changed ones included"),
        Column("statements", "whole", "of these, public statements"),
        Column("done", "whole", "of these, saying that the seat is done with a step"),
        Column("messages_to_others", "whole", "messages in rooms with other seats"),
        Column("messages_in_seat", "whole", "messages among the people of the seat"),
    ),
)
ISSUES = Design(
    "issues",
    "issue and turn, as the turn closed; turn 0 is the opening",
    (
        GAME,
        Column("issue", "text", "id of the issue"),
        Column("title", "text", "what it is called"),
        TURN,
        Column("position", "number", "where the question stood, 0 to 1"),
        Column("ends", "text", "what 0 and 1 mean"),
    ),
)
DESIGNS = (GAMES, PARTICIPATION, ORDERS, EVENTS, BALLOTS, COMMITMENTS, VERDICTS, STATES, ISSUES)
ALL = (*DESIGNS, PEOPLE)
