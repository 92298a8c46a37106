"""What a page says that was sealed: an outsider's reading, by the rule in the docstring of the reader's package.

It knows nothing of the templates: only `data-c`, `data-x`, `data-v` and `<time datetime>`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import html
from lxml.html import HtmlElement


@dataclass(frozen=True)
class Projected:
    """One sealed thing on a page: its key, what it says, and the targets of the links in it."""

    key: str
    text: str
    links: tuple[str, ...] = ()


def project(page: str) -> list[Projected]:
    """Every sealed thing on the page, in order."""
    tree = html.document_fromstring(page)
    return [
        _projected(element) for element in tree.iter() if isinstance(element, HtmlElement) and element.get("data-c")
    ]


def collapsed(text: str) -> str:
    """The text as it is compared: NFC, white space collapsed."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def outside(page: str) -> str:
    """The text of the page that is in no sealed element: the theme's own words."""
    tree: Any = html.document_fromstring(page)
    for element in [e for e in tree.iter() if isinstance(e, HtmlElement) and e.get("data-c")]:
        if element.getparent() is not None:
            element.drop_tree()
    for element in tree.xpath("//head"):
        element.drop_tree()
    return collapsed(tree.text_content())


def _projected(element: Any) -> Projected:
    links = tuple(link.get("href") for link in _elements(element) if link.tag == "a" and link is not element)
    return Projected(element.get("data-c"), _value(element), links)


def _value(element: Any) -> str:
    if element.get("data-v") is not None:
        return str(element.get("data-v"))
    if element.tag == "time":
        return _sealed_time(element.get("datetime"))
    return collapsed("".join(_words(element)))


def _sealed_time(machine: str) -> str:
    if "T" not in machine:
        return machine
    return datetime.fromisoformat(machine).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _elements(element: Any) -> Iterator[Any]:
    if element.get("data-x") is None:
        yield element
        for child in element:
            yield from _elements(child)


def _words(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.get("data-x") is None:
            yield from _words(child)
        yield child.tail or ""
