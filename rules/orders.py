"""Orders: the closed list of what can be asked of a game.

An order is an envelope (id, author) around one act.  Players, the clock and control all use it; nothing else changes a game.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rules.society.speech import Manner, Means, Reason
from rules.umpire.orders import Advance, ControlAct, Extend, Inject, Miss, Override, Pause, Reseat, Resume, Start, Undo
from rules.visibility import OWN, PUBLIC, Record
from rules.vocabulary import Action, Because, Choice, Country, Form, Grounds, Level, Money, Name, Side, Terms, Turn

__all__ = [  # what comes from control_orders; the acts of seats stand here
    "Advance",
    "ControlAct",
    "Extend",
    "Inject",
    "Miss",
    "Override",
    "Pause",
    "Reseat",
    "Resume",
    "Start",
    "Undo",
]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Place = Annotated[int, Field(ge=0, le=31)]
"""The place of a clause in its terms, counted from 0."""
OrderId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$")]
CLOCK, CONTROL = "clock", "control"
Author = Annotated[str, StringConstraints(pattern=r"^([A-Z]{3}|clock|control)$")]


class Budget(Record):
    """Shares of the economy: guns are paid out of butter, aid when it is sent (S7).  A share that is left out keeps its value."""

    kind: Annotated[Literal["budget"], PUBLIC] = "budget"
    guns: Annotated[Share | None, OWN] = None
    aid: Annotated[Share | None, OWN] = None  # set aside to be sent
    investment: Annotated[Share | None, OWN] = None  # the economy grows
    projection: Annotated[Share | None, OWN] = None  # reach grows
    programme: Annotated[Share | None, OWN] = None  # weapons of mass destruction come nearer
    mobilisation: Annotated[Share | None, OWN] = None  # forces grow at once, after a lag


class Propose(Record):
    """Put terms to other states; it lapses after turn ``until``.

    ``counters`` names the offer it answers.  ``amends`` names a commitment in force whose terms it would replace: to renew it, to let
    somebody in, to put somebody out, to make it firmer (W135, J7).
    """

    kind: Annotated[Literal["propose"], PUBLIC] = "propose"
    terms: Annotated[Terms, OWN]
    until: Annotated[Turn, OWN]
    counters: Annotated[Name | None, OWN] = None
    amends: Annotated[Name | None, OWN] = None


class Sign(Record):
    """Accept an offer, if all of ``needs`` accept it too.  ``because``: a reason for the parties."""

    kind: Annotated[Literal["sign"], PUBLIC] = "sign"
    offer: Annotated[Name, OWN]
    needs: Annotated[Annotated[tuple[Country, ...], Field(max_length=32)], OWN] = ()
    because: Annotated[Grounds | None, OWN] = None


class Reject(Record):
    """Refuse an offer, openly towards its parties.  ``because``: a reason for them."""

    kind: Annotated[Literal["reject"], PUBLIC] = "reject"
    offer: Annotated[Name, OWN]
    because: Annotated[Grounds | None, OWN] = None


class Retract(Record):
    """Take back one's own offer."""

    kind: Annotated[Literal["retract"], PUBLIC] = "retract"
    offer: Annotated[Name, OWN]


class Renounce(Record):
    """Leave a commitment in force; what is owed this turn is still judged."""

    kind: Annotated[Literal["renounce"], PUBLIC] = "renounce"
    commitment: Annotated[Name, OWN]


class Call(Record):
    """Call a clause (by its place in the terms) that is owed to oneself: the debtor has until the end of the turn (W129)."""

    kind: Annotated[Literal["call"], PUBLIC] = "call"
    commitment: Annotated[Name, OWN]
    clause: Annotated[Place, OWN]


class Waive(Record):
    """Do not ask for what a clause owes oneself: this turn, or with ``release`` for good."""

    kind: Annotated[Literal["waive"], PUBLIC] = "waive"
    commitment: Annotated[Name, OWN]
    clause: Annotated[Place, OWN]
    release: Annotated[bool, OWN] = False


class Withhold(Record):
    """Refuse the talks or keep back the intelligence that a clause asks for."""

    kind: Annotated[Literal["withhold"], PUBLIC] = "withhold"
    commitment: Annotated[Name, OWN]
    clause: Annotated[Place, OWN]


class Table(Record):
    """Table a draft resolution; ``pressed`` makes it a matter of the sponsors' goodwill (W62, W134).

    With ``amends`` it is an amendment: another action or target for that draft.  If the draft's author sponsors it, it is accepted at once;
    else it is voted on before the draft.  The action ``adjourn`` is a motion to put off all drafts on the issue; nobody has a veto on it.
    """

    kind: Annotated[Literal["table"], PUBLIC] = "table"
    council: Annotated[Name, OWN]
    action: Annotated[Action, OWN]
    issue: Annotated[Name, OWN]
    target: Annotated[Country, OWN]
    pressed: Annotated[bool, OWN] = False
    amends: Annotated[Name | None, OWN] = None


class Sponsor(Record):
    """Put one's name to a draft."""

    kind: Annotated[Literal["sponsor"], PUBLIC] = "sponsor"
    draft: Annotated[Name, OWN]


class Withdraw(Record):
    """Take one's own draft off the table before the vote."""

    kind: Annotated[Literal["withdraw"], PUBLIC] = "withdraw"
    draft: Annotated[Name, OWN]


