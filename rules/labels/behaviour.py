"""Behaviour: what each state *did* in a turn towards the unipole, as a label with its evidence (W48-W104, W122, W139).

Labels are read off acts and commitments (see ``chapters``) and off whom a state fears most; they never feed back: no other module of the
rules may import this one.  Several labels can hold at once, for strategies are ideal types (W104).  Where the sources disagree on a
definition it is an argument: see ``Definitions``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from rules.exact import add
from rules.force.threat import everybody, threat
from rules.labels.chapters import MIDDLE, Chapter, Meaning, Sign
from rules.labels.signs import signs
from rules.state import MOBILISATION, PROGRAMME, issue_index

Label = Literal[
    "hard balancing, internal",
    "hard balancing, external",
    "soft balancing",
    "leash-slipping",
    "opposition",
    "bandwagoning from fear",
    "bandwagoning for profit",
    "bought alignment",
    "regional balancing",
    "ingratiation",
    "alignment",
    "neutrality",
    "prudence",
    "hedging",
    "free riding",
]


@dataclass(frozen=True, slots=True)
class Meant:
    """What a label says, in words, and where it comes from."""

    sentence: str
    cites: tuple[str, ...]


MEANT: dict[Label, Meant] = {
    "hard balancing, internal": Meant("spends more on arms against a unipole that it fears", ("W49", "W52", "W54")),
    "hard balancing, external": Meant("joins others in defence against the unipole, or sends forces against it", ("W48", "W49", "W53")),
    "soft balancing": Meant("opposes a wish of the unipole by agreement with others, without arms", ("W59", "W60", "W62")),
    "leash-slipping": Meant("pools means with other wards of the unipole to need it less", ("W73",)),
    "opposition": Meant("opposes a wish of the unipole on its own account", ("W61",)),
    "bandwagoning from fear": Meant("sides with the unipole, which it fears most", ("W80", "W82")),
    "bandwagoning for profit": Meant("sides with the unipole for what it gets from it", ("W88", "W89")),
    "bought alignment": Meant("sides with the unipole for what it gets from it", ("W89",)),
    "regional balancing": Meant("leans on the unipole against another state, which it fears more", ("W91", "W92")),
    "ingratiation": Meant("speaks for a wish of the unipole against its own leaning, unasked and unpaid", ("W139",)),
    "alignment": Meant("sides with the unipole for none of these reasons", ("W29", "W89")),
    "neutrality": Meant("takes no side, openly, and has no tie to the unipole", ("W102", "W103")),
    "prudence": Meant("lets an occasion pass: neither endorses nor opposes", ("W87",)),
    "hedging": Meant("does both, with the unipole on one thing and against it on another", ("W104",)),
    "free riding": Meant("is protected and spends a much smaller share on arms than its protector", ("W50", "W122")),
}


@dataclass(frozen=True, slots=True)
class Definitions:
    """What is taken for what.

    ``balancing`` broad: whatever raises security against the unipole (Walt); narrow: only what could check a hegemon, that is, arms and
    formal pacts with at least ``check`` times its forces (Brooks and Wohlforth, W58).  ``bandwagoning`` from fear alone (Walt, W80: what is
    paid for is bought, W89), or also for profit (Schweller, W88).
    """

    balancing: Literal["broad", "narrow"] = "broad"
    bandwagoning: Literal["fear", "fear or profit"] = "fear"
    felt: float = 0.05  # threat (0..1) from which on a state is afraid of another
    check: float = 0.5  # share of the unipole's forces that could hold it in check
    arming: float = 0.001  # share of the economy: smaller rises of arms are not counted
    ride: float = 0.6  # who spends less than this part of its protector's share rides free


WALT = Definitions()
BACKING: tuple[Meaning, ...] = ("support", "service", "words")
RESISTING: tuple[Meaning, ...] = ("opposition", "concert", "armed help")


@dataclass(frozen=True, slots=True)
class Finding:
    """A label and what it rests on."""

    label: Label
    evidence: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Conduct:
    """What one state did in one turn: its labels (none without an occasion), and whom it feared most, if anybody."""

    country: str
    turn: int
    fears: str | None
    findings: tuple[Finding, ...]

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels alone."""
        return tuple(finding.label for finding in self.findings)


