"""Between the editor's rich text and a document's blocks: plain text with marked ranges. Both ways, without loss.

The editor keeps a citation as a link with the source's key in it, around words of the form `[key]` that only the editor
shows: `<a linktype="source" source="minister">[minister]</a>`. In a block it is a mark of no length.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser

from cryptonewshub.articles.document import Block, BlockKind, Mark, MarkKind

_EMPHASIS: dict[str, MarkKind] = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
_TAG_OF: dict[MarkKind, str] = {"strong": "b", "em": "i"}
PageAddress = Callable[[int], str]


def blocks_of(html: str, kind: BlockKind = "p", *, page_address: PageAddress = lambda _: "") -> list[Block]:
    """The paragraphs of a piece of rich text. `page_address` gives the address of an inner link's page, or ''."""
    reader = _RichTextReader(page_address)
    reader.feed(html)
    reader.close()
    return [Block(kind, text, marks) for text, marks in reader.finished() if text.strip()]


def rich_text_of(block: Block) -> str:
    """The rich text of one paragraph, as the editor keeps it."""
    edges = sorted(_edges(block.marks))
    html: list[str] = []
    position = 0
    for offset, _, markup in edges:
        html.append(_escaped(block.text[position:offset]))
        html.append(markup)
        position = offset
    html.append(_escaped(block.text[position:]))
    return f"<p>{''.join(html)}</p>"


def _escaped(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br/>")


def _edges(marks: tuple[Mark, ...]) -> Iterator[tuple[int, int, str]]:
    """Opening and closing tags with their offsets; the second figure nests them: what opens first closes last."""
    for order, mark in enumerate(sorted(marks, key=lambda mark: (mark.start, -mark.end)), start=1):
        if mark.kind == "source":
            key = escape(mark.value)
            yield mark.start, 0, f'<a linktype="source" source="{key}">[{key}]</a>'
        elif mark.kind == "a":
            yield mark.start, order, f'<a href="{escape(mark.value)}">'
            yield mark.end, -order, "</a>"
        else:
            yield mark.start, order, f"<{_TAG_OF[mark.kind]}>"
            yield mark.end, -order, f"</{_TAG_OF[mark.kind]}>"


class _RichTextReader(HTMLParser):
    """Reads rich text into (text, marks) pairs, a pair a paragraph."""

    def __init__(self, page_address: PageAddress) -> None:
        super().__init__(convert_charrefs=True)
        self._page_address = page_address
        self._done: list[tuple[str, tuple[Mark, ...]]] = []
        self._text = ""
        self._marks: list[Mark] = []
        self._open: list[tuple[str, int, MarkKind | None, str]] = []
        self._in_citation = False

    def finished(self) -> list[tuple[str, tuple[Mark, ...]]]:
        self._end_paragraph()
        return self._done

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in ("p", "li", "h2", "h3", "h4", "blockquote"):
            self._end_paragraph()
        elif tag == "br":
            self._text += "\n"
        elif tag == "a" and attributes.get("linktype") == "source":
            self._marks.append(Mark(len(self._text), len(self._text), "source", attributes.get("source", "")))
            self._in_citation = True
        elif tag == "a":
            self._open.append((tag, len(self._text), "a", self._address(attributes)))
        elif tag in _EMPHASIS:
            self._open.append((tag, len(self._text), _EMPHASIS[tag], ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._in_citation:
            self._in_citation = False
            return
        for index in range(len(self._open) - 1, -1, -1):
            if self._open[index][0] == tag:
                _, start, kind, value = self._open.pop(index)
                self._close(start, kind, value)
                return
        if tag == "p":
            self._end_paragraph()

    def handle_data(self, data: str) -> None:
        if not self._in_citation:
            self._text += unicodedata.normalize("NFC", data)

    def _address(self, attributes: dict[str, str]) -> str:
        identifier = attributes.get("id", "")
        if attributes.get("linktype") == "page" and identifier.isascii() and identifier.isdigit():
            return self._page_address(int(identifier))
        return attributes.get("href", "")

    def _close(self, start: int, kind: MarkKind | None, value: str) -> None:
        if kind and len(self._text) > start and (kind != "a" or value):
            self._marks.append(Mark(start, len(self._text), kind, value))

    def _end_paragraph(self) -> None:
        while self._open:
            _, start, kind, value = self._open.pop()
            self._close(start, kind, value)
        if self._text or self._marks:
            self._done.append((self._text, tuple(sorted(self._marks, key=lambda mark: (mark.start, -mark.end)))))
        self._text, self._marks = "", []
