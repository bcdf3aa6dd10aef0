"""The format of an experiment file, as frozen models.

One idea carries everything that differs between two games: a *change*.  What all cells share (``setup``), the levels of a factor, an
ablation, a placebo and a null bot are all changes: of coefficients, of any figure of the opening, of commitments in force at the start, of
who plays, of orders fed in by script and of acts that are withheld.  Metrics are filters over tables of what happened; claims say which
difference between cells is expected.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from rules.state import PhaseName
from scenarios.entries import Entry, Text

Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_. -]{0,39}$")]
"""A name of a factor, level, metric or variant."""
Label = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,39}$")]
Selector = Annotated[str, StringConstraints(pattern=r"^(\*|@?[A-Za-z][A-Za-z0-9_.:-]{0,63})$")]
"""``FRA``, ``*`` (all), ``@unipole``, ``@others`` (all but it), ``@GROUP`` of ``[groups]``; in other rows an issue, a council, a term."""
Selection = Selector | Annotated[tuple[Selector, ...], Field(min_length=1, max_length=64)]
Sign = Literal["+", "-", "0"]
Table = Literal[
    "events", "orders", "seats", "commitments", "clauses", "blocs", "drafts", "ballots", "operations", "contributions", "verdicts", "labels"
]
Combination = Literal["sum", "mean", "difference", "product", "ratio", "any", "all"]
Scalar = bool | float | str
MANY = Field(max_length=400)
PAIRS_DEFAULT = 200


class Bound(Entry):
    """A condition on a field that is more than being equal; all that are given must hold."""

    at_least: float | None = Field(default=None, description="the field is a number of at least this")
    at_most: float | None = Field(default=None, description="the field is a number of at most this")
    differs: Scalar | tuple[Scalar, ...] | None = Field(default=None, description="the field is none of these")
    lacks: Selection | None = Field(default=None, description="the field is a list without any of these")
    holds: Selection | None = Field(default=None, description="the field is a list with all of these")


Condition = Scalar | tuple[Scalar, ...] | Bound
"""A value the field must have (a list field: must contain), several of which it must have one, or a table of bounds."""


class Alteration(Entry):
    """``figures``: another value for a figure of the opening: any array of the atlas or of the world, or ``share``."""

    figure: Label | Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")] = Field(
        description="economy, forces, hostile, distance, ideal ..., or share: the state's share of all forces (its economy moves along)"
    )
    of: Selection = Field(default="*", description="the rows: states, issues or councils")
    towards: Selection | None = Field(default=None, description="the columns: states, issues or payoff terms; none: all of them")
    set: float | None = Field(default=None, description="the new value")
    times: float | None = Field(default=None, description="a factor on the old value")
    plus: float | None = Field(default=None, description="what is added to the old value")
    both: bool = Field(default=False, description="whether the same holds in the other direction")


class Scripted(Entry):
    """``orders``: an act that a seat gives besides what its player chooses."""

    turn: int = Field(ge=1, le=1000, description="the turn")
    phase: PhaseName = Field(description="the phase in which the act is possible")
    round: int = Field(default=1, ge=1, le=20, description="the round of the phase")
    by: Selection = Field(description="who gives it")
    act: dict[str, object] = Field(
        description="the act as in the list of orders; @unipole for a country; @operation, @draft or @offer, with :COUNTRY for its "
        "author or leader, for the newest one of that kind"
    )


class Withheld(Entry):
    """``withhold``: acts that a seat is kept from."""

    by: Selection = Field(default="*", description="whose")
    act: dict[str, Condition] = Field(description="conditions on fields of the act, as in a metric: kind, terms.clauses.kind ...")


class Change(Entry):
    """What differs."""

    parameters: dict[str, float | str] = Field(default={}, description="coefficients and switches of the rules by name")
    figures: Annotated[tuple[Alteration, ...], MANY] = Field(default=(), description="figures of the opening")
    commitments: Annotated[tuple[dict[str, object], ...], MANY] = Field(
        default=(), description="terms in force from the start, as in a proposal; each with an id"
    )
    drop: Annotated[tuple[str, ...], MANY] = Field(default=(), description="ids of treaties of the opening that are not in force")
    orders: Annotated[tuple[Scripted, ...], MANY] = Field(default=(), description="acts fed in by script")
    withhold: Annotated[tuple[Withheld, ...], MANY] = Field(default=(), description="acts that bots are kept from")
    cast: str = Field(default="", description="who plays, as on the command line: UNI=payoff:60,*=random; later changes win")
    turns: int | None = Field(default=None, ge=1, le=100, description="another number of turns")


class Factor(Entry):
    """``[[factor]]``: one thing that is varied; the cells of the experiment are all combinations of levels."""

    name: Word = Field(description="its name")
    levels: dict[Word, Change] = Field(min_length=2, max_length=9, description="what changes at each level; the first is the reference")


class Metric(Entry):
    """``[metric.NAME]``: one number for a finished game: rows of a table, filtered and summed up, or other metrics combined."""

    rows: Table | None = Field(default=None, description="the table; see the list of tables")
    where: dict[str, Condition] = Field(default={}, description="conditions on fields; all must hold")
    value: str = Field(
        default="count",
        description="count, any, sum F, mean F, min F, max F, first F, distinct F, share F, change F, or tau F G, with F and G fields",
    )
    among: Selection | None = Field(default=None, description="for share: the states of which a share is taken; none: all")
    missing: float | None = Field(default=None, description="the number where no row is left; none: the game does not count")
    combine: Combination | None = Field(default=None, description="instead of rows: how the metrics in 'of' are put together")
    of: Annotated[tuple[Word, ...], Field(max_length=16)] = Field(default=(), description="the metrics that are combined, defined above")


class Claim(Entry):
    """``[[claim]]``: the difference between cells that is expected."""

    id: Label = Field(description="its name")
    sentence: Text = Field(description="what is claimed, for people")
    metric: Word = Field(description="a metric of this file")
    effect: Annotated[tuple[Word, ...], Field(max_length=4)] = Field(
        default=(), description="the factors; several: their interaction; none: the level of the metric itself, compared with 'than'"
    )
    at: dict[Word, Word] = Field(default={}, description="levels at which other factors are held; a factor not named is averaged over")
    between: dict[Word, Annotated[tuple[Word, Word], Field()]] = Field(
        default={}, description="the two levels of a factor that are compared; otherwise the trend from the first to the last"
    )
    sign: Sign = Field(description="'+' or '-'; '0' if next to nothing is expected")
    least: float = Field(ge=0.0, description="the smallest effect of interest; for '0' the largest that still counts as nothing")
    than: float = Field(default=0.0, description="what the effect is compared with")
    design: bool = Field(default=False, description="whether it is a reading of ours, which the text does not state")


class Variant(Change):
    """``[[ablation]]``, ``[[placebo]]`` or ``[[null]]``: the experiment played again with a change in every cell."""

    name: Word = Field(description="its name")
    sentence: Text = Field(description="what it switches off, or who plays, and why")
    claims: Annotated[tuple[Label, ...], Field(max_length=32)] = Field(default=(), description="the claims it speaks to; none: all")


class ExperimentFile(Entry):
    """A whole experiment."""

    id: Label = Field(description="its name")
    title: Text = Field(description="a title for people")
    proposition: Text = Field(description="what the text says, in your own words")
    cites: Annotated[tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z][0-9]+$")], ...], Field(max_length=64)] = Field(
        default=(), description="ids of propositions"
    )
    note: str = Field(default="", description="anything a reader should know: what is simplified, what the engine cannot show")
    world: Text = Field(description="the base: a scenario's name, the folder of one, or a world file beside this file")
    pairs: int = Field(default=PAIRS_DEFAULT, ge=2, le=100_000, description="paired games in each cell")
    groups: dict[Word, Annotated[tuple[Selector, ...], Field(min_length=1, max_length=64)]] = Field(
        default={}, description="names for sets of states, used as @NAME"
    )
    draw: dict[Word, Annotated[float, Field(ge=0.0, lt=1.0)]] = Field(
        default={}, description="figures that each pair of games draws anew, with the relative spread: every pair has a world of its own"
    )
    setup: Change = Field(default=Change(), description="what all cells share")
    control: Change | None = Field(default=None, description="for an experiment with one factor: the reference")
    treatment: Change | None = Field(default=None, description="for an experiment with one factor: what is done")
    factor: Annotated[tuple[Factor, ...], Field(max_length=4)] = Field(default=(), description="what is varied, if it is more than that")
    metric: dict[Word, Metric] = Field(min_length=1, max_length=64, description="numbers taken from each game")
    claim: Annotated[tuple[Claim, ...], Field(min_length=1, max_length=32)] = Field(description="what is expected")
    ablation: Annotated[tuple[Variant, ...], Field(max_length=8)] = Field(default=(), description="mechanisms that carry the effect, off")
    placebo: Annotated[tuple[Variant, ...], Field(max_length=8)] = Field(default=(), description="mechanisms that should not matter, off")
    null: Annotated[tuple[Variant, ...], Field(max_length=8)] = Field(default=(), description="players who must fail to show it")

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The factors; a control and a treatment are one with two levels."""
        if self.control is None and self.treatment is None:
            return self.factor
        levels = {"control": self.control or Change(), "treatment": self.treatment or Change()}
        return (Factor(name="treatment", levels=levels), *self.factor)
