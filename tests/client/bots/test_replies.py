"""Answers to offers: of many alike, those who are asked at once agree on one."""

from __future__ import annotations

from dataclasses import replace

from client.bots.appraisal import lay
from client.bots.dice import Dice
from client.bots.outlook import Outlook
from client.bots.replies import replies
from client.bots.thought import alone
from rules.orders import Reject, Sign
from rules.view import view
from rules.vocabulary import Choice, Draft, GiveAid, Offer, Signature, Terms, VotePledge
from tests.client.bots.test_sparing import threatened

DRAFT = Draft.believed(
    id="four-1-1", council="four", author="ARD", action="authorise force", issue="dorn-force", target="DOR", pressed=False, turn=1,
    sponsors=("ARD",),
)  # fmt: skip


def declaration(author: str, choice: Choice = "yes") -> Offer:
    """A declaration that two states vote alike."""
    parties = (author, "BRV")
    clauses = tuple(VotePledge.believed(debtor=c, since=1, until=2, issue="dorn-force", choice=choice) for c in parties)
    terms = Terms.believed(parties=parties, clauses=clauses, quorum=2)
    signed = (Signature.believed(country=author, needs=()),)
    return Offer.believed(id=f"offer-{author.lower()}", author=author, terms=terms, made=1, until=1, signatures=signed)


def answered(*offers: Offer) -> list[Sign | Reject]:
    """What Brava makes of each offer, and the reason that it gives."""
    game = replace(threatened(), operations=(), offers=offers, drafts=(DRAFT,))
    acts = alone(replies(alone(lay(Outlook(view(game, "BRV"), 60.0), (DRAFT,))), Dice("s", "1")))
    return [act for act in acts if isinstance(act, Sign | Reject)]


def answers(*offers: Offer) -> dict[str, str]:
    """The same without reasons."""
    return {act.offer: act.kind for act in answered(*offers)}


def test_of_declarations_to_vote_alike_that_of_the_strongest_is_signed() -> None:
    """Each would be signed if it stood alone; of both the one whose author everybody can see to be the stronger, in whatever order."""
    assert answers(declaration("COR")) == {"offer-cor": "sign"}
    assert answers(declaration("DOR")) == {"offer-dor": "sign"}
    for both in ((declaration("COR"), declaration("DOR")), (declaration("DOR"), declaration("COR"))):
        assert answers(*both) == {"offer-dor": "sign", "offer-cor": "reject"}


def test_declarations_that_say_different_things_are_weighed_apart() -> None:
    """One to vote yes and one to vote no are not alike: the better is signed, and the other for what it is worth."""
    assert answers(declaration("COR"), declaration("DOR", "no")) == {"offer-cor": "sign", "offer-dor": "reject"}


def test_every_answer_has_its_reason() -> None:
    """What is signed is signed for a gain; what is like something better is refused for that; a gift without return is too dear."""
    yes, no = declaration("DOR"), declaration("COR")
    assert [(act.kind, act.because) for act in answered(no, yes)] == [("reject", "rival"), ("sign", "gain")]
    clause = GiveAid.believed(debtor="BRV", to="COR", amount=5.0, since=1, until=2)
    gift = no.model_copy(update={"terms": no.terms.model_copy(update={"clauses": (clause,)})})
    assert [(act.kind, act.because) for act in answered(gift)] == [("reject", "price")]
