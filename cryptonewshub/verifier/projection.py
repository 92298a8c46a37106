"""Whether a page says what was sealed, all of it and nothing else: `specs/edition.md`, ‘Pages’.

What differs is told in sentences for a reader: which words stand where, and which were sealed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from cryptonewshub.verifier.addresses import is_archived_copy, is_known_place, known_addresses
from cryptonewshub.verifier.page import Element, Reading, Scope, Shown, addresses_in
from cryptonewshub.verifier.sealed import collapsed, is_link, sealed_links, sealed_values
from cryptonewshub.verifier.theme import Theme

_TIMES = re.compile(r"published|updated|correction\.\d+\.made|source\.[^.]+\.(?:published|captured)")
_REQUIRED = re.compile(
    r"section|kicker|headline|standfirst|dateline|published|updated|byline\.\d+(\.role)?|body\.\d+(\.speaker)?|"
    r"image\.\d+(\.credit)?|topic\.\d+|correction\.\d+\.(note|wrong|right|made)|source\.[^.]+\.(title|speaker|publisher|published)|"
    r"quote\.[^.]+\.(passage|before|after|note)"
)
_CLOSING = {"“": "”", "«": "»", "„": "“", "”": "”"}  # what closes the quotation marks of each language
_BLOCK = re.compile(r"body\.\d+")
_NUMBERED = re.compile(r"/page/([1-9]\d*)/$")


@dataclass(frozen=True)
class Sealed:
    """An edition as its content document seals it, ready to be compared."""

    content: dict[str, Any]
    values: dict[str, str]
    links: dict[str, list[tuple[str, str]]]

    @classmethod
    def of(cls, content: dict[str, Any]) -> Sealed:
        links = {key: [link for link in found if is_link(link[1])] for key, found in sealed_links(content).items()}
        return cls(content, sealed_values(content), links)


def differences(reading: Reading, editions: Mapping[str, Sealed], theme: Theme | None) -> list[str]:
    """What the page says otherwise than the editions that it names. `editions` are by their names (hex); one that is
    not there is not compared. Without a theme only sealed words are compared.
    """
    found = [*_names(reading.scopes, editions), *_sealed_words(reading, editions, theme)]
    found += _spliced(reading)
    for scope in reading.whole:
        if scope.content in editions:
            found += _missing(reading, scope, editions[scope.content])
    found += _smaller_pictures(reading.tree)
    if theme is not None:
        found += _beside(reading, theme)
        found += _addresses(reading, editions, theme)
        found += _labels(reading, editions, theme)
        found += _elsewhere(reading, editions, theme)
        found += _head(reading.tree, editions, theme)
    return found


def _names(scopes: Iterable[Scope], editions: Mapping[str, Sealed]) -> Iterator[str]:
    for scope in scopes:
        content = editions[scope.content].content if scope.content in editions else None
        if content and (scope.article, scope.version) != (content.get("article"), str(content.get("version"))):
            yield f"The page names version {scope.version} of an article, and a document that is of another one."


def _sealed_words(reading: Reading, editions: Mapping[str, Sealed], theme: Theme | None) -> Iterator[str]:
    for shown in reading.shown:
        if not shown.scope.content:
            yield f"“{_short(shown.text)}” stands in no edition that the page names."
        elif shown.scope.content in editions:
            yield from _one(shown, editions[shown.scope.content], theme)


def _one(shown: Shown, sealed: Sealed, theme: Theme | None) -> Iterator[str]:
    expected = shown.scope.entry if shown.key == "entry" else sealed.values.get(shown.key)
    if expected is None:
        yield f"The page shows “{_short(shown.text)}” ({shown.key}); nothing of that name was sealed."
        return
    claimed = claimed_value(shown)
    if _is_folded(shown.element) and shown.key.partition(".")[0] not in ("quote", "source"):
        yield f"The page hides “{_short(shown.text)}” ({shown.key}) until something is pressed."
    if claimed != expected:
        yield _unlike(shown.key, claimed, expected)
    elif theme is not None and not _is_form(shown, expected, theme):
        yield f"The page shows “{_short(shown.text)}” ({shown.key}) for what was sealed as “{_short(expected)}”."
    if _BLOCK.fullmatch(shown.key) and shown.element.get("data-was") is None and not shown.key.endswith("speaker"):
        yield from _links(shown, sealed)
    if shown.key.endswith(".url") and shown.element.get("href") not in (None, expected):
        yield f"The page leads to {shown.element.get('href')}, not to the source {expected} ({shown.key})."
    if shown.element.tag == "img":
        yield from _picture(shown, sealed)


def _is_folded(element: Element) -> bool:
    at: Element | None = element
    while at is not None and at.get("popover") is None and (at.tag != "details" or at.get("open") is not None):
        at = at.parent
    return at is not None


def claimed_value(shown: Shown) -> str:
    """The sealed value that an element stands for: of a time its instant, else its `data-v`, else its text."""
    machine = shown.element.get("datetime") if shown.element.tag == "time" else None
    if machine is None:
        return shown.text if shown.value is None else shown.value
    try:
        return f"{datetime.fromisoformat(machine).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if "T" in machine else machine
    except ValueError:
        return machine


def _is_form(shown: Shown, sealed: str, theme: Theme) -> bool:
    if shown.element.tag == "time":
        return theme.tells(shown.text, shown.element.get("datetime") or "")
    if shown.value is None or shown.element.tag == "img":
        return True
    kind = shown.key.rpartition(".")[2]
    if kind == "sha256":
        return shown.text in (sealed, sealed[:12] + "…")
    if kind == "url":
        return theme.has(shown.text, shown.element.place)
    if kind.isdigit():  # byline.0
        kind = shown.key.partition(".")[0]
    return theme.shows(kind if shown.key.partition(".")[0] != "standing" else "standing", sealed, shown.text)


def _unlike(key: str, shown: str, sealed: str) -> str:
    one, two = _parted(shown, sealed)
    return f"The page has “{one}” where “{two}” was sealed ({key})."


def _parted(one: str, two: str) -> tuple[str, str]:
    """Both texts, cut down to the words that differ and some beside them."""
    left, right = one.split(), two.split()
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    first = max(start - 3, 0)
    return tuple(
        ("… " if first else "") + " ".join(words[first : len(words) - max(end - 3, 0)]) + (" …" if end > 3 else "")
        for words in (left, right)
    )  # type: ignore[return-value]


def _links(shown: Shown, sealed: Sealed) -> Iterator[str]:
    expected = sealed.links.get(shown.key, [])
    if list(shown.links) != expected:
        page, there = (
            ", ".join(f"“{words}” to {target}" for words, target in found) or "none"
            for found in (shown.links, expected)
        )
        yield f"The links are others than those that were sealed ({shown.key}): {page}; sealed: {there}."


def _picture(shown: Shown, sealed: Sealed) -> Iterator[str]:
    number = shown.key.partition(".")[2]
    images = sealed.content.get("images", [])
    image = images[int(number)] if number.isdigit() and int(number) < len(images) else {}
    if shown.element.get("src") != f"/media/{quote(image.get('file', ''))}":
        yield f"The page shows the picture {shown.element.get('src')}, not the sealed one ({shown.key})."
    alt = shown.element.get("alt") or ""
    if alt != image.get("alt", "") and (alt or shown.element.above("data-shows") is not None):
        yield _unlike(f"{shown.key}.alt", alt, image.get("alt", ""))


def _missing(reading: Reading, scope: Scope, sealed: Sealed) -> Iterator[str]:
    """A story that is shown whole has every block once and in order, and everything else that is meant for readers."""
    keys = [shown.key for shown in reading.shown if shown.scope == scope and shown.element.get("data-was") is None]
    blocks = [key for key in keys if _BLOCK.fullmatch(key)]
    expected = [key for key in sealed.values if _BLOCK.fullmatch(key)]
    if not _same_order(blocks, expected, sealed.content):
        yield f"The paragraphs are not all there, once and in order: {len(blocks)} shown, {len(expected)} sealed."
    for key, value in sealed.values.items():
        if _REQUIRED.fullmatch(key) and key not in keys:
            yield f"The page leaves out “{_short(value)}” ({key})."


def _spliced(reading: Reading) -> Iterator[str]:
    """A story that is shown whole has no paragraph of another edition in it."""
    for shown in reading.shown:
        whole = shown.element.above("data-shows")
        is_other = whole is not None and shown.scope.content != whole.get("data-content")
        if is_other and _BLOCK.fullmatch(shown.key) and shown.element.get("data-was") is None:
            yield f"“{_short(shown.text)}” stands in the story, and is of another edition ({shown.key})."


def _same_order(shown: list[str], sealed: list[str], content: dict[str, Any]) -> bool:
    """Whether the blocks stand once and in order; of live coverage each update is a unit, and these may be turned."""
    if content.get("label") != "live":
        return shown == sealed
    heads = {f"body.{number}" for number, block in enumerate(content.get("body", ())) if block.get("t") == "update"}
    (above, *updates), (first, *others) = (_cut_at(heads, keys) for keys in (shown, sealed))
    return above == first and sorted(updates) == sorted(others)


def _cut_at(heads: set[str], keys: list[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for key in keys:
        if key in heads:
            parts.append([])
        parts[-1].append(key)
    return parts


def _beside(reading: Reading, theme: Theme) -> Iterator[str]:
    address = _canonical(reading.tree)
    number = _page_number(address)
    figures = set() if reading.whole else {run for run in reading.figures if theme.counts(run)}
    for one in reading.beside:
        run = _without(number, one.run) if one.place == "span.page-number" else one.run
        is_known = theme.has(run, one.place, is_last=one.is_last) or one.run in figures
        if not is_known and (one.place, one.run) != ("p.address", address):
            yield f"“{_short(one.run)}” stands on the page; it was not sealed, and is none of the site’s own words."
    for element in reading.tree.elements():
        if element.tag == "time" and element.get("data-c") is None and not element.above("data-c"):
            text = _own_text(element)
            if not theme.tells(text, element.get("datetime") or ""):
                yield f"The time “{_short(text)}” is not the one that stands behind it, {element.get('datetime')}."


def _addresses(reading: Reading, editions: Mapping[str, Sealed], theme: Theme) -> Iterator[str]:
    """Every link and picture that is not sealed text leads where the site or the edition says."""
    known = known_addresses(reading.scopes, [edition.content for edition in editions.values()]) | theme.links
    passages = [edition.values[key] for edition in editions.values() for key in edition.values if ".passage" in key]
    ids = {element.get("id") for element in reading.tree.elements()}
    for element, name, address in addresses_in(reading.tree):
        if _is_in_block(element) or element.tag in ("link", "script"):
            continue
        bare, _, place = address.partition("#")
        is_known = bare in known or _NUMBERED.sub("/", bare) in known or is_archived_copy(bare, known)
        if not (place in ids if not bare else is_known and is_known_place(bare, place, known, passages)):
            yield f"The page leads to {address} (“{name}”), which neither the site nor the edition names."


def _smaller_pictures(tree: Element) -> Iterator[str]:
    """The smaller forms of a picture are named after it."""
    for element in tree.elements():
        forms = element.get("srcset")
        if forms is None:
            continue
        beside = element.parent.children if element.parent else []
        shown = next((one for one in (element, *beside) if isinstance(one, Element) and one.tag == "img"), None)
        name = (shown.get("src") or "").rpartition(".")[0] if shown else ""
        for form in forms.split(","):
            address = (form.split() or [""])[0]
            if not name or not re.fullmatch(re.escape(name) + r"(-\d+)?\.[a-z]+", address, re.ASCII):
                yield f"The page shows {address}, which is no smaller form of its picture."


def _labels(reading: Reading, editions: Mapping[str, Sealed], theme: Theme) -> Iterator[str]:
    """What is only heard: the labels of elements are the site's own, and tell of a source what can be read of it."""
    for element in reading.tree.elements():
        label, alt = (collapsed(element.get(name) or "") for name in ("aria-label", "alt"))
        if label and not theme.calls(label, _told_by(element, reading, editions, theme)):
            yield f"“{_short(label)}” is said to those who listen to the page; it can be read nowhere on it."
        if element.tag == "img" and element.get("data-c") is None and alt and alt not in theme.texts:
            yield f"“{_short(alt)}” is said of a picture; it was not sealed, and is none of the site’s own words."


