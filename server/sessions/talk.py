"""Rooms: what the people of a session say to each other, beside the game.

A room is a set of seats; it is there as soon as something is said in it.  The room of one seat is that of its own people.  Talk has a log
of its own, of the same kind as the game's: one order in which everybody hears it, ids by which a message sent twice counts once, nothing
acknowledged that is not safe.  It is another log because it is people's words: the game replays without them, and they can be removed.

    Said     a message to a room; in a moderated session it is held until control has ruled
    Ruled    control lets a held message pass, or withholds it with a reason

A request to the white cell is a message that only its own seat and the white cell hear: it says what it asks for, and waits until somebody
answers it, which is a ruling with the answer as its reason, or declines it.

Each viewer counts what it hears, from 1, so that nobody can tell how much others say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from rules.view import UMPIRE_VIEWER
from rules.vocabulary import Country
from rules.wire.canonical import canonical, digest
from server.log.protocol import Appended, Entry, Log
from server.sessions.roles import ANSWERING, TEAM, Holder

SUFFIX = "~talk"
PAGE_ENTRIES = 500
Asks = Literal["", "information", "action", "ruling", "note"]
"""What a message asks of the white cell; nothing, if it is for other seats.  A note asks nothing: the white cell writes it for itself."""
Told = Literal["asker", "everybody", "news"]
"""Who learns an answer: whoever asked, all by a word of control, or all as news of the game."""
TalkPolicy = Literal["open", "moderated", "off"]
"""Whether seats can talk, and whether what they say to others waits for control's nod."""


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was settled about talk when the session was made, and what its people are told of it: does control hear everything?"""

    talk: TalkPolicy = "open"
    overheard: bool = False



class Word(BaseModel):
    """An entry of the log of talk."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Said(Word):
    """A message of a seat, from one of its devices, to a room, its own seat included."""

    kind: Literal["said"] = "said"
    id: str
    author: Holder
    device: str
    room: tuple[Country, ...]
    text: str
    held: bool
    asks: Asks = ""
    addressee: str = ""  # the role that is asked first; whoever answers may answer it
    about: str = ""  # of a note: the objective that it bears on


class Ruled(Word):
    """Control has ruled on a held message, or answered or declined a request."""

    kind: Literal["ruled"] = "ruled"
    id: str
    message: str
    passes: bool
    reason: str
    by: str = ""  # the post and its device, if it was not the session's own control
    told: Told = "asker"


_WORD: TypeAdapter[Said | Ruled] = TypeAdapter(Annotated[Said | Ruled, Field(discriminator="kind")])


class Heard(BaseModel):
    """Something that a viewer hears.  ``held``: waits for control; ``withheld``: will not be said, with the reason.

    The same message can be heard twice: held, then said or withheld.  ``device`` is known within the author's own seat alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    number: int
    message: str
    status: Literal["said", "held", "withheld"]
    author: Holder
    device: str | None
    room: tuple[Country, ...]
    text: str
    reason: str
    asks: Asks
    addressee: str
    about: str
    by: str
    told: Told
    at_ms: int


class Contended(Exception):
    """Others were quicker, again and again; the same again may work."""


class IdTaken(Exception):
    """The id was used for another message."""


class NotHeld(Exception):
    """There is no such message that waits for control."""


def talk_of(session_id: str) -> str:
    """The name of a session's log of talk."""
    return session_id + SUFFIX


def is_talk(game_id: str) -> bool:
    """Whether a log is one of talk."""
    return game_id.endswith(SUFFIX)


