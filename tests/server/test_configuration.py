"""Flags go before the environment, the environment before the file, and everybody is told where a value comes from."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from server.cli import main
from server.configuration import HINTS, BadSetting, Configured, configured
from server.settings import Rate, Settings

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "settings.md"
BASE = Settings(port=8000)


def sources(found: Configured) -> dict[str, tuple[str, str]]:
    """Name -> value and source."""
    return {name: (value, source) for name, value, source in found.table()}


def test_each_layer_goes_before_the_next(tmp_path: Path) -> None:
    """And each value says who set it."""
    file = tmp_path / "unipole.toml"
    file.write_text('host = "0.0.0.0"\nport = 1\nprocesses = 2\n[limits]\nidle_seconds = 60\nlive_rate = {per_second = 3, burst = 4}\n')
    environment = {"UNIPOLE_PORT": "2", "UNIPOLE_PROCESSES": "3", "UNIPOLE_LIMITS_IDLE_SECONDS": "61", "PATH": "x"}
    found = configured({"processes": 4, "host": None}, environment, file, BASE)
    assert (found.settings.host, found.settings.port, found.settings.processes) == ("0.0.0.0", 2, 4)
    assert found.settings.limits.idle_seconds == 61.0
    assert found.settings.limits.live_rate == Rate(3.0, 4)
    told = sources(found)
    assert told["host"] == ("0.0.0.0", str(file))
    assert told["port"] == ("2", "UNIPOLE_PORT in the environment")
    assert told["processes"] == ("4", "flag")
    assert told["limits.hello_seconds"] == ("5.0", "default")
    assert told["limits.live_rate"] == ("3,4", str(file))


def test_the_file_may_be_named_in_the_environment(tmp_path: Path) -> None:
    """A flag that names one goes before."""
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text("port = 1\n")
    other.write_text("port = 2\n")
    assert configured({}, {"UNIPOLE_CONFIG": str(one)}, None, BASE).settings.port == 1
    assert configured({}, {"UNIPOLE_CONFIG": str(one)}, other, BASE).settings.port == 2


def test_lists_rates_and_yes_or_no_come_out_of_texts() -> None:
    """As the environment has them."""
    environment = {
        "UNIPOLE_TRUSTED_PROXIES": "127.0.0.1, ::1",
        "UNIPOLE_LIMITS_POSTS_RATE": "1.5,7",
        "UNIPOLE_ACCEPT_LOSS": "yes",
        "UNIPOLE_DATA_DIR": "",
        "UNIPOLE_ARCHIVE_DIR": "kept",
    }
    settings = configured({}, environment, None, BASE).settings
    assert settings.trusted_proxies == ("127.0.0.1", "::1")
    assert settings.limits.posts_rate == Rate(1.5, 7)
    assert settings.accept_loss is True
    assert settings.data_dir is None
    assert settings.archive_dir == Path("kept")


@pytest.mark.parametrize(
    ("environment", "text", "word"),
    [
        ({"UNIPOLE_PROT": "1"}, "", "UNIPOLE_PROT"),
        ({"UNIPOLE_PORT": "many"}, "", "UNIPOLE_PORT"),
        ({"UNIPOLE_LIMITS_IDLE_SECONDS": "inf"}, "", "limits.idle_seconds"),
        ({}, "prot = 1", "prot"),
        ({}, "limits = 1", "limits is a table"),
        ({}, "[limits]\nidle = 1", "limits.idle"),
        ({}, "port = [", "cannot be read"),
        ({}, 'log_form = "poetry"', "log_form"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(tmp_path: Path, environment: dict[str, str], text: str, word: str) -> None:
    """Never left alone in silence."""
    file = tmp_path / "unipole.toml"
    file.write_text(text)
    with pytest.raises(BadSetting, match=word):
        configured({}, environment, file, BASE)


def test_secrets_are_kept_back(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """In what the command prints, sources included."""
    monkeypatch.setenv("UNIPOLE_METRICS_TOKEN", "canary-metrics")
    monkeypatch.setenv("UNIPOLE_REDIS_URL", "redis://user:canary-password@127.0.0.1:1/0")
    assert main(["serve", "--port", "7", "--print-config"]) == 0
    said = capsys.readouterr().out
    assert "canary" not in said
    assert "127.0.0.1:1/0" in said
    assert set(HINTS) <= {line.split()[0] for line in said.splitlines()}
    monkeypatch.setenv("UNIPOLE_NONSENSE", "1")
    assert main(["serve", "--print-config"]) == 2


def test_the_file_on_the_page_is_one() -> None:
    """What the reference shows can be written down as it stands."""
    block = REFERENCE.read_text().split("```toml\n", 1)[1].split("```", 1)[0]
    assert "limits" in tomllib.loads(block)
