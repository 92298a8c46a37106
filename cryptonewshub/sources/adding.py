"""The screen on which a source comes in: four ways, each a plain form.

A capture may wait for another machine, so it holds no transaction open meanwhile: others go on writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import FormView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from cryptonewshub.sources.forms import AddressForm, CaptureForm, FilesForm, InterviewForm, PastedForm
from cryptonewshub.sources.models import Source


@dataclass(frozen=True, slots=True)
class Way:
    """A way into the archive: what it is called, and the verb on its button."""

    name: str
    label: str
    form: type[CaptureForm]
    verb: str
    busy: str


WAYS = (
    Way("address", "Web address", AddressForm, "Fetch the page", "Fetching…"),
    Way("files", "Files", FilesForm, "Add the files", "Reading…"),
    Way("text", "Pasted text", PastedForm, "Add the text", "Reading…"),
    Way("interview", "Interview notes", InterviewForm, "Add the notes", "Reading…"),
)


@method_decorator(transaction.non_atomic_requests, name="dispatch")
class AddSourceView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):  # type: ignore[type-arg]
    model = Source
    permission_required = "add"
    page_title = "Add a source"
    header_icon = "doc-full"
    template_name = "sources/add.html"
    breadcrumbs_items: list[dict[str, str]] = []
    list_url_name = ""
    page_url_name = ""

    @property
    def way(self) -> Way:
        asked = self.request.GET.get("way")
        return next((way for way in WAYS if way.name == asked), WAYS[0])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        listing = {"url": reverse(self.list_url_name), "label": "Sources"}
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.page_title}]

    def get_form_class(self) -> type[forms.BaseForm]:
        return self.way.form

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"ways": WAYS, "way": self.way, "media": context["form"].media}

    def form_valid(self, form: Any) -> HttpResponse:
        self._tell(form)
        came = [*form.captured, *form.known]
        if len(came) == 1:
            return redirect(self.page_url_name, came[0].pk)
        return redirect(self.list_url_name)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Of several files some may have come in: they stay, and are named."""
        self._tell(form)
        answer: HttpResponse = super().form_invalid(form)
        return answer

    def _tell(self, form: CaptureForm) -> None:
        for source in form.captured:
            messages.success(self.request, f"“{source.title}” is in the archive. Check what was found, and correct it.")
        for source in form.known:
            messages.info(self.request, f"“{source.title}” was in the archive already.")


def forbidden(request: HttpRequest) -> HttpResponse:
    """The answer to somebody who may not see a confidential source."""
    from django.shortcuts import render

    return render(request, "sources/forbidden.html", status=403)
