"""Signs of commitments: what each kind of clause says about where a state stands towards the unipole (W48, W80, W91).

``CLAUSES`` holds all that is known of clauses: kind -> reader.  A new kind gets a reader there, or says
nothing, as a promise to consult does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rules.force.guarantees import protected
from rules.labels.chapters import Chapter, Meaning, Sign, wish_on
from rules.pacts.clauses import (
    Defend,
    GiveAid,
    JoinCoalition,
    Neutrality,
    NonAggression,
    NonRecognition,
    RemainInFramework,
    Restraint,
    ShareIntelligence,
    SpendAtLeast,
    VotePledge,
    creditors,
)
from rules.pacts.treaties import Commitment


@dataclass(frozen=True, slots=True)
class Paper:
    """A commitment as evidence: where it stands, and whether it was made in this turn."""

    chapter: Chapter
    commitment: Commitment
    place: str
    fresh: bool

    def sign(self, country: str, meaning: Meaning, words: str, about: str | None = None, issue: str | None = None) -> Sign:
        """A sign that this commitment gives of one of its parties."""
        terms = self.commitment.terms
        company = tuple(c for c in terms.parties if c != country)
        paid = any(isinstance(c, GiveAid) and (c.debtor, c.to) == (self.chapter.unipole, country) for c in terms.clauses)
        return Sign(country, meaning, words, self.place, about, company, country in terms.formal, not paid, self.fresh, issue)


def _defend(paper: Paper, clause: Defend) -> Iterator[Sign]:
    unipole = paper.chapter.unipole
    shielded = protected(paper.commitment, clause)
    for ally in shielded:
        yield paper.sign(ally, "shield", f"is promised defence by {clause.debtor}", clause.debtor)
    if clause.debtor == unipole:
        for ally in shielded:
            yield paper.sign(ally, "tie", f"is promised defence by {unipole}", clause.against)
    elif unipole in shielded:
        yield paper.sign(clause.debtor, "tie", f"promises to defend {unipole}", clause.against)
    elif unipole not in paper.commitment.terms.parties or clause.against == unipole:
        enemy = clause.against or "anybody"
        yield paper.sign(clause.debtor, "pact", f"promises defence against {enemy}", clause.against)
        for ally in shielded:
            yield paper.sign(ally, "pact", f"is promised defence by {clause.debtor} against {enemy}", clause.against)


def _pledge(paper: Paper, clause: VotePledge) -> Iterator[Sign]:
    unipole = paper.chapter.unipole
    if clause.debtor == unipole:
        return
    said = f"pledged {clause.choice} on {clause.issue}"
    if clause.choice == wish_on(paper.chapter.after, clause.issue):
        yield paper.sign(clause.debtor, "support", said, issue=clause.issue)
    elif unipole not in paper.commitment.terms.parties:
        yield paper.sign(clause.debtor, "concert", said, issue=clause.issue)


def _aid_promised(paper: Paper, clause: GiveAid) -> Iterator[Sign]:
    if clause.debtor == paper.chapter.unipole:
        yield paper.sign(clause.to, "price", f"is promised aid by {clause.debtor}")
    elif clause.to == paper.chapter.unipole:
        yield paper.sign(clause.debtor, "support", f"promises aid to {clause.to}")


def _coalition(paper: Paper, clause: JoinCoalition) -> Iterator[Sign]:
    unipole = paper.chapter.unipole
    if clause.debtor != unipole and unipole in paper.commitment.terms.parties and clause.target != unipole:
        yield paper.sign(clause.debtor, "support", f"promises to join against {clause.target}", clause.target)


def _neutral(paper: Paper, clause: Neutrality) -> Iterator[Sign]:
    """To stay out of what the unipole does, or of everything."""
    if clause.towards in (None, paper.chapter.unipole) and clause.debtor != paper.chapter.unipole:
        yield paper.sign(clause.debtor, "openly aside", f"pledged to stay out of operations of {clause.towards or 'anybody'}")


def _spared(paper: Paper, clause: NonAggression | Restraint) -> Iterator[Sign]:
    """A promise of the unipole not to attack is something that one gets from it (W82)."""
    unipole = paper.chapter.unipole
    if clause.debtor == unipole:
        for country in creditors(paper.commitment.terms.parties, clause):
            yield paper.sign(country, "price", f"is promised by {unipole} not to be attacked")


def _floor(paper: Paper, clause: SpendAtLeast) -> Iterator[Sign]:
    """Arms that the unipole is a party to were wanted by it (W61)."""
    if paper.chapter.unipole in paper.commitment.terms.parties:
        yield paper.sign(clause.debtor, "asked to arm", f"promises to spend {clause.share:g} of its economy on arms")


def _intelligence(paper: Paper, clause: ShareIntelligence) -> Iterator[Sign]:
    unipole = paper.chapter.unipole
    served = creditors(paper.commitment.terms.parties, clause)
    if clause.debtor == unipole:
        for country in served:
            yield paper.sign(country, "price", f"is promised intelligence by {unipole}")
    elif unipole in served:
        yield paper.sign(clause.debtor, "support", f"shares intelligence with {unipole}")


def _framework(paper: Paper, clause: RemainInFramework) -> Iterator[Sign]:
    """To make no arrangement of defence that leaves the unipole out (W78)."""
    unipole = paper.chapter.unipole
    if unipole in paper.commitment.terms.parties and clause.debtor != unipole:
        yield paper.sign(clause.debtor, "support", f"promises no defence arrangement without {unipole}")


def _unrecognised(paper: Paper, clause: NonRecognition) -> Iterator[Sign]:
    unipole = paper.chapter.unipole
    if clause.of == unipole:
        yield paper.sign(clause.debtor, "concert", f"promises to conclude nothing with {unipole}", unipole)
    elif unipole in paper.commitment.terms.parties and clause.debtor != unipole:
        yield paper.sign(clause.debtor, "support", f"promises to conclude nothing with {clause.of}", clause.of)


ClauseReader = Callable[[Paper, Any], Iterable[Sign]]  # each is given clauses of the kind that it stands under
CLAUSES: dict[str, ClauseReader] = {
    "defend": _defend,
    "vote": _pledge,
    "aid": _aid_promised,
    "join": _coalition,
    "neutrality": _neutral,
    "non-aggression": _spared,
    "restraint": _spared,
    "spend": _floor,
    "intelligence": _intelligence,
    "framework": _framework,
    "non-recognition": _unrecognised,
}
