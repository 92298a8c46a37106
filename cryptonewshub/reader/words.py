"""The theme's own words: every string that our pages may show beside sealed text, published for anybody to compare.

They are read out of the templates and of the reader's modules themselves, in the language of the site, so that the list
is never behind the pages. Each has its place, the element that the templates have it in: a comma here is no licence for
a comma there. What the modules and the house say may stand where a template shows a value.
"""

from __future__ import annotations

import ast
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from cryptonewshub.languages.sources import module_messages
from cryptonewshub.languages.wording import Wording, pieces
from cryptonewshub.reader import changes, labels, sourcing, verdicts
from cryptonewshub.reader.affected import section_address
from cryptonewshub.reader.engine import TEMPLATES
from cryptonewshub.reader.following import ELEMENT, END, UNKNOWN, VALUE, Following, Piece
from cryptonewshub.reader.languages import language_names
from cryptonewshub.reader.machines import FEED
from cryptonewshub.reader.site import Site
from cryptonewshub.reader.template_words import Token, statements_of, template_names
from cryptonewshub.reader.times import month_heading, month_names, time_patterns, weekday_names, zone_names
from cryptonewshub.verifier.sealed import collapsed

_LINK = re.compile(r'(?:href|action)="(/[^"#]*)[#"]')
_LETTER = re.compile(r"[^\W\d_]")
_LABEL = re.compile(r'aria-label="((?:{{.*?}}|{%.*?%}|[^"{])*)"')
_VOID = {"meta", "link", "img", "br", "hr", "input", "path", "circle", "wbr", "source", "rect", "line"}
_READER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Words:
    """The templates' strings by their place ('p.meta' has 'Updated'), the modules', where those may stand, links.

    Signs without a letter stand in `places` where the templates do not tell what follows them; else in `inner` before
    an element, in `tied` before a value, in `last` at the end of their place.
    """

    places: dict[str, frozenset[str]]
    inner: dict[str, frozenset[str]]
    tied: dict[str, frozenset[str]]
    last: dict[str, frozenset[str]]
    texts: frozenset[str]
    open: frozenset[str]
    links: frozenset[str]
    labels: frozenset[str]


