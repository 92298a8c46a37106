"""Calendar dates as newsrooms and documents write them: '4 March 2022', 'March 4th, 2022', 'Sept. 26', '2024-09-26'.

Promises only dates that exist; a date may lack its year or its day ('May 2021'). Years alone and days of the week are
read elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cryptonewshub.quotations.facts.scanning import matches

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date in a text: year, month (1 to 12) and day, of which the year or the day may be missing."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None

    def agrees_with(self, other: CalendarDate | date) -> bool:
        """Whether both can be the same date: what one of them leaves out does not part them."""
        return self.month == other.month and all(
            mine is None or theirs is None or mine == theirs
            for mine, theirs in ((self.year, other.year), (self.day, other.day))
        )

    @property
    def exact(self) -> date | None:
        """The day in the calendar, where all of it is there."""
        return date(self.year, self.month, self.day) if self.year and self.day else None


def find_dates(text: str) -> Iterator[CalendarDate]:
    """Every date in `text`, from left to right."""
    for match in matches(_DATE, text, _OPENINGS, digits=True):
        found = _read(match)
        if found is not None:
            yield found


_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?\.?|july?\.?|"
    r"aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_DATE = re.compile(
    rf"""(?<![\w/.-])(?:
      (?P<d1>{_DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})(?![a-z])(?:,?\s+(?P<y1>{_YEAR})(?!\d))?
    | (?P<m2>{_MONTH})\s+(?:the\s+)?(?P<d2>{_DAY})(?:st|nd|rd|th)?(?![\d:%])(?!\s?(?:per\s?cent|percent|million
        |billion|people|years|a\.m|p\.m|am\b|pm\b))(?:,?\s+(?P<y2>{_YEAR})(?!\d))?
    | (?P<m3>{_MONTH})(?:,|\s+of)?\s+(?P<y3>{_YEAR})(?![\d,]\d|\d)
    | (?P<y4>{_YEAR})-(?P<m4>0[1-9]|1[0-2])-(?P<d4>0[1-9]|[12]\d|3[01])(?!\d)
    | (?P<d5>0[1-9]|[12]\d|3[01])\.(?P<m5>0[1-9]|1[0-2])\.(?P<y5>{_YEAR})(?!\d)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_OPENINGS = frozenset({*(month.lower() for month in MONTHS), *(month[:3].lower() for month in MONTHS), "sept"})
_NUMBER = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}


def _read(match: re.Match[str]) -> CalendarDate | None:
    parts = {name[0]: value for name, value in match.groupdict().items() if value is not None}
    month, year = parts["m"], int(parts["y"]) if "y" in parts else None
    if not month[0].isdigit() and not month[0].isupper():
        return None  # 'may 4 of them', 'march 10 miles'
    number = int(month) if month.isdigit() else _NUMBER[month[:3].lower()]
    day = int(parts["d"]) if "d" in parts else None
    try:
        date(year or 2000, number, day or 1)
    except ValueError:
        return None
    return CalendarDate(match.start(), match.end(), year, number, day)
