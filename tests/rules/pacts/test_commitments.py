"""Offers and commitments: which terms make sense, who may do what with an offer, and what is agreed in the end."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from random import Random
from typing import Any

import pytest

from rules import events as ev
from rules.orders import Propose, Reject, Renounce, Retract, Sign
from rules.pacts import commitments
from rules.pacts.commitments import OFFERS_OPEN_MAX, concluded, consistent, settle
from rules.pacts.departures import expire
from rules.pacts.drafting import reduced
from rules.pacts.treaties import Departure
from rules.state import Game
from rules.vocabulary import Commitment, Defend, GiveAid, JoinCoalition, Offer, Signature, Terms, Voted, VotePledge
from tests.rules.stage import at, given, refusal

ISSUE = "dorn-force"
PACT = Defend(debtor="BRV", since=1, until=2)


def terms(**changes: Any) -> Terms:  # noqa: ANN401 - the fields of Terms have several types
    """Terms between Brava and Corin, with some fields changed."""
    plain: dict[str, Any] = {"parties": ("BRV", "COR"), "clauses": (PACT,)}
    return Terms(**{**plain, **changes})


def owed(**changes: Any) -> Terms:  # noqa: ANN401 - as above
    """Terms with the clause of defence changed."""
    return terms(clauses=(PACT.model_copy(update=changes),))


@pytest.fixture
def talks() -> Game:
    """The first round of negotiation."""
    return at("1 negotiation 1")


@pytest.mark.parametrize(
    ("proposed", "code", "field"),
    [
        (terms(parties=("ARD", "COR")), "offer/invalid", "terms.parties"),
        (terms(parties=("BRV", "COR", "COR")), "offer/invalid", "terms.parties"),
        (terms(parties=("BRV", "QQQ")), "country/unknown", "terms.parties"),
        (terms(formal=("ARD",)), "offer/invalid", "terms.formal"),
        (terms(quorum=3), "offer/invalid", "terms.quorum"),
        (owed(debtor="ARD"), "offer/invalid", "terms.clauses.0.debtor"),
        (owed(since=2, until=1), "offer/invalid", "terms.clauses.0.since"),
        (owed(when=Voted(country="DOR", issue="other", choice="no")), "offer/invalid", "terms.clauses.0.when.issue"),
        (owed(when=Voted(country="QQQ", issue=ISSUE, choice="no")), "country/unknown", "terms.clauses.0.when.country"),
        (owed(when=Voted(country="BRV", issue=ISSUE, choice="no")), "offer/invalid", "terms.clauses.0.when.country"),
        (owed(ally="DOR"), "offer/invalid", "terms.clauses.0.ally"),
        (owed(ally="BRV"), "offer/invalid", "terms.clauses.0.ally"),
        (owed(against="QQQ"), "country/unknown", "terms.clauses.0.against"),
        (owed(against="BRV"), "offer/invalid", "terms.clauses.0.against"),
        (
            terms(clauses=(PACT, VotePledge(debtor="BRV", since=1, until=1, issue="other", choice="no"))),
            "offer/invalid",
            "terms.clauses.1.issue",
        ),
        (terms(clauses=(GiveAid(debtor="BRV", since=1, until=1, to="DOR", amount=1.0),)), "offer/invalid", "terms.clauses.0.to"),
        (terms(clauses=(GiveAid(debtor="BRV", since=1, until=1, to="COR", amount=0.0),)), "offer/invalid", "terms.clauses.0.amount"),
        (
            terms(clauses=(JoinCoalition(debtor="BRV", since=1, until=1, target="BRV", level="full"),)),
            "offer/invalid",
            "terms.clauses.0.target",
        ),
    ],
)
def test_terms_that_make_no_sense_are_refused(talks: Game, proposed: Terms, code: str, field: str) -> None:
    """With the field at fault."""
    assert refusal(talks, "BRV", Propose(terms=proposed, until=1)) == (code, field)


@pytest.mark.parametrize(
    "proposed",
    [
        terms(),
        owed(ally="COR"),
        owed(against="DOR"),
        owed(when=Voted(country="COR", issue=ISSUE, choice="no")),
        terms(formal=("BRV",)),
        terms(secret=True),
        terms(clauses=(JoinCoalition(debtor="COR", since=1, until=3, target="DOR", level="token"),)),
    ],
)
def test_terms_that_make_sense_are_put_to_the_parties(talks: Game, proposed: Terms) -> None:
    """The author's signature is under them from the start."""
    offer = given(talks, "BRV", Propose(terms=proposed, until=2)).offers[0]
    assert (offer.author, offer.terms, offer.made, offer.until) == ("BRV", proposed, 1, 2)
    assert offer.signatures == (Signature(country="BRV"),)


