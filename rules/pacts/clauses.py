"""Clauses: what one party can owe the others.  Each says who owes it, from when to when, and on which condition.

Some ask for an act when a case arises (defend, join, vote, consult), some for an act every turn (aid, spending, intelligence), some for
leaving something undone (neutrality, non-aggression, restraint, framework, non-recognition).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rules.pacts.conditions import Condition
from rules.visibility import PUBLIC, Record
from rules.words import Choice, Country, Fraction, Level, Money, Name, Turn


class _Clause(Record):
    debtor: Annotated[Country, PUBLIC]
    since: Annotated[Turn, PUBLIC]
    until: Annotated[Turn, PUBLIC]
    when: Annotated[Condition | None, PUBLIC] = None


class Defend(_Clause):
    """The debtor comes to the help of ``ally`` (None: of every other party) when ``against`` (None: anybody) attacks it (W1, W129)."""

    kind: Annotated[Literal["defend"], PUBLIC] = "defend"
    ally: Annotated[Country | None, PUBLIC] = None
    against: Annotated[Country | None, PUBLIC] = None


class Consult(_Clause):
    """The debtor talks with the other parties when one of them calls for it (W129)."""

    kind: Annotated[Literal["consult"], PUBLIC] = "consult"


class Neutrality(_Clause):
    """The debtor sends no forces to operations of or against ``towards`` (None: to any operation at all) (W102)."""

    kind: Annotated[Literal["neutrality"], PUBLIC] = "neutrality"
    towards: Annotated[Country | None, PUBLIC] = None


class NonAggression(_Clause):
    """The debtor sends no forces against ``ally`` (None: against any other party) (W1, W129)."""

    kind: Annotated[Literal["non-aggression"], PUBLIC] = "non-aggression"
    ally: Annotated[Country | None, PUBLIC] = None


class VotePledge(_Clause):
    """The debtor casts ``choice`` on drafts about ``issue`` (W155 when conditional)."""

    kind: Annotated[Literal["vote"], PUBLIC] = "vote"
    issue: Annotated[Name, PUBLIC]
    choice: Annotated[Choice, PUBLIC]


class JoinCoalition(_Clause):
    """The debtor joins an operation against ``target`` at ``level`` or higher (W131, W156)."""

    kind: Annotated[Literal["join"], PUBLIC] = "join"
    target: Annotated[Country, PUBLIC]
    level: Annotated[Level, PUBLIC]


class GiveAid(_Clause):
    """The debtor sends ``amount`` (bn USD a turn) to ``to`` (W89, W134)."""

    kind: Annotated[Literal["aid"], PUBLIC] = "aid"
    to: Annotated[Country, PUBLIC]
    amount: Annotated[Money, PUBLIC]


class SpendAtLeast(_Clause):
    """The debtor spends at least ``share`` of its economy on guns (W121, S7), if ``pooled`` for forces held in common (W73, W79)."""

    kind: Annotated[Literal["spend"], PUBLIC] = "spend"
    share: Annotated[Fraction, PUBLIC]
    pooled: Annotated[bool, PUBLIC] = False


class Restraint(_Clause):
    """The debtor neither prepares nor carries out nor joins an attack on ``towards``, which need not be a party (W82).

    ``short_of`` "occupation" promises less: not to hold the country, whatever else (no change of its regime, W88).
    """

    kind: Annotated[Literal["restraint"], PUBLIC] = "restraint"
    towards: Annotated[Country, PUBLIC]
    short_of: Annotated[Literal["attack", "occupation"], PUBLIC] = "attack"


class KeepSanctions(_Clause):
    """The debtor cuts its ties with ``target`` at least to ``level``; at level 0 it leaves them whole (W79, W157)."""

    kind: Annotated[Literal["sanction"], PUBLIC] = "sanction"
    target: Annotated[Country, PUBLIC]
    level: Annotated[Fraction, PUBLIC]


class HostBase(_Clause):
    """The debtor keeps a base open to ``guest`` (W97, W171)."""

    kind: Annotated[Literal["base"], PUBLIC] = "base"
    guest: Annotated[Country, PUBLIC]


class RenounceProgramme(_Clause):
    """The debtor spends nothing on weapons of mass destruction (W88, W157)."""

    kind: Annotated[Literal["renounce"], PUBLIC] = "renounce"


class ShareIntelligence(_Clause):
    """The debtor shares with ``to`` (None: every other party) what its services find out; it is kept until it withholds (W67)."""

    kind: Annotated[Literal["intelligence"], PUBLIC] = "intelligence"
    to: Annotated[Country | None, PUBLIC] = None


class RemainInFramework(_Clause):
    """The debtor enters no defence arrangement that leaves out a party of this one (W78)."""

    kind: Annotated[Literal["framework"], PUBLIC] = "framework"


class NonRecognition(_Clause):
    """The debtor concludes nothing in the open with ``of`` (W79)."""

    kind: Annotated[Literal["non-recognition"], PUBLIC] = "non-recognition"
    of: Annotated[Country, PUBLIC]


Clause = Annotated[
    Defend | Consult | Neutrality | NonAggression | VotePledge | JoinCoalition | GiveAid | SpendAtLeast | Restraint | KeepSanctions
    | HostBase | RenounceProgramme | ShareIntelligence
    | RemainInFramework | NonRecognition,
    Field(discriminator="kind"),
]
CLAUSES = (
    Defend, Consult, Neutrality, NonAggression, VotePledge, JoinCoalition, GiveAid, SpendAtLeast, Restraint, KeepSanctions, HostBase,
    RenounceProgramme, ShareIntelligence,
    RemainInFramework, NonRecognition,
)  # fmt: skip
Upkeep = SpendAtLeast | KeepSanctions | HostBase | RenounceProgramme
"""Clauses that ask for a state of things."""
Forbearance = Neutrality | NonAggression | Restraint | RemainInFramework | NonRecognition
"""Clauses that ask for leaving something undone."""


def creditors(parties: tuple[Country, ...], clause: Clause) -> tuple[Country, ...]:
    """The parties to whom a clause is owed: the one it names, or all others."""
    named: Country | None
    match clause:
        case GiveAid():
            named = clause.to
        case Defend() | NonAggression():
            named = clause.ally
        case ShareIntelligence():
            named = clause.to
        case HostBase():
            named = clause.guest
        case Restraint():
            named = clause.towards if clause.towards in parties else None
        case _:
            named = None
    return tuple(c for c in parties if c != clause.debtor and named in (None, c))
