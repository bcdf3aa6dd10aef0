"""``problems(game)``: every broken invariant, as a list of sentences.  Tests, fuzzers and imports all use it; an empty list means sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from rules.bodies.councils import bar
from rules.evolve import SUBJECT_FIELDS
from rules.state import SPENDING, TERMS, Game
from rules.turn import TABLE, rounds

FIGURES_OF_FORCE = ("spending", "wmd", "bases", "sanctions", "insurgency", "competence")
OF_STATES = ("esteem", "capital")  # shares of each state, 0..1
OF_PAIRS = ("yielded", "access")
UNIT = (*OF_STATES, *OF_PAIRS, "leaning", "poles", *FIGURES_OF_FORCE, "approval", "authority", "positions", "hostile", "guns")
NOT_NEGATIVE = ("temper", "economy", "forces", "mustered", "reach", "aid", "deference", "breaches", "war_cost", "kept", "broken")


def problems(game: Game) -> list[str]:
    """Sentences naming what is wrong with a game; empty if nothing is."""
    return [*_shapes(game), *_figures(game), *_moment(game), *_offers(game), *_commitments(game), *_council(game), *_desk(game)]


def _shapes(game: Game) -> Iterator[str]:
    n, issues = len(game.atlas.countries), len(game.atlas.issues)
    expected: dict[str, tuple[int, ...]] = {
        **dict.fromkeys(("economy", "forces", "poles", "guns", "aid", "approval", "deference", "breaches", "war_cost", "received"), (n,)),
        **dict.fromkeys((*OF_STATES, "entered"), (n,)),
        **dict.fromkeys(OF_PAIRS, (n, n)),
        "leaning": (n, issues),
        "temper": (n, len(TERMS)),
        **dict.fromkeys(("goodwill", "hostile", "kept", "broken"), (n, n)),
        **dict.fromkeys(("mustered", "reach", "wmd", "insurgency", "competence"), (n,)),
        **dict.fromkeys(("bases", "sanctions"), (n, n)),
        "spending": (n, len(SPENDING)),
        "authority": (len(game.atlas.councils),),
        "positions": (issues,),
        "payoff": (n, len(TERMS)),
    }
    for name, shape in expected.items():
        array = getattr(game.world, name)
        if array.shape != shape:
            yield f"world.{name} has shape {array.shape}, not {shape}"
        if array.flags.writeable:
            yield f"world.{name} can be written to"


def _figures(game: Game) -> Iterator[str]:
    for name in (*UNIT, *NOT_NEGATIVE, "goodwill", "received", "payoff"):
        if not np.isfinite(getattr(game.world, name)).all():
            yield f"world.{name} is not finite"
    for name in UNIT:
        array = getattr(game.world, name)
        if (array < 0.0).any() or (array > 1.0).any():
            yield f"world.{name} leaves 0..1"
    for name in NOT_NEGATIVE:
        if (getattr(game.world, name) < 0.0).any():
            yield f"world.{name} is negative"
    if (np.abs(game.world.goodwill) > 1.0).any():
        yield "world.goodwill leaves -1..1"


def _moment(game: Game) -> Iterator[str]:
    now = game.moment
    if now.status == "lobby" and now.turn:
        yield "a session in the lobby is in a turn"
    if now.status != "lobby":
        if not 1 <= now.turn <= game.atlas.turns:
            yield f"turn {now.turn} is not one of {game.atlas.turns}"
        if now.phase not in {row.name for row in TABLE} or not 1 <= now.round <= rounds(game.atlas, now.phase):
            yield f"round {now.round} of {now.phase} is not in the schedule"
    if len(set(now.done)) != len(now.done) or not set(now.done) <= set(game.atlas.countries):
        yield "the list of seats that are done is wrong"


def _offers(game: Game) -> Iterator[str]:
    for name, count in Counter(o.id for o in game.offers).items():
        if count > 1:
            yield f"offer {name} is on the table {count} times"
    for offer in game.offers:
        parties = set(offer.terms.parties)
        signers = [s.country for s in offer.signatures]
        if offer.author not in signers:
            yield f"offer {offer.id} is not signed by its author"
        if len(set(signers)) != len(signers) or not set(signers) <= parties:
            yield f"offer {offer.id} is signed twice or by others than its parties"
        if set(signers) & set(offer.rejected):
            yield f"offer {offer.id} is signed and rejected by the same country"
        if offer.until < game.moment.turn:
            yield f"offer {offer.id} should have lapsed in turn {offer.until}"


def _commitments(game: Game) -> Iterator[str]:
    for name, count in Counter(c.id for c in game.commitments).items():
        if count > 1:
            yield f"commitment {name} is in force {count} times"
    for commitment in game.commitments:
        parties = set(commitment.terms.parties)
        if not parties <= set(game.atlas.countries):
            yield f"commitment {commitment.id} has an unknown party"
        if any(clause.debtor not in parties for clause in commitment.terms.clauses):
            yield f"commitment {commitment.id} binds somebody who is not a party"
    seen = Counter((v.commitment, v.clause, v.turn) for v in game.verdicts)
    for (commitment_id, clause, turn), count in seen.items():
        if count > 1:
            yield f"clause {clause} of {commitment_id} was judged {count} times in turn {turn}"


def _council(game: Game) -> Iterator[str]:
    councils = {council.id: council for council in game.atlas.councils}
    for draft in game.drafts:
        council = councils.get(draft.council)
        if council is None:
            yield f"draft {draft.id} is before an unknown council"
            continue
        voters = [ballot.country for ballot in draft.ballots]
        if len(set(voters)) != len(voters) or not set(voters) <= set(council.members):
            yield f"draft {draft.id} was voted on twice or by others than members"
        if draft.status in ("adopted", "failed", "rejected"):
            passes = bar(council, draft.ballots, draft.action).passes
            if draft.status == "adopted" and not passes:
                yield f"draft {draft.id} was adopted against the rules of {council.id}"
            if draft.status != "adopted" and passes:
                yield f"draft {draft.id} failed although it had the votes"


def _desk(game: Game) -> Iterator[str]:
    keys = Counter(
        (s.country, s.act.kind, *(getattr(s.act, name, None) for name in SUBJECT_FIELDS)) for s in game.desk
    )
    for key, count in keys.items():
        if count > 1:
            yield f"{key[0]} has {count} sealed acts of kind {key[1]} on one subject"
