"""The house policy on the site: as it holds, as it was, and as the file whose hash every story names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from cryptonewshub.accuracy.house_policy import adopt_default, adopt_policy
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.config.home import Home
from cryptonewshub.delivery.baking import file_of
from cryptonewshub.editions.models import LogEntry
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.quotations.policy import HOUSE_POLICY
from cryptonewshub.tlog.manifests import Kind

Draft = Callable[..., ArticlePage]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def test_adopting_a_policy_bakes_it_and_keeps_the_earlier_ones_readable(committed_newsroom: object, home: Home) -> None:
    adopt_default(now=NOON)
    adopt_policy(replace(HOUSE_POLICY, short_words=5), why="Four <words> prove little.", now=NOON)
    newest = file_of("/policies/accuracy/").read_text()
    assert "version 2" in newest
    assert "Four &lt;words&gt; prove little." in newest
    assert "fewer than 5 words" in newest
    earlier = file_of("/policies/accuracy/1/").read_text()
    assert "fewer than 4 words" in earlier
    assert "read the one that holds now" in earlier


def test_the_file_of_a_version_has_the_hash_that_a_story_names_and_the_story_leads_to_it(
    committed_draft: Draft, home: Home
) -> None:
    adopt_default(now=NOON)
    revision = committed_draft().get_latest_revision()
    assert revision is not None
    edition = publish_edition(revision).edition
    stamp = edition.read().policy
    assert stamp is not None
    data = file_of("/policies/accuracy/1.json").read_bytes()
    assert hashlib.sha256(data).hexdigest() == stamp.sha256
    assert json.loads(data)["name"] == stamp.name
    assert 'href="/policies/accuracy/1/"' in file_of(edition.path).read_text()


def test_every_version_is_in_the_log(committed_newsroom: object, home: Home) -> None:
    adopt_default(now=NOON)
    row = adopt_policy(replace(HOUSE_POLICY, short_words=5), why="Four words prove little.", now=NOON)
    entries = LogEntry.objects.filter(kind=Kind.POLICY).order_by("pk")
    assert [bytes(entry.document or b"") for entry in entries][-1] == row.document.encode()
    assert all(entry.index is not None for entry in entries)
