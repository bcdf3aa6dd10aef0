"""One narrator, several languages: both catalogues say the same things, and nothing of one language shows in the other."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import get_args

import pytest

from rules import events as ev
from rules import orders as o
from rules.evolve import evolve
from rules.pacts.conditions import Honoured
from rules.parameters import registry
from rules.state import Game
from rules.vocabulary import SpendAtLeast, Verdict
from scenarios.chronicle import chronicle
from scenarios.folder import names as scenario_names
from scenarios.lesson import aims
from scenarios.loader import load
from scenarios.opening import opening
from server.narrate import language as speech
from server.narrate.acts import act_phrase
from server.narrate.amounts import money, percent
from server.narrate.clauses import clause_sentence
from server.narrate.coefficients import meaning
from server.narrate.language import LANGUAGES, catalogue, say, speaking
from server.narrate.names import called, worded
from server.narrate.patterns import Pattern, patterns
from server.narrate.phrases import CASES, GENDERS, Count
from server.narrate.retold import codes_alone, retold, translated
from server.narrate.sentences import sentence, verdict_sentence
from server.narrate.words import in_names, listed, name
from tests.architecture.places import ROOT
from tests.server.games import played
from tests.server.narrate.catalogues import asked_for, calls, differences, returned, rules_say, unfilled, unused
from tests.server.narrate.test_sentences import IRAQ, RANDOM_SEEDS, events, pledge

SOURCES = sorted((ROOT / "server").rglob("*.py"))
RULES = sorted((ROOT / "rules").rglob("*.py"))
LATIN = re.compile(r"[A-Za-z]+")
NAMED = re.compile(r"[a-z0-9]+(?:[-.:][a-z0-9]+)+|\b[0-9a-f]{10}\b|\bnato\b")  # names of drafts, operations, commitments and statements


PROPOSITIONS = re.compile(r"\([A-Z][0-9].*?\)")  # ids of the theory behind an aim, and a case to compare with
COUNTED = "1 ход 3 хода 5 ходов 11 ходов 21 ход 112 ходов"


def latin(text: str) -> list[str]:
    """Words in Latin letters that are no names of things of the game."""
    return LATIN.findall(NAMED.sub("", text))


def test_catalogues_hold_the_same_messages() -> None:
    """Each has the keys of the other, and asks for nothing that the code does not give."""
    english, russian = (catalogue(tongue) for tongue in LANGUAGES)
    assert differences(english, russian) == []
    given = list(calls(SOURCES))
    assert unfilled(english, given) == []
    assert unfilled(russian, given) == []


def test_a_message_that_one_language_lacks_is_found() -> None:
    """So is one that needs an argument of its own."""
    english = {"told.kept": "{who} kept its word.", "told.ended": "Over."}
    assert differences(english, {"told.kept": "{who} kept its word."}) == ["told.ended stands in one catalogue alone"]
    odd = {"told.kept": "{who:nom} {who:а|б} {whom}", "told.ended": "Конец."}
    assert unfilled(odd, [(r"told\.kept", frozenset({"who"}))]) == ["told.kept"]


def test_every_message_is_asked_for() -> None:
    """No message lies unused."""
    assert unused(catalogue("en"), set(asked_for(SOURCES))) == []
    assert unused(["told.never"], [r"told\.kept"]) == ["told.never"]


def test_every_message_asked_for_by_name_is_there() -> None:
    """A key that is written out in the code stands in the catalogue."""
    groups = {key.partition(".")[0] for key in catalogue("en")}
    written = [p.replace("\\", "") for p in set(asked_for(SOURCES)) if "[" not in p]
    assert [key for key in written if key.partition(".")[0] in groups and key not in catalogue("en")] == []


def test_every_event_and_act_in_russian() -> None:
    """All kinds of event and of act: sentences with a beginning and an end and without a word of English."""
    with speaking("ru"):
        for game, event in events():
            text = sentence(game, event)
            assert latin(text.replace(typed(event), "")) == [], text
            assert "  " not in text, text
            assert text[-1] in ".!?", text
            assert not text[0].islower(), text
        for seed in RANDOM_SEEDS:
            _, match = played("tiny", "*=random", seed)
            game = match.opening
            for entry in match.entries:
                if isinstance(entry.order.act, get_args(o.SeatAct)):
                    text = act_phrase(game, entry.order.act)
                    assert latin(text) == [], text
                for event in entry.events:
                    game = evolve(game, event)


def typed(event: ev.EventKinds) -> str:
    """What a person wrote into an event, in whatever language."""
    match event:
        case ev.Paused() | ev.Undone() | ev.Overridden() | ev.SeatHeld():
            return event.reason.rstrip(".")
        case ev.NewsRead():
            return event.text
        case ev.NewsPlanned():
            return event.bulletin.text
        case _:
            return "\0"


def test_english_in_russian_is_found() -> None:
    """The checker above sees a word of English, and lets names of things pass."""
    assert latin("Дорн kept слово о unsc-2-1.") == ["kept"]
    assert latin("Дорн сдержал слово о unsc-2-1 и 0123456789.") == []


def test_a_missing_message_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue without a message breaks the telling of the event that needs it."""
    lame = {key: text for key, text in catalogue("ru").items() if key != "told.ended"}
    monkeypatch.setattr(speech, "catalogue", lambda _: lame)
    with speaking("ru"), pytest.raises(KeyError, match=r"told\.ended"):
        assert [sentence(game, event) for game, event in events()]


