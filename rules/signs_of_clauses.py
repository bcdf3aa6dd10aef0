"""Signs of commitments: what each kind of clause says about where a state stands towards the unipole (W48, W80, W91).

``CLAUSES`` holds all that is known of clauses: kind -> reader.  A new kind gets a reader there, or says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rules.chapters import Chapter, Meaning, Sign, wish_on
from rules.threat import protected
from rules.vocabulary import Commitment, Defend, GiveAid, JoinCoalition, VotePledge


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


ClauseReader = Callable[[Paper, Any], Iterable[Sign]]  # each is given clauses of the kind that it stands under
CLAUSES: dict[str, ClauseReader] = {
    "defend": _defend,
    "vote": _pledge,
    "aid": _aid_promised,
    "join": _coalition,
}
