"""What an import is made of, whatever it came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime

LARGEST_FILE = 500 * 1024 * 1024
DEEPEST = 100
_UNREADABLE = re.compile(  # characters that XML has not, also where a reference names them
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
    r"|&#(?:0*(?:[1-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)|x0*(?:[1-8bcef]|1[\da-f]|fff[ef])(?![\da-f]));?",
    re.ASCII | re.IGNORECASE,
)
_BLOCK = ("p", "div", "blockquote", "li", "pre", "h1", "h2", "h3", "h4", "ul", "ol")


class UnreadableExportError(ValueError):
    """The file cannot be imported. The text says why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Imported:
    """One comment of another system. `origin` names it for ever (“disqus:12”): a second run takes nothing twice.

    `story` is the address of its page, whole or the path; `parent` the origin of the comment that it answers, or ''.
    `state` is one of ours; times are aware. `number` is the comment's own, where it was written in this newsroom.
    """

    origin: str
    story: str
    parent: str
    name: str
    email: str
    body: str
    made: datetime
    state: str
    quote: str = ""
    number: int | None = None


def text_of_html(markup: str) -> str:
    """The text of a comment that may hold HTML: paragraphs and line breaks stay, links become their address."""
    from lxml import html

    if "<" not in markup:
        return _unescaped(markup)
    tree = html.fragment_fromstring(_UNREADABLE.sub(" ", markup), create_parent="div")
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "iframe", "object"):
            element.drop_tree() if element is not tree else None
        elif element.tag == "br":
            element.tail = "\n" + (element.tail or "")
        elif element.tag in _BLOCK:
            element.tail = "\n\n" + (element.tail or "")
        elif element.tag == "a" and (target := element.get("href", "")).startswith(("http://", "https://")):
            element.tail = (f" ({target})" if target not in element.text_content() else "") + (element.tail or "")
    return re.sub(r"[ \t]*\n[ \t]*", "\n", str(tree.text_content())).strip()


def when(text: str) -> datetime:
    """A time in ISO 8601 or as SQL writes it; without a zone it is UTC. Raises UnreadableExportError else."""
    try:
        made = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError as error:
        raise UnreadableExportError(f"“{text[:40]}” is no time.") from error
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _unescaped(text: str) -> str:
    import html

    return html.unescape(text)
