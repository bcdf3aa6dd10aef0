"""Clauses and terms as sentences: who owes what to whom, until when, and on what condition."""

from __future__ import annotations

from rules.state import Sight
from rules.vocabulary import Defend, Terms, Voted, VotePledge
from server.narrate.clauses import clause_sentence
from server.narrate.words import listed, money, name

ORGANS = {1: "with regular meetings", 2: "with a standing staff", 3: "with organs of its own that can decide"}
DECIDERS = {"two thirds": "two thirds of the parties", "majority": "a majority of the parties"}
REMEDIES = {
    "release": "a breach lets the others leave at once",
    "suspension": "the rights of who breaks it rest",
    "counter-measures": "a breach may be answered in kind",
}


def terms_sentences(sight: Sight, terms: Terms) -> list[str]:
    """Every clause, then what holds for all: who is formally bound, until when, how many it takes."""
    said = _mutual(sight, terms) or _in_chorus(sight, terms)
    said = said or [clause_sentence(sight, clause, terms.parties) for clause in terms.clauses]
    return said + _conditions(sight, terms)


def _mutual(sight: Sight, terms: Terms) -> list[str]:
    """A pact in which every party defends every other, as one sentence instead of many."""
    alike = all(isinstance(c, Defend) and c.ally is None and c.when is None for c in terms.clauses)
    enemies = {c.against for c in terms.clauses if isinstance(c, Defend)}
    if not alike or len(enemies) != 1 or {c.debtor for c in terms.clauses} != set(terms.parties):
        return []
    enemy = next(iter(enemies))
    attack = "any attack" if enemy is None else f"an attack by {name(sight, enemy)}"
    return [f"{listed(sight, terms.parties, limit=6)} defend each other against {attack}"]


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
    lead = clause_sentence(sight, leader)
    return [f"{lead}, and {listed(sight, [c.debtor for c in others])} do so if {name(sight, leader.debtor)} does"]


def _conditions(sight: Sight, terms: Terms) -> list[str]:
    said = []
    until = max(clause.until for clause in terms.clauses)
    if sight.moment.turn and until <= sight.atlas.turns:
        said.append(f"it runs to turn {until}")
    if terms.formal:
        whom = "all parties" if set(terms.formal) == set(terms.parties) else listed(sight, terms.formal, limit=6)
        said.append(f"formally binding for {whom}")
    if terms.quorum > 2:  # noqa: PLR2004 - two are the fewest parties there can be
        said.append(f"in force only if {terms.quorum} of {len(terms.parties)} sign")
    said += _arrangement(sight, terms)
    if terms.secret:
        said.append("secret")
    return said


def _arrangement(sight: Sight, terms: Terms) -> list[str]:
    """How firmly it is arranged: organs, rung and head, who decides, what leaving and breaking bring."""
    said = []
    if terms.institution:
        said.append(ORGANS[terms.institution])
    if terms.arrangement != "alliance":
        under = f" under {name(sight, terms.head)}" if terms.head else ""
        article = "an" if terms.arrangement == "empire" else "a"
        said.append(f"as {article} {terms.arrangement}{under}")
    if terms.decision != "all":
        by = name(sight, terms.head) if terms.head and terms.decision == "head" else DECIDERS.get(terms.decision, "its head")
        said.append(f"changed by {by}")
    if terms.notice:
        said.append(f"left with {terms.notice} turn{'' if terms.notice == 1 else 's'} of notice")
    if terms.exit_price:
        said.append(f"who leaves pays {money(terms.exit_price)}")
    return said + [REMEDIES[remedy] for remedy in terms.remedies]


def terms_sentence(sight: Sight, terms: Terms) -> str:
    """The terms as one sentence without a full stop."""
    return "; ".join(terms_sentences(sight, terms))
