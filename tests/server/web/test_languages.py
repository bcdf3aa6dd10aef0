"""The language of a request: by name, by Accept-Language, English else; and what is answered in it."""

from __future__ import annotations

import asyncio

import pytest

from rules.orders import Sponsor
from rules.wire import frames as f
from server.narrate.language import speaking
from server.narrate.retold import translated
from server.reasons import SENTENCES, Reason
from server.web.languages import preferred
from tests.server.narrate.test_languages import latin
from tests.server.site import dial, site


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        ("", "en"),
        ("ru", "ru"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("de, en;q=0.5, ru;q=0.7", "ru"),
        ("en-GB, ru", "en"),
        ("ru;q=0, en;q=0.1", "en"),
        ("fr;q=1, *;q=0.2", "en"),
        ("ru;q=seven;;,=,", "en"),
    ],
)
def test_the_most_wished_for_language_is_spoken(header: str, spoken: str) -> None:
    """By weight, then by place; what is no wish is passed over."""
    assert preferred(header) == spoken


def test_desk_story_weighing_and_refusals_in_russian() -> None:
    """The same seat reads its desk in either language at the same moment; a language that nobody speaks is refused."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            await here.force("negotiation")
            base, token = f"/api/sessions/{here.session}", here.tokens["COR"]
            russian = (await here.ask("GET", f"{base}/desk?lang=ru", token=token)).body["desk"]
            english = (await here.ask("GET", f"{base}/desk", token=token)).body["desk"]
            assert (russian["title"], english["title"]) == ("Проливы Корина", "The Straits of Corin")
            assert russian["role"]["secret_brief"].startswith("# Корин")
            assert [land["name"] for land in russian["lands"]] == ["Арден", "Брава", "Корин", "Дорн"]
            chosen = [option["text"] for group in russian["groups"] for option in group["options"]]
            assert chosen
            assert [text for text in chosen if latin(text)] == []
            weighed = await here.ask("POST", f"{base}/weigh?lang=ru", {"acts": [Sponsor(draft="four-9-9").model_dump()]}, token)
            assert weighed.body["acts"][0]["sentence"] == "Проекта four-9-9 нет."
            story = (await here.ask("GET", f"{base}/story?since=0&lang=ru", token=token)).body
            assert story["lines"][0]["sentence"] == "Игра началась: «Проливы Корина»."
            odd = await here.ask("GET", f"{base}/desk?lang=tlh", token=token)
            assert (odd.status, odd.body["code"], odd.body["field"]) == (400, Reason.BAD_REQUEST, "lang")
            for tongue in ("ru", "en"):
                page = (await here.ask("GET", f"{base}/debrief?lang={tongue}", token=token)).body
                assert f'<html lang="{tongue}">' in page
            lost = await here.ask("GET", f"{base}/desk?lang=ru", token="A" * 43)
            assert lost.body["sentence"] == "Этот ключ не открывает эту игру."

    asyncio.run(scene())


def test_refusals_on_the_socket_are_in_the_rules_own_words_unless_asked() -> None:
    """A client that asks for no language gets the sentence of the rules."""

    async def scene() -> None:
        async with site() as here:
            await here.open()
            await here.force("negotiation")
            client = await here.client("COR")
            await client.until(f.Seen)
            await client.send(f.Submit(id="s", act=Sponsor(draft="four-9-9")))
            answer = await client.receive()
            assert isinstance(answer, f.Refusal)
            assert answer.sentence == "There is no draft four-9-9."
            reader = await dial(here.address, additional_headers={"Accept-Language": "ru"})
            await reader.send(f.Hello(session=here.session, token=here.tokens["COR"], since=0))
            await reader.send(f.Submit(id="r", act=Sponsor(draft="four-9-9")))
            assert (await reader.until(f.Refusal)).sentence == "Проекта four-9-9 нет."

    asyncio.run(scene())


def test_every_reason_of_the_server_has_its_russian() -> None:
    """None is left in English."""
    with speaking("ru"):
        assert [text for text in SENTENCES.values() if translated(text) == text] == []
