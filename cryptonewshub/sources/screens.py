"""The archive's screens in the editor: the list with its search, a source's page, and the form of its description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.models import InspectView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.snippets.views import snippets

from cryptonewshub.sources.adding import forbidden
from cryptonewshub.sources.citing import door
from cryptonewshub.sources.excerpts import excerpt
from cryptonewshub.sources.finding import with_words
from cryptonewshub.sources.models import Source

MOST_SHOWN = 500_000  # characters of a source's text on its page


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


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a source's text with the page or time at which it stands; '' where the document has neither."""

    label: str
    text: str


class SourceView(ForThoseWhoMaySee, InspectView):
    """All that the desk has of a source: what it is, its text, who cites it, its original, its other versions."""

    template_name = "sources/source.html"
    page_title = "Source"

    def get_page_subtitle(self) -> str:
        return str(self.object.title)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        listing = {"url": reverse(self.index_url_name), "label": "Sources"}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.page_title}]

    @cached_property
    def header_buttons(self) -> list[Button]:
        edit = self.get_edit_url()
        return [HeaderButton("Correct the description", url=edit, icon_name="edit")] if edit else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        source = self.object
        return super().get_context_data(**kwargs) | {
            "source": source,
            "parts": list(parts_of(source)),
            "left_out": max(0, len(source.text) - MOST_SHOWN),
            "citations": door.citations_of(source),
            "remarks": source.remarks.split("\n") if source.remarks else [],
            "later": source.later.visible_to(self.request.user).order_by("captured"),
            "earlier": source.earlier,
            "may_capture_again": source.kind == Source.Kind.PAGE and self.user_has_permission("add"),
            "is_transcript": source.media_type in ("text/vtt", "application/x-subrip"),
        }


def parts_of(source: Source) -> Iterator[Part]:
    """The text in the stretches that the document itself has: pages, or what was said from a time on."""
    text = source.text[:MOST_SHOWN]
    places = [(start, label) for start, label in source.places if start < len(text)]
    starts = [start for start, _ in places]
    if not places or starts[0] > 0:
        yield Part("", text[: starts[0] if starts else len(text)])
    ends = [*starts[1:], len(text)]
    for (start, label), end in zip(places, ends, strict=False):  # no place, one end
        yield Part(label, text[start:end].strip("\n") if label.startswith("page") else text[start:end])


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
            Column("published", label="Date", accessor=_day_of, sort_key="published"),
            Column("kind", label="Kind", accessor=_kind_of),
            Column("language", label="Language", sort_key="language"),
        ]

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return with_words(queryset, self.search_query or "")

    def _found(self, source: Source) -> str:
        return excerpt(source.text, self.search_query or "")

    def _page_of(self, source: Source) -> str:
        return reverse(self.inspect_url_name, args=[source.pk])


def _day_of(source: Source) -> str:
    return date_format(source.published, "j M Y") if source.published else ""


def _kind_of(source: Source) -> str:
    kind = Source.Kind(source.kind).label
    return f"{kind}, confidential" if source.is_confidential else str(kind)
