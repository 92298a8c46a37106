"""Carrying out a withdrawal: the words go from every file and row that the newsroom has of them.

Every step can be repeated, and a withdrawal is done only when all of them are: whoever bakes calls `finish_withdrawals`
first, so a crash in between is made up for by the next run. The order is entered in the log before the first step.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from django.conf import settings
from django.db import connection, models, transaction
from django.dispatch import Signal
from django.utils import timezone
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import ModelLogEntry, PageLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail.search import index

from cryptonewshub.accuracy import gate
from cryptonewshub.accuracy.models import Clearance
from cryptonewshub.accuracy.models import Withdrawal as ClearanceWithdrawal
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.crash_points import crash_point
from cryptonewshub.editions.models import Edition, Withdrawal
from cryptonewshub.editions.withdrawing import content_file
from cryptonewshub.sources.archive import write_durably
from cryptonewshub.tlog.manifests import Scope

logger = logging.getLogger(__name__)

emptying = Signal()
"""Sent with `withdrawal`, outside of transactions, while its editions still say what they said: whoever shows their
words can note where. It may be sent again when some of them are empty already; what a receiver raises is logged."""

withdrawn = Signal()
"""Sent with `withdrawal`, outside of transactions, when its editions are empty: every stage below deletes what it keeps
of their words. The withdrawal is done only when no receiver raised; else all of them are asked again."""

TITLE = "Withdrawn story"
_FORGOTTEN = "The words that this was about were withdrawn."
_SEARCH = "wagtailsearch_indexentry_fts"  # the editors' search: words leave a full-text index when it is made anew
# What is no word of the story, or stands at its address still.
_KEPT = frozenset({"path", "url_path", "slug", "language", "title", "draft_title", "numbchild", "depth"})


def finish_withdrawals() -> list[Withdrawal]:
    """Carries out what the log has and is not done yet; returns what this run did. Call it outside of transactions.

    One that fails is reported and tried again by the next call; it stops nobody else's work.
    """
    done = []
    for withdrawal in Withdrawal.objects.filter(carried_out=None, entry__index__isnull=False).order_by("pk"):
        try:
            _carry_out(withdrawal)
        except Exception:
            logger.exception("A withdrawal could not be carried out to its end. The next bake tries again.")
        else:
            done.append(withdrawal)
    return done


def _carry_out(withdrawal: Withdrawal) -> None:
    emptying.send_robust(sender=Withdrawal, withdrawal=withdrawal)
    for edition in withdrawal.editions.all():
        write_durably(content_file(edition), gone_document(withdrawal))
    crash_point("W1", settings.CNH_HOME.path)
    with transaction.atomic():
        _empty_rows(withdrawal)
    crash_point("W2", settings.CNH_HOME.path)
    _delete_pictures(withdrawal)
    gate.forget()
    withdrawn.send(sender=Withdrawal, withdrawal=withdrawal)
    crash_point("W3", settings.CNH_HOME.path)
    scrub_database()
    withdrawal.carried_out = timezone.now()
    withdrawal.save(update_fields=["carried_out"])


def _empty_rows(withdrawal: Withdrawal) -> None:
    Edition.objects.empty(withdrawal)
    if withdrawal.scope is Scope.WHOLE:
        _empty_page(withdrawal.article)
    else:
        _forget_earlier_drafts(withdrawal.article)
    _forget_decisions(withdrawal.article)


def gone_document(withdrawal: Withdrawal) -> bytes:
    """What stands in the place of a content document: where the log says that it was withdrawn."""
    entry = withdrawal.entry
    gone = {"entry": entry.index, "basis": entry.basis, "proof": f"/log/proof/{entry.index}.tlog-proof"}
    return json.dumps({"gone": gone}, separators=(",", ":")).encode()


def _empty_page(page: ArticlePage) -> None:
    """The story in the editor: its page stays, without a word, at its address."""
    Revision.objects.for_instance(page).delete()
    WorkflowState.objects.for_instance(page).delete()
    page = ArticlePage.objects.get(pk=page.pk)
    for relation in page._meta.related_objects:
        if relation.related_model._meta.app_label == "articles":
            relation.related_model._default_manager.filter(**{relation.field.name: page}).delete()
    ArticlePage.topics.through._default_manager.filter(articlepage=page).delete()
    ArticlePage.objects.filter(pk=page.pk).update(
        **_emptied(page), title=TITLE, draft_title=TITLE, live=False, has_unpublished_changes=False
    )
    ReferenceIndex.remove_for_object(page)
    index.remove_object(page)
    _forget_traces(page)


def _emptied(page: ArticlePage) -> dict[str, Any]:
    """Every field of text of the page, whatever fields articles have by now."""
    texts = (models.CharField, models.TextField, StreamField)
    return {
        field.name: [] if isinstance(field, StreamField) else ""
        for field in page._meta.concrete_fields
        if isinstance(field, texts) and field.name not in _KEPT and not field.choices and not field.is_relation
    }


def _forget_earlier_drafts(page: ArticlePage) -> None:
    """After a partial withdrawal the editor has the version that readers have, and no other."""
    Revision.objects.for_instance(page).exclude(pk=page.live_revision_id).delete()
    ArticlePage.objects.filter(pk=page.pk).update(latest_revision=page.live_revision_id, has_unpublished_changes=False)
    _forget_traces(page)


def _forget_traces(page: ArticlePage) -> None:
    """Wagtail's records of who did what keep what was done, and no words."""
    page.wagtail_admin_comments.all().delete()
    PageLogEntry.objects.filter(page=page.pk).update(label=TITLE, data={})


def _forget_decisions(page: ArticlePage) -> None:
    """The desk's decisions stay as a record of who decided when, without the words that they were about.

    Those about words that readers still have are left: the next version needs them.
    """
    newest = Edition.objects.of(page).readable().last()
    said = bytes(newest.content).decode() if newest else ""
    for row in Clearance.objects.filter(article=page.pk):
        if not said or row.text not in said:
            rows: models.QuerySet[Clearance] = models.QuerySet(Clearance)
            rows.filter(pk=row.pk).update(text="", speaker="", reason=_FORGOTTEN, public_note="")
            taken_back: models.QuerySet[ClearanceWithdrawal] = models.QuerySet(ClearanceWithdrawal)
            taken_back.filter(clearance=row.pk).update(reason=_FORGOTTEN)


def _delete_pictures(withdrawal: Withdrawal) -> None:
    for name in withdrawal.pictures:
        (settings.CNH_HOME.media / "published" / name).unlink(missing_ok=True)
    for picture in get_image_model().objects.filter(pk__in=withdrawal.library):
        ModelLogEntry.objects.for_instance(picture).update(label=TITLE, data={})
        for rendition in picture.renditions.all():
            rendition.delete()
        picture.delete()


def scrub_database() -> None:
    """Writes the database anew, so that no free page of it, and no index, holds what was deleted."""
    if connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s AND sql LIKE 'CREATE VIRTUAL%%'", [_SEARCH])
            if cursor.fetchone():
                cursor.execute(f"INSERT INTO {_SEARCH}({_SEARCH}) VALUES('rebuild')")
        # PostgreSQL's own VACUUM leaves the words where they were until something else is written there.
        cursor.execute("VACUUM" if connection.vendor == "sqlite" else "VACUUM FULL")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