@dataclass(frozen=True, slots=True)
class _Case:
    """One state's turn, ready to be judged."""

    chapter: Chapter
    country: str
    fears: str | None
    signs: tuple[Sign, ...]
    by: Definitions

    def of(self, *meanings: Meaning) -> tuple[Sign, ...]:
        """Its signs of these meanings."""
        return tuple(sign for sign in self.signs if sign.meaning in meanings)

    @property
    def row(self) -> int:
        """Its row in the figures."""
        return self.chapter.after.atlas.countries.index(self.country)

    @property
    def menaced(self) -> bool:
        """Whether the unipole is what it fears most, or prepares to attack it."""
        unipole = self.chapter.unipole
        targets = {o.target for o in self.chapter.after.operations if o.leader == unipole and o.status == "announced"}
        return self.fears == unipole or self.country in targets

    def weight(self, countries: Iterable[str]) -> float:
        """Forces of some states in units of the unipole's."""
        game = self.chapter.after
        of = {name: float(value) for name, value in zip(game.atlas.countries, game.world.forces, strict=True)}
        return add(of[c] for c in sorted(set(countries))) / max(of[self.chapter.unipole], 1e-9)


def behaviour(chapter: Chapter, by: Definitions = WALT) -> tuple[Conduct, ...]:
    """The conduct of every state but the unipole in one turn, in the order of the countries."""
    told = signs(chapter)
    feared = _feared(chapter, by)
    found = []
    for country in chapter.before.atlas.countries:
        if country != chapter.unipole:
            case = _Case(chapter, country, feared[country], tuple(s for s in told if s.country == country), by)
            found.append(Conduct(country, chapter.turn, feared[country], _findings(case)))
    return tuple(found)


def _feared(chapter: Chapter, by: Definitions) -> dict[str, str | None]:
    """Whom each state fears most as the turn opens, by its own beliefs; nobody below the threshold."""
    game = chapter.before
    felt = threat(game, everybody(game))
    countries = game.atlas.countries
    most = [int(np.argmax(row)) for row in felt]
    return {c: countries[k] if float(felt[i, k]) >= by.felt else None for i, (c, k) in enumerate(zip(countries, most, strict=True))}


def _findings(case: _Case) -> tuple[Finding, ...]:
    found: dict[Label, tuple[Sign, ...]] = {}
    for label, test in TESTS:
        evidence = test(case)
        if evidence:
            found[label] = evidence
    for label in RESIDUAL:
        said = {sign for other, evidence in found.items() if other != label for sign in evidence}
        if said.issuperset(found.get(label, ())):
            found.pop(label, None)
    if WITH & set(found) and AGAINST & set(found):
        both = [sign for label, evidence in found.items() if label in WITH | AGAINST for sign in evidence]
        found["hedging"] = tuple(dict.fromkeys(both))
    return tuple(Finding(label, evidence) for label, evidence in found.items())


# --- one test a label: the evidence, or nothing -----------------------------------------------------------------------------------------


def _internal(case: _Case) -> tuple[Sign, ...]:
    """More arms against a unipole that is feared, unless it asked for them (W49, W54, W61)."""
    if not case.menaced or case.of("asked to arm") or (case.by.balancing == "narrow" and case.weight([case.country]) < case.by.check):
        return ()
    now, then, row = case.chapter.after.world, case.chapter.before.world, case.row
    readied = add(float(now.spending[row, kind] - then.spending[row, kind]) for kind in (PROGRAMME, MOBILISATION))
    rise = float(now.guns[row] - then.guns[row]) + readied
    return case.of("arming") if rise >= case.by.arming else ()


def _external(case: _Case) -> tuple[Sign, ...]:
    """Pacts that name the unipole, or general ones of a state that fears it; forces sent against it (W48, W49)."""
    aimed = [s for s in case.of("pact") if s.about == case.chapter.unipole or (s.about is None and case.fears == case.chapter.unipole)]
    if case.by.balancing == "narrow":
        return tuple(s for s in aimed if s.formal and case.weight((case.country, *s.company)) >= case.by.check)
    return (*aimed, *case.of("armed help"))


def _soft(case: _Case) -> tuple[Sign, ...]:
    """Diplomatic opposition that was agreed with others (W59, W60, W61); under the narrow definition no balancing at all (W58)."""
    concert = case.of("concert")
    return (*concert, *case.of("opposition")) if concert and case.by.balancing == "broad" else ()


def _slipping(case: _Case) -> tuple[Sign, ...]:
    """Pooled capabilities; general pacts among the unipole's own wards that do not fear it (W73)."""
    ward = case.of("tie") and case.fears != case.chapter.unipole
    pacts = tuple(s for s in case.of("pact") if s.about is None) if ward else ()
    return (*case.of("pool"), *pacts)


