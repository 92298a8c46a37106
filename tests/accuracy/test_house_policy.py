"""The house policy is versioned, public, and holds for every check of the newsroom."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cryptonewshub.accuracy import gate
from cryptonewshub.accuracy.house_policy import (
    adopt_default,
    adopt_policy,
    current_policy,
    current_policy_document,
    read_document,
)
from cryptonewshub.accuracy.models import HousePolicy
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.quotations.policy import HOUSE_POLICY
from cryptonewshub.quotations.vocabulary import Verdict
from tests.cast import FALSE_WORDS

Draft = Callable[..., ArticlePage]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_a_newsroom_without_a_policy_works_under_the_default() -> None:
    assert current_policy() == HOUSE_POLICY
    assert hashlib.sha256(current_policy_document()).hexdigest() == HOUSE_POLICY.digest


@pytest.mark.django_db
def test_each_change_is_a_new_version_and_the_earlier_ones_stay() -> None:
    adopt_default(now=NOON)
    adopt_policy(replace(HOUSE_POLICY, short_words=5), why="Four words prove little.", now=NOON)
    assert [row.version for row in HousePolicy.objects.all()] == [2, 1]
    assert current_policy().short_words == 5
    assert current_policy().version == 2
    assert read_document(HousePolicy.objects.get(version=1).document).short_words == HOUSE_POLICY.short_words
    with pytest.raises(TypeError, match="record"):
        HousePolicy.objects.all().delete()


@pytest.mark.django_db
def test_the_same_rules_make_no_new_version() -> None:
    first = adopt_default(now=NOON)
    assert adopt_policy(HOUSE_POLICY, why="", now=NOON) == first
    assert adopt_default(now=NOON) == first


@pytest.mark.django_db
def test_a_change_needs_a_reason() -> None:
    adopt_default(now=NOON)
    with pytest.raises(ValueError, match="Say why"):
        adopt_policy(replace(HOUSE_POLICY, short_words=5), why=" ", now=NOON)


@pytest.mark.django_db
def test_the_public_document_is_canonical_and_is_what_the_digest_is_of() -> None:
    adopt_default(now=NOON)
    data = current_policy_document()
    said = json.loads(data)
    assert said["adopted"] == "2026-03-02T12:00:00Z"
    assert said["rules"]["public_reasons"] == ["translated"]
    assert "adopted_by" not in said
    assert hashlib.sha256(data).hexdigest() == current_policy().digest


def test_the_newsrooms_policy_decides_what_stops_a_story(draft: Draft) -> None:
    page = draft(quotation=FALSE_WORDS)
    assert not gate.examine(page).cleared
    lenient = replace(HOUSE_POLICY, blocks=HOUSE_POLICY.blocks - {Verdict.ALTERED}, warns=frozenset({Verdict.ALTERED}))
    adopt_policy(lenient, why="For this test.", now=NOON)
    report = gate.examine(page)
    assert report.cleared
    assert [finding.severity for finding in report.findings if finding.rule == "altered"] == ["warning"]


def test_a_rule_that_the_house_does_not_ask_about_is_left_out(draft: Draft) -> None:
    page = draft(more="Analysts say that the ferry will sink.")
    assert any(finding.rule == "anonymous-attribution" for finding in gate.examine(page).findings)
    adopt_policy(replace(HOUSE_POLICY, quiet=frozenset({"anonymous-attribution"})), why="For this test.", now=NOON)
    assert not any(finding.rule == "anonymous-attribution" for finding in gate.examine(page).findings)


def test_an_edition_names_the_version_that_it_met(draft: Draft) -> None:
    adopt_default(now=NOON)
    row = adopt_policy(replace(HOUSE_POLICY, short_words=5), why="Four words prove little.", now=NOON)
    revision = draft().get_latest_revision()
    assert revision is not None
    stamp = publish_edition(revision).edition.read().policy
    assert stamp is not None
    assert (stamp.version, stamp.sha256) == ("2", row.sha256)


def test_a_reason_given_inside_stays_inside_when_the_policy_changes(draft: Draft) -> None:
    from cryptonewshub.accuracy.clearing import clear

    page = draft(quotation=FALSE_WORDS)
    revision = page.get_latest_revision()
    assert revision is not None
    clear(revision, rule="altered", reason="Said in confidence.")
    open_house = replace(HOUSE_POLICY, public_reasons=frozenset({Verdict.ALTERED, Verdict.TRANSLATED}))
    adopt_policy(open_house, why="Readers should know.", now=NOON)
    assert publish_edition(revision).edition.read().quotations[0].note == ""