def test_whatever_the_rules_say_has_its_russian() -> None:
    """Refusals and reasons, read off the sources of the rules."""
    judging = [ROOT / "rules" / f"{name}.py" for name in ("pacts/circumstances", "pacts/claims", "bodies/councils", "pacts/excuses")]
    said = sorted({*rules_say(RULES), *returned(judging)})
    assert len(said) > 140
    assert [text for text in said if not any(covers(pattern, text) for pattern in patterns("rules", "ru"))] == []


def covers(pattern: Pattern, text: str) -> bool:
    """Whether a pattern is for a text of the rules, or for one of those that come of it once its holes are filled."""
    grown = re.escape(text).replace("X", ".+")
    return bool(pattern.known.fullmatch(text)) or ("X" in text and bool(re.fullmatch(grown, pattern.template)))


def states() -> Iterator[tuple[str, str]]:
    """(scenario, state) of all that ship."""
    for scenario in scenario_names():
        for state in opening(load(scenario), "names").atlas.names:
            yield scenario, state


def test_every_state_has_all_its_forms() -> None:
    """Six cases and a gender, for every state of every scenario."""
    with speaking("ru"):
        for scenario, state in states():
            found = called(state)
            assert len(found.forms) == len(CASES), f"{state} in {scenario}"
            assert found.gender in GENDERS
            assert not [form for form in found.forms if latin(form) or not form.strip()], state


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (lambda: f"{name(IRAQ, 'USA')} {name(IRAQ, 'USA'):подписал|подписала|подписало|подписали}", "США подписали"),
        (lambda: f"{name(IRAQ, 'FRA'):с}, {name(IRAQ, 'USA'):с}", "с Францией, с США"),
        (lambda: f"{name(IRAQ, 'IRQ'):о}, {name(IRAQ, 'FRA'):о}", "об Ираке, о Франции"),
        (lambda: f"{listed(IRAQ, ['FRA', 'DEU', 'MEX']):dat}", "Франции, Германии и Мексике"),
        (lambda: f"{listed(IRAQ, ['FRA', 'DEU', 'RUS', 'CHN'], limit=3):gen}", "Франции, Германии и ещё 2 государств"),
        (lambda: " ".join(f"{n} {Count(n):ход|хода|ходов}" for n in (1, 3, 5, 11, 21, 112)), COUNTED),
        (lambda: f"{money(2.5)}; {money(0.15)}; {percent(0.365)}", "2,5 млрд; 150 млн; 36,5\u00a0%"),
        (
            lambda: in_names(IRAQ, "FRA, DEU called for a no, and it said nothing"),
            "Франция и Германия потребовали объявить позицию «против», но ответа не было",
        ),
        (
            lambda: in_names(IRAQ, "3 short: 6 of 15 in favour, 9 needed; also opposed by FRA, who may veto"),
            "не хватает 3: за 6 из 15, нужно 9; против также Франция: право вето",
        ),
        (lambda: in_names(IRAQ, "3 short: 6 of 15 in favour, 9 needed"), "не хватает 3: за 6 из 15, нужно 9"),
        (lambda: in_names(IRAQ, "vetoed by FRA: 9 of 15 in favour, 9 needed"), "вето наложила Франция: за 9 из 15, нужно 9"),
        (lambda: translated("There is no draft unsc-9-9."), "Проекта unsc-9-9 нет."),
        (lambda: translated("A sentence that nobody foresaw."), "A sentence that nobody foresaw."),
    ],
)  # fmt: skip
def test_words_agree(form: Callable[[], str], said: str) -> None:
    """Cases, gender, number, prepositions, counts, the decimal comma."""
    with speaking("ru"):
        assert form() == said


