"""``[[commitment]]``: treaties of the opening, clause by clause, in the words of the rules."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from rules.pacts.treaties import INSTITUTION_MAX, NOTICE_MAX, Arrangement, Decision, Remedy
from rules.vocabulary import Choice, Country, Level, Name
from scenarios.entries import UNIT_INTERVAL, Entry, Key, Text

Kind = Literal[
    "defend", "consult", "neutrality", "non-aggression", "vote", "join", "aid", "spend", "restraint", "sanction", "base", "renounce",
    "intelligence", "framework", "non-recognition",
]  # fmt: skip


class Duty(Entry):
    """One line of ``clauses``: what one party owes, in the words of the clauses of the rules."""

    kind: Kind = Field(description="which kind of clause; see what terms are made of in the reference of orders")
    debtor: Country | Literal["each"] = Field(description="who owes it; 'each' for every party")
    since: int | None = Field(default=None, ge=1, description="first turn; none: from the start")
    until: int | None = Field(default=None, ge=1, description="last turn; none: beyond the end")
    ally: Country | None = Field(default=None, description="whom defend or non-aggression is owed to; none: every other party")
    against: Country | None = Field(default=None, description="whom defend is aimed at; none: anybody")
    towards: Country | None = Field(default=None, description="whom neutrality or restraint is about")
    to: Country | None = Field(default=None, description="who gets aid or intelligence")
    guest: Country | None = Field(default=None, description="whose base is kept open; it is open at the start")
    target: Country | None = Field(default=None, description="whom a coalition or sanctions are against")
    of: Country | None = Field(default=None, description="who is not recognised")
    issue: Name | None = Field(default=None, description="what a vote is about")
    choice: Choice | None = Field(default=None, description="how a vote is cast")
    level: Level | Annotated[float, UNIT_INTERVAL] | None = Field(
        default=None, description="how far: statement, token or full for a coalition, a number from 0 to 1 for sanctions"
    )
    amount: float | None = Field(default=None, ge=0.0, description="aid a turn, in the unit of gdp")
    share: float | None = Field(default=None, ge=0.0, le=1.0, description="share of the economy for arms")
    pooled: bool | None = Field(default=None, description="whether arms are held in common")
    short_of: Literal["attack", "occupation"] | None = Field(default=None, description="what restraint rules out")


class Pact(Entry):
    """``[[commitment]]``: a treaty in force at the start."""

    id: Name = Field(description="its name, lower case")
    title: Text = Field(description="its name for people")
    parties: Annotated[tuple[Country, ...], Field(min_length=2, max_length=32)] = Field(description="who is bound")
    kind: Literal["defend"] | None = Field(default=None, description="what each party owes every other; or write clauses")
    clauses: Annotated[tuple[Duty, ...], Field(max_length=32)] = Field(default=(), description="who owes what; or write kind")
    formality: Literal["formal", "informal"] = Field(description="whether it is a treaty or an understanding")
    formal: Annotated[tuple[Country, ...], Field(max_length=32)] = Field(
        default=(), description="for which parties a formal one is formal; none named: for all"
    )
    visibility: Literal["public", "secret"] = Field(description="whether others know of it")
    institution: int = Field(
        default=0, ge=0, le=INSTITUTION_MAX, description="from no organs (0) to standing ones with powers of their own (3)"
    )
    arrangement: Arrangement = Field(default="alliance", description="rung on the ladder of pooled authority")
    head: Country | None = Field(default=None, description="who commands, where somebody does")
    notice: int = Field(default=0, ge=0, le=NOTICE_MAX, description="turns between leaving and being free")
    decision: Decision = Field(default="all", description="who must agree to change it")
    remedies: Annotated[tuple[Remedy, ...], Field(max_length=3)] = Field(default=(), description="what follows a breach")
    source: Key = Field(description="a key of [sources]")
