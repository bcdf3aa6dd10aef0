"""A desk laid out for one viewer: everything comes from its view, so nothing can be on it that the viewer may not know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from client.bots.board import Board
from rules.bodies.councils import ACTIONS, bar, check_table
from rules.desk import sealed_by
from rules.errors import Refused
from rules.orders import Act, Renounce, Retract, Table, Vote
from rules.state import SealedAct, View, find_council
from rules.turn import TABLE, clock_id, open_acts, rounds
from rules.vocabulary import Commitment, Draft, Offer, Operation, VotePledge
from server.desk.figures import issues, lands, role
from server.desk.papers import (
    CommitmentPaper,
    Count,
    Desk,
    DraftPaper,
    Here,
    OfferPaper,
    OperationPaper,
    Option,
    OptionGroup,
    Partner,
    Sealed,
    Stage,
)
from server.narrate.acts import act_phrase
from server.narrate.clauses import clause_sentence
from server.narrate.names import worded
from server.narrate.terms import terms_sentences
from server.narrate.words import council_title, draft_about, first, in_names, issue_title, operation_about
from server.terminal import menu as m

ATTACHED: frozenset[m.Kind] = frozenset({"answer", "debate", "ballot", "join", "lead", "bound"})
"""Groups whose choices lie on the paper that they are about."""


def lay_out(view: View, board: Board | None = None, inherited: frozenset[str] = frozenset(), by_bots: Collection[Act] = ()) -> Desk:
    """The desk of a view: of a seat, or of the public, which has no choices.  For the ``board`` see ``menu``.

    ``inherited``: commitments from before the game; ``by_bots``: what bots gave in the name of the viewer in the open step.
    """
    groups = _groups(view, board)
    free = [group for group in groups if group.kind not in ATTACHED]
    return Desk(
        title=worded(view.atlas.title),
        viewer=view.viewer,
        unipole=view.atlas.unipole,
        here=here(view),
        role=role(view),
        lands=lands(view),
        issues=issues(view),
        offers=tuple(_offer(view, offer, groups) for offer in view.offers),
        commitments=tuple(_commitment(view, commitment, groups, inherited) for commitment in view.commitments),
        drafts=tuple(_draft(view, draft, groups) for draft in view.drafts),
        operations=tuple(_operation(view, operation, groups) for operation in view.operations),
        groups=tuple(OptionGroup(kind=group.kind, options=_papers(group.options)) for group in free),
        sealed=tuple(_sealed(view, item, by_bots) for item in sealed_by(view, view.viewer)),
    )


def here(view: View) -> Here:
    """Where the session stands."""
    moment, atlas = view.moment, view.atlas
    return Here(
        status=moment.status,
        practice=moment.practice,
        turn=moment.turn,
        turns=atlas.turns,
        span=worded(atlas.span),
        phase=moment.phase,
        round=moment.round,
        rounds=rounds(atlas, moment.phase),
        step=clock_id(moment),
        schedule=tuple(row.name for row in TABLE if rounds(atlas, row.name) > 0),
        done=moment.done,
        open=tuple(sorted(open_acts(view))),
    )


def _sealed(view: View, item: SealedAct, by_bots: Collection[Act]) -> Sealed:
    return Sealed(text=first(act_phrase(view, item.act)), act=item.act, bot=item.act in by_bots)


def _groups(view: View, board: Board | None) -> tuple[m.Group, ...]:
    may_act = view.viewer in view.atlas.countries and view.viewer not in view.moment.done
    return m.menu(view, board) if may_act else ()


def _papers(options: Iterable[m.Option]) -> tuple[Option, ...]:
    return tuple(Option(text=option.text, act=option.act, worth=option.worth) for option in options)


def _about(groups: Iterable[m.Group], kinds: tuple[m.Kind, ...], name: str) -> tuple[Option, ...]:
    """The choices that belong to one offer, draft or operation."""
    return _papers(option for group in groups if group.kind in kinds and group.about == name for option in group.options)


def _bound(groups: Iterable[m.Group], name: str) -> tuple[Option, ...]:
    """The choice to take back one's offer, or to give notice to a commitment."""
    leaving = [option for group in groups if group.kind == "bound" for option in group.options]
    return _papers(
        option
        for option in leaving
        if (isinstance(option.act, Retract) and option.act.offer == name)
        or (isinstance(option.act, Renounce) and option.act.commitment == name)
    )