def test_russian_sentences() -> None:
    """Exact wording where a student could be misled."""
    with speaking("ru"):
        vow = pledge("FRA", "no")
        assert clause_sentence(IRAQ, vow) == "Франция голосует «против» по вопросу «Применение силы против Ирака»"
        common = SpendAtLeast(debtor="USA", since=1, until=3, share=0.02, pooled=True, when=Honoured(country="GBR"))
        assert clause_sentence(IRAQ, common) == (
            "США тратят на общие силы не менее 2\u00a0% своей экономики, если Великобритания ни в чём не нарушила это соглашение"
        )
        game: Game = played("tiny", "*=random", 1)[1].opening
        why = "ARD was attacked by DOR and got no help"
        verdict = Verdict(commitment="arden-brava", clause=1, debtor="BRV", turn=1, finding="breached", reason=why)
        assert verdict_sentence(game, verdict) == (
            "Брава нарушила слово (Брава защищает Арден от любого нападения): Арден подвергся нападению Дорна и не получил помощи."
        )
    assert say("told.ended") == "The last turn is over."


@pytest.mark.parametrize("scenario", scenario_names())
def test_every_scenario_is_translated_whole(scenario: str) -> None:
    """Card, aims, issues, councils, news, objectives and both sheets of every seat; and the sheet of each is its own."""
    case = load(scenario)
    atlas = opening(case, "whole").atlas
    texts = {atlas.title, atlas.span, case.data.scenario.summary, *aims(scenario)}
    texts |= {text for issue in atlas.issues for text in (issue.title, issue.text)}
    texts |= {notice.text for notice in case.data.news} | {event.text for event in chronicle(scenario)}
    texts |= {objective.sentence for row in atlas.objectives for objective in row}
    with speaking("ru"):
        assert [text for text in texts if worded(text) == text or latin(PROPOSITIONS.sub("", worded(text)))] == []
        assert [council.title for council in atlas.councils if len(called(council.title).forms) < len(CASES)] == []
        for country, *sheets in zip(atlas.names, atlas.public_briefs, atlas.secret_briefs, strict=True):
            for sheet in sheets:
                said = worded(str(sheet))
                assert said.splitlines()[0] in (f"# {called(country)}", f"# {called(country)}: только для вас")
                assert latin(said) == [], country


def test_a_text_without_russian_is_found() -> None:
    """What nobody translated stays English, with or without a number in it; what is made of known parts is said of them."""
    with speaking("ru"):
        assert worded("You lead the world.") == "You lead the world."
        assert worded("You have lost at most 0.5 of luck since the start.") == "You have lost at most 0.5 of luck since the start."
        assert worded('"Vietnam" stands at 0.25 or lower.') == "Вопрос «Вьетнам» — на отметке 0,25 или ниже."
        sits = worded("You sit in: General Assembly, Security Council.")
        assert sits == "Вы входите в такие органы: Генеральная Ассамблея, Совет Безопасности."


def test_parameters_are_explained_in_every_language() -> None:
    """No name that the rules do not have, nearly none without words, and an id is no English word that a pattern met by chance."""
    english = {name: spec.sentence for name, spec in registry().items()}
    with speaking("ru"):
        russian = {name: meaning(name) for name in english}
        assert retold("draft unsc-3-1", codes_alone) == "проект 3-1"
    told = tomllib.loads((files("server.narrate") / "messages" / "parameters.ru.toml").read_text("utf-8"))
    assert set(told["words"]) <= set(english)
    assert set(told["layers"]) == {spec.layer for spec in registry().values()}
    same = [name for name in english if russian[name] == english[name]]
    assert len(same) * 20 < len(english), same
