"""Days that only their neighbours explain, 'on Friday', 'yesterday', 'last week', against the day of publication.

Quiet where the day is plain. Speaks when a weekday and a date do not fit each other, when a weekday could be today or a
week ago, and when a source has another day for the same thing; and says which date the words mean.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice

from cryptonewshub.quotations.facts.dates import MONTHS, WEEKDAYS, CalendarDate, find_dates
from cryptonewshub.quotations.facts.figures import beginnings_of
from cryptonewshub.quotations.facts.ledger import stems
from cryptonewshub.quotations.facts.rolls import bare
from cryptonewshub.quotations.facts.scanning import matches
from cryptonewshub.quotations.facts.speaking import sources_speaking_at
from cryptonewshub.quotations.facts.story import Story
from cryptonewshub.quotations.vocabulary import Remark, Severity, SourceText

RULE = "relative-day"
MOST = 200
"""Days that are looked at in one story: more of them are a timetable."""


def day_remarks(story: Story) -> Iterator[Remark]:
    """One remark for each day that is wrong, contradicted or ambiguous."""
    told: set[str] = set()
    for word in islice(find_days(story.prose), MOST):
        remark = _mismatch(story, word) or _told_by_sources(story, word) or _ambiguity(story, word)
        if remark is not None and remark.message not in told:
            told.add(remark.message)
            yield remark


@dataclass(frozen=True, slots=True)
class DayWord:
    """A day in the story's prose. `weekday` is 0 for Monday, None for 'yesterday'; `date` is the date beside it."""

    start: int
    end: int
    word: str
    lead: str
    weekday: int | None
    date: CalendarDate | None = None


_DAY = re.compile(
    r"(?:(?P<lead>on|last|next|this|by|until|since|late|early|from)\s+(?:late\s+|early\s+)?)?"
    r"(?P<word>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|[Yy]esterday|[Tt]omorrow)(?![\w’'-])"
)
_OPENINGS = frozenset(
    {
        *(day.lower() for day in WEEKDAYS),
        *["yesterday", "tomorrow", "on", "last", "next", "this", "by", "until", "since", "late", "early", "from"],
    }
)
_SHORT_DAY = {name: number for number, name in enumerate(WEEKDAYS)}


def find_days(prose: str) -> Iterator[DayWord]:
    """Every day word of `prose`, with the date beside it where one stands there."""
    dates = list(find_dates(prose))
    starts = [one.start for one in dates]
    for match in matches(_DAY, prose, _OPENINGS):
        index = bisect_right(starts, match.start())
        beside = next((one for one in dates[max(0, index - 1) : index + 1] if _is_beside(prose, match, one)), None)
        word = match["word"]
        start = (
            match.start("word")
            if (match["lead"] or "").lower() not in {"on", "last", "next", "this"}
            else match.start()
        )
        yield DayWord(start, match.end(), word, (match["lead"] or "").lower(), _SHORT_DAY.get(word), beside)


def _is_beside(prose: str, match: re.Match[str], one: CalendarDate) -> bool:
    """'Friday, 4 March', 'Friday the 4th of March' or '4 March, a Friday'."""
    if one.day is None:
        return False
    after = prose[match.end() : one.start] if 0 <= one.start - match.end() <= 8 else None
    before = prose[one.end : match.start()] if 0 <= match.start() - one.end <= 6 else None
    return any(gap is not None and gap.strip(" ,(").lower() in {"", "the", "a", "was a"} for gap in (after, before))


def _mismatch(story: Story, word: DayWord) -> Remark | None:
    """'Monday, 26 September' when that day was a Thursday."""
    if word.weekday is None or word.date is None or word.date.day is None:
        return None
    year = word.date.year or (story.published.year if story.published else None)
    day = _made(year, word.date.month, word.date.day) if year else None
    if day is None or day.weekday() == word.weekday:
        return None
    if word.date.year is None and story.published and _has_neighbour(day, word.weekday, story.published):
        return None
    return _remark(
        story, word, "warning",
        f"{_worded(day)} is a {WEEKDAYS[day.weekday()]}, not a {word.word}.",
        "Correct the day or the date.",
    )  # fmt: skip


def _has_neighbour(day: date, weekday: int, published: date) -> bool:
    """Whether the date without a year fits the weekday in the year before or after, close to publication."""
    years = (_made(day.year + step, day.month, day.day) for step in (-1, 1))
    return any(other and other.weekday() == weekday and abs((other - published).days) < 190 for other in years)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def meaning(word: DayWord, published: date) -> date | None:
    """The date that a day word means in a story of that day: the latest up to publication, the next after 'next'."""
    low = word.word.lower()
    if low in {"yesterday", "tomorrow"}:
        return _moved(published, -1 if low == "yesterday" else 1)
    if word.weekday is None:
        return None
    if word.lead in {"next", "by", "until", "this"}:
        return _moved(published, (word.weekday - published.weekday()) % 7 or 7)
    return _moved(published, -((published.weekday() - word.weekday) % 7))


