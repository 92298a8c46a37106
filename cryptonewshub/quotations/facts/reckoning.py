"""The story's own figures against the sources, by value: 'in no source', or 'the source has another value'.

A source's figure answers a story's when both are of one kind and what surrounds them is alike. A right rounding agrees,
and so do 'more than', 'nearly' and their like within reason. A story without sources gets one note at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from cryptonewshub.quotations.facts.dates import MONTHS, CalendarDate
from cryptonewshub.quotations.facts.figures import Figure, FigureKind, find_figures, stem
from cryptonewshub.quotations.facts.ledger import Entry, Ledger, Range, Wanted, stems
from cryptonewshub.quotations.facts.shelf import shelve
from cryptonewshub.quotations.facts.speaking import sources_speaking_at
from cryptonewshub.quotations.facts.story import Story
from cryptonewshub.quotations.vocabulary import Remark, Severity, SourceText

RULE = "figure"
MOST = 400
"""Figures that are looked at in one story: more of them are a table, which another tool should check."""


def figure_remarks(story: Story) -> Iterator[Remark]:
    """One remark for each figure of the story's own prose that the sources contradict or do not have."""
    figures = [figure for figure in find_figures(story.prose)[:MOST] if not _is_passed_over(story, figure)]
    if not story.sources:
        yield from _untraced(figures)
        return
    if not figures:
        return
    told: set[tuple[str, float, frozenset[str]]] = set()
    checked: set[tuple[object, ...]] = set()
    sought = [Sought(number, one, _around(story, one, _NEAR[one.kind])) for number, one in enumerate(figures)]
    witnesses = _witnesses(story, sought)
    for one in sought:
        figure = one.figure
        key = (figure.kind, figure.value, figure.units)
        place = (*key, figure.bound, _around(story, figure, 10))
        remark = None if key in told or place in checked else _check(story, one, figures, witnesses)
        checked.add(place)
        if remark is not None:
            told.add(key)
            yield remark


@dataclass(frozen=True, slots=True)
class Sought:
    """A figure of the story, by its number in it, and the stems of the words that tell which figure it is."""

    number: int
    figure: Figure
    near: frozenset[str]

    @property
    def enough(self) -> int:
        """How many of its words an unequal figure must share to be a rival; a short sentence has fewer to share."""
        return _ENOUGH[self.figure.kind] - (len(self.near) <= 5 and _ENOUGH[self.figure.kind] >= 3)


@dataclass(frozen=True, slots=True)
class Witness:
    """A source and its figures; `alike` has, by a story's figure, the runs of words that are like its surroundings."""

    source: SourceText
    ledger: Ledger
    alike: Mapping[int, list[int]]


def _witnesses(story: Story, sought: Sequence[Sought]) -> list[Witness]:
    shelf = shelve(tuple(source.text for source in story.sources))
    telling: dict[str, list[int]] = {}
    for one in sought:
        for word in one.near | one.figure.units:
            telling.setdefault(word, []).append(one.number)
    figures = {
        word: tuple(number for stem in stems for number in telling[stem])
        for word, stems in shelf.words_with(telling.keys()).items()
    }
    # a currency may stand as a sign, which is no word
    enough = [one.enough - (one.figure.kind == "money") for one in sought]
    wanted = Wanted(figures, enough, frozenset(one.number for one in sought if one.figure.date is not None))
    return [
        Witness(source, ledger, {} if is_foreign(source) else ledger.alike(wanted))
        for source, ledger in zip(story.sources, shelf.ledgers, strict=True)
    ]


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


def _check(story: Story, one: Sought, mine: Sequence[Figure], witnesses: Sequence[Witness]) -> Remark | None:
    """The remark that a figure deserves, if any: its equal in a source lets it pass, but for a likelier rival."""
    figure = one.figure
    misdated = _misdated(story, figure, witnesses)
    if misdated is not None:
        return misdated
    if _is_dated_so(story, figure):
        return None
    rival = _rival(one, mine, witnesses)
    if rival is not None and rival.likeness >= _needed(one, _equal(_around(story, figure, 25), figure, witnesses)):
        return _contradicted(figure, rival)
    if figure.is_loose or figure.kind in _ONLY_AGAINST or _may_be_in_other_words(story, figure):
        return None
    return None if _is_borne_out(figure, witnesses) else _missing(figure)


def _needed(one: Sought, same: Answer | None) -> int:
    """How like the story's words a rival's must be: the more, the better the equal figure fits there."""
    enough = one.enough + one.figure.is_loose
    if same is None:
        return enough
    return max(enough, _MARGIN + len(one.near & same.ledger.around(same.entry, _NEAR[one.figure.kind])))


def _may_be_in_other_words(story: Story, figure: Figure) -> bool:
    """A number in words beside a source in another language, whose words this grammar cannot read."""
    return figure.is_spelled and any(is_foreign(source) for source in story.sources)


