"""Acts as phrases that follow "to": what a seat can choose, and what it has ordered."""

from __future__ import annotations

import re
from typing import assert_never

from rules import orders as o
from rules.state import Sight, find_operation
from rules.vocabulary import Offer
from server.narrate.clauses import clause_sentence
from server.narrate.society import society_phrase
from server.narrate.terms import terms_sentence
from server.narrate.words import (
    ACTIONS,
    HELP,
    LEVELS,
    REASONS,
    council_title,
    draft_title,
    issue_title,
    listed,
    money,
    name,
    operation_title,
    percent,
)

DRAWN = re.compile(r"[0-9a-f]{10}")  # a name that the rules drew, and that tells nobody anything


def offer_title(sight: Sight, offer: str) -> str:
    """``the offer of the United States (the United States gives Guinea ...)``; the id alone if it is not known."""
    found = next((item for item in sight.offers if item.id == offer), None)
    return offer_about(sight, found) if found else f"offer {offer}"


def offer_about(sight: Sight, offer: Offer) -> str:
    """An offer by its author and its terms."""
    return f"the offer of {name(sight, offer.author)} ({terms_sentence(sight, offer.terms)})"


def commitment_title(sight: Sight, commitment: str) -> str:
    """What a commitment says, with its name if a scenario gave it one."""
    found = next((item for item in sight.commitments if item.id == commitment), None)
    title = "the agreement" if found and DRAWN.fullmatch(commitment) else f"the commitment {commitment}"
    return f"{title} ({terms_sentence(sight, found.terms)})" if found else title


def _budget(act: o.Budget) -> str:
    named = [
        (act.guns, "on arms"), (act.aid, "on aid"), (act.investment, "on investment"), (act.projection, "on the reach of its forces"),
        (act.programme, "on weapons of mass destruction"), (act.mobilisation, "on mobilisation"),
    ]  # fmt: skip
    parts = [f"{percent(share)} {word}" for share, word in named if share is not None]
    if not parts:
        return "leave the budget as it is"
    return f"spend {', '.join(parts[:-1])} and {parts[-1]} of the economy" if len(parts) > 1 else f"spend {parts[0]} of the economy"


def act_phrase(sight: Sight, act: o.SeatAct) -> str:
    """What an act of a seat is, as a phrase: ``vote no on draft unsc-1-1 ...``."""
    match act:
        case o.Call() | o.Waive() | o.Withhold():
            return _claim(sight, act)
        case o.Propose() | o.Sign() | o.Reject() | o.Retract() | o.Renounce():
            return _bargain(sight, act)
        case o.Table() | o.Sponsor() | o.Withdraw() | o.Declare() | o.Vote():
            return _debate(sight, act)
        case o.Budget() | o.Aid() | o.Sanction() | o.BaseRight() | o.Announce() | o.Join() | o.Launch() | o.Cancel():
            return _campaign(sight, act)
        case o.MakeStatement() | o.Influence() | o.Dialogue() | o.NoteMotive():
            return society_phrase(sight, act)
        case o.Done():
            return "do nothing more in this round"
        case _:
            assert_never(act)


def _bargain(sight: Sight, act: o.Propose | o.Sign | o.Reject | o.Retract | o.Renounce) -> str:
    match act:
        case o.Propose():
            instead = f", in the place of {commitment_title(sight, act.amends)}" if act.amends else ""
            return f"offer to {listed(sight, act.terms.parties[1:])}: {terms_sentence(sight, act.terms)}{instead}"
        case o.Sign():
            condition = f", if {listed(sight, act.needs)} signs too" if act.needs else ""
            return f"sign {offer_title(sight, act.offer)}{condition}"
        case o.Reject():
            return f"reject {offer_title(sight, act.offer)}"
        case o.Retract():
            return f"take back {offer_title(sight, act.offer)}"
        case o.Renounce():
            return f"give notice to {commitment_title(sight, act.commitment)}"
        case _:
            assert_never(act)


def clause_title(sight: Sight, commitment: str, number: int) -> str:
    """What a clause of a commitment asks; its place alone if the commitment is not known."""
    found = next((item for item in sight.commitments if item.id == commitment), None)
    if found is None or number >= len(found.terms.clauses):
        return f"clause {number} of commitment {commitment}"
    return f"the promise that {clause_sentence(sight, found.terms.clauses[number], found.terms.parties)}"


def _claim(sight: Sight, act: o.Call | o.Waive | o.Withhold) -> str:
    what = clause_title(sight, act.commitment, act.clause)
    match act:
        case o.Call():
            return f"call in {what}"
        case o.Waive():
            return f"ask no more for {what}" if act.release else f"not ask this turn for {what}"
        case o.Withhold():
            return f"withhold what is owed by {what}"
        case _:
            assert_never(act)


def _debate(sight: Sight, act: o.Table | o.Sponsor | o.Withdraw | o.Declare | o.Vote) -> str:
    match act:
        case o.Table():
            about = f"{ACTIONS[act.action]} {name(sight, act.target)} ({issue_title(sight, act.issue)})"
            if act.amends:
                return f"propose an amendment to {draft_title(sight, act.amends)}: {about}"
            return f"table a draft {about} in {council_title(sight, act.council)}" + (", and press for it" if act.pressed else "")
        case o.Sponsor():
            return f"sponsor {draft_title(sight, act.draft)}"
        case o.Withdraw():
            return f"withdraw {draft_title(sight, act.draft)}"
        case o.Declare():
            return f"declare in public: {act.choice} to {draft_title(sight, act.draft)}"
        case o.Vote():
            changed = f", or {act.if_amended} if its text was changed" if act.if_amended else ""
            said = f", saying {REASONS[act.because]}" if act.because else ""
            return f"vote {act.choice} on {draft_title(sight, act.draft)}{changed}{said}"
        case _:
            assert_never(act)


Campaign = o.Budget | o.Aid | o.Sanction | o.BaseRight | o.Announce | o.Join | o.Launch | o.Cancel


def _campaign(sight: Sight, act: Campaign) -> str:
    match act:
        case o.Budget():
            return _budget(act)
        case o.Aid():
            return HELP[act.form].format(whom=name(sight, act.to), amount=money(act.amount))
        case o.Sanction():
            against = name(sight, act.target)
            return f"cut {percent(act.level)} of the ties with {against}" if act.level else f"lift all sanctions against {against}"
        case o.BaseRight():
            verb = "open" if act.granted else "close"
            return f"{verb} the base of {name(sight, act.guest)} in {name(sight, act.host)}"
        case o.Announce():
            return f"announce an operation against {name(sight, act.target)} over {issue_title(sight, act.issue)}"
        case o.Join():
            side = "join" if act.side == "attack" else "stand against"
            return f"{side} {operation_title(sight, act.operation)} {LEVELS[act.level]}"
        case o.Launch():
            return f"launch {operation_title(sight, act.operation)}"
        case o.Cancel():
            found = find_operation(sight, act.operation)
            verb = "leave what it holds:" if found is not None and found.held else "give up"
            return f"{verb} {operation_title(sight, act.operation)}"
        case _:
            assert_never(act)
