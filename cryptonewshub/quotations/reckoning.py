"""The story's own figures against the sources, by value: 'in no source', or 'the source has another value'.

A source's figure answers a story's when both are of one kind and what surrounds them is alike. A right rounding agrees,
and so do 'more than', 'nearly' and their like within reason. A story without sources gets one note at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from .dates import CalendarDate
from .figures import Figure, FigureKind, find_figures, stem
from .ledger import Entry, Ledger, read_ledger, stems
from .speaking import sources_speaking_at
from .story import Story
from .vocabulary import Remark, Severity, SourceText

RULE = "figure"
MOST = 400
"""Figures that are looked at in one story: more of them are a table, which another tool should check."""
Ledgers = Sequence[tuple[SourceText, Ledger]]


def figure_remarks(story: Story) -> Iterator[Remark]:
    """One remark for each figure of the story's own prose that the sources contradict or do not have."""
    figures = [figure for figure in find_figures(story.prose)[:MOST] if not _is_passed_over(story, figure)]
    if not story.sources:
        yield from _untraced(figures)
        return
    ledgers = [(source, read_ledger(source.text)) for source in story.sources]
    told: set[tuple[str, float, frozenset[str]]] = set()
    checked: set[tuple[object, ...]] = set()
    for figure in figures:
        key = (figure.kind, figure.value, figure.units)
        place = (*key, figure.bound, _around(story, figure, 10))
        remark = None if key in told or place in checked else _check(story, figure, figures, ledgers)
        checked.add(place)
        if remark is not None:
            told.add(key)
            yield remark


_FURNITURE = re.compile(r"©|\ball rights reserved\b|\bread(?:ing)? time\b|^By [A-Z].*\|", re.IGNORECASE)


def _is_passed_over(story: Story, figure: Figure) -> bool:
    """Figures that nobody looks up: the day and year of publication, page furniture."""
    if _is_publication_date(story, figure):
        return True
    paragraph = story.paragraph_at(figure.start)
    line = story.prose[paragraph.start : min(paragraph.end, paragraph.start + 200)]
    return bool(_FURNITURE.search(line))


def _is_publication_date(story: Story, figure: Figure) -> bool:
    if story.published is None:
        return False
    if figure.kind == "year":
        return figure.value == story.published.year
    return figure.date is not None and figure.date.agrees_with(story.published)


