"""Times as readers want them: '10:51 CET, 8 November 2025', in the site's zone with its right name at that date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import product
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """One time for a `<time>` element: `machine` is ISO 8601 with the zone's offset, `text` is for people."""

    machine: str
    text: str


def moment(when: datetime, zone: str, language: str) -> Moment:
    """The whole time: '10:51 CET, 8 November 2025'. `when` is aware."""
    local = _in_zone(when, zone)
    return Moment(machine_time(when, zone), f"{_clock(local)}, {calendar_date(local.date(), language)}")


def moment_after(when: datetime, earlier: datetime, zone: str, language: str) -> Moment:
    """A time that stands beside an earlier one: without the date where both are the same day in the zone."""
    local = _in_zone(when, zone)
    if local.date() != _in_zone(earlier, zone).date():
        return moment(when, zone, language)
    return Moment(machine_time(when, zone), _clock(local))


def day(date_: date, language: str) -> Moment:
    """A day without a time: '8 November 2025'."""
    return Moment(date_.isoformat(), calendar_date(date_, language))


def day_of(when: datetime, zone: str, language: str) -> Moment:
    """The day of a time in the zone, for people; the machine still gets the whole time."""
    return Moment(machine_time(when, zone), calendar_date(_in_zone(when, zone).date(), language))


def machine_time(when: datetime, zone: str) -> str:
    """ISO 8601 to the second with the zone's offset at that date: '2025-11-08T10:51:00+01:00'."""
    return _in_zone(when, zone).isoformat(timespec="seconds")


def calendar_date(day: date, language: str) -> str:
    """'8 November 2025' with the language's own month; English for a language that babel does not know."""
    from babel.dates import format_date

    return format_date(day, "d MMMM y", locale=known_locale(language))


def calendar_day(day: date, language: str) -> str:
    """'Saturday, 8 November', where the year is known."""
    from babel.dates import format_date

    return format_date(day, "EEEE, d MMMM", locale=known_locale(language))


def month_name(day: date, language: str) -> str:
    """'November', as it stands alone."""
    from babel.dates import format_date

    return format_date(day, "LLLL", locale=known_locale(language))


def weekday_date(when: datetime, zone: str, language: str) -> Moment:
    """'Saturday, 8 November 2025' in the site's zone."""
    from babel.dates import format_date

    on = _in_zone(when, zone).date()
    return Moment(on.isoformat(), format_date(on, "EEEE, d MMMM y", locale=known_locale(language)))


def month_names(language: str) -> list[str]:
    """The twelve months as dates have them."""
    return [calendar_date(date(2001, month, 1), language)[2:-5] for month in range(1, 13)]


def weekday_names(language: str) -> list[str]:
    """The seven days from Monday on."""
    from babel.dates import format_date

    return [format_date(date(2001, 1, day), "EEEE", locale=known_locale(language)) for day in range(1, 8)]


def zone_names(zone: str) -> dict[str, list[str]]:
    """What the clock of a zone is called in any year from 1990 to 2099, and its offsets under each name: '+01:00'."""
    found: dict[str, set[str]] = {}
    for year, month in product(range(1990, 2100), range(1, 13)):
        local = datetime(year, month, 1, 12, tzinfo=ZoneInfo(zone))
        found.setdefault(_zone_name(local), set()).add(local.isoformat()[19:])
    return {name: sorted(offsets) for name, offsets in found.items()}


def year_of(when: datetime, zone: str) -> int:
    """The calendar year in the zone, which may differ from the UTC year on New Year's night."""
    return _in_zone(when, zone).year


@lru_cache(maxsize=256)
def known_locale(language: str) -> str:
    """The babel identifier of a BCP 47 tag, 'en' where babel has none."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(language, sep="-"))
    except (ValueError, UnknownLocaleError):
        return "en"


def _in_zone(when: datetime, zone: str) -> datetime:
    if when.tzinfo is None:
        raise ValueError(f"The time {when} has no zone. Give it one before it is shown.")
    return when.astimezone(ZoneInfo(zone))


def _clock(local: datetime) -> str:
    return f"{local:%H:%M} {_zone_name(local)}"


def _zone_name(local: datetime) -> str:
    """'CET' or 'CEST'; 'UTC−3' and 'UTC+5:30' for the zones that have an offset for a name."""
    name = local.tzname() or "UTC"
    offset = local.utcoffset()
    return _offset_name(offset) if name[0] in "+-" and offset is not None else name


def _offset_name(offset: timedelta) -> str:
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "−" if offset < timedelta() else "+"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"
