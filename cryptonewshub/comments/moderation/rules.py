"""Words and links for which comments are held, with what a rule would have caught; and bans."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cryptonewshub.comments.models import Ban, Comment, WordRule
from cryptonewshub.comments.moderation.access import MODERATE, articles_for, needs
from cryptonewshub.comments.screening import caught_by

PREVIEW_DAYS = 30


class RuleForm(forms.ModelForm[WordRule]):
    class Meta:
        model = WordRule
        fields = ("kind", "text")

    def clean_text(self) -> str:
        text = " ".join(str(self.cleaned_data["text"]).split())
        if not any(character.isalnum() for character in text):
            raise forms.ValidationError("Write a word, a phrase or a site.")
        return text


@needs(MODERATE)
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest) -> HttpResponse:
    """All rules; `?kind=&text=` shows what such a rule would have caught in the last month, before it is made."""
    data = request.POST or (request.GET if "text" in request.GET else None)
    form = RuleForm(data)
    caught: list[Comment] | None = None
    if data and form.is_valid():
        rule = form.save(commit=False)
        if request.method == "POST":
            rule.user = request.user  # type: ignore[assignment]
            rule.save()
            messages.success(request, f"Comments with “{rule}” wait for a moderator from now on.")
            return redirect("comments_rules")
        recent = Comment.objects.filter(
            article__in=articles_for(request.user), made__gt=timezone.now() - timedelta(days=PREVIEW_DAYS)
        )
        caught = caught_by(rule, recent.order_by("-made").iterator())
    context = {"form": form, "rules": WordRule.objects.select_related("user"), "caught": caught, "place": "rules"}
    return TemplateResponse(request, "comments/rules.html", context, status=400 if form.errors else 200)


@needs(MODERATE)
@require_POST
def remove_rule(request: HttpRequest, number: int) -> HttpResponse:
    rule = get_object_or_404(WordRule, pk=number)
    rule.delete()
    messages.success(request, f"“{rule}” no longer holds a comment.")
    return redirect("comments_rules")


@needs(MODERATE)
@require_http_methods(["GET"])
def bans(request: HttpRequest) -> HttpResponse:
    context = {"bans": Ban.objects.in_force(timezone.now()).select_related("user"), "place": "bans"}
    return TemplateResponse(request, "comments/bans.html", context)


@needs(MODERATE)
@require_POST
def end_ban(request: HttpRequest, number: int) -> HttpResponse:
    ban = get_object_or_404(Ban, pk=number)
    ban.until = timezone.now()
    ban.save(update_fields=["until"])
    messages.success(request, "The ban is over.")
    return redirect("comments_bans")
