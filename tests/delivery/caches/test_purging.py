"""What a bake changes is purged from every cache: what corrects first, again and again, until it is acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.cli import purge as cnh_purge
from cryptonewshub.config.home import Home
from cryptonewshub.delivery import site_files
from cryptonewshub.delivery.baking import bake_pending, file_of
from cryptonewshub.delivery.caches.keys import EVERYTHING
from cryptonewshub.delivery.caches.kinds import Cache, Nginx, Varnish
from cryptonewshub.delivery.caches.purges import purge
from cryptonewshub.delivery.caches.sending import AGAIN, LONGEST_WAIT, forget_other_caches, send_what_waits
from cryptonewshub.delivery.cursor import one_baker
from cryptonewshub.delivery.metrics import metrics_text
from cryptonewshub.delivery.models import Purge
from cryptonewshub.delivery.readiness import matters
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.withdrawing import order_withdrawal
from cryptonewshub.tlog.manifests import Basis
from tests.cast import correction_fields
from tests.delivery.caches.listening import Listening, listening

Draft = Callable[..., ArticlePage]
STORY = "/security/ferry-runs-again/"


@pytest.fixture
def service() -> Iterator[Listening]:
    with listening() as found:
        yield found


@pytest.fixture
def cache(service: Listening, home: Home, settings: Any, db: None) -> Cache:
    settings.CNH_CACHES = (Varnish(service.place),)
    return Varnish(service.place)


def _publish(page: ArticlePage) -> None:
    revision = page.get_latest_revision()
    assert revision is not None
    publish_edition(revision)


def _keys(service: Listening) -> list[list[str]]:
    return [heard.headers["surrogate-key"].split() for heard in service.heard]


def _send_all(cache: Cache) -> None:
    """Everything, the second time included, as if seconds had passed."""
    for round_ in (1, 3):
        assert send_what_waits(cache, timezone.now() + round_ * AGAIN) == []
    assert not Purge.objects.exists()


def test_a_publication_purges_what_it_touched_and_nothing_else(
    committed_draft: Draft, cache: Cache, service: Listening
) -> None:
    _publish(committed_draft())
    _send_all(cache)
    service.heard.clear()
    _publish(committed_draft(slug="second"))
    assert send_what_waits(cache) == []
    told = [key for keys in _keys(service) for key in keys]
    assert {"/", "/security/", "/security/second/", "/feed.xml"} <= set(told)
    assert STORY not in told
    assert len(told) == len(set(told))


def test_a_newsroom_without_caches_notes_nothing(committed_draft: Draft) -> None:
    _publish(committed_draft())
    assert not Purge.objects.exists()


def test_a_page_that_stays_the_same_is_not_purged(committed_draft: Draft, cache: Cache) -> None:
    _publish(committed_draft())
    _send_all(cache)
    bake_pending()
    assert not Purge.objects.exists()


def test_a_crash_between_the_note_and_the_file_leaves_a_purge_to_do(
    committed_draft: Draft, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    _publish(committed_draft())
    _send_all(cache)
    before = file_of(STORY).read_bytes()

    def killed(files: object, after_each: object) -> None:
        if files:
            raise KeyboardInterrupt

    page = committed_draft(more="It leaves at noon.", change=correction_fields())
    with monkeypatch.context() as patched:
        patched.setattr(site_files, "write_all_durably", killed)
        with pytest.raises(KeyboardInterrupt):
            _publish(page)
    assert file_of(STORY).read_bytes() == before
    assert Purge.objects.filter(address=STORY).exists()
    _send_all(cache)  # too early: the file is still the old one …
    bake_pending()
    assert file_of(STORY).read_bytes() != before
    assert Purge.objects.filter(address=STORY).exists()  # … and so it is purged again


def test_what_is_acknowledged_while_a_bake_goes_on_is_sent_again(cache: Cache, service: Listening) -> None:
    purge(["/"])
    now = timezone.now()
    with one_baker():
        assert send_what_waits(cache, now) == []
    assert not Purge.objects.get().is_acknowledged
    assert send_what_waits(cache, now + AGAIN) == []
    assert Purge.objects.get().is_acknowledged
    assert send_what_waits(cache, now + 2 * AGAIN) == []
    assert not Purge.objects.exists()
    assert len(service.heard) == 3


def test_a_correction_goes_first(committed_draft: Draft, cache: Cache, service: Listening) -> None:
    _publish(committed_draft())
    _publish(committed_draft(more="It leaves at noon.", change="change: update"))
    _send_all(cache)
    purge([f"/archive/{number}/" for number in range(150)])
    service.heard.clear()
    _publish(committed_draft(more="It leaves at one.", change=correction_fields()))
    assert send_what_waits(cache) == []
    told = [key for keys in _keys(service) for key in keys]
    assert {STORY, "/", "/corrections/"} <= set(told[: told.index("/archive/0/")])
    assert len(told) == len(set(told))


def test_a_withdrawal_purges_everything_first(committed_draft: Draft, cache: Cache, service: Listening) -> None:
    page = committed_draft()
    _publish(page)
    _send_all(cache)
    service.heard.clear()
    order_withdrawal(page, basis=Basis.PRIVACY)
    assert Purge.objects.get(address=EVERYTHING).is_urgent
    assert send_what_waits(cache) == []
    assert _keys(service) == [["newsroom"]]


def test_a_cache_that_refuses_is_asked_again_with_waits_that_grow(cache: Cache, service: Listening) -> None:
    purge(["/"], urgent=True)
    now = timezone.now()
    for failures in range(9):
        service.answers = [(503, {})]
        (sentence,) = send_what_waits(cache, now)
        assert "503" in sentence
        assert "tried again" in sentence
        waits = Purge.objects.get().due - now
        assert waits == timedelta(seconds=min(2**failures, LONGEST_WAIT))
        assert send_what_waits(cache, now + waits / 2) == []
        now += waits
    assert len(service.heard) == 9
    assert send_what_waits(cache, now) == []
    assert Purge.objects.get().is_acknowledged


@pytest.mark.parametrize("failures", [2_000, 32_766, 32_767])
def test_a_cache_that_has_failed_for_days_is_asked_again_and_the_count_has_room(
    failures: int, cache: Cache, service: Listening
) -> None:
    purge(["/"], urgent=True)
    Purge.objects.update(failures=failures)
    service.answers = [(503, {})]
    now = timezone.now()
    assert "503" in send_what_waits(cache, now)[0]
    row = Purge.objects.get()
    assert row.due - now == timedelta(seconds=LONGEST_WAIT)
    assert 2_000 < row.failures <= 32_767  # what the column of a PostgreSQL holds
    assert send_what_waits(cache, row.due) == []
    assert Purge.objects.get().is_acknowledged


def test_a_cache_that_asks_for_time_hears_only_what_cannot_wait(cache: Cache, service: Listening) -> None:
    purge(["/"])
    now = timezone.now()
    service.answers = [(429, {"Retry-After": "300"})]
    assert send_what_waits(cache, now) != []
    assert Purge.objects.get().due == now + timedelta(seconds=300)
    purge(["/later/"])
    assert send_what_waits(cache, timezone.now()) == []
    assert len(service.heard) == 1
    purge(["/now/"], urgent=True)
    assert send_what_waits(cache, timezone.now()) == []
    assert _keys(service)[1:] == [["/now/"]]


def test_what_changes_again_while_it_is_sent_is_not_lost(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    purge(["/"])
    now = timezone.now()
    monkeypatch.setattr(Varnish, "purge", lambda self, addresses: purge(addresses))
    send_what_waits(cache, now)
    assert [row.is_acknowledged for row in Purge.objects.all()] == [True, False]


def test_one_cache_that_is_away_stands_in_no_other_s_way(cache: Cache, settings: Any, service: Listening) -> None:
    away = Varnish("http://127.0.0.1:9")
    settings.CNH_CACHES = (away, cache)
    purge(["/"])
    assert "was not told" in send_what_waits(away)[0]
    assert send_what_waits(cache) == []
    assert Purge.objects.get(cache=away.name).failures == 1
    assert Purge.objects.get(cache=cache.name).is_acknowledged
    settings.CNH_CACHES = (cache,)
    forget_other_caches()
    assert [row.cache for row in Purge.objects.all()] == [cache.name]


def test_a_great_many_pages_are_purged_by_the_key_of_all(cache: Cache, service: Listening) -> None:
    purge([f"/archive/{number}/" for number in range(2_001)])
    assert send_what_waits(cache) == []
    assert _keys(service) == [["newsroom"]]
    assert not Purge.objects.filter(is_acknowledged=False).exists()


def test_batches_are_as_large_as_the_cache_allows(cache: Cache, service: Listening) -> None:
    purge([f"/{'a' * 390}/{number}/" for number in range(25)])
    assert send_what_waits(cache) == []
    assert [len(" ".join(keys)) <= 4_000 for keys in _keys(service)] == [True] * 3
    assert sum(map(len, _keys(service))) == 25


def test_nginx_which_knows_no_keys_hears_every_page_that_there_is(
    committed_draft: Draft, cache: Cache, service: Listening, settings: Any
) -> None:
    _publish(committed_draft())
    nginx = Nginx(service.place)
    settings.CNH_CACHES = (nginx,)
    purge([EVERYTHING])
    assert send_what_waits(nginx) == []
    assert {"/", STORY, "/feed.xml"} <= {heard.target for heard in service.heard}


def _caches_of(now: datetime) -> tuple[bool, str]:
    matter = next(matter for matter in matters(now) if matter.name == "caches")
    return matter.is_well, matter.sentence


def test_who_watches_is_told_of_a_correction_that_no_cache_has_acknowledged(
    committed_newsroom: object, cache: Cache, service: Listening
) -> None:
    purge([STORY], urgent=True)
    service.answers = [(500, {})]
    send_what_waits(cache)
    assert f'cnh_purges_waiting{{cache="{cache.name}",urgent="yes"}} 1' in metrics_text()
    assert _caches_of(timezone.now())[0]
    is_well, sentence = _caches_of(timezone.now() + timedelta(minutes=3))
    assert not is_well
    assert sentence.startswith("1 purges wait, 1 of them for a correction or withdrawal. Varnish")
    send_what_waits(cache, timezone.now() + timedelta(minutes=3))
    assert _caches_of(timezone.now() + timedelta(minutes=6))[0]
    assert f'cnh_purges_waiting{{cache="{cache.name}",urgent="yes"}} 0' in metrics_text()


def test_a_purge_by_hand_takes_an_address_as_readers_see_it(
    cache: Cache, service: Listening, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.CNH_BASE_URL = "https://news.example.org"
    paths = list(cnh_purge._paths(["https://news.example.org/a%20b/?x=1", "/quay/"], "https://news.example.org"))
    assert paths == ["/a b/", "/quay/"]
    purge(paths, urgent=True)
    assert cnh_purge._send() == 0
    assert capsys.readouterr().out == f"{cache.name} has acknowledged everything.\n"
    assert {"/quay/", "newsroom-others"} == set(_keys(service)[0])
    service.answers = [(500, {})]
    purge([EVERYTHING])
    assert cnh_purge._send() == 1
    assert "answered 500" in capsys.readouterr().err
