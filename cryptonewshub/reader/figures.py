"""How often the newsroom was wrong and how soon it said so: figures of each month, and their drawing. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from cryptonewshub.languages.wording import Wording
from cryptonewshub.reader.affected import month_address
from cryptonewshub.reader.times import decimal, month_of_year

_HEIGHT = 96.0  # of the plotted area, in the drawing's units
_STEP = 24.0  # the width of a month


@dataclass(frozen=True, slots=True)
class Month:
    """What was published and put right in one month.

    `times` are from the publication of what was wrong to its correction.
    """

    year: int
    month: int
    stories: int
    corrections: int
    times: tuple[timedelta, ...] = ()

    @property
    def rate(self) -> float | None:
        """Corrections per 100 stories; None in a month without a story."""
        return 100 * self.corrections / self.stories if self.stories else None

    @property
    def median(self) -> timedelta | None:
        return median_of(self.times)


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month in the table. `path` leads to its corrections, '' where it had none."""

    name: str
    path: str
    stories: int
    corrections: int
    rate: str
    time: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One month in a drawing: a column of this height at `x`; `label` stands under it, '' for most of them."""

    x: float
    y: float
    height: float
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing of one figure over the months. `top` is what the line at the top stands for."""

    title: str
    summary: str
    bars: tuple[Bar, ...]
    top: str
    width: float
    height: float


def month_rows(months: Sequence[Month], words: Wording) -> tuple[MonthRow, ...]:
    """The table, the newest month first."""
    return tuple(
        MonthRow(
            name=month_of_year(month.year, month.month, words.language),
            path=month_address(month.year, month.month) if month.corrections else "",
            stories=month.stories,
            corrections=month.corrections,
            rate=_rate_text(month.rate, words),
            time=duration(month.median, words),
        )
        for month in reversed(months)
    )


def rate_plot(months: Sequence[Month], words: Wording) -> Plot:
    """Corrections per 100 stories, month by month."""
    values = [month.rate or 0.0 for month in months]
    stories, put_right = sum(month.stories for month in months), sum(month.corrections for month in months)
    whole = _rate_text(100 * put_right / stories, words) if stories else "0"
    summary = words.say("In these months %(rate)s corrections per 100 stories.", rate=whole)
    texts = [_rate_text(month.rate, words) for month in months]
    return _plot(words.say("Corrections per 100 stories"), summary, months, values, texts, words)


def time_plot(months: Sequence[Month], words: Wording) -> Plot:
    """The median time to a correction, month by month, in hours."""
    values = [month.median.total_seconds() / 3600 if month.median else 0.0 for month in months]
    times = [time for month in months for time in month.times]
    whole = duration(median_of(times), words)
    summary = (
        words.say("Half of the errors of these months were put right within %(time)s.", time=whole)
        if whole
        else words.say("Nothing to measure yet.")
    )
    texts = [duration(month.median, words) or "–" for month in months]
    return _plot(words.say("Median time to a correction"), summary, months, values, texts, words, is_time=True)


def _plot(
    title: str,
    summary: str,
    months: Sequence[Month],
    values: Sequence[float],
    texts: Sequence[str],
    words: Wording,
    *,
    is_time: bool = False,
) -> Plot:
    top = max([*values, 0.0])
    bars = []
    for index, (month, value) in enumerate(zip(months, values, strict=True)):
        height = round(_HEIGHT * value / top, 1) if top else 0.0
        name = month_of_year(month.year, month.month, words.language)
        label = str(month.year) if index == 0 or month.month == 1 else ""
        bars.append(Bar(index * _STEP, round(_HEIGHT - height, 1), height, label, f"{name}: {texts[index]}"))
    said = duration(timedelta(hours=top), words) if is_time else _rate_text(top, words)
    return Plot(title, summary, tuple(bars), said if top else "", max(len(bars), 8) * _STEP, _HEIGHT)


def median_of(times: Sequence[timedelta]) -> timedelta | None:
    """The middle one, or the middle of the middle two; None for none."""
    return timedelta(seconds=median(time.total_seconds() for time in times)) if times else None


def duration(time: timedelta | None, words: Wording) -> str:
    """'12 min', '3 h 20 min', '2 days 4 h', '15 days': two units at most; '' for none."""
    if time is None:
        return ""
    minutes = max(0, round(time.total_seconds() / 60))
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days >= 7 or (days and not hours):
        return _days(days, words)
    if days:
        return f"{_days(days, words)} {_hours(hours, words)}"
    if hours:
        return f"{_hours(hours, words)} {_minutes(minutes % 60, words)}" if minutes % 60 else _hours(hours, words)
    return _minutes(minutes, words)


def _days(number: int, words: Wording) -> str:
    return words.count("%(num)s day", "%(num)s days", number)


def _hours(number: int, words: Wording) -> str:
    return words.say("%(hours)s h", hours=number)


def _minutes(number: int, words: Wording) -> str:
    return words.say("%(minutes)s min", minutes=number)


def _rate_text(rate: float | None, words: Wording) -> str:
    """One decimal is as much as a month's few corrections bear."""
    return "" if rate is None else decimal(rate, words.language)
