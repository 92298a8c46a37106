"""The text of an HTML page as its reader sees it: blocks parted by blank lines, without menus and scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cryptonewshub.sources.extracted import About, ExtractedText, ExtractionError

_DROPPED = frozenset({
    "head", "script", "style", "nav", "template", "noscript", "svg", "iframe", "object", "button", "select", "textarea",
})  # fmt: skip
_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup",
    "hr", "li", "main", "ol", "p", "pre", "section", "summary", "table", "td", "th", "tr", "ul",
})  # fmt: skip
# The encodings that a server's word is taken for, where a page is not UTF-8.
_ENCODINGS = re.compile(
    r"iso-8859-\d{1,2}|windows-125\d|koi8-[ru]|gb2312|gbk|gb18030|big5|euc-jp|euc-kr|shift_jis|utf-16(?:le|be)?|latin1"
)


def read_html(content: bytes, name: str) -> ExtractedText:
    """Raises ExtractionError for a page in an unknown encoding, nested without bound, or without text."""
    return ExtractedText(html_text(content, name), "text/html", about=About(title=title_of(content)))


def html_text(content: bytes, name: str, charset: str = "") -> str:
    """The text alone; `charset` is what a server said of the page, '' where none did."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding=encoding_of(content, name, charset), remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError):
        raise ExtractionError(f"{name} is not HTML that can be read.") from None
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise ExtractionError(f"{name} is nested too deeply; save the part that is quoted as text.")
    return "" if root is None else _joined(_html_pieces(root))


def encoding_of(content: bytes, name: str, charset: str = "") -> str | None:
    """UTF-8 where the bytes are that; else what the server said, or what the page says, which the parser finds."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        if _ENCODINGS.fullmatch(charset):
            return charset
        if re.search(rb"charset\s*=", content[:4096], re.IGNORECASE):
            return None
        raise ExtractionError(f"{name} is not UTF-8 text and names no other encoding; save it as UTF-8.") from None
    return "utf-8"


def _html_pieces(root: object) -> Iterator[str]:
    """Text as it comes, a blank line where a block starts or ends. Iterative, because pages nest deeply."""
    from lxml import etree

    dropped = preformatted = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = str(element.tag)
        if tag in _DROPPED:
            dropped += 1 if event == "start" else -1
        if tag == "pre":
            preformatted += 1 if event == "start" else -1
        if tag in _BLOCKS:
            yield "\n\n"
        elif tag == "br" and event == "start":
            yield "\n"
        text = element.text if event == "start" else element.tail
        if text and not dropped:
            yield text if preformatted else re.sub(r"[ \t\r\n\f]+", " ", text)


def _joined(pieces: Iterator[str]) -> str:
    text = re.sub(r" *\n *", "\n", re.sub(r" {2,}", " ", "".join(pieces)))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def title_of(content: bytes) -> str:
    """What stands in the page's title, cut to a line; '' where that is not plain to see."""
    import html

    match = re.search(rb"<title[^>]{0,200}>([^<]{1,1000})</title", content[:200_000], re.IGNORECASE)
    return " ".join(html.unescape(match[1].decode("utf-8", "replace")).split())[:250] if match else ""
