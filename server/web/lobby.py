"""Making sessions, giving out seats, and control: everything that happens over HTTP, without HTTP.

Only an explicit request takes a seat.  Whoever holds the control token may give out any seat anew, which
ends the token before; if the session was made with open seats, anybody may take one that is free.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator

from rules.orders import Order
from rules.parameters import BadParameter
from rules.view import PUBLIC_VIEWER, UMPIRE_VIEWER
from rules.wire.frames import Acked, OutKinds, Refusal
from scenarios import names
from scenarios.faults import BadScenario
from scenarios.loader import shortened
from scenarios.pin import head_of
from server.desk.bureau import Bureau
from server.desk.papers import DeskNow, Ledger, Story, Why
from server.desk.preview import Preview
from server.desk.weights import Weigh, Weighing
from server.log.errors import LogUnavailable
from server.log.protocol import Appended, Seen
from server.narrate.names import worded
from server.narrate.words import heading, name
from server.reasons import Reason
from server.sessions.hall import Hall, Room
from server.sessions.plans import keep_plan, stored_plan
from server.sessions.recovery import CannotContinue, UnknownSession, head_entry, scenario_named
from server.sessions.requests import Ordered
from server.sessions.roles import ACTS, Right, eyes_of, is_post, may
from server.sessions.seal import is_open
from server.sessions.surroundings import Surroundings
from server.sessions.talk import is_talk
from server.sessions.tokens import Proven, Tokens
from server.sessions.watch import sweep_everywhere
from server.web import forms
from server.web.acts import VOIDING, given_to_people, has_closed, order_of, panel
from server.web.cards import Card, Cards
from server.web.critical import keep_despite, require_filled
from server.web.denials import Denied, DeniedByTheRules
from server.web.exports import exported
from server.web.wishes import code_of, new_code, planned


class Lobby:
    """The front of one process."""

    def __init__(self, hall: Hall, world: Surroundings, tokens: Tokens, bureau: Bureau | None = None) -> None:
        self._bureau = bureau or Bureau()
        self._hall = hall
        self._world = world
        self._tokens = tokens

    # ---- sessions ---------------------------------------------------------------------------------------

    async def make(self, wish: forms.NewSession) -> forms.Made:
        """A new session in the lobby.

        Raises:
            Denied: unknown scenario or parameter, or too many sessions.
            LogUnavailable: it is not known whether it was made; no token was given out.
        """
        if wish.scenario not in names():
            raise Denied(Reason.UNKNOWN_SCENARIO, "scenario")
        if wish.bots and wish.pace != "live":
            raise Denied(Reason.BAD_REQUEST, "bots", "Bots fill empty seats in live play; in rounds, programs take seats themselves.")
        games = await self._games()
        if len(games) >= self._world.settings.limits.sessions_max:
            raise Denied(Reason.TOO_MANY, "", "This server holds as many sessions as it may.")
        try:
            scenario = shortened(scenario_named(wish.scenario), wish.turns)
            head = head_of(scenario, wish.seed or secrets.token_hex(16), wish.parameters)
        except BadScenario as error:
            raise Denied(Reason.BAD_REQUEST, "turns", f"{error.faults[0].wrong} {error.faults[0].remedy}") from error
        except BadParameter as error:
            raise Denied(Reason.BAD_PARAMETER, "parameters", str(error)) from error
        code = new_code(games)
        session_id = f"{wish.scenario[:28]}-{code}"
        control = await self._tokens.issue(session_id, UMPIRE_VIEWER)
        public = await self._tokens.issue(session_id, PUBLIC_VIEWER)
        plan = planned(wish, public, self._world.clock.now_ms(), skip_reading=self._world.settings.read_seconds_skip)
        await keep_plan(self._world.shelf, session_id, plan)
        outcome = await self._world.log.append(session_id, 0, [head_entry(head)], None)
        assert isinstance(outcome, Appended | Seen), outcome  # the latter after a lost answer
        return forms.Made(session=session_id, code=code, control_token=control, public_token=public)

    async def find(self, code: str) -> forms.Found:
        """The session of a code.  Raises Denied."""
        session_id = next((name for name in await self._games() if code_of(name) == code), None)
        if session_id is None:
            raise Denied(Reason.UNKNOWN_SESSION, "code", "There is no session with this code.")
        return forms.Found(session=session_id)

    async def watch(self, session_id: str) -> forms.Watching:
        """The public view for any screen, where anybody may take a seat too.  Raises Denied."""
        try:
            plan = await stored_plan(self._world.shelf, session_id)
        except UnknownSession:
            raise Denied(Reason.UNKNOWN_SESSION, "session") from None
        except CannotContinue:
            raise Denied(Reason.PARKED, "session") from None
        if not (plan.open_seats and plan.public_token):
            raise Denied(Reason.TOKEN, "session", "In this session the instructor gives out the public view.")
        return forms.Watching(session=session_id, token=plan.public_token)

    async def cards(self) -> Cards:
        """All sessions, by name."""
        cards = []
        for session_id in await self._games():
            try:
                plan = await stored_plan(self._world.shelf, session_id)
            except (UnknownSession, CannotContinue):  # the latter says so to whoever asks for it by name
                continue
            room = self._hall.in_memory(session_id)
            status = None if room is None else room.session.history.game.moment.status
            cards.append(Card(session=session_id, scenario=plan.scenario, pace=plan.pace, status=status))
        return Cards(sessions=tuple(cards))

    async def state(self, session_id: str) -> forms.PublicState:
        """What everybody may know of a session.  Raises Denied."""
        room = await self.up_to_date(session_id)
        session, claimed = room.session, await self._tokens.valid(session_id)
        game = session.history.game
        atlas, moment = game.atlas, game.moment
        seats = [
            forms.SeatState(
                country=country,
                name=heading(game, country),
                within=name(game, country),
                claimed=country in claimed,
                bot=session.is_played_by_bot(country, claimed),
                away=country in session.away,
            )
            for country in atlas.countries
        ]
        return forms.PublicState(
            session=session_id,
            code=code_of(session_id),
            scenario=atlas.scenario,
            title=worded(atlas.title),
            summary=worded(scenario_named(atlas.scenario).data.scenario.summary),
            pace=session.plan.pace,
            status=moment.status,
            turn=moment.turn,
            turns=atlas.turns,
            phase=moment.phase,
            round=moment.round,
            due_in_ms=session.due_in_ms(),
            parked=session.parked is not None,
            talk=session.plan.hearing.talk,
            overheard=session.plan.hearing.overheard,
            opened=await is_open(self._world.shelf, session),
            seats=tuple(seats),
        )

    async def room(self, session_id: str) -> Room:
        """The room of a session.  Raises Denied."""
        try:
            return await self._hall.room(session_id)
        except UnknownSession:
            raise Denied(Reason.UNKNOWN_SESSION, "session") from None
        except CannotContinue:
            raise Denied(Reason.PARKED, "session") from None

    async def up_to_date(self, session_id: str) -> Room:
        """The room of a session, read on to what other processes wrote; while the log gives no answer, as it was read before."""
        room = await self.room(session_id)
        with contextlib.suppress(LogUnavailable):
            version = await self._world.log.version(session_id)
            if version > room.session.history.version:
                await room.session.look(version)
        return room

    # ---- seats ------------------------------------------------------------------------------------------

    async def claim(self, session_id: str, country: str, bearer: str | None) -> forms.SeatToken:
        """A token for a seat.  Raises Denied: the seat does not exist, or is not free and the bearer is not control."""
        room = await self.up_to_date(session_id)
        if country not in room.session.history.game.atlas.countries:
            raise Denied(Reason.UNKNOWN_SEAT, "country")
        stands_in = country in room.session.history.game.moment.stand_ins
        if bearer is None and stands_in:
            raise Denied(Reason.TAKEN, "country", "A bot plays this seat. The instructor can give it back to people.")
        if bearer is not None:
            proven = await self.require(session_id, bearer, "seats", "speak")
            evicts = may(proven.viewer, "seats")
            if not evicts and country in await self._tokens.valid(session_id):
                raise Denied(Reason.TAKEN, "country")
            if stands_in:  # first: a token that is out, and that nobody has, would hold the seat
                await self._settled(room, given_to_people(country, proven))
            token = await (self._tokens.issue(session_id, country) if evicts else self._free(session_id, country))
        else:
            token = await self._taken(session_id, country)
        await sweep_everywhere(self._world.log, self._tokens, room)
        return forms.SeatToken(session=session_id, country=country, token=token)

    async def revoke(self, session_id: str, country: str, bearer: str | None) -> forms.Revoked:
        """Make a seat's token void and close its sockets.  Raises Denied."""
        await self.require(session_id, bearer, "seats")
        if country not in (room := await self.room(session_id)).session.history.game.atlas.countries:
            raise Denied(Reason.UNKNOWN_SEAT, "country")
        await self._tokens.revoke(session_id, country)
        await sweep_everywhere(self._world.log, self._tokens, room)
        return forms.Revoked(session=session_id, country=country)

    async def admit(self, session_id: str, token: str) -> Proven | None:
        """Who shows this token; None for a wrong token and for an unknown session alike."""
        return await self._tokens.proven(session_id, token)

    # ---- desks ------------------------------------------------------------------------------------------

    async def desk(self, session_id: str, bearer: str | None) -> DeskNow:
        """Everything before the bearer of a seat's or the public token, in words.  Raises Denied."""
        viewer = await self.require_viewer(session_id, bearer)
        return await self._bureau.desk((await self.up_to_date(session_id)).session, viewer)

    async def story(self, session_id: str, bearer: str | None, since: int) -> Story:
        """What the bearer was told after event ``since``.  Raises Denied."""
        viewer = await self.require_viewer(session_id, bearer)
        return self._bureau.story((await self.up_to_date(session_id)).session, viewer, since)

    async def why(self, session_id: str, bearer: str | None, number: int) -> Why:
        """Why what the bearer was told as event ``number`` happened.  Raises Denied."""
        viewer = await self.require_viewer(session_id, bearer)
        found = await self._bureau.why((await self.up_to_date(session_id)).session, viewer, number)
        if found is None:
            raise Denied(Reason.NOT_FOUND, "event")
        return found

    async def ledger(self, session_id: str, bearer: str | None) -> Ledger:
        """The promises that the bearer knows of.  Raises Denied."""
        viewer = await self.require_viewer(session_id, bearer)
        return await self._bureau.ledger((await self.up_to_date(session_id)).session, viewer)

    async def weigh(self, session_id: str, bearer: str | None, wish: Weigh) -> Weighing:
        """Acts weighed before they are sent, at the rate at which the seat might send them.  Raises Denied."""
        viewer = (await self.require(session_id, bearer, "play")).viewer
        room = await self.up_to_date(session_id)
        if not room.gallery.bucket(viewer).take(asyncio.get_running_loop().time()):
            raise Denied(Reason.TOO_FAST)
        return await self._bureau.weigh(room.session, viewer, wish.acts)

    # ---- control ----------------------------------------------------------------------------------------

    async def control(self, session_id: str, bearer: str | None, wish: forms.ControlAct, *, whoever: bool = False) -> forms.ControlDone:
        """An act of control, once it is durable; ``whoever`` gives it, it is the same order.  Raises Denied."""
        proven = await self.require(session_id, bearer, ACTS[wish.act])
        if isinstance(wish, forms.RetryAct):
            self._hall.retry(session_id)
        if not isinstance(wish, forms.RetryAct | forms.TroubleAct):
            room = await self.up_to_date(session_id)
            order = order_of(wish, room.session.history.game, None if whoever else proven)
            if order is not None and has_closed(wish, order, room.session.history):
                order = None  # sent again: the step that is open by now is not meant
            if isinstance(wish, forms.StartAct) and order is not None:
                absent = await require_filled(room.session.plan, self._tokens, wish.despite)
                await self._settled(room, order)
                await keep_despite(self._world, session_id, absent, wish.despite, proven)
            else:
                await self._settled(room, order)
            if isinstance(wish, VOIDING) and (isinstance(wish, forms.KickAct) or wish.by == "bot"):
                await self._tokens.revoke(session_id, wish.country)
                await sweep_everywhere(self._world.log, self._tokens, room)
        return forms.ControlDone(session=session_id, trouble=self._hall.trouble(session_id))

    async def panel(self, session_id: str, bearer: str | None, figure: str, at: tuple[str, ...]) -> forms.Panel:
        """What lies before control.  Raises Denied."""
        await self.require(session_id, bearer, "secrets")
        return panel((await self.up_to_date(session_id)).session, self._hall.trouble(session_id), figure, at)

    async def preview(self, session_id: str, bearer: str | None, times: int) -> Preview:
        """What may come of the open step; nothing is kept of it.  Raises Denied."""
        await self.require(session_id, bearer, "secrets")
        session = (await self.up_to_date(session_id)).session
        if session.history.game.moment.status not in ("running", "paused"):
            raise Denied(Reason.STEP)
        return await self._bureau.preview(session, await session.laid(), times)

    async def export(self, session_id: str, bearer: str | None) -> AsyncIterator[str]:
        """The lines of the log, for control.  Raises Denied before the first."""
        await self.require(session_id, bearer, "secrets")
        return await exported(self._world.log, session_id)

    async def _settled(self, room: Room, order: Order | None) -> None:
        """An order of control, if there is one to give, once it is durable.  Raises DeniedByTheRules."""
        answer = None if order is None else await self._asked(room, order)
        if isinstance(answer, Refusal):
            raise DeniedByTheRules(forms.Denial(code=answer.code, field=answer.field, sentence=answer.sentence))

    async def _games(self) -> list[str]:
        """The sessions; their logs of talk are none."""
        return [name for name in await self._world.log.games() if not is_talk(name)]

    async def _asked(self, room: Room, order: Order) -> OutKinds:
        answer: asyncio.Future[OutKinds] = asyncio.get_running_loop().create_future()

        def arrive(frame: OutKinds) -> None:
            if not answer.done():
                answer.set_result(frame)

        room.session.ask(Ordered(order, order.id, arrive))
        frame = await answer
        assert isinstance(frame, Acked | Refusal)
        return frame

    async def require(self, session_id: str, bearer: str | None, *rights: Right) -> Proven:
        """Whoever shows a token that gives one of these rights.  Raises Denied for anybody else."""
        proven = None if bearer is None else await self._tokens.proven(session_id, bearer)
        if proven is None:
            raise Denied(Reason.TOKEN, "Authorization")
        if any(may(proven.viewer, right) for right in rights):
            return proven
        if is_post(proven.viewer):
            raise Denied(Reason.ROLE, "Authorization")
        watches = "play" in rights and may(proven.viewer, "watch")
        raise Denied(Reason.NOT_A_SEAT if watches else Reason.TOKEN, "Authorization")

    async def require_viewer(self, session_id: str, bearer: str | None) -> str:
        """Whose eyes the bearer looks through; control has a log instead of a desk.  Raises Denied."""
        return eyes_of((await self.require(session_id, bearer, "watch")).viewer)

    async def _taken(self, session_id: str, country: str) -> str:
        """The token of a free seat, for the first who asks."""
        plan = await stored_plan(self._world.shelf, session_id)
        if not plan.open_seats:
            raise Denied(Reason.TOKEN, "Authorization", "In this session the instructor gives out the seats.")
        return await self._free(session_id, country)

    async def _free(self, session_id: str, country: str) -> str:
        """The token of a seat that nobody holds.  Raises Denied."""
        token = await self._tokens.issue_free(session_id, country)
        if token is None:
            raise Denied(Reason.TAKEN, "country")
        return token