def _told_by(element: Element, reading: Reading, editions: Mapping[str, Sealed], theme: Theme) -> Callable[[str], bool]:
    """Judges a value in a label: it stands in the note that a button opens, or is of the source that a number leads to.

    Beside stories it is a figure.
    """
    opened, source = element.get("popovertarget"), (element.get("data-c") or "").rpartition(".")[0]
    if opened is not None:
        inside = [one for one in reading.shown if (note := one.element.above("popover")) and note.get("id") == opened]
        values = {one.text for one in inside}
        for quote_key in {one.key.rpartition(".")[0] for one in inside if one.key.startswith("quote.")}:
            values |= {edition.values.get(f"{quote_key}.speaker", "") for edition in editions.values()}
        values |= {value[:1].lower() + value[1:] for value in values} - {""}
        return lambda told: _is_list_of(told, values)
    if source.startswith("source."):
        keys = (f"{source}.number", f"{source}.title")
        values = {edition.values.get(key, "") for edition in editions.values() for key in keys}
        return lambda told: told in values or told in theme.texts
    if element.above("data-shows") is not None:
        return lambda told: False
    return theme.counts


def _is_list_of(told: str, values: set[str]) -> bool:
    """Whether a text is values with commas between them."""
    return any(
        value and (told == value or (told.startswith(f"{value}, ") and _is_list_of(told[len(value) + 2 :], values)))
        for value in values
    )


