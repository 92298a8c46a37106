"""The theme's published list of words, and whether what stands beside sealed text is in it.

The list is `/verify/words.json` of the site: `places` has the strings of each place ('p.meta'), `inner`, `tied` and
`last` the signs that stand there before an element, before a value and at the end, `texts` those that may stand in the
`open` places; `forms` are the ways in which a sealed value may be shown ('Norwegian Bokmål' for `nb`); `times` are the
forms of times ('{clock} {zone}, {day} {month} {year}'), `months`, `weekdays` and `zones` what stands in them,
`month_headings` those of a whole month ('March {year}'); `links` where pages lead to beside their stories, a list with
all of its numbered pages (`page/2/` below it); `labels` what elements are called for those who listen, with `{}` where
a value stands ('Source {}: {}'). All of it is in the language of the site.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

_PARTS = {
    "clock": r"\d\d:\d\d",
    "zone": r"[^\s,]+",
    "weekday": r"[^\d,]+?",
    "day": r"\d{1,2}",
    "month": r"\D+?",
    "year": r"\d{4}",
}
_FIGURE = re.compile(r"[\d.,%–−]+")
_PART = re.compile(r"\{(\w+)\}")
# What stands together in a form: a clock without its zone, or a day without its month and year, says too little.
_WHOLE = ({"clock", "zone"}, {"day", "month", "year"})
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def _by_place(value: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    return {place: frozenset(found) for place, found in value.items()}


@dataclass
class Theme:
    """The list, ready to be asked."""

    texts: frozenset[str]
    places: dict[str, frozenset[str]]
    inner: dict[str, frozenset[str]]
    tied: dict[str, frozenset[str]]
    last: dict[str, frozenset[str]]
    open: frozenset[str]
    forms: dict[str, dict[str, list[str]]]
    months: list[str]
    month_headings: list[str]
    weekdays: list[str]
    zones: dict[str, list[str]]
    times: list[re.Pattern[str]]
    links: frozenset[str]
    labels: list[re.Pattern[str]]
    name: str
    base: str
    _known: dict[tuple[str, str, bool], bool] = field(default_factory=dict)

    @classmethod
    def of(cls, value: dict[str, Any]) -> Theme:
        """Raises ValueError when something of the list is missing."""
        try:
            counts = (len(set(value[name])) for name in ("months", "month_headings", "weekdays"))
            if tuple(counts) != (12, 12, 7):
                raise ValueError("The theme’s list of words does not have twelve months and seven days, each its own.")
            return cls(
                texts=frozenset(value["texts"]),
                places=_by_place(value["places"]),
                inner=_by_place(value["inner"]),
                tied=_by_place(value["tied"]),
                last=_by_place(value["last"]),
                open=frozenset(value["open"]),
                forms=value["forms"],
                months=value["months"],
                month_headings=value["month_headings"],
                weekdays=value["weekdays"],
                zones=value["zones"],
                times=[_form(text) for text in value["times"]],
                links=frozenset(value["links"]),
                labels=[re.compile("(.+?)".join(map(re.escape, label.split("{}")))) for label in value["labels"]],
                name=value["name"],
                base=value["base"],
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"The theme’s list of words cannot be read: {error!r}.") from None

    def has(self, run: str, place: str, *, is_last: bool = True) -> bool:
        """Whether a run of text is made of strings of the list. `is_last` says that nothing follows it in its place."""
        if (run, place, is_last) not in self._known:
            self._known[run, place, is_last] = self._is_composed(run, place, is_last)
        return self._known[run, place, is_last]

    def _is_composed(self, run: str, place: str, is_last: bool) -> bool:
        """Piece by piece: `ends` are the places up to which the run is made of strings of the list.

        A sign that is inner ends the run before an element, a last one ends its place, a tied one has a value after it.
        """
        strings, inner, tied, last = (
            found.get(place, frozenset()) for found in (self.places, self.inner, self.tied, self.last)
        )
        values = self.texts if place in self.open else frozenset()
        closing = last if is_last else inner
        if run in strings or run in values or run in closing:
            return True
        pieces = [piece for piece in strings | closing | tied | values if piece in run]
        ends = [(0, False)]
        seen = set(ends)
        while ends:
            at, is_tied = ends.pop()
            if at == len(run) and not is_tied:
                return True
            for piece in pieces:
                if run.startswith(piece, at):
                    end = at + len(piece)
                    end += run[end : end + 1] == " "
                    is_plain = piece in values or (piece in strings and not is_tied)
                    is_closing = piece in closing and end == len(run)
                    roads = {(end, True)} if piece in tied else set()
                    roads |= {(end, False)} if is_plain or is_closing else set()
                    ends += roads - seen
                    seen |= roads
        return False

    def calls(self, label: str, is_told: Callable[[str], bool]) -> bool:
        """Whether a label is one of the list; `is_told` judges what stands at the places of one that has such."""
        found = (form.fullmatch(label) for form in self.labels)
        return any(all(map(is_told, parts.groups())) for parts in found if parts)

    def shows(self, kind: str, value: str, text: str) -> bool:
        """Whether a text is a form of a sealed value."""
        return text == value or text in self.forms.get(kind, {}).get(value, ())

    def counts(self, run: str) -> bool:
        """Whether a run is a figure: numbers, and between them nothing but words of the list."""
        words = [word for word in _FIGURE.sub(" ", run).split() if len(word) > 1]
        return all(word in self._words or word.removesuffix("s") in self._words for word in words)

    @cached_property
    def _words(self) -> frozenset[str]:
        months = (*self.months, *(heading.replace("{year}", "") for heading in self.month_headings))
        texts = (*self.texts, *months, *(text for found in self.places.values() for text in found))
        return frozenset(_FIGURE.sub(" ", " ".join(texts)).split())

    def tells(self, text: str, machine: str) -> bool:
        """Whether the text of a time says what its machine form says, part by part."""
        if len(machine) == 4:
            return machine.isdigit() and text == machine
        if whole := _MONTH.fullmatch(machine):
            return text == self.month_headings[int(whole[2]) - 1].replace("{year}", whole[1])
        try:
            when = datetime.fromisoformat(machine) if "T" in machine else None
            on = when.date() if when else date.fromisoformat(machine)
        except ValueError:
            return False
        found = (form.fullmatch(text) for form in self.times)
        return any(self._tells_all(parts.groupdict(), when, on) for parts in found if parts)

    def _tells_all(self, parts: dict[str, str], when: datetime | None, on: date) -> bool:
        return self._tells_clock(parts.get("clock"), parts.get("zone"), when) and self._tells_day(parts, on)

    def _tells_clock(self, clock: str | None, zone: str | None, when: datetime | None) -> bool:
        if clock is None:
            return True
        return when is not None and clock == f"{when:%H:%M}" and when.isoformat()[19:] in self.zones.get(zone or "", ())

    def _tells_day(self, parts: dict[str, str], on: date) -> bool:
        said = {"day": str(on.day), "month": self.months[on.month - 1], "year": f"{on.year:04}"}
        said["weekday"] = self.weekdays[on.weekday()]
        return all(parts.get(name, said[name]) == said[name] for name in said)


def _form(text: str) -> re.Pattern[str]:
    """A form of times. Raises ValueError for one that hides a part, or says one twice, or has figures of its own."""
    pieces = _PART.split(text)
    names, between = pieces[1::2], pieces[::2]
    about = {name for name in names if name in ("clock", "zone")}, set(names) - {"clock", "zone", "weekday"}
    if (
        len(set(names)) < len(names)
        or not any(about)
        or any(part and part not in _WHOLE for part in about)
        or re.search(r"\d", "".join(between))
    ):
        raise ValueError(f"The theme’s list of words has a form of times that cannot be checked: “{text}”.")
    return re.compile(
        "".join(re.escape(piece) if at % 2 == 0 else f"(?P<{piece}>{_PARTS[piece]})" for at, piece in enumerate(pieces))
    )
