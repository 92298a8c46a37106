"""A page as its reader sees it: which words stand under which sealed key, and which stand beside them.

A page is read strictly: every element closed in its turn, only elements and references from short lists, no comment, no
style and no script of its own. A page that a browser might read otherwise than this module is refused. So any reader
of HTML would find the same words here, and `specs/edition.md` can say in half a page how to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from cryptonewshub.verifier.sealed import collapsed

_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z][\w:.-]*(?:=(?:\"[^\"<]*\"|[^\s\"'<>=`]+))?)*)\s*(/?)>")
_ATTRIBUTE = re.compile(r"([a-zA-Z][\w:.-]*)(?:=(?:\"([^\"]*)\"|([^\s\"'<>=`]+)))?")
_REFERENCE = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|NoBreak|copy|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_EMPTY = frozenset(["area", "br", "col", "hr", "img", "input", "link", "meta", "wbr", "source"])
_KNOWN = _EMPTY | frozenset(
    [
        "html",
        "head",
        "title",
        "body",
        "main",
        "header",
        "footer",
        "nav",
        "section",
        "article",
        "aside",
        "div",
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "span",
        "b",
        "i",
        "em",
        "strong",
        "small",
        "cite",
        "code",
        "pre",
        "kbd",
        "mark",
        "sup",
        "time",
        "abbr",
        "del",
        "ins",
        "blockquote",
        "figure",
        "figcaption",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "details",
        "summary",
        "button",
        "form",
        "label",
        "fieldset",
        "legend",
        "textarea",
        "output",
        "script",
        "picture",
        "svg",
        "g",
        "path",
        "circle",
        "rect",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "desc",
        "use",
        "defs",
        "search",
    ]
)
# What sealed words may stand in, and what may stand among them: nothing that hides them, strikes them out, or quotes.
_HOLDING = frozenset(
    [
        *(
            "a",
            "b",
            "blockquote",
            "caption",
            "cite",
            "code",
            "dd",
            "div",
            "dt",
            "em",
            "figcaption",
            "h1",
            "h2",
            "h3",
            "h4",
        ),
        *("h5", "h6", "img", "li", "p", "small", "span", "strong", "td", "th", "time", "tr"),
    ]
)
_AMONG = frozenset(
    ["a", "abbr", "b", "br", "cite", "code", "em", "i", "mark", "small", "span", "strong", "td", "th", "time"]
)
_FORBIDDEN = frozenset(
    [
        *(
            "style",
            "hidden",
            "srcdoc",
            "background",
            "http-equiv",
            "inert",
            "is",
            "slot",
            "label",
            "placeholder",
            "start",
        ),
        *("aria-description", "aria-roledescription", "aria-valuetext", "aria-placeholder", "aria-braillelabel"),
        "aria-brailleroledescription",
    ]
)
_ABOVE = {
    "head": ("html",),
    "meta": ("head",),
    "title": ("head", "svg", "g", "path", "circle", "rect", "line", "polyline", "polygon"),
}
_DEEPEST = 200
_DATA_SCRIPT = "application/ld+json"
_RUNS_NOWHERE = ("script",)
_LOADED = (("script", "src"), ("link", "href"), ("image", "href"))
_LOADING = ("stylesheet", "preload", "modulepreload")
_ASSETS = "/assets/"
_MEDIA = "/media/"


class NotReadable(ValueError):  # noqa: N818 - it says what the page is
    """The page is not one that every reader of HTML reads in the same way; the sentence says where."""


@dataclass
class Element:
    """An element with its attributes; its children are elements and texts in their order."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)
    depth: int = field(init=False)

    def __post_init__(self) -> None:
        self.depth = self.parent.depth + 1 if self.parent else 0

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    def elements(self) -> Iterator[Element]:
        """This element and all in it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.elements()

    def above(self, name: str) -> Element | None:
        """The nearest element from this one upwards that has the attribute."""
        at: Element | None = self
        while at is not None and at.get(name) is None:
            at = at.parent
        return at

    @property
    def place(self) -> str:
        """Its tag and first class: 'p.meta'."""
        classes = (self.get("class") or "").split()
        return f"{self.tag}.{classes[0]}" if classes else self.tag


def read_page(text: str) -> Element:
    """The page as a tree under an element without a name. Raises NotReadable."""
    root = at = Element("", {})
    place = 0
    if text[:15].lower() == "<!doctype html>":
        place = 15
    while place < len(text):
        end = text.find("<", place)
        end = len(text) if end < 0 else end
        if end > place:
            at.children.append(_text(text[place:end]))
        if end == len(text):
            break
        place, at = _tag(text, end, at)
    if at is not root:
        raise NotReadable(f"The page ends inside its element “{at.tag}”.")
    return root


def _tag(text: str, start: int, at: Element) -> tuple[int, Element]:
    found = _TAG.match(text, start)
    if found is None or found[2] not in _KNOWN:
        raise NotReadable(f"The page has something that we do not read: “{collapsed(text[start : start + 40])}”.")
    closing, tag, attributes, closed = found.groups()
    if not closing and at.depth >= _DEEPEST:
        raise NotReadable(f"The page has elements in elements, more than {_DEEPEST} deep.")
    if closing:
        if at.tag != tag or at.parent is None:
            raise NotReadable(f"The page closes “{tag}” where it is not open.")
        return found.end(), at.parent
    element = Element(tag, _attributes(attributes), at)
    _require_harmless(element)
    at.children.append(element)
    if tag in _RUNS_NOWHERE:
        end = text.find(f"</{tag}>", found.end())
        if end < 0 or (element.get("type") != _DATA_SCRIPT and text[found.end() : end].strip()):
            raise NotReadable("The page has a script of its own.")
        element.children.append(text[found.end() : end])
        return end + len(tag) + 3, at
    return found.end(), at if tag in _EMPTY or closed else element


def _attributes(text: str) -> dict[str, str]:
    found = [(name.lower(), quoted or bare) for name, quoted, bare in _ATTRIBUTE.findall(text)]
    if len({name for name, _ in found}) != len(found):
        raise NotReadable("The page has an element with the same attribute twice.")
    return {name: _text(value) for name, value in found}


def _require_harmless(element: Element) -> None:
    for name in element.attributes:
        is_loaded = (element.tag, name) in _LOADED and (element.tag != "link" or element.get("rel") in _LOADING)
        if is_loaded and not element.attributes[name].startswith(_ASSETS):
            raise NotReadable(f"The page loads {element.attributes[name]}, which is not among the site’s own files.")
        if name == "srcset" and not all(one.strip().startswith(_MEDIA) for one in element.attributes[name].split(",")):
            raise NotReadable("The page has a picture that is not among the site’s own.")
        if name.startswith("on") or name in _FORBIDDEN or not _may_have(element, name):
            raise NotReadable(f"The page has an element “{element.tag}” with the attribute “{name}”.")
    above = element.parent.tag if element.parent else ""
    if above not in _ABOVE.get(element.tag, (above,)):
        raise NotReadable(f"The page has an element “{element.tag}” where none may be.")


def _may_have(element: Element, name: str) -> bool:
    """Whether the attribute can say, hide or show nothing that is not looked at."""
    value = element.attributes[name]
    if name == "title":
        return element.tag == "link"
    if name == "value":
        return element.tag == "input" and (not value or element.get("type") in ("radio", "checkbox", "hidden"))
    if name == "popover":
        return element.tag == "div"
    if name in ("width", "height") and element.tag == "img":
        return bool(re.fullmatch(r"[1-9]\d{0,4}", value, re.ASCII))
    return True


def _text(text: str) -> str:
    if "\0" in text or "&" in _REFERENCE.sub("", text):
        raise NotReadable(f"The page has a reference that we do not read, in “{collapsed(text)[:40]}”.")
    return unescape(text)


@dataclass(frozen=True)
class Scope:
    """Which edition an element shows: its data-article, data-version, data-content and data-entry."""

    article: str
    version: str
    content: str
    entry: str


@dataclass(frozen=True)
class Shown:
    """One sealed thing on a page.

    `text` is what the reader sees; `value` the sealed value that the element claims where that is another one. `links`
    are the words and targets of the links in it.
    """

    scope: Scope
    key: str
    text: str
    value: str | None
    links: tuple[tuple[str, str], ...]
    element: Element


@dataclass(frozen=True)
class Beside:
    """A run of text that is not sealed, the place it stands in, and whether it is the last thing there."""

    place: str
    run: str
    is_last: bool


@dataclass
class Reading:
    """What a page shows: sealed things, runs of text beside them, and the editions that it names.

    `figures` are the runs in elements that say that they count something (`data-figure`).
    """

    shown: list[Shown] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    figures: set[str] = field(default_factory=set)
    whole: list[Scope] = field(default_factory=list)
    tree: Element = field(default_factory=lambda: Element("", {}))

    @property
    def scopes(self) -> list[Scope]:
        """The editions on the page, each once, the one that is shown whole first."""
        found = [*self.whole, *(item.scope for item in self.shown)]
        return list(dict.fromkeys(scope for scope in found if scope.content))


def read_shown(tree: Element) -> Reading:
    """Takes a page apart. Raises NotReadable where sealed words stand in no edition."""
    reading = Reading(tree=tree)
    _walk(tree, reading, is_sealed=False)
    for element in tree.elements():
        if element.get("data-shows") == "whole":
            reading.whole.append(_scope(element, "data-"))
        for name, prefix in (("data-c", "data-"), ("data-was", "data-was-")):
            if element.get(name) is not None:
                _require_plain(element)
                reading.shown.append(_shown(element, name, prefix))
    return reading


def _require_plain(sealed: Element) -> None:
    """Raises NotReadable where the sealed words would not be seen as they are read: hidden, struck out, raised."""
    at: Element | None = sealed
    while at is not None and at.tag not in ("del", "ins"):
        at = at.parent
    odd = at.tag if at else "" if sealed.tag in _HOLDING else sealed.tag
    is_compared = sealed.above("data-was-version") is not None and sealed.above("data-shows") is None
    among = _AMONG | {"del", "ins"} if is_compared else _AMONG
    waiting = [child for child in sealed.children if isinstance(child, Element)]
    while waiting and not odd:
        element = waiting.pop()
        if element.get("data-x") is None:
            odd = "" if element.tag in among else element.tag
            waiting += [child for child in element.children if isinstance(child, Element)]
    if odd:
        raise NotReadable(f"The page has sealed words in an element “{odd}”, which may show them otherwise.")


def _walk(element: Element, reading: Reading, *, is_sealed: bool) -> None:
    is_sealed = (is_sealed or _is_sealed(element)) and element.get("data-x") is None
    if _is_sealed(element) and element.get("data-x") is not None:
        is_sealed = True
    for at, child in enumerate(element.children, start=1):
        if isinstance(child, Element):
            _walk(child, reading, is_sealed=is_sealed)
        elif not is_sealed and not _is_looked_at(element) and collapsed(child):
            reading.beside.append(Beside(element.place, collapsed(child), at == len(element.children)))
            if element.above("data-figure") is not None:
                reading.figures.add(collapsed(child))


def _is_looked_at(element: Element) -> bool:
    """Whether the text of an element is no text of the page, or is compared by a rule of its own."""
    is_title = element.tag == "title" and element.parent is not None and element.parent.tag == "head"
    return is_title or element.tag in ("script", "time")


def _is_sealed(element: Element) -> bool:
    return element.get("data-c") is not None or element.get("data-was") is not None


def _shown(element: Element, name: str, prefix: str) -> Shown:
    left_out = "ins" if name == "data-was" else "del" if element.get("data-was") is not None else ""
    words: list[str] = []
    links: list[list[Any]] = []
    _read_words(element, left_out, words, links)
    text = "".join(words)
    return Shown(
        scope=_scope(element, prefix),
        key=element.get(name) or "",
        text=collapsed(text),
        value=element.get("data-v"),
        links=tuple((collapsed(text[start:end]), target) for start, end, target in links),
        element=element,
    )


def _scope(element: Element, prefix: str) -> Scope:
    at = element.above(f"{prefix}version")
    article = element.above("data-article")
    if at is None or article is None:
        raise NotReadable("The page has sealed words and does not say of which edition.")
    content, entry = at.get(f"{prefix}content") or "", at.get(f"{prefix}entry") or ""
    return Scope(article.get("data-article") or "", at.get(f"{prefix}version") or "", content, entry)


def _read_words(element: Element, left_out: str, words: list[str], links: list[list[Any]]) -> None:
    """Appends the texts in an element, and its links as start, end and target; a sign may stand in the midst of one."""
    for child in element.children:
        if isinstance(child, str):
            words.append(child)
        elif child.get("data-x") is None and child.tag != left_out:
            start = sum(map(len, words))
            _read_words(child, left_out, words, links)
            if child.tag == "a":
                _add_link(links, start, sum(map(len, words)), child.get("href") or "")


def _add_link(links: list[list[Any]], start: int, end: int, target: str) -> None:
    if links and links[-1][1:] == [start, target]:
        links[-1][1] = end
    else:
        links.append([start, end, target])


def addresses_in(tree: Element) -> Iterator[tuple[Element, str, str]]:
    """Every address that the page names: the element, the attribute, the address."""
    for element in tree.elements():
        for name in ("href", "src", "action"):
            if element.get(name) is not None:
                yield element, name, element.get(name) or ""
