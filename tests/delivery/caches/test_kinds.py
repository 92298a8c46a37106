"""Each kind of cache hears of a purge as its own documents say, and what it answers is understood."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cryptonewshub.config.environment import SettingError, caches
from cryptonewshub.delivery.caches.keys import EVERYTHING, OTHERS, SITE, headers_by, key_of
from cryptonewshub.delivery.caches.kinds import Cloudflare, Fastly, Nginx, PurgeRefused, Varnish, caches_of
from cryptonewshub.delivery.readers import ALIVE
from cryptonewshub.delivery.reading_room import DYNAMIC
from tests.delivery.caches.listening import Heard, Listening, listening

ROOT = Path(__file__).resolve().parents[3]
TOKEN = "0123456789-abcdefgh"


@pytest.fixture
def service() -> Iterator[Listening]:
    with listening() as found:
        yield found


def only(service: Listening) -> Heard:
    assert len(service.heard) == 1
    return service.heard[0]


def test_varnish_hears_all_keys_in_one_request(service: Listening) -> None:
    Varnish(service.place).purge(["/", "/security/quay/", "/bild/å/", "/bild/ø/"])
    heard = only(service)
    assert (heard.method, heard.target) == ("PURGE", "/")
    assert heard.headers["surrogate-key"] == f"/ /security/quay/ {OTHERS}"


def test_cloudflare_hears_tags_with_the_token(service: Listening) -> None:
    Cloudflare("a1b2c3", TOKEN, api=service.place).purge(["/", "/security/quay/"])
    heard = only(service)
    assert (heard.method, heard.target) == ("POST", "/client/v4/zones/a1b2c3/purge_cache")
    assert heard.headers["authorization"] == f"Bearer {TOKEN}"
    assert heard.headers["content-type"] == "application/json"
    assert json.loads(heard.body) == {"tags": ["/", "/security/quay/"]}


def test_cloudflare_acknowledges_with_success_and_nothing_else(service: Listening) -> None:
    service.body = b'{"success": false, "errors": [{"code": 1}]}'
    with pytest.raises(PurgeRefused, match="did not acknowledge"):
        Cloudflare("a1b2c3", TOKEN, api=service.place).purge(["/"])


def test_fastly_hears_surrogate_keys_with_the_token(service: Listening) -> None:
    Fastly("SU1Z0isxPaozGVKXdv0eY", TOKEN, api=service.place).purge([EVERYTHING])
    heard = only(service)
    assert (heard.method, heard.target) == ("POST", "/service/SU1Z0isxPaozGVKXdv0eY/purge")
    assert heard.headers["fastly-key"] == TOKEN
    assert json.loads(heard.body) == {"surrogate_keys": [SITE]}


def test_nginx_hears_each_address_and_what_it_does_not_have_is_purged(service: Listening) -> None:
    service.answers = [(200, {}), (404, {}), (412, {})]
    Nginx(service.place).purge(["/", "/security/quay/", "/bild/å/"])
    assert [(heard.method, heard.target) for heard in service.heard] == [
        ("PURGE", "/"),
        ("PURGE", "/security/quay/"),
        ("PURGE", "/bild/%C3%A5/"),
    ]


@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_token_is_said_plainly_and_never_repeated(service: Listening, status: int) -> None:
    for cache, setting in (
        (Cloudflare("a1b2c3", TOKEN, api=service.place), "CNH_CLOUDFLARE_TOKEN"),
        (Fastly("a1b2c3", TOKEN, api=service.place), "CNH_FASTLY_TOKEN"),
    ):
        service.answers = [(status, {})]
        with pytest.raises(PurgeRefused) as refused:
            cache.purge(["/"])
        assert "does not accept the token" in str(refused.value)
        assert setting in str(refused.value)
        assert TOKEN not in f"{refused.value} {cache!r} {cache.name}"


@pytest.mark.parametrize(("cache", "advice"), [(Varnish, "acl neighbours"), (Nginx, "ngx_cache_purge")])
def test_a_cache_that_takes_no_purges_is_told_apart(service: Listening, cache: type[Varnish], advice: str) -> None:
    service.answers = [(405, {})]
    with pytest.raises(PurgeRefused, match=advice):
        cache(service.place).purge(["/"])


def test_how_long_a_cache_wants_to_be_left_alone_is_heard(service: Listening) -> None:
    service.answers = [(429, {"Retry-After": "40"}), (503, {"Retry-After": "soon"})]
    for wait in (40.0, 0.0):
        with pytest.raises(PurgeRefused) as refused:
            Fastly("a1b2c3", TOKEN, api=service.place).purge(["/"])
        assert refused.value.wait == wait


def test_a_cache_that_is_away_is_named() -> None:
    with pytest.raises(PurgeRefused, match=r"^Varnish \(http://127\.0\.0\.1:9\) was not told: .*\.$"):
        Varnish("http://127.0.0.1:9").purge(["/"])


def test_a_key_is_one_word_in_every_header() -> None:
    assert key_of("/security/quay/index.html") == key_of("/security/quay/") == "/security/quay/"
    assert {key_of(f"/a{sign}b/") for sign in " ,\n\r\t\"'%*å?#;"} == {OTHERS}
    assert key_of("/" + "a" * 500) == OTHERS
    assert key_of(EVERYTHING) == SITE


def test_without_caches_an_answer_has_no_headers_for_them() -> None:
    assert headers_by(())("/", is_kept=True) == ()


def test_each_cache_learns_by_its_own_headers() -> None:
    wanted = [cache.learns_by for cache in (Varnish, Cloudflare, Nginx)]
    assert headers_by(wanted)("/quay/", is_kept=True) == (
        ("surrogate-key", "newsroom /quay/"),
        ("surrogate-control", "max-age=3600"),
        ("cache-tag", "newsroom,/quay/"),
        ("cloudflare-cdn-cache-control", "public, max-age=3600"),
        ("x-accel-expires", "3600"),
    )
    assert dict(headers_by(wanted)("/log/checkpoint", is_kept=False)).keys() == {"surrogate-key", "cache-tag"}


def test_several_caches_are_named_in_one_setting(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    found = caches_of(
        "varnish http://127.0.0.1:6081/, cloudflare a1b2c3,fastly d4e5f6", {"cloudflare": TOKEN, "fastly": str(file)}
    )
    assert [cache.name for cache in found] == ["varnish http://127.0.0.1:6081", "cloudflare a1b2c3", "fastly d4e5f6"]
    assert [cache.token for cache in found] == ["", TOKEN, TOKEN]
    assert caches_of("", {}) == ()


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("squid http://127.0.0.1", "a cache is its kind and its place"),
        ("varnish", "a cache is its kind and its place"),
        ("varnish 127.0.0.1:6081", "is no address of a service"),
        ("varnish http://127.0.0.1:6081/pages", "only the machine and its port"),
        ("cloudflare a1b2c3", "needs a token: set CNH_CLOUDFLARE_TOKEN"),
        ("fastly ../x", "its identifier there"),
        ("nginx http://a.example, nginx http://a.example/", "twice"),
    ],
)
def test_a_setting_that_cannot_be_used_gets_a_sentence(
    setting: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CNH_CACHES", setting)
    with pytest.raises(SettingError, match=sentence) as error:
        caches("CNH_CACHES")
    assert str(error.value).startswith("CNH_CACHES ")


def test_a_file_of_a_token_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="CNH_FASTLY_TOKEN cannot be read"):
        caches_of("fastly d4e5f6", {"fastly": str(tmp_path / "none")})


def test_varnish_and_the_how_to_keep_nothing_that_the_newsroom_answers_itself() -> None:
    for file in ("deploy/varnish/newsroom.vcl", "docs/how-to/behind-a-cache.md"):
        listed = re.search(r"\^/\(([a-z|]+)\)", (ROOT / file).read_text())
        assert listed is not None
        assert set(listed[1].split("|")) == {address.strip("/") for address in (*DYNAMIC, ALIVE)}, file
