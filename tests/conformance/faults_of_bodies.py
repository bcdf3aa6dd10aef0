"""Wrong rules of bodies, votes and legitimacy, each of which some case must notice."""

from __future__ import annotations

from types import ModuleType

import numpy as np

from rules import events as ev
from rules.bodies import ballots, councils, decision_rule, legitimacy, resolutions, voting_order
from rules.vocabulary import Draft


def _of_all(weights: tuple[int, ...], numerator: int, denominator: int, *, more: bool) -> decision_rule.Tally:
    needed = sum(weights) * numerator // denominator
    return decision_rule.in_favour(weights, needed + 1 if more else needed, "of those voting")


def _refusing(draft: Draft, amendment: Draft) -> ev.DraftSponsored:
    return ev.DraftSponsored(draft=amendment.id, country=draft.author)


STAND = ballots.stand
FAULTS: dict[str, tuple[ModuleType, str, object]] = {
    "everybody is the audience": (legitimacy, "audience", lambda sight, operation: np.ones(len(sight.atlas.countries))),
    "history does not matter": (legitimacy, "history", lambda *_: 0.0),
    "amendments are voted as tabled": (voting_order, "_removed", lambda *_: 0.0),
    "amendments change nothing": (voting_order, "after_vote", lambda *_: ()),
    "the author accepts nothing": (councils, "_accepted", _refusing),
    "abstainers count as voting": (councils, "of_those_voting", _of_all),
    "quorums do not matter": (councils, "present", lambda members, needed: decision_rule.present(members, 0)),
    "a motion can be vetoed": (councils, "PROCEDURAL", frozenset()),
    "a forum decides": (councils, "WORDS_ONLY", frozenset(councils.ACTIONS)),
    "all texts ask the same": (ballots, "reach", lambda *_: 0.5),
    "adopted sanctions bind nobody": (resolutions, "bound", lambda *_: ()),
    "who is away abstains": (ballots, "stand", lambda parameters, choice: STAND(parameters, choice or "abstain")),
}
