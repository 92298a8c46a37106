"""The theme's own words: every string that our pages may show beside sealed text, published for anybody to compare.

They are read out of the templates and of the reader's modules themselves, so that the list is never behind the pages.
Each has its place, the element that the templates have it in: a comma here is no licence for a comma there. What the
modules and the house say may stand where a template shows a value.
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from cryptonewshub.reader import changes, labels, verdicts
from cryptonewshub.reader.affected import section_address
from cryptonewshub.reader.engine import Token, template_names, tokens_of
from cryptonewshub.reader.languages import language_names
from cryptonewshub.reader.machines import FEED
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.times import month_names, weekday_names, zone_names
from cryptonewshub.verifier.sealed import collapsed

_LINK = re.compile(r'(?:href|action)="(/[^"#]*)[#"]')
_LETTERS = re.compile(r"[^\W\d_]{2}")
_VOID = {"meta", "link", "img", "br", "hr", "input", "path", "circle", "wbr", "source", "rect", "line"}
_READER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Words:
    """The templates' strings by their place ('p.meta' has 'Updated'), the modules', where those may stand, links."""

    places: dict[str, frozenset[str]]
    texts: frozenset[str]
    open: frozenset[str]
    links: frozenset[str]


def words_document(site: Site, *, house: Iterable[str] = (), links: Iterable[str] = ()) -> str:
    """The list as it is published, JSON. `house` are further texts of the newsroom's own, `links` further addresses.

    A line break in a house text parts two texts.
    """
    words = theme_words()
    own = [site.name, site.promise, site.rights, *(section.name for section in site.sections), *house]
    texts = words.texts | {collapsed(part) for text in own for part in text.split("\n")} - {""}
    addresses = {"/", FEED, *words.links, *(section_address(s.slug) for s in site.sections), *links}
    value = {
        "v": 1,
        "name": site.name,
        "base": site.absolute(""),
        "places": {place: sorted(found) for place, found in sorted(words.places.items())},
        "texts": sorted(texts),
        "open": sorted(words.open),
        "forms": _forms(site),
        "months": month_names(site.language),
        "weekdays": weekday_names(site.language),
        "zones": zone_names(site.zone),
        "links": sorted(addresses),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _forms(site: Site) -> dict[str, dict[str, list[str]]]:
    """How a sealed value may be shown, by the last part of its key."""
    return {
        "change": changes.forms(),
        "found_by": changes.finder_forms(),
        "label": labels.forms(),
        "standing": verdicts.forms(),
        "state": {word.lower(): [word] for word in ("Corrected", "Retracted")},
        "lang": {tag: [name] for tag, name in language_names(site.language).items()},
        "byline": {name: [site.staff_byline or f"{site.name} Staff"] for name in ("Staff", "staff", "STAFF")},
    }


@cache
def theme_words() -> Words:
    """The words of the templates and of the modules that fill them."""
    reading = _Reading()
    for name in template_names():
        _read_template(name, reading)
    texts = {text for module in sorted(_READER.glob("*.py")) for text in _constants(module)}
    return Words(reading.by_place(), frozenset(texts), frozenset(reading.open_places()), frozenset(reading.links))


@dataclass
class _Reading:
    """What is found while templates are read. A macro's own level has the places from which the macro is called."""

    found: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    open: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    callers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, text: str, place: str) -> None:
        if collapsed(text):
            self.found[place].add(collapsed(text))

    def by_place(self) -> dict[str, frozenset[str]]:
        """The strings of each place; those without a letter where only a value or a macro stands are values' keys."""
        found: dict[str, set[str]] = defaultdict(set)
        for place, texts in self.found.items():
            for real in self._real(place, frozenset()):
                found[real] |= texts
        return {place: frozenset(texts) for place, texts in found.items() if place}

    def open_places(self) -> set[str]:
        return {real for place in self.open for real in self._real(place, frozenset()) if real}

    def _real(self, place: str, seen: frozenset[str]) -> Iterator[str]:
        if not place.startswith("macro "):
            yield place
        elif place not in seen:
            for caller in self.callers[place]:
                yield from self._real(caller, seen | {place})


def _read_template(name: str, reading: _Reading) -> None:
    outline = _Outline()
    for kind, tokens in _statements(tokens_of(name)):
        words = [token.text for token in tokens if token.kind == "name"]
        if kind == "data":
            reading.links |= set(_LINK.findall(tokens[0].text))
            for text, place in outline.read(tokens[0].text):
                reading.add(text, place)
        elif kind == "block" and words[:1] == ["macro"]:
            outline.enter(words[1])
        elif kind == "block" and words[:1] == ["endmacro"]:
            outline.leave()
        elif kind == "variable" and not outline.is_inside_tag:
            for text in _shown(tokens):
                reading.add(text, outline.place)
            reading.open.add(outline.place)
            for word in words[:1]:
                reading.callers[f"macro {word}"].add(outline.place)


def _shown(tokens: list[Token]) -> Iterator[str]:
    """The strings of a value, without those that something is only compared with."""
    for before, token in zip([Token("", ""), *tokens], tokens, strict=False):
        if token.kind == "string" and before.text not in ("==", "!="):
            yield str(ast.literal_eval(token.text))


def _statements(tokens: Iterable[Token]) -> Iterator[tuple[str, list[Token]]]:
    """The template as pieces of text, values and statements."""
    inside: list[Token] = []
    for token in tokens:
        if token.kind == "data":
            yield "data", [token]
        elif token.kind in ("variable_begin", "block_begin"):
            inside = []
        elif token.kind in ("variable_end", "block_end"):
            yield token.kind.removesuffix("_end"), inside
        else:
            inside.append(token)


class _Outline(HTMLParser):
    """Which element a piece of template stands in: its tag and its first class."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []
        self._found: list[tuple[str, str]] = []

    @property
    def place(self) -> str:
        return self._open[-1][1] if self._open else ""

    @property
    def is_inside_tag(self) -> bool:
        return self.rawdata.lstrip().startswith("<")

    def read(self, text: str) -> list[tuple[str, str]]:
        """The pieces of text in it, each with its place."""
        self._found = []
        self.feed(text)
        if not self.is_inside_tag:
            self.close()
            self.reset()
        return self._found

    def enter(self, macro: str) -> None:
        self._open.append(("macro", f"macro {macro}"))

    def leave(self) -> None:
        while self._open.pop()[0] != "macro":
            pass

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag not in _VOID:
            self._open.append((tag, place_of(tag, classes)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._found.append((data, self.place))


def place_of(tag: str, classes: list[str]) -> str:
    return f"{tag}.{classes[0]}" if classes else tag


def _constants(module: Path) -> Iterator[str]:
    """Every string in a module that could be a reader's word; docstrings are not."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            text = collapsed(node.value)
            if _is_for_readers(text, is_part=text != node.value):
                yield text


def _is_for_readers(text: str, *, is_part: bool) -> bool:
    return (
        bool(_LETTERS.search(text))
        and (is_part or " " in text or text[0].isupper())
        and not set('<={}[]"\\') & set(text)
    )
