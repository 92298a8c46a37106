"""What programs look for: sitemaps that parse, a news sitemap that forgets, and plain files whose fields hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from lxml import etree

from cryptonewshub.reader import sitemaps
from cryptonewshub.reader.affected import affected
from cryptonewshub.reader.machines import month_map
from cryptonewshub.reader.sitemaps import Entry
from tests.reader.cast import FIRST, SITE, THIRD_EDITION

PUBLISHED = datetime(2025, 11, 8, 9, 51, tzinfo=UTC)
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "n": "http://www.google.com/schemas/sitemap-news/0.9"}


def found(text: str, path: str) -> list[str]:
    tree: Any = etree.fromstring(text.encode())
    return [str(each.text) for each in tree.iterfind(path, NAMES)]


def test_a_sitemap_has_whole_addresses_and_times() -> None:
    text = sitemaps.sitemap(SITE, [Entry("/"), Entry("/a/", datetime(2026, 3, 2, 9, 30, tzinfo=UTC))])
    assert found(text, ".//s:loc") == ["https://post.example.org/", "https://post.example.org/a/"]
    assert found(text, ".//s:lastmod") == ["2026-03-02T09:30:00Z"]


def test_the_index_names_a_map_for_each_month() -> None:
    text = sitemaps.sitemap_index(SITE, months=["2026-02", "2026-03"])
    assert "https://post.example.org/sitemaps/2026-03.xml" in found(text, ".//s:loc")


def test_a_story_is_on_the_map_of_its_month_and_stays_there() -> None:
    assert month_map(FIRST) == month_map(THIRD_EDITION) == "/sitemaps/2025-11.xml"
    assert month_map(FIRST) in affected(THIRD_EDITION)


def test_the_news_sitemap_holds_48_hours() -> None:
    for age, count in ((timedelta(hours=47, minutes=59), 1), (timedelta(hours=48), 0), (timedelta(minutes=-1), 0)):
        text = sitemaps.news_sitemap(SITE, [FIRST], now=PUBLISHED + age)
        assert len(found(text, ".//n:title")) == count, age
    text = sitemaps.news_sitemap(SITE, [FIRST], now=PUBLISHED)
    assert found(text, ".//n:publication/n:name") == ["The Harbour Post"]
    assert found(text, ".//n:publication/n:language") == ["en"]


@pytest.mark.parametrize("title", ["</news:title>", "a & b", "\x00\x0b", "]]>", "\ufffe"])
def test_hostile_titles_stay_text(title: str) -> None:
    story = replace(FIRST, document=replace(FIRST.document, title=title))
    assert len(found(sitemaps.news_sitemap(SITE, [story], now=PUBLISHED), ".//n:title")) == 1


def test_security_txt_expires_within_a_year_and_after_today() -> None:
    site = replace(SITE, security_contact="holes@post.example.org")
    for now in (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 31, 23, 59, tzinfo=UTC)):
        lines = dict(line.split(": ", 1) for line in sitemaps.security(site, now=now).splitlines())
        assert lines["Contact"] == "mailto:holes@post.example.org"
        expires = datetime.fromisoformat(lines["Expires"])
        assert timedelta(days=100) < expires - now < timedelta(days=365)


def test_a_name_cannot_start_another_field() -> None:
    site = replace(SITE, name="Post\nDisallow: /", security_contact="x@y.example\nExpires: never")
    assert sitemaps.llms(site).splitlines()[0] == "# Post Disallow: /"
    assert len(sitemaps.security(site, now=PUBLISHED).splitlines()) == 4


def test_robots_keeps_programs_from_the_editor_and_from_searching() -> None:
    assert "Disallow: /admin/" in sitemaps.robots(SITE)
    assert "Sitemap: https://post.example.org/sitemap.xml" in sitemaps.robots(SITE)
