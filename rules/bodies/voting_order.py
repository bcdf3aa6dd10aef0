"""The order of voting, and what a vote does to the drafts that wait behind it.

Texts are put to the vote in the order in which they were tabled.  Motions to adjourn come first; before each text come its amendments, the
one furthest removed from it first, so that nobody has to vote for the lesser change without knowing whether the greater one is carried.
"""

from __future__ import annotations

from rules import events as ev
from rules.afoot import tabled
from rules.bodies.ballots import reach
from rules.bodies.councils import PROCEDURAL, amended
from rules.parameters import Parameters
from rules.state import Game, find_draft
from rules.vocabulary import Draft


def order_of_voting(game: Game) -> tuple[str, ...]:
    """Drafts on the table, in the order in which they are voted on."""
    place = {draft.id: number for number, draft in enumerate(game.drafts)}

    def key(draft: Draft) -> tuple[bool, int, bool, float, int]:
        main = find_draft(game, draft.amends) if draft.amends else None
        first = place[main.id] if main else place[draft.id]
        return draft.action not in PROCEDURAL, first, main is None, -_removed(game.parameters, draft, main), place[draft.id]

    return tuple(draft.id for draft in sorted(tabled(game), key=key))


def _removed(parameters: Parameters, amendment: Draft, main: Draft | None) -> float:
    """How far an amendment is from the text: another target is further than any other action."""
    if main is None:
        return 0.0
    apart = abs(reach(parameters, amendment.action) - reach(parameters, main.action))
    return apart + (1.0 if amendment.target != main.target else 0.0)


def after_vote(game: Game, draft_id: str) -> tuple[ev.EventKinds, ...]:
    """What follows for other drafts: the text takes over a carried amendment and its rivals fall; a carried motion puts off the debate."""
    draft = find_draft(game, draft_id)
    if draft is None or draft.status != "carried":
        return ()
    waiting = tabled(game)
    if draft.amends is None:
        put_off = [d for d in waiting if (d.council, d.issue) == (draft.council, draft.issue)]
        return tuple(ev.DraftWithdrawn(draft=d.id, reason=f"not put to the vote: the debate was adjourned by {draft.id}") for d in put_off)
    main = find_draft(game, draft.amends)
    if main is None or main.status != "tabled":
        return ()
    in_favour = {ballot.country for ballot in draft.ballots if ballot.choice == "yes"}
    left = tuple(c for c in main.sponsors if c in in_favour)
    sponsors = (*left, *(c for c in draft.sponsors if c not in left))
    rivals = [d for d in waiting if d.amends == main.id]
    return (
        amended(main, draft, sponsors, f"carried by a vote on {draft.id}"),
        *(ev.DraftWithdrawn(draft=d.id, reason=f"not put to the vote: {draft.id} was carried") for d in rivals),
    )