def test_a_clause_cannot_begin_in_the_past() -> None:
    """In the second turn nothing can be owed for the first."""
    assert refusal(at("2 negotiation 1"), "BRV", Propose(terms=terms(), until=2)) == ("offer/invalid", "terms.clauses.0.since")


def test_an_offer_ends_while_the_session_lasts(talks: Game) -> None:
    """Neither in the past nor after the last turn; three turns in all."""
    assert refusal(talks, "BRV", Propose(terms=terms(), until=4)) == ("offer/invalid", "until")
    second = at("2 negotiation 1")
    later = terms(clauses=(Defend(debtor="BRV", since=2, until=2),))
    assert refusal(second, "BRV", Propose(terms=later, until=1)) == ("offer/invalid", "until")


def test_a_counter_offer_names_an_offer_one_has(talks: Game) -> None:
    """What others have on the table cannot be answered."""
    game = given(talks, "BRV", Propose(terms=terms(), until=1))
    act = Propose(terms=terms(), until=1, counters=game.offers[0].id)
    assert given(game, "COR", act).offers[1].counters == game.offers[0].id
    elsewhere = act.model_copy(update={"terms": terms(parties=("DOR", "COR"), clauses=(Defend(debtor="DOR", since=1, until=1),))})
    assert refusal(game, "DOR", elsewhere) == ("offer/unknown", "counters")


def test_a_state_has_so_many_offers_open_and_no_more(talks: Game) -> None:
    """The limit is each one's own."""
    game = talks
    for number in range(OFFERS_OPEN_MAX):
        made = commitments.propose(game, "BRV", Propose(terms=terms(), until=1), f"order {number}")
        assert isinstance(made[0], ev.OfferMade)
        game = replace(game, offers=(*game.offers, made[0].offer))
    assert refusal(game, "BRV", Propose(terms=terms(), until=1)) == ("limit/too-many", "terms")
    assert given(game, "COR", Propose(terms=terms(), until=1)).offers[-1].author == "COR"


def test_who_may_do_what_with_an_offer(talks: Game) -> None:
    """Sign once, on conditions about other parties; reject once; retract one's own; change one's mind."""
    game = given(talks, "BRV", Propose(terms=terms(), until=1))
    name = game.offers[0].id
    assert refusal(game, "BRV", Sign(offer=name)) == ("offer/already-decided", "offer")
    assert refusal(game, "BRV", Reject(offer=name)) == ("seat/not-yours", "offer")
    assert refusal(game, "COR", Retract(offer=name)) == ("seat/not-yours", "offer")
    assert refusal(game, "DOR", Sign(offer=name)) == ("offer/unknown", "offer")
    assert refusal(game, "COR", Sign(offer=name, needs=("DOR",))) == ("offer/invalid", "needs")
    assert refusal(game, "COR", Sign(offer=name, needs=("COR",))) == ("offer/invalid", "needs")
    signed = given(game, "COR", Sign(offer=name))
    assert refusal(signed, "COR", Sign(offer=name)) == ("offer/already-decided", "offer")
    again = given(signed, "COR", Sign(offer=name, needs=("BRV",)))
    assert [s for s in again.offers[0].signatures if s.country == "COR"] == [Signature(country="COR", needs=("BRV",))]
    assert given(again, "COR", Reject(offer=name)).offers == ()
    assert given(game, "BRV", Retract(offer=name)).offers == ()