def _is_in_block(element: Element) -> bool:
    sealed = element.above("data-c")
    return sealed is not None and sealed is not element and bool(_BLOCK.fullmatch(sealed.get("data-c") or ""))


def _head(tree: Element, editions: Mapping[str, Sealed], theme: Theme) -> Iterator[str]:
    """The title in the tab, the description for search engines and the page's address: sealed, or the site's own."""
    number = _page_number(_canonical(tree))
    months = {_own_text(one) for one in tree.elements() if one.tag == "time" and len(one.get("datetime") or "") == 7}
    headlines, summaries = (
        {edition.values[key] for edition in editions.values() if key in edition.values}
        for key in ("headline", "standfirst")
    )
    for element in tree.elements():
        if element.tag == "title" and element.parent is not None and element.parent.tag == "head":
            title = _own_text(element)
            if not _is_title(title, headlines | months, number, theme):
                yield f"The page calls itself “{_short(title)}”; its headline was sealed otherwise."
        kind = (element.get("name") or element.get("property") or "") if element.tag == "meta" else ""
        text = collapsed(element.get("content") or "")
        if kind.endswith("title") and not (
            text in headlines or _is_title(f"{text} – {theme.name}", headlines | months, number, theme)
        ):
            yield f"The page calls itself “{_short(text)}”; its headline was sealed otherwise."
        if kind.endswith("description") and text not in summaries and not theme.has(text, "title"):
            yield f"The page describes itself as “{_short(text)}”, which was not sealed."
        if kind in ("og:image", "og:url", "twitter:image") and not text.startswith(f"{theme.base}/"):
            yield f"The page names {text}, which is not in {theme.base}."
    address = _canonical(tree)
    if not (address or theme.base).startswith(theme.base):
        yield f"The page says that its address is {address}, which is not in {theme.base}."


