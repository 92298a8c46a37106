"""How often the newsroom was wrong and how soon it said so: figures of each month, and their drawing. Plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from cryptonewshub.reader.affected import month_address
from cryptonewshub.reader.times import known_locale

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


def month_rows(months: Sequence[Month], language: str) -> tuple[MonthRow, ...]:
    """The table, the newest month first."""
    return tuple(
        MonthRow(
            name=month_name(month.year, month.month, language),
            path=month_address(month.year, month.month) if month.corrections else "",
            stories=month.stories,
            corrections=month.corrections,
            rate=_rate_text(month.rate),
            time=duration(month.median),
        )
        for month in reversed(months)
    )


def rate_plot(months: Sequence[Month], language: str) -> Plot:
    """Corrections per 100 stories, month by month."""
    values = [month.rate or 0.0 for month in months]
    stories, put_right = sum(month.stories for month in months), sum(month.corrections for month in months)
    whole = _rate_text(100 * put_right / stories) if stories else "no"
    summary = f"In these months {whole} corrections per 100 stories."
    texts = [_rate_text(month.rate) for month in months]
    return _plot("Corrections per 100 stories", summary, months, values, texts, language)


def time_plot(months: Sequence[Month], language: str) -> Plot:
    """The median time to a correction, month by month, in hours."""
    values = [month.median.total_seconds() / 3600 if month.median else 0.0 for month in months]
    times = [time for month in months for time in month.times]
    whole = duration(median_of(times))
    summary = (
        f"Half of the errors of these months were put right within {whole}." if whole else "Nothing to measure yet."
    )
    texts = [duration(month.median) or "none" for month in months]
    return _plot("Median time to a correction", summary, months, values, texts, language, is_time=True)


def _plot(
    title: str,
    summary: str,
    months: Sequence[Month],
    values: Sequence[float],
    texts: Sequence[str],
    language: str,
    *,
    is_time: bool = False,
) -> Plot:
    top = max([*values, 0.0])
    bars = []
    for index, (month, value) in enumerate(zip(months, values, strict=True)):
        height = round(_HEIGHT * value / top, 1) if top else 0.0
        name = month_name(month.year, month.month, language)
        label = str(month.year) if index == 0 or month.month == 1 else ""
        bars.append(Bar(index * _STEP, round(_HEIGHT - height, 1), height, label, f"{name}: {texts[index]}"))
    said = duration(timedelta(hours=top)) if is_time else _rate_text(top)
    return Plot(title, summary, tuple(bars), said if top else "", max(len(bars), 8) * _STEP, _HEIGHT)


def median_of(times: Sequence[timedelta]) -> timedelta | None:
    """The middle one, or the middle of the middle two; None for none."""
    return timedelta(seconds=median(time.total_seconds() for time in times)) if times else None


def month_name(year: int, month: int, language: str) -> str:
    """'March 2026'."""
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", date(year, month, 1), locale=known_locale(language))


def duration(time: timedelta | None) -> str:
    """'12 min', '3 h 20 min', '2 days 4 h', '15 days': two units at most; '' for none."""
    if time is None:
        return ""
    minutes = max(0, round(time.total_seconds() / 60))
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days >= 7 or (days and not hours):
        return f"{days} day{'' if days == 1 else 's'}"
    if days:
        return f"{days} day{'' if days == 1 else 's'} {hours} h"
    if hours:
        return f"{hours} h {minutes % 60} min" if minutes % 60 else f"{hours} h"
    return f"{minutes} min"


def _rate_text(rate: float | None) -> str:
    """One decimal is as much as a month's few corrections bear."""
    return "" if rate is None else f"{rate:.1f}"
