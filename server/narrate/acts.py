"""Acts as phrases that follow "to": what a seat can choose, and what it has ordered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from rules import orders as o
from rules.state import Sight, find_operation
from rules.vocabulary import Offer
from server.narrate.amounts import money, percent
from server.narrate.clauses import clause_sentence
from server.narrate.language import noun, say
from server.narrate.phrases import Phrase
from server.narrate.retold import DRAWN
from server.narrate.society import society_phrase
from server.narrate.terms import terms_sentence
from server.narrate.words import (
    action_about,
    council_title,
    draft_title,
    issue_title,
    listed,
    name,
    operation_title,
)

SHARES = ("guns", "aid", "investment", "projection", "programme", "mobilisation")


def offer_title(sight: Sight, offer: str) -> Phrase:
    """``the offer of the United States (the United States gives Guinea ...)``; the id alone if it is not known."""
    found = next((item for item in sight.offers if item.id == offer), None)
    return offer_about(sight, found) if found else noun("offer.unknown", id=offer)


def offer_about(sight: Sight, offer: Offer) -> Phrase:
    """An offer by its author and its terms."""
    return noun("offer.known", author=name(sight, offer.author), terms=terms_sentence(sight, offer.terms))


def commitment_title(sight: Sight, commitment: str) -> Phrase:
    """What a commitment says, with its name if a scenario gave it one."""
    found = next((item for item in sight.commitments if item.id == commitment), None)
    title = noun("commitment.drawn") if found and DRAWN.fullmatch(commitment) else noun("commitment.named", id=commitment)
    return noun("commitment.told", title=title, terms=terms_sentence(sight, found.terms)) if found else title


def clause_title(sight: Sight, commitment: str, number: int) -> Phrase:
    """What a clause of a commitment asks; its place alone if the commitment is not known."""
    found = next((item for item in sight.commitments if item.id == commitment), None)
    if found is None or number >= len(found.terms.clauses):
        return noun("claim.unknown", number=number, commitment=commitment)
    return noun("claim.known", clause=clause_sentence(sight, found.terms.clauses[number], found.terms.parties))


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
            return say("act.done")
        case _:
            assert_never(act)


def _bargain(sight: Sight, act: o.Propose | o.Sign | o.Reject | o.Retract | o.Renounce) -> str:
    match act:
        case o.Propose():
            instead = say("act.propose-instead", commitment=commitment_title(sight, act.amends)) if act.amends else ""
            return say("act.propose", parties=listed(sight, act.terms.parties[1:]), terms=terms_sentence(sight, act.terms)) + instead
        case o.Sign():
            condition = say("act.sign-if", needs=listed(sight, others)) if (others := needed(sight, act.offer, act.needs)) else ""
            return say("act.sign", offer=offer_title(sight, act.offer)) + condition + _grounds(act)
        case o.Reject():
            return say("act.reject", offer=offer_title(sight, act.offer)) + _grounds(act)
        case o.Retract():
            return say("act.retract", offer=offer_title(sight, act.offer))
        case o.Renounce():
            return say("act.renounce", commitment=commitment_title(sight, act.commitment))
        case _:
            assert_never(act)


def needed(sight: Sight, offer: str, needs: Iterable[str]) -> list[str]:
    """Who else has to sign; whose offer it is has signed it."""
    author = next((item.author for item in sight.offers if item.id == offer), "")
    return [country for country in needs if country != author]


def _grounds(act: o.Sign | o.Reject) -> str:
    return say("act.grounds", reason=say(f"grounds.{act.because}")) if act.because else ""


def _claim(sight: Sight, act: o.Call | o.Waive | o.Withhold) -> str:
    what = clause_title(sight, act.commitment, act.clause)
    match act:
        case o.Call():
            return say("act.call", clause=what)
        case o.Waive():
            return say("act.release" if act.release else "act.waive", clause=what)
        case o.Withhold():
            return say("act.withhold", clause=what)
        case _:
            assert_never(act)


def _debate(sight: Sight, act: o.Table | o.Sponsor | o.Withdraw | o.Declare | o.Vote) -> str:
    match act:
        case o.Table():
            about, issue = action_about(sight, act.action, act.target), issue_title(sight, act.issue)
            if act.amends:
                return say("act.amend", draft=draft_title(sight, act.amends), about=about, issue=issue)
            tabled = say("act.table", about=about, issue=issue, council=council_title(sight, act.council))
            return tabled + (say("act.press") if act.pressed else "")
        case o.Sponsor():
            return say("act.sponsor", draft=draft_title(sight, act.draft))
        case o.Withdraw():
            return say("act.withdraw", draft=draft_title(sight, act.draft))
        case o.Declare():
            return say(f"act.declare-{act.choice}", draft=draft_title(sight, act.draft))
        case o.Vote():
            changed = say(f"act.if-amended-{'same' if act.if_amended == act.choice else act.if_amended}") if act.if_amended else ""
            said = say("act.saying", reason=say(f"reason.{act.because}")) if act.because else ""
            return say(f"act.vote-{act.choice}", draft=draft_title(sight, act.draft)) + changed + said
        case _:
            assert_never(act)


Campaign = o.Budget | o.Aid | o.Sanction | o.BaseRight | o.Announce | o.Join | o.Launch | o.Cancel


def _campaign(sight: Sight, act: Campaign) -> str:
    match act:
        case o.Budget():
            return _budget(act)
        case o.Aid():
            return say(f"act.aid-{act.form}", whom=name(sight, act.to), amount=money(act.amount))
        case o.Sanction():
            message = "act.sanction" if act.level else "act.lift"
            return say(message, target=name(sight, act.target), share=percent(act.level))
        case o.BaseRight():
            message = "act.open-base" if act.granted else "act.close-base"
            return say(message, guest=name(sight, act.guest), host=name(sight, act.host))
        case o.Announce():
            return say("act.announce", target=name(sight, act.target), issue=issue_title(sight, act.issue))
        case o.Join():
            return say(f"act.join-{act.side}", operation=operation_title(sight, act.operation), level=say(f"level.{act.level}"))
        case o.Launch():
            return say("act.launch", operation=operation_title(sight, act.operation))
        case o.Cancel():
            found = find_operation(sight, act.operation)
            message = "act.leave" if found is not None and found.held else "act.cancel"
            return say(message, operation=operation_title(sight, act.operation))
        case _:
            assert_never(act)


def _budget(act: o.Budget) -> str:
    shares = [(part, share) for part in SHARES if (share := getattr(act, part)) is not None]
    said_of = [say("budget.first", share=percent(share)) if not k else percent(share) for k, (_, share) in enumerate(shares)]
    parts = [say(f"budget.{part}", share=share) for (part, _), share in zip(shares, said_of, strict=True)]
    if not parts:
        return say("budget.as-it-is")
    said = say("list.and", before=", ".join(parts[:-1]), last=parts[-1]) if len(parts) > 1 else parts[0]
    return say("budget.spend", shares=said)