def _opposing(case: _Case) -> tuple[Sign, ...]:
    """Opposition that was not agreed with anybody: bargaining like any other (W61)."""
    return case.of("opposition", "concert")


def _fearful(case: _Case) -> tuple[Sign, ...]:
    """Siding, in this turn, with the state that one fears most (W80)."""
    sided = case.of("tie", *BACKING)
    return sided if case.menaced and any(sign.fresh for sign in sided) else ()


def _paid(case: _Case) -> tuple[Sign, ...]:
    """Support, in this turn, for which the unipole pays (W88, W89)."""
    backing = tuple(sign for sign in case.of(*BACKING) if sign.fresh)
    return (*backing, *case.of("price")) if backing and not case.menaced and case.of("price") else ()


def _profiting(case: _Case) -> tuple[Sign, ...]:
    """The same where bandwagoning may be for profit."""
    return _paid(case) if case.by.bandwagoning == "fear or profit" else ()


def _bought(case: _Case) -> tuple[Sign, ...]:
    """The same where it may not."""
    return _paid(case) if case.by.bandwagoning == "fear" else ()


def _regional(case: _Case) -> tuple[Sign, ...]:
    """Ties to the unipole, or support for it, against another state that is feared more (W91)."""
    if case.fears is None or case.menaced:
        return ()
    ties = tuple(s for s in case.of("tie") if s.about in (None, case.fears))
    return (*ties, *(s for s in case.of(*BACKING) if s.about == case.fears))


def _ingratiating(case: _Case) -> tuple[Sign, ...]:
    """Words for the unipole, unasked and unpaid, from a state whose own ideal lies on the other side (W139)."""
    game = case.chapter.after
    found = []
    for sign in case.of("words"):
        column = None if sign.issue is None else issue_index(game, sign.issue)
        if column is not None and sign.given and _far_side(case, column):
            found.append(sign)
    return tuple(found)


def _far_side(case: _Case, column: int) -> bool:
    ideal = case.chapter.after.atlas.ideal
    unipole = case.chapter.after.atlas.countries.index(case.chapter.unipole)
    return (float(ideal[case.row, column]) - MIDDLE) * (float(ideal[unipole, column]) - MIDDLE) < 0.0


def _aligned(case: _Case) -> tuple[Sign, ...]:
    """Ties and support for none of the reasons above: likeness, habit, inheritance (W29, W89)."""
    return case.of("tie", *BACKING)


def _neutral(case: _Case) -> tuple[Sign, ...]:
    """Takes no side and says so, without ties to the unipole (W102)."""
    sided = case.of("tie", *BACKING, *RESISTING)
    return () if sided else case.of("openly aside")


def _prudent(case: _Case) -> tuple[Sign, ...]:
    """Let an occasion pass: neither endorsed nor opposed (W87)."""
    acted = [s for s in case.of(*BACKING, *RESISTING) if s.fresh]
    if acted or _neutral(case):
        return ()
    return case.of("aside", "openly aside")


def _riding(case: _Case) -> tuple[Sign, ...]:
    """Protected by others, and spending a much smaller share on arms than they do (W50, W122)."""
    game = case.chapter.after
    mine = float(game.world.guns[case.row])
    if case.of("service"):
        return ()
    return tuple(s for s in case.of("shield") if mine < case.by.ride * float(game.world.guns[game.atlas.countries.index(s.about or "")]))


Test = Callable[[_Case], tuple[Sign, ...]]
TESTS: tuple[tuple[Label, Test], ...] = (
    ("hard balancing, internal", _internal),
    ("hard balancing, external", _external),
    ("soft balancing", _soft),
    ("leash-slipping", _slipping),
    ("opposition", _opposing),
    ("bandwagoning from fear", _fearful),
    ("bandwagoning for profit", _profiting),
    ("bought alignment", _bought),
    ("regional balancing", _regional),
    ("ingratiation", _ingratiating),
    ("alignment", _aligned),
    ("neutrality", _neutral),
    ("prudence", _prudent),
    ("free riding", _riding),
)
AGAINST: frozenset[Label] = frozenset(
    {"hard balancing, internal", "hard balancing, external", "soft balancing", "leash-slipping", "opposition"}
)
WITH: frozenset[Label] = frozenset(
    {"bandwagoning from fear", "bandwagoning for profit", "bought alignment", "regional balancing", "ingratiation", "alignment"}
)
RESIDUAL: tuple[Label, ...] = ("opposition", "alignment")  # said only of acts that no other label rests on
