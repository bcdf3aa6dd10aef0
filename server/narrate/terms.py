"""Clauses and terms as sentences: who owes what to whom, until when, and on what condition."""

from __future__ import annotations

from rules.state import Sight
from rules.vocabulary import Defend, Terms, Voted, VotePledge
from server.narrate.amounts import money
from server.narrate.clauses import attack_by, clause_sentence
from server.narrate.language import noun, say
from server.narrate.words import MANY, key, listed, name


def terms_sentences(sight: Sight, terms: Terms) -> list[str]:
    """Every clause, then what holds for all: who is formally bound, until when, how many it takes."""
    said = _mutual(sight, terms) or _in_chorus(sight, terms) or _alike(sight, terms)
    said = said or [clause_sentence(sight, clause, terms.parties) for clause in terms.clauses]
    return said + _conditions(sight, terms)


def _mutual(sight: Sight, terms: Terms) -> list[str]:
    """A pact in which every party defends every other, as one sentence instead of many."""
    alike = all(isinstance(c, Defend) and c.ally is None and c.when is None for c in terms.clauses)
    enemies = {c.against for c in terms.clauses if isinstance(c, Defend)}
    if not alike or len(enemies) != 1 or {c.debtor for c in terms.clauses} != set(terms.parties):
        return []
    return [say("terms.mutual", parties=listed(sight, terms.parties, limit=MANY), enemy=attack_by(sight, next(iter(enemies))))]


def _in_chorus(sight: Sight, terms: Terms) -> list[str]:
    """A joint declaration to vote alike, as one sentence, if nothing else is in the terms."""
    pledges = [c for c in terms.clauses if isinstance(c, VotePledge)]
    leaders = [c for c in pledges if c.when is None]
    if len(pledges) != len(terms.clauses) or len(leaders) != 1 or len(pledges) < 3:  # noqa: PLR2004 - two are said in full
        return []
    leader = leaders[0]
    wanted = (leader.debtor, leader.issue, leader.choice)
    others = [c for c in pledges if c is not leader]
    for c in others:
        if not isinstance(c.when, Voted) or (c.when.country, c.when.issue, c.when.choice) != wanted or (c.issue, c.choice) != wanted[1:]:
            return []
    lead, together = clause_sentence(sight, leader), listed(sight, [c.debtor for c in others])
    return [say("terms.chorus", lead=lead, others=together, leader=name(sight, leader.debtor))]


def _alike(sight: Sight, terms: Terms) -> list[str]:
    """The same from each of many, as one sentence, if nothing else is in the terms; whom each defends differs by who it is."""
    first, *rest = terms.clauses
    same = all(clause.model_copy(update={"debtor": first.debtor}) == first for clause in rest)
    if isinstance(first, Defend) or not same or len(rest) < 2:  # noqa: PLR2004 - two are said in full
        return []
    return [say("terms.alike", lead=clause_sentence(sight, first, terms.parties), others=listed(sight, [clause.debtor for clause in rest]))]


def _conditions(sight: Sight, terms: Terms) -> list[str]:
    said = []
    until = max(clause.until for clause in terms.clauses)
    if sight.moment.turn and until <= sight.atlas.turns:
        said.append(say("terms.until", turn=until))
    if terms.formal:
        everybody = set(terms.formal) == set(terms.parties)
        said.append(say("terms.formal", parties=noun("terms.all-parties") if everybody else listed(sight, terms.formal, limit=MANY)))
    if terms.quorum > 2:  # noqa: PLR2004 - two are the fewest parties there can be
        said.append(say("terms.quorum", quorum=terms.quorum, parties=len(terms.parties)))
    said += _arrangement(sight, terms)
    if terms.secret:
        said.append(say("terms.secret"))
    return said


def _arrangement(sight: Sight, terms: Terms) -> list[str]:
    """How firmly it is arranged: organs, rung and head, who decides, what leaving and breaking bring."""
    said = []
    if terms.institution:
        said.append(say(f"terms.organs-{terms.institution}"))
    if terms.arrangement != "alliance":
        headed = say("terms.under", head=name(sight, terms.head)) if terms.head else ""
        said.append(say(f"terms.{terms.arrangement}") + headed)
    if terms.decision == "head" and terms.head:
        said.append(say("terms.changed-by", head=name(sight, terms.head)))
    elif terms.decision != "all":
        said.append(say(f"terms.changed-by-{key(terms.decision)}"))
    if terms.notice:
        lasts = terms.notice < sight.atlas.turns
        said.append(say("terms.notice", turns=terms.notice) if lasts else say("terms.notice-beyond"))
    if terms.exit_price:
        said.append(say("terms.exit-price", amount=money(terms.exit_price)))
    return said + [say(f"terms.{remedy}") for remedy in terms.remedies]


def terms_sentence(sight: Sight, terms: Terms) -> str:
    """The terms as one sentence without a full stop."""
    return "; ".join(terms_sentences(sight, terms))
