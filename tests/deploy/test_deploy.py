"""What is shipped for operators does what it says: settings are settings, the store keeps its promise, proxies pass on what has to be."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.cli import app
from server.configuration import configured
from server.log.durability import require_durable
from server.log.line import line_to
from server.log.redis import RedisLog
from server.log.shelf import RedisShelf
from server.settings import Settings
from server.web.http import ROUTES
from tests.server.keep.test_session import played
from tests.server.log.contract import CONTRACT, Bench
from tests.server.log.servers import plain, program

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
PATHS = {route.path for route in ROUTES}
PORT = 8000
KUBERNETES = ("server.yaml", "store.yaml", "archive.yaml")
PASSWORD = "of-the-test"


def documents(name: str) -> list[dict[str, Any]]:
    """The documents of a YAML file."""
    return [document for document in yaml.safe_load_all((DEPLOY / name).read_text()) if document]


def told(environment: dict[str, str], words: list[str], file: Path | None = None) -> Settings:
    """The settings of a server that is started so; words are checked as it would check them."""
    _, bound, _ = app.parse_args(["serve", *words], exit_on_error=False, print_error=False)
    assert set(bound.arguments) <= {"options", "config", "print_config"}
    return configured({}, environment, file, Settings(port=PORT)).settings


def test_the_settings_are_settings() -> None:
    """The file is read, and fits what the proxies and the unit expect."""
    settings = told({}, [], DEPLOY / "unipole.toml")
    assert (settings.host, settings.port) == ("127.0.0.1", PORT)
    assert "127.0.0.1" in settings.trusted_proxies
    assert settings.allowed_origins == ("https://play.example.org",)


@pytest.fixture
def shipped_store(tmp_path: Path) -> Iterator[str]:
    """A real store with the shipped settings and the account that they make."""
    conf = (DEPLOY / "redis.conf").read_text()
    file = tmp_path / "redis.conf"
    file.write_text(conf.replace("PASSWORD_SHA256", hashlib.sha256(PASSWORD.encode()).hexdigest()))
    binary = program("valkey")
    bare: list[str | Path] = [binary, DEPLOY / "redis.conf", "--port", "0"]
    shown = subprocess.run(bare, check=False, capture_output=True, text=True, timeout=20, cwd=tmp_path)
    assert shown.returncode != 0, "the store must not start before it was given a password"
    include = ("--include", str(file), "--bind", "127.0.0.1")
    with plain(binary, tmp_path, *include, as_user=("unipole", PASSWORD)) as url:
        yield url


def test_the_store_keeps_what_it_acknowledges_and_the_account_is_enough(shipped_store: str) -> None:
    """The whole contract of the log, a whole session, and the commands for sessions, by the account of the file."""

    async def scene() -> str:
        lines = [await line_to(shipped_store) for _ in range(2)]
        assert await require_durable(lines[0], accept_loss=False) == ()
        logs = [RedisLog(line) for line in lines]
        for number, check in enumerate(CONTRACT):
            await check(Bench(logs[0], logs[1], f"deploy-{number}"))
        await RedisShelf(lines[0]).put("deploy-shelf", "a", "b")
        for log, line in zip(logs, lines, strict=True):
            await log.close()
            await line.aclose()
        return await played(shipped_store, over=True)

    session = asyncio.run(scene())
    from server.cli import main

    assert main(["session", "purge", session, "--redis", shipped_store]) == 0


def test_the_account_is_no_more_than_enough(shipped_store: str) -> None:
    """It reads nothing of others and cannot change how the store works."""
    import redis

    with redis.Redis.from_url(shipped_store) as client:
        for command in (("GET", "other"), ("FLUSHALL",), ("CONFIG", "SET", "appendfsync", "no"), ("KEYS", "*"), ("ACL", "LIST")):
            with pytest.raises(redis.exceptions.NoPermissionError):
                client.execute_command(*command)


def judge(name: str) -> str:
    """The path of a program that judges what is shipped for it; it may be missing only on somebody's own machine."""
    path = shutil.which(name)
    if path is None:
        assert "CI" not in os.environ, f"{name} is missing"
        pytest.skip(f"{name} is not installed")
    return path


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_proxies_pass_on_what_has_to_be(name: str) -> None:
    """To the port of the settings, with one address in X-Forwarded-For, TLS for a year, and the figures kept back."""
    text = re.sub(r"#.*", "", (DEPLOY / name).read_text())
    assert text.count("{") == text.count("}")
    assert f"127.0.0.1:{PORT}" in text
    assert re.search(r"X-Forwarded-For (\$remote_addr;|\{remote_host\})", text)
    assert "Strict-Transport-Security" in text
    assert "/metrics" in text
    assert "404" in text