def _elsewhere(reading: Reading, editions: Mapping[str, Sealed], theme: Theme) -> Iterator[str]:
    """A story that is shown whole is at the address that was sealed, or at the one of that version."""
    address = _canonical(reading.tree)
    for content in (editions[scope.content].content for scope in reading.whole if scope.content in editions):
        own = theme.base + str(content.get("path"))
        if address not in ("", own, f"{own}editions/{content.get('version')}/"):
            yield f"The page says that its address is {address}; what it shows was sealed for {own}."


def _is_title(title: str, names: Iterable[str], number: str, theme: Theme) -> bool:
    """'Headline – The Harbour Post', 'History of “Headline” – …', 'March 2026, page 2 – …', or words of the list."""
    if title == theme.name:
        return True
    bare = title.removesuffix(f" – {theme.name}")
    if bare == title:
        return False
    bare = _without(number, bare)
    name = next((name for name in names if name in bare), None)
    if name is None:
        return theme.has(bare, "title")
    before, _, after = bare.partition(name)
    is_closed = after == _CLOSING.get(before[-1:], "") or (bool(number) and theme.has(after, "title"))
    return is_closed and (not before or theme.has(before, "title", is_last=False))


def _page_number(address: str) -> str:
    """The number of a page of a list, which its address tells; '' for other pages."""
    found = _NUMBERED.search(address)
    return found[1] if found else ""


def _without(number: str, text: str) -> str:
    """', page 2' without the number of the page."""
    return text.removesuffix(number).rstrip() if number else text


def _own_text(element: Element) -> str:
    return collapsed("".join(child for child in element.children if isinstance(child, str)))


def _canonical(tree: Element) -> str:
    found = (e.get("href") for e in tree.elements() if e.tag == "link" and e.get("rel") == "canonical")
    return next((address for address in found if address), "")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79] + "…"
