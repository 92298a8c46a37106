"""What a page may say of an edition: the sealed values of a content document, by the keys that pages use.

`specs/edition.md`, ‘Pages’, has the table. Values are text, in NFC, with white space collapsed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

_CUT_AT = 80  # the length at which the archive cuts what stands around a passage
_NOT_SPEECH = "not-speech"
_TRACED = ("exact", "edited", "translated", "short")
_WORDS_A_MINUTE = 230
_ELLIPSIS = re.compile(r"…|\.(?:\s?\.){2,}")
_LINK = re.compile(
    r"https?://([^\s\\/?#\[\]\x00-\x20\x7f]+)(?:[/?#][^\s\\\x00-\x20\x7f]*)?|mailto:[^\s\\/\x00-\x20\x7f][^\s\\\x00-\x20\x7f]*",
    re.IGNORECASE,
)
_ABOUT = ("path", "version", "change")
_SOURCE_KEYS = ("title", "speaker", "publisher", "published", "lang", "url", "captured", "sha256", "commit")


def collapsed(text: str) -> str:
    """The text as it is compared: NFC, each run of white space one blank, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_link(address: str) -> bool:
    """Whether a page links to it: http, https or mailto, written so that every browser reads the same host in it.

    What a browser would follow anywhere else (script, data, a path of the site) stays plain text. Backslashes, blanks
    and control characters are refused, since browsers repair such addresses; so are brackets in a host, and signs that
    become others there when it is looked up (RFC 3490, section 3.1).
    """
    found = _LINK.fullmatch(address)
    if found is None:
        return False
    host = (found[1] or "").replace("@", "").replace(":", "")
    composed = unicodedata.normalize("NFKC", host)
    return composed == host or not set("/?#@:") & set(composed)


def sealed_values(content: dict[str, Any]) -> dict[str, str]:
    """Every value that a page may show of the edition, by its key, in the order of the content document."""
    return {key: collapsed(str(value)) for key, value in _values(content) if value not in ("", None)}


def sealed_links(content: dict[str, Any]) -> dict[str, list[tuple[str, str]]]:
    """The links of each block that has some, by the block's key: the linked words and where they lead, in order."""
    found = {f"body.{number}": _links(block) for number, block in enumerate(content.get("body", ()))}
    return {key: links for key, links in found.items() if links}


def _links(block: dict[str, Any]) -> list[tuple[str, str]]:
    marks = sorted(mark for mark in block.get("m", ()) if mark[2] == "a")
    return [(collapsed(block.get("s", "")[mark[0] : mark[1]]), mark[3]) for mark in marks]


def _values(content: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "section", content.get("section", {}).get("name")
    yield "series", content.get("series", {}).get("name")
    yield "series.part", content.get("series", {}).get("part")
    for key in ("label", "kicker", "headline", "standfirst", "dateline", "published", "updated", "ended", *_ABOUT):
        yield key, content.get(key)
    for number, byline in enumerate(content.get("bylines", ())):
        yield f"byline.{number}", byline.get("name")
        yield f"byline.{number}.role", byline.get("role")
    for number, block in enumerate(content.get("body", ())):
        yield f"body.{number}", block.get("s")
        yield f"body.{number}.speaker", block.get("speaker")
        yield f"body.{number}.at", block.get("at")
        for place, (words, target) in enumerate(_links(block)):
            yield f"body.{number}.link.{place}", target
            yield f"body.{number}.link.{place}.words", words
    for number, image in enumerate(content.get("images", ())):
        yield f"image.{number}", image.get("sha256")
        yield f"image.{number}.alt", image.get("alt")
        yield f"image.{number}.credit", image.get("credit")
        yield f"image.{number}.licence", image.get("licence")
    for quote in content.get("quotes", ()):
        yield from _quotation(quote)
    for number, source in enumerate(content.get("sources", ()), start=1):
        yield f"source.{source['id']}.number", number
        yield from ((f"source.{source['id']}.{key}", source.get(key)) for key in _SOURCE_KEYS)
    for number, topic in enumerate(content.get("topics", ())):
        yield f"topic.{number}", topic.get("name")
    for number, correction in enumerate(content.get("corrections", ())):
        yield from _correction(number, correction)
    yield "state", _state(content)
    yield from _policy(content.get("policy", {}))
    yield from _counts(content)


def _quotation(quote: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if quote.get("match") == _NOT_SPEECH:
        return
    key, passage = f"quote.{quote['id']}", quote.get("passage", {})
    yield from ((f"{key}.{name}", quote.get(name)) for name in ("text", "speaker", "match", "note"))
    yield f"{key}.standing", _standing(quote)
    yield f"{key}.checked_by", quote.get("checked_by_role")
    before, after = passage.get("prefix", ""), passage.get("suffix", "")
    yield f"{key}.before", re.sub(r"\A\S*\s+", "", before, count=1) if len(before) >= _CUT_AT else before
    yield f"{key}.passage", passage.get("exact")
    yield f"{key}.after", re.sub(r"\s+\S*\Z", "", after, count=1) if len(after) >= _CUT_AT else after


def standing_word(match: str, text: str, passage: str) -> str:
    """How a quotation stands: its verdict, and of an edited one which edit it is.

    An ellipsis or bracket that the source has itself marks no edit of the newsroom's.
    """
    if match != "edited":
        return match
    if len(_ELLIPSIS.findall(text)) > len(_ELLIPSIS.findall(passage)):
        return "cuts"
    return "insertions" if text.count("[") > passage.count("[") else "style"


def _correction(number: int, correction: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((f"correction.{number}.{key}", value) for key, value in correction.items() if key != "passage")


def _standing(quote: dict[str, Any]) -> str:
    return standing_word(quote.get("match", ""), quote.get("text", ""), quote.get("passage", {}).get("exact", ""))


def _state(content: dict[str, Any]) -> str:
    """What a list says beside the headline."""
    changes = [content.get("change"), *(correction.get("change") for correction in content.get("corrections", ()))]
    return "retracted" if "retraction" in changes else "corrected" if "correction" in changes[1:] else ""


def _policy(policy: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "policy", policy.get("sha256")
    yield "policy.name", policy.get("name")
    yield "policy.version", policy.get("version")


def _counts(content: dict[str, Any]) -> Iterator[tuple[str, str | int]]:
    """What a page counts for its reader."""
    matches = [quote.get("match") for quote in content.get("quotes", ())]
    words = content.get("standfirst", "").split()
    for block in content.get("body", ()):
        words += block.get("s", "").split()
    standings = [_standing(quote) for quote in content.get("quotes", ()) if quote.get("match") != _NOT_SPEECH]
    for word in dict.fromkeys(standings):
        yield f"standing.{word}", word
        yield f"count.{word}", standings.count(word)
    yield "count.minutes", max(1, round(len(words) / _WORDS_A_MINUTE))
    yield "count.quotes", sum(match != _NOT_SPEECH for match in matches)
    yield "count.traced", sum(match in _TRACED for match in matches)
    yield "count.sources", len(content.get("sources", ()))
