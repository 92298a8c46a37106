"""`cnh serve` and `cnh init`: what goes wrong at the start is said in one sentence, before any work is done."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from cryptonewshub.cli.main import main
from cryptonewshub.config.environment import SettingError, flag, whole_number
from cryptonewshub.config.home import Home


@pytest.mark.parametrize("word", ["serve", "init"])
def test_a_port_in_use_is_one_sentence_with_the_next_step(
    word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CNH_HOME", str(tmp_path / "var"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert main([word, *(["--serve"] if word == "init" else []), "--port", port]) == 2
    assert (
        capsys.readouterr().err == f"cnh: port {port} is in use by another program; choose another one with --port.\n"
    )
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("words", [["serve"], ["init", "--serve"]])
def test_the_address_to_listen_on_is_tried_before_any_work(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CNH_HOME", str(tmp_path / "var"))
    assert main([*words, "--host", "203.0.113.1"]) == 2  # an address that no machine has
    assert "port 8000 of 203.0.113.1 cannot be opened" in capsys.readouterr().err
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "9" * 400])
def test_what_is_no_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", f"--port={port}"]) == 2
    assert "65535" in capsys.readouterr().err


def test_serving_what_is_not_there_names_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CNH_HOME", str(tmp_path))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    assert main(["serve", "--port", port]) == 2
    assert "cnh init" in capsys.readouterr().err


def test_keys_are_for_the_owner_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "var")
    home.prepare()
    assert home.keys.stat().st_mode & 0o077 == 0
    assert (home.keys / "django-secret-key").stat().st_mode & 0o077 == 0


def test_a_secret_stays_the_same(tmp_path: Path) -> None:
    home = Home(tmp_path / "var")
    home.prepare()
    first = home.secret("django-secret-key")
    home.prepare()
    assert home.secret("django-secret-key") == first
    assert len(first) >= 50


def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CNH_DEBUG", "perhaps")
    with pytest.raises(SettingError, match="CNH_DEBUG is “perhaps”"):
        flag("CNH_DEBUG", False)
    monkeypatch.setenv("CNH_STORIES_ON_FRONT", "-4")
    with pytest.raises(SettingError, match="whole number above zero"):
        whole_number("CNH_STORIES_ON_FRONT", 40)
