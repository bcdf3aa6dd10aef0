"""Sessions as files, moved, and removed: nothing is lost on the way, and nothing is left that should be gone."""

from __future__ import annotations

import asyncio
import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
import redis

from client.sdk import Lobby
from rules.wire.logbook import read as read_log
from server.cli import main
from server.keep.bundle import BadBundle, Bundle, lines_of, read
from server.keep.people import STRUCK, NotTheSame, replays, without_people
from server.keep.purging import Store, removed
from server.keep.store import InTheWay
from server.log.line import RedisLine
from server.log.protocol import Stored
from server.log.redis import RedisLog
from server.log.shelf import RedisShelf
from server.runtime import running
from server.settings import Settings
from tests.server.log.servers import server

CANARY = "Anna Canary of group 3 is late"


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """A store with a session that is over and one that is not."""
    with server("valkey") as url:
        yield url


@pytest.fixture
def session(store: str) -> str:
    """A session that was paused with somebody's name and played to its end."""
    return asyncio.run(played(store, over=True))


async def played(url: str, *, over: bool) -> str:
    """The name of a new session."""
    async with running(Settings(redis_url=url)) as address, Lobby(address.url) as lobby:
        made = await lobby.make("tiny", "live", seed="kept")
        token = await lobby.claim(made.session, "ARD")
        await lobby.say(made.session, token, CANARY, ["BRV"])
        await lobby.control(made.session, made.control_token, "start")
        await lobby.control(made.session, made.control_token, "pause", reason=CANARY)
        await lobby.control(made.session, made.control_token, "broadcast", text=CANARY, to=["ARD"])
        await lobby.control(made.session, made.control_token, "override", figure="approval", at=["ARD"], value=0.25, reason=CANARY)
        await lobby.control(made.session, made.control_token, "undo", turn=1, reason=CANARY)
        await lobby.control(made.session, made.control_token, "resume")
        while over and (await lobby.state(made.session)).status != "over":
            await lobby.control(made.session, made.control_token, "force")
    return made.session


def everything(url: str, session: str) -> dict[bytes, object]:
    """What the store has of a session, key by key."""
    with redis.Redis.from_url(url) as client:
        found: dict[bytes, object] = {}
        for key in client.scan_iter(f"*{session}*"):
            kind = client.type(key)
            found[key] = client.xrange(key) if kind == b"stream" else client.hgetall(key) if kind == b"hash" else client.get(key)
        for mark in range(16):
            found[b"games%d" % mark] = client.sismember(f"unipole:{{{mark:02d}}}:games", session)
            found[b"due%d" % mark] = client.zscore(f"unipole:{{{mark:02d}}}:deadlines", session)
        return found


def said(capsys: pytest.CaptureFixture[str], words: list[str], code: int = 0) -> str:
    """What a command says."""
    capsys.readouterr()
    assert main(["session", *words]) == code
    told = capsys.readouterr()
    return told.out + told.err