def test_one_no_does_not_end_an_offer_to_several(talks: Game) -> None:
    """It ends when too few are left for the quorum; who rejected may still sign."""
    three = terms(parties=("BRV", "COR", "DOR"))
    game = given(talks, "BRV", Propose(terms=three, until=1))
    name = game.offers[0].id
    game = given(game, "COR", Reject(offer=name))
    assert game.offers[0].rejected == ("COR",)
    assert refusal(game, "COR", Reject(offer=name)) == ("offer/already-decided", "offer")
    assert given(game, "COR", Sign(offer=name)).offers[0].rejected == ()
    assert given(game, "DOR", Reject(offer=name)).offers == ()


def test_a_commitment_is_renounced_once_and_by_its_parties(talks: Game) -> None:
    """Arden's pact with Brava is none of Corin's business."""
    assert refusal(talks, "COR", Renounce(commitment="arden-brava")) == ("commitment/unknown", "commitment")
    game = given(talks, "BRV", Renounce(commitment="arden-brava"))
    assert game.commitments[0].departing == {"BRV"}
    assert refusal(game, "BRV", Renounce(commitment="arden-brava")) == ("offer/already-decided", "commitment")


# --- who agrees with whom ---------------------------------------------------------------------------------------------------------------


def offer(needs: dict[str, tuple[str, ...]], *, quorum: int = 2, rejected: tuple[str, ...] = (), author: str = "BRV") -> Offer:
    """An offer to all four with these signatures."""
    among = terms(parties=("ARD", "BRV", "COR", "DOR"), quorum=quorum, clauses=tuple(Defend(debtor=c, since=1, until=1) for c in needs))
    signatures = tuple(Signature(country=c, needs=n) for c, n in needs.items())
    return Offer(id="offer", author=author, terms=among, made=1, until=1, signatures=signatures, rejected=rejected)


def test_the_largest_consistent_set_is_the_union_of_all_consistent_sets() -> None:
    """Against a search through all subsets, for random conditions, and whatever the order of the signatures."""
    rng = Random("sets")
    countries = ("BRV", "ARD", "COR", "DOR")
    for _ in range(500):
        needs = {c: tuple(o for o in countries if o != c and rng.random() < 0.4) for c in countries if c == "BRV" or rng.random() < 0.8}
        fine = [
            frozenset(chosen)
            for size in range(len(needs) + 1)
            for chosen in permutations(needs, size)
            if all(set(needs[c]) <= set(chosen) for c in chosen)
        ]
        union = frozenset().union(*fine)
        expected = union if "BRV" in union else frozenset()
        shuffled = dict(rng.sample(sorted(needs.items()), len(needs)))
        assert consistent(offer(needs)) == consistent(offer(shuffled)) == expected


def test_answers_are_awaited_until_the_last_round() -> None:
    """Before it an offer is concluded only when everybody answered; then with whoever agreed, if they are enough."""
    some = offer({"BRV": (), "COR": ()})
    members = consistent(some)
    assert concluded(some, members, final=False) is None
    agreed = concluded(some, members, final=True)
    assert agreed is not None
    assert agreed.parties == ("BRV", "COR")
    answered = offer({"BRV": (), "COR": ()}, rejected=("ARD", "DOR"))
    assert concluded(answered, members, final=False) == agreed
    assert concluded(offer({"BRV": (), "COR": ()}, quorum=3), members, final=True) is None


def test_terms_are_reduced_to_those_who_agreed() -> None:
    """Clauses of others fall away, aid to others and protection of others too; nothing owed is no agreement."""
    wide = terms(
        parties=("BRV", "COR", "DOR"),
        formal=("BRV", "DOR"),
        quorum=3,
        clauses=(
            Defend(debtor="BRV", since=1, until=1),
            Defend(debtor="BRV", since=1, until=1, ally="DOR"),
            Defend(debtor="DOR", since=1, until=1),
            GiveAid(debtor="BRV", since=1, until=1, to="DOR", amount=1.0),
            GiveAid(debtor="BRV", since=1, until=1, to="COR", amount=2.0),
            VotePledge(debtor="COR", since=1, until=1, issue=ISSUE, choice="no"),
        ),
    )
    rest = reduced(wide, frozenset(("BRV", "COR")))
    assert rest is not None
    assert (rest.parties, rest.formal, rest.quorum) == (("BRV", "COR"), ("BRV",), 2)
    assert rest.clauses == (wide.clauses[0], wide.clauses[4], wide.clauses[5])
    assert reduced(wide, frozenset(("BRV",))) is None
    assert reduced(terms(clauses=(PACT,), parties=("BRV", "COR", "DOR")), frozenset(("COR", "DOR"))) is None


