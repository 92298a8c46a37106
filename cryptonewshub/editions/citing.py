"""Which stories cite a source: drafts by what they attach now, editions by what was sealed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cryptonewshub.accuracy.gate import examine
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.models import EditionSource
from cryptonewshub.sources.citing import Citation
from cryptonewshub.sources.models import Source

_MOST_DRAFTS = 20  # each is read by the desk, to tell which of its quotations come from the source


def citations_of(source: Source) -> list[Citation]:
    """Drafts first, then editions, the newest first."""
    return [*_drafts(source), *_editions(source)]


def _drafts(source: Source) -> Iterator[Citation]:
    unfinished = Q(has_unpublished_changes=True) | Q(live=False)
    pages = ArticlePage.objects.filter(unfinished).order_by("-latest_revision_created_at")
    attaching = (page for page in pages.iterator() if _attaches(page, source))
    for page, _ in zip(attaching, range(_MOST_DRAFTS), strict=False):
        draft = page.get_latest_revision_as_object()
        keys = {each.key for each in draft.attached_sources.all() if each.source_id == source.pk}
        quoted = tuple(quotation.text for quotation in examine(draft).quotations if quotation.source in keys)
        yield Citation(draft.title, "Draft", _edit_url(page), quoted)


def _attaches(page: ArticlePage, source: Source) -> bool:
    """By the newest draft, which is kept as data; by the page itself where there is none."""
    draft = page.latest_revision.content if page.latest_revision else None
    if draft is None:
        return page.attached_sources.filter(source=source).exists()
    return any(attached.get("source") == source.pk for attached in draft.get("attached_sources", ()))


def _editions(source: Source) -> Iterator[Citation]:
    cited = EditionSource.objects.filter(source=source).select_related("edition").order_by("-edition__pk")
    for row in cited:
        content = row.edition.read()
        quoted = tuple(quotation.text for quotation in content.quotations if quotation.source == row.key)
        day = timezone.localtime(row.edition.made)
        state = f"Edition {row.edition.version}, {day.day} {day:%B %Y}"
        yield Citation(content.document.title, state, _edit_url(row.edition.article_id), quoted)


def _edit_url(page: ArticlePage | int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page if isinstance(page, int) else page.pk])