def test_a_backup_brings_everything_back(store: str, session: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Keys, times and tokens are as they were, also after the same was brought twice; a running session has its deadline again."""
    for name in (session, asyncio.run(played(store, over=False))):
        file, before = tmp_path / f"{name}.session", everything(store, name)
        said(capsys, ["export", name, str(file), "--redis", store])
        said(capsys, ["purge", name, "--unfinished", "--redis", store])
        assert not any(everything(store, name).values())
        assert "It replays." in said(capsys, ["import", str(file), "--redis", store])
        assert everything(store, name) == before
        said(capsys, ["import", str(file), "--redis", store])
        assert everything(store, name) == before
        assert file.stat().st_mode & 0o077 == 0


def test_a_backup_in_many_parts_can_be_brought_again(
    store: str, session: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As is advised when the store gave no answer; but not once it was played on."""
    monkeypatch.setattr("server.keep.store.PART_ENTRIES", 3)
    file, before = tmp_path / "long.session", everything(store, session)
    said(capsys, ["export", session, str(file), "--redis", store])
    said(capsys, ["purge", session, "--redis", store])
    for _ in range(2):
        said(capsys, ["import", str(file), "--redis", store])
        assert everything(store, session) == before
    bundle = read(file.read_text().splitlines())
    file.write_text("\n".join(lines_of(replace(bundle, entries=bundle.entries[:-4]))) + "\n")
    assert "has another session" in said(capsys, ["import", str(file), "--redis", store], 2)
    assert everything(store, session) == before


@pytest.mark.parametrize("moved", ["entries", "talk"])
def test_what_has_moved_on_is_not_removed(store: str, session: str, tmp_path: Path, moved: str) -> None:
    """Neither the game nor what was said, if either is not as it was read."""
    before = everything(store, session)
    bundle = taken_from(store, session)
    stale = replace(bundle, entries=bundle.entries[:-1]) if moved == "entries" else replace(bundle, talk=())

    async def scene() -> None:
        line = RedisLine(store)
        try:
            with pytest.raises(InTheWay, match="nothing was removed"):
                await removed(Store(line, RedisLog(line), RedisShelf(line)), stale)
        finally:
            await line.aclose()

    asyncio.run(scene())
    assert bundle.talk
    assert everything(store, session) == before


async def read_by(address: str, token: str, method: str = "GET") -> str:
    """What a server answers to whoever shows this token."""
    async with aiohttp.request(method, address, headers={"Authorization": f"Bearer {token}"}) as answer:
        assert answer.status == 200
        return await answer.text()


def test_what_people_left_is_nowhere_in_any_process(store: str, tmp_path: Path) -> None:
    """Whoever had the session in memory reads it anew."""

    async def scene() -> None:
        settings = Settings(redis_url=store, archive_dir=tmp_path)
        async with running(settings) as one, running(settings) as two, Lobby(one.url) as lobby, Lobby(two.url) as other:
            made = await lobby.make("tiny", "live", seed="two")
            held = await lobby.claim(made.session, "ARD")
            await lobby.control(made.session, made.control_token, "start")
            await lobby.control(made.session, made.control_token, "broadcast", text=CANARY)
            while (await lobby.state(made.session)).status != "over":
                await lobby.control(made.session, made.control_token, "force")
            assert CANARY in await read_by(f"{two.url}/api/sessions/{made.session}/story", held)
            await read_by(f"{one.url}/api/sessions/{made.session}/purge", made.control_token, "POST")
            await asyncio.sleep(0.5)
            anew = await other.claim(made.session, "ARD")
            assert CANARY not in await read_by(f"{two.url}/api/sessions/{made.session}/story", anew)

    asyncio.run(scene())


def test_another_session_of_that_name_is_in_the_way(store: str, session: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And stays as it is."""
    file = tmp_path / "one.session"
    said(capsys, ["export", session, str(file), "--redis", store])
    bundle = read(file.read_text().splitlines())
    file.write_text("\n".join(lines_of(replace(bundle, entries=bundle.entries[:-1]))) + "\n")
    before = everything(store, session)
    assert "has another session" in said(capsys, ["import", str(file), "--redis", store], 2)
    assert everything(store, session) == before


@pytest.mark.parametrize("cut", [0, 1, 5, -1])
def test_a_file_that_was_changed_is_refused(store: str, session: str, tmp_path: Path, cut: int) -> None:
    """A line left out, a sign changed, another format, nonsense."""
    lines = list(lines_of(taken_from(store, session)))
    with pytest.raises(BadBundle):
        read([line for number, line in enumerate(lines) if number != cut % len(lines)])
    for number in range(min(4, len(lines))):
        changed = list(lines)
        changed[number] = changed[number].replace('"', "'", 1)
        with pytest.raises(BadBundle):
            read(changed)
    with pytest.raises(BadBundle, match="too short"):
        read([])


def taken_from(url: str, session: str) -> Bundle:
    """A session as a bundle."""

    async def scene() -> Bundle:
        line = RedisLine(url)
        try:
            return await Store(line, RedisLog(line), RedisShelf(line)).bundle(session)
        finally:
            await line.aclose()

    return asyncio.run(scene())


def test_finished_sessions_are_moved(store: str, session: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that have been over for long enough, and no others; the list says which are over."""
    going = asyncio.run(played(store, over=False))
    told = said(capsys, ["list", "--redis", store])
    assert f"{going}  " in told
    assert "is being played" in told
    assert "over for 0.0 days" in told
    assert said(capsys, ["archive", "--to", str(tmp_path), "--redis", store]) == ""
    assert "is not over" in said(capsys, ["archive", going, "--to", str(tmp_path), "--redis", store], 2)
    said(capsys, ["archive", "--to", str(tmp_path), "--days", "0", "--redis", store])
    assert (tmp_path / f"{session}.session").exists()
    assert not (tmp_path / f"{going}.session").exists()
    assert not any(everything(store, session).values())
    assert "into which folder" in said(capsys, ["archive", "--redis", store], 2)


def test_people_go_and_the_log_stays(store: str, session: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No token and no word is left anywhere, the proof says so, and the server still opens the session and gives out its log."""
    before = taken_from(store, session)
    assert any(CANARY.encode() in row.entry.body for row in before.entries)
    proof = json.loads(said(capsys, ["purge", session, "--people", "--keep", str(tmp_path), "--redis", store]))
    after = taken_from(store, session)
    assert proof["log_before"] == before.record_hash
    assert proof["log_after"] == after.record_hash != before.record_hash
    assert proof["left_of_it_in_the_store"] == 0
    assert proof["removed"]["words"] == 5  # a pause, a broadcast with its reason, an override, an undo
    assert proof["removed"]["said"] == 1
    assert proof["replays"] is True
    assert {name.partition(":")[0] for name in proof["removed"]["shelf"]} >= {"token"}
    for text in (repr(everything(store, session)), (tmp_path / f"{session}.session").read_text()):
        assert CANARY not in text
        assert STRUCK in text
        assert "token:" not in text
    assert len(after.entries) == len(before.entries)
    again = json.loads(said(capsys, ["purge", session, "--people", "--keep", str(tmp_path), "--redis", store]))
    assert again["log_after"] == proof["log_after"]


def test_who_did_what_until_people_are_removed(store: str, session: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Counts and no words; afterwards nobody."""
    file = tmp_path / "people.csv"
    assert "1 people" in said(capsys, ["people", session, "--out", str(file), "--names", "--redis", store])
    (row,) = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    assert (row["person"], row["messages_to_others"], row["signed_in"]) == ("ARD-1", "1", "true")
    assert CANARY not in file.read_text(encoding="utf-8")
    said(capsys, ["purge", session, "--people", "--keep", str(tmp_path), "--redis", store])
    assert "0 people" in said(capsys, ["people", session, "--out", str(file), "--redis", store])
    assert "cannot be written" in said(capsys, ["people", session, "--out", str(tmp_path), "--redis", store], 2)


def test_a_log_that_does_not_replay_is_left_alone(store: str, session: str) -> None:
    """A planted fault: an event that the rules would not give."""
    bundle = taken_from(store, session)
    assert replays(bundle)
    place, row = next((place, row) for place, row in enumerate(bundle.entries) if b'"paused"' in row.entry.body)
    body = row.entry.body.replace(b'"kind":"paused"', b'"kind":"resumed"')
    entry = replace(row.entry, body=body.replace(CANARY.encode(), b"x") if b"resumed" in body else body)
    forged = replace(bundle, entries=(*bundle.entries[:place], Stored(row.version, entry, row.at_ms), *bundle.entries[place + 1 :]))
    with pytest.raises((NotTheSame, ValueError)):
        without_people(forged)


def test_what_is_not_there_is_said(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a sentence, with code 2."""
    for words in (["export", "nobody", "x"], ["purge", "nobody"]):
        assert "There is no session nobody" in said(capsys, [*words, "--redis", store], 2)
    assert "cannot be read" in said(capsys, ["import", str(tmp_path / "none"), "--redis", store], 2)
    going = asyncio.run(played(store, over=False))
    assert "--unfinished" in said(capsys, ["purge", going, "--redis", store], 2)
    assert "gives no answer" in said(capsys, ["list", "--redis", "redis://127.0.0.1:1/0"], 2)


def test_a_log_of_the_server_and_the_file_have_the_same_hash(store: str, session: str) -> None:
    """So a proof can be held against a log that was downloaded before."""
    from rules.wire.logbook import Head, write

    bundle = taken_from(store, session)
    head = Head.model_validate_json(bundle.entries[0].entry.body)
    _, _, chain = read_log(write(head, [(row.entry.body, row.at_ms) for row in bundle.entries[1:]]))
    assert chain == bundle.record_hash


def test_control_removes_people_while_the_server_runs(store: str, tmp_path: Path) -> None:
    """Not before the end; then with proof: nothing typed is left, no token is valid, and the session can still be looked at and replays."""

    async def scene() -> None:
        settings = Settings(redis_url=store, archive_dir=tmp_path)
        async with running(settings) as address, Lobby(address.url) as lobby, aiohttp.ClientSession() as http:
            made = await lobby.make("tiny", "live", seed="purged")
            token = await lobby.claim(made.session, "ARD")
            await lobby.say(made.session, token, CANARY, ["BRV"])
            await lobby.control(made.session, made.control_token, "start")
            await lobby.control(made.session, made.control_token, "broadcast", text=CANARY, to=["ARD"])
            place = f"{address.url}/api/sessions/{made.session}"
            path, mine = f"{place}/purge", {"Authorization": f"Bearer {token}"}
            async with http.put(f"{place}/sheet", json={"number": 0, "notes": CANARY}, headers=mine) as answer:
                assert answer.status == 200
            held_by = {"Authorization": f"Bearer {made.control_token}"}
            async with http.get(f"{place}/records/people?names=true", headers=held_by) as answer:
                assert "ARD-1" in await answer.text()
            assert "attended:ARD" in repr(everything(store, made.session))
            for held, status in ((token, 401), (made.control_token, 409)):
                async with http.post(path, headers={"Authorization": f"Bearer {held}"}) as answer:
                    assert answer.status == status
            while (await lobby.state(made.session)).status != "over":
                await lobby.control(made.session, made.control_token, "force")
            async with http.post(path, headers={"Authorization": f"Bearer {made.control_token}"}) as answer:
                assert answer.status == 200
                proof = await answer.json()
            assert (proof["removed"]["words"], proof["removed"]["said"], proof["replays"]) == (2, 1, True)  # the word and its reason
            assert proof["log_before"] != proof["log_after"]
            assert "attended:" not in repr(everything(store, made.session))
            async with http.post(path, headers={"Authorization": f"Bearer {made.control_token}"}) as answer:
                assert answer.status == 401
            assert (await lobby.state(made.session)).status == "over"
            assert CANARY not in str(everything(store, made.session))
            files.append(proof["file"])

    files: list[str] = []
    asyncio.run(scene())
    assert read(Path(files[0]).read_text().splitlines()).session in files[0]
