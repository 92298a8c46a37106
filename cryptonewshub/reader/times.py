"""Times as readers want them: '10:51 CET, 8 November 2025', in the site's zone with its right name at that date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import product
from zoneinfo import ZoneInfo

from cryptonewshub.languages.wording import N_, wording

# How dates are written: patterns of CLDR, in which each language has its own order and stops.
_DATE, _WEEKDAY = N_("d MMMM y"), N_("EEEE, d MMMM y")
_MOMENT = N_("%(clock)s, %(date)s")
_CLOCK = "{clock} {zone}"
_PARTS = {"d": "day", "MMMM": "month", "y": "year", "EEEE": "weekday"}
_SHORT_NAME = re.compile(r"[^\W\d_]{2,5}")


@dataclass(frozen=True, slots=True)
class Moment:
    """One time for a `<time>` element: `machine` is ISO 8601 with the zone's offset, `text` is for people."""

    machine: str
    text: str


def moment(when: datetime, zone: str, language: str) -> Moment:
    """The whole time: '10:51 CET, 8 November 2025'. `when` is aware."""
    local = _in_zone(when, zone)
    return Moment(machine_time(when, zone), _whole(local, language))


def _whole(local: datetime, language: str) -> str:
    date_ = calendar_date(local.date(), language)
    return wording(language).say(_MOMENT, clock=_clock(local, language), date=date_)


def moment_after(when: datetime, earlier: datetime, zone: str, language: str) -> Moment:
    """A time that stands beside an earlier one: without the date where both are the same day in the zone."""
    local = _in_zone(when, zone)
    if local.date() != _in_zone(earlier, zone).date():
        return moment(when, zone, language)
    return Moment(machine_time(when, zone), _clock(local, language))


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
    """'8 November 2025' with the language's own month; English for a language that has no words here."""
    return _dated(day, wording(language).say(_DATE), language)


def month_name(day: date, language: str) -> str:
    """'November', standing alone."""
    return _capital(_dated(day, "LLLL", language))


def month_of_year(year: int, month: int, language: str) -> str:
    """'November 2025', as a heading has it."""
    return _capital(_dated(date(year, month, 1), "LLLL y", language))


def month_moment(year: int, month: int, language: str) -> Moment:
    """'November 2025', for a machine '2025-11'."""
    return Moment(f"{year:04}-{month:02}", month_of_year(year, month, language))


def month_heading(month: int, language: str) -> str:
    """'November {year}': the form of what `month_of_year` says."""
    return month_of_year(2001, month, language).replace("2001", "{year}")


def weekday_date(when: datetime, zone: str, language: str) -> Moment:
    """'Saturday, 8 November 2025'."""
    return weekday(_in_zone(when, zone).date(), language)


def weekday(on: date, language: str) -> Moment:
    """'Saturday, 8 November 2025' of a day."""
    return Moment(on.isoformat(), _capital(_dated(on, wording(language).say(_WEEKDAY), language)))


def month_names(language: str) -> list[str]:
    """The twelve months as dates have them."""
    return [_dated(date(2001, month, 1), "MMMM", language) for month in range(1, 13)]


def weekday_names(language: str) -> list[str]:
    """The seven days from Monday on, as they begin a line."""
    return [_capital(_dated(date(2001, 1, day), "EEEE", language)) for day in range(1, 8)]


def time_patterns(language: str) -> list[str]:
    """The forms of every time on a page: '{clock} {zone}', '{day} {month} {year}' and those made of them."""
    say = wording(language).say
    on, weekday = (_pattern(say(form)) for form in (_DATE, _WEEKDAY))
    return [_CLOCK, on, say(_MOMENT, clock=_CLOCK, date=on), weekday]


def _pattern(form: str) -> str:
    """A date pattern of CLDR with the names of its parts."""
    return re.sub(r"EEEE|MMMM|d|y", lambda found: f"{{{_PARTS[found.group()]}}}", form)


def zone_names(zone: str, language: str) -> dict[str, list[str]]:
    """What the clock of a zone is called in any year from 1990 to 2099, and its offsets under each name: '+01:00'."""
    seen: dict[tuple[str | None, str], str] = {}
    for year, month in product(range(1990, 2100), range(1, 13)):
        local = datetime(year, month, 1, 12, tzinfo=ZoneInfo(zone))
        about = local.tzname(), local.isoformat()[19:]
        if about not in seen:
            seen[about] = _zone_name(local, language)
    found: dict[str, set[str]] = {}
    for (_, offset), name in seen.items():
        found.setdefault(name, set()).add(offset)
    return {name: sorted(offsets) for name, offsets in found.items()}


def decimal(number: float, language: str) -> str:
    """'1.5', or '1,5' where the language writes it so: one decimal."""
    from babel.numbers import format_decimal

    return format_decimal(number, "0.0", locale=known_locale(language))


def whole(number: int, language: str) -> str:
    """'12,345' as the language groups it."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=known_locale(language))


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


def _dated(day: date, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, pattern, locale=known_locale(wording(language).language))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _clock(local: datetime, language: str) -> str:
    return f"{local:%H:%M} {_zone_name(local, language)}"


def _zone_name(local: datetime, language: str) -> str:
    """'CET' or 'CEST', or the language's own short name; 'UTC−3' and 'UTC+5:30' for the zones that have none."""
    own = _own_zone_names(str(local.tzinfo), wording(language).language)[bool(local.dst())]
    if _SHORT_NAME.fullmatch(own):
        return own
    name = local.tzname() or "UTC"
    offset = local.utcoffset()
    return _offset_name(offset) if name[0] in "+-" and offset is not None else name


@lru_cache(maxsize=64)
def _own_zone_names(zone: str, language: str) -> tuple[str, str]:
    """What a language calls the zone in winter and in summer; '' where it has no name of its own.

    A zone that counts its winter as the exception, as Ireland does, keeps the names that the zone itself gives.
    """
    from babel.dates import get_timezone_name

    place, locale = ZoneInfo(zone), known_locale(language)
    if any((datetime(2025, month, 1, tzinfo=place).dst() or timedelta()) < timedelta() for month in (1, 7)):
        return "", ""
    winter, summer = (
        get_timezone_name(place, width="short", zone_variant=variant, locale=locale)
        for variant in ("standard", "daylight")
    )
    return winter, summer


def _offset_name(offset: timedelta) -> str:
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    sign = "−" if offset < timedelta() else "+"
    return f"UTC{sign}{hours}:{minutes:02}" if minutes else f"UTC{sign}{hours}"
