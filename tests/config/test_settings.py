"""The settings as an operator sets them: what can be meant is understood, anything else is one sentence."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

import cryptonewshub.config
from cryptonewshub.config.environment import SettingError

SETTINGS = Path(cryptonewshub.config.__file__).with_name("settings.py")


def read(monkeypatch: pytest.MonkeyPatch, home: Path, **variables: str) -> dict[str, Any]:
    """The settings of a process that was started with these variables."""
    for name, value in {"CNH_HOME": str(home), **variables}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(SETTINGS))


def test_names_between_commas_may_have_spaces_around_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = read(
        monkeypatch,
        tmp_path,
        CNH_HOSTS="news.example.org, www.news.example.org ,",
        CNH_FETCH_ALLOWED=" intranet:80 , [::1]:8110",
    )
    assert found["ALLOWED_HOSTS"] == ["news.example.org", "www.news.example.org"]
    assert found["CNH_FETCH_ALLOWED"] == ["intranet:80", "[::1]:8110"]


def test_what_can_be_meant_is_understood(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = read(
        monkeypatch,
        tmp_path,
        CNH_TIME_ZONE=" Europe/Kyiv",
        CNH_LOG_LEVEL="info",
        CNH_BASE_URL="https://news.example.org:8443/",
    )
    assert found["TIME_ZONE"] == "Europe/Kyiv"
    assert found["LOGGING"]["root"]["level"] == "INFO"
    assert found["CNH_BASE_URL"] == "https://news.example.org:8443"
    assert found["SECURE_COOKIES"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("CNH_TIME_ZONE", "Mars/Base"),
        ("CNH_TIME_ZONE", "Europe"),
        ("CNH_TIME_ZONE", "../UTC"),
        ("CNH_LOG_LEVEL", "LOUD"),
        ("CNH_LOG_LEVEL", "10"),
        ("CNH_BASE_URL", "news.example.org"),
        ("CNH_BASE_URL", "https://"),
        ("CNH_BASE_URL", "https://news.example.org/paper"),
        ("CNH_BASE_URL", "ftp://news.example.org"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_that_names_it(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(SettingError) as refused:
        read(monkeypatch, tmp_path, **{name: value})
    assert str(refused.value).startswith(f"{name} is “{value.rstrip('/')}”; it ")
    assert "\n" not in str(refused.value)
