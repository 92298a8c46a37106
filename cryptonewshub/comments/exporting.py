"""Exporting: everything that readers wrote and moderators decided, as one JSON document that can be imported again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from cryptonewshub.comments.models import (
    Address,
    Appeal,
    Ban,
    Comment,
    CommentPolicy,
    Decision,
    ErrorReport,
    Flag,
    Following,
    Thread,
    WordRule,
)
from cryptonewshub.editions.models import Edition


def export_lines() -> Iterator[str]:
    """The document in pieces, a row a line, so that a million comments need no memory. No network, no token."""
    paths: dict[Any, str] = dict(Edition.objects.order_by("version").values_list("article__pk", "path"))
    yield "{" + f'"format": "cryptonewshub comments", "version": 1, "site": {json.dumps(settings.CNH_BASE_URL)}'
    yield from _rows("comments", (_comment(row, paths) for row in _comments()))
    yield from _rows("decisions", (_fields(row, "comment_id", *_DECISION) for row in Decision.objects.iterator()))
    yield from _rows("flags", (_fields(row, *_FLAG) for row in Flag.objects.iterator()))
    yield from _rows("appeals", (_fields(row, *_APPEAL) for row in Appeal.objects.iterator()))
    yield from _rows("error_reports", (_report(row, paths) for row in ErrorReport.objects.select_related("edition")))
    yield from _rows("addresses", (_fields(row, "email", "made", "confirmed") for row in Address.objects.iterator()))
    following = Following.objects.select_related("address")
    yield from _rows("following", ({"email": f.address.email, "story": paths.get(f.article_id, "")} for f in following))
    yield from _rows("rules", (_fields(row, "kind", "text", "made") for row in WordRule.objects.iterator()))
    bans = Ban.objects.exclude(kind=Ban.Kind.NETWORK)
    yield from _rows("bans", (_fields(row, "kind", "value", "reason", "until", "made") for row in bans))
    threads = Thread.objects.all()
    yield from _rows("threads", ({"story": paths.get(t.article_id, ""), "is_closed": t.is_closed} for t in threads))
    policy = CommentPolicy.load()
    yield f',\n"policy": {_json(_fields(policy, "held", "close_after_days", "house_rules", "forget_after_days"))}\n}}\n'


_DECISION = ("number", "act", "before", "after", "who", "reason", "words", "note", "made")
_FLAG = ("comment_id", "reason", "words", "made")
_APPEAL = ("comment_id", "words", "made", "answer", "is_upheld", "answered")
_REPORT = ("version", "passage", "words", "name", "wants_credit", "made", "outcome", "answer", "answered")


def _comments() -> Iterator[Comment]:
    return Comment.objects.select_related("address").order_by("made", "pk").iterator()


def _comment(row: Comment, paths: dict[Any, str]) -> dict[str, Any]:
    fields = ("name", "body", "quote", "version", "made", "edited", "state", "score", "origin")
    about = {"number": row.pk, "parent": row.parent_id, "story": paths.get(row.article_id, "")}
    return {**about, **_fields(row, *fields), "email": row.address.email if row.address else ""}


def _report(row: ErrorReport, paths: dict[Any, str]) -> dict[str, Any]:
    corrected = row.edition.version if row.edition else None
    return {"story": paths.get(row.article_id, ""), **_fields(row, *_REPORT), "corrected_in": corrected}


def _fields(row: Any, *names: str) -> dict[str, Any]:
    return {name.removesuffix("_id"): getattr(row, name) for name in names}


def _rows(name: str, rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    yield f',\n"{name}": [\n'
    for at, row in enumerate(rows):
        yield f"{',' if at else ''}{_json(row)}\n"
    yield "]"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=lambda moment: moment.isoformat())
