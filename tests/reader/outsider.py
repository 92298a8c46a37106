"""An outsider who holds the cast's pages against what was sealed."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

from cryptonewshub.editions.content import Content, digest
from cryptonewshub.reader.said import all_said_by, all_said_on
from cryptonewshub.reader.words import words_document
from cryptonewshub.verifier.page import NotReadable, read_page, read_shown
from cryptonewshub.verifier.projection import Sealed, differences
from cryptonewshub.verifier.theme import Theme
from tests.reader.cast import ECONOMY, EDITIONS, LIVE, SITE
from tests.reader.test_pages import ADA, IDA, PORTS, STRAITS, story


def differences_on(page: str, *more: Content, language: str = "en") -> list[str]:
    """What the page says otherwise than was sealed."""
    return differences(read_shown(read_page(page)), editions(*more), theme(language))


def deceived_by(page: str, language: str = "en") -> bool:
    """Whether the page passes."""
    try:
        return not differences_on(page, language=language)
    except NotReadable:
        return False


def editions(*more: Content) -> dict[str, Sealed]:
    known = (*EDITIONS, LIVE, story(2), story(3), story(4, section=ECONOMY), *more)
    return {digest(one.to_bytes()): Sealed.of(json.loads(one.to_bytes())) for one in known}


@cache
def theme(language: str = "en") -> Theme:
    return Theme.of(published_words(language))


@cache
def published_words(language: str) -> dict[str, Any]:
    """The list as the newsroom publishes it in a language."""
    house = [
        STRAITS.description,
        PORTS.description,
        PORTS.name,
        ADA.name,
        ADA.role,
        ADA.biography,
        ADA.email,
        ADA.contact,
    ]
    house += [", ".join(ADA.languages), "The winter escorts", "The act is passed", "Ada on a quay"]
    house += [
        IDA.name,
        IDA.description,
        *(part for office in IDA.offices for part in (office.title, office.institution)),
    ]
    house += [office.country for office in IDA.offices]
    links = [
        "/archive/2025/",
        "/a/",
        "/a/page/1/",
        "/media/ada.webp",
        "/security/page/1/",
        f"mailto:{ADA.email.replace('@', '%40')}",
        all_said_on("ports"),
        all_said_by(IDA.slug),
    ]
    site = replace(SITE, language=language)
    found: dict[str, Any] = json.loads(words_document(site, house=[*house, ", ".join(ADA.expertise)], links=links))
    return found
