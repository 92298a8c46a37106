"""Choosing a source for a story: only those that the person may see, and new ones without leaving the story."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
    SnippetCreateView,
)

from cryptonewshub.sources.finding import with_words
from cryptonewshub.sources.forms import ChooserForm
from cryptonewshub.sources.models import Source


class _SearchForm(BaseFilterForm):
    """Finds sources by words, as the archive's list does."""

    q = forms.CharField(
        label="Words",
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "Words of the source, or of its text"}),
    )

    def filter(self, objects: QuerySet[Source]) -> QuerySet[Source]:
        self.search_query = self.cleaned_data.get("q") or ""
        self.is_searching = bool(self.search_query)
        return with_words(objects, self.search_query)


class _OnlyVisible:
    """Every list and every single choice is of the sources that this person may see."""

    request: Any
    filter_form_class = _SearchForm

    @property
    def columns(self) -> list[Column]:
        said = Column("said", label="What it is", accessor=_what_it_is)
        return [*super().columns, said]  # type: ignore[misc]

    def get_object_list(self) -> QuerySet[Source]:
        return Source.objects.visible_to(self.request.user)

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_creation_form_kwargs(), "user": self.request.user}  # type: ignore[misc]


def _what_it_is(source: Source) -> str:
    """Beside its name: for a confidential source, whose name tells nothing, its title; else who gave it out."""
    return source.title if source.is_confidential else source.publisher


class _ChooseView(_OnlyVisible, ChooseView):
    pass


class _ChooseResultsView(_OnlyVisible, ChooseResultsView):
    pass


class _ChosenView(SnippetChosenView):
    def get_object(self, pk: Any) -> Source:
        source: Source = super().get_object(pk)
        if not source.may_be_seen_by(self.request.user):
            raise PermissionDenied
        return source


class _ChosenMultipleView(SnippetChosenMultipleView):
    def get_objects(self, pks: Any) -> QuerySet[Source]:
        return Source.objects.visible_to(self.request.user).filter(pk__in=pks)


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class _CreateView(_OnlyVisible, SnippetCreateView):
    pass


class SourceChooserViewSet(SnippetChooserViewSet):
    choose_view_class = _ChooseView
    choose_results_view_class = _ChooseResultsView
    chosen_view_class = _ChosenView
    chosen_multiple_view_class = _ChosenMultipleView
    create_view_class = _CreateView
    creation_form_class = ChooserForm
    creation_tab_label = "Add a source"
    create_action_label = "Add to the archive"
    create_action_clicked_label = "Reading…"
    icon = "doc-full"