@dataclass(slots=True)
class Talk:
    """The talk of one session as far as this process has read it."""

    session_id: str
    hearing: Hearing
    log: Log
    tries_max: int
    words: list[tuple[Said | Ruled, int]] = field(default_factory=list)
    _heard: dict[str, list[Heard]] = field(default_factory=dict)
    _read: dict[str, int] = field(default_factory=dict)

    async def catch_up(self) -> None:
        """Read on from where the words end.

        Raises:
            LogUnavailable: nothing was learnt.
        """
        name = talk_of(self.session_id)
        while page := await self.log.read(name, len(self.words), PAGE_ENTRIES):
            known = len(self.words)
            self.words += [(_WORD.validate_json(row.entry.body), row.at_ms) for row in page if row.version > known]
        known = len(self.words)  # others may add some while the log is asked
        if await self.log.version(name) < known:  # the words were removed
            self.words.clear()
            self._heard.clear()
            self._read.clear()

    async def add(self, word: Said | Ruled) -> None:
        """Append a word; when this returns it is safe.

        Raises:
            LogUnavailable: it is not known whether it was kept; the same again, with the same id, settles it.
            Contended, IdTaken: see there.
            NotHeld: a ruling on nothing that waits.
        """
        author = word.author if isinstance(word, Said) else UMPIRE_VIEWER
        entry = Entry(f"{author}:{word.id}", digest(word), canonical(word))
        for _ in range(self.tries_max):
            await self.catch_up()
            same = next((known for known, _ in self.words if type(known) is type(word) and _name(known) == _name(word)), None)
            if same is not None:
                if same != word:
                    raise IdTaken(word.id)
                return
            if isinstance(word, Ruled):
                self._require_held(word.message)
            if isinstance(await self.log.append(talk_of(self.session_id), len(self.words), [entry], None), Appended):
                await self.catch_up()
                return
        raise Contended(self.session_id)

    def heard(self, viewer: str, since: int = 0, limit: int | None = None) -> tuple[Heard, ...]:
        """What a viewer hears after number ``since``."""
        end = None if limit is None else since + limit
        return tuple(self._of(viewer)[since:end])

    def total(self, viewer: str) -> int:
        """How much a viewer has heard."""
        return len(self._of(viewer))

    def said_by(self, country: str) -> int:
        """How many messages a seat has sent."""
        return sum(isinstance(word, Said) and word.author == country for word, _ in self.words)

    def _of(self, viewer: str) -> list[Heard]:
        known = self._heard.setdefault(viewer, [])
        for word, at_ms in self.words[self._read.get(viewer, 0) :]:
            item = self._as_heard(word, at_ms, viewer, len(known) + 1)
            if item is not None:
                known.append(item)
        self._read[viewer] = len(self.words)
        return known

    def _as_heard(self, word: Said | Ruled, at_ms: int, viewer: str, number: int) -> Heard | None:
        said = word if isinstance(word, Said) else self._message(word.message)
        status: Literal["said", "held", "withheld"] = "said"
        if isinstance(word, Said) and word.held:
            status = "held"
        elif isinstance(word, Ruled) and not word.passes:
            status = "withheld"
        if viewer not in self._audience(said, status):
            return None
        return Heard(
            number=number,
            message=_name(said),
            status=status,
            author=said.author,
            device=said.device if viewer == said.author else None,
            room=said.room,
            text=said.text,
            reason=word.reason if isinstance(word, Ruled) else "",
            asks=said.asks,
            addressee=said.addressee,
            about=said.about,
            by=word.by if isinstance(word, Ruled) else "",
            told=word.told if isinstance(word, Ruled) else "asker",
            at_ms=at_ms,
        )

    def _audience(self, said: Said, status: str) -> tuple[str, ...]:
        """Members hear what is said; what is held or withheld, its own seat.  Control hears what the session says that it hears."""
        if said.asks == "note":
            return (said.author, UMPIRE_VIEWER)
        control = (UMPIRE_VIEWER, *ANSWERING) if said.held else (UMPIRE_VIEWER,) if self.hearing.overheard else ()
        team = (f"{TEAM}-{said.author}",) if said.asks else ()
        return (*(said.room if status == "said" else (said.author,)), *control, *team)

    def _message(self, name: str) -> Said:
        return next(word for word, _ in self.words if isinstance(word, Said) and _name(word) == name)

    def is_for_seats(self, name: str) -> bool:
        """Whether there is a message of this name that asks the white cell for nothing."""
        return any(isinstance(word, Said) and not word.asks and _name(word) == name for word, _ in self.words)

    def waiting(self, name: str) -> Said:
        """The message of this name that waits for control.  Raises NotHeld."""
        self._require_held(name)
        return self._message(name)

    def _require_held(self, name: str) -> None:
        waiting = any(isinstance(word, Said) and word.held and _name(word) == name for word, _ in self.words)
        if not waiting or any(isinstance(word, Ruled) and word.message == name for word, _ in self.words):
            raise NotHeld(name)

    def lines(self) -> Iterator[str]:
        """The log of talk as JSON lines: all of it where control hears the rooms, else the requests to the white cell."""
        for word, at_ms in self.words:
            said = word if isinstance(word, Said) else self._message(word.message)
            if said.asks or self.hearing.overheard:
                yield f'{{"at_ms": {at_ms}, "word": {canonical(word).decode()}}}'


def _name(word: Said | Ruled) -> str:
    """What a message is known by: its author and the id that the author gave it."""
    return f"{word.author}:{word.id}" if isinstance(word, Said) else word.id
