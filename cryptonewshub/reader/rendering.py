"""Turns the plain text of a block and the ranges marked in it into HTML that is always well nested.

Ranges may overlap and nest in any way: the text is cut at every boundary, and each piece opens and closes what covers
it. Furniture (signs, numbers) stands at points between characters and outside every range, so that no button is ever
inside a link. Without furniture, the text content of the result is exactly the block's text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from cryptonewshub.articles.document import Mark
from cryptonewshub.reader.addresses import safe_link

# Outermost first, so that neighbouring pieces share as many open elements as they can.
_RANKS = ("a", "span", "mark", "strong", "em")


_NONE = Markup("")


@dataclass(frozen=True, slots=True)
class Range:
    """A part of the text inside one element, by code points. `attributes` is safe HTML with a leading blank.

    `id` is given to the first piece only, since an id may stand once in a page.
    """

    start: int
    end: int
    element: str
    attributes: Markup = _NONE
    id: str = ""


@dataclass(frozen=True, slots=True)
class Furniture:
    """Something that stands at a point of the text and is no part of it."""

    at: int
    html: Markup


def mark_ranges(marks: Iterable[Mark]) -> list[Range]:
    """The elements of a block's marks. A link that may not be followed stays text; a citation is furniture."""
    return [made for mark in marks if (made := _mark_range(mark))]


def render_text(text: str, ranges: Iterable[Range], furniture: Iterable[Furniture] = ()) -> Markup:
    """The HTML of a text with its elements and furniture. Ranges that reach outside the text are cut to it."""
    length = len(text)
    starting: dict[int, list[Range]] = defaultdict(list)
    standing: dict[int, list[Markup]] = defaultdict(list)
    for found in ranges:
        if within := _within(found, length):
            starting[within.start].append(within)
    for item in furniture:
        standing[min(max(item.at, 0), length)].append(item.html)
    return Markup("").join(_pieces(text, starting, standing))


def _mark_range(mark: Mark) -> Range | None:
    if mark.kind == "a":
        link = safe_link(mark.value)
        return Range(mark.start, mark.end, "a", Markup(' href="{}"').format(link)) if link else None
    return None if mark.kind == "source" else Range(mark.start, mark.end, mark.kind)


def _within(found: Range, length: int) -> Range | None:
    start, end = max(found.start, 0), min(found.end, length)
    return Range(start, end, found.element, found.attributes, found.id) if start < end else None


def _nesting(found: Range) -> tuple[int, int, int]:
    return _RANKS.index(found.element), found.start, -found.end


def _pieces(text: str, starting: Mapping[int, list[Range]], standing: Mapping[int, list[Markup]]) -> Iterator[Markup]:
    """Sweeps over the cuts once: closes what ends or must let furniture out, opens what starts or goes on."""
    covering: list[Range] = []
    open_now: list[Range] = []
    named: set[str] = set()
    ends = {found.end for ranges in starting.values() for found in ranges}
    cuts = sorted({0, len(text), *starting, *ends, *standing})
    for cut, following in zip(cuts, [*cuts[1:], len(text)], strict=True):
        covering = [found for found in covering if found.end > cut] + starting.get(cut, [])
        wanted, here = _one_link(sorted(covering, key=_nesting)), standing.get(cut, [])
        shared = 0 if here else _shared(open_now, wanted)
        yield from (Markup(f"</{found.element}>") for found in reversed(open_now[shared:]))
        yield from here
        yield from (_opening(found, named) for found in wanted[shared:])
        open_now = wanted
        yield escape(text[cut:following])


def _one_link(ranges: list[Range]) -> list[Range]:
    """A link cannot stand inside a link: the first one keeps the shared words."""
    first = next((r for r in ranges if r.element == "a"), None)
    return [r for r in ranges if r.element != "a" or r is first]


def _shared(left: Sequence[Range], right: Sequence[Range]) -> int:
    count = 0
    while count < min(len(left), len(right)) and left[count] is right[count]:
        count += 1
    return count


def _opening(found: Range, named: set[str]) -> Markup:
    name = Markup(' id="{}"').format(found.id) if found.id and found.id not in named else Markup("")
    named.add(found.id)
    return Markup(f"<{found.element}") + name + found.attributes + Markup(">")
