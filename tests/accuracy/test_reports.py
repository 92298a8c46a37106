"""The desk's reports: what they show, that they ask the desk nothing, and that their cells are no formulas."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from cryptonewshub.accuracy import last_checks
from cryptonewshub.accuracy.clearing import clear, withdraw_clearance
from cryptonewshub.accuracy.holding import hold
from cryptonewshub.accuracy.last_checks import keep_check, recheck, waiting
from cryptonewshub.accuracy.models import Clearance, DraftCheck, DraftFinding
from cryptonewshub.accuracy.reports import REPORTS, as_text
from cryptonewshub.articles.models import ArticleAuthor, ArticlePage
from cryptonewshub.people.models import Author
from cryptonewshub.sources.models import Source
from tests.accuracy.test_clearing import person
from tests.cast import FALSE_WORDS

Draft = Callable[..., ArticlePage]
ADDRESSES = [report.index_url_name for report in REPORTS]


@pytest.fixture
def ben(newsroom: object) -> Client:
    client = Client()
    client.force_login(person("Ben", "Desk"))
    return client


def rows_of(client: Client, report: str, **asked: str) -> list[dict[str, str]]:
    answer = client.get(reverse(report), {"export": "csv", **asked})
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))  # type: ignore[attr-defined]


@pytest.mark.parametrize("report", ADDRESSES)
def test_the_desk_reads_every_report_empty_and_full(report: str, ben: Client, draft: Draft) -> None:
    assert ben.get(reverse(report)).status_code == 200
    page = draft(quotation=FALSE_WORDS)
    keep_check(page)
    hold(page.pk, ["The words differ."])
    clear(_revision(page), rule="altered", reason="Corrected.")
    with mock.patch.object(last_checks, "examine_for_all", side_effect=AssertionError("A report asked the desk.")):
        answer = ben.get(reverse(report))
    assert answer.status_code == 200
    assert "There are no" not in answer.content.decode()


@pytest.mark.parametrize("report", ADDRESSES)
def test_a_reporter_reads_none_of_them(report: str, newsroom: object) -> None:
    client = Client()
    client.force_login(person("Ada", "Reporters"))
    assert client.get(reverse(report)).status_code == 302
    assert reverse(report) not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_open_findings_are_told_by_author_and_rule(ben: Client, draft: Draft) -> None:
    page = draft(quotation=FALSE_WORDS)
    ada = Author.objects.create(name="Ada", slug="ada")
    page.authors = [ArticleAuthor(author=ada)]
    page.save()
    page.save_revision()
    keep_check(page)
    [row] = rows_of(ben, "desk_open_findings", rule="altered", author=str(ada.pk))
    assert (row["Authors"], row["Text"]) == ("Ada", FALSE_WORDS)
    assert rows_of(ben, "desk_open_findings", rule="stitched") == []
    other = Author.objects.create(name="Ben", slug="ben")
    assert rows_of(ben, "desk_open_findings", author=str(other.pk)) == []


def test_clearances_are_told_with_those_that_are_void_or_taken_back(ben: Client, draft: Draft) -> None:
    page = draft(quotation=FALSE_WORDS)
    clear(_revision(page), rule="altered", reason="Corrected.")
    keep_check(page)
    assert [row["Now"] for row in rows_of(ben, "desk_clearances")] == ["holds"]
    keep_check(draft(quotation=FALSE_WORDS.replace("twelve", "thirteen")))
    assert [row["Now"] for row in rows_of(ben, "desk_clearances", state="void")] == ["void: the words changed"]
    withdraw_clearance(Clearance.objects.get(), user=None, reason="It was not.")
    assert [row["Now"] for row in rows_of(ben, "desk_clearances", state="withdrawn")] == ["taken back: It was not."]
    assert rows_of(ben, "desk_clearances", state="holds") == []


def test_time_to_clear_counts_from_when_the_desk_first_had_the_finding(ben: Client, draft: Draft) -> None:
    page = draft(quotation=FALSE_WORDS)
    keep_check(page)
    DraftFinding.objects.update(noticed=timezone.now() - timedelta(hours=3))
    keep_check(page)
    clear(_revision(page), rule="altered", reason="Corrected.")
    [row] = [row for row in rows_of(ben, "desk_time_to_clear") if row["What"] == "Altered"]
    assert (row["Cleared"], row["Half of them within"]) == ("1", "3 hours")


def test_quotations_are_counted_by_source(ben: Client, draft: Draft) -> None:
    keep_check(draft(quotation=FALSE_WORDS))
    [row] = rows_of(ben, "desk_quotations_per_source")
    assert (row["Quotations"], row["Word for word"], row["Stopping"]) == ("2", "1", "1")


def test_a_confidential_source_is_in_no_report_of_somebody_who_may_not_read_it(ben: Client, draft: Draft) -> None:
    page = draft(quotation=FALSE_WORDS)
    Source.objects.update(is_confidential=True)
    check = keep_check(page)
    assert rows_of(ben, "desk_quotations_per_source") == []
    assert "eleven" not in " ".join(finding.message for finding in check.findings.all())


def test_held_stories_are_told_with_the_reason_and_whether_to_try_again(ben: Client, draft: Draft) -> None:
    page = draft(quotation=FALSE_WORDS)
    hold(page.pk, ["The words differ."], was_due=timezone.now())
    keep_check(page)
    [row] = rows_of(ben, "desk_held")
    assert (row["Why"], row["Now"]) == ("The words differ.", "findings stop it")
    assert "The words differ." in ben.get(reverse("wagtailadmin_home")).content.decode()
    clear(_revision(page), rule="altered", reason="Corrected.")
    recheck(5)
    assert "nothing against it" in rows_of(ben, "desk_held")[0]["Now"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_no_exported_cell_is_a_formula(cell: str, ben: Client, draft: Draft) -> None:
    assert as_text(cell) == f"'{cell}"
    page = draft(quotation=FALSE_WORDS)
    clear(_revision(page), rule="altered", reason=f"{cell} in the minutes")
    assert rows_of(ben, "desk_clearances")[0]["Reason"].startswith("'")
    answer: Any = ben.get(reverse("desk_clearances"), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_draft_is_checked_again_when_it_changed_and_not_otherwise(draft: Draft) -> None:
    page = draft(quotation=FALSE_WORDS)
    assert recheck(5) == 1
    assert recheck(5) == 0
    clear(_revision(page), rule="altered", reason="Corrected.")
    assert recheck(5) == 1
    draft()
    assert recheck(5) == 1
    assert list(DraftFinding.objects.filter(rule="altered")) == []
    assert waiting(timezone.now() + timedelta(days=2)).count() == 1


def test_a_check_says_since_when_a_finding_is_there(draft: Draft) -> None:
    page = draft(quotation=FALSE_WORDS)
    keep_check(page)
    first = DraftFinding.objects.get(rule="altered").noticed
    keep_check(draft(quotation=FALSE_WORDS, more="It leaves at noon."))
    assert DraftFinding.objects.get(rule="altered").noticed == first
    assert DraftCheck.objects.count() == 1


def _revision(page: ArticlePage) -> Any:
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision()