def words_document(site: Site, *, house: Iterable[str] = (), links: Iterable[str] = ()) -> str:
    """The list as it is published, JSON. `house` are further texts of the newsroom's own, `links` further addresses.

    A line break in a house text parts two texts.
    """
    words = theme_words(site.words)
    own = [site.name, site.promise, site.rights, *(section.name for section in site.sections), *house]
    texts = words.texts | {collapsed(part) for text in own for part in text.split("\n")} - {""}
    addresses = {"/", FEED, *words.links, *(section_address(s.slug) for s in site.sections), *links}
    value = {
        "v": 1,
        "name": site.name,
        "base": site.absolute(""),
        "lang": site.language,
        **{kind: _sorted(getattr(words, kind)) for kind in ("places", "inner", "tied", "last")},
        "texts": sorted(texts),
        "open": sorted(words.open),
        "forms": _forms(site),
        "months": month_names(site.language),
        "month_headings": [month_heading(month, site.language) for month in range(1, 13)],
        "weekdays": weekday_names(site.language),
        "zones": zone_names(site.zone, site.language),
        "times": time_patterns(site.language),
        "links": sorted(addresses),
        "labels": sorted(words.labels),
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def _sorted(places: dict[str, frozenset[str]]) -> dict[str, list[str]]:
    return {place: sorted(found) for place, found in sorted(places.items())}


def _forms(site: Site) -> dict[str, dict[str, list[str]]]:
    """How a sealed value may be shown, by the last part of its key."""
    staff = site.staff_byline or site.words.say("%(newsroom)s Staff", newsroom=site.name)
    return {
        "change": changes.forms(site.words),
        "found_by": changes.finder_forms(site.words),
        "label": labels.forms(site.words),
        "standing": verdicts.forms(site.words),
        "state": changes.state_forms(site.words),
        "lang": {tag: [name] for tag, name in language_names(site.language).items()},
        "byline": {name: [staff] for name in ("Staff", "staff", "STAFF")},
    }


@cache
def theme_words(words: Wording) -> Words:
    """The words of the templates and of the modules that fill them, in a language."""
    reading = _Reading()
    for name in template_names():
        _read_template(name, words, reading)
    said = {
        text
        for module in sorted(_READER.glob("*.py"))
        for message in module_messages(module.read_text(encoding="utf-8"))
        for form in words.forms(message)
        for piece in pieces(form)[::2]
        if _LETTER.search(text := collapsed(piece))
    }
    return Words(
        places=reading.by_place(UNKNOWN),
        inner=reading.by_place(ELEMENT),
        tied=reading.by_place(VALUE),
        last=reading.by_place(END),
        texts=frozenset(said),
        open=frozenset(reading.open_places()),
        links=frozenset(reading.links),
        labels=frozenset(_labels(words)),
    )


def _labels(words: Wording) -> Iterator[str]:
    """What the templates call elements for those who listen, '{}' in the place of each value."""
    messages = {sourcing.NAMED}
    for name in template_names():
        for label in _LABEL.findall((TEMPLATES / name).read_text(encoding="utf-8")):
            messages |= set(re.findall(r'_\("([^"]+)"\)', label))
            for message in re.findall(r"{% trans [^%]*%}(.*?){% endtrans %}", label):
                messages.add(re.sub(r"{{ (\w+) }}", r"%(\1)s", message))
    for message in messages:
        for form in words.forms(message):
            yield collapsed("{}".join(pieces(form)[::2]))


@dataclass
class _Reading:
    """What is found while templates are read. A macro's own level has the places from which the macro is called."""

    found: list[Piece] = field(default_factory=list)
    open: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    callers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def by_place(self, where: str) -> dict[str, frozenset[str]]:
        """The strings of each place that stand there: signs where it says, all others where it says nothing."""
        found: dict[str, set[str]] = defaultdict(set)
        for piece in self.found:
            text = collapsed(piece.text)
            is_sign = bool(piece.before) and UNKNOWN not in piece.before and not any(map(str.isalnum, text))
            if text and where in (piece.before if is_sign else {UNKNOWN}):
                for real in self._real(piece.place, frozenset()):
                    found[real].add(text)
        return {place: frozenset(texts) for place, texts in found.items() if place}

    def open_places(self) -> set[str]:
        return {real for place in self.open for real in self._real(place, frozenset()) if real}

    def _real(self, place: str, seen: frozenset[str]) -> Iterator[str]:
        if not place.startswith("macro "):
            yield place
        elif place not in seen:
            for caller in self.callers[place]:
                yield from self._real(caller, seen | {place})


def _read_template(name: str, words: Wording, reading: _Reading) -> None:
    outline = _Outline()
    for statement in statements_of(name, words):
        if statement.kind == "data":
            reading.links |= set(_LINK.findall(statement.tokens[0].text))
            reading.found += outline.read(statement.tokens[0].text)
        elif statement.kind == "block" and statement.first == "macro":
            outline.enter(statement.names[1])
        elif statement.kind == "block" and statement.first == "endmacro":
            outline.leave()
        elif statement.kind == "block":
            outline.following.statement(statement.first, is_block=len(statement.tokens) == 2)
        elif statement.kind == "element":
            outline.following.found(ELEMENT)
        elif not outline.is_inside_tag:
            outline.following.found(ELEMENT if statement.is_call else VALUE)
            reading.found += (Piece(text, outline.place) for text in _shown(statement.tokens))
            reading.open.add(outline.place)
            for word in statement.names[:1]:
                reading.callers[f"macro {word}"].add(outline.place)


def _shown(tokens: Sequence[Token]) -> Iterator[str]:
    """The strings of a value, without those that something is only compared with."""
    for before, token in zip([Token("", ""), *tokens], tokens, strict=False):
        if token.kind == "string" and before.text not in ("==", "!="):
            yield str(ast.literal_eval(token.text))


class _Outline(HTMLParser):
    """Which element a piece of template stands in: its tag and its first class."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []
        self._found: list[Piece] = []
        self.following = Following()

    @property
    def place(self) -> str:
        return self._open[-1][1] if self._open else ""

    @property
    def is_inside_tag(self) -> bool:
        return self.rawdata.lstrip().startswith("<")

    def read(self, text: str) -> list[Piece]:
        """The pieces of text in it."""
        self._found = []
        self.feed(text)
        if not self.is_inside_tag:
            self.close()
            self.reset()
        return self._found

    def enter(self, macro: str) -> None:
        self.following.found(UNKNOWN)
        self._open.append(("macro", f"macro {macro}"))

    def leave(self) -> None:
        self.following.found(UNKNOWN)
        while self._open.pop()[0] != "macro":
            pass

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.following.found(ELEMENT)
        classes = (dict(attrs).get("class") or "").split()
        if tag not in _VOID:
            self._open.append((tag, place_of(tag, classes)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.following.found(ELEMENT)

    def handle_endtag(self, tag: str) -> None:
        self.following.found(END)
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if data.strip():
            piece = Piece(data, self.place)
            self.following.text(piece)
            self._found.append(piece)


def place_of(tag: str, classes: list[str]) -> str:
    return f"{tag}.{classes[0]}" if classes else tag