class Declare(Record):
    """Say in public how one will vote."""

    kind: Annotated[Literal["declare"], PUBLIC] = "declare"
    draft: Annotated[Name, OWN]
    choice: Annotated[Choice, OWN]


class Vote(Record):
    """Cast a ballot; revealed with all others when the vote closes.

    ``if_amended``: the choice if the text was changed by the house before it came to the vote.  ``because``: an explanation for the record.
    """

    kind: Annotated[Literal["vote"], PUBLIC] = "vote"
    draft: Annotated[Name, OWN]
    choice: Annotated[Choice, OWN]
    if_amended: Annotated[Choice | None, OWN] = None
    because: Annotated[Because | None, OWN] = None


class Aid(Record):
    """Send aid this turn (bn USD) in one of several forms; what is not money may come to light (W56, W67, W68)."""

    kind: Annotated[Literal["aid"], PUBLIC] = "aid"
    to: Annotated[Country, OWN]
    amount: Annotated[Money, OWN]
    form: Annotated[Form, OWN] = "money"


class Announce(Record):
    """Make public that an operation against ``target`` over ``issue`` is being prepared (W65)."""

    kind: Annotated[Literal["announce"], PUBLIC] = "announce"
    target: Annotated[Country, OWN]
    issue: Annotated[Name, OWN]


class Join(Record):
    """Contribute to an operation, on either side."""

    kind: Annotated[Literal["join"], PUBLIC] = "join"
    operation: Annotated[Name, OWN]
    side: Annotated[Side, OWN]
    level: Annotated[Level, OWN]


class Launch(Record):
    """Start an announced operation at the end of this turn."""

    kind: Annotated[Literal["launch"], PUBLIC] = "launch"
    operation: Annotated[Name, OWN]


class Cancel(Record):
    """Give up an operation: one that is announced, as its leader, or what it holds, as leader or partner (W118)."""

    kind: Annotated[Literal["cancel"], PUBLIC] = "cancel"
    operation: Annotated[Name, OWN]


class Sanction(Record):
    """How far ties with ``target`` are cut, from 0 (lifted) to 1 (all of them)  (W79, W157)."""

    kind: Annotated[Literal["sanction"], PUBLIC] = "sanction"
    target: Annotated[Country, OWN]
    level: Annotated[Share, OWN]


class BaseRight(Record):
    """Open a base to a guest, as its host, or close it, as host or guest (W171, W175)."""

    kind: Annotated[Literal["base"], PUBLIC] = "base"
    host: Annotated[Country, OWN]
    guest: Annotated[Country, OWN]
    granted: Annotated[bool, OWN]


class MakeStatement(Record):
    """Say something in public; a threat or a pledge of restraint stands until turn ``until``.

    Whether a framed threat is ``fabricated`` the speaker alone knows.
    """

    kind: Annotated[Literal["state"], PUBLIC] = "state"
    says: Annotated[Manner, OWN]
    about: Annotated[Country | None, OWN] = None
    issue: Annotated[Name | None, OWN] = None
    place: Annotated[Share | None, OWN] = None
    until: Annotated[Turn | None, OWN] = None
    fabricated: Annotated[bool, OWN] = False


class Influence(Record):
    """Work on the politics of another country this turn: bonds, ingratiation, a lobby on an issue, support for its opposition."""

    kind: Annotated[Literal["influence"], PUBLIC] = "influence"
    by: Annotated[Means, OWN]
    target: Annotated[Country, OWN]
    effort: Annotated[Share, OWN]
    issue: Annotated[Name | None, OWN] = None


class Dialogue(Record):
    """Take part this turn in talks on an issue that ``host`` invites to; the host invites by naming itself."""

    kind: Annotated[Literal["dialogue"], PUBLIC] = "dialogue"
    host: Annotated[Country, OWN]
    issue: Annotated[Name, OWN]


class NoteMotive(Record):
    """Note, for nobody else to read, why one acts; ``act`` is a kind of act or the name of a thing."""

    kind: Annotated[Literal["motive"], PUBLIC] = "motive"
    motive: Annotated[Reason, OWN]
    act: Annotated[Name | None, OWN] = None
    about: Annotated[Country | None, OWN] = None


class Done(Record):
    """Nothing more from this seat until the clock moves on."""

    kind: Annotated[Literal["done"], PUBLIC] = "done"


SeatAct = (
    Budget | Propose | Sign | Reject | Retract | Renounce | Call | Waive | Withhold | Table | Sponsor | Withdraw | Declare | Vote | Aid
    | Announce | Join | Launch | Cancel | Sanction | BaseRight | MakeStatement | Influence
    | Dialogue | NoteMotive | Done
)
Act = Annotated[SeatAct | ControlAct, Field(discriminator="kind")]


class Order(Record):
    """One thing asked of a game: ``id`` chosen by the author, ``author`` a country, the clock or control."""

    id: Annotated[OrderId, OWN]
    author: Annotated[Author, PUBLIC]
    act: Annotated[Act, OWN]

    @property
    def closes(self) -> bool:
        """Whether it ends a step: when its time is up, or because control says so."""
        return isinstance(self.act, Advance)


def seat_kinds() -> tuple[str, ...]:
    """The kinds of act open to players, in the order of definition."""
    return tuple(str(cls.model_fields["kind"].default) for cls in SeatAct.__args__)
