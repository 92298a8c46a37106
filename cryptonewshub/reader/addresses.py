"""Addresses that leave the page: pictures, and which addresses of others may become links."""

from __future__ import annotations

from urllib.parse import quote, urldefrag, urlsplit

from cryptonewshub.verifier.sealed import is_link

_FRAGMENT_EDGE_WORDS = 5


def media_path(file: str) -> str:
    return f"/media/{quote(file)}"


def safe_link(address: str) -> str | None:
    """The address if it may become a link: http, https or mailto, written without tricks; else None."""
    return address if is_link(address) else None


def passage_link(address: str, words: str) -> str | None:
    """A link that opens a source at the words, by a text fragment (WICG), or plain where that cannot work."""
    link = safe_link(address)
    if link is None or not words or link.lower().startswith("mailto:") or urlsplit(link).path.lower().endswith(".pdf"):
        return link
    bare, fragment = urldefrag(link)
    return f"{bare}#{fragment}:~:text={_text_directive(words.split())}"


def _text_directive(words: list[str]) -> str:
    if len(words) <= 2 * _FRAGMENT_EDGE_WORDS:
        return _fragment_quote(words)
    return f"{_fragment_quote(words[:_FRAGMENT_EDGE_WORDS])},{_fragment_quote(words[-_FRAGMENT_EDGE_WORDS:])}"


def _fragment_quote(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")  # a bare hyphen would mean 'prefix' or 'suffix'
