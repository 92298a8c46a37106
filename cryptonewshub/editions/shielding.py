"""Confidential sources in what is sealed: each is a number and a commitment, and nothing of its words is told.

The short key by which the story cites it is an editor's word and may give it away, so that is replaced too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cryptonewshub.articles.document import Block, CitedSource, Document, Mark
from cryptonewshub.editions.content import CheckedQuotation, Content


def shielded(content: Content) -> Content:
    """The content with its confidential sources shielded. The others, and the story's own words, stay as they are."""
    names = _public_names(content.document.sources)
    if not names:
        return content
    return replace(
        content,
        document=_document(content.document, names),
        quotations=tuple(_quotation(quotation, names) for quotation in content.quotations),
    )


def _public_names(sources: tuple[CitedSource, ...]) -> dict[str, str]:
    """From the key of each confidential source to 'confidential-1', 'confidential-2', past keys that are in use."""
    taken = {source.id for source in sources if not source.commit}
    free = (name for number in range(1, 2 * len(sources) + 1) if (name := f"confidential-{number}") not in taken)
    return {source.id: next(free) for source in sources if source.commit}


def _document(document: Document, names: Mapping[str, str]) -> Document:
    return replace(
        document,
        sources=tuple(
            CitedSource(id=names[source.id], title="", commit=source.commit) if source.commit else source
            for source in document.sources
        ),
        body=tuple(_block(block, names) for block in document.body),
    )


def _block(block: Block, names: Mapping[str, str]) -> Block:
    source = names.get(block.source, block.source) if block.source else block.source
    return replace(block, source=source, marks=tuple(_mark(mark, names) for mark in block.marks))


def _mark(mark: Mark, names: Mapping[str, str]) -> Mark:
    return replace(mark, value=names.get(mark.value, mark.value)) if mark.kind == "source" else mark


def _quotation(quotation: CheckedQuotation, names: Mapping[str, str]) -> CheckedQuotation:
    if quotation.source not in names:
        return quotation
    return replace(quotation, source=names[quotation.source], passage=None, speaker="")
