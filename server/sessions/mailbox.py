"""The envelopes of the open step, in rounds.

They lie on the shelf beside the log, where every process sees them, so it does not matter through which
process a seat speaks: each process lays its envelope down first and looks second, hence whoever lays down
the last one sees all of them and closes the step; should it die before, whoever next hears of a visitor looks too.
An envelope names its step, so one left over from an earlier step counts for nothing and is overwritten by the next.
It is swapped for what lay there before the log was read, so that a process which has read less than another never
puts an envelope of a closed step over one of the open step.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence

from pydantic import ValidationError

from rules.errors import Refused
from rules.orders import Act, Order
from rules.wire.frames import Envelope, Receipt, Refusal
from rules.wire.logbook import order_digest
from server.log.shelf import Shelf
from server.reasons import Reason, refusal
from server.sessions.history import step_key

FIELD = "envelope:"


class Mailbox:
    """The envelopes of one session."""

    def __init__(self, session_id: str, shelf: Shelf) -> None:
        self._session_id = session_id
        self._shelf = shelf
        self._read: dict[str, tuple[str, Envelope]] = {}
        self.held: dict[str, Envelope] = {}  # of the seats that speak through this process
        self._receipts: dict[str, tuple[Envelope, Receipt]] = {}  # the last of each such seat

    async def found(self, countries: Collection[str]) -> dict[str, str | None]:
        """What lies there for these seats, of whatever step.

        Raises:
            LogUnavailable: the shelf gives no answer.
        """
        names = sorted(countries)
        texts = await asyncio.gather(*(self._shelf.get(self._session_id, FIELD + country) for country in names))
        return dict(zip(names, texts, strict=True))

    async def lay_down(self, envelopes: Mapping[str, Envelope], found: Mapping[str, str | None]) -> bool:
        """Put envelopes on the shelf, one a seat, each in the place of what was found; whether all lie there.

        Raises:
            LogUnavailable: it is not known whether all lie there.
        """
        countries = sorted(envelopes)
        lying = await asyncio.gather(*(self._put(country, envelopes[country], found[country]) for country in countries))
        self.held.update((country, envelopes[country]) for country, lies in zip(countries, lying, strict=True) if lies)
        return all(lying)

    async def collect(self, step: str) -> dict[str, tuple[Act, ...]]:
        """Seat -> acts, for the step of this clock id, from all processes.

        Raises:
            LogUnavailable: the shelf gives no answer.
        """
        found: dict[str, tuple[Act, ...]] = {}
        for name, text in sorted((await self._shelf.all(self._session_id)).items()):
            if name.startswith(FIELD):
                country = name.removeprefix(FIELD)
                envelope = self._parsed(country, text)
                if envelope is not None and step_key(envelope.step) == step_key(step):
                    found[country] = envelope.acts
        return found

    def settled(
        self, closed: set[str], digests: Mapping[str, str], declined: Mapping[str, Refused]
    ) -> dict[str, Receipt]:
        """Receipts for the envelopes held here whose step has closed; they are held no longer."""
        new: dict[str, Receipt] = {}
        for seat in sorted(self.held):
            if step_key(self.held[seat].step) in closed:
                envelope = self.held.pop(seat)
                new[seat] = receipt(seat, envelope, digests, declined)
                self._receipts[seat] = (envelope, new[seat])
        return new

    def receipt_again(self, country: str, envelope: Envelope, digests: Mapping[str, str]) -> Receipt:
        """The receipt of an envelope sent once more after its step closed."""
        known, given = self._receipts.get(country, (None, None))
        if known is not None and given is not None and _same(known, envelope):
            return given.model_copy(update={"step": envelope.step})
        return receipt(country, envelope, digests, {})

    async def _put(self, country: str, envelope: Envelope, found: str | None) -> bool:
        return await self._shelf.swap(self._session_id, FIELD + country, found, envelope.model_dump_json())

    def _parsed(self, country: str, text: str) -> Envelope | None:
        known = self._read.get(country)
        if known is not None and known[0] == text:
            return known[1]
        try:
            envelope = Envelope.model_validate_json(text)
        except ValidationError:
            return None
        self._read[country] = (text, envelope)
        return envelope


def _same(one: Envelope, other: Envelope) -> bool:
    return step_key(one.step) == step_key(other.step) and one.acts == other.acts


def ids_in(country: str, envelope: Envelope) -> Sequence[str]:
    """The order ids of an envelope's acts; see ``rules.sequence.order_id``."""
    middle = step_key(envelope.step).removeprefix("clock:")
    return [f"{country}:{middle}:{number}" for number in range(len(envelope.acts))]


def receipt(
    country: str, envelope: Envelope, digests: Mapping[str, str], declined: Mapping[str, Refused]
) -> Receipt:
    """What became of an envelope: its acts are in the log under their ids, or they were refused."""
    accepted: list[str] = []
    refused: list[Refusal] = []
    for order_id, act in zip(ids_in(country, envelope), envelope.acts, strict=True):
        if digests.get(order_id) == order_digest(Order(id=order_id, author=country, act=act)):
            accepted.append(order_id)
        elif order_id in declined:
            why = declined[order_id]
            refused.append(Refusal(id=order_id, code=why.code.value, field=why.field, sentence=why.sentence))
        else:
            refused.append(refusal(Reason.LEFT_OUT, order_id=order_id))
    return Receipt(step=envelope.step, accepted=tuple(accepted), refused=tuple(refused))