def _untraced(figures: list[Figure]) -> Iterator[Remark]:
    """A story that has many figures and no source at all hears it once."""
    weighty = [figure for figure in figures if _weight(figure) == "warning"]
    if len(weighty) >= 3:
        first = weighty[0]
        yield Remark(
            RULE, "note", first.start, first.end, first.text,
            f"The story has {len(weighty)} figures, from “{first.text}” on, and no source to compare them with.",
            "Attach the sources that give them.",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """A source's figure that may be the story's: `likeness` counts the words around both that they share."""

    source: SourceText
    ledger: Ledger
    entry: Entry
    likeness: int


def _check(story: Story, figure: Figure, mine: Sequence[Figure], ledgers: Ledgers) -> Remark | None:
    """The remark that a figure deserves, if any: its equal in a source lets it pass, but for a likelier rival."""
    misdated = _misdated(story, figure, ledgers)
    if misdated is not None:
        return misdated
    if _is_dated_so(story, figure):
        return None
    same = _equal(_around(story, figure, 25), figure, ledgers)
    near = _around(story, figure, _NEAR[figure.kind])
    rival = _rival(near, figure, mine, ledgers)
    if rival is not None and rival.likeness >= _needed(near, figure, same):
        return _contradicted(figure, rival)
    if same is not None or figure.is_loose or figure.kind in _ONLY_AGAINST or _may_be_in_other_words(story, figure):
        return None
    return _missing(figure)


def _may_be_in_other_words(story: Story, figure: Figure) -> bool:
    """A number in words beside a source in another language, whose words this grammar cannot read."""
    return figure.is_spelled and any(is_foreign(source) for source in story.sources)


def is_foreign(source: SourceText) -> bool:
    """Whether only the digits of a source can be read."""
    return not source.language.lower().startswith("en")


def _needed(near: frozenset[str], figure: Figure, same: Answer | None) -> int:
    """How like the story's words a rival's must be: the more, the better the equal figure fits there."""
    enough = _enough(near, figure) + figure.is_loose
    if same is None:
        return enough
    return max(enough, _MARGIN + len(near & same.ledger.around(same.entry, _NEAR[figure.kind])))


def _enough(near: frozenset[str], figure: Figure) -> int:
    """A short sentence has fewer words to share."""
    return _ENOUGH[figure.kind] - (len(near) <= 5 and _ENOUGH[figure.kind] >= 3)


_MARGIN = 4
_MOST_RIVALS = 1000
_ONLY_AGAINST = frozenset({"age", "ordinal", "label"})
_NEAR: dict[FigureKind, int] = {
    "count": 10, "money": 10, "percent": 10, "points": 10, "age": 4, "date": 10, "year": 10, "ordinal": 8, "label": 8,
}  # fmt: skip
"""How many words from a figure still tell which of several it is."""
_ENOUGH: dict[FigureKind, int] = {
    "count": 3, "money": 4, "percent": 3, "points": 3, "age": 1, "date": 2, "year": 5, "ordinal": 2, "label": 3,
}  # fmt: skip
"""How many of those words a source's unequal figure must share to be a rival; a count's unit is one of them."""


def _around(story: Story, figure: Figure, reach: int) -> frozenset[str]:
    """Stems of the story's words up to `reach` words from a figure, within its sentence, and what it counts."""
    sentence = story.sentence_at(figure.start)
    before = story.text[max(sentence.start, figure.start - 12 * reach) : figure.start].split()[-reach:]
    after = story.text[figure.end : min(sentence.end, figure.end + 12 * reach)].split()[:reach]
    return stems(" ".join([*before, *after])) | figure.units


def _equal(context: frozenset[str], figure: Figure, ledgers: Ledgers) -> Answer | None:
    """The source's figure of the same value in the likeliest surroundings."""
    best: Answer | None = None
    for source, ledger in ledgers:
        is_foreign = not source.language.lower().startswith("en")
        for entry in ledger.entries if is_foreign else _comparable(ledger, figure):
            other = entry.figure
            if not (
                other.value == figure.value or _agrees_as_date(figure, other) if is_foreign else _agrees(figure, other)
            ):
                continue
            likeness = 1 if is_foreign else len(context & ledger.around(entry, 14))
            likeness -= other.value != figure.value  # a rounding is a weaker witness
            if best is None or likeness > best.likeness:
                best = Answer(source, ledger, entry, likeness)
    return best


def _comparable(ledger: Ledger, figure: Figure) -> Iterator[Entry]:
    """A source's figures of the kinds that a reader, or this grammar, may take for the figure's own."""
    for kind in (figure.kind, *_CROSSING.get(figure.kind, ())):
        yield from ledger.by_kind.get(kind, ())


_CROSSING: dict[FigureKind, tuple[FigureKind, ...]] = {
    "year": ("date", "count"), "count": ("label", "age", "money", "year", "ordinal"), "label": ("count",),
    "age": ("count",), "money": ("count",), "percent": ("count",),
}  # fmt: skip


def _rival(context: frozenset[str], figure: Figure, mine: Sequence[Figure], ledgers: Ledgers) -> Answer | None:
    """The source's figure of another value that stands where the story's should; none that the story has elsewhere."""
    best: Answer | None = None
    for source, ledger in ledgers:
        if not source.language.lower().startswith("en"):
            continue
        for entry in ledger.by_kind.get(figure.kind, ())[:_MOST_RIVALS]:
            likeness = len((context - figure.units) & ledger.around(entry, _NEAR[figure.kind]))
            likeness += bool(figure.units & entry.figure.units)
            if likeness < _enough(context, figure) or (best is not None and likeness <= best.likeness):
                continue
            if _is_rival(figure, entry.figure) and not any(
                _agrees(other, entry.figure) for other in mine if other.kind == figure.kind
            ):
                best = Answer(source, ledger, entry, likeness)
    return best


def _is_rival(figure: Figure, other: Figure) -> bool:
    """Whether two unequal figures could be one and the same thing told twice."""
    if figure.kind in {"count", "ordinal", "label", "money"} and not figure.units & other.units:
        return False
    if figure.date is not None and other.date is not None:
        return _is_near_date(figure.date, other.date)
    return _is_near(figure.value, other.value)


def _is_near_date(one: CalendarDate, other: CalendarDate) -> bool:
    """Whether only one of day, month and year is different."""
    pairs = ((one.day, other.day), (one.month, other.month), (one.year, other.year))
    return sum(mine is not None and theirs is not None and mine != theirs for mine, theirs in pairs) == 1


def _is_near(one: float, other: float) -> bool:
    """Within a factor of ten, or the same digits with another scale: a slip, not another matter."""
    small, large = sorted((abs(one), abs(other)))
    return large <= 10 * small or f"{small:.5e}"[:7] == f"{large:.5e}"[:7]


def _agrees(figure: Figure, other: Figure) -> bool:
    if figure.date is not None or other.date is not None:
        return _agrees_as_date(figure, other)
    if figure.value == other.value:
        return True
    if figure.kind == "count" and figure.units and other.units and not figure.units & other.units:
        return False
    return _is_within_bound(figure, other.value) or _is_within_bound(other, figure.value) or _is_rounding(figure, other)


def _agrees_as_date(figure: Figure, other: Figure) -> bool:
    if figure.date is not None and other.date is not None:
        return figure.date.agrees_with(other.date)
    return other.date is not None and figure.kind == "year" and other.date.year == figure.value


def _is_within_bound(figure: Figure, value: float) -> bool:
    """'nearly 1,000' for 970, 'more than 30' for 34: what the word before the figure still covers."""
    match figure.bound:
        case "about":
            return abs(figure.value - value) <= 0.1 * value
        case "more":
            return figure.value <= value <= 1.25 * figure.value
        case "less":
            return 0.75 * figure.value <= value <= figure.value
        case _:
            return False


def _is_rounding(figure: Figure, other: Figure) -> bool:
    """'4.3 million' for 4,312,500 and 'a third' for 34 per cent, but never 80 for 81."""
    gap = abs(figure.value - other.value)
    if figure.kind == "percent" and figure.is_spelled and figure.step == 1 and figure.value % 1:
        return gap <= 2
    step = figure.step if figure.value >= 1000 or figure.step < 1 else 1.0
    return other.step < step and gap <= step / 2 and gap <= 0.025 * abs(other.value)


def _misdated(story: Story, figure: Figure, ledgers: Ledgers) -> Remark | None:
    """'Ada Quill said on 25 September' when her speech is of the 26th, and nothing in it is of the 25th."""
    spoken = list(sources_speaking_at(story, figure.start)) if figure.date is not None and figure.date.day else []
    days = [source.published for source in spoken if source.published]
    if figure.date is None or not days or any(figure.date.agrees_with(day) for day in days):
        return None
    own = [(source, ledger) for source, ledger in ledgers if source in spoken]
    near = next((source for source in spoken if _is_days_apart(figure.date, source.published, 3)), None)
    if near is None or near.published is None or _equal(frozenset(), figure, own) is not None:
        return None
    day = f"{near.published.day} {near.published:%B %Y}"
    return Remark(
        RULE, "warning", figure.start, figure.end, figure.text,
        f"The story has “{figure.text}”; {_named(near)} is dated {day}.",
        f"Write “{day}”, or attach the source of “{figure.text}”.",
    )  # fmt: skip


def _is_days_apart(one: CalendarDate, day: date | None, most: int) -> bool:
    """Whether a date, in its own year or that of `day`, is at most `most` days from it."""
    if day is None:
        return False
    try:
        return abs((date(one.year or day.year, one.month, one.day or 1) - day).days) <= most
    except ValueError:
        return False


def _is_dated_so(story: Story, figure: Figure) -> bool:
    """The day on which a source was published needs no other proof."""
    days = [source.published for source in story.sources if source.published]
    if figure.kind == "year":
        return any(day.year == figure.value for day in days)
    return figure.date is not None and any(figure.date.agrees_with(day) for day in days)


def _contradicted(figure: Figure, answer: Answer) -> Remark:
    theirs = answer.entry.figure
    return Remark(
        RULE, "warning", figure.start, figure.end, figure.text,
        f"The story has “{figure.text}”; {_named(answer.source)} has another value, “{theirs.text}”: "
        f"“…{answer.ledger.passage(answer.entry)}…”.",
        f"Write “{theirs.text}”, or attach the source that has “{figure.text}”.",
    )  # fmt: skip


def _missing(figure: Figure) -> Remark | None:
    severity = _weight(figure)
    if severity is None:
        return None
    return Remark(
        RULE, severity, figure.start, figure.end, figure.text,
        f"“{figure.text}” is in no source that the story attaches.",
        "Attach the source that gives the figure, or take it out.",
    )  # fmt: skip


_SPANS = frozenset(
    stem(word)
    for word in [
        "seconds",
        "minutes",
        "hours",
        "days",
        "nights",
        "weeks",
        "months",
        "quarters",
        "years",
        "decades",
        "centuries",
    ]
)


def _weight(figure: Figure) -> Severity | None:
    """How much a figure that no source has should worry an editor; None for the smallest."""
    if figure.kind == "count" and figure.is_spelled and figure.value <= 2:
        return None
    if (
        figure.kind == "year"
        or (figure.kind == "percent" and figure.is_spelled)
        or figure.units & _SPANS
        or (figure.is_spelled and figure.value <= 10)
    ):
        return "note"
    if figure.kind == "count" and not figure.units and figure.value < 1000:
        return "note"
    return "warning"


def _named(source: SourceText) -> str:
    return f"“{source.title}” ({source.id})" if source.title else f"the source {source.id}"