def test_nginx_lets_sockets_through() -> None:
    """Upgrade, and more patience than the server's ping."""
    text = (DEPLOY / "nginx.conf").read_text()
    assert "proxy_set_header Upgrade $http_upgrade;" in text
    assert "proxy_http_version 1.1;" in text
    patience = re.search(r"proxy_read_timeout (\d+)s;", text)
    assert patience
    assert int(patience[1]) > 2 * Settings().limits.ping_seconds
    body = re.search(r"client_max_body_size (\d+)k;", text)
    assert body
    assert int(body[1]) * 1024 >= Settings().limits.body_bytes_max


@pytest.mark.parametrize(
    ("tool", "words", "name"), [("nginx", ["-t", "-c"], "nginx.conf"), ("caddy", ["validate", "--config"], "Caddyfile")]
)
def test_proxies_by_their_own_word(tool: str, words: list[str], name: str, tmp_path: Path) -> None:
    """The program reads the settings that are shipped for it."""
    binary = judge(tool)
    text = (DEPLOY / name).read_text()
    if tool == "nginx":
        text = "events {}\nhttp {\n" + re.sub(r"^\s*(ssl_certificate.*|listen .*443.*)$", "", text, flags=re.MULTILINE) + "\n}\n"
    (tmp_path / name).write_text(text)
    done = subprocess.run([binary, *words, str(tmp_path / name)], check=False, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, done.stderr


def understood(words: list[str]) -> None:
    """A command line as it is shipped."""
    if words[0] == "serve":
        told({}, words[1:])
        return
    _, bound, _ = app.parse_args(words, exit_on_error=False, print_error=False)
    assert {"to", "days"} == set(bound.arguments)


@pytest.mark.parametrize("name", ["unipole.service", "unipole-archive.service"])
def test_a_unit_is_one_and_is_shut_in(name: str, tmp_path: Path) -> None:
    """By systemd's own word, where it is there: no warning, and an exposure that it calls OK."""
    text = (DEPLOY / name).read_text()
    start = re.search(r"^ExecStart=\S+/unipole (.*)$", text, flags=re.MULTILINE)
    assert start
    understood(start[1].split())
    analyze = judge("systemd-analyze")
    program_here = shutil.which("true")
    assert program_here
    unit = tmp_path / name
    unit.write_text(re.sub(r"^ExecStart=\S+", f"ExecStart={program_here}", text, flags=re.MULTILINE))
    units = [unit]
    if (timer := (DEPLOY / name).with_suffix(".timer")).exists():
        units.append(Path(shutil.copy(timer, tmp_path)))
    verified = subprocess.run([analyze, "verify", *map(str, units)], check=False, capture_output=True, text=True, timeout=60)
    assert "unipole" not in verified.stderr, verified.stderr
    security = [analyze, "security", "--offline=true", "--no-pager", str(unit)]
    judged = subprocess.run(security, check=False, capture_output=True, text=True, timeout=60)
    exposure = re.search(r"exposure level for \S+: ([\d.]+)", judged.stdout)
    assert exposure, judged.stdout + judged.stderr
    assert float(exposure[1]) < 3.0


def test_compose_starts_what_there_is() -> None:
    """Services, files and settings that exist; the proxy that is believed is the proxy."""
    (compose,) = documents("compose.yaml")
    services = compose["services"]
    assert set(services) == {"store", "server", "archive", "proxy"}
    nightly = services["archive"]
    assert nightly["profiles"]  # it does not start with the others
    understood(nightly["entrypoint"][3:])
    server = services["server"]
    assert (DEPLOY / server["build"]["context"] / server["build"]["dockerfile"]).exists()
    settings = told(server["environment"], [])
    assert settings.trusted_proxies == (services["proxy"]["networks"]["inside"]["ipv4_address"],)
    assert f"server:{PORT}" in compose["configs"]["caddy"]["content"]
    for service in services.values():
        assert set(service.get("depends_on", [])) <= set(services)
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in compose["volumes"] or (DEPLOY / source).exists()
    assert server["cap_drop"] == ["ALL"]


def test_the_container_is_made_of_files_that_exist() -> None:
    """What is copied is there, its environment are settings, and it does not run as root."""
    text = (DEPLOY / "Containerfile").read_text()
    stages = re.split(r"^FROM ", text, flags=re.MULTILINE)[1:]
    for line in re.findall(r"^COPY (?!--from)(.*)$", text, flags=re.MULTILINE):
        for source in line.split()[:-1]:
            assert (ROOT / source).exists(), source
    environment = dict(pair.split("=", 1) for pair in re.findall(r"(UNIPOLE_\w+=\S+)", stages[-1]))
    settings = told(environment, [])
    assert (settings.host, settings.port, settings.log_form) == ("0.0.0.0", PORT, "json")
    assert re.search(r"^USER \d+$", stages[-1], flags=re.MULTILINE)
    assert "/ready" in stages[-1]
    assert "--require-hashes" in stages[-1]
    assert (ROOT / ".ci" / "build-web").exists()


def test_kubernetes_objects_fit_together() -> None:
    """Kinds have their versions, selectors their labels, probes their routes, and nothing runs as root."""
    found = [document for name in KUBERNETES for document in documents(f"kubernetes/{name}")]
    (kustomization,) = documents("kubernetes/kustomization.yaml")
    assert sorted(kustomization["resources"]) == sorted(KUBERNETES)
    versions = {
        "Deployment": "apps/v1",
        "StatefulSet": "apps/v1",
        "CronJob": "batch/v1",
        "PersistentVolumeClaim": "v1",
        "Service": "v1",
        "PodDisruptionBudget": "policy/v1",
        "Ingress": "networking.k8s.io/v1",
        "NetworkPolicy": "networking.k8s.io/v1",
    }
    labels = []
    for document in found:
        assert versions[document["kind"]] == document["apiVersion"]
        assert re.fullmatch(r"[a-z0-9-]{1,63}", document["metadata"]["name"])
        if document["kind"] == "CronJob":
            job = document["spec"]["jobTemplate"]["spec"]["template"]
            labels.append(job["metadata"]["labels"])
            _check_pod(job["spec"])
        if "template" in document["spec"]:
            own = document["spec"]["template"]["metadata"]["labels"]
            assert document["spec"]["selector"]["matchLabels"].items() <= own.items()
            labels.append(own)
            _check_pod(document["spec"]["template"]["spec"])
    services = {document["metadata"]["name"]: document["spec"]["selector"] for document in found if document["kind"] == "Service"}
    assert all(any(selector.items() <= own.items() for own in labels) for selector in services.values())
    (ingress,) = (document for document in found if document["kind"] == "Ingress")
    backend = ingress["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert backend["name"] in services


def _check_pod(pod: dict[str, Any]) -> None:
    assert pod["securityContext"]["runAsNonRoot"] is True
    volumes = {volume["name"] for volume in pod.get("volumes", [])} | {"data"}
    for container in pod["containers"]:
        assert container["securityContext"]["allowPrivilegeEscalation"] is False
        assert {mount["name"] for mount in container["volumeMounts"]} <= volumes
        plain_values = {item["name"]: item.get("value", "1") for item in container.get("env", [])}
        told(plain_values, [])
        if "command" in container and container["command"][0] == "python":
            understood(container["command"][3:])
        for probe in ("startupProbe", "livenessProbe", "readinessProbe"):
            path = container.get(probe, {}).get("httpGet", {}).get("path")
            assert path is None or path in PATHS


def test_the_threat_model_names_tests_that_exist() -> None:
    """Each answer has somebody who would notice."""
    text = (ROOT / "docs" / "THREAT_MODEL.md").read_text()
    named = set(re.findall(r"`(tests/[\w/.]+)`", text))
    assert len(named) > 10
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert set(re.findall(r"^\| ([STRIDE]) \|", text, flags=re.MULTILINE)) == set("STRIDE")
