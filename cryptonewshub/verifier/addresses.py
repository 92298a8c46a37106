"""Where a page may lead: to addresses that follow from the editions that it shows, and to their sources."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote, unquote

from cryptonewshub.verifier.page import Scope
from cryptonewshub.verifier.sealed import collapsed

_VERIFY = "/verify/"
_TEXT = ":~:text="
_COPY = re.compile(r"(/sources/[0-9a-f]{64})(?:\.[a-z0-9]{1,8})?")
_PLACE = re.compile(r"(?:checked|report|change-\d+|version-\d+|update-[\d-]+|q\d+)?")


def known_addresses(scopes: Iterable[Scope], contents: Iterable[dict[str, Any]]) -> set[str]:
    """All addresses, without their fragments, that follow from these editions."""
    known = {address for content in contents for address in _addresses_of(content)}
    for scope in scopes:
        known |= {f"/log/content/{scope.content}", f"/log/proof/{scope.entry}.tlog-proof"}
    return known


def is_archived_copy(address: str, known: set[str]) -> bool:
    """Whether an address is that of a source's archived copy: the hash that was sealed, and some ending."""
    found = _COPY.fullmatch(address)
    return found is not None and found[1] in known


def is_known_place(address: str, place: str, known: set[str], passages: Sequence[str]) -> bool:
    """Whether a link's fragment is a place that pages have: a page to verify, words of a passage, a part of a story."""
    if address == _VERIFY:
        return not place or place in known
    if _TEXT in place:
        parts = [collapsed(unquote(part)) for part in place.partition(_TEXT)[2].split(",")]
        return any(all(part in passage for part in parts) for passage in passages)
    return "://" in address or bool(_PLACE.fullmatch(place))


def _addresses_of(content: dict[str, Any]) -> Iterator[str]:
    path = content.get("path", "")
    yield from (path, f"{path}history/", "/verify/", f"{path}editions/{content.get('version')}/")
    last = content.get("version", 1)
    yield from (f"{path}history/{before}-{last}/" for before in range(1, last))
    yield from (f"/topics/{topic['slug']}/" for topic in content.get("topics", ()))
    yield from (f"/authors/{byline['slug']}/" for byline in content.get("bylines", ()) if byline.get("slug"))
    yield from (f"/media/{quote(image['file'])}" for image in content.get("images", ()))
    if "series" in content:
        yield f"/series/{content['series']['slug']}/"
    for correction in content.get("corrections", ()):
        corrected = correction.get("corrects", correction["version"] - 1)
        yield f"{path}editions/{corrected}/"
        yield f"{path}history/{correction['version'] - 1}-{correction['version']}/"
    yield f"{path}comments/"
    if "policy" in content:
        yield f"/policies/accuracy/{content['policy']['version']}/"
    if "section" in content:
        yield f"/{content['section']['slug']}/"
    for source in content.get("sources", ()):
        yield source.get("url", "").partition("#")[0]
        yield f"/sources/{source.get('sha256', '-')}"
