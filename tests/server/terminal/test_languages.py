"""A person who plays in Russian: menus, sheets, figures, help and a composed offer hold no word of English."""

from __future__ import annotations

import re

from rules.evolve import evolve_all
from rules.orders import Propose
from rules.view import view
from server.narrate.language import speaking
from server.terminal.menu import menu
from tests.server.narrate.test_languages import latin
from tests.server.terminal.test_seat import Heard, games, negotiating

WORDS = {"done", "help", "brief", "figures", "table", "undo", "back", "hold"}  # what is typed is the same in all languages


def english(text: str) -> list[str]:
    """Words in Latin letters that a person need not type, and that are no codes of countries."""
    return [word for word in latin(re.sub(r"\b[A-Z]{3}\b", "", text)) if word not in WORDS]


def test_menus_in_russian() -> None:
    """Every group and option of every seat in every step."""
    shown = 0
    with speaking("ru"):
        for seed in (1, 2):
            for game in games("tiny", "*=random", seed):
                for country in game.atlas.countries:
                    for group in menu(view(game, country)):
                        assert english(group.title) == [], group.title
                        assert [option.label for option in group.options if english(option.label)] == []
                        shown += 1
    assert shown > 100


def test_a_turn_at_the_terminal_in_russian() -> None:
    """Greeting, what can be read at any time, an offer composed, the end."""
    game = negotiating()
    sight = view(game, "COR")
    heard = Heard("brief", "figures", "table", "help", "nonsense", str(len(menu(sight)) + 1), "1", "4", "нет", "да", "undo", "done")
    with speaking("ru"):
        heard.person.greet(sight)
        acts = heard.person.choose(sight)
        heard.person.end(view(evolve_all(game, []), "COR"))
    assert english(heard.shown) == []
    assert "Вы играете за Корин" in heard.shown
    assert "Вы защищаете друг друга" in heard.shown
    assert not [act for act in acts if isinstance(act, Propose)], "it was taken back"