def _moved(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _told_by_sources(story: Story, word: DayWord) -> Remark | None:
    """Another day in a source: the day on which it was spoken, or a weekday or date beside the same words."""
    if story.published is None or word.date is not None or word.lead in {"next", "by", "until", "this", "since"}:
        return None
    day = meaning(word, story.published)
    if day is None or word.word.lower() == "tomorrow":
        return None
    return _spoken_another_day(story, word, day) or _another_day_beside(story, word, day)


def _spoken_another_day(story: Story, word: DayWord, day: date) -> Remark | None:
    """The sentence gives words of a source's speaker a day, and the source is dated another."""
    spoken = list(sources_speaking_at(story, word.start))
    if not spoken or any(source.published == day for source in spoken):
        return None
    source = min(spoken, key=lambda one: abs((one.published - day).days) if one.published else 0)
    dated = source.published
    if dated is None or story.published is None or not -1 <= (story.published - dated).days <= 7:
        return None
    return _remark(
        story, word, "note" if (dated - day).days == 1 else "warning",
        f"“{story.text[word.start : word.end]}” means {_worded(day)}; "
        f"{_named(source)} is dated {WEEKDAYS[dated.weekday()]}, {_worded(dated)}.",
        f"Write “{WEEKDAYS[dated.weekday()]}”, or attach the source for that day.",
    )  # fmt: skip


_WINDOW = 110


def _another_day_beside(story: Story, word: DayWord, day: date) -> Remark | None:
    """A source has the same words beside another weekday, and nowhere beside this one."""
    sentence = story.sentence_at(word.start)
    context = {stem for stem in stems(story.text[sentence.start : sentence.end]) if stem not in _DAY_STEMS}
    best: tuple[int, SourceText, str] | None = None
    for source in story.sources:
        for theirs, window in _weekdays(source.text):
            shared = _shared(context, window)
            if shared >= 3 and theirs == WEEKDAYS[day.weekday()]:
                return None
            enough = shared >= max(5, 0.4 * len(context)) and _is_recent(story, source)
            if enough and (best is None or shared > best[0]):
                best = (shared, source, theirs)
    if best is None:
        return None
    _, source, theirs = best
    return _remark(
        story, word, "warning",
        f"“{story.text[word.start : word.end]}” means {_worded(day)}, a {WEEKDAYS[day.weekday()]}; "
        f"{_named(source)} has “{theirs}” beside the same words.",
        f"Write “{theirs}”, or attach the source that has “{word.word}”.",
    )  # fmt: skip


def _shared(context: set[str], window: str) -> int:
    """How many of the stems are in the window; 0 where a quick look finds fewer than the three that tell anything."""
    if sum(any(beginning in window for beginning in beginnings_of(stem)) for stem in context) < 3:
        return 0
    return len(context & stems(window))


@lru_cache(maxsize=128)
def _weekdays(text: str) -> tuple[tuple[str, str], ...]:
    """The weekdays of a source and the text around each, in small letters; at most the first `MOST`."""
    found: list[tuple[str, str]] = []
    for end in (match.end() for match in _ENDING.finditer(text)):
        weekday = _WEEKDAY.search(text, max(0, end - 10), end)
        if weekday and not text[end : end + 1].isalnum() and len(found) < MOST:
            found.append((weekday[0], text[max(0, weekday.start() - _WINDOW) : end + _WINDOW].lower()))
    return tuple(found)


_ENDING = re.compile("day")  # found at once, where a choice of seven words is tried at every letter
_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$")
_DAY_STEMS = stems(" ".join(WEEKDAYS))


def _is_recent(story: Story, source: SourceText) -> bool:
    """A weekday in an old source is another week's."""
    if source.published is None or story.published is None:
        return True
    return abs((story.published - source.published).days) <= 7


def _ambiguity(story: Story, word: DayWord) -> Remark | None:
    """A weekday that is the day of publication itself, and 'last' or 'next' beside a weekday."""
    day = story.published
    if day is None or word.weekday is None or word.date is not None or _is_dated(story, day):
        return None
    if word.weekday == day.weekday() and word.lead in {"on", "last", "next", ""} and not _is_habit(story, word):
        past = _moved(day, 7 if word.lead == "next" else -7)
        return _remark(
            story, word, "note",
            f"The story is published on a {word.word}, which may mean {_worded(day)} or {_worded(past or day)} here.",
            "Write the date.",
        )  # fmt: skip
    if word.lead in {"last", "next"}:
        near = meaning(word, day)
        far = near and _moved(near, -7 if word.lead == "last" else 7)
        if near and far and abs((near - day).days) <= 6 and not _is_dated(story, near):
            return _remark(
                story, word, "note",
                f"“{story.text[word.start : word.end]}” may mean {_worded(near)} or {_worded(far)}.",
                "Write the date.",
            )  # fmt: skip
    return None


def _is_dated(story: Story, day: date) -> bool:
    """Whether a source is of that day: then 'on Friday' in Friday's story is today. A source without a date may head
    its text with it.
    """
    return any(
        source.published == day or (source.published is None and _is_headed(source.text[:_HEAD], day))
        for source in story.sources
    )


_HEAD = 300  # code points in which a document says of which day it is


def _is_headed(head: str, day: date) -> bool:
    return any(found.exact == day for found in find_dates(head))


def _is_habit(story: Story, word: DayWord) -> bool:
    """'every Friday', 'a Friday', 'Friday prayers', 'Black Friday'."""
    before = story.prose[max(0, word.start - 14) : word.start].split()
    after = story.prose[word.end : word.end + 20].split()
    lead = before[-1].lower() if before else ""
    if lead in {
        "every",
        "each",
        "a",
        "one",
        "any",
        "black",
        "good",
        "super",
        "bloody",
        "cyber",
        "the",
        "previous",
        "following",
    }:
        return True
    return (
        bool(after)
        and bare(after[0]).lower().strip(".,")
        in {"prayers", "prayer", "times", "night", "morning", "evening", "afternoon"}
        and not word.lead
    )


def _worded(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _named(source: SourceText) -> str:
    return f"“{source.title}” ({source.id})" if source.title else f"the source {source.id}"


def _remark(story: Story, word: DayWord, severity: Severity, message: str, suggestion: str) -> Remark:
    return Remark(RULE, severity, word.start, word.end, story.text[word.start : word.end], message, suggestion)
