"""The archive's screens in the editor: the list with its search, a source's page, and the form of its description."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.models import InspectView
from wagtail.snippets.views import snippets

from cryptonewshub.sources.adding import forbidden
from cryptonewshub.sources.excerpts import excerpt
from cryptonewshub.sources.models import Source


class ForThoseWhoMaySee:
    """A view of one source: a confidential one is shown to those on its list alone."""

    object: Source

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.object.may_be_seen_by(request.user):
            return forbidden(request)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class EditView(ForThoseWhoMaySee, snippets.EditView):
    pass


class DeleteView(ForThoseWhoMaySee, snippets.DeleteView):
    pass


class UsageView(ForThoseWhoMaySee, snippets.UsageView):
    pass


class HistoryView(ForThoseWhoMaySee, snippets.HistoryView):
    pass


class SourceView(ForThoseWhoMaySee, InspectView):
    pass


class IndexView(snippets.IndexView):
    """All the sources that this person may see. A search is for words, in the text as in the description."""

    default_ordering = "-captured"

    @cached_property
    def columns(self) -> list[Column]:
        title = self._get_title_column_class(TitleColumn)
        found = [Column("found", label="Words found", accessor=self._found)] if self.is_searching else []
        return [
            title("title", label="Title", sort_key="title", get_url=self._page_of),
            *found,
            Column("speaker", label="Speaker", sort_key="speaker"),
            Column("publisher", label="Publisher", sort_key="publisher"),
            DateColumn("published", label="Date", sort_key="published"),
            Column("kind", label="Kind", accessor="get_kind_display"),
            Column("language", label="Language", sort_key="language"),
        ]

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        for word in (self.search_query or "").split():
            queryset = queryset.filter(_has(word))
        return queryset

    def _found(self, source: Source) -> str:
        return excerpt(source.text, self.search_query or "")

    def _page_of(self, source: Source) -> str:
        return reverse(self.inspect_url_name, args=[source.pk])


def _has(word: str) -> Q:
    """That a word is in the text or the description. SQLite folds the case of ASCII letters only."""
    spellings = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    found = Q()
    for field in ("text", "title", "speaker", "author", "publisher"):
        for spelling in spellings:
            found |= Q(**{f"{field}__icontains": spelling})
    return found
