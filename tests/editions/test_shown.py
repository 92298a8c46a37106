"""What is written down of what readers may see agrees, after each act, with what the log and the withdrawals say."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, OuterRef

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.entering import waiting
from cryptonewshub.editions.erasing import finish_withdrawals
from cryptonewshub.editions.models import (
    Edition,
    EditionAuthor,
    EditionSpeaker,
    EditionTopic,
    LogEntry,
    Withdrawal,
)
from cryptonewshub.editions.publishing import publish_edition
from cryptonewshub.editions.withdrawing import order_withdrawal, restore
from cryptonewshub.tlog.manifests import Basis, Kind

Draft = Callable[..., ArticlePage]


def publish(page: ArticlePage) -> Edition:
    revision = page.get_latest_revision()
    assert revision is not None
    return publish_edition(revision).edition


def agrees() -> None:
    entries = LogEntry.objects.logged().filter(kind=Kind.VERSION, edition=OuterRef("pk"))
    shown = set(Edition.objects.filter(Exists(entries), withdrawn_by=None).values_list("pk", flat=True))
    assert set(Edition.objects.logged().values_list("pk", flat=True)) == shown
    newest = {edition.article_id: edition.pk for edition in Edition.objects.filter(pk__in=shown).order_by("version")}
    assert set(Edition.objects.newest().values_list("pk", flat=True)) == set(newest.values())
    for model in (EditionTopic, EditionAuthor, EditionSpeaker):
        for row in model._default_manager.select_related("edition"):
            told = (row.is_newest, row.published, row.article_id)
            assert told == (row.edition_id in newest.values(), row.edition.published, row.edition.article_id)


def test_publishing_correcting_withdrawing_and_restoring(committed_draft: Draft) -> None:
    first = publish(committed_draft())
    agrees()
    second = publish(committed_draft(more="It leaves at noon.", change="change: update"))
    agrees()
    assert Edition.objects.newest().get() == second
    words, page = bytes(first.content), ArticlePage.objects.get(pk=first.article_id)
    order_withdrawal(page, versions=[1], basis=Basis.PRIVACY)
    finish_withdrawals()
    agrees()
    assert list(Edition.objects.logged()) == [second]
    restore(Withdrawal.objects.get(), [words], basis=Basis.PRIVACY)
    agrees()
    assert list(Edition.objects.logged()) == [first, second]
    order_withdrawal(page, basis=Basis.LEGAL)
    finish_withdrawals()
    agrees()
    assert not Edition.objects.newest().exists()


def test_what_the_log_does_not_have_is_not_shown(committed_draft: Draft) -> None:
    page = committed_draft()
    with waiting():
        publish(page)
        agrees()
        assert not Edition.objects.logged().exists()


def test_many_at_once(committed_draft: Draft) -> None:
    with waiting():
        for number in range(3):
            publish(committed_draft(slug=f"ferry-{number}", more=f"Ship {number} sails."))
    agrees()
