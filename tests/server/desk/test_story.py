"""The story: every event that a viewer was told, as a sentence, numbered as its socket numbers them."""

from __future__ import annotations

import pytest

from rules.evolve import evolve_all
from rules.view import PUBLIC_VIEWER, tell
from server.desk.story import Teller
from server.narrate.turns import SILENT
from tests.server.games import played


@pytest.mark.parametrize("viewer", ["ARD", "COR", PUBLIC_VIEWER])
def test_every_told_event_has_its_number_and_nothing_else_is_told(viewer: str) -> None:
    """In one reading or entry by entry, and from any number on."""
    _, match = played("tiny", "*=random", 3)
    at_once, step_by_step = Teller(match.opening, viewer), Teller(match.opening, viewer)
    at_once.read_on(match.entries)
    for end in range(len(match.entries) + 1):
        step_by_step.read_on(match.entries[:end])
    assert at_once.story(0) == step_by_step.story(0)
    events = [event for entry in match.entries for event in entry.events]
    told = [event for event in events if tell(match.opening, event, viewer) is not None]
    story = at_once.story(0)
    assert story.total == len(told)
    spoken = [number for number, event in enumerate(told, start=1) if not isinstance(event, SILENT)]
    assert [line.number for line in story.lines] == spoken
    assert all(line.sentence.endswith((".", "!", "?")) for line in story.lines)
    since = spoken[len(spoken) // 2]
    assert [line.number for line in at_once.story(since).lines] == [number for number in spoken if number > since]


def test_secret_agreements_of_others_are_in_no_line() -> None:
    """Their ids neither, in the story of a seat that is no party; of a party they are, and marked."""
    _, match = played("tiny", "*=random", 3)
    game, secret = match.opening, dict[str, tuple[str, ...]]()
    for entry in match.entries:
        game = evolve_all(game, entry.events)
        secret |= {offer.id: offer.terms.parties for offer in game.offers}
    assert secret
    tellers = {viewer: Teller(match.opening, viewer) for viewer in match.opening.atlas.countries}
    for viewer, teller in tellers.items():
        teller.read_on(match.entries)
        text = " ".join(line.sentence for line in teller.story(0).lines)
        assert not [name for name, parties in secret.items() if viewer not in parties and name in text]
    assert any(line.secret for teller in tellers.values() for line in teller.story(0).lines)
