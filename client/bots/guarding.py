"""What a player knows of promises of help and of peace: whom they guard, and how far they are believed (W35, W106, W121, W127)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from client.bots.outlook import Outlook
from rules.exact import Array, Rows
from rules.force.common_forces import common_defence
from rules.force.guarantees import UNGUARDED, Guarantees, guarantees, helped
from rules.pacts.reassurance import words_to_spare
from rules.vocabulary import Commitment


@dataclass(frozen=True, eq=False)
class Book:
    """What the commitments that a player knows of do for safety, as anybody believes who has no record of its own."""

    guarantees: Guarantees
    shielded: dict[float, tuple[Rows, Rows, Array]]  # firmness -> allies, their guarantors, against whom [guarantee, state]
    help: Array
    words: Array
    common: Array


def book_of(outlook: Outlook) -> Book:
    """What is promised: read once a game and step, unless the player is party to a secret."""
    return outlook.known("book", lambda: _read(outlook))


def _read(outlook: Outlook) -> Book:
    view, pacts = outlook.view, outlook.view.commitments
    known = guarantees(view, outlook.board.everyone.rows, pacts)
    prior = np.full(outlook.board.there.shape, view.parameters.cred_prior)
    everyone = outlook.board.everyone.rows
    return Book(
        known,
        {firm: _columns(known, firm) for firm in np.unique(known.firm[known.firm > UNGUARDED]).tolist()},
        helped(view, known, prior, outlook.board.there, outlook.devotion),
        words_to_spare(view, everyone, prior, pacts),
        common_defence(view, everyone, pacts),
    )


def _columns(known: Guarantees, firm: float) -> tuple[Rows, Rows, Array]:
    """The guarantees of one firmness."""
    some = known.where((known.firm == firm).any(axis=1))
    return some.allies, some.guarantors, np.where(some.firm == firm, 1.0, 0.0)


def protectors(outlook: Outlook, row: int) -> tuple[int, ...]:
    """The states that guarantee a row now, each once."""
    known = book_of(outlook).guarantees
    return tuple(known.guarantors[known.rows == row].tolist())


def help_expected(outlook: Outlook) -> Array:
    """Help that each state counts on against each other one; one's own row by one's own record.  Shape [state, state]."""
    book = book_of(outlook)
    mine = book.guarantees.rows == outlook.me
    if not mine.any():
        return book.help
    expected = book.help.copy()
    expected[outlook.me] = _help(outlook, book.guarantees.where(mine))[outlook.me]
    return expected


def _help(outlook: Outlook, known: Guarantees) -> Array:
    """Help that some guarantees of all rows bring, one's own row by one's own record.  Shape [state, state]."""
    return helped(outlook.view, known, trust(outlook), outlook.board.there, outlook.devotion)


def peace_expected(outlook: Outlook) -> Array:
    """Trust in pledges to leave each state in peace; one's own row by one's own record.  Shape [state, state]."""
    book = book_of(outlook)
    if not book.words[outlook.me].any():
        return book.words
    expected = book.words.copy()
    expected[outlook.me] = words_to_spare(outlook.view, (outlook.me,), outlook.believed[None], outlook.view.commitments)[0]
    return expected


def help_owed(outlook: Outlook, row: int, guarantor: int) -> Array | None:
    """Help that a guarantor owes a row already.  Shape [state]; None for nothing."""
    known = book_of(outlook).guarantees
    owed = (known.rows == row) & (known.guarantors == guarantor)
    if not owed.any():
        return None
    found: Array = _help(outlook, known.where(owed))[row]
    return found


def help_under(outlook: Outlook, row: int, commitments: Iterable[Commitment]) -> Array:
    """What help a row counts on under these commitments alone.  Shape [state]."""
    known = guarantees(outlook.view, (row,), commitments)
    found: Array = helped(outlook.view, known, trust(outlook)[[row]], outlook.board.there[[row]], outlook.devotion)[0]
    return found


def trust(outlook: Outlook) -> Array:
    """Belief of each state in each other's word: the player's own record, and the prior for everybody else.  Shape [state, state]."""
    everyone = np.full(outlook.board.there.shape, outlook.view.parameters.cred_prior)
    everyone[outlook.me] = outlook.believed
    return everyone
