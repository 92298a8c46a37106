"""The newsroom's policies, from its settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cryptonewshub.articles.models import Policies
from cryptonewshub.articles.prose import Body, parse_body
from cryptonewshub.articles.story_error import StoryError
from cryptonewshub.delivery.kinds import PageKind, fixed_page
from cryptonewshub.reader import policies
from cryptonewshub.reader.accuracy_policy import ADDRESS as ACCURACY
from cryptonewshub.reader.policies import INDEX, POLICIES, PolicyKind, PolicyLink
from cryptonewshub.reader.site import Site


def policies_page(site: Site) -> str:
    say = site.words.say
    links = [PolicyLink(say("Accuracy"), say("What the desk checks before a story is published."), ACCURACY)]
    links += [PolicyLink(say(kind.title), say(kind.says), kind.path) for kind, _ in _written()]
    return policies.policies_page(site, links)


def policy_page(site: Site, slug: str) -> str | None:
    found = next(((kind, text) for kind, text in _written() if kind.slug == slug), None)
    if found is None:
        return None
    kind, text = found
    return policies.policy_page(site, kind, _body(text))


def written_slugs() -> list[str]:
    """The last parts of the addresses of the policies that have a text."""
    return [kind.slug for kind, _ in _written()]


def _written() -> Iterator[tuple[PolicyKind, str]]:
    """The policies that have a text."""
    texts = Policies.objects.first() or Policies()
    for kind in POLICIES:
        if text := getattr(texts, kind.field).strip():
            yield kind, text


def _body(text: str) -> Body:
    """The text as Markdown; text that is no Markdown of ours stands as it was typed."""
    clean = "".join(letter for letter in text.replace("\r\n", "\n") if letter == "\n" or letter.isprintable())
    try:
        return parse_body(clean, path=Path("policy"))
    except StoryError:
        return parse_body(re.sub(r"[\[\]:]", "", clean), path=Path("policy"))


KINDS = (
    fixed_page(INDEX, policies_page),
    PageKind(re.compile(f"{INDEX}(?P<slug>[a-z-]+)/"), policy_page, lambda: (kind.path for kind, _ in _written())),
)