def _offer(view: View, offer: Offer, groups: tuple[m.Group, ...]) -> OfferPaper:
    answers = _about(groups, ("answer",), offer.id)
    return OfferPaper(
        id=offer.id,
        author=offer.author,
        parties=offer.terms.parties,
        clauses=tuple(terms_sentences(view, offer.terms)),
        mine=offer.author == view.viewer,
        waits=bool(answers),
        secret=offer.terms.secret,
        until=offer.until,
        signed=tuple(signature.country for signature in offer.signatures),
        rejected=offer.rejected,
        options=answers or _bound(groups, offer.id),
    )


def _commitment(view: View, commitment: Commitment, groups: tuple[m.Group, ...], inherited: frozenset[str]) -> CommitmentPaper:
    return CommitmentPaper(
        id=commitment.id,
        parties=commitment.terms.parties,
        clauses=tuple(terms_sentences(view, commitment.terms)),
        mine=view.viewer in commitment.terms.parties,
        secret=commitment.terms.secret and not commitment.leaked,
        leaving=tuple(departure.country for departure in commitment.leaving),
        since=0 if commitment.id in inherited else commitment.since,
        options=_bound(groups, commitment.id),
    )


def _draft(view: View, draft: Draft, groups: tuple[m.Group, ...]) -> DraftPaper:
    council = find_council(view, draft.council)
    assert council is not None, "a draft lies before a council of the atlas"
    count = bar(council, draft.ballots or draft.declared, draft.action)
    sealed = [item.act for item in sealed_by(view, view.viewer) if isinstance(item.act, Vote) and item.act.draft == draft.id]
    stage: Stage = "voted" if draft.ballots else "declared" if draft.declared else "silent"
    issue = next(item for item in view.atlas.issues if item.id == draft.issue)
    group = next((item for item in groups if item.kind in ("debate", "ballot") and item.about == draft.id), None)
    return DraftPaper(
        id=draft.id,
        title=first(draft_about(view, draft)),
        council=first(council_title(view, draft.council)),
        issue=worded(issue.title),
        issue_text=worded(issue.text),
        target=draft.target,
        author=draft.author,
        sponsors=draft.sponsors,
        pressed=draft.pressed,
        turn=draft.turn,
        status=draft.status,
        stage=stage,
        count=Count(
            yes=count.yes,
            no=count.no,
            abstain=count.abstain,
            silent=count.silent,
            vetoes=count.vetoes,
            votes=count.votes,
            needed=count.needed,
            passes=count.passes,
            reason=in_names(view, draft.reason or count.reason),
        ),
        permanent=council.permanent if council.veto else (),
        chance=group.chance if group is not None else None,
        sealed=sealed[-1].choice if sealed else None,
        pledged=tuple(_pledged(view, draft)) if draft.status == "tabled" else (),
        options=_about(groups, ("debate", "ballot"), draft.id),
        amendments=tuple(_amendments(view, draft)),
    )


def _pledged(view: View, draft: Draft) -> Iterator[str]:
    for commitment in view.commitments:
        for clause in commitment.terms.clauses:
            mine = isinstance(clause, VotePledge) and (clause.debtor, clause.issue) == (view.viewer, draft.issue)
            if mine and clause.since <= view.moment.turn <= clause.until:
                yield first(clause_sentence(view, clause, commitment.terms.parties))


def _amendments(view: View, draft: Draft) -> Iterator[Option]:
    """Every other action that the viewer could propose for a draft on the table."""
    if draft.status != "tabled" or draft.amends or "table" not in open_acts(view) or view.viewer in view.moment.done:
        return
    for action in ACTIONS:
        act = Table(council=draft.council, action=action, issue=draft.issue, target=draft.target, amends=draft.id)
        try:
            check_table(view, view.viewer, act)
        except Refused:
            continue
        yield Option(text=first(act_phrase(view, act)), act=act, worth=None)


def _operation(view: View, operation: Operation, groups: tuple[m.Group, ...]) -> OperationPaper:
    return OperationPaper(
        id=operation.id,
        title=first(operation_about(view, operation)),
        leader=operation.leader,
        target=operation.target,
        issue=issue_title(view, operation.issue),
        turn=operation.turn,
        status=operation.status,
        success=operation.success,
        legitimacy=operation.legitimacy,
        coalition=tuple(Partner(country=part.country, side=part.side, level=part.level) for part in operation.coalition),
        options=_about(groups, ("join", "lead"), operation.id),
    )