def is_foreign(source: SourceText) -> bool:
    """Whether only the digits of a source can be read."""
    return not source.language.lower().startswith("en")


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


def _is_borne_out(figure: Figure, witnesses: Sequence[Witness]) -> bool:
    """Whether a source has the figure at all: just so, or near enough."""
    return any(_equals(figure, witness, is_quick=True) for witness in witnesses) or any(
        _equals(figure, witness) for witness in witnesses
    )


def _equal(context: frozenset[str], figure: Figure, witnesses: Sequence[Witness]) -> Answer | None:
    """The source's figure of the same value in the likeliest surroundings."""
    best: Answer | None = None
    for witness in witnesses:
        for entry in _equals(figure, witness):
            likeness = 1 if is_foreign(witness.source) else len(context & witness.ledger.around(entry, 14))
            likeness -= entry.figure.value != figure.value  # a rounding is a weaker witness
            if best is None or likeness > best.likeness:
                best = Answer(witness.source, witness.ledger, entry, likeness)
    return best


def _equals(figure: Figure, witness: Witness, *, is_quick: bool = False) -> list[Entry]:
    """A source's figures that agree with the story's, of the likeliest kind first; if quick, only those just so."""
    kinds = (figure.kind, *_CROSSING.get(figure.kind, ()))
    if is_foreign(witness.source):
        found = [
            entry
            for entry in _worth(figure, witness.ledger, is_quick=is_quick)
            if entry.figure.value == figure.value or _agrees_as_date(figure, entry.figure)
        ]
        return sorted(set(found), key=lambda entry: entry.word)
    found = [
        entry
        for entry in _worth(figure, witness.ledger, is_quick=is_quick)
        if entry.figure.kind in kinds and _agrees(figure, entry.figure)
    ]
    return sorted(set(found), key=lambda entry: (kinds.index(entry.figure.kind), entry.word))


def _worth(figure: Figure, ledger: Ledger, *, is_quick: bool) -> Iterator[Entry]:
    """A source's figures that may have the figure's value, read by as little as will do."""
    if figure.date is not None:
        yield from ledger.dated(MONTHS[figure.date.month - 1][:3].lower())
        return
    yield from ledger.worth(figure.value)
    if not is_quick:
        wide = (0.74 * figure.value, 1.36 * figure.value)
        yield from ledger.worth_about(wide if figure.bound else _rounded(figure), wide)


def _rounded(figure: Figure) -> Range:
    """Where the values are that the figure may be a rounding of, or that may be one of it."""
    slack = max(0.03 * figure.value, 2.0 if figure.kind == "percent" else 0.0)
    return figure.value - slack, figure.value + slack


_CROSSING: dict[FigureKind, tuple[FigureKind, ...]] = {
    "year": ("date", "count"), "count": ("label", "age", "money", "year", "ordinal"), "label": ("count",),
    "age": ("count",), "money": ("count",), "percent": ("count",),
}  # fmt: skip


def _rival(one: Sought, mine: Sequence[Figure], witnesses: Sequence[Witness]) -> Answer | None:
    """The source's figure of another value that stands where the story's should; none that the story has elsewhere."""
    best: Answer | None = None
    figure, least = one.figure, one.enough
    for witness in witnesses:
        for entry in _alike(one, witness):
            likeness = len((one.near - figure.units) & witness.ledger.around(entry, _NEAR[figure.kind]))
            likeness += bool(figure.units & entry.figure.units)
            if likeness < least or (best is not None and likeness <= best.likeness):
                continue
            if _is_rival(figure, entry.figure) and not any(
                _agrees(other, entry.figure) for other in mine if other.kind == figure.kind
            ):
                best = Answer(witness.source, witness.ledger, entry, likeness)
    return best


def _alike(one: Sought, witness: Witness) -> Iterator[Entry]:
    """A source's figures of the same kind in surroundings like the story's, the first thousand of them."""
    stretches = witness.alike.get(one.number, ())
    entries = (entry for stretch in stretches for entry in witness.ledger.entries(stretch))
    return islice((entry for entry in entries if entry.figure.kind == one.figure.kind), _MOST_RIVALS)


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


def _misdated(story: Story, figure: Figure, witnesses: Sequence[Witness]) -> Remark | None:
    """'Ada Quill said on 25 September' when her speech is of the 26th, and nothing in it is of the 25th."""
    spoken = list(sources_speaking_at(story, figure.start)) if figure.date is not None and figure.date.day else []
    days = [source.published for source in spoken if source.published]
    if figure.date is None or not days or any(figure.date.agrees_with(day) for day in days):
        return None
    own = [witness for witness in witnesses if witness.source in spoken]
    near = next((source for source in spoken if _is_days_apart(figure.date, source.published, 3)), None)
    if near is None or near.published is None or any(_equals(figure, witness) for witness in own):
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
