"""Acts weighed before they are sent: what they say, what the parties can expect, and in which words the rules would refuse them.

The rules themselves are asked, on the game as it is, and the answer is thrown away but for its refusal, which speaks of nothing that its
author does not know.  Expectations are the seat's own guess, from its view.
"""

from __future__ import annotations

from rules.decide import decide
from rules.errors import Refused
from rules.evolve import evolve
from rules.orders import Order, Propose, SeatAct
from rules.state import Game, View
from server.desk.expecting import NOTHING, Guess
from server.desk.weights import Weighed, Weighing
from server.narrate.acts import act_phrase
from server.narrate.terms import terms_sentences
from server.narrate.words import first, in_names
from server.terminal.menu import with_fund


def weigh(game: Game, view: View, acts: tuple[SeatAct, ...]) -> Weighing:
    """The acts one after the other, each on the game as those before would leave it."""
    found, guess = [], Guess(view)
    for number, act in enumerate(with_fund(view, acts)):
        code, field, sentence = None, "", ""
        try:
            for event in decide(game, Order(id=f"{view.viewer}:weighed:{number}", author=view.viewer, act=act)):
                game = evolve(game, event)
        except Refused as refused:
            code, field, sentence = refused.code.value, refused.field, in_names(view, refused.sentence)
        # What the rules would refuse may name things that there are none of; of terms it is known beforehand whether they make sense.
        expected = guess.of(act) if code is None or isinstance(act, Propose) else NOTHING
        found.append(
            Weighed(
                text=_text(view, act),
                act=act,
                shares=expected.shares,
                worth=expected.worth,
                chance=expected.chance,
                breaches=expected.breaches,
                code=code,
                field=field,
                sentence=sentence,
            )
        )
    return Weighing(acts=tuple(found))


def _text(view: View, act: SeatAct) -> str:
    """An offer is told by its terms alone: to whom it goes is plain from them."""
    return "; ".join(terms_sentences(view, act.terms)) if isinstance(act, Propose) else first(act_phrase(view, act))
