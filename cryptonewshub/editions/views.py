"""The editors' screens about what was published: withdrawing a story by order, and the list of corrections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from wagtail.admin.auth import require_admin_access

from cryptonewshub.accuracy.reports import may_read_reports
from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.editions.models import Edition, Withdrawal
from cryptonewshub.editions.withdrawing import WithdrawalRefused, order_withdrawal, what_will_happen
from cryptonewshub.tlog.manifests import Basis

_BASES = [
    (Basis.LEGAL.value, "Legal: a law, a court or an authority requires it"),
    (Basis.PRIVACY.value, "Privacy: it protects somebody’s privacy"),
    (Basis.SAFETY.value, "Safety: it protects somebody’s safety"),
    (Basis.ERROR.value, "Error: it was published by mistake and may not stay public"),
]
_ON_A_PAGE = 50


class WithdrawalForm(forms.Form):
    """An order to withdraw. What is public, and what is not, is said at each field."""

    basis = forms.ChoiceField(label="Why", choices=_BASES, widget=forms.RadioSelect, help_text="Public, for ever.")
    what = forms.CharField(
        label="What kind of content",
        max_length=160,
        required=False,
        help_text="Public, on the notice: “a private address”. Leave it empty where even that may not be said.",
    )
    reference = forms.CharField(
        label="Who ordered it",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For the newsroom only: the court and the number of the file, or whoever asked.",
    )
    versions = forms.TypedMultipleChoiceField(
        label="Only these earlier versions",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="To take out a passage, publish a version without it first, and tick the earlier ones here. "
        "Tick none to withdraw the whole story.",
    )
    understood = forms.BooleanField(label="I have read what will happen, and it cannot be undone from here")

    def __init__(self, *args: Any, editions: list[Edition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        earlier = [(edition.version, f"Version {edition.version}, {edition.change}") for edition in editions[:-1]]
        if earlier:
            self.fields["versions"].choices = earlier  # type: ignore[attr-defined]
        else:
            del self.fields["versions"]


@require_admin_access
def withdraw(request: HttpRequest, page_id: int) -> HttpResponse:
    """Says exactly what will happen, and does it on the second yes."""
    if not request.user.has_perm("editions.withdraw_edition"):
        raise PermissionDenied
    story = get_object_or_404(ArticlePage, pk=page_id)
    editions = list(Edition.objects.of(story).readable())
    form = WithdrawalForm(request.POST or None, editions=editions)
    if request.method == "POST" and form.is_valid():
        try:
            _order(story, form.cleaned_data, request)
        except WithdrawalRefused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("wagtailadmin_explore", story.get_parent().pk)
    context = {"story": story, "form": form, "happens": what_will_happen(story), "is_published": bool(editions)}
    return render(request, "editions/withdraw.html", context)


def _order(story: ArticlePage, said: dict[str, Any], request: HttpRequest) -> Withdrawal:
    title = story.title
    withdrawal = order_withdrawal(
        story,
        basis=Basis(said["basis"]),
        what=said["what"],
        versions=said.get("versions") or (),
        reference=said["reference"],
        user=request.user,
    )
    sentence = "The log is told first, then the words go. A notice stands at its address."
    messages.success(request, f"“{title}” is being withdrawn. {sentence}")
    return withdrawal


@require_admin_access
def corrections(request: HttpRequest) -> HttpResponse:
    """Everything that readers were told, and everything that was withdrawn and who ordered it, the newest first."""
    if not may_read_reports(request.user):
        raise PermissionDenied
    page = Paginator(Edition.objects.telling().select_related("article"), _ON_A_PAGE).get_page(request.GET.get("p"))
    told = [(edition, content, content.told) for edition in page for content in [edition.read()]]
    orders = Withdrawal.objects.select_related("entry", "ordered_by").order_by("-pk")
    orders = orders.prefetch_related(Prefetch("editions", Edition.objects.defer("content")))
    withdrawals = [(order, sorted({edition.path for edition in order.editions.all()})) for order in orders]
    return render(
        request,
        "editions/corrections.html",
        {"page": page, "told": told, "withdrawals": withdrawals, "title": "Corrections"},
    )
