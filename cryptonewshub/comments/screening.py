"""Screening: what speaks for a person looking at a comment before others read it. It holds; it never refuses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Q

from cryptonewshub.comments.likeness import is_near
from cryptonewshub.comments.models import Comment, CommentPolicy, State, WordRule
from cryptonewshub.comments.plain_words import links_in
from cryptonewshub.people.models import Author

MANY_LINKS = 3
SUSPICIOUS = 0.8
_COMPARED = 500


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How a comment came: whether the browser did the sum, how many seconds after it was set, whether the field that
    nobody sees was filled in, and the hashes under which its network is known.
    """

    is_proved: bool = False
    seconds: float | None = None
    filled_trap: bool = False
    networks: tuple[str, ...] = ()


def reasons_to_hold(comment: Comment, came: Circumstances, now: datetime, quickest: int) -> list[str]:
    """Sentences for the moderator; none means that readers may see it at once."""
    return [
        *_about_coming(came, quickest),
        *_about_rules(comment, WordRule.objects.all()),
        *_about_likeness(comment, now),
        *_about_names(comment),
        *_about_policy(comment, came, now),
    ]


def caught_by(rule: WordRule, comments: Iterable[Comment]) -> list[Comment]:
    """Those that a rule would have held."""
    return [comment for comment in comments if _catches(rule, comment)]


def _about_coming(came: Circumstances, quickest: int) -> Iterable[str]:
    if came.filled_trap:
        yield "A field that no person sees was filled in."
    if not came.is_proved:
        yield "Written without JavaScript, so no proof of work was asked."
    elif came.seconds is not None and came.seconds < quickest:
        yield f"Written within {quickest} seconds."


def _about_rules(comment: Comment, rules: Iterable[WordRule]) -> Iterable[str]:
    for rule in rules:
        if _catches(rule, comment):
            yield f"A rule holds what links to {rule}." if rule.kind == "link" else f"A rule holds the words “{rule}”."
    if len(links_in(comment.body)) >= MANY_LINKS:
        yield f"It has {MANY_LINKS} links or more."


def _catches(rule: WordRule, comment: Comment) -> bool:
    if rule.kind == WordRule.Kind.LINK:
        return any(_is_on(link, rule.text) for link in links_in(comment.body))
    words = " ".join(re.findall(r"\w+", f"{comment.name} {comment.body}".casefold()))
    wanted = " ".join(re.findall(r"\w+", rule.text.casefold()))
    return bool(wanted) and f" {wanted} " in f" {words} "


def _is_on(link: str, site: str) -> bool:
    try:
        host = (urlsplit(link).hostname or "").lower()
    except ValueError:
        return False
    wanted = site.strip().lower().removeprefix("https://").removeprefix("http://").rstrip("/")
    return host == wanted or host.endswith(f".{wanted}")


def _about_likeness(comment: Comment, now: datetime) -> Iterable[str]:
    recent = Comment.objects.filter(made__gt=now - timedelta(days=2)).exclude(fingerprint=0).exclude(pk=comment.pk)
    for number, fingerprint in recent.order_by("-made").values_list("pk", "fingerprint")[:_COMPARED]:
        if is_near(comment.fingerprint, fingerprint):
            yield f"Almost the same as comment {number}."
            break
    if comment.score is not None and comment.score >= SUSPICIOUS:
        yield f"Much like what was rejected before: {comment.score:.0%}."


def _about_names(comment: Comment) -> Iterable[str]:
    if Author.objects.filter(name__iexact=comment.name).exists():
        yield "It is signed with the name of somebody in the newsroom."


def _about_policy(comment: Comment, came: Circumstances, now: datetime) -> Iterable[str]:
    held = CommentPolicy.load().held
    if held == CommentPolicy.Held.ALL:
        yield "House policy: every comment waits."
    elif held == CommentPolicy.Held.FIRST and not _is_known(comment, came, now):
        yield "The first comment of this writer."


def _is_known(comment: Comment, came: Circumstances, now: datetime) -> bool:
    """A name alone proves nothing: it counts together with a confirmed address, or the network of these days."""
    same = Q(network__in=came.networks)
    if comment.address and comment.address.confirmed:
        same |= Q(address=comment.address)
    earlier = Comment.objects.filter(same, name__iexact=comment.name).exclude(pk=comment.pk)
    refused = earlier.filter(state__in=(State.REJECTED, State.HIDDEN), made__gt=now - timedelta(days=30))
    return earlier.shown().exists() and not refused.exists()
