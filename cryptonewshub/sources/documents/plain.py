"""Plain text and Markdown: the words as they stand, without Markdown's signs."""

from __future__ import annotations

from cryptonewshub.sources.extracted import About, ExtractedText, ExtractionError


def read_plain(content: bytes, name: str) -> ExtractedText:
    """Raises ExtractionError where the bytes are not UTF-8."""
    return ExtractedText(_text(content, name), "text/plain")


def read_markdown(content: bytes, name: str) -> ExtractedText:
    """Raises ExtractionError where the bytes are not UTF-8. The first heading is the title."""
    text = _text(content, name)
    heading = next((line[2:].strip() for line in text.split("\n", 40) if line.startswith("# ")), "")
    return ExtractedText(_markdown_text(text), "text/markdown", about=About(title=heading[:250]))


def decode_utf8(content: bytes, name: str) -> str:
    """The bytes as text, each code point kept; raises ExtractionError where they are not UTF-8."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ExtractionError(f"{name} is not UTF-8 text (line {line}); save it as UTF-8.") from None


def one_line_end(text: str) -> str:
    """The text without a byte order mark, its lines ended by line feeds."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _text(content: bytes, name: str) -> str:
    return one_line_end(decode_utf8(content, name))


def _markdown_text(text: str) -> str:
    """The words of a Markdown document without its signs: emphasis, links' addresses, headings' marks."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": False}).parse(text)
    blocks = (_inline_text(token.children) if token.type == "inline" else token.content for token in tokens)
    return "\n\n".join(block for block in blocks if block.strip()) or text


def _inline_text(children: list | None) -> str:  # type: ignore[type-arg]
    breaks = ("softbreak", "hardbreak")
    return "".join("\n" if child.type in breaks else child.content for child in children or [])
