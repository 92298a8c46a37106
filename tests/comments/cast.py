"""What readers say in the tests: Edda and Finn comment, Gro finds errors."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cryptonewshub.articles.models import ArticlePage
from cryptonewshub.comments.forms import CommentForm
from cryptonewshub.comments.models import Comment
from cryptonewshub.comments.writing import Written, write

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
EDDAS_NETWORK = "203.0.113.7"


def said(**fields: Any) -> dict[str, Any]:
    """The cleaned fields of a form as a reader fills it in."""
    form = CommentForm({"name": "Edda", "body": "The pier is not safe either.", **fields})
    assert form.is_valid(), form.errors
    return form.cleaned_data


def send(story: ArticlePage, *, sender: str = EDDAS_NETWORK, now: datetime = NOON, **fields: Any) -> Written:
    return write(story, said(**fields), sender=sender, now=now)


def say(story: ArticlePage, **fields: Any) -> Comment:
    return send(story, **fields).comment


def shown(story: ArticlePage, body: str = "I sailed on it.", **fields: Any) -> Comment:
    """A comment that readers see, made without the road to it."""
    values = {"name": "Finn", "version": 1, "made": NOON, "state": "approved", **fields}
    return Comment.objects.create(article=story, body=body, **values)