def test_offers_settle_at_the_close_of_a_round() -> None:
    """With all answers at once, else in the last round; open offers last until their turn."""
    lines = {"1 negotiation 1": ["BRV propose pact 2"]}
    pact = {"pact": {"parties": ["BRV", "COR"], "clauses": [{"kind": "defend", "debtor": "BRV"}]}}
    two_rounds = at("1 negotiation 2", lines, pact)
    assert len(two_rounds.offers) == 1
    assert [type(e) for e in settle(given(two_rounds, "COR", Sign(offer=two_rounds.offers[0].id)))] == [ev.CommitmentMade, ev.OfferClosed]
    second = at("2 negotiation 2", {"1 negotiation 1": ["BRV propose pact 2"]}, pact)
    closed = [e for e in settle(second) if isinstance(e, ev.OfferClosed)]
    assert [e.outcome for e in closed] == ["lapsed"]
    assert settle(at("1 negotiation 1")) == ()


def test_there_are_only_so_many_commitments(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full register takes no more: the offer lapses in its time."""
    pact = {"pact": {"parties": ["BRV", "COR"], "clauses": [{"kind": "defend", "debtor": "BRV"}]}}
    game = at("1 negotiation 2", {"1 negotiation 1": ["BRV propose pact 1"]}, pact)
    game = given(game, "COR", Sign(offer=game.offers[0].id))
    monkeypatch.setattr(commitments, "COMMITMENTS_MAX", 1)
    assert [e.outcome for e in settle(game) if isinstance(e, ev.OfferClosed)] == ["lapsed"]


def test_commitments_end_with_their_last_clause_or_when_left() -> None:
    """With a reason; what remains among the others goes on under the same name."""
    game = at("1 orders 1")
    short = Commitment(id="short", terms=owed(until=1), since=1)
    three = terms(parties=("BRV", "COR", "DOR"), clauses=(PACT, Defend(debtor="COR", since=1, until=3)), secret=True)
    left = Commitment(id="left", terms=three, since=1, leaving=(Departure(country="BRV", given=1, until=1),))
    dead = Commitment(id="dead", terms=terms(clauses=(PACT,)), since=1, leaving=(Departure(country="BRV", given=1, until=1),))
    events = expire(replace(game, commitments=(short, left, dead)))
    ended = {e.commitment: (e.reason, e.witnesses) for e in events if isinstance(e, ev.CommitmentEnded)}
    assert ended == {
        "short": ("ran out", ()),
        "left": ("renounced by BRV", ("BRV", "COR", "DOR")),
        "dead": ("renounced by BRV", ()),
    }
    made = [e.commitment for e in events if isinstance(e, ev.CommitmentMade)]
    assert [(c.id, c.terms.parties, c.leaving) for c in made] == [("left", ("COR", "DOR"), ())]
    assert expire(game) == ()


def test_terms_promise_nothing_twice_nothing_beyond_ones_means_and_nothing_too_late(talks: Game) -> None:
    """The same clause again, more aid than can be given, an offer that outlasts what it offers."""
    beyond = GiveAid(debtor="BRV", since=1, until=1, to="COR", amount=9_000.0)
    assert refusal(talks, "BRV", Propose(terms=terms(clauses=(PACT, PACT)), until=1)) == ("offer/invalid", "terms.clauses.1")
    assert refusal(talks, "BRV", Propose(terms=terms(clauses=(beyond,)), until=1)) == ("offer/invalid", "terms.clauses.0.amount")
    assert refusal(talks, "BRV", Propose(terms=terms(), until=3)) == ("offer/invalid", "until")
