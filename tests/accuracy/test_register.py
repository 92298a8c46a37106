"""Offices in the newsroom's register against a story, by the day on which it goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from cryptonewshub.accuracy import gate
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.people.models import NewsPerson, Office

Draft = Callable[..., ArticlePage]
BEFORE, WITHIN, AFTER = "2023-12-31", "2025-01-01", "2026-01-02"


@pytest.fixture
def _holm(newsroom: object) -> None:
    person = NewsPerson.objects.create(name="Signe Holm", aliases="Minister Holm")
    office = {"institution": "Government of Orra", "country": "Orra"}
    Office.objects.create(
        person=person, title="Minister of Ports", since=date(2024, 1, 1), until=date(2026, 1, 1), **office
    )


def titles(page: ArticlePage) -> list[str]:
    return [finding.message for finding in gate.examine(page).findings if finding.rule == "title"]


@pytest.mark.usefixtures("_holm")
@pytest.mark.parametrize(
    ("words", "day", "told"),
    [
        ("The Minister of Ports, Signe Holm, came too.", WITHIN, None),
        ("The former Minister of Ports, Signe Holm, came too.", WITHIN, "on the day of publication, not formerly"),
        ("The Minister of Ports, Signe Holm, came too.", AFTER, "only until 1 January 2026"),
        ("The former Minister of Ports, Signe Holm, came too.", AFTER, None),
        ("The Minister of Ports, Signe Holm, came too.", BEFORE, "only from 1 January 2024 on"),
    ],
)
def test_former_is_checked_against_the_days_of_the_office(words: str, day: str, told: str | None, draft: Draft) -> None:
    found = titles(draft(more=words, published=f"{day}T09:30:00+00:00"))
    assert (told is None and not found) or (told is not None and told in " ".join(found))


@pytest.mark.usefixtures("_holm")
def test_a_draft_without_a_time_is_checked_for_the_day_it_is_set_for_or_for_today(draft: Draft) -> None:
    page = draft(more="The Minister of Ports, Signe Holm, came too.", published="")
    Office.objects.update(until=timezone.localdate() + timedelta(days=3))
    assert titles(page) == []
    page.go_live_at = timezone.now() + timedelta(days=10)
    assert "only until" in titles(page)[0]
    page.published = datetime(2025, 1, 1, tzinfo=UTC)
    assert titles(page) == []


@pytest.mark.usefixtures("_holm")
def test_another_spelling_of_the_register_is_the_same_person(draft: Draft) -> None:
    NewsPerson.objects.filter(name="Signe Holm").update(name="Signe Holm-Berg", aliases="Signe Holm")
    found = titles(draft(more="The Minister of Ports, Signe Holm, came too.", published=f"{AFTER}T09:30:00+00:00"))
    assert "only until 1 January 2026" in found[0]
