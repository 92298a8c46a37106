"""Reading XML that somebody else wrote: streaming, without a DTD, without entities, no deeper than comments are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from cryptonewshub.comments.importing.shape import DEEPEST, LARGEST_FILE, UnreadableExportError


def elements(path: Path, *names: str) -> Iterator[Element]:
    """Every element with one of the names that is in no other such, whole. Each is emptied afterwards.

    Raises UnreadableExportError for what is no XML, or no XML that comments come in.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableExportError(f"{path} is larger than {LARGEST_FILE // 2**20} MB. Export it in parts.")
    depth = inside = 0
    try:
        for event, element in iterparse(path, events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            if depth > DEEPEST:
                raise UnreadableExportError(f"{path} is nested deeper than any export of comments.")
            if element.tag not in names:
                continue
            inside += 1 if event == "start" else -1
            if event == "end" and inside == 0:
                yield element
                element.clear()
    except (ParseError, DefusedXmlException, UnicodeDecodeError, LookupError) as error:
        raise UnreadableExportError(f"{path} cannot be read as XML: {error}.") from error


def text_in(element: Element, name: str) -> str:
    return (element.findtext(name) or "").strip()
